"""Where a build's time went: by stage, by text and page, and as a trace that Chrome and Perfetto show."""

from __future__ import annotations

import heapq
import json
import os
import time
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Span(NamedTuple):
    """When something was done, and by which process."""

    begin: float
    """Seconds of a clock that all processes of a machine share."""
    end: float
    process: int

    @property
    def seconds(self) -> float:
        return self.end - self.begin


@contextmanager
def span() -> Iterator[list[Span]]:
    """Measures a block; the span is in the list behind it."""
    out: list[Span] = []
    begin = time.monotonic()
    try:
        yield out
    finally:
        out.append(Span(begin, time.monotonic(), os.getpid()))


class Stage(NamedTuple):
    """One stage of a build."""

    name: str
    span: Span
    ran: int
    """How often its rule was applied; 0 for a stage that is no rule."""
    kept: int
    """How many results of earlier builds it used."""


class Runs:
    """The runs of a rule, argument and time of each; a large site has a million, so times are kept as numbers alone."""

    __slots__ = ("_args", "_times")

    def __init__(self) -> None:
        self._args: list[str] = []
        self._times = array("d")

    def add(self, arg: str, when: Span) -> None:
        """Note one run."""
        self._args.append(arg)
        self._times.extend(when)

    def __iter__(self) -> Iterator[tuple[str, Span]]:
        times = iter(self._times)
        for arg, begin, end, process in zip(self._args, times, times, times, strict=True):
            yield arg, Span(begin, end, int(process))


@dataclass(slots=True)
class Timings:
    """What a build notes as it goes."""

    stages: list[Stage] = field(default_factory=list)
    runs: dict[str, Runs] = field(default_factory=dict)
    """By rule."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures a stage that is no rule."""
        with span() as found:
            yield
        self.stages.append(Stage(name, found[0], 0, 0))

    def add(self, rule: str, arg: str, when: Span) -> None:
        """Note one run of a rule."""
        runs = self.runs.get(rule)
        if runs is None:
            runs = self.runs[rule] = Runs()
        runs.add(arg, when)


SLOWEST = 10


def table(timings: Timings, total: float) -> str:
    """The stages and the slowest texts and pages, for a terminal."""
    lines = [f"{'stage':<18} {'seconds':>8} {'share':>6} {'made':>8} {'kept':>8}"]
    for stage in timings.stages:
        share = 100 * stage.span.seconds / total if total else 0
        made, kept = (f"{stage.ran:,}", f"{stage.kept:,}") if stage.ran or stage.kept else ("", "")
        lines.append(f"{stage.name:<18} {stage.span.seconds:8.3f} {share:5.1f}% {made:>8} {kept:>8}")
    lines.append(f"{'all':<18} {total:8.3f}")
    for title, rules in (("texts", ("article", "linked entry", "page")), ("pages", ("view",))):
        lines += _slowest(title, (run for rule in rules for run in timings.runs.get(rule, ())))
    return "\n".join(line.rstrip() for line in lines)


def _slowest(title: str, runs: Iterable[tuple[str, Span]]) -> list[str]:
    slow = heapq.nlargest(SLOWEST, runs, key=lambda run: run[1].seconds)
    return [f"\nslowest {title}", *(f"{1000 * when.seconds:8.1f} ms  {arg}" for arg, when in slow)] if slow else []


def chrome_trace(timings: Timings) -> str:
    """The build as JSON in the Trace Event Format (complete events; times in microseconds)."""
    stages = [(stage.name, "stage", stage.span) for stage in timings.stages]
    runs = [(arg, rule, when) for rule, some in timings.runs.items() for arg, when in some]
    events = [_event(*one) for one in (*stages, *runs)]
    return json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}, ensure_ascii=False)


def _event(name: str, category: str, when: Span) -> dict[str, Any]:
    begin, duration = round(when.begin * 1e6), round(when.seconds * 1e6)
    thread = 0 if category == "stage" else when.process
    return {"name": name, "cat": category, "ph": "X", "ts": begin, "dur": duration, "pid": 1, "tid": thread}
