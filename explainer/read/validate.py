"""From YAML data to a value of the schema; every misfit becomes a diagnostic at its key or value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import pydantic

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.schema import ArticleMeta, EntryMeta, PageMeta, Settings, VerdictMeta
from explainer.read.yaml import KEY, Location, YamlDocument
from explainer.types import SourcePath

T = TypeVar("T")

_ADAPTERS: Mapping[type, pydantic.TypeAdapter[Any]] = {
    schema: pydantic.TypeAdapter(schema) for schema in (Settings, ArticleMeta, EntryMeta, PageMeta, VerdictMeta)
}

_STAND_INS = {
    "title": "Untitled",
    "name": "Unnamed",
    "kind": "concept",
    "date": "1970-01-01",
    "url": "https://example.org/",
}
"""For required keys, only to go on checking: a document with a wrong key is never published."""

_ADVICE = {
    "enum": "use one of the values listed",
    "tuple_type": "write a list: [one, two]",
    "dict_type": "write a mapping: {key: value}",
    "dataclass_type": "write a mapping: {key: value}",
    "string_type": "write plain text, quoted if it begins with a bracket or a colon follows",
    "string_too_short": "write something here, or remove the key",
    "bool_parsing": "write true or false",
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "date_from_datetime_parsing": "check the day and the month: 2012-07-06",
    "date_partial": "about then is 2012-07~, uncertain 2012-07?, some year of a decade 201X, summer 2012-22, "
    "from one to another 1972/2004",
}


def validate(schema: type[T], document: YamlDocument, path: SourcePath) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """The document as `schema`, with all its problems.

    Where keys are wrong the value is made without them, so that the rest of the site can be checked against it in the
    same run; None is left for a document that is no YAML.
    """
    if document.data is None and document.problems:
        return None, document.problems
    if document.data is not None and not isinstance(document.data, dict):
        start, end = document.positions.get((), (0, 1))
        problem = Diagnostic(Kind.BAD_YAML, path, "expected keys and values", "write lines like “title: …”", start, end)
        return None, (*document.problems, problem)
    data = _without_empty(document.data or {})
    try:
        value: T = _ADAPTERS[schema].validate_python(data)
    except pydantic.ValidationError as error:
        errors = error.errors(include_url=False)
        problems = tuple(_diagnose(schema, item, document, path) for item in errors)
        return _salvage(schema, data, {str(item["loc"][0]) for item in errors}), (*document.problems, *problems)
    return value, document.problems


def _salvage(schema: type[T], data: dict[str, Any], wrong: set[str]) -> T | None:
    """The value without its wrong keys; what is required and missing gets a stand-in."""
    known = _keys_at(schema, ())
    stand_ins = {key: value for key, value in _STAND_INS.items() if key in known}
    good = {key: value for key, value in data.items() if key not in wrong}
    try:
        value: T = _ADAPTERS[schema].validate_python(stand_ins | good)
    except pydantic.ValidationError:
        return None
    return value


def _without_empty(data: Any) -> Any:
    """A key with nothing behind it counts as not written."""
    if isinstance(data, dict):
        return {k: _without_empty(v) for k, v in data.items() if v is not None}
    if isinstance(data, list):
        return [_without_empty(v) for v in data]
    return data


def _diagnose(schema: type, error: Any, document: YamlDocument, path: SourcePath) -> Diagnostic:
    location: Location = tuple(error["loc"])
    kind = error["type"]
    name = str(location[-1]) if location else ""
    if kind == "unexpected_keyword_argument":
        hint = did_you_mean(name, _keys_at(schema, location[:-1])) or f"known keys: {_listed(schema, location[:-1])}"
        return _at(document, path, (*location, KEY), kind=Kind.UNKNOWN_KEY, message=f"unknown key “{name}”", hint=hint)
    if kind == "missing":
        message = f"“{name}” is missing"
        return _at(
            document,
            path,
            location[:-1],
            kind=Kind.MISSING_KEY,
            message=message,
            hint=f"add a line “{name}: …”",
            whole=False,
        )
    message = f"{_written(location)}: {_plain(error['msg'])}"
    return _at(document, path, location, kind=_kind_of(kind), message=message, hint=_ADVICE.get(kind, ""))


def _kind_of(error_type: str) -> Kind:
    if error_type == "timezone":
        return Kind.UNKNOWN_TIMEZONE
    return Kind.BAD_DATE if error_type.startswith("date") else Kind.BAD_VALUE


def _at(  # noqa: PLR0913
    document: YamlDocument,
    path: SourcePath,
    location: Location,
    *,
    kind: Kind,
    message: str,
    hint: str,
    whole: bool = True,
) -> Diagnostic:
    """A diagnostic at the location, or at the nearest thing around it that has a place."""
    while location and location not in document.positions:
        location = location[:-1]
    start, end = document.positions.get(location, (-1, -1))
    return Diagnostic(kind, path, message, hint, start, end if whole else min(end, start + 1))


def _written(location: Location) -> str:
    """`facts[2].from`, as people write a path."""
    out = ""
    for step in location:
        out += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if out else str(step)
    return out


def _plain(message: str) -> str:
    return (message[:1].lower() + message[1:]).removeprefix("value error, ").rstrip(".")


def _keys_at(schema: Any, location: Location) -> tuple[str, ...]:
    """The keys that the schema knows at a location."""
    for step in location:
        if isinstance(step, int):
            continue
        schema = _inner(schema, str(step))
    if not dataclasses.is_dataclass(schema):
        return ()
    return tuple(_alias(f) for f in dataclasses.fields(schema))


def _listed(schema: Any, location: Location) -> str:
    return ", ".join(_keys_at(schema, location))


def _alias(field: dataclasses.Field[Any]) -> str:
    return getattr(field.default, "alias", None) or field.name


def _inner(schema: Any, key: str) -> Any:
    """The dataclass behind a key, through tuples, unions and annotations."""
    hints = {_alias(f): f for f in dataclasses.fields(schema)} if dataclasses.is_dataclass(schema) else {}
    field = hints.get(key)
    if field is None:
        return None
    return _find_dataclass(_type_hints(schema).get(field.name))


@cache
def _type_hints(schema: type) -> dict[str, Any]:
    import typing  # noqa: PLC0415  # needed for messages only

    return typing.get_type_hints(schema)


def _find_dataclass(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return hint
    for argument in getattr(hint, "__args__", ()):
        found = _find_dataclass(argument)
        if found is not None:
            return found
    return None
