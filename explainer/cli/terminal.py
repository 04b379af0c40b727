"""What commands share: the site's folder, the clock, the bar, and how problems are printed."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from explainer.annotate.witness import Answers
    from explainer.diagnostics import Diagnostic
    from explainer.read.content import Step
    from explainer.types import SourcePath

PROBLEMS, USAGE = 1, 2
"""Exit codes."""

MOST_OF_A_KIND = 10
"""Warnings of one kind that are shown in full; the rest are counted. Errors are always shown."""

_PATIENCE = 1.0
"""Seconds without a bar."""

F = TypeVar("F", bound=Callable[..., Any])


def site_option(function: F) -> F:
    """`--site`, which every command has."""
    option = click.option(
        "--site",
        "site",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="The site's folder, with site.yaml in it.  [default: the current folder]",
    )
    return option(function)


def strict_option(function: F) -> F:
    """`--strict`."""
    return click.option("--strict", is_flag=True, help="Treat warnings as errors.")(function)


def current_time() -> dt.datetime:
    """The time that decides what lies in the future; SOURCE_DATE_EPOCH sets it, for builds that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is “{epoch}”; it must be a number of seconds since 1970"
        raise click.UsageError(message) from error


def require_site(root: Path) -> None:
    """End with a usage error where there is no site."""
    if not (root / "site.yaml").exists():
        message = f"there is no site.yaml in {root.resolve()}; go to a site's folder, or make one: explainer init NAME"
        raise click.UsageError(message)


@contextmanager
def answers(root: Path) -> Iterator[Answers]:
    """What the site's language model said before, kept for the next run."""
    from explainer.publish import kept_answers  # noqa: PLC0415  # `--help` must not wait for it

    with kept_answers(root.resolve()) as kept:
        yield kept


@contextmanager
def progress(root: Path) -> Iterator[Step]:
    """A bar on a terminal, once the work has taken a second; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _path: None
        return
    bar = _Bar(root)
    try:
        yield bar.step
    finally:
        bar.stop()


class _Bar:
    """Counts steps from the beginning, shows itself late."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.begun = time.monotonic()
        self.steps = 0
        self.shown: Any = None

    def step(self, _path: str) -> None:
        self.steps += 1
        if self.shown is None and time.monotonic() - self.begun > _PATIENCE:
            self._show()
        if self.shown is not None:
            self.shown.update(self.task, completed=self.steps)

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # only where there is something to show
        from rich.progress import Progress  # noqa: PLC0415

        texts = sum(1 for _ in (self.root / "content").rglob("*.md"))
        self.shown = Progress(console=Console(stderr=True), transient=True)
        # Each text is read, annotated and rendered.
        self.task = self.shown.add_task("building", total=max(3 * texts, self.steps))
        self.shown.start()

    def stop(self) -> None:
        if self.shown is not None:
            self.shown.stop()


_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_UNSEEN = _PICTURES | dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")


def visible(text: str) -> str:
    """A text with control characters as pictures: what strangers wrote in an article must not command a terminal."""
    return text.translate(_UNSEEN)


def print_diagnostics(diagnostics: Sequence[Diagnostic], texts: Mapping[SourcePath, str], *, strict: bool) -> None:
    """All errors, and of each kind of warning the first few; then how many there are."""
    print_lines(diagnostic_lines(diagnostics, texts, strict=strict))


def diagnostic_lines(
    diagnostics: Sequence[Diagnostic], texts: Mapping[SourcePath, str], *, strict: bool
) -> tuple[str, ...]:
    """What `print_diagnostics` prints, each problem as one item."""
    from explainer.diagnostics import Severity, format_diagnostic  # noqa: PLC0415

    lines = []
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        seen[diagnostic.kind] += 1
        if strict or diagnostic.severity is Severity.ERROR or seen[diagnostic.kind] <= MOST_OF_A_KIND:
            lines.append(visible(format_diagnostic(diagnostic, texts)))
    for kind, count in sorted(seen.items()):
        left = count - MOST_OF_A_KIND
        if left > 0 and not strict and any(d.kind == kind and d.severity is Severity.WARNING for d in diagnostics):
            lines.append(f"… and {left:,} more of warning[{kind}]; “explainer check --format jsonl” lists all\n")
    errors = sum(strict or d.severity is Severity.ERROR for d in diagnostics)
    if diagnostics:
        lines.append(f"{number(errors, 'error')}, {number(len(diagnostics) - errors, 'warning')}")
    return tuple(lines)


def print_lines(lines: Iterable[str]) -> None:
    """Problems on standard error, their kinds in colour where there is a terminal."""
    for line in lines:
        click.echo(_coloured(line) if _PROBLEM.search(line.partition("\n")[0]) else line, err=True)


_PROBLEM = re.compile(r": (?:error|warning)\[[\w-]+\]: ")


def _coloured(text: str) -> str:
    """The kind in colour; `click.echo` takes colours away where there is no terminal."""
    if os.environ.get("NO_COLOR"):
        return text
    head, newline, rest = text.partition("\n")
    colour = "red" if ": error[" in head else "yellow"
    return click.style(head, fg=colour, bold=True) + newline + rest


def number(count: int, noun: str, plural: str = "") -> str:
    """“1 entry”, “4,231 entries”."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def output_texts() -> None:
    """Print UTF-8 wherever the output goes: a pipe on Windows has another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
