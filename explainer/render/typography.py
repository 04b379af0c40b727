"""Typographic quotation marks. They come after linking, so that matching sees what the author typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.token import Token

MOST_QUOTES = 1000
"""A block with more marks is no prose and stays as it is typed: pairing them takes time that grows with their square."""

_PLACEHOLDERS = "\ufdd0\ufdd1\ufdd2\ufdd3"
"""One character for each mark, so that offsets into tokens stay true until the links are in."""

_MARKS = {
    "ar": "«»“”",
    "de": "„“‚‘",
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "it": "«»“”",
    "es": "«»“”",
    "pl": "„”«»",
    "ru": "«»„“",
    "uk": "«»„“",
}
_ENGLISH = "“”‘’"


def has_quotes(text: str) -> bool:
    """Whether there is any straight quotation mark or apostrophe."""
    return "'" in text or '"' in text


def mark_quotes(line: Token) -> None:
    """Replace straight quotation marks in the text of this token of the kind `inline`, in place and one for one."""
    if has_quotes(line.content) and line.content.count("'") + line.content.count('"') <= MOST_QUOTES:
        smartquotes(StateCore("", _typographer(), {}, [line]))


def mark_quotes_in(text: str) -> str:
    """`mark_quotes` for a plain text."""
    word = Token("text", "", 0, content=text)
    mark_quotes(Token("inline", "", 0, content=text, children=[word]))
    return word.content


def localise_quotes(text: str, language: str) -> str:
    """The marks of `mark_quotes` as the language writes them."""
    if not text.isascii():
        for placeholder, mark in _marks_of(language.partition("-")[0]):
            text = text.replace(placeholder, mark)  # faster over a long text than `translate`, for marks are few
    return text


def smarten(text: str, language: str) -> str:
    """A plain text with the quotation marks of its language."""
    return localise_quotes(mark_quotes_in(text), language)


def smarten_parts(parts: Sequence[str], language: str) -> tuple[str, ...]:
    """The parts of one text: a mark that opens in one may close in another."""
    text = mark_quotes_in("".join(parts))
    ends = (0, *accumulate(map(len, parts)))
    return tuple(localise_quotes(text[start:end], language) for start, end in pairwise(ends))


@cache
def _typographer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"typographer": True, "quotes": _PLACEHOLDERS})


@cache
def _marks_of(language: str) -> tuple[tuple[str, str], ...]:
    """For each placeholder, the language's mark."""
    return tuple(zip(_PLACEHOLDERS, _MARKS.get(language, _ENGLISH), strict=True))
