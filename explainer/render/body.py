"""The text of an article, entry or page as HTML.

Tokens are copied, never changed. In order: typographic quotes, links and phrases, addresses, directives and boxes,
then markdown-it's renderer with the few rules of `_Renderer`.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import imagesize
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from explainer.annotate import Annotation, Decision, Method
from explainer.read.content import Document
from explainer.read.directives import Directive
from explainer.read.schema import RawHtml
from explainer.render.inline import Mark, put_marks
from explainer.render.sanitise import HELD, sanitise
from explainer.render.typography import localise_quotes, mark_quotes, mark_quotes_in
from explainer.site.links import find_target
from explainer.site.urls import Urls, entry_url
from explainer.types import EntryId, Html, SourcePath, Url

_OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": False}).options

Address: TypeAlias = Callable[[Url, str], str]
"""How a page writes the address of a `Url` with a fragment."""

RenderDirective: TypeAlias = Callable[[Directive, int, Html], Html]
"""Makes the HTML of a directive from its token's index and the HTML inside it."""


def inside_only(directive: Directive, index: int, inner: Html) -> Html:
    """Directives belong to articles; elsewhere their text stands without them."""
    del directive, index
    return inner


@dataclass(frozen=True, slots=True)
class BodyView:
    """All that a body's HTML depends on."""

    document: Document[Any]
    annotation: Annotation
    language: str
    urls: Urls
    media: Mapping[SourcePath, Path]
    address: Address
    words: Callable[..., str]
    html: RawHtml
    mention_ids: Mapping[int, str] = field(default_factory=dict)
    """Ids of mentions by the number of their decision; empty where nothing leads to them."""
    has_story: bool = False
    """Whether the page has *In this story*, which previews and screen readers are led to."""
    tethers: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """For a decision that a box explains: the box's id and title."""
    boxes_after: Mapping[int, tuple[Html, ...]] = field(default_factory=dict)
    """Boxes that follow a block, by its token's index."""
    directive: RenderDirective = inside_only


def render_body(view: BodyView) -> Html:
    """The body's HTML, without the page around it."""
    tokens = _copies(view.document.body.tokens)
    mark_quotes(tokens)
    _put_links(tokens, view)
    for token in tokens:
        for child in token.children or ():
            _readdress(child, view)
    blocks = _with_boxes(tokens, view)
    return Html(localise_quotes(_render(blocks, view), view.language))


def _render(tokens: Sequence[Token], view: BodyView) -> str:
    """Tokens as HTML, raw HTML as the site wants it."""
    if view.html is not RawHtml.SANITISED:
        return _Renderer(words=view.words, seal="").whole(tokens, html_allowed=view.html is RawHtml.TRUSTED)
    renderer = _Renderer(words=view.words, seal=hashlib.sha256(view.document.text.encode()).hexdigest()[:16])
    return renderer.release(sanitise(renderer.whole(tokens, html_allowed=True), ids=_ids(tokens)))


def _ids(tokens: Sequence[Token]) -> frozenset[str]:
    every = (one for token in tokens for one in (token, *(token.children or ())))
    return frozenset(str(one.attrs["id"]) for one in every if "id" in one.attrs)


def _copies(tokens: Sequence[Token]) -> list[Token]:
    out = []
    for token in tokens:
        one = copy(token)
        one.attrs = dict(token.attrs)
        one.children = [_copy_child(c) for c in token.children] if token.children is not None else None
        out.append(one)
    return out


def _copy_child(child: Token) -> Token:
    one = copy(child)
    one.attrs = dict(child.attrs)
    return one


# ---- links ----------------------------------------------------------------------------------------------------------


def _put_links(tokens: Sequence[Token], view: BodyView) -> None:
    by_passage: dict[int, list[tuple[int, Decision]]] = {}
    for number, decision in enumerate(view.annotation.decisions):
        if decision.linked or number in view.mention_ids:
            by_passage.setdefault(decision.passage, []).append((number, decision))
    for passage_number, decided in by_passage.items():
        passage = view.annotation.passages[passage_number]
        block = tokens[passage.block]
        children = block.children or []
        explicit = [(n, d) for n, d in decided if d.method is Method.EXPLICIT]
        for number, decision in explicit:
            (first, _), _ = passage.child_span(decision.begin, decision.stop)
            _link_explicitly(children, first, number, decision, view)
        marks = [
            _mark(number, decision, *passage.child_span(decision.begin, decision.stop), view)
            for number, decision in decided
            if decision.method is not Method.EXPLICIT
        ]
        block.children = put_marks(children, marks)


def _link_explicitly(children: list[Token], first: int, number: int, decision: Decision, view: BodyView) -> None:
    """Turn the author's `entry:` link around a child into a link to the entry's page."""
    opening = next(children[i] for i in range(first - 1, -1, -1) if children[i].type == "link_open")
    own = {k: v for k, v in opening.attrs.items() if k not in {"href", "class", "id"}}
    opening.attrs = {**dict(_link_attrs(number, decision, view)), **own}
    after = _tether(number, view)
    if after:
        closing = next(i for i in range(first, len(children)) if children[i].type == "link_close")
        children[closing].meta = {**children[closing].meta, "after": after}


def _mark(number: int, decision: Decision, start: tuple[int, int], end: tuple[int, int], view: BodyView) -> Mark:
    after = _tether(number, view)
    if decision.linked:
        return Mark(start, end, "a", _link_attrs(number, decision, view), after)
    return Mark(start, end, "span", (("class", "phrase"), ("id", view.mention_ids[number])), after)


def _link_attrs(number: int, decision: Decision, view: BodyView) -> tuple[tuple[str, str], ...]:
    entry = decision.entry or EntryId("")
    attrs = [("class", "entry-link")]
    if number in view.mention_ids:
        attrs.append(("id", view.mention_ids[number]))
    attrs += [
        ("href", view.address(entry_url(entry), "")),
        ("data-entry", entry),
        ("data-kind", str(decision.kind)),
    ]
    if view.has_story:
        attrs.append(("aria-details", f"story-{entry}"))
    return tuple(attrs)


def _tether(number: int, view: BodyView) -> str:
    """A small link from a phrase to its box. It has no text: the text is the author's alone."""
    if number not in view.tethers:
        return ""
    box, name = view.tethers[number]
    label = html.escape(view.words("context_for", name=name))
    return f'<a class="tether" href="#{html.escape(box)}" aria-label="{label}"></a>'


def _readdress(child: Token, view: BodyView) -> None:
    """Give a link or an image of the author's the address it has from this page."""
    if child.type == "link_open" and "data-entry" not in child.attrs:
        target = find_target(str(child.attrs.get("href", "")), view.document.path, view.urls)
        child.attrs.pop("href", None)
        if target.outside:
            child.attrs = {"href": target.outside, "class": "outside", **child.attrs}
        elif target.url is not None:
            child.attrs = {"href": view.address(target.url, target.fragment), **child.attrs}
    elif child.type == "image":
        target = find_target(str(child.attrs.get("src", "")), view.document.path, view.urls)
        child.attrs["src"] = view.address(target.url, "") if target.url is not None else ""
        _measure(child, target.url, view)


def _measure(image: Token, url: Url | None, view: BodyView) -> None:
    """Width and height keep the page from jumping while the image loads."""
    path = view.urls.source.get(url) if url else None
    file = view.media.get(path) if path else None
    width, height = imagesize.get(file) if file is not None else (-1, -1)
    if width > 0 and height > 0:
        image.attrs.setdefault("width", round(width))
        image.attrs.setdefault("height", round(height))
    image.attrs.setdefault("loading", "lazy")


# ---- boxes and directives -------------------------------------------------------------------------------------------


def _with_boxes(tokens: Sequence[Token], view: BodyView) -> list[Token]:
    """The tokens with every directive rendered and every box put behind its block."""
    out: list[Token] = []
    stack: list[tuple[int, list[Token]]] = []
    for index, token in enumerate(tokens):
        if token.type == "container_directive_open":
            stack.append((index, out))
            out = []
        elif token.type == "container_directive_close" and stack:
            opened, outer = stack.pop()
            outer.extend(_directive(tokens[opened], opened, out, view))
            out = outer
        else:
            out.append(token)
        if not stack:
            out.extend(_raw(box) for box in view.boxes_after.get(index, ()))
    return out


def _directive(opening: Token, index: int, inner: list[Token], view: BodyView) -> Iterator[Token]:
    directive = opening.meta.get("directive")
    if directive is None:
        yield from inner
        return
    yield _raw(view.directive(directive, index, Html(_render(inner, view))))


def _raw(markup: str) -> Token:
    return Token("raw", "", 0, content=markup, block=True)


# ---- the renderer ---------------------------------------------------------------------------------------------------


class _Renderer(RendererHTML):
    """markdown-it's renderer; the methods below are its rules for single kinds of token."""

    def __init__(self, *, words: Callable[..., str], seal: str = "") -> None:
        super().__init__()
        self.words = words
        self.seal = seal
        self.held: list[str] = []
        self.tables = 0

    def whole(self, tokens: Sequence[Token], *, html_allowed: bool) -> str:
        self.html_allowed = html_allowed
        return self.render(_tidied(tokens), _OPTIONS, {})

    def release(self, markup: str) -> str:
        """Put back what `raw` held while the rest was sanitised."""
        marks = re.compile(f"{HELD}{self.seal}-([0-9]+){HELD}")
        return marks.sub(lambda mark: self.held[int(mark[1])], markup)

    def raw(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        if not self.seal:
            return tokens[idx].content
        self.held.append(tokens[idx].content)
        return f"{HELD}{self.seal}-{len(self.held) - 1}{HELD}"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_block(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_inline(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

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


def _tidied(tokens: Sequence[Token]) -> list[Token]:
    """Headings below the title's level, alignments as classes, a lone image as a figure."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        one = token
        if one.tag == "h1":
            one = copy(one)
            one.tag = "h2"
        elif one.type in {"th_open", "td_open"} and "style" in one.attrs:
            one = copy(one)
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
    """The image with its title as a caption."""
    image = copy((inline.children or [])[0])
    image.attrs = dict(image.attrs)
    caption = mark_quotes_in(str(image.attrs.pop("title", "")))
    shown = RendererHTML().render([Token("inline", "", 0, children=[image])], _OPTIONS, {})
    below = f"<figcaption>{html.escape(caption)}</figcaption>\n" if caption else ""
    return _raw(f"<figure>\n{shown}\n{below}</figure>\n")
