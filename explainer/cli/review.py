"""`explainer review`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.cli.review_desk import Desk
    from explainer.report.review import Item, Matter


@click.command("review")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@terminal.site_option
@click.option("--undecided", "matter", flag_value="undecided", help="Only names of which no entry was decided.")
@click.option("--new", "matter", flag_value="new link", help="Only automatic links.")
@click.option("--list", "task", flag_value="list", help="Print what there is to review, and ask nothing.")
@click.option("--stale", "task", flag_value="stale", help="Print the verdicts whose quotation is gone.")
@click.option("--prune", "task", flag_value="prune", help="Remove the verdicts whose quotation is gone.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="With --list and --stale: for people, or one JSON object a line.",
)
def command(*, articles: tuple[str, ...], site: Path, matter: str | None, task: str | None, form: str) -> None:
    """Look at undecided names and new links one by one, and keep the verdicts.

    ARTICLE is a file, or its name without .md; without one, all articles are reviewed. Verdicts are written to
    content/review.yaml, each as soon as it is given.
    """
    from explainer.cli.review_desk import Desk  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import Severity, has_errors  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    if task is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "a review needs a terminal; --list prints what there is to review"
        raise click.UsageError(message)
    desk = Desk(site.resolve(), only=articles, matters=_matters(matter))
    errors = tuple(d for d in desk.load() if d.severity is Severity.ERROR)
    desk.require_articles()
    terminal.print_diagnostics(errors, desk.texts, strict=False)
    if desk.is_usable:
        _do(task, desk, form)
    sys.exit(terminal.PROBLEMS if has_errors(errors) or not desk.is_usable else 0)


def _do(task: str | None, desk: Desk, form: str) -> None:
    from explainer.read.review import REVIEW_FILE  # noqa: PLC0415
    from explainer.report.verdicts import UneditableError  # noqa: PLC0415

    try:
        _TASKS[task](desk, form)
    except UneditableError as error:
        click.echo(f"{REVIEW_FILE} was not changed: {error}", err=True)
        sys.exit(terminal.PROBLEMS)


def _matters(name: str | None) -> tuple[Matter, ...]:
    from explainer.report.review import Matter  # noqa: PLC0415

    return (Matter(name),) if name else tuple(Matter)


def _list(desk: Desk, form: str) -> None:
    from explainer.report.review_text import item_record, list_items  # noqa: PLC0415

    items = desk.items()
    _print((json.dumps(item_record(i), ensure_ascii=False) for i in items) if form == "jsonl" else list_items(items))


def _stale(desk: Desk, form: str) -> None:
    from explainer.report.review_text import list_stale, stale_record  # noqa: PLC0415

    stale = tuple(desk.stale())
    if form == "jsonl":
        _print(json.dumps(stale_record(*each), ensure_ascii=False) for each in stale)
    else:
        _print(list_stale(stale))


def _prune(desk: Desk, form: str) -> None:
    del form
    numbers = [verdict.number for verdict, _ in desk.stale()]
    if numbers:
        desk.file.remove(numbers)
    click.echo(f"{terminal.number(len(numbers), 'stale verdict')} removed")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(terminal.visible(line))


# ---- the walk -------------------------------------------------------------------------------------------------------


def _walk(desk: Desk, form: str) -> None:
    """Item by item until the last, q, Ctrl-C or the end of input."""
    from explainer.report.review import Session, press  # noqa: PLC0415
    from explainer.report.review_text import show_item  # noqa: PLC0415

    del form
    session = Session(desk.items())
    shown: Item | None = None
    try:
        while not session.is_over and not desk.is_closed:
            if session.item is not shown:
                desk.show(show_item(session))
                shown = session.item
            session = desk.do(*press(session, desk.key()))
    except (KeyboardInterrupt, EOFError):
        click.echo()
    left = len(desk.items())
    click.echo(f"{terminal.number(desk.file.written, 'verdict')} written, {left:,} left to review")


_TASKS = {None: _walk, "list": _list, "stale": _stale, "prune": _prune}
