"""Which resolved mentions become links."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from explainer.annotate.decide import Resolution
from explainer.annotate.reasons import Method, Reason
from explainer.annotate.text import Passage, Zone
from explainer.read.schema import ArticleLinking, LinkingSettings, LinkScope
from explainer.types import EntryId

DENSITY_WINDOW = 100
"""Words over which the density cap counts."""

Outcome: TypeAlias = tuple[bool, Reason]
"""Whether a mention is linked, and why."""

_FORBIDDEN = {
    Zone.HEADING: Reason.HEADING,
    Zone.LINK: Reason.INSIDE_LINK,
    Zone.NOLINK: Reason.NOLINK,
    Zone.BOX: Reason.BOX,
}


class LinkPolicy(Struct, frozen=True):
    """The rules for one document."""

    scope: LinkScope
    """How often an entry is linked: once a section, once an article, always."""
    max_per_entry: int
    """Links to one entry in the document."""
    max_per_100_words: float
    """Automatic links in any stretch of 100 words."""
    quotations: bool
    """Whether links are made in quotations."""
    demonyms: bool
    """Whether adjectives that entries list become links: “Syrian”."""
    never: frozenset[EntryId]
    """Entries that are not linked automatically."""
    own: EntryId | None = None
    """The entry whose page this is."""
    automatic: bool = True
    """False where only the author's own links are links."""


def policy_for(
    site: LinkingSettings, article: ArticleLinking | None = None, *, own: EntryId | None = None, automatic: bool = True
) -> LinkPolicy:
    """The site's policy with what an article overrules."""
    told = article or ArticleLinking()
    return LinkPolicy(
        scope=told.links or site.links,
        max_per_entry=told.max_per_entry or site.max_per_entry,
        max_per_100_words=told.max_per_100_words or site.max_per_100_words,
        quotations=site.quotations if told.quotations is None else told.quotations,
        demonyms=site.demonyms if told.demonyms is None else told.demonyms,
        never=frozenset((*site.never, *told.never)),
        own=own,
        automatic=automatic,
    )


@dataclass(slots=True)
class _Ledger:
    """The links made so far."""

    per_entry: Counter[EntryId] = field(default_factory=Counter)
    in_section: set[tuple[EntryId, int]] = field(default_factory=set)
    automatic: list[int] = field(default_factory=list)
    """Positions, in words, of the automatic links; sorted."""

    def add(self, entry: EntryId, section: int) -> None:
        """Count a link to an entry."""
        self.per_entry[entry] += 1
        self.in_section.add((entry, section))

    def has_room(self, position: int, most: float) -> bool:
        """Whether no stretch of 100 words would hold more than `most` automatic links."""
        nearby = self.automatic[
            bisect_right(self.automatic, position - DENSITY_WINDOW) : bisect_left(
                self.automatic, position + DENSITY_WINDOW
            )
        ]
        if len(nearby) + 1 <= most:
            return True
        positions = sorted([*nearby, position])
        return all(
            bisect_left(positions, start + DENSITY_WINDOW) - number <= most for number, start in enumerate(positions)
        )


class _Mention(NamedTuple):
    """A resolved mention where a link may be."""

    number: int
    entry: EntryId
    section: int
    position: int
    """In words, from the beginning of the text."""


def outcomes_of(
    resolutions: Sequence[Resolution], passages: Sequence[Passage], policy: LinkPolicy
) -> tuple[Outcome, ...]:
    """For every resolution, in reading order: whether it is linked, and why.

    The author's links come first. Then every entry gets its first link, and only what room the density cap leaves goes
    to entries that have one already: a name that is new to readers needs its link more than one they have met.
    """
    ledger = _Ledger()
    outcome: dict[int, Outcome] = {}
    mentions = _eligible(resolutions, passages, policy, ledger, outcome)
    for mention in mentions:
        if not ledger.per_entry[mention.entry] and ledger.has_room(mention.position, policy.max_per_100_words):
            outcome[mention.number] = _link(mention, policy, ledger)
    for mention in mentions:
        if mention.number not in outcome:
            against = _repeated(mention, policy, ledger) or _crowded(mention, policy, ledger)
            outcome[mention.number] = (False, against) if against else _link(mention, policy, ledger)
    return tuple(outcome[number] for number in range(len(resolutions)))


@dataclass(slots=True)
class _Words:
    """Counts the words before places that are asked for in reading order, so that each character is seen once."""

    passages: Sequence[Passage]
    starts: Sequence[int]
    """How many words stand before each passage."""
    passage: int = -1
    place: int = 0
    count: int = 0

    def before(self, passage: int, start: int) -> int:
        if passage != self.passage:
            self.passage, self.place, self.count = passage, 0, self.starts[passage]
        self.count += self.passages[passage].text.count(" ", self.place, start)
        self.place = start
        return self.count


def _eligible(
    resolutions: Sequence[Resolution],
    passages: Sequence[Passage],
    policy: LinkPolicy,
    ledger: _Ledger,
    outcome: dict[int, Outcome],
) -> list[_Mention]:
    """The mentions that rules about the whole text decide on; what is settled without them goes to `outcome`."""
    words = _Words(passages, _word_starts(passages))
    mentions = []
    for number, resolution in enumerate(resolutions):
        candidate, passage = resolution.candidate, passages[resolution.candidate.passage]
        if resolution.entry is None:
            outcome[number] = (False, resolution.reason or Reason.AMBIGUOUS)
        elif resolution.method is Method.EXPLICIT:
            ledger.add(resolution.entry, passage.section)
            outcome[number] = (True, Reason.AUTHOR)
        elif resolution.reason is not None:
            outcome[number] = (False, resolution.reason)
        elif not policy.demonyms and _is_demonym(resolution):
            outcome[number] = (False, Reason.DEMONYM)
        elif against := _forbidden(resolution.entry, passage.zone_of(candidate.start, candidate.end), policy):
            outcome[number] = (False, against)
        else:
            position = words.before(candidate.passage, candidate.start)
            mentions.append(_Mention(number, resolution.entry, passage.section, position))
    return mentions


def _link(mention: _Mention, policy: LinkPolicy, ledger: _Ledger) -> Outcome:
    ledger.add(mention.entry, mention.section)
    insort(ledger.automatic, mention.position)
    return True, _FOR[policy.scope]


_FOR = {
    LinkScope.FIRST_IN_SECTION: Reason.FIRST_IN_SECTION,
    LinkScope.FIRST_IN_ARTICLE: Reason.FIRST_IN_ARTICLE,
    LinkScope.ALL: Reason.EVERY_MENTION,
}


def _is_demonym(resolution: Resolution) -> bool:
    return any(f.demonym and f.entry == resolution.entry for f in resolution.candidate.forms)


def _forbidden(entry: EntryId, zone: Zone, policy: LinkPolicy) -> Reason | None:
    if entry == policy.own:
        return Reason.OWN_PAGE
    if entry in policy.never or not policy.automatic:
        return Reason.NEVER
    if zone is Zone.QUOTATION and not policy.quotations:
        return Reason.QUOTATION
    return _FORBIDDEN.get(zone)


def _repeated(mention: _Mention, policy: LinkPolicy, ledger: _Ledger) -> Reason | None:
    if policy.scope is LinkScope.FIRST_IN_ARTICLE and ledger.per_entry[mention.entry]:
        return Reason.REPEATED_IN_ARTICLE
    if policy.scope is LinkScope.FIRST_IN_SECTION and (mention.entry, mention.section) in ledger.in_section:
        return Reason.REPEATED_IN_SECTION
    return None


def _crowded(mention: _Mention, policy: LinkPolicy, ledger: _Ledger) -> Reason | None:
    if ledger.per_entry[mention.entry] >= policy.max_per_entry:
        return Reason.ENTRY_CAP
    return None if ledger.has_room(mention.position, policy.max_per_100_words) else Reason.DENSITY_CAP


def _word_starts(passages: Sequence[Passage]) -> tuple[int, ...]:
    """How many words stand before each passage."""
    starts, total = [], 0
    for passage in passages:
        starts.append(total)
        total += passage.text.count(" ") + 1
    return tuple(starts)
