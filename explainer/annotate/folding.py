"""Texts as they are compared: without case, accents and typographic differences, and of the same length."""

from __future__ import annotations

import unicodedata

_NO_ACCENT = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ð": "d"}
"""Letters with a stroke, which Unicode does not decompose."""

_SAME_LETTER = {"ى": "ي", "ی": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ک": "ك", "ٱ": "ا"}
"""Arabic letters that are written for each other, at the end of words or by the keyboards of other languages."""


_LETTERS = _NO_ACCENT | _SAME_LETTER


class _Folding(dict[int, str | int]):
    """A character without its case and accent; quotation marks, hyphens, spaces and digits as the keyboard has them.

    One character always becomes one, so that offsets stay true: `ß` and `æ` are left as they are.
    """

    def __missing__(self, code: int) -> str | int:
        lower = chr(code).lower()
        base = unicodedata.normalize("NFKD", lower)
        stripped = "".join(c for c in base if not unicodedata.combining(c))
        folded = stripped if len(stripped) == 1 else lower if len(lower) == 1 else chr(code)
        digit = unicodedata.decimal(folded, None)
        self[code] = folded = str(digit) if digit is not None else _LETTERS.get(folded, folded)
        return folded


_FOLDING = _Folding({ord(c): "'" for c in "’‘ʼʻ`´"} | {ord(c): "-" for c in "‐‑‒–—−"} | {ord(c): '"' for c in "“”„«»"})


def fold(text: str) -> str:
    """The text as it is compared; of the same length."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLDING)
