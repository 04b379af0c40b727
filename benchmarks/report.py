"""The results as a table for people, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.builds import BUILDS
from benchmarks.results import Grown, Measure, Results, Row, Target, Unit
from benchmarks.tools import TOOLS

OURS, PEER = "explainer", "hugo"
_NONE = "–"


def machine() -> str:
    """Processor, cores, memory, system, Python."""
    cores, memory = os.cpu_count() or 1, _memory()
    parts = [_processor(), f"{cores} core{'s' * (cores > 1)}", *([f"{memory:.0f} GiB"] if memory else [])]
    return ", ".join([*parts, f"{platform.system()} {platform.release()}", f"Python {platform.python_version()}"])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory() -> float:
    """GiB; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        return 0.0


def as_json(results: Results) -> str:
    return json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n"


def as_text(results: Results) -> str:
    """The machine and the versions first, then a line for each row, then the growth."""
    versions = ", ".join(f"{TOOLS[name].title} {version}" for name, version in results.versions.items())
    size = f"{results.articles:,} articles, {results.entries:,} entries, medians of {results.rounds} rounds"
    blocks = [f"{results.machine}\n{versions}\n{size}"]
    if results.rows:
        blocks.append("\n".join(_table(results)))
    if results.growth:
        blocks.append("\n".join(_growth_table(results.growth)))
    return "\n\n".join(blocks) + "\n"


# ---- rows -----------------------------------------------------------------------------------------------------------


def _table(results: Results) -> Iterator[str]:
    tools = list(results.versions)
    yield _line("", [TOOLS[name].title for name in tools], "× Hugo", "× cold", "target")
    cold = next((row for row in results.rows if row.name == "cold"), None)
    for row in results.rows:
        values = [_amount(row.median(name), row.unit) for name in tools]
        hugo, own = row.ratio(OURS, PEER), row.ratio(OURS, OURS, than=cold) if cold and row.name in BUILDS else None
        yield _line(row.title, values, _ratio(hugo), _ratio(own), _verdict(row, hugo, own))


def _line(title: str, values: Sequence[str], *rest: str) -> str:
    hugo, cold, target = rest
    return f"{title:42}{''.join(f'{v:>11}' for v in values)}{hugo:>9}{cold:>9}  {target}".rstrip()


def _amount(value: float | None, unit: Unit) -> str:
    if value is None:
        return _NONE
    if unit is Unit.BYTES:
        return f"{value / 1e6:,.0f} MB"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:,.2f} s" if value < 100 else f"{value:,.0f} s"


def _ratio(ratio: float | None) -> str:
    return _NONE if ratio is None else f"{ratio:.2f}"


def _verdict(row: Row, hugo: float | None, cold: float | None) -> str:
    """The target, and whether it is met."""
    target = row.target
    if target is None:
        return ""
    found = {Measure.HUGO: hugo, Measure.COLD: cold, Measure.ITSELF: row.median(OURS)}[target.of]
    verdict = "" if found is None else ", met" if found <= target.at_most else ", missed"
    return f"{_wanted(target, row.unit)}{verdict}"


def _wanted(target: Target, unit: Unit) -> str:
    if target.of is Measure.ITSELF:
        return f"≤ {_amount(target.at_most, unit)}"
    return f"≤ {target.at_most:g} {target.of}"


# ---- growth ---------------------------------------------------------------------------------------------------------


def _growth_table(growth: Sequence[Grown]) -> Iterator[str]:
    yield f"{'growth, cold builds':42}{'articles':>11}{'seconds':>11}{'ms/page':>11}{'memory':>11}{'cache':>11}{'kB/page':>11}"
    for one in sorted(growth, key=lambda g: (list(TOOLS).index(g.tool), g.articles)):
        peak = None if one.peak is None else float(one.peak)
        cache = (_amount(one.cache, Unit.BYTES), f"{one.cache / one.pages / 1000:.1f}") if one.cache else (_NONE, _NONE)
        cells = (f"{one.seconds:.1f}", f"{one.per_page * 1000:.2f}", _amount(peak, Unit.BYTES), *cache)
        yield f"{TOOLS[one.tool].title:42}{one.articles:11,}{''.join(f'{cell:>11}' for cell in cells)}"
