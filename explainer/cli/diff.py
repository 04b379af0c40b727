"""`explainer diff`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.annotate import Annotations
    from explainer.read.content import Content
    from explainer.report.diff import LinkChange, Side
    from explainer.types import SourcePath


@click.command("diff")
@click.argument("revision", default="HEAD")
@terminal.site_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or one JSON object."
)
def command(*, revision: str, site: Path, form: str) -> None:
    """Say which links the changes since REVISION of the git repository add, remove or move.

    Every article is compared, drafts included. REVISION is HEAD where none is given.
    """
    from explainer.annotate import annotate_articles  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.cli.revision import write_revision  # noqa: PLC0415
    from explainer.diagnostics import Severity  # noqa: PLC0415
    from explainer.read.content import read_content  # noqa: PLC0415
    from explainer.report.diff import diff_links  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    now = terminal.current_time()
    with tempfile.TemporaryDirectory() as folder, terminal.progress(site) as step, terminal.answers(site) as answers:
        write_revision(site, revision, Path(folder))
        before = read_content(Path(folder).resolve(), now=now, unpublished=True, step=step).content
        if before is None:
            message = f"site.yaml cannot be used as it was in {revision}; name a revision that could be built"
            raise click.UsageError(message)
        old = _sides(before, annotate_articles(before, answers=answers, step=step))
        read = read_content(site.resolve(), now=now, unpublished=True, step=step)
        new = (
            None
            if read.content is None
            else _sides(read.content, annotate_articles(read.content, answers=answers, step=step))
        )
    if new is not None:
        _print(diff_links(old, new), revision, form)
    errors = [d for d in read.diagnostics if d.severity is Severity.ERROR]
    terminal.print_diagnostics(errors, read.texts, strict=False)
    sys.exit(terminal.PROBLEMS if errors else 0)


def _sides(content: Content, annotations: Annotations) -> dict[SourcePath, Side]:
    from explainer.report.diff import Side  # noqa: PLC0415

    return {a.path: Side(a.text, annotations.by_path[a.path]) for a in content.articles}


def _print(changes: Sequence[LinkChange], revision: str, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_as_json(changes, revision), ensure_ascii=False, indent=2))
        return
    for line in _as_text(changes, revision):
        click.echo(terminal.visible(line))


def _as_text(changes: Sequence[LinkChange], revision: str) -> Iterator[str]:
    if not changes:
        yield f"no link differs from {revision}"
        return
    for source, group in groupby(changes, key=lambda c: c.source):
        yield source
        yield from (f"  {_told(c)}" for c in group)
    counts = Counter(c.change for c in changes)
    articles = len({c.source for c in changes})
    how = ", ".join(f"{number:,} {change}" for change, number in sorted(counts.items()))
    yield f"{terminal.number(len(changes), 'link')} in {terminal.number(articles, 'article')}: {how}"


def _told(change: LinkChange) -> str:
    from explainer.report.diff import Change  # noqa: PLC0415

    sign = {Change.ADDED: "+", Change.REMOVED: "-", Change.MOVED: "~"}[change.change]
    entries = " → ".join(filter(None, (change.before, change.after)))
    text = " ".join(change.text.split())
    place = f"{change.line}:{change.column}{' (before)' if change.is_gone else ''}"
    return f"{sign} {place}  {text}  {entries}  ({change.reason})"


def _as_json(changes: Sequence[LinkChange], revision: str) -> dict[str, object]:
    from explainer.report.diff import Change  # noqa: PLC0415

    counts = Counter(c.change for c in changes)
    return {
        "revision": revision,
        "articles": len({c.source for c in changes}),
        **{change.value: counts[change] for change in Change},
        "changes": [
            {
                "source": c.source,
                "change": c.change,
                "text": c.text,
                "line": c.line,
                "column": c.column,
                "gone": c.is_gone,
                "before": c.before,
                "after": c.after,
                "reason": c.reason,
            }
            for c in changes
        ],
    }
