"""Sentences of articles with the words in question marked, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from explainer.annotate import Annotation
from explainer.read.content import Article
from explainer.report.places import lines_of
from explainer.report.sentences import quote_around
from explainer.types import SourcePath

_lines = lru_cache(maxsize=4)(lines_of)
"""Suggestions come article by article, thousands of them from a long one."""

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


class Example(Struct, frozen=True):
    """A sentence of an article and its place."""

    source: SourcePath
    line: int
    column: int
    sentence: str
    """As readers see it, with the words in question in double square brackets."""


def example_in(article: Article, annotation: Annotation, passage: int, begin: int, stop: int) -> Example:
    """The sentence around a range of a passage."""
    text = annotation.passages[passage]
    line, column = _lines(article.text).place(text.file_span(begin, stop)[0])
    return Example(article.path, line, column, _marked(text.text, begin, stop))


def sentence_in_file(text: str, start: int, end: int) -> str:
    """The sentence around `text[start:end]` of a file, as its author typed it, with these words marked."""
    begin = max((m.end() for m in _BLANK_LINE.finditer(text, 0, start)), default=0)
    after = _BLANK_LINE.search(text, end)
    return _marked(text[begin : after.start() if after else len(text)], start - begin, end - begin)


def _marked(text: str, start: int, end: int) -> str:
    quotation = quote_around(text, start, end)
    return " ".join(f"{quotation.before}[[{quotation.mention}]]{quotation.after}".split())
