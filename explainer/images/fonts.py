"""Which characters a font can draw, read from its file alone.

OpenType, `cmap`: https://learn.microsoft.com/typography/opentype/spec/cmap, formats 4 and 12, which hold the characters
of all fonts of today.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from explainer.images import pillow

_SHAPED = ("AL", "R")
"""Classes of direction whose letters have to be joined or turned round, which takes Raqm."""


class Font(NamedTuple):
    """A font's file."""

    name: str
    """`title-latin.ttf`: what it is for stands before the hyphen."""
    data: bytes


def digest_of(fonts: Iterable[Font]) -> str:
    """A fingerprint of fonts."""
    digest = hashlib.sha256()
    for font in fonts:
        digest.update(repr((font.name, hashlib.sha256(font.data).hexdigest())).encode())
    return digest.hexdigest()


def font_for(text: str, fonts: Sequence[Font]) -> Font | None:
    """The first font that has every character of a text; None where none has, or where its letters cannot be joined."""
    if is_shaped(text) and "raqm" not in pillow.drawing():
        return None
    drawn = {ord(c) for c in text if not c.isspace() and unicodedata.category(c) != "Cf"}
    return next((font for font in fonts if drawn <= characters_of(font.data)), None)


def is_shaped(text: str) -> bool:
    """Whether letters change with their neighbours or stand from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _SHAPED for c in text)


@lru_cache(maxsize=16)
def characters_of(data: bytes) -> frozenset[int]:
    """The code points that a font has a glyph for; none where it cannot be read."""
    try:
        return frozenset(_characters(data))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def _characters(data: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", data, 4)
    tables = (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    start = next((offset for tag, _, offset, _ in tables if tag == b"cmap"), None)
    if start is None:
        return
    (parts,) = struct.unpack_from(">H", data, start + 2)
    for number in range(parts):
        _, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 4:
            yield from _of_format_4(data, start + offset)
        elif form == 12:
            yield from _of_format_12(data, start + offset)


def _of_format_4(data: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    many = f">{twice // 2}H"
    ends, starts, deltas, ranges = (struct.unpack_from(many, data, at + 14 + skip) for skip in _columns(twice))
    ranges_at = at + 16 + 3 * twice
    for n, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, ranges, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * n + offset + 2 * (code - start))
            if code != 0xFFFF and (not offset or glyph) and (glyph + delta) & 0xFFFF:
                yield code


def _columns(twice: int) -> tuple[int, ...]:
    """Where the four columns begin; two bytes of padding stand behind the first."""
    return (0, twice + 2, 2 * twice + 2, 3 * twice + 2)


def _of_format_12(data: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    for number in range(min(groups, 0x10FFFF)):
        start, end, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from (code for code in range(start, min(end, 0x10FFFF) + 1) if glyph + code - start)
