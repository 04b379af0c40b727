"""The text that a reader sees, block by block, with the way back to the file.

Soft breaks, no-break spaces, soft hyphens and emphasis inside a name do not matter to matching: each block becomes a
`Passage`, plain text in which they are gone, with `Run`s that lead back to the tokens and to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct

from explainer.read.markdown import Body
from explainer.read.positions import in_file, pieces

OBJECT = "\ufffc"
"""Stands for what is no text: code, images, footnote marks, raw HTML, addresses between angle brackets."""

_OBJECTS = frozenset({"code_inline", "image", "footnote_ref", "html_inline"})

_UNSEEN = r"[\u00ad\u200b-\u200f\u2060\ufeff]+"
_INVISIBLE = re.compile(_UNSEEN)
_IRREGULAR = re.compile(rf"\s{{2,}}|[^\S ]|{_UNSEEN}")
FOLDED = re.compile(rf"(?P<space>\s+)|{_UNSEEN}")
"""White space, which becomes one space, and characters that nobody sees, which are left out."""


class Zone(StrEnum):
    """Where in a text something stands; links are made in `PROSE` and, if the site wants, in `QUOTATION`."""

    PROSE = "prose"
    HEADING = "heading"
    QUOTATION = "quotation"
    BOX = "box"
    LINK = "link"
    NOLINK = "nolink"


class Run(NamedTuple):
    """Equal characters of a passage, a token and the file."""

    start: int
    """In the passage."""
    length: int
    """Characters."""
    child: int
    """Which child of the block's inline token."""
    child_start: int
    """Offset in the child's content."""
    file_start: int
    """Offset in the file, in code points."""
    file_length: int
    """Differs from `length` where an escape or an entity stands in the file, or white space was folded."""


_START = itemgetter(0)
"""Of a run, faster than a function of our own: it is asked for with every mention."""


class Stretch(NamedTuple):
    """A part of a passage that is an existing link or may not be linked."""

    start: int
    end: int
    """Half-open range of the passage's text."""
    zone: Zone
    """What it is."""
    target: str
    """The entry that an author's `entry:` link names; else empty."""


class Passage(Struct, frozen=True):
    """The text of one block."""

    block: int
    """Index of its inline token among the body's tokens."""
    text: str
    """What readers see, with `OBJECT` for what is no text."""
    runs: tuple[Run, ...]
    """The way back to tokens and file, in order; together they cover the text."""
    stretches: tuple[Stretch, ...]
    """Links and spans inside the block."""
    zone: Zone
    """Where the block stands."""
    section: int
    """0 before the first heading, then counted on."""

    def file_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the file of a non-empty range of the passage."""
        first, last = self._run_at(start), self._run_at(end - 1)
        begin = first.file_start + (start - first.start if first.file_length == first.length else 0)
        inside = end - last.start if last.file_length == last.length else last.file_length
        return begin, last.file_start + inside

    def child_span(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """The range as (child, offset) of its first character and (child, offset) behind its last."""
        first, last = self._run_at(start), self._run_at(end - 1)
        return (first.child, first.child_start + start - first.start), (last.child, last.child_start + end - last.start)

    def _run_at(self, position: int) -> Run:
        if len(self.runs) == 1:
            return self.runs[0]
        return self.runs[bisect_right(self.runs, position, key=_START) - 1]

    def zone_of(self, start: int, end: int) -> Zone:
        """The zone of a range: a link or a `{.nolink}` around any part of it decides."""
        for stretch in self.stretches:
            if stretch.start < end and start < stretch.end:
                return stretch.zone
        return self.zone


def _is_regular(text: str) -> bool:
    """Whether it has no odd spaces and no invisible characters; none of these is printable, which is seen at once."""
    return ("  " not in text and text.isprintable()) or _IRREGULAR.search(text) is None


def project(body: Body) -> tuple[Passage, ...]:
    """All passages of a body in reading order."""
    return tuple(_passages(body.tokens))


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    quotes, directives, section, before = 0, 0, 0, ""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            section += 1
        elif token.type in {"blockquote_open", "blockquote_close"}:
            quotes += token.nesting
        elif token.type in {"container_directive_open", "container_directive_close"}:
            directives += token.nesting
        elif token.type == "inline" and token.children and "lines" in token.meta:
            zone = Zone.HEADING if before == "heading_open" else _zone(quotes, directives)
            text, runs, stretches = _plain(token) or _projected(token)
            yield Passage(index, text, runs, stretches, zone, section)
        before = token.type


_Projected: TypeAlias = tuple[str, tuple[Run, ...], tuple[Stretch, ...]]
"""The text of a passage, its runs and its stretches."""


def _plain(inline: Token) -> _Projected | None:
    """The passage of a block that is one text, as most are."""
    children = inline.children or []
    if len(children) > 1 or children[0].type != "text" or "pieces" in children[0].meta:
        return None
    text, at = children[0].content, children[0].meta["at"]
    if not text or not _is_regular(text):
        return None
    return text, (Run(0, len(text), 0, 0, in_file(inline, at), len(text)),), ()


def _projected(inline: Token) -> _Projected:
    projection = _Projection(inline)
    projection.run()
    return "".join(projection.parts), tuple(projection.runs), tuple(projection.stretches)


def _zone(quotes: int, directives: int) -> Zone:
    if directives:
        return Zone.BOX
    return Zone.QUOTATION if quotes else Zone.PROSE


@dataclass(slots=True)
class _Projection:
    """One block on its way to a passage."""

    inline: Token
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    length: int = 0
    open: list[tuple[int, Zone, str]] = field(default_factory=list)

    def run(self) -> None:
        in_autolink = False
        for index, child in enumerate(self.inline.children or ()):
            if child.type in {"softbreak", "hardbreak"}:
                self._space(index, 0, self._place(child), 1)
            elif child.type in _OBJECTS or in_autolink:
                self._put(OBJECT, index, 0, self._place(child), 1)
            elif child.type in {"text", "text_special"}:
                self._text(index, child)
            elif child.nesting:
                self._bracket(child)
            in_autolink = child.type == "link_open" and child.markup == "autolink"

    def _bracket(self, child: Token) -> None:
        """Note where links and spans begin and end."""
        if child.type in {"link_open", "span_open"}:
            href = str(child.attrs.get("href", ""))
            target = unquote(href.removeprefix("entry:")) if href.startswith("entry:") else ""
            nolink = "nolink" in str(child.attrs.get("class", "")).split()
            zone = Zone.NOLINK if nolink else Zone.LINK if child.type == "link_open" else Zone.PROSE
            self.open.append((self.length, zone, target))
        elif child.type in {"link_close", "span_close"} and self.open:
            start, zone, target = self.open.pop()
            if zone is not Zone.PROSE and self.length > start:
                self.stretches.append(Stretch(start, self.length, zone, target))

    def _text(self, index: int, child: Token) -> None:
        if child.type == "text_special":
            (_, at, length), *_rest = pieces(child)
            begin = self._in_file(at)
            self._special(child.content, index, begin, self._in_file(at + length - 1) + 1 - begin)
            return
        for start, at, length in pieces(child):
            text = child.content[start : start + length]
            if not _is_regular(text):
                self._irregular(text, index, start, at)
            elif text.startswith(" ") and self._ends_in_space():
                self._put(text[1:], index, start + 1, self._in_file(at + 1), length - 1)
            else:
                self._put(text, index, start, self._in_file(at), length)

    def _special(self, text: str, index: int, file_start: int, file_length: int) -> None:
        """An escape or an entity; it may stand for a space or for something invisible."""
        if text.isspace():
            self._space(index, 0, file_start, file_length)
        elif not _INVISIBLE.fullmatch(text):
            self._put(text, index, 0, file_start, file_length)

    def _irregular(self, text: str, index: int, start: int, at: int) -> None:
        """Text with odd spaces or invisible characters: each run of spaces is one, the invisible is left out."""
        done = 0
        for part in FOLDED.finditer(text):
            self._put(text[done : part.start()], index, start + done, self._in_file(at + done), part.start() - done)
            done = part.end()
            if part.lastgroup == "space":
                self._space(index, start + part.start(), self._in_file(at + part.start()), len(part.group()))
        self._put(text[done:], index, start + done, self._in_file(at + done), len(text) - done)

    def _space(self, index: int, start: int, file_start: int, file_length: int) -> None:
        if not self._ends_in_space():
            self._put(" ", index, start, file_start, file_length)

    def _ends_in_space(self) -> bool:
        return bool(self.parts) and self.parts[-1].endswith(" ")

    def _put(self, text: str, child: int, child_start: int, file_start: int, file_length: int) -> None:
        if text:
            self.parts.append(text)
            self.runs.append(Run(self.length, len(text), child, child_start, file_start, file_length))
            self.length += len(text)

    def _place(self, child: Token) -> int:
        """Where a token without text stands; plug-ins that set `meta` anew lose the place, then it is behind the text."""
        if "at" in child.meta:
            return self._in_file(child.meta["at"])
        return self.runs[-1].file_start + self.runs[-1].file_length if self.runs else self._in_file(0)

    def _in_file(self, at: int) -> int:
        return in_file(self.inline, at)
