"""Which entry each candidate names, with the reason; an ambiguous name is never guessed.

    what was told → full forms of one entry → full forms of several → short forms

What was told (by the author, a verdict or `resolve`) stands. Else every reading is scored, and one is decided on where
its score is high enough. What one round names in full is introduced, and so is evidence for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.clues import NEVER_INTRODUCED
from explainer.annotate.find import Candidate
from explainer.annotate.folding import fold
from explainer.annotate.joined import keys_of
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.reasons import Clue, Evidence, Method, Reason
from explainer.annotate.scene import Scene
from explainer.annotate.score import Reading, hear, score
from explainer.annotate.text import Passage
from explainer.read.schema import EntryKind
from explainer.types import EntryId

CERTAIN = 0.85
"""A reading with this score is decided on, and may become a link."""
LIKELY = 0.6
"""A single reading with this score is named in reports, as weak."""
LIKELY_AMONG_SEVERAL = 0.8
"""Of several readings, one with this score is named, as weak."""
TOLD_WEIGHT = 9.0
"""What being told counts as, in logits; nothing is weighed against it."""

FITS_ALONE, STANDS_OUT = "only this entry fits", "it stands out"
UNLISTED = "the entry does not list this adjective"

Witness: TypeAlias = Callable[[str, int, int], EntryKind | None]
"""What kind of thing a model takes a range of a text for."""

Verdicts: TypeAlias = Mapping[tuple[int, int], EntryId | None]
"""What a review said of places in the file, as half-open ranges: the entry that is meant, or None where none is."""


class Resolution(NamedTuple):
    """What was decided on a candidate before the link policy had its say."""

    candidate: Candidate
    """The range that was decided on."""
    entry: EntryId | None
    """The entry that is meant; None where none is, or none is certain enough."""
    readings: tuple[Reading, ...]
    """Likeliest first; the first is the entry's, where there is one."""
    method: Method
    """How the entry was recognised; `Method.NONE` where there is none."""
    reason: Reason | None
    """Why there is no entry, or `Reason.WEAK`; None where the entry is certain enough to be linked."""
    words: str
    """What decided, in a sentence for people."""

    @property
    def score(self) -> float:
        """From 0 to 1; 0 where there is no entry."""
        return self.readings[0].score if self.entry is not None else 0.0

    @property
    def is_noise(self) -> bool:
        """A first name or a head noun of an entry that was never introduced is no mention: “the Guard”, “Paul”."""
        if self.reason not in {Reason.NO_ANTECEDENT, Reason.LONGER_NAME}:
            return False
        forms = self.candidate.forms
        return bool(forms) and all(form.method in _FAINT for form in forms)


_FAINT = frozenset({Method.FIRST_NAME, Method.HEAD_NOUN})


# ---- what was told --------------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """What does not have to be found out."""

    resolve: Mapping[str, EntryId]
    """From folded surface forms."""
    verdicts: Verdicts
    """Of a review, by their places in the file."""

    def on(self, candidate: Candidate, passage: Passage, lexicon: Lexicon) -> Resolution | None:
        """What was told of a candidate."""
        if candidate.target is not None:
            return _explicit(candidate, candidate.target, lexicon)
        place = passage.file_span(candidate.start, candidate.end) if self.verdicts else (0, 0)
        if place in self.verdicts:
            return _reviewed(candidate, self.verdicts[place])
        if self.resolve:
            keys = keys_of(passage.text[candidate.start : candidate.end])
            entry = next((self.resolve[key] for key in keys if key in self.resolve), None)
            if entry is not None:
                return _told(candidate, entry, Method.RESOLVED, "resolve names it")
        return None


def _explicit(candidate: Candidate, target: str, lexicon: Lexicon) -> Resolution:
    entry = EntryId(target)
    if entry not in lexicon.kinds:
        named = lexicon.names.get(fold(target))
        if named is None:
            return undecided(candidate, Reason.UNKNOWN_ENTRY, f"there is no entry “{target}”")
        entry = named
    return _told(candidate, entry, Method.EXPLICIT, "the author's link")


def _reviewed(candidate: Candidate, entry: EntryId | None) -> Resolution:
    if entry is None:
        return undecided(candidate, Reason.REJECTED, "a review says that no entry is meant here")
    return _told(candidate, entry, Method.REVIEWED, "a review names it")


def _told(candidate: Candidate, entry: EntryId, method: Method, words: str) -> Resolution:
    reading = Reading(entry, method, 1.0, (Evidence(Clue.TOLD, TOLD_WEIGHT, words),))
    return Resolution(candidate, entry, (reading,), method, None, words)


# ---- what is found out, in rounds -----------------------------------------------------------------------------------


def one_full_form(candidate: Candidate) -> bool:
    """Whether it is a name, an alias or a variant of one entry alone."""
    return len(candidate.forms) == 1 and not candidate.forms[0].is_short


def several_full_forms(candidate: Candidate) -> bool:
    """Whether several entries are called so, all in full."""
    return len(candidate.forms) > 1 and not has_short_forms(candidate)


def has_short_forms(candidate: Candidate) -> bool:
    """Whether it may be short for an entry, which must then have been introduced."""
    return any(form.is_short for form in candidate.forms)


ROUNDS: tuple[Callable[[Candidate], bool], ...] = (one_full_form, several_full_forms, has_short_forms)
"""Which candidates each round decides on."""


def decide(
    candidates: Sequence[Candidate], scene: Scene, told: Told, witness: Witness | None = None
) -> tuple[Resolution, ...]:
    """Decide on candidates that do not overlap. In `scene` nothing is named yet: each round knows what those before it named."""
    resolutions: dict[int, Resolution] = {}
    for number, candidate in enumerate(candidates):
        settled = told.on(candidate, scene.passages[candidate.passage], scene.lexicon)
        if settled is not None:
            resolutions[number] = settled
    rest = [number for number in range(len(candidates)) if number not in resolutions]
    for belongs in ROUNDS:
        its = [number for number in rest if belongs(candidates[number])]
        if not its:
            continue
        echoes: dict[EntryId, list[int]] = {}
        scene = replace(scene, named=_named(resolutions), echoes=echoes)
        for number in its:
            resolution = _weighed(number, candidates[number], scene, witness)
            resolutions[number] = resolution
            if resolution.entry is not None and resolution.method.is_short:
                echoes.setdefault(resolution.entry, []).append(number)
        rest = [number for number in rest if number not in resolutions]
    return tuple(resolutions[number] for number in range(len(candidates)))


def _named(resolutions: Mapping[int, Resolution]) -> dict[EntryId, list[int]]:
    """The mentions that name an entry in full and with certainty."""
    named: dict[EntryId, list[int]] = {}
    for number in sorted(resolutions):
        resolution = resolutions[number]
        if resolution.entry is not None and resolution.reason is None and not resolution.method.is_short:
            named.setdefault(resolution.entry, []).append(number)
    return named


def _weighed(number: int, candidate: Candidate, scene: Scene, witness: Witness | None) -> Resolution:
    """Score, then judge; where a model could settle it, hear the model and judge again."""
    readings = score(number, candidate, scene)
    resolution = _judged(candidate, readings)
    if witness is None or not _is_contested(readings, resolution, scene):
        return resolution
    kind = witness(scene.passages[candidate.passage].text, candidate.start, candidate.end)
    return resolution if kind is None else _judged(candidate, hear(readings, kind, scene))


def _is_contested(readings: Sequence[Reading], resolution: Resolution, scene: Scene) -> bool:
    """Whether the kind of thing that a model sees could settle what is meant."""
    return resolution.reason is Reason.AMBIGUOUS and len({scene.lexicon.kinds[r.entry] for r in readings}) > 1


def _judged(candidate: Candidate, readings: tuple[Reading, ...]) -> Resolution:
    """What the scores are enough for."""
    best = readings[0]
    strongest = max(best.evidence, key=_strength)
    likely = LIKELY if len(readings) == 1 else LIKELY_AMONG_SEVERAL
    if best.score >= CERTAIN:
        clear = STANDS_OUT if len(readings) > 1 else FITS_ALONE
        reason, words = (Reason.DEMONYM, UNLISTED) if best.method is Method.DEMONYM else (None, clear)
        return Resolution(candidate, best.entry, readings, best.method, reason, words)
    if best.score >= likely and strongest.clue is not Clue.LONGER_NAME:
        return Resolution(candidate, best.entry, readings, best.method, Reason.WEAK, strongest.words)
    return Resolution(candidate, None, readings, Method.NONE, *_why_open(readings, strongest))


def _strength(evidence: Evidence) -> float:
    return abs(evidence.weight)


def _why_open(readings: Sequence[Reading], strongest: Evidence) -> tuple[Reason, str]:
    """Why nothing is decided, and in words. `strongest` is the weightiest evidence on the likeliest reading."""
    if strongest.clue is Clue.LONGER_NAME:
        return Reason.LONGER_NAME, strongest.words
    if _never_introduced(readings):
        return Reason.NO_ANTECEDENT, "no entry with this short form was introduced"
    if len(readings) > 1 and sum(r.score for r in readings) >= LIKELY:
        return Reason.AMBIGUOUS, "none stands out"
    return Reason.UNLIKELY, strongest.words


def _never_introduced(readings: Iterable[Reading]) -> bool:
    return all(r.method.is_short and r.evidence[0].words.endswith(NEVER_INTRODUCED) for r in readings)


# ---- without a score ------------------------------------------------------------------------------------------------


def undecided(candidate: Candidate, reason: Reason, words: str) -> Resolution:
    """A candidate that nothing is decided on, for a reason that needs no scoring."""
    methods = {f.entry: f.method for f in reversed(candidate.forms)}
    readings = tuple(Reading(e, methods[e], 0.0, ()) for e in sorted(methods))
    return Resolution(candidate, None, readings, Method.NONE, reason, words)


def covered(candidate: Candidate) -> Resolution:
    """The record of a candidate that a longer one covers."""
    return undecided(candidate, Reason.OVERLAP, "a longer mention covers it")
