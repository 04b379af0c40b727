"""One site, written for every tool and built by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Site
from benchmarks.processes import Run, run
from benchmarks.tools import Tool
from benchmarks.tools.install import environment


@dataclass(frozen=True, slots=True)
class Bench:
    """One site, written for every tool."""

    site: Site
    tools: Sequence[Tool]
    folder: Path

    def root(self, tool: Tool) -> Path:
        return self.folder / tool.name

    def turn(self, number: int) -> list[Tool]:
        """The tools in the order of a round, which begins with another one each time."""
        begin = number % len(self.tools)
        return [*self.tools[begin:], *self.tools[:begin]]

    def build(self, tool: Tool, *, memory: bool = False) -> Run:
        root = self.root(tool)
        return run(tool.build(root), root, environment(tool), memory=memory)


def set_up(site: Site, tools: Sequence[Tool], folder: Path) -> Bench:
    """Write the site for every tool, below a folder."""
    bench = Bench(site, tools, folder)
    for tool in tools:
        tool.write_theme(bench.root(tool))
    for article in site.every_article():
        for tool in tools:
            tool.write_article(article, bench.root(tool))
    for entry in site.entries:
        for tool in tools:
            tool.write_entry(entry, bench.root(tool))
    return bench
