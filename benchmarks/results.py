"""What was measured, as values."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    SECONDS = "seconds"
    BYTES = "bytes"


class Measure(StrEnum):
    """What a target is a multiple of."""

    HUGO = "× Hugo"
    COLD = "× cold build"
    ITSELF = ""


@dataclass(frozen=True, slots=True)
class Target:
    at_most: float
    of: Measure = Measure.ITSELF
    """`ITSELF`: the target is a number of the row's unit."""


class Samples:
    """Values by tool, in the order in which they were measured."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {}

    def add(self, tool: str, value: float | None) -> None:
        """None: there is nothing of this kind."""
        if value is not None:
            self.values.setdefault(tool, []).append(value)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was done with every tool."""

    name: str
    title: str
    values: Mapping[str, Sequence[float]]
    """By tool, one for each round. A tool is missing that has no such thing."""
    unit: Unit = Unit.SECONDS
    target: Target | None = None

    def median(self, tool: str) -> float | None:
        return statistics.median(self.values[tool]) if self.values.get(tool) else None

    def ratio(self, tool: str, other: str, *, than: Row | None = None) -> float | None:
        """The median of the rounds' ratios of one tool to another, whose values are those of the row `than`.

        What happened on the machine in a round, happened to both.
        """
        ours, theirs = self.values.get(tool, ()), (than or self).values.get(other, ())
        pairs = [a / b for a, b in zip(ours, theirs, strict=False) if b]
        return statistics.median(pairs) if pairs else None


@dataclass(frozen=True, slots=True)
class Grown:
    """A cold build of one size."""

    tool: str
    articles: int
    entries: int
    seconds: float
    peak: int | None
    """Bytes of memory."""
    cache: int
    """Bytes that the tool keeps for the next build."""

    @property
    def pages(self) -> int:
        """Those of articles and entries; the lists grow with them."""
        return self.articles + self.entries

    @property
    def per_page(self) -> float:
        """Seconds."""
        return self.seconds / self.pages


@dataclass(frozen=True, slots=True)
class Results:
    machine: str
    versions: Mapping[str, str]
    """By tool."""
    articles: int
    entries: int
    rounds: int
    rows: Sequence[Row]
    growth: Sequence[Grown]
