"""What an article's mentions add up to: *In this story*, and for each entry *appears in*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from explainer.annotate import Annotation, Decision
from explainer.annotate.sentences import sentence_around
from explainer.annotate.text import OBJECT, Zone
from explainer.read.directives import date_before
from explainer.site.boxes import PlacedBox
from explainer.types import EntryId, SourcePath


class StoryItem(Struct, frozen=True):
    """An entry that an article mentions."""

    entry: EntryId
    mentions: tuple[str, ...]
    """Page ids of its linked mentions, in order."""
    count: int


class Appearance(Struct, frozen=True):
    """An article that mentions an entry, and the sentence that does so first."""

    article: SourcePath
    before: str
    phrase: str
    after: str
    anchor: str
    """The id of the mention on the article's page, or empty."""


def mention_ids(annotation: Annotation, boxes: Iterable[PlacedBox]) -> dict[int, str]:
    """The page id of every mention that something may lead to: the linked ones and the phrases of boxes."""
    phrases = {b.phrase for b in boxes}
    anchored = (n for n, d in enumerate(annotation.decisions) if d.linked or n in phrases)
    return {number: f"m-{count}" for count, number in enumerate(anchored, 1)}


def story_of(annotation: Annotation, ids: Mapping[int, str]) -> tuple[StoryItem, ...]:
    """The article's entries by first mention, links or not."""
    by_entry: dict[EntryId, list[int]] = {}
    for number, decision in enumerate(annotation.decisions):
        if decision.entry is not None and decision.is_settled:
            by_entry.setdefault(decision.entry, []).append(number)
    return tuple(
        StoryItem(entry, tuple(ids[n] for n in numbers if n in ids), len(numbers))
        for entry, numbers in by_entry.items()
    )


def appearances_of(path: SourcePath, annotation: Annotation, ids: Mapping[int, str]) -> dict[EntryId, Appearance]:
    """For every entry of an article, the sentence of its first link, else of its first mention in running text."""
    best: dict[EntryId, int] = {}
    for number, decision in enumerate(annotation.decisions):
        if decision.entry is not None and decision.is_settled:
            known = best.get(decision.entry)
            if known is None or _rank(annotation, number) < _rank(annotation, known):
                best[decision.entry] = number
    return {entry: _appearance(path, annotation, number, ids.get(number, "")) for entry, number in best.items()}


def _rank(annotation: Annotation, number: int) -> int:
    decision = annotation.decisions[number]
    if decision.linked:
        return 0
    return 2 if annotation.passages[decision.passage].zone is Zone.HEADING else 1


def _appearance(path: SourcePath, annotation: Annotation, number: int, anchor: str) -> Appearance:
    decision: Decision = annotation.decisions[number]
    text = annotation.passages[decision.passage].text
    begin, stop = sentence_around(text, decision.begin, decision.stop)
    if annotation.passages[decision.passage].zone is Zone.BOX and begin == 0:
        begin = min(date_before(text)[1], decision.begin)  # the date of an item in a timeline
    before = ("…" if begin and text[begin - 1] == " " and not _ends_sentence(text[: begin - 1]) else "") + text[
        begin : decision.begin
    ]
    after = text[decision.stop : stop]
    return Appearance(path, _clean(before), text[decision.begin : decision.stop], _clean(after), anchor)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(f"'\"”’)»{OBJECT}").endswith((".", "!", "?", "…", ":", "؟"))


def _clean(text: str) -> str:
    """Code, images and footnote marks have no place in a quotation."""
    return text.replace(OBJECT, "")


def most_mentioned(story: Sequence[StoryItem], most: int) -> tuple[EntryId, ...]:
    """The entries that an article is about: those it mentions most, in order of first mention where equal."""
    ranked = sorted(enumerate(story), key=lambda item: (-item[1].count, item[0]))
    return tuple(item.entry for _, item in ranked[:most])
