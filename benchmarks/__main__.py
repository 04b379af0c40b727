"""The builds and the previews of explainer, Hugo, Eleventy and Pelican, side by side: `python -m benchmarks`.

The tools that are not there are installed first, in pinned versions, into `.bench/`. Sites are written to a temporary
folder. Where the run is, is told on the standard error; the table comes at the end, machine and versions before it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bench import set_up
from benchmarks.builds import BUILDS, build_rows, growth, start_rows
from benchmarks.chart import draw_growth
from benchmarks.corpus import make_site
from benchmarks.previews import MAX_ROUNDS, preview_rows
from benchmarks.processes import CommandError
from benchmarks.report import as_json, as_text, machine
from benchmarks.results import Grown, Results, Row
from benchmarks.tools import TOOLS, Tool
from benchmarks.tools.install import installed, version

ROWS = (*BUILDS, "preview", "start", "growth")
_FULL = 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    tools = installed(TOOLS[name] for name in options.tools)
    if not tools:
        print("none of the tools is installed", file=sys.stderr)
        return 1
    # Not below `.bench/`: Pelican does not see what is saved in a folder whose name begins with a dot.
    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        try:
            results = measure(options, tools, Path(folder))
        except CommandError as error:
            print(error, file=sys.stderr)
            return 1
    print(as_text(results), end="")
    if options.json:
        options.json.write_text(as_json(results), encoding="utf-8", newline="\n")
    if options.chart and results.growth:
        options.chart.write_text(draw_growth(results.growth), encoding="utf-8", newline="\n")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, MAX_ROUNDS + 1), metavar="N")
    parser.add_argument("--only", type=_names(ROWS), default=list(ROWS), metavar="ROW,…", help=", ".join(ROWS))
    parser.add_argument(
        "--tools", type=_names(tuple(TOOLS)), default=list(TOOLS), metavar="TOOL,…", help=", ".join(TOOLS)
    )
    parser.add_argument("--full", action="store_true", help=f"let the growth go on to {_FULL:,} articles")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the values of every round")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="the growth as an SVG picture")
    return parser.parse_args(arguments)


def _names(known: Sequence[str]) -> Callable[[str], list[str]]:
    """A list of known names, separated by commas, in the order in which they are known."""

    def parse(text: str) -> list[str]:
        names = text.split(",")
        unknown = [name for name in names if name not in known]
        if unknown:
            message = f"“{unknown[0]}” is none of {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
        return [name for name in known if name in names]

    return parse


def measure(options: argparse.Namespace, tools: Sequence[Tool], folder: Path) -> Results:
    """All rows that are wanted, on sites written below a folder."""
    rows: list[Row] = []
    builds = [name for name in options.only if name in BUILDS]
    if builds or "preview" in options.only:
        bench = set_up(make_site(options.articles, options.entries), tools, folder / "site")
        rows += build_rows(bench, builds, rounds=options.rounds) if builds else []
        rows += asyncio.run(preview_rows(bench, rounds=options.rounds)) if "preview" in options.only else []
    if "start" in options.only:
        rows += start_rows(tools, folder / "start", rounds=options.rounds)
    grown: list[Grown] = []
    if "growth" in options.only:
        grown += growth(_sizes(options), tools, folder / "growth")
    versions = {tool.name: version(tool) for tool in tools}
    return Results(machine(), versions, options.articles, options.entries, options.rounds, rows, grown)


def _sizes(options: argparse.Namespace) -> list[tuple[int, int]]:
    """Articles and entries: a tenth, three tenths and all of them, and a hundred thousand on demand."""
    sizes = [(max(1, options.articles * n // 10), max(1, options.entries * n // 10)) for n in (1, 3, 10)]
    return [*sizes, (_FULL, _FULL // 2)] if options.full else sizes


if __name__ == "__main__":
    sys.exit(main())
