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
from explainer.annotate.reasons import Method, Reason
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided on a candidate before the link policy had its say."""

    candidate: Candidate
    entry: EntryId | None
    candidates: tuple[EntryId, ...]
    method: Method
    reason: Reason | None
    """Why there is no entry; None where there is one."""
    score: float
    evidence: str
    """What decided, in words."""


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
        written = self.passages[candidate.passage].text[candidate.start : candidate.end]
        told = self.resolve.get(fold(written))
        if told is not None:
            return Resolution(candidate, told, (told,), Method.RESOLVED, None, CERTAIN, "resolve names it")
        if candidate in self.parts_of_names:
            return _undecided(candidate, Reason.LONGER_NAME, "the words beside it belong to the name")
        full = tuple(f for f in candidate.forms if not f.is_short)
        short = tuple(f for f in candidate.forms if f.is_short and memory.salience(f.entry))
        claimants = entries_in((*full, *short))
        if not claimants:
            return _undecided(candidate, Reason.NO_ANTECEDENT, "no entry with this short form was introduced")
        if len(claimants) == 1:
            return _decided(candidate, claimants[0], CERTAIN, "only this entry fits")
        return self._contested(candidate, claimants, memory)

    def _explicit(self, candidate: Candidate, target: str) -> Resolution:
        entry = EntryId(target)
        if entry not in self.lexicon.kinds:
            named = self.lexicon.names.get(fold(target))
            if named is None:
                return _undecided(candidate, Reason.UNKNOWN_ENTRY, f"there is no entry “{target}”")
            entry = named
        return Resolution(candidate, entry, (entry,), Method.EXPLICIT, None, CERTAIN, "the author's link")

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
        return _undecided(candidate, Reason.AMBIGUOUS, "none stands out")

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


def _decided(candidate: Candidate, entry: EntryId, score: float, evidence: str) -> Resolution:
    method = next(f.method for f in candidate.forms if f.entry == entry)
    return Resolution(candidate, entry, entries_in(candidate.forms), method, None, score, evidence)


def _undecided(candidate: Candidate, reason: Reason, evidence: str) -> Resolution:
    return Resolution(candidate, None, entries_in(candidate.forms), Method.NONE, reason, 0.0, evidence)
