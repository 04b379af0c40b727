"""`explainer why`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from msgspec.structs import replace

from explainer.cli import terminal
from explainer.cli.sources import find_source, texts_in

if TYPE_CHECKING:
    from explainer.annotate import Annotations
    from explainer.annotate.witness import Answers
    from explainer.read.content import Content, Document, Step
    from explainer.report.why import Explanation, Place
    from explainer.types import SourcePath


@click.command("why")
@click.argument("place", metavar="FILE[:LINE[:COLUMN]] | /PAGE/")
@terminal.site_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or one JSON document."
)
def command(*, place: str, site: Path, form: str) -> None:
    """Say why something is linked there, or is not.

    FILE is an article or an entry. Without LINE all its mentions are explained. The address of a page, /articles/x/,
    is answered with what the page is made from, and what of that made the last build render it.
    """
    from explainer.diagnostics import has_errors, sort_diagnostics  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.read.content import ARTICLES, GLOSSARY, SETTINGS_FILE, read_content  # noqa: PLC0415
    from explainer.report.why import parse_place  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    root, wanted = site.resolve(), parse_place(place)
    if wanted.path.startswith("/") and not Path(wanted.path).is_file():
        sys.exit(_explain_page(root, place, form))
    with terminal.progress(site) as step, terminal.answers(site) as answers:
        read = read_content(root, now=terminal.current_time(), unpublished=True, step=step)
        source, found = SETTINGS_FILE, None
        if read.content is not None:
            source = find_source(wanted.path, root, texts_in(read, ARTICLES, GLOSSARY), what="article or entry")
            found = _annotated(read.content, source, answers, step)
    if found is not None:
        _print(_explanation(found, wanted), form)
    problems = (*read.diagnostics, *(found.annotations.diagnostics if found else ()))
    here = sort_diagnostics(d for d in problems if d.path in {source, SETTINGS_FILE})
    terminal.print_diagnostics(here, read.texts, strict=False)
    sys.exit(terminal.PROBLEMS if has_errors(here) else 0)


def _explain_page(root: Path, address: str, form: str) -> int:
    """Say why the last build rendered a page."""
    from explainer.diagnostics import did_you_mean  # noqa: PLC0415
    from explainer.incremental.kept import CACHE, open_kept  # noqa: PLC0415
    from explainer.report.why_page import find_page, known_pages, render, render_json  # noqa: PLC0415

    store = open_kept(root / ".explainer" / CACHE)
    if store is None:
        message = "there is no build to ask about; build the site first: explainer build"
        raise click.UsageError(message)
    try:
        reasons = find_page(store, address)
        if reasons is None:
            hint = did_you_mean(address, known_pages(store))
            message = f"no page of the last build is at {address}{'; ' if hint else ''}{hint}"
            raise click.UsageError(message)
    finally:
        store.close()
    text = render_json(reasons) if form == "json" else "".join(render(reasons))
    click.echo(text if form == "json" else terminal.visible(text), nl=False)
    return 0


class _Found(NamedTuple):
    """The text that was named, among what it was annotated with."""

    document: Document[Any]
    content: Content
    annotations: Annotations


def _annotated(content: Content, source: SourcePath, answers: Answers, step: Step) -> _Found | None:
    """One article alone, or all entries; None where the text has no front matter that could be used."""
    from explainer.annotate import annotate_articles, annotate_content  # noqa: PLC0415

    for article in content.articles:
        if article.path == source:
            alone = replace(content, articles=(article,))
            return _Found(article, content, annotate_articles(alone, answers=answers, step=step))
    for entry in content.entries.values():
        if entry.path == source:
            glossary = replace(content, articles=(), pages=())
            return _Found(entry, content, annotate_content(glossary, step=step))
    return None


def _explanation(found: _Found, wanted: Place) -> Explanation:
    from explainer.report.why import PlaceProblem, explain_place  # noqa: PLC0415

    document, content, annotations = found
    try:
        return explain_place(document, annotations.by_path[document.path], content, wanted)
    except PlaceProblem as problem:
        message = f"{document.path}: {problem}"
        raise click.UsageError(message) from problem


def _print(explanation: Explanation, form: str) -> None:
    """`form` is the last part of the module's name that renders it."""
    text = "".join(importlib.import_module(f"explainer.report.why_{form}").render(explanation))
    click.echo(terminal.visible(text) if form == "text" else text, nl=False)
