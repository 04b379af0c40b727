"""The text of an article, entry or page as HTML, in two steps.

    body_parts(source) → parts        what depends on the text and its mentions alone: HTML with gaps
    join_body(parts, fill) → HTML     the gaps filled with what the site says: addresses, sizes of images, boxes

Tokens are copied, never changed. In order: typographic quotes, links and phrases, gaps for the author's addresses, for
directives and for boxes, then markdown-it's renderer with the few rules of `_Renderer`.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from explainer.annotate import Annotation, Decision, Method
from explainer.read.content import Document
from explainer.read.directives import Directive
from explainer.read.markdown import is_decorative
from explainer.read.schema import RawHtml
from explainer.render.dated import take_dated
from explainer.render.inline import Mark, copied, put_marks
from explainer.render.sanitise import HELD, sanitise
from explainer.render.typography import localise_quotes, mark_quotes, smarten
from explainer.site.links import outside_target
from explainer.site.urls import entry_url, relative_url
from explainer.types import EntryId, Html, Url

_OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": False}).options


@dataclass(frozen=True, slots=True)
class LinkGap:
    """The `href` of a link."""

    reference: str
    """What the author wrote."""


@dataclass(frozen=True, slots=True)
class ImageGap:
    """An image."""

    reference: str
    """What the author wrote."""
    attributes: tuple[tuple[str, str], ...]
    """All but its address and what of its measures the author does not say."""


@dataclass(frozen=True, slots=True)
class BoxGap:
    """The boxes that follow a block."""

    block: int
    """The index of the block's token."""


@dataclass(frozen=True, slots=True)
class DirectiveGap:
    """A directive, with what the author wrote inside it."""

    directive: Directive
    block: int
    """The index of its opening token."""
    inner: tuple[Any, ...]
    """`Parts`."""
    dated: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """The items of a timeline that begin with a date: the date, and the `Parts` behind it."""


Gap: TypeAlias = LinkGap | ImageGap | BoxGap | DirectiveGap
Parts: TypeAlias = tuple[str | Gap, ...]
"""A body's HTML in order: markup, and gaps that the site fills."""

Fill: TypeAlias = Callable[[Gap], str]
"""What stands in a gap. Of an attribute: ` href="…"` with the space before it, or nothing."""


@dataclass(frozen=True, slots=True)
class BodySource:
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
    tokens = _copies(source.document.body.tokens)
    mark_quotes(tokens)
    _put_links(tokens, source)
    gaps = _Gaps(_seal(source.document.text))
    for token in tokens:
        for child in token.children or ():
            _readdress(child, gaps)
    _put_images(tokens, source.language)
    return _render(_with_boxes(tokens, source, gaps), source, gaps)


def join_body(parts: Parts, fill: Fill) -> Html:
    """The body with its gaps filled."""
    return Html("".join(part if isinstance(part, str) else fill(part) for part in parts))


# ---- gaps -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Gaps:
    """The gaps of a body, each marked in the HTML by its number until all is rendered and sanitised."""

    seal: str
    """Of the text: no author can write a mark."""
    held: list[Parts] = field(default_factory=list)

    def attribute(self, gap: Gap) -> str:
        """The value that stands for an attribute that is not known yet."""
        self.held.append((gap,))
        return f"gap-{self.seal}-{len(self.held) - 1}"

    def hold(self, parts: Parts) -> str:
        """A mark between tags."""
        self.held.append(parts)
        return f"{HELD}{self.seal}-{len(self.held) - 1}{HELD}"

    def split(self, markup: str, language: str) -> Parts:
        """Markup with its marks as parts, its quotation marks as the language writes them."""
        parts: list[str | Gap] = []
        done = 0
        for mark in _MARK.finditer(markup):
            if self.seal not in (mark[1], mark[3]):
                continue
            parts.append(localise_quotes(markup[done : mark.start()], language))
            for part in self.held[int(mark[2] or mark[4])]:
                parts += self.split(part, language) if isinstance(part, str) else (part,)
            done = mark.end()
        return tuple(_joined([*parts, localise_quotes(markup[done:], language)]))


_MARK = re.compile(rf' [a-z]+="gap-(\w+)-([0-9]+)"|{HELD}(\w+)-([0-9]+){HELD}')
"""The mark of an attribute, and one between tags: seal and number."""


def _joined(parts: Iterable[str | Gap]) -> Iterator[str | Gap]:
    """With one text between two gaps, and no empty ones."""
    for is_text, some in groupby(parts, key=lambda p: isinstance(p, str)):
        if not is_text:
            yield from some
        elif text := "".join(p for p in some if isinstance(p, str)):
            yield text


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _render(tokens: Sequence[Token], source: BodySource, gaps: _Gaps) -> Parts:
    """Tokens as HTML, raw HTML as the site wants it."""
    renderer = _Renderer(words=source.words, gaps=gaps)
    markup = renderer.whole(tokens, html_allowed=source.html is not RawHtml.OFF)
    if source.html is RawHtml.SANITISED:
        markup = sanitise(markup, ids=_ids(tokens))
    return gaps.split(markup, source.language)


def _ids(tokens: Sequence[Token]) -> frozenset[str]:
    every = (one for token in tokens for one in (token, *(token.children or ())))
    return frozenset(str(one.attrs["id"]) for one in every if "id" in one.attrs)


def _copies(tokens: Sequence[Token]) -> list[Token]:
    out = []
    for token in tokens:
        one = copied(token)
        one.children = [copied(c) for c in token.children] if token.children is not None else None
        out.append(one)
    return out


# ---- links ----------------------------------------------------------------------------------------------------------


def _put_links(tokens: Sequence[Token], source: BodySource) -> None:
    by_passage: dict[int, list[tuple[int, Decision]]] = {}
    for number, decision in enumerate(source.annotation.decisions):
        if decision.linked or number in source.mention_ids:
            by_passage.setdefault(decision.passage, []).append((number, decision))
    for passage_number, decided in by_passage.items():
        passage = source.annotation.passages[passage_number]
        block = tokens[passage.block]
        children = block.children or []
        explicit = [(n, d) for n, d in decided if d.method is Method.EXPLICIT]
        for number, decision in explicit:
            (first, _), _ = passage.child_span(decision.begin, decision.stop)
            _link_explicitly(children, first, number, decision, source)
        marks = [
            _mark(number, decision, *passage.child_span(decision.begin, decision.stop), source)
            for number, decision in decided
            if decision.method is not Method.EXPLICIT
        ]
        block.children = put_marks(children, marks)


def _link_explicitly(children: list[Token], first: int, number: int, decision: Decision, source: BodySource) -> None:
    """Turn the author's `entry:` link around a child into a link to the entry's page."""
    opening = next(children[i] for i in range(first - 1, -1, -1) if children[i].type == "link_open")
    own = {k: v for k, v in opening.attrs.items() if k not in {"href", "class", "id"}}
    opening.attrs = {**dict(_link_attrs(number, decision, source)), **own}
    after = _tether(number, source)
    if after:
        closing = next(i for i in range(first, len(children)) if children[i].type == "link_close")
        children[closing].meta = {**children[closing].meta, "after": after}


def _mark(number: int, decision: Decision, start: tuple[int, int], end: tuple[int, int], source: BodySource) -> Mark:
    after = _tether(number, source)
    if decision.linked:
        return Mark(start, end, "a", _link_attrs(number, decision, source), after)
    return Mark(start, end, "span", (("class", "phrase"), ("id", source.mention_ids[number])), after)


def _link_attrs(number: int, decision: Decision, source: BodySource) -> tuple[tuple[str, str], ...]:
    entry = decision.entry or EntryId("")
    attrs = [("class", "entry-link")]
    if number in source.mention_ids:
        attrs.append(("id", source.mention_ids[number]))
    attrs += [
        ("href", relative_url(source.url, entry_url(entry))),
        ("data-entry", entry),
        ("data-kind", str(decision.kind)),
    ]
    if source.has_story:
        attrs.append(("aria-details", f"story-{entry}"))
    return tuple(attrs)


def _tether(number: int, source: BodySource) -> str:
    """A small link from a phrase to its box. It has no text: the text is the author's alone."""
    if number not in source.tethers:
        return ""
    box, name = source.tethers[number]
    label = html.escape(source.words("context_for", name=name))
    return f'<a class="tether" href="#{html.escape(box)}" aria-label="{label}"></a>'


def _readdress(child: Token, gaps: _Gaps) -> None:
    """Leave a gap where the address of a link of the author's will be; other sites' are known."""
    if child.type == "link_open" and "data-entry" not in child.attrs:
        href = str(child.attrs.pop("href", ""))
        elsewhere = outside_target(href)
        if elsewhere is None:
            child.attrs = {"href": gaps.attribute(LinkGap(href)), **child.attrs}
        elif elsewhere.outside:
            child.attrs = {"href": elsewhere.outside, "class": "outside", **child.attrs}


def _put_images(tokens: Sequence[Token], language: str) -> None:
    """Give every image what stands for it. The first may be what a reader sees first, so it is not put off."""
    images = (child for token in tokens for child in token.children or () if child.type == "image")
    for number, image in enumerate(images):
        alt = "" if is_decorative(image) else RendererHTML().renderInlineAsText(image.children or [], _OPTIONS, {})
        own = [(str(n), str(v)) for n, v in image.attrs.items() if n not in {"src", "alt", "title", "credit"}]
        later = (("loading", "lazy"),) if number else ()
        attributes = (("alt", alt), *own, *later, ("decoding", "async"))
        below = (smarten(str(image.attrs.get(name, "")), language) for name in ("title", "credit"))
        image.meta = {
            **image.meta,
            "image": ImageGap(str(image.attrs.get("src", "")), attributes),
            "below": tuple(below),
        }


# ---- boxes and directives -------------------------------------------------------------------------------------------


def _with_boxes(tokens: Sequence[Token], source: BodySource, gaps: _Gaps) -> list[Token]:
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
            out.append(_held((BoxGap(index),)))
    return out


def _directive(opening: Token, index: int, inner: list[Token], source: BodySource, gaps: _Gaps) -> Iterator[Token]:
    directive = opening.meta.get("directive")
    if directive is None:
        yield from inner
        return
    if not source.directives:
        yield _held(_render(inner, source, gaps))
        return
    dated, rest = take_dated(inner) if directive.name == "timeline" else ((), inner)
    items = tuple((date, _render(item, source, gaps)) for date, item in dated)
    yield _held((DirectiveGap(directive, index, _render(rest, source, gaps), items),))


def _held(parts: Parts) -> Token:
    return Token("raw", "", 0, meta={"parts": parts}, block=True)


# ---- the renderer ---------------------------------------------------------------------------------------------------


class _Renderer(RendererHTML):
    """markdown-it's renderer; the methods below are its rules for single kinds of token."""

    def __init__(self, *, words: Callable[..., str], gaps: _Gaps) -> None:
        # What `RendererHTML` would find by inspecting each instance.
        self.rules = {name: getattr(self, name) for name in _RULES}
        self.words = words
        self.gaps = gaps
        self.tables = 0

    def whole(self, tokens: Sequence[Token], *, html_allowed: bool) -> str:
        self.html_allowed = html_allowed
        return self.render(_tidied(tokens), _OPTIONS, {})

    def raw(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        token = tokens[idx]
        return self.gaps.hold(token.meta.get("parts", (token.content,)))

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_block(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_inline(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """In a line of text, where there is no room below it, an image's caption and credit are its title."""
        del options, env
        gap, below = tokens[idx].meta["image"], " ".join(filter(None, tokens[idx].meta["below"]))
        titled = (*gap.attributes, ("title", below)) if below else gap.attributes
        return self.gaps.hold((replace(gap, attributes=titled),))

    def text_special(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.text(tokens, idx, options, env)

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        return f"</a>{tokens[idx].meta.get('after', '')}"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table scrolls in a region of its own, which the keyboard can reach."""
        self.tables += 1
        label = html.escape(f"{self.words('table')} {self.tables}")
        opening = self.renderToken(tokens, idx, options, env)
        return f'<section class="table" aria-label="{label}" tabindex="0">\n{opening}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{self.renderToken(tokens, idx, options, env)}</section>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
        mark = f"fnref-{number}-{again + 1}" if again else f"fnref-{number}"
        return f'<sup class="footnote-ref"><a href="#fn-{number}" id="{mark}" role="doc-noteref">{number}</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return f'<section class="footnotes" aria-label="{html.escape(self.words("footnotes"))}">\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        return f'<li id="fn-{tokens[idx].meta["id"] + 1}">\n'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta.get("subId", 0)
        mark = f"fnref-{number}-{again + 1}" if again else f"fnref-{number}"
        label = html.escape(self.words("box_back_plain"))
        return f' <a class="footnote-back" href="#{mark}" role="doc-backlink" aria-label="{label}">↩︎</a>'


_RULES = tuple(RendererHTML().rules.keys() | (vars(_Renderer).keys() - {"whole", "__init__", "__module__", "__doc__"}))
"""The kinds of token that have a method of their own."""


def _tidied(tokens: Sequence[Token]) -> list[Token]:
    """Headings below the title's level, alignments as classes, a lone image as a figure."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        one = token
        if one.tag == "h1":
            one = copied(one)
            one.tag = "h2"
        elif one.type in {"th_open", "td_open"} and "style" in one.attrs:
            one = copied(one)
            one.attrs = {"class": str(one.attrs["style"]).replace("text-align:", "align-")}
        elif _is_lone_image(tokens, index):
            out.append(_figure(tokens[index + 1]))
            continue
        elif index and (_is_lone_image(tokens, index - 1) or (index > 1 and _is_lone_image(tokens, index - 2))):
            continue
        out.append(one)
    return out


def _is_lone_image(tokens: Sequence[Token], index: int) -> bool:
    """Whether a paragraph holds one image and nothing else; a footnote's holds the way back too."""
    if [t.type for t in tokens[index : index + 3]] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    children = tokens[index + 1].children or []
    return len(children) == 1 and children[0].type == "image"


def _figure(inline: Token) -> Token:
    """The image with its title as a caption, and its credit."""
    image = (inline.children or [])[0]
    caption, credit = map(html.escape, image.meta["below"])
    credit = f'<span class="credit">{credit}</span>' if credit else ""
    below = " ".join(filter(None, (caption, credit)))
    below = f"\n<figcaption>{below}</figcaption>" if below else ""
    return _held(("<figure>\n", image.meta["image"], f"{below}\n</figure>\n"))
