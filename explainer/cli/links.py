"""`explainer links`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.annotate import Decision
    from explainer.read.content import Article


@click.command("links")
@terminal.site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="For people, or one JSON object a line.",
)
def command(*, site: Path, form: str) -> None:
    """Say what was decided on every mention in the articles, and why."""
    from explainer.annotate import annotate_articles  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import has_errors, sort_diagnostics  # noqa: PLC0415
    from explainer.read.content import read_content  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    with terminal.progress(site) as step:
        read = read_content(site.resolve(), now=terminal.current_time(), unpublished=True, step=step)
        content = read.content
        annotations = annotate_articles(content, step=step) if content is not None else None
    diagnostics = sort_diagnostics((*read.diagnostics, *(annotations.diagnostics if annotations else ())))
    if content is not None and annotations is not None:
        write = _jsonl if form == "jsonl" else _text
        for article in sorted(content.articles, key=lambda a: a.path):
            for line in write(article, annotations.by_path[article.path].decisions):
                click.echo(line)
    terminal.print_diagnostics(diagnostics, read.texts, strict=False)
    sys.exit(terminal.PROBLEMS if has_errors(diagnostics) else 0)


def _jsonl(article: Article, decisions: tuple[Decision, ...]) -> Iterator[str]:
    """The lines of the contract in docs/reference.md."""
    for decision, line, column in _places(article, decisions):
        record: dict[str, object] = {
            "source": decision.source,
            "start": decision.start,
            "end": decision.end,
            "text": decision.text,
            "entry": decision.entry,
            "kind": decision.kind,
            "linked": decision.linked,
            "method": decision.method,
            "reason": decision.reason,
            "score": decision.score,
            "line": line,
            "column": column,
        }
        if decision.entry is None:
            record["candidates"] = list(decision.candidates)
        yield json.dumps(record, ensure_ascii=False)


def _text(article: Article, decisions: tuple[Decision, ...]) -> Iterator[str]:
    yield article.path
    for decision, line, column in _places(article, decisions):
        text = " ".join(decision.text.split())
        what = decision.entry or " or ".join(decision.candidates) or "nothing"
        sign = "→" if decision.linked else "·" if decision.entry else "?"
        yield f"  {line}:{column}  {text}  {sign} {what}  ({decision.method}; {decision.reason})"
    totals = Counter("linked" if d.linked else str(d.reason) for d in decisions)
    yield "  " + ", ".join(f"{number} {what}" for what, number in totals.most_common())


def _places(article: Article, decisions: tuple[Decision, ...]) -> Iterator[tuple[Decision, int, int]]:
    """Decisions with line and column, counted on from one to the next."""
    line, begin, done = 1, 0, 0
    for decision in sorted(decisions, key=lambda d: (d.start, d.end)):
        breaks = article.text.count("\n", done, decision.start)
        if breaks:
            line += breaks
            begin = article.text.rfind("\n", 0, decision.start) + 1
        done = decision.start
        yield decision, line, decision.start - begin + 1
