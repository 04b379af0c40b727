"""`explainer build`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    import datetime as dt

    from explainer.build import Counts
    from explainer.incremental.again import BuiltAgain
    from explainer.incremental.fresh import Answer, Look, Question

CACHE = "cache.sqlite3"


@click.command("build")
@terminal.site_option
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Where the site goes.  [default: output]"
)
@terminal.strict_option
@click.option("--frozen", is_flag=True, help="Fail where a mention in an article is undecided.")
def command(*, site: Path, output: Path | None, strict: bool, frozen: bool) -> None:
    """Build the site into output/.

    Nothing is published while there are errors: the last good output stays as it is.
    """
    begun = time.monotonic()
    terminal.output_texts()
    terminal.require_site(site)
    sys.exit(_build(site.resolve(), (output or site / "output").absolute(), begun, strict=strict, frozen=frozen))


def _build(root: Path, output: Path, begun: float, *, strict: bool, frozen: bool) -> int:
    from explainer.incremental import fresh  # noqa: PLC0415

    question, now = fresh.Question(str(output), strict, frozen), terminal.current_time()
    answer = fresh.remembered(root, question, now)
    if answer is None:
        looks = list(fresh.looks_of_sources(root))
        answer = _build_again(root, question, now, looks)
    if answer is None:
        return terminal.PROBLEMS
    terminal.print_lines(answer.problems)
    click.echo(f"{answer.summary}, {time.monotonic() - begun:.1f} seconds")
    return 0


def _build_again(root: Path, question: Question, now: dt.datetime, looks: list[Look]) -> Answer | None:
    from explainer.diagnostics import has_errors  # noqa: PLC0415  # not needed where nothing is to be done
    from explainer.incremental import fresh  # noqa: PLC0415
    from explainer.publish import Entry, build_lock, publish_site  # noqa: PLC0415

    with build_lock(root) as busy:
        if busy is not None:
            terminal.print_diagnostics((busy,), {}, strict=question.strict)
            return None
        fresh.forget(root)
        built = _make(root, now, frozen=question.frozen)
        problems = terminal.diagnostic_lines(built.diagnostics, built.texts, strict=question.strict)
        if has_errors(built.diagnostics, strict=question.strict):
            terminal.print_lines((*problems, "nothing was published"))
            return None
        known = {path: Entry(file.sha256, file.size) for path, file in built.sizes.items()}
        output = Path(question.output)
        published = publish_site(built.files, output=output, site_root=root, keep=built.keep, known=known)
        if isinstance(published, tuple):
            terminal.print_lines(problems)
            terminal.print_diagnostics(published, {}, strict=question.strict)
            return None
        answer = fresh.Answer(problems, summary_of(built.counts), built.timezone, built.day)
        fresh.remember(root, question, answer, built.files, looks)
    return answer


def _make(root: Path, now: dt.datetime, *, frozen: bool) -> BuiltAgain:
    """Every page of the site, from what was kept where that can be read."""
    import sqlite3  # noqa: PLC0415

    from explainer.incremental.again import build_again  # noqa: PLC0415
    from explainer.incremental.kept import kept_store  # noqa: PLC0415
    from explainer.publish import cache_folder, kept_answers  # noqa: PLC0415

    path = cache_folder(root) / CACHE
    with terminal.progress(root) as step, kept_answers(root) as answers:
        try:
            return build_again(root, store=kept_store(path), now=now, frozen=frozen, answers=answers, step=step)
        except sqlite3.DatabaseError:  # damaged in a way that did not show when it was opened
            path.unlink(missing_ok=True)
            return build_again(root, store=kept_store(path), now=now, frozen=frozen, answers=answers, step=step)


def summary_of(counts: Counts) -> str:
    """What there is, on one line."""
    parts = (
        terminal.number(counts.articles, "article"),
        terminal.number(counts.entries, "entry", "entries"),
        terminal.number(counts.mentions, "mention"),
        terminal.number(counts.links, "link"),
        f"{counts.ambiguous:,} ambiguous",
    )
    return ", ".join(parts)


def summary(counts: Counts, seconds: float) -> str:
    """The one line that a good build prints."""
    return f"{summary_of(counts)}, {seconds:.1f} seconds"
