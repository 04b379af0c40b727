"""Values as bytes and back. Only values: a cache that came with somebody else's site must not run their program."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import io
import pickle
from functools import cache
from typing import Any

_PLAIN = {("builtins", "set"): set, ("builtins", "frozenset"): frozenset, ("datetime", "date"): dt.date}


class NoValueError(pickle.UnpicklingError):
    """Bytes that want to make something else than a value."""


def dump(value: Any) -> bytes:
    """A value made of plain types and this program's dataclasses, named tuples and enumerations."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def load(data: bytes) -> Any:
    """The value. Raises `pickle.UnpicklingError` and, for damaged bytes, nearly anything."""
    return _Values(io.BytesIO(data)).load()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@cache
def _class(module: str, name: str) -> Any:
    if (module, name) in _PLAIN:
        return _PLAIN[module, name]
    if module.startswith("explainer."):
        found = getattr(__import__(module, fromlist=[name]), name, None)
        if isinstance(found, type) and _is_value(found):
            return found
    message = f"{module}.{name} is no value"
    raise NoValueError(message)


def _is_value(found: type) -> bool:
    if issubclass(found, enum.Enum) or (issubclass(found, tuple) and hasattr(found, "_fields")):
        return True
    frozen = getattr(found, "__dataclass_params__", None)
    return dataclasses.is_dataclass(found) and frozen is not None and frozen.frozen
