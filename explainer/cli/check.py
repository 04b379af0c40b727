"""`explainer check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.diagnostics import Diagnostic
    from explainer.types import SourcePath


@click.command("check")
@terminal.site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="For people, or one JSON object a line.",
)
@terminal.strict_option
def command(*, site: Path, form: str, strict: bool) -> None:
    """Say what is wrong in the site, drafts included, and write nothing."""
    from explainer.build import build_site  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import has_errors  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    with terminal.progress(site) as step:
        built = build_site(site.resolve(), now=terminal.current_time(), preview=True, step=step)
    if form == "jsonl":
        for diagnostic in built.diagnostics:
            click.echo(json.dumps(_as_json(diagnostic, built.texts), ensure_ascii=False))
    else:
        terminal.print_diagnostics(built.diagnostics, built.texts, strict=strict)
        if not built.diagnostics:
            click.echo("no problems")
    sys.exit(terminal.PROBLEMS if has_errors(built.diagnostics, strict=strict) else 0)


def _as_json(diagnostic: Diagnostic, texts: Mapping[SourcePath, str]) -> dict[str, object]:
    from explainer.diagnostics import line_and_column  # noqa: PLC0415

    text = texts.get(diagnostic.path)
    line, column = line_and_column(text, diagnostic.start) if text and diagnostic.start >= 0 else (None, None)
    return {
        "path": diagnostic.path,
        "line": line,
        "column": column,
        "severity": diagnostic.severity,
        "kind": diagnostic.kind,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }
