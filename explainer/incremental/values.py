"""Values as JSON and back: plain types, tuples, sets, mappings, dates, and this program's own frozen classes.

What is no plain type is an object of one key, which says what it is. Nothing but values can come out of it, whoever
wrote the file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

_PACKAGE = "explainer."
_PLAIN = frozenset({str, int, float, bool, type(None)})


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = msgspec.json.Decoder().decode


class NoValueError(ValueError):
    """Something that is no value, or a text that does not stand for one."""


class Packed(bytes):
    """A value that stays as `dump` wrote it until somebody asks for it: smaller, and quick to hand on and to keep."""

    __slots__ = ()


def dump(value: Any) -> bytes:
    """A value as UTF-8. Raises `NoValueError`."""
    return value if type(value) is Packed else _encode(_packed(value)).encode("utf-8", "surrogatepass")


def unpacked(value: Any) -> Any:
    """The value of what may be packed."""
    return load(value) if type(value) is Packed else value


def load(data: bytes) -> Any:
    """The value. Lists come back as tuples. Raises `NoValueError` for anything that `dump` does not write."""
    try:
        return _thawed(_decoded(data))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NoValueError(str(error)) from error


def _decoded(data: bytes) -> Any:
    """JSON as Python's own reader takes it, which is slower: with infinite numbers, and names of files that are not UTF-8."""
    try:
        return _decode(data)
    except ValueError:
        return json.loads(data.decode("utf-8", "surrogatepass"))


def load_all(data: Sequence[bytes]) -> tuple[Any, ...]:
    """The values of many texts, in a fraction of the time that each by itself would take."""
    values: tuple[Any, ...] = load(b"[" + b",".join(data) + b"]") if data else ()
    return values


# ---- there ----------------------------------------------------------------------------------------------------------


def _packed(value: Any) -> Any:
    kind = type(value)
    return value if kind in _PLAIN else _packer(kind)(value)  # type: ignore[arg-type]


@cache
def _packer(kind: type) -> Callable[[Any], Any]:
    """How values of a type are written."""
    if issubclass(kind, enum.Enum):
        code = _code(kind)
        return lambda value: {"e": [code, value.value]}
    if _is_value(kind):
        return _class_packer(kind)
    if issubclass(kind, list | tuple):
        return lambda value: [_packed(item) for item in value]
    if issubclass(kind, Mapping):
        return lambda value: {"m": [[_packed(k), _packed(v)] for k, v in value.items()]}
    if issubclass(kind, set | frozenset):
        return lambda value: {"s": sorted(map(_packed, value), key=repr)}
    if kind is dt.date:
        return lambda value: {"d": value.isoformat()}
    message = f"{kind.__module__}.{kind.__qualname__} is no value"
    raise NoValueError(message)


def _class_packer(kind: type) -> Callable[[Any], Any]:
    code, names = _code(kind), _names(kind)
    if issubclass(kind, Struct):
        return lambda value: {"o": [code, *map(_packed, astuple(value))]}
    if len(names) < 2:
        return lambda value: {"o": [code, *(_packed(getattr(value, name)) for name in names)]}
    fields = attrgetter(*names)
    return lambda value: {"o": [code, *map(_packed, fields(value))]}


def _code(kind: type) -> str:
    if not kind.__module__.startswith(_PACKAGE):
        message = f"{kind.__module__}.{kind.__qualname__} is none of this program's values"
        raise NoValueError(message)
    return f"{kind.__module__.removeprefix(_PACKAGE)}:{kind.__name__}"


def _names(kind: Any) -> tuple[str, ...]:
    if hasattr(kind, "_fields"):
        return tuple(kind._fields)
    return kind.__struct_fields__ if issubclass(kind, Struct) else tuple(f.name for f in dataclasses.fields(kind))


# ---- and back -------------------------------------------------------------------------------------------------------


def _thawed(value: Any) -> Any:
    kind = type(value)
    if kind is list:
        return tuple(_all_thawed(value))
    return value if kind in _PLAIN else _unpacked(value)


def _all_thawed(values: list[Any]) -> list[Any]:
    return [value if type(value) in _PLAIN else _thawed(value) for value in values]


def _unpacked(found: dict[str, Any]) -> Any:
    ((sort, content),) = found.items()
    match sort:
        case "o":
            return _maker(content[0])(_all_thawed(content[1:]))
        case "e":
            return _enumeration(content[0])(content[1])
        case "m":
            return {_thawed(key): _thawed(value) for key, value in content}
        case "s":
            return frozenset(_all_thawed(content))
        case "d":
            return dt.date.fromisoformat(content)
    raise NoValueError(sort)


@cache
def _maker(code: str) -> Callable[[list[Any]], Any]:
    kind = _class(code)
    if issubclass(kind, enum.Enum):
        raise NoValueError(code)
    names = _names(kind)
    if hasattr(kind, "_fields"):
        return kind._make  # type: ignore[no-any-return]
    if issubclass(kind, Struct):
        return partial(_struct, kind, len(names))
    put = object.__setattr__

    def make(fields: list[Any]) -> Any:
        # What was written had been validated: the class's own checks would take most of the time.
        value = object.__new__(kind)
        for name, field in zip(names, fields, strict=True):
            put(value, name, field)
        return value

    return make


def _struct(kind: Any, count: int, fields: list[Any]) -> Any:
    if len(fields) != count:  # else those that are missing would be their defaults
        raise NoValueError(kind.__name__)
    return kind(*fields)


@cache
def _enumeration(code: str) -> Any:
    kind = _class(code)
    if not issubclass(kind, enum.Enum):
        raise NoValueError(code)
    return kind


@cache
def _class(code: str) -> Any:
    """One of this program's classes of values, and nothing else."""
    module, _, name = code.partition(":")
    try:
        found = getattr(importlib.import_module(_PACKAGE + module), name, None)
    except ImportError as error:
        raise NoValueError(code) from error
    if not isinstance(found, type) or not _is_value(found):
        raise NoValueError(code)
    return found


def _is_value(found: type) -> bool:
    if issubclass(found, enum.Enum) or (issubclass(found, tuple) and hasattr(found, "_fields")):
        return True
    if issubclass(found, Struct):
        return found.__struct_config__.frozen
    parameters = getattr(found, "__dataclass_params__", None)
    return parameters is not None and parameters.frozen
