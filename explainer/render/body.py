"""The text of an article, entry or page as HTML, in two steps.

    body_parts(source) → parts        what depends on the text and its mentions alone: HTML with gaps
    join_body(parts, fill) → HTML     the gaps filled with what the site says: addresses, sizes of images, boxes

Tokens are never changed: a line into which something is put is a copy. In order: typographic quotes, links and phrases,
gaps for the author's addresses, for directives and for boxes (`render.gaps`), then markdown-it's renderer with a few
rules of our own (`render.renderer`).
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from msgspec import Struct, field

from explainer.annotate import Annotation, Decision, Method
from explainer.annotate.text import Passage
from explainer.read.content import Document
from explainer.read.markdown import is_decorative
from explainer.read.schema import RawHtml
from explainer.render.dated import take_dated
from explainer.render.gaps import BoxGap, DirectiveGap, Gaps, ImageGap, LinkGap, Parts
from explainer.render.inline import Mark, Position, copied, put_marks
from explainer.render.renderer import OPTIONS, Renderer, held
from explainer.render.sanitise import sanitise
from explainer.render.typography import has_quotes, mark_quotes, smarten
from explainer.site.links import outside_target
from explainer.site.urls import entry_url, relative_url
from explainer.types import EntryId, Url


class BodySource(Struct, frozen=True):
    """All that the parts of a body depend on."""

    document: Document[Any]
    annotation: Annotation
    language: str
    url: Url
    """The page's."""
    words: Callable[..., str]
    html: RawHtml
    mention_ids: Mapping[int, str] = field(default_factory=dict)
    """Ids of mentions by the number of their decision; empty where nothing leads to them."""
    has_story: bool = False
    """Whether the page has *In this story*, which previews and screen readers are led to."""
    tethers: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """For a decision that a box explains: the box's id and title."""
    boxed_blocks: frozenset[int] = frozenset()
    """The tokens that boxes follow."""
    directives: bool = False
    """Whether directives are more than their text: they belong to articles."""


def body_parts(source: BodySource) -> Parts:
    """The body's HTML with its gaps, without the page around it."""
    gaps = Gaps(source.document.text)
    return _render(_with_boxes(_woven(source, gaps), source, gaps), source, gaps)


def _render(tokens: Sequence[Token], source: BodySource, gaps: Gaps) -> Parts:
    """Tokens as HTML, raw HTML as the site wants it."""
    renderer = Renderer(words=source.words, gaps=gaps)
    markup = renderer.whole(tokens, html_allowed=source.html is not RawHtml.OFF)
    if source.html is RawHtml.SANITISED:
        markup = sanitise(markup, ids=_ids(tokens))
    return gaps.split(markup, source.language)


def _ids(tokens: Sequence[Token]) -> frozenset[str]:
    every = [one for token in tokens for one in (token, *(token.children or ()))]
    marks = (identifier for one in every for identifier in one.meta.get("ids", ()))
    return frozenset((*marks, *(str(one.attrs["id"]) for one in every if "id" in one.attrs)))


# ---- lines of text --------------------------------------------------------------------------------------------------


def _woven(source: BodySource, gaps: Gaps) -> list[Token]:
    """The body's tokens; the lines into which something is put are copies."""
    tokens = list(source.document.body.tokens)
    links = _Links(source)
    images = 0
    for index, token in enumerate(tokens):
        if not token.children:
            continue
        mentions = links.mentions.get(index)
        addressed = not _ADDRESSED.isdisjoint([c.type for c in token.children])
        is_changed = addressed or has_quotes(token.content)
        if not (mentions or is_changed):
            continue
        tokens[index] = line = copied(token)
        if is_changed:
            line.children = [copied(c) for c in token.children]
            mark_quotes(line)
        if mentions:
            links.put(line, mentions)
        for child in line.children or () if addressed else ():
            if child.type == "link_open":
                _readdress(child, gaps)
            elif child.type == "image":
                _put_image(child, source.language, is_first=not images)
                images += 1
    return tokens


_ADDRESSED = frozenset({"link_open", "image"})
"""Kinds of tokens that name an address."""


# ---- links ----------------------------------------------------------------------------------------------------------


class _Mention(NamedTuple):
    """A decision that shows on the page."""

    number: int
    decision: Decision
    passage: Passage


class _Links:
    """The links to entries of a body, and the phrases that boxes explain."""

    def __init__(self, source: BodySource) -> None:
        self.source = source
        self.mentions: dict[int, list[_Mention]] = {}
        """By block, in reading order."""
        self._ways: dict[EntryId, str] = {}
        for number, decision in enumerate(source.annotation.decisions):
            if decision.linked or number in source.mention_ids:
                passage = source.annotation.passages[decision.passage]
                self.mentions.setdefault(passage.block, []).append(_Mention(number, decision, passage))

    def put(self, line: Token, mentions: Sequence[_Mention]) -> None:
        """Put them into a line."""
        children = line.children or []
        marks = []
        for mention in mentions:
            start, end = mention.passage.child_span(mention.decision.begin, mention.decision.stop)
            if mention.decision.method is Method.EXPLICIT:
                self._link_explicitly(children, start[0], mention)
            else:
                marks.append(self._mark(mention, start, end))
        line.children = put_marks(children, marks)

    def _link_explicitly(self, children: list[Token], first: int, mention: _Mention) -> None:
        """Turn the author's `entry:` link around a child into a link to the entry's page."""
        number = mention.number
        opening = next(children[i] for i in range(first - 1, -1, -1) if children[i].type == "link_open")
        own = {k: v for k, v in opening.attrs.items() if k not in {"href", "class", "id"}}
        identifier = self.source.mention_ids.get(number, "")
        first_attrs = {"class": "entry-link", "id": identifier} if identifier else {"class": "entry-link"}
        opening.attrs = {**first_attrs, **self._way(mention.decision), **own}
        after = self._tether(number)
        if after:
            closing = next(i for i in range(first, len(children)) if children[i].type == "link_close")
            children[closing].meta = {**children[closing].meta, "after": after}

    def _mark(self, mention: _Mention, start: Position, end: Position) -> Mark:
        number, decision = mention.number, mention.decision
        identifier = self.source.mention_ids.get(number, "")
        own = f' id="{identifier}"' if identifier else ""
        if not decision.linked:
            return Mark(start, end, f'<span class="phrase"{own}>', "</span>", identifier, self._tether(number))
        entry = decision.entry or EntryId("")
        way = self._ways.get(entry)
        if way is None:
            attrs = self._way(decision).items()
            way = self._ways[entry] = "".join(f' {name}="{escapeHtml(value)}"' for name, value in attrs)
        return Mark(start, end, f'<a class="entry-link"{own}{way}>', "</a>", identifier, self._tether(number))

    def _way(self, decision: Decision) -> dict[str, str]:
        """The attributes that lead to an entry."""
        entry = decision.entry or EntryId("")
        way = {
            "href": relative_url(self.source.url, entry_url(entry)),
            "data-entry": entry,
            "data-kind": str(decision.kind),
        }
        return way | {"aria-details": f"story-{entry}"} if self.source.has_story else way

    def _tether(self, number: int) -> str:
        """A small link from a phrase to its box. It has no text: the text is the author's alone."""
        if number not in self.source.tethers:
            return ""
        box, name = self.source.tethers[number]
        label = html.escape(self.source.words("context_for", name=name))
        return f'<a class="tether" href="#{html.escape(box)}" aria-label="{label}"></a>'


def _readdress(child: Token, gaps: Gaps) -> None:
    """Leave a gap where the address of a link of the author's will be; other sites' are known."""
    if "data-entry" in child.attrs:
        return
    href = str(child.attrs.pop("href", ""))
    elsewhere = outside_target(href)
    if elsewhere is None:
        child.attrs = {"href": gaps.address(LinkGap(href)), **child.attrs}
    elif elsewhere.outside:
        child.attrs = {"href": elsewhere.outside, "class": "outside", **child.attrs}


def _put_image(image: Token, language: str, *, is_first: bool) -> None:
    """Give an image what stands for it. The first may be what a reader sees first, so it is not put off."""
    alt = "" if is_decorative(image) else _PLAIN.renderInlineAsText(image.children or [], OPTIONS, {})
    own = [(str(n), str(v)) for n, v in image.attrs.items() if n not in {"src", "alt", "title", "credit"}]
    later = () if is_first else (("loading", "lazy"),)
    attributes = (("alt", alt), *own, *later, ("decoding", "async"))
    below = (smarten(str(image.attrs.get(name, "")), language) for name in ("title", "credit"))
    image.meta = {
        **image.meta,
        "image": ImageGap(str(image.attrs.get("src", "")), attributes),
        "below": tuple(below),
    }


_PLAIN = RendererHTML()


# ---- boxes and directives -------------------------------------------------------------------------------------------


def _with_boxes(tokens: Sequence[Token], source: BodySource, gaps: Gaps) -> list[Token]:
    """The tokens with a gap for every directive and for the boxes behind a block."""
    out: list[Token] = []
    stack: list[tuple[int, list[Token]]] = []
    for index, token in enumerate(tokens):
        if token.type == "container_directive_open":
            stack.append((index, out))
            out = []
        elif token.type == "container_directive_close" and stack:
            opened, outer = stack.pop()
            outer.extend(_directive(tokens[opened], opened, out, source, gaps))
            out = outer
        else:
            out.append(token)
        if not stack and index in source.boxed_blocks:
            out.append(held((BoxGap(index),)))
    return out


def _directive(opening: Token, index: int, inner: list[Token], source: BodySource, gaps: Gaps) -> Iterator[Token]:
    directive = opening.meta.get("directive")
    if directive is None:
        yield from inner
        return
    if not source.directives:
        yield held(_render(inner, source, gaps))
        return
    dated, rest = take_dated(inner) if directive.name == "timeline" else ((), inner)
    items = tuple((date, _render(item, source, gaps)) for date, item in dated)
    yield held((DirectiveGap(directive, index, _render(rest, source, gaps), items),))
