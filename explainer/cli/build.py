"""`explainer build`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.build import Counts


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
    terminal.output_texts()
    terminal.require_site(site)
    begun = time.monotonic()
    sys.exit(_build(site.resolve(), (output or site / "output").absolute(), begun, strict=strict, frozen=frozen))


def _build(root: Path, output: Path, begun: float, *, strict: bool, frozen: bool) -> int:
    from explainer.build import build_site  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import has_errors  # noqa: PLC0415
    from explainer.publish import build_lock, kept_answers, publish_site  # noqa: PLC0415

    with build_lock(root) as busy:
        if busy is not None:
            terminal.print_diagnostics((busy,), {}, strict=strict)
            return terminal.PROBLEMS
        with terminal.progress(root) as step, kept_answers(root) as answers:
            built = build_site(root, now=terminal.current_time(), frozen=frozen, answers=answers, step=step)
        terminal.print_diagnostics(built.diagnostics, built.texts, strict=strict)
        if has_errors(built.diagnostics, strict=strict):
            click.echo("nothing was published", err=True)
            return terminal.PROBLEMS
        published = publish_site(built.files, output=output, site_root=root, keep=built.keep)
    if isinstance(published, tuple):
        terminal.print_diagnostics(published, {}, strict=strict)
        return terminal.PROBLEMS
    click.echo(summary(built.counts, time.monotonic() - begun))
    return 0


def summary(counts: Counts, seconds: float) -> str:
    """The one line that a good build prints."""
    parts = (
        terminal.number(counts.articles, "article"),
        terminal.number(counts.entries, "entry", "entries"),
        terminal.number(counts.mentions, "mention"),
        terminal.number(counts.links, "link"),
        f"{counts.ambiguous:,} ambiguous",
        f"{seconds:.1f} seconds",
    )
    return ", ".join(parts)
