"""Pagefind's index in one order.

Pagefind writes the values of a filter, and the filters, in an order that changes from run to run; everything else is the
same for the same pages. Here both are sorted. A file's name holds a digest of its content, which the file that names it
repeats, so those change as well. A file that is not understood stays as it is.

The files are CBOR (RFC 8949) behind a word that marks them, compressed with gzip. Of CBOR they use whole numbers, texts
and lists:

    *.pf_filter  [name, [[value, [page, …]], …]]
    *.pf_meta    [version, pages, chunks, [[name of a filter, its digest], …], sorts, fields]
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any, TypeAlias

_MARK = b"pagefind_dcd"
_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
"""Major types of CBOR."""

Value: TypeAlias = Any
"""A number, a text, or a list of values."""


def in_one_order(meta: bytes, filters: Mapping[str, bytes], stem: str) -> tuple[bytes, str, dict[str, bytes]]:
    """The description of an index and its filters, by digest, in one order; with the digest of the description.

    `stem` is the digest that the description has: a language, `_`, and hexadecimal digits. So are all digests.
    """
    try:
        renamed = {old: _sorted_filter(old, data) for old, data in filters.items()}
        about = _unpack(meta)
        about[3] = sorted([name, renamed[old][0]] for name, old in about[3])
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        TypeError,
        zlib.error,
    ):  # another edition of Pagefind writes something else
        return meta, stem, dict(filters)
    packed, digest = _pack(about, stem)
    return packed, digest, dict(renamed.values())


def _sorted_filter(old: str, data: bytes) -> tuple[str, bytes]:
    name, values = _unpack(data)
    packed, digest = _pack([name, sorted(values)], old)
    return digest, packed


def _unpack(data: bytes) -> Value:
    raw = gzip.decompress(data)
    if not raw.startswith(_MARK):
        raise ValueError
    value, end = _decode(raw, len(_MARK))
    if end != len(raw):
        raise ValueError
    return value


def _pack(value: Value, old: str) -> tuple[bytes, str]:
    """The bytes, and a digest of them as long as the old one."""
    raw = _MARK + _encode(value)
    language, _, digits = old.rpartition("_")
    return gzip.compress(raw, mtime=0), f"{language}_{hashlib.sha256(raw).hexdigest()[: len(digits)]}"


def _decode(raw: bytes, at: int) -> tuple[Value, int]:
    """The value that begins at an index, and where it ends. Raises `ValueError` or `IndexError`."""
    major, number, at = raw[at] >> 5, raw[at] & 31, at + 1
    if number > 27:
        raise ValueError
    if number > 23:
        size = 1 << number - 24
        number, at = int.from_bytes(raw[at : at + size], "big"), at + size
    if major in {_NUMBER, _NEGATIVE}:
        return number if major == _NUMBER else -1 - number, at
    if major == _TEXT:
        return raw[at : at + number].decode(), at + number
    if major != _LIST:
        raise ValueError
    items = []
    for _ in range(number):
        item, at = _decode(raw, at)
        items.append(item)
    return items, at


def _encode(value: Value) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    return _head(_LIST, len(value)) + b"".join(map(_encode, value))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(s for s in (1, 2, 4, 8) if number < 1 << 8 * s)
    return bytes([major << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")
