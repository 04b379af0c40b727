"""YAML as authors mean it, with the place of every key and value.

One pass over the parser's events (iterative, so that no nesting exhausts the stack) gives the data and a map from
pydantic's `loc` tuples to offsets. Traps of YAML that are closed here: duplicate keys are reported, `no`, `12:30` and
`1.10` stay the strings that were typed (the schema converts what it knows to be a date, a number or a switch), aliases,
tags and several documents are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind
from explainer.types import SourcePath

MAX_DEPTH = 12
"""Deeper nesting than any setting needs is refused."""

Location: TypeAlias = tuple[str | int, ...]
Positions: TypeAlias = dict[Location, tuple[int, int]]
"""Where the value at a location stands; the key's own place is under `(*location, KEY)`."""

KEY = "\0key"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlDocument(Struct, frozen=True):
    """What a YAML text says, and where."""

    data: Any
    """Dicts, lists, strings and None only."""
    positions: Positions
    """Offsets in the file, not in the YAML text alone."""
    problems: tuple[Diagnostic, ...]


def parse_yaml(text: str, path: SourcePath, *, offset: int = 0) -> YamlDocument:
    """Parse one YAML document that begins at `offset` of the file `path`."""
    builder = _Builder(path=path, offset=offset)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.refuse(Kind.BAD_YAML, _reason(error), _index(error, text), "check quotes, colons and indentation here")
    except yaml.reader.ReaderError as error:
        builder.refuse(Kind.BAD_YAML, f"the character U+{_code(error):04X} is not allowed here", int(error.position))
    except _RefusedError:
        pass
    return YamlDocument(builder.root, builder.positions, tuple(builder.problems))


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _RefusedError(Exception):
    """The rest of the document cannot be trusted."""


@dataclass(slots=True)
class _Frame:
    """A mapping or a list that is being filled."""

    value: dict[str, Any] | list[Any]
    location: Location
    start: int
    key: str | None = None
    key_span: tuple[int, int] = (0, 0)
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Builder:
    path: SourcePath
    offset: int
    root: Any = None
    positions: Positions = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._stop("YAML aliases (“*name”) are not read", event, "write the value out")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("a second YAML document begins here", event, "keep one document, without “---” inside")

    def refuse(self, kind: Kind, message: str, start: int, hint: str = "", end: int = -1) -> None:
        begin = self.offset + start
        self.problems.append(Diagnostic(kind, self.path, message, hint, begin, max(begin + 1, self.offset + end)))

    def _stop(self, message: str, event: Any, hint: str) -> None:
        self.refuse(Kind.BAD_YAML, message, event.start_mark.index, hint, event.end_mark.index)
        raise _RefusedError

    def _open(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._stop(f"values are nested more than {MAX_DEPTH} deep", event, "flatten them")
        self._refuse_tag(event)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop("a list or a mapping cannot be a key", event, "quote the key if it begins with a bracket")
        self.stack.append(_Frame(value, self._next_location(), event.start_mark.index))

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        self._put(frame.value, frame.location, (frame.start, event.end_mark.index))

    def _scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        span = (event.start_mark.index, event.end_mark.index)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event.value, span)
            return
        value = None if event.implicit[0] and event.value in _NULLS else event.value
        self._put(value, self._next_location(), span)

    def _key(self, frame: _Frame, key: str, span: tuple[int, int]) -> None:
        if key in frame.seen:
            self.refuse(Kind.DUPLICATE_KEY, f"“{key}” is set twice", span[0], "keep one of them", span[1])
        frame.seen.add(key)
        frame.key, frame.key_span = key, span
        self.positions[(*frame.location, key, KEY)] = self._moved(span)

    def _next_location(self) -> Location:
        if not self.stack:
            return ()
        frame = self.stack[-1]
        step = len(frame.value) if isinstance(frame.value, list) else frame.key
        return frame.location if step is None else (*frame.location, step)

    def _put(self, value: Any, location: Location, span: tuple[int, int]) -> None:
        self.positions[location] = self._moved(span)
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.key is not None:
            frame.value[frame.key] = value
            frame.key = None

    def _moved(self, span: tuple[int, int]) -> tuple[int, int]:
        return self.offset + span[0], self.offset + span[1]

    def _refuse_tag(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            self._stop(f"the YAML tag “{event.tag}” is not read", event, "remove it")


def _reason(error: yaml.MarkedYAMLError) -> str:
    context = f" {error.context}" if error.context else ""
    return f"this is not YAML: {error.problem or 'unreadable'}{context}"


def _index(error: yaml.MarkedYAMLError, text: str) -> int:
    mark = error.problem_mark or error.context_mark
    return 0 if mark is None else min(int(mark.index), max(0, len(text) - 1))


def _code(error: yaml.reader.ReaderError) -> int:
    character = error.character
    return ord(character) if isinstance(character, str) else int(character)
