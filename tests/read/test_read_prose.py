"""Plain prose is found without asking Markdown's rules, and is what they would have made of it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from explainer.read.markdown import parser
from explainer.read.positions import PositionedInline, PositionedState

LINES = ["Homs", "a *b*", "é_x_ [y](z)", "a|b", "-|-", "---", "===", ": d", "~ d", "# h", "- i", "1. i", "> q", "", " "]
LINES += [
    "::: cast",
    ":::",
    "```",
    "<b>",
    "<div>",
    "[^1]: n",
    "[a]: b",
    "{.c}",
    "a: b - c+d=$%@#^}",
    "a\\",
    "x  ",
    "!a![b](c)",
]


@given(st.lists(st.tuples(st.sampled_from(["", " ", "  ", "    ", "\t", "> ", "- "]), st.sampled_from(LINES))))
@example([("", "Term"), ("", ""), ("", ": what it means")])
@example([("", "a"), ("", "---")])
@example([("- ", "a"), ("", "lazy"), ("", "")])
@example([("", "a|b"), ("", "-|-")])
def test_prose_is_as_the_rules_make_it(lines: list[tuple[str, str]]) -> None:
    source = "".join(f"{indent}{line}\n" for indent, line in lines)
    assert said(parser(html=True).parse(source)) == said(slow().parse(source))


class SlowInline(PositionedInline):
    """Asks every rule for everything inside a line."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = ParserInline().terminator_re

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = PositionedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def slow() -> MarkdownIt:
    """The parser, but that every rule is asked for everything."""
    md = parser.__wrapped__(html=True)
    md.block.ruler.disable("plain_paragraph")
    inline = SlowInline()
    inline.ruler, inline.ruler2, md.inline = md.inline.ruler, md.inline.ruler2, inline
    return md


def said(tokens: list[Token]) -> list[dict[str, object]]:
    return [token.as_dict() for token in tokens]
