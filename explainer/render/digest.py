"""Fingerprints of views: by its fingerprint a page is told from what it showed before."""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

_WITHOUT_REFERENCES = 2
"""The last version of the format in which equal values are equal bytes: later ones refer back to an object that is met again."""

_PLAIN = frozenset({str, int, float, bool, type(None)})


def digest_of(view: object) -> str:
    """Equal for views that show the same, and different for others. Views hold plain values, dates, tuples and views.

    The bytes are never read again, so that the format, Python's own, is another with another Python does not matter.
    """
    return hashlib.blake2b(marshal.dumps(_plain(view), _WITHOUT_REFERENCES), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    return value if kind in _PLAIN else _way_of(kind)(value)


@cache
def _way_of(kind: Any) -> Callable[[Any], Any]:
    """How values of a type are made plain."""
    if kind is tuple:
        return _plain_all
    if issubclass(kind, dt.date):
        return lambda value: ("date", value.isoformat())
    name: str = kind.__name__
    if issubclass(kind, Struct):
        return lambda value: (name, _plain_all(astuple(value)))
    message = f"{name} is nothing that a view holds"
    raise TypeError(message)


def _plain_all(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([value if type(value) in _PLAIN else _plain(value) for value in values])
