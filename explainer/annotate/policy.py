"""Which resolved mentions become links."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from explainer.annotate.decide import Resolution
from explainer.annotate.reasons import Method, Reason
from explainer.annotate.text import Passage, Zone
from explainer.read.schema import ArticleLinking, LinkingSettings, LinkScope
from explainer.types import EntryId

DENSITY_WINDOW = 100
"""Words over which the density cap counts."""

_FORBIDDEN = {
    Zone.HEADING: Reason.HEADING,
    Zone.LINK: Reason.INSIDE_LINK,
    Zone.NOLINK: Reason.NOLINK,
    Zone.BOX: Reason.BOX,
}


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """The rules for one document."""

    scope: LinkScope
    max_per_entry: int
    max_per_100_words: float
    quotations: bool
    never: frozenset[EntryId]
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
        never=frozenset((*site.never, *told.never)),
        own=own,
        automatic=automatic,
    )


@dataclass(slots=True)
class _Ledger:
    """The links made so far."""

    per_entry: Counter[EntryId] = field(default_factory=Counter)
    in_section: set[tuple[EntryId, int]] = field(default_factory=set)
    recent: deque[int] = field(default_factory=deque)
    """Positions, in words, of the automatic links."""

    def add(self, entry: EntryId, section: int) -> None:
        self.per_entry[entry] += 1
        self.in_section.add((entry, section))


def apply_policy(
    resolutions: Iterable[Resolution], passages: Sequence[Passage], policy: LinkPolicy
) -> tuple[tuple[bool, Reason], ...]:
    """For every resolution, in reading order: whether it is linked, and why."""
    ledger = _Ledger()
    words = _word_starts(passages)
    return tuple(_apply(r, passages[r.candidate.passage], words, policy, ledger) for r in resolutions)


def _apply(
    resolution: Resolution, passage: Passage, words: Sequence[int], policy: LinkPolicy, ledger: _Ledger
) -> tuple[bool, Reason]:
    if resolution.entry is None:
        return False, resolution.reason or Reason.AMBIGUOUS
    if resolution.method is Method.EXPLICIT:
        ledger.add(resolution.entry, passage.section)
        return True, Reason.AUTHOR
    candidate = resolution.candidate
    against = _forbidden(resolution.entry, passage.zone_of(candidate.start, candidate.end), policy)
    position = words[candidate.passage] + passage.text.count(" ", 0, candidate.start)
    against = against or _repeated(resolution.entry, passage.section, policy, ledger)
    against = against or _crowded(resolution.entry, position, policy, ledger)
    if against is not None:
        return False, against
    ledger.add(resolution.entry, passage.section)
    ledger.recent.append(position)
    return True, _FOR[policy.scope]


_FOR = {
    LinkScope.FIRST_IN_SECTION: Reason.FIRST_IN_SECTION,
    LinkScope.FIRST_IN_ARTICLE: Reason.FIRST_IN_ARTICLE,
    LinkScope.ALL: Reason.EVERY_MENTION,
}


def _forbidden(entry: EntryId, zone: Zone, policy: LinkPolicy) -> Reason | None:
    if entry == policy.own:
        return Reason.OWN_PAGE
    if entry in policy.never or not policy.automatic:
        return Reason.NEVER
    if zone is Zone.QUOTATION and not policy.quotations:
        return Reason.QUOTATION
    return _FORBIDDEN.get(zone)


def _repeated(entry: EntryId, section: int, policy: LinkPolicy, ledger: _Ledger) -> Reason | None:
    if policy.scope is LinkScope.FIRST_IN_ARTICLE and ledger.per_entry[entry]:
        return Reason.REPEATED_IN_ARTICLE
    if policy.scope is LinkScope.FIRST_IN_SECTION and (entry, section) in ledger.in_section:
        return Reason.REPEATED_IN_SECTION
    return None


def _crowded(entry: EntryId, position: int, policy: LinkPolicy, ledger: _Ledger) -> Reason | None:
    if ledger.per_entry[entry] >= policy.max_per_entry:
        return Reason.ENTRY_CAP
    while ledger.recent and ledger.recent[0] <= position - DENSITY_WINDOW:
        ledger.recent.popleft()
    return Reason.DENSITY_CAP if len(ledger.recent) + 1 > policy.max_per_100_words else None


def _word_starts(passages: Sequence[Passage]) -> tuple[int, ...]:
    """How many words stand before each passage."""
    starts, total = [], 0
    for passage in passages:
        starts.append(total)
        total += passage.text.count(" ") + 1
    return tuple(starts)
