"""The sentence around a place in a file, as its author typed it."""

from __future__ import annotations

import re

from explainer.report.sentences import quote_around

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def sentence_in_file(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`, on one line, with these words in double square brackets."""
    begin = max((m.end() for m in _BLANK_LINE.finditer(text, 0, start)), default=0)
    after = _BLANK_LINE.search(text, end)
    paragraph = text[begin : after.start() if after else len(text)]
    quotation = quote_around(paragraph, start - begin, end - begin)
    return " ".join(f"{quotation.before}[[{quotation.mention}]]{quotation.after}".split())
