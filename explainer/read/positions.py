"""Where Markdown's text stands in its file.

markdown-it gives every block its lines and nothing inside a line its column. Two additions make every character of
text traceable: a state that notes where in the block's text each inline token began (`token.meta["at"]`), and a map
from the block's text to the file (`token.meta["lines"]`), which undoes the stripping of block markers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from explainer.read.prose import MARKUP

Piece = tuple[int, int, int]
"""(offset in a text token, offset in the block's text, length there): a run of equal characters."""

LINE_END = re.compile(r"\r\n|\n|\r")


class PositionedState(StateInline):
    """An inline state whose tokens know where they began in `src`."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> None:  # noqa: N803
        self._pending_at: int | None = None
        super().__init__(src, md, env, outTokens)

    def append_pending(self, text: str) -> None:
        if self._pending_at is None:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802
        at = self._pending_at
        token = super().pushPending()
        token.meta["at"] = self.pos - len(token.content) if at is None else at
        self._pending_at = None
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self._at(ttype)
        token.meta["pushed"] = self.pos
        self._pending_at = None
        return token

    def _at(self, ttype: str) -> int:
        """A run of `*` or `~` becomes several text tokens, all pushed from the run's beginning."""
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        if ttype == "text" and before is not None and before.type == "text" and before.meta.get("pushed") == self.pos:
            return int(before.meta["at"]) + len(before.content)
        return self.pos


class PositionedInline(ParserInline):
    """The inline parser with `PositionedState`; text is joined without losing positions."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler2.at("fragments_join", join_fragments)
        self.terminator_re = MARKUP

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if src and MARKUP.search(src) is None:
            tokens.append(Token("text", "", 0, content=src, meta={"at": 0}))
            return tokens
        state = PositionedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def join_fragments(state: StateInline) -> None:
    """Join runs of text tokens, keeping in `meta["pieces"]` where each came from, and renew the levels."""
    joined: list[Token] = []
    level = 0
    for token in state.tokens:
        level -= token.nesting < 0
        token.level = level
        level += token.nesting > 0
        if token.type == "text" and joined and joined[-1].type == "text":
            _append(joined[-1], token)
        else:
            joined.append(token)
    state.tokens[:] = joined


def _append(first: Token, second: Token) -> None:
    pieces: list[Piece] = first.meta.setdefault("pieces", [(0, first.meta["at"], len(first.content))])
    pieces.append((len(first.content), second.meta["at"], len(second.content)))
    first.content += second.content


def pieces(token: Token) -> Sequence[Piece]:
    """The runs of a text token. An escape or an entity is one run whose source is longer than its text."""
    if token.type == "text_special":
        return ((0, token.meta["at"], len(token.markup)),)
    found: Sequence[Piece] = token.meta.get("pieces") or ((0, token.meta["at"], len(token.content)),)
    return found


def in_file(block: Token, at: int) -> int:
    """Where an offset of a block's text stands in the file; only after `locate_lines`."""
    lines = block.meta["lines"]
    number = bisect_right(lines, at, key=itemgetter(0)) - 1 if len(lines) > 1 else 0
    content_start, file_start = lines[number]
    return int(file_start + at - content_start)


def locate_lines(tokens: Sequence[Token], lines: Sequence[tuple[int, str]]) -> None:
    """Give every inline token `meta["lines"]`: (offset in its content, offset in the file) for each of its lines.

    `lines` are those of `lines_of`.
    """
    cells: dict[int, int] = {}
    for before, token in pairwise(tokens):
        if token.type != "inline" or token.map is None:
            continue
        if before.type in {"th_open", "td_open"}:
            start, line = lines[token.map[0]]
            # The cells of a row share its line: the next one is looked for behind this one.
            column, source = _find_cell(line, token.content, cells.get(start, 0))
            cells[start] = column + len(source)
            token.meta["lines"] = tuple(_cell_starts(source, start + column))
            _split_pieces(token)
        else:
            token.meta["lines"] = tuple(_line_starts(token, lines))


def lines_of(text: str, offset: int) -> Iterator[tuple[int, str]]:
    """The lines of a file's Markdown, which begins at `offset`: where each begins in the file, and its text."""
    begin = offset
    if "\r" not in text:
        for line in text[offset:].split("\n"):
            yield begin, line
            begin += len(line) + 1
        return
    for end in LINE_END.finditer(text, offset):
        yield begin, text[begin : end.start()]
        begin = end.end()
    yield begin, text[begin:]


def _line_starts(token: Token, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    begin = (token.map or (0, 0))[0]
    at = 0
    for number, content in enumerate(token.content.split("\n"), begin):
        start, line = lines[min(number, len(lines) - 1)]
        yield at, start + _find_suffix(line, content)
        at += len(content) + 1


def _find_suffix(line: str, content: str) -> int:
    """Where a line of a block's text stands: behind its markers; only a heading may have more `#` after it."""
    if line == content:
        return 0
    stripped = content.strip()
    whole = line.rstrip()
    column = len(whole) - len(stripped) if whole.endswith(stripped) else max(0, line.rfind(stripped))
    return column - (len(content) - len(content.lstrip()))


def _find_cell(line: str, content: str, begin: int) -> tuple[int, str]:
    r"""Where a table cell's text stands, and as what; cells lose the backslash of `\|`."""
    match = re.compile(re.escape(content).replace(r"\|", r"\\?\|")).search(line, begin)
    return (match.start(), match.group()) if match else (begin, content)


def _split_pieces(cell: Token) -> None:
    """End a run of text where the backslash of an escaped bar stands in the file."""
    cuts = [at for at, _ in cell.meta["lines"][1:]]
    for child in cell.children or () if cuts else ():
        if child.type == "text":
            child.meta["pieces"] = [part for piece in pieces(child) for part in _split_piece(piece, cuts)]


def _split_piece(piece: Piece, cuts: Sequence[int]) -> Iterator[Piece]:
    start, at, length = piece
    bounds = [at, *cuts[bisect_right(cuts, at) : bisect_left(cuts, at + length)], at + length]
    for begin, end in pairwise(bounds):
        yield start + begin - at, begin, end - begin


def _cell_starts(source: str, start: int) -> Iterator[tuple[int, int]]:
    """A new run begins behind the backslash of every escaped bar."""
    yield 0, start
    for number, bar in enumerate(re.finditer(r"\\\|", source)):
        yield bar.start() - number, start + bar.start() + 1
