"""Which entry each candidate names, with the reason; an ambiguous name is never guessed.

A decision looks back only: at what `resolve` says, at which entries the article has introduced, at its title, at the
words beside the candidate and, where all that leaves several entries of different kinds, at a model's opinion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from explainer.annotate.find import Candidate
from explainer.annotate.lexicon import Lexicon, entries_in, fold
from explainer.annotate.neighbours import LIST_JOINTS, follows_locative
from explainer.annotate.reasons import Clue, Evidence, Method, Reason
from explainer.annotate.text import Passage
from explainer.read.schema import EntryKind
from explainer.types import EntryId

CLEAR = 2
"""One claimant of a form is clear when its salience is so many times that of the next."""
LEAD = 2
"""… and so many mentions ahead of the next, if that was introduced at all."""
TITLE_WEIGHT = 3
"""Being named in the title counts like so many mentions in full."""

CERTAIN, SALIENT, BY_PLACE, BY_MODEL = 1.0, 0.8, 0.7, 0.6
"""Scores: only one entry can be meant; one stands out; the words before ask for a place of that name; a model told the kind."""

Witness: TypeAlias = Callable[[str, int, int], EntryKind | None]
"""What kind of thing a model takes a range of a text for."""


Verdicts: TypeAlias = Mapping[tuple[int, int], EntryId | None]
"""What a review said of places in the file, as half-open ranges: the entry that is meant, or None where none is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry that a mention may name, and what speaks for it."""

    entry: EntryId
    method: Method
    score: float
    """From 0 to 1: how likely the mention names this entry."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided on a candidate before the link policy had its say."""

    candidate: Candidate
    entry: EntryId | None
    readings: tuple[Reading, ...]
    """Likeliest first; the first is the entry's, where there is one."""
    method: Method
    reason: Reason | None
    """Why there is no entry, or `Reason.WEAK`; None where the entry is certain enough to be linked."""
    words: str
    """What decided, in a sentence for people."""

    @property
    def score(self) -> float:
        return self.readings[0].score if self.entry is not None else 0.0


@dataclass(slots=True)
class Memory:
    """What an article has introduced so far."""

    title: frozenset[EntryId]
    full: Counter[EntryId] = field(default_factory=Counter)
    """Mentions by a full form."""
    last: Resolution | None = None
    """The latest decision for an entry."""

    def salience(self, entry: EntryId) -> int:
        return self.full[entry] + TITLE_WEIGHT * (entry in self.title)

    def learn(self, resolution: Resolution) -> None:
        """A full form introduces its entry; short forms need one before them."""
        if resolution.entry is not None:
            self.last = resolution
            if not resolution.method.is_short:
                self.full[resolution.entry] += 1


@dataclass(frozen=True, slots=True)
class Judge:
    """What decisions of one article are made from."""

    passages: Sequence[Passage]
    lexicon: Lexicon
    resolve: Mapping[str, EntryId]
    """From folded surface forms."""
    witness: Witness | None
    parts_of_names: frozenset[Candidate]
    """Candidates that the words around show to be part of a longer name."""
    verdicts: Verdicts

    def resolve_all(self, candidates: Iterable[Candidate], memory: Memory) -> tuple[Resolution, ...]:
        """Decide on candidates that do not overlap, in reading order."""
        resolutions = []
        for candidate in candidates:
            resolution = self.resolve_one(candidate, memory)
            memory.learn(resolution)
            resolutions.append(resolution)
        return tuple(resolutions)

    def resolve_one(self, candidate: Candidate, memory: Memory) -> Resolution:
        if candidate.target is not None:
            return self._explicit(candidate, candidate.target)
        passage = self.passages[candidate.passage]
        place = passage.file_span(candidate.start, candidate.end) if self.verdicts else (0, 0)
        if place in self.verdicts:
            return self._reviewed(candidate, self.verdicts[place])
        written = passage.text[candidate.start : candidate.end]
        told = self.resolve.get(fold(written))
        if told is not None:
            return _told(candidate, told, Method.RESOLVED, "resolve names it")
        if candidate in self.parts_of_names:
            return undecided(candidate, Reason.LONGER_NAME, "the words beside it belong to the name")
        full = tuple(f for f in candidate.forms if not f.is_short)
        short = tuple(f for f in candidate.forms if f.is_short and memory.salience(f.entry))
        claimants = entries_in((*full, *short))
        if not claimants:
            return undecided(candidate, Reason.NO_ANTECEDENT, "no entry with this short form was introduced")
        if len(claimants) == 1:
            return _decided(candidate, claimants[0], CERTAIN, "only this entry fits")
        return self._contested(candidate, claimants, memory)

    def _explicit(self, candidate: Candidate, target: str) -> Resolution:
        entry = EntryId(target)
        if entry not in self.lexicon.kinds:
            named = self.lexicon.names.get(fold(target))
            if named is None:
                return undecided(candidate, Reason.UNKNOWN_ENTRY, f"there is no entry “{target}”")
            entry = named
        return _told(candidate, entry, Method.EXPLICIT, "the author's link")

    @staticmethod
    def _reviewed(candidate: Candidate, entry: EntryId | None) -> Resolution:
        if entry is None:
            return undecided(candidate, Reason.REJECTED, "a review says that no entry is meant here")
        return _told(candidate, entry, Method.REVIEWED, "a review names it")

    def _contested(self, candidate: Candidate, claimants: Sequence[EntryId], memory: Memory) -> Resolution:
        salient = _stands_out(claimants, memory)
        if salient is not None:
            return _decided(candidate, salient, SALIENT, "it stands out in the article")
        if not any(memory.salience(c) for c in claimants):
            place = self._place_of_that_name(candidate, memory)
            if place is not None:
                return _decided(candidate, place, BY_PLACE, "a place of that name, where a place is named")
        of_kind = self._of_witnessed_kind(candidate, claimants)
        if of_kind is not None:
            return _decided(candidate, of_kind, BY_MODEL, "the only one of the kind that the model sees")
        return undecided(candidate, Reason.AMBIGUOUS, "none stands out")

    def _place_of_that_name(self, candidate: Candidate, memory: Memory) -> EntryId | None:
        """The one entry with the form as its name, not as an alias, if it is a place and one is named there.

        “In Lithuania” names one, and so does the last of “Latvia, Estonia and Lithuania”.
        """
        owners = entries_in(f for f in candidate.forms if f.method is Method.NAME)
        if len(owners) != 1 or self.lexicon.kinds[owners[0]] is not EntryKind.PLACE:
            return None
        text = self.passages[candidate.passage].text
        named = follows_locative(text, candidate.start) or self._is_listed_with_place(candidate, memory.last)
        return owners[0] if named else None

    def _is_listed_with_place(self, candidate: Candidate, last: Resolution | None) -> bool:
        if last is None or last.entry is None or last.candidate.passage != candidate.passage:
            return False
        between = self.passages[candidate.passage].text[last.candidate.end : candidate.start]
        return between in LIST_JOINTS and self.lexicon.kinds[last.entry] is EntryKind.PLACE

    def _of_witnessed_kind(self, candidate: Candidate, claimants: Sequence[EntryId]) -> EntryId | None:
        kinds = Counter(self.lexicon.kinds[c] for c in claimants)
        if self.witness is None or len(kinds) == 1:
            return None
        kind = self.witness(self.passages[candidate.passage].text, candidate.start, candidate.end)
        if kind is None or kinds[kind] != 1:
            return None
        return next(c for c in claimants if self.lexicon.kinds[c] is kind)


def _stands_out(claimants: Sequence[EntryId], memory: Memory) -> EntryId | None:
    """The claimant whose salience is clear: the only one introduced, or the one far ahead of the next."""
    first, second, *_rest = sorted(((memory.salience(c), c) for c in claimants), reverse=True)
    clear = first[0] >= CLEAR * second[0] and (not second[0] or first[0] - second[0] >= LEAD)
    return first[1] if first[0] > 0 and clear else None


def _told(candidate: Candidate, entry: EntryId, method: Method, words: str) -> Resolution:
    reading = Reading(entry, method, CERTAIN, (Evidence(Clue.TOLD, 9.0, words),))
    return Resolution(candidate, entry, (reading,), method, None, words)


def _decided(candidate: Candidate, entry: EntryId, score: float, words: str) -> Resolution:
    method = next(f.method for f in candidate.forms if f.entry == entry)
    chosen = Reading(entry, method, score, (Evidence(Clue.FORM, 4.0, words),))
    others = tuple(r for r in _readings(candidate) if r.entry != entry)
    return Resolution(candidate, entry, (chosen, *others), method, None, words)


def undecided(candidate: Candidate, reason: Reason, words: str) -> Resolution:
    return Resolution(candidate, None, _readings(candidate), Method.NONE, reason, words)


def _readings(candidate: Candidate) -> tuple[Reading, ...]:
    methods = {f.entry: f.method for f in reversed(candidate.forms)}
    return tuple(Reading(e, methods[e], 0.0, ()) for e in sorted(methods))
