"""`explainer links`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from explainer.cli import terminal
from explainer.cli.sources import find_source, texts_in

if TYPE_CHECKING:
    from explainer.read.content import Content, ReadResult
    from explainer.report.links import LinksReport

FORMATS = ("text", "html", "json", "jsonl", "csv", "sarif")
GROUPS = ("linked", "suppressed", "ambiguous", "weak", "unresolved")

_KEPT = {
    "output": "the built site, which only builds write to",
    "content": "what authors write",
    "templates": "what authors write",
    "site.yaml": "what authors write",
}
"""What no report may be written over, and what it is."""


@click.command("links")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@terminal.site_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="For people, or for programs.")
@click.option("--only", "groups", type=click.Choice(GROUPS), multiple=True, help="Show these groups; repeatable.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write to this file.  [default: standard output; for html .explainer/links.html]",
)
def command(*, articles: tuple[str, ...], site: Path, form: str, groups: tuple[str, ...], output: Path | None) -> None:
    """Say what was decided on every mention in the articles, and why.

    ARTICLE is a file; without any, all articles are shown.
    """
    from explainer.annotate import annotate_articles  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import has_errors, sort_diagnostics  # noqa: PLC0415
    from explainer.read.content import read_content  # noqa: PLC0415
    from explainer.report.links import Group, report_links  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    root = site.resolve()
    target = _target(output, form, root)
    with terminal.progress(site) as step, terminal.answers(site) as answers:
        read = read_content(root, now=terminal.current_time(), unpublished=True, step=step)
        content = _chosen(read, read.content, articles, root) if read.content is not None else None
        annotations = annotate_articles(content, answers=answers, step=step) if content is not None else None
    if content is not None and annotations is not None:
        _write(report_links(content, annotations, only=[Group(g) for g in groups]), form, target)
    diagnostics = sort_diagnostics((*read.diagnostics, *(annotations.diagnostics if annotations else ())))
    terminal.print_diagnostics(diagnostics, read.texts, strict=False)
    sys.exit(terminal.PROBLEMS if has_errors(diagnostics) else 0)


def _chosen(read: ReadResult, content: Content, articles: Sequence[str], root: Path) -> Content:
    """The content with the articles that were named; with all where none was."""
    from explainer.read.content import ARTICLES  # noqa: PLC0415

    if not articles:
        return content
    known = texts_in(read, ARTICLES)
    wanted = {find_source(given, root, known, what="article") for given in articles}
    return replace(content, articles=tuple(a for a in content.articles if a.path in wanted))


def _target(output: Path | None, form: str, root: Path) -> Path | None:
    """Where the report goes; None is standard output."""
    if output is None:
        return root / ".explainer" / "links.html" if form == "html" else None
    if str(output) == "-":
        return None
    for name, whose in _KEPT.items():
        if output.resolve().is_relative_to(root / name):
            message = f"{output} lies in {whose}; choose a place beside it"
            raise click.UsageError(message)
    return output


def _write(report: LinksReport, form: str, target: Path | None) -> None:
    """`form` is the last part of the module's name that renders it."""
    text = "".join(importlib.import_module(f"explainer.report.links_{form}").render(report))
    if target is None:
        # The line ends of a table are part of its format: bytes reach standard output as they are.
        shown = {"csv": text.encode(), "text": terminal.visible(text)}
        click.echo(shown.get(form, text), nl=False)
        return
    from explainer.publish.lock import cache_folder  # noqa: PLC0415

    try:
        if target.parent.name == ".explainer":
            cache_folder(target.parent.parent)
        target.write_bytes(text.encode())
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise click.UsageError(message) from error
    click.echo(target)
