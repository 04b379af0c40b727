"""Marks put into inline tokens: elements nest, nothing is empty, no character of the text changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from explainer.read.markdown import parser
from explainer.render.gaps import Gaps
from explainer.render.inline import Mark, put_marks
from explainer.render.renderer import Renderer
from tests.sites import Row, rows
from tests.whole.pages import is_nested_well

TABLE = Path(__file__).parent / "put_marks.md"
BEGIN, END = "\ue100", "\ue101"
"""⟦ and ⟧ as characters that Markdown takes for letters."""


@pytest.mark.parametrize("row", rows(TABLE))
def test_marks(row: Row) -> None:
    assert render(row.given.rstrip("\n")) == row.expected.rstrip("\n")


def render(source: str) -> str:
    children = parse(source)
    return html_of(put_marks(children, take_marks(children)))


def parse(source: str) -> list[Token]:
    tokens = parser(html=False).parse(source.replace("⟦", BEGIN).replace("⟧", END))
    return next(token.children or [] for token in tokens if token.type == "inline")


def take_marks(children: list[Token]) -> list[Mark]:
    """Take the brackets out of the tokens; the marks between them."""
    marks: list[Mark] = []
    start = (0, 0)
    for index, child in enumerate(children):
        while found := re.search(f"[{BEGIN}{END}]", child.content):
            at = (index, found.start())
            if found.group() == BEGIN:
                start = at
            else:
                marks.append(Mark(start, at, "<m>", "</m>"))
            child.content = child.content[: found.start()] + child.content[found.end() :]
    return [m._replace(start=_at_character(children, m.start), end=_behind_character(children, m.end)) for m in marks]


def _at_character(children: list[Token], position: tuple[int, int]) -> tuple[int, int]:
    """A mark begins at a character of a text, not behind the last one."""
    index, offset = position
    while offset == len(_text(children[index])) and index + 1 < len(children):
        index, offset = index + 1, 0
    return index, offset


def _behind_character(children: list[Token], position: tuple[int, int]) -> tuple[int, int]:
    index, offset = position
    while offset == 0 and index:
        index -= 1
        offset = len(_text(children[index]))
    return index, offset


def _text(child: Token) -> str:
    return child.content if child.type in {"text", "text_special"} else ""


def html_of(children: list[Token]) -> str:
    gaps = Gaps("")
    markup = Renderer(words=str, gaps=gaps).renderInline(children, MarkdownIt("commonmark").options, {})
    return "".join(map(str, gaps.split(markup, "en")))


def test_what_follows_a_mark_stands_behind_it() -> None:
    children = parse("the Republican *Guard itself*")
    text = next(i for i, c in enumerate(children) if c.content == "Guard itself")
    mark = Mark((0, 4), (text, 5), '<m id="m-1">', "</m>", "m-1", after='<a href="#b"></a>')
    assert html_of(put_marks(children, [mark])) == (
        'the <m id="m-1">Republican <em>Guard</em></m><a href="#b"></a><em> itself</em>'
    )


def test_tokens_are_not_changed() -> None:
    children = parse("the *Republican* Guard")
    before = [(c.type, c.content) for c in children]
    put_marks(children, [Mark((0, 1), (4, 3), "<m>", "</m>")])
    assert [(c.type, c.content) for c in children] == before


PIECES = ["a", "bc", " ", "*", "**", "~~", "\\*", "&amp;", "\n", "`x`", "é", "⟦", "⟧"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=24))
@example(["⟦", "a", "⟦", "⟦", "\\*"])
@example(["*", "⟦", "\\*", "*", " "])
def test_any_marks_in_any_emphasis(pieces: list[str]) -> None:
    source = "a" + balanced(pieces) + "z"
    children = parse(source)
    marks = [m for m in take_marks(children) if m.start < m.end and text_between(children, m).strip()]
    text = visible(html_of(children))
    out = html_of(put_marks(children, marks))
    assert is_nested_well(out), out
    assert not re.search(r"<(\w+)></\1>", out) or re.search(r"<(\w+)></\1>", html_of(children)), out
    assert visible(out) == text
    wanted = [text_between(children, mark) for mark in marks]
    assert [visible(inside) for inside in re.findall(r"<m>(.*?)</m>", out, re.DOTALL)] == wanted


def balanced(pieces: list[str]) -> str:
    """The pieces with every second bracket turned, so that marks neither overlap nor stay open."""
    out, is_open = [], False
    for piece in pieces:
        if piece in "⟦⟧":
            out.append("⟧" if is_open else "⟦")
            is_open = not is_open
        else:
            out.append(piece)
    return "".join(out) + ("⟧" if is_open else "")


def text_between(children: list[Token], mark: Mark) -> str:
    if mark.start[0] == mark.end[0]:
        return children[mark.start[0]].content[mark.start[1] : mark.end[1]]
    inner = "".join(
        "\n" if c.type in {"softbreak", "hardbreak"} else c.content for c in children[mark.start[0] + 1 : mark.end[0]]
    )
    return children[mark.start[0]].content[mark.start[1] :] + inner + children[mark.end[0]].content[: mark.end[1]]


def visible(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
