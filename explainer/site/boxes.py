"""Where an article's context boxes stand, and which phrase each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token
from msgspec import Struct

from explainer.annotate import Annotation, Decision
from explainer.annotate.text import Zone
from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import Article
from explainer.read.schema import BoxPlacement, ContextSettings
from explainer.types import EntryId

WORDS_BETWEEN_BOXES = 250
"""Automatic boxes keep this distance from every other; a text has room for one box in so many words."""

WORDS_IN_BOX = 120
"""What an author may write in a box before it is longer than its paragraphs."""


class PlacedBox(Struct, frozen=True):
    """One context box of an article."""

    id: str
    """Its id on the page."""
    entry: EntryId
    block: int
    """Index of the body's token that it replaces (its directive) or follows (the end of a paragraph)."""
    directive: bool
    phrase: int | None
    """Which of the article's decisions is the phrase that the box explains."""
    phrase_in: tuple[str, str, str] = ("", "", "")
    """The phrase with the text of its block before and behind it."""


def place_boxes(
    article: Article, annotation: Annotation, asking: Mapping[EntryId, bool], settings: ContextSettings
) -> tuple[PlacedBox, ...]:
    """Boxes by directive, then those that the front matter wants, then those that entries ask for.

    `asking`: for every entry of the glossary, whether it asks for a box.
    """
    if settings.boxes is BoxPlacement.OFF:
        return ()
    placer = _Placer(article.body.tokens, annotation)
    for block, entry in _directives(article.body.tokens):
        if entry in asking:
            placer.by_directive(entry, block)
    for entry in article.meta.context:
        if entry in asking and entry not in placer.boxed:
            placer.by_front_matter(entry)
    if settings.boxes is BoxPlacement.AUTO:
        for number, decision in enumerate(annotation.decisions):
            wanted = decision.entry
            if wanted is None or not decision.linked or wanted in placer.boxed:
                continue
            if asking[wanted]:
                placer.automatic(wanted, number, settings.max_per_article)
    return tuple(sorted(placer.boxes, key=lambda b: (b.block, b.id)))


def check_boxes(article: Article, annotation: Annotation, boxes: Sequence[PlacedBox]) -> Iterator[Diagnostic]:
    """Boxes that are too long, and more than a reader has room for. Automatic boxes are neither."""
    tokens = article.body.tokens
    for box in boxes:
        words = _words_inside(box.block, tokens, annotation) if box.directive else 0
        if words > WORDS_IN_BOX:
            message = f"the box has {words} words; beside a text there is room for {WORDS_IN_BOX}"
            hint = "shorten it; the rest can stand in the entry, to which the box leads"
            yield Diagnostic(Kind.LONG_BOX, article.path, message, hint, *tokens[box.block].meta["directive"].spans[0])
    asked = [b for b in boxes if b.directive or b.entry in article.meta.context]
    if len(asked) < 2:
        return
    room = max(1, -(-annotation.words // WORDS_BETWEEN_BOXES))
    if len(asked) > room:
        message = f"{len(asked)} boxes in {annotation.words} words; readers take in one in {WORDS_BETWEEN_BOXES}"
        hint = "leave out what the story can do without: previews tell it all the same"
        yield Diagnostic(Kind.MANY_BOXES, article.path, message, hint, *article.place("title"))


def _words_inside(opening: int, tokens: Sequence[Token], annotation: Annotation) -> int:
    """The words that an author wrote inside a directive."""
    level = tokens[opening].level
    closing = next((n for n in range(opening + 1, len(tokens)) if tokens[n].level == level), len(tokens))
    return sum(len(p.text.split()) for p in annotation.passages if opening < p.block < closing)


def _directives(tokens: Sequence[Token]) -> Iterator[tuple[int, EntryId]]:
    for block, token in enumerate(tokens):
        directive = token.meta.get("directive")
        if directive is not None and directive.name == "context":
            yield block, directive.entries[0]


class _Placer:
    """The boxes placed so far."""

    def __init__(self, tokens: Sequence[Token], annotation: Annotation) -> None:
        self.tokens = tokens
        self.annotation = annotation
        self.boxes: list[PlacedBox] = []
        self.boxed: dict[EntryId, int] = {}
        self.tried: set[EntryId] = set()
        self.footnotes = next((i for i, t in enumerate(tokens) if t.type == "footnote_block_open"), len(tokens))

    def by_directive(self, entry: EntryId, block: int) -> None:
        """The phrase is the nearest mention before the box, else the first after it."""
        before = [n for n in self._mentions(entry) if self._block(n) < block]
        after = [n for n in self._mentions(entry) if self._block(n) > block]
        near = [n for n in before if self.annotation.decisions[n].linked][-1:] or before[-1:] or after[:1]
        self._add(entry, block, near[0] if near and entry not in self.boxed else None, directive=True)

    def by_front_matter(self, entry: EntryId) -> None:
        """After the paragraph of the first mention; an entry that is not mentioned, after the first paragraph."""
        mentions = self._mentions(entry)
        first = next((n for n in mentions if self.annotation.decisions[n].linked), next(iter(mentions), None))
        block = self._block(first) if first is not None else self._first_paragraph()
        if self.tokens:
            self._add(entry, self._end_of_block(block), first, directive=False)

    def automatic(self, entry: EntryId, number: int, most: int) -> None:
        """At the entry's first link, if the article has room for a box there."""
        if entry in self.tried or len(self.boxes) >= most:
            return
        self.tried.add(entry)
        block = self._block(number)
        end = self._end_of_block(block)
        here = self._words_before(end)
        if self._zone(number) is not Zone.PROSE or block > self.footnotes:
            return
        if all(abs(self._words_before(b.block) - here) >= WORDS_BETWEEN_BOXES for b in self.boxes):
            self._add(entry, end, number, directive=False)

    def _add(self, entry: EntryId, block: int, phrase: int | None, *, directive: bool) -> None:
        count = self.boxed.get(entry, 0) + 1
        self.boxed[entry] = count
        identifier = f"box-{entry}" if count == 1 else f"box-{entry}-{count}"
        while any(b.id == identifier for b in self.boxes):  # an entry may be called `homs-2`
            identifier += "-x"
        self.boxes.append(PlacedBox(identifier, entry, block, directive, phrase, self._phrase(phrase)))

    def _phrase(self, number: int | None) -> tuple[str, str, str]:
        if number is None:
            return "", "", ""
        decision = self.annotation.decisions[number]
        text = self.annotation.passages[decision.passage].text
        return text[: decision.begin], text[decision.begin : decision.stop], text[decision.stop :]

    def _mentions(self, entry: EntryId) -> list[int]:
        """Mentions in the running text."""
        return [
            n
            for n, d in enumerate(self.annotation.decisions)
            if d.entry == entry
            and d.is_settled
            and self._zone(n) in {Zone.PROSE, Zone.QUOTATION}
            and self._block(n) < self.footnotes
        ]

    def _zone(self, number: int) -> Zone:
        decision: Decision = self.annotation.decisions[number]
        passage = self.annotation.passages[decision.passage]
        return passage.zone if decision.linked else passage.zone_of(decision.begin, decision.stop)

    def _block(self, number: int) -> int:
        return self.annotation.passages[self.annotation.decisions[number].passage].block

    def _words_before(self, block: int) -> int:
        return sum(p.text.count(" ") + 1 for p in self.annotation.passages if p.block < block)

    def _first_paragraph(self) -> int:
        return next((i for i, t in enumerate(self.tokens) if t.type == "paragraph_open" and t.level == 0), 0)

    def _end_of_block(self, block: int) -> int:
        """The token that ends the outermost block around a token."""
        while block < len(self.tokens) - 1 and not (self.tokens[block].level == 0 and self.tokens[block].nesting < 1):
            block += 1
        return block
