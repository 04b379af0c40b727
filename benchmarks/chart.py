"""The growth as a picture: SVG that is light or dark as its reader likes it, with its numbers as a text alternative."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.results import Grown
from benchmarks.tools import TOOLS

_WIDTH, _HEIGHT = 860, 330
_TOP, _BOTTOM, _LEFTS, _PANEL = 58, 270, (60, 490), 270
"""Where the panels stand, and how wide they are."""
_LABEL_GAP = 15
"""Pixels between the names of two lines, at least."""

_STYLE = """
svg { --ground: #fff; --ink: #222; --faint: #ddd; --explainer: #0b5cad; --hugo: #b3261e; --eleventy: #5f6368;
  --pelican: #1b7a43; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { svg { --ground: #16181c; --ink: #e6e6e6; --faint: #3a3d44; --explainer: #7db7f5;
  --hugo: #f2918a; --eleventy: #b4b8bf; --pelican: #7fd3a2; } }
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.heading { font-weight: 600; } .ticks { text-anchor: end; } .below { text-anchor: middle; }
.ground { fill: var(--ground); } .grid { stroke: var(--faint); } .line { fill: none; stroke-width: 2; }
.explainer { --own: var(--explainer); } .hugo { --own: var(--hugo); } .eleventy { --own: var(--eleventy); }
.pelican { --own: var(--pelican); } .line { stroke: var(--own); } .dot, .name { fill: var(--own); }
.explainer .line { stroke-width: 3; } .hugo .line { stroke-dasharray: 7 3; } .eleventy .line { stroke-dasharray: 2 3; }
.pelican .line { stroke-dasharray: 10 3 2 3; }
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to pixels, evenly or by their logarithms."""

    low: float
    high: float
    begin: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        low, high, at = (math.log(v) if self.logarithmic else v for v in (self.low, self.high, value))
        share = (at - low) / (high - low) if high > low else 0.5
        return self.begin + share * (self.end - self.begin)

    def ticks(self) -> list[float]:
        """Round values: powers of ten, or a handful of even steps."""
        if self.logarithmic:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            return [10.0**p for p in powers if self.low <= 10.0**p <= self.high]
        step = _round_step(self.high / 4)
        return [step * n for n in range(int(self.high / step) + 1)]


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two drawings."""

    heading: str
    value: Callable[[Grown], float]
    left: float
    x: Scale
    y: Scale


def draw_growth(growth: Sequence[Grown]) -> str:
    """Milliseconds a page and, where it is known, memory, by the number of pages. There is some growth."""
    body = "".join(line for panel in _panels(growth) for line in _panel(panel, growth))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        'role="img" aria-labelledby="title numbers">\n'
        f'<title id="title">Cold builds by the size of the site</title>\n<desc id="numbers">{escape(describe(growth))}</desc>\n'
        f'<style>{_STYLE}</style>\n<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}"/>\n{body}</svg>\n'
    )


def describe(growth: Sequence[Grown]) -> str:
    """The numbers of the picture in words."""
    return " ".join(
        f"{TOOLS[tool].title}: {'; '.join(_words(one) for one in growth if one.tool == tool)}."
        for tool in _tools(growth)
    )


def _words(one: Grown) -> str:
    memory = "" if one.peak is None else f", {one.peak / 1e6:,.0f} MB"
    return f"{one.pages:,} pages {one.per_page * 1000:.2f} ms a page{memory}"


def _panels(growth: Sequence[Grown]) -> Iterator[Panel]:
    pages = [one.pages for one in growth]
    slowest = max(_milliseconds(one) for one in growth)
    scales = [Scale(min(pages), max(pages), left, left + _PANEL, logarithmic=True) for left in _LEFTS]
    times = Scale(0, slowest * 1.08, _BOTTOM, _TOP)
    yield Panel("Milliseconds a page", _milliseconds, _LEFTS[0], scales[0], times)
    if all(one.peak for one in growth):
        held = [_megabytes(one) for one in growth]
        memory = Scale(_power_below(min(held)), max(held) * 1.2, _BOTTOM, _TOP, logarithmic=True)
        yield Panel("Memory at the peak, MB", _megabytes, _LEFTS[1], scales[1], memory)


def _panel(panel: Panel, growth: Sequence[Grown]) -> Iterator[str]:
    yield f'<text class="heading" x="{panel.left}" y="30">{panel.heading}</text>\n'
    for value in panel.y.ticks():
        y = panel.y(value)
        yield f'<line class="grid" x1="{panel.left}" x2="{panel.left + _PANEL}" y1="{y:.1f}" y2="{y:.1f}"/>\n'
        yield f'<text class="ticks" x="{panel.left - 8}" y="{y + 4:.1f}">{value:,g}</text>\n'
    for pages in sorted({one.pages for one in growth}):
        yield f'<text class="below" x="{panel.x(pages):.1f}" y="{_BOTTOM + 22}">{pages:,}</text>\n'
    yield f'<text class="below" x="{panel.left + _PANEL / 2}" y="{_BOTTOM + 44}">pages</text>\n'
    ends = _apart({tool: panel.y(panel.value(_of(tool, growth)[-1])) for tool in _tools(growth)})
    for tool, end in ends.items():
        yield _line(panel, tool, _of(tool, growth), end)


def _line(panel: Panel, tool: str, grown: Sequence[Grown], end: float) -> str:
    """A tool's line with its dots, and its name beside its end."""
    points = [(panel.x(one.pages), panel.y(panel.value(one))) for one in grown]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in points)
    name = f'<text class="name" x="{points[-1][0] + 10:.1f}" y="{end + 4:.1f}">{TOOLS[tool].title}</text>'
    return f'<g class="{tool}"><polyline class="line" points="{path}"/>{dots}{name}</g>\n'


def _apart(places: dict[str, float]) -> dict[str, float]:
    """The same places, moved up where names would lie on one another."""
    moved: dict[str, float] = {}
    above: float = _BOTTOM + _LABEL_GAP
    for name, y in sorted(places.items(), key=lambda item: -item[1]):
        above = moved[name] = min(y, above - _LABEL_GAP)
    return moved


def _tools(growth: Sequence[Grown]) -> list[str]:
    return list(dict.fromkeys(one.tool for one in growth))


def _of(tool: str, growth: Sequence[Grown]) -> list[Grown]:
    return sorted((one for one in growth if one.tool == tool), key=lambda one: one.pages)


def _milliseconds(one: Grown) -> float:
    return one.per_page * 1000


def _megabytes(one: Grown) -> float:
    return (one.peak or 0) / 1e6


def _round_step(about: float) -> float:
    """1, 2 or 5 times a power of ten, not below `about`."""
    power = _power_below(about)
    return next(n * power for n in (1, 2, 5, 10) if n * power >= about * 0.999)


def _power_below(value: float) -> float:
    return 10.0 ** math.floor(math.log10(value))
