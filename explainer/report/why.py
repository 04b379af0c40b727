"""Why something was linked, or was not: the decisions at a place of a file, or what stands there instead."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from msgspec import Struct

from explainer.annotate import Annotation
from explainer.read.content import Content, Document
from explainer.report.absences import Absence, Seeker, absence_in_line, absence_of_word
from explainer.report.links import Finding, findings_of
from explainer.report.places import Lines, lines_of
from explainer.types import SourcePath


class Place(NamedTuple):
    """What an author points at; line and column count from 1."""

    path: str
    line: int | None = None
    column: int | None = None


def parse_place(given: str) -> Place:
    """`FILE`, `FILE:LINE` or `FILE:LINE:COLUMN`; a path may have colons of its own."""
    path, line, column = re.fullmatch(r"(.*?)(?::(\d{1,9}))?(?::(\d{1,9}))?:?", given, re.DOTALL).groups()  # type: ignore[union-attr]
    return Place(path, int(line) if line else None, int(column) if column else None)


class Explanation(Struct, frozen=True):
    """What is to be said of a place."""

    source: SourcePath
    lines: Lines
    findings: tuple[Finding, ...]
    absence: Absence | None
    """Only where there are no findings, at a line."""


class PlaceProblem(Exception):  # noqa: N818 - what an author typed, not a bug
    """The place does not exist in the file."""


def explain_place(document: Document[Any], annotation: Annotation, content: Content, place: Place) -> Explanation:
    """The decisions at a place, or the reasons why there are none. Raises `PlaceProblem`."""
    lines = lines_of(document.text)
    start, end = _range(lines, place)
    every = findings_of(document, annotation, content)
    found = tuple(f for f in every if f.decision.start < max(end, start + 1) and start < f.decision.end)
    absence = None
    if not found and place.line is not None:
        seek = absence_in_line if place.column is None else absence_of_word
        absence = seek(Seeker(document, annotation.passages, content.entries), start, end)
    return Explanation(document.path, lines, found, absence)


def _range(lines: Lines, place: Place) -> tuple[int, int]:
    """The range of the file that a place means."""
    if place.line is None:
        return 0, len(lines.text)
    if not 0 < place.line <= lines.count:
        message = f"there is no line {place.line}; the file has {lines.count}"
        raise PlaceProblem(message)
    start, end = lines.span(place.line)
    if place.column is None:
        return start, end
    if not 0 < place.column <= max(1, end - start):
        message = f"there is no column {place.column}; line {place.line} has {end - start} characters"
        raise PlaceProblem(message)
    return start + place.column - 1, min(start + place.column, max(end, start))
