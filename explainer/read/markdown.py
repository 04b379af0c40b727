"""From Markdown to tokens that know their place in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind
from explainer.read.directives import date_before, parse_directive, seems_dated
from explainer.read.positions import LINE_END, PositionedInline, in_file, lines_of, locate_lines
from explainer.read.prose import normalize, plain_paragraph
from explainer.types import SourcePath

ALLOWED_ATTRIBUTES = ("id", "class", "lang", "dir", "width", "height", "credit")
"""What `{…}` may set. None of them can run script or load anything. `credit` is for images."""

DECORATIVE = "decorative"
"""The class of an image that says nothing to those who do not see it."""

OWN_IDS = re.compile(r"(?:x|m|box|story|fn|fnref)-|fn")
"""Ids that the page itself uses begin like this; authors' ids may not."""

_WIKILINK = re.compile(r"\[\[([^\[\]|\n]+)(?:(\|)([^\[\]\n]*))?\]\]")
_CLOSING_COLONS = re.compile(r"\s*(?:[-*+>]\s*)*:{3,}\s*$")
_MISSING_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")


class Body(Struct, frozen=True):
    """A parsed text. Its tokens are shared and never changed: who renders works on copies."""

    tokens: tuple[Token, ...]
    """Block tokens as markdown-it makes them. Inline children carry their positions (`read.positions`), directives a
    `Directive` in `meta["directive"]`."""
    offset: int
    """Where the Markdown begins in its file."""


_ATTRIBUTES = "{"
_LONGEST_SPAN = 1000

EMPTY_BODY = Body((), 0)


class Context(Struct, frozen=True):
    """What the checks below look at."""

    text: str
    path: SourcePath
    offset: int
    lines: tuple[int, ...]
    """Offset of each line of the Markdown in the file."""

    def span(self, token: Token) -> tuple[int, int]:
        """The first line of a block, in the file, as far as a message can show it."""
        start = self.lines[min((token.map or [0])[0], len(self.lines) - 1)]
        line = LINE_END.split(self.text[start : start + _LONGEST_SPAN], maxsplit=1)[0]
        return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def parse_markdown(text: str, path: SourcePath, *, offset: int, html: bool) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Parse the Markdown of a file, which begins at `offset`."""
    # Without a line end at the very end, markdown-it's block rules look behind it.
    source = text[offset:] if text.endswith(("\n", "\r")) else f"{text[offset:]}\n"
    tokens = parser(html=html).parse(source)
    lines = tuple(lines_of(text, offset))
    locate_lines(tokens, lines)
    context = Context(text, path, offset, tuple([start for start, _ in lines]))
    problems = tuple(p for sign, check in CHECKS if sign in source for p in check(tokens, context))
    add_heading_ids(tokens, context)
    return Body(tuple(tokens), offset), problems


@cache
def parser(*, html: bool) -> MarkdownIt:
    """The one configuration of Markdown: CommonMark and what design and guide add to it."""
    md = MarkdownIt("commonmark")
    md.inline = PositionedInline()
    md.configure("commonmark", options_update={"html": html})
    # `text_join` would merge escapes into their neighbours and lose their places; `render.body` does it last.
    md.disable("text_join").enable(["table", "strikethrough"])
    footnote_plugin(md, inline=False)
    deflist_plugin(md)
    attrs_plugin(md, spans=True, allowed=ALLOWED_ATTRIBUTES)
    attrs_block_plugin(md, allowed=ALLOWED_ATTRIBUTES)
    container_plugin(md, "directive", validate=lambda _params, _markup: True)
    md.core.ruler.at("normalize", normalize)
    md.block.ruler.before("table", "plain_paragraph", plain_paragraph)
    md.inline.ruler.before("link", "wikilink", wikilink)
    md.inline.ruler.at("autolink", autolink_outside_links)
    # Which schemes are safe is decided with the whole site in view (`site.links`), where it can be a diagnostic.
    md.validateLink = _any_link  # type: ignore[method-assign]
    return md


def _any_link(url: str) -> bool:
    del url
    return True


def wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[[munaf-tlass|the general]]`, and `[[Homs]]` where the text is the name."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None or (match.group(2) and not match.group(3).strip()):
        return False
    if not silent:
        begin, end = match.span(3) if match.group(2) else match.span(1)
        rest = state.posMax
        state.pos, state.posMax = begin, end
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": f"entry:{match.group(1).strip()}"}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = rest
    state.pos = match.end()
    return True


def autolink_outside_links(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`<https://…>`; inside a link it stays text, for links do not nest."""
    return not state.linkLevel and autolink(state, silent)


# ---- checks: each reads the tokens; some note what they found in `meta` --------------------------------------------


def check_directives(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """Read every directive; an unclosed one has no closing line."""
    open_tokens: list[Token] = []
    for token in tokens:
        if token.type == "container_directive_open":
            open_tokens.append(token)
            yield from _read_directive(token, context)
        elif token.type == "container_directive_close":
            opening = open_tokens.pop()
            if opening.info.strip() and not _is_closed(opening, token, context):
                start, end = context.span(opening)
                hint = "end it with a line “:::”"
                yield Diagnostic(
                    Kind.UNCLOSED_DIRECTIVE, context.path, "this directive is not closed", hint, start, end
                )


def _read_directive(token: Token, context: Context) -> Iterator[Diagnostic]:
    start, end = context.span(token)
    info_start = context.text.find(":::", start, end + 1) + len(token.markup)
    directive, problems = parse_directive(token.info, context.path, start=info_start)
    token.meta["directive"] = directive
    yield from problems


def _is_closed(opening: Token, closing: Token, context: Context) -> bool:
    line = (opening.map or [0, 0])[1]
    if line >= len(context.lines):
        return False
    end = context.lines[line + 1] if line + 1 < len(context.lines) else len(context.text)
    source = context.text[context.lines[line] : end]
    return bool(_CLOSING_COLONS.match(source)) and set(closing.markup.strip()) == {":"}


def check_timelines(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """In a list of a timeline, either every item begins with a date or none does."""
    for number, token in enumerate(tokens):
        directive = token.meta.get("directive")
        if directive is None or directive.name != "timeline":
            continue
        level, items = token.level + 1, list[Token]()
        for n in range(number + 1, len(tokens)):
            inner = tokens[n]
            if inner.level < level:
                break
            if inner.level == level and inner.type == "bullet_list_open":
                items = []
            elif inner.level == level and inner.type == "bullet_list_close":
                yield from _undated(items, context)
            elif inner.type == "inline" and inner.level == level + 3 and tokens[n - 2].type == "list_item_open":
                items.append(inner)


def _undated(items: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    if not any(seems_dated(item.content) for item in items):
        return
    for item in items:
        if not date_before(item.content)[0]:
            start, end = context.span(item)
            hint = "begin every item of the list with its date, as in “- 2012-07-03: …” or “- 2012-07~: …”"
            yield Diagnostic(Kind.BAD_DATE, context.path, "this item of a timeline has no date", hint, start, end)


def check_depth(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """markdown-it drops what is nested deeper than its limit; nothing may be lost in silence."""
    limit = parser(html=False).options["maxNesting"] - 1
    deep = next((t for t in tokens if t.level >= limit), None)
    if deep is not None:
        start, end = context.span(deep)
        message = f"blocks are nested {limit} deep; what is deeper is not read"
        yield Diagnostic(Kind.TOO_DEEP, context.path, message, "use fewer levels of lists and quotations", start, end)


def check_headings(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """The page's title is its only first-level heading; a second one becomes a second-level heading."""
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1":
            start, end = context.span(token)
            message = "the title is the page's only heading of the first level"
            hint = "begin sections with “##”; this one is shown as such"
            yield Diagnostic(Kind.HEADING_LEVEL, context.path, message, hint, start, end)


def check_attributes(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """`{…}` with an attribute that is not allowed, or an id that the page uses itself or that was used before."""
    seen: set[str] = set()
    for block, token in _all_tokens(tokens):
        if not token.attrs and "insecure_attrs" not in token.meta:
            continue
        refused = [f"the attribute “{name}” is not allowed" for name in token.meta.get("insecure_attrs", ())]
        if "credit" in token.attrs and token.type != "image":
            refused.append("only images have the attribute “credit”")
            del token.attrs["credit"]
        identifier = token.attrs.get("id")
        if identifier is not None:
            if reason := _bad_id(str(identifier), seen):
                refused.append(reason)
                del token.attrs["id"]
            seen.add(str(identifier))
        for message in refused:
            start, end = context.span(block)
            hint = f"allowed are {', '.join(ALLOWED_ATTRIBUTES)}; the attribute is left out"
            yield Diagnostic(Kind.UNSAFE_ATTRIBUTE, context.path, message, hint, start, end)


def _bad_id(identifier: str, seen: set[str]) -> str:
    if identifier in seen:
        return f"the id “{identifier}” is used twice"
    if not re.fullmatch(r"[^\W\d_][\w-]*", identifier):
        return f"the id “{identifier}” has other characters than letters, digits, “-” and “_”"
    return f"the id “{identifier}” is one that the page uses itself" if OWN_IDS.match(identifier) else ""


def check_images(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    """Images without a description, at their place."""
    for block in tokens:
        for token in block.children or ():
            if token.type == "image" and not (token.content.strip() or is_decorative(token)):
                start = in_file(block, token.meta["at"]) if "lines" in block.meta else context.span(block)[0]
                end = start + len("![]") if context.text.startswith("![]", start) else context.span(block)[1]
                hint = f"say in the brackets what the image shows; if it only decorates, write ![](…){{.{DECORATIVE}}}"
                yield Diagnostic(Kind.MISSING_ALT, context.path, "an image without a description", hint, start, end)


def is_decorative(image: Token) -> bool:
    """Whether the author says that an image tells nothing."""
    return DECORATIVE in str(image.attrs.get("class", "")).split()


def check_footnotes(tokens: Sequence[Token], context: Context) -> Iterator[Diagnostic]:
    for block, token in _all_tokens(tokens):
        if token.type != "text" or "[^" not in token.content:
            continue
        for match in _MISSING_FOOTNOTE.finditer(token.content):
            start, end = context.span(block)
            begin = context.text.find(match.group(), start)
            start, end = (begin, begin + len(match.group())) if begin >= 0 else (start, end)
            message = f"the footnote {match.group()} is not defined"
            hint = f"add a line “{match.group()}: …”, or write \\[^ for the characters themselves"
            yield Diagnostic(Kind.MISSING_FOOTNOTE, context.path, message, hint, start, end)


def add_heading_ids(tokens: Sequence[Token], context: Context) -> None:
    """Every heading without an id gets one from its words; none is given twice."""
    has_own = context.text.find(_ATTRIBUTES, context.offset) >= 0
    taken = {str(t.attrs["id"]) for _, t in _all_tokens(tokens) if "id" in t.attrs} if has_own else set()
    numbers: Counter[str] = Counter()
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and "id" not in token.attrs:
            slug = base = _slug(inline)
            while slug in taken:
                numbers[base] += 1
                slug = f"{base}-{numbers[base] + 1}"
            taken.add(slug)
            token.attrs["id"] = slug


def _slug(heading: Token) -> str:
    text = "".join(t.content for t in heading.children or () if t.type in {"text", "text_special", "code_inline"})
    slug = "-".join(re.findall(r"\w+", text.lower()))
    return f"section-{slug}".rstrip("-") if not slug or OWN_IDS.match(slug) or slug[0].isdigit() else slug


def _all_tokens(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Every token, inline ones included, with the block whose lines it has."""
    block = tokens[0] if tokens else None
    for token in tokens:
        block = token if token.map is not None or block is None else block
        yield block, token
        for child in token.children or ():
            yield block, child


CHECKS: tuple[tuple[str, Callable[[Sequence[Token], Context], Iterator[Diagnostic]]], ...] = (
    (":::", check_directives),
    (":::", check_timelines),
    ("", check_depth),
    ("", check_headings),
    (_ATTRIBUTES, check_attributes),
    ("![", check_images),
    ("[^", check_footnotes),
)
"""Each with the characters without which there is nothing to check."""
