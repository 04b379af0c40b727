"""The rows of previews: all of them run, and one after the other is asked to show a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from benchmarks.bench import Bench
from benchmarks.browsers import Preview, Shown, preview
from benchmarks.builds import say
from benchmarks.edits import Edit, alias_edit, text_edit
from benchmarks.results import Row, Samples, Target
from benchmarks.tools import Tool

MAX_ROUNDS = 10
"""Builds have the edits up to this number, previews those after it."""


@dataclass(frozen=True, slots=True)
class Saving:
    """An edit of each round."""

    title: str
    edit: Callable[[Bench, Tool, int], Edit]
    first: int
    """The number of the first round's edit."""
    target: Target
    asking: bool = False
    """Whether another page is asked for meanwhile."""


SAVINGS = {
    "text": Saving("text saved", text_edit, MAX_ROUNDS, Target(0.1)),
    "alias": Saving("alias saved", alias_edit, MAX_ROUNDS, Target(0.3)),
    "answer": Saving("slowest answer while it builds", text_edit, 2 * MAX_ROUNDS, Target(0.02), asking=True),
}


async def preview_rows(bench: Bench, *, rounds: int) -> list[Row]:
    """How soon previews tell the browser and show the page after a save, and whether they answer meanwhile."""
    shown: dict[str, dict[str, list[Shown]]] = {name: {} for name in SAVINGS}
    async with AsyncExitStack() as stack:
        running = {tool.name: await _start(bench, tool, stack) for tool in bench.tools}
        for number in range(rounds):
            for name, saving in SAVINGS.items():
                for tool in bench.turn(number):
                    one = await _save(saving, bench, running[tool.name], number)
                    if one is not None:
                        shown[name].setdefault(tool.name, []).append(one)
    return [row for name, saving in SAVINGS.items() for row in _rows(name, saving, shown[name])]


async def _start(bench: Bench, tool: Tool, stack: AsyncExitStack) -> Preview:
    """Without what earlier builds made: else some would answer from it before they watch for changes."""
    tool.forget(bench.root(tool))
    return await stack.enter_async_context(preview(tool, bench.root(tool)))


async def _save(saving: Saving, bench: Bench, running: Preview, number: int) -> Shown | None:
    """None where the change is not shown, which is said."""
    other = f"/articles/{bench.site.article(0).slug}/" if saving.asking else ""
    what = f"round {number + 1}, preview, {saving.title}: {running.tool.title}"
    try:
        shown = await running.save(saving.edit(bench, running.tool, saving.first + number), other=other)
    except (OSError, TimeoutError) as error:
        say(f"{what} failed: {error}")
        return None
    say(f"{what} {shown.served:.2f} s")
    return shown


def _rows(name: str, saving: Saving, shown: Mapping[str, Sequence[Shown]]) -> list[Row]:
    told, served, slowest, done = Samples(), Samples(), Samples(), Samples()
    for tool, every in shown.items():
        for one in every:
            told.add(tool, one.told)
            served.add(tool, one.served)
            slowest.add(tool, one.slowest)
            done.add(tool, one.done)
    if saving.asking:
        return [Row(name, f"preview: {saving.title}", slowest.values, target=saving.target)]
    return [
        Row(f"{name}-told", f"preview: {saving.title} → browser told", told.values, target=saving.target),
        Row(f"{name}-served", f"preview: {saving.title} → page shows it", served.values),
        Row(f"{name}-done", f"preview: {saving.title} → nothing more to do", done.values),
    ]
