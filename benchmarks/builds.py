"""The rows of builds: what is done, and how often.

Every round does all of a row's builds with every tool, one after the other and in another order each time, so that what
else happens on the machine does not always hit the same one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import Bench, set_up
from benchmarks.corpus import make_site
from benchmarks.edits import Edit, alias_edit, template_edit, text_edit, title_edit
from benchmarks.processes import CommandError, Run, run
from benchmarks.results import Grown, Measure, Row, Samples, Target, Unit
from benchmarks.tools import Tool
from benchmarks.tools.install import environment

TINY = (10, 5)
"""Articles and entries of the smallest site."""


@dataclass(frozen=True, slots=True)
class Building:
    """A row of builds."""

    title: str
    edit: Callable[[Bench, Tool, int], Edit] | None
    """What is changed before each; None: nothing."""
    target: Target
    cold: bool = False
    """Whether everything is deleted before that earlier builds made."""


BUILDS = {
    "cold": Building("cold build", None, Target(1.5, Measure.HUGO), cold=True),
    "unchanged": Building("nothing changed, new process", None, Target(0.06, Measure.HUGO)),
    "text": Building("one article's text changed", text_edit, Target(0.10, Measure.HUGO)),
    "alias": Building("an alias added, in 1 % of the articles", alias_edit, Target(0.25, Measure.HUGO)),
    "template": Building("the template of articles changed", template_edit, Target(0.6, Measure.COLD)),
    "title": Building("the site's title changed", title_edit, Target(0.6, Measure.COLD)),
}
"""By name, in the order in which a round makes them: each begins with what the one before left built."""


def build_rows(bench: Bench, names: Sequence[str], *, rounds: int) -> list[Row]:
    """The rows of builds with these names; with `cold`, those of its processor's time and memory too."""
    if "cold" not in names:
        for tool in bench.tools:
            bench.build(tool)
    runs: dict[str, dict[str, list[Run]]] = {name: {tool.name: [] for tool in bench.tools} for name in names}
    for number in range(rounds):
        for name in names:
            for tool in bench.turn(number):
                one = build_once(BUILDS[name], bench, tool, number)
                say(f"round {number + 1}, {BUILDS[name].title}: {tool.title} {one.seconds:.2f} s")
                runs[name][tool.name].append(one)
    return [row for name in names for row in _rows(name, runs[name])]


def _rows(name: str, runs: Mapping[str, Sequence[Run]]) -> Iterator[Row]:
    seconds, processor, peaks = Samples(), Samples(), Samples()
    for tool, every in runs.items():
        for one in every:
            seconds.add(tool, one.seconds)
            processor.add(tool, one.processor)
            peaks.add(tool, one.peak)
    yield Row(name, BUILDS[name].title, seconds.values, target=BUILDS[name].target)
    if BUILDS[name].cold:
        yield Row("processor", "processor's time of the cold build", processor.values)
        yield Row("memory", "memory of the cold build", peaks.values, Unit.BYTES, Target(0.4, Measure.HUGO))


def build_once(building: Building, bench: Bench, tool: Tool, number: int) -> Run:
    """One build after an edit. Raises `CommandError` where the output does not show it: such a time would mean nothing."""
    root = bench.root(tool)
    if building.cold:
        tool.forget(root)
    edit = building.edit(bench, tool, number) if building.edit else None
    if edit is not None:
        edit.save()
    done = bench.build(tool, memory=building.cold)
    if edit is not None and edit.mark not in _page(root / tool.made[0], edit.page).read_text("utf-8"):
        message = f"{tool.title}: “{edit.mark}” is not on {edit.page}"
        raise CommandError(message)
    return done


def _page(output: Path, address: str) -> Path:
    return output / address.strip("/") / "index.html"


# ---- start ----------------------------------------------------------------------------------------------------------


def start_rows(tools: Sequence[Tool], folder: Path, *, rounds: int) -> list[Row]:
    """How long it takes to print the help, and to build a site of ten articles with nothing kept.

    Once more than there are rounds: the first time fills the system's caches, and is not counted.
    """
    bench = set_up(make_site(*TINY), tools, folder)
    helps, builds = Samples(), Samples()
    for number in range(rounds + 1):
        for tool in bench.turn(number):
            helped = run(tool.help(), bench.root(tool), environment(tool))
            built = build_once(BUILDS["cold"], bench, tool, number)
            if number:
                helps.add(tool.name, helped.seconds)
                builds.add(tool.name, built.seconds)
    return [
        Row("help", "--help", helps.values, target=Target(0.2)),
        Row("tiny", f"cold build of {TINY[0]} articles", builds.values, target=Target(0.8)),
    ]


# ---- growth ---------------------------------------------------------------------------------------------------------


def growth(sizes: Sequence[tuple[int, int]], tools: Sequence[Tool], folder: Path) -> Iterator[Grown]:
    """A cold build of each size, articles and entries, with each tool."""
    for articles, entries in sizes:
        bench = set_up(make_site(articles, entries), tools, folder / str(articles))
        for tool in tools:
            done = bench.build(tool, memory=True)
            say(f"growth, {articles:,} articles: {tool.title} {done.seconds:.1f} s")
            yield Grown(tool.name, articles, entries, done.seconds, done.peak, _size(bench.root(tool), tool.cache))


def _size(root: Path, cache: str) -> int:
    """Bytes of what a tool keeps."""
    return sum(f.stat().st_size for f in (root / cache).rglob("*") if f.is_file()) if cache else 0


def say(line: str) -> None:
    """Where a long run is."""
    print(line, file=sys.stderr, flush=True)
