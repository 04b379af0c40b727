"""The sentence around a mention, cheaply: a window that ends where sentences end.

A report quotes every mention there is, so it cannot wait for a tokenizer as “appears in” does; a sentence that is cut
a word too early in a report does no harm.
"""

from __future__ import annotations

from typing import NamedTuple

from explainer.annotate.sentences import sentence_ends
from explainer.annotate.text import OBJECT

REACH = 160
"""Characters shown before a mention and behind it, at most."""


class Quotation(NamedTuple):
    """A sentence in three parts: what stands before the mention, the mention as readers see it, what follows."""

    before: str
    mention: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.mention + self.after


def quote_around(text: str, start: int, end: int) -> Quotation:
    """The sentence that holds `text[start:end]`, cut at spaces where it is long."""
    left, right = _ends_before(text, start), _ends_after(text, end)
    return Quotation(_clean(left), _clean(text[start:end]), _clean(right))


def _ends_before(text: str, start: int) -> str:
    floor = max(0, start - REACH)
    ends = list(sentence_ends(text, floor, start))
    if ends or not floor:
        return text[ends[-1] if ends else 0 : start].lstrip()
    return "… " + text[floor:start].partition(" ")[2]


def _ends_after(text: str, end: int) -> str:
    ceiling = min(len(text), end + REACH)
    stop = next(sentence_ends(text, end, min(len(text), ceiling + 1)), None)
    if stop is not None:
        return text[end:stop]
    return text[end:] if ceiling == len(text) else text[end:ceiling].rpartition(" ")[0] + " …"


def _clean(text: str) -> str:
    """Code and images are no words; a reader of the report sees that something stands there."""
    return text.replace(OBJECT, "…")
