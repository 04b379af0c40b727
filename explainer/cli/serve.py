"""`explainer serve`."""

from __future__ import annotations

import gc
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal
from explainer.cli.build import summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explainer.annotate.witness import Answers
    from explainer.incremental.store import Store
    from explainer.publish import Content
    from explainer.serve import PreviewBuild, Touched


@click.command("serve")
@terminal.site_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The first port to try.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def command(*, site: Path, port: int, open_browser: bool) -> None:
    """Show the site on this computer, drafts included, and build it again after every save."""
    from explainer.incremental.store import Store  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.serve import Touched, serve_site  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    root, touched = site.resolve(), Touched()
    try:
        serve_site(
            partial(_build, root, Store(), {}, touched),
            touched=touched,
            watch=(root / "site.yaml", root / "content", root / "templates"),
            site_root=root,
            port=port,
            open_browser=open_browser,
            announce=click.echo,
        )
    except OSError as error:
        message = f"no port from {port} on is free ({error.strerror}); name another: --port"
        raise click.UsageError(message) from error


def _build(root: Path, store: Store, answers: Answers, touched: Touched) -> PreviewBuild:
    """The site as it would be with drafts; or, where there are errors, what they are.

    `store` keeps what was made from one build to the next, `answers` what the site's model said. `touched` knows what
    was saved.
    """
    from explainer.diagnostics import Severity, format_diagnostic  # noqa: PLC0415
    from explainer.incremental.again import build_again  # noqa: PLC0415
    from explainer.search import FOLDER  # noqa: PLC0415
    from explainer.serve import LateFiles, PreviewBuild  # noqa: PLC0415

    begun = time.monotonic()
    now, saved = terminal.current_time(), touched.take()
    built = build_again(root, store=store, now=now, preview=True, answers=answers, touched=saved)
    if saved is None:  # what a first build made stays: looking through it for cycles takes a third of a small build
        gc.collect()
        gc.freeze()
    errors = [d for d in built.diagnostics if d.severity is Severity.ERROR]
    if errors:
        problems = tuple(format_diagnostic(d, built.texts) for d in errors)
        return PreviewBuild(
            files=None, problems=problems, summary=f"{terminal.number(len(errors), 'error')}: not shown"
        )
    warnings = terminal.number(len(built.diagnostics), "warning")
    seconds = time.monotonic() - begun
    files = dict(built.files)
    late = LateFiles(FOLDER + "/", partial(_index, files)) if any(f.searched for f in built.sizes().values()) else None
    return PreviewBuild(files, (), f"{summary(built.counts, seconds)}, {warnings}", late=late)


def _index(files: Mapping[str, Content]) -> Mapping[str, Content]:
    """What readers search; nothing where Pagefind fails, which is told."""
    from explainer.search import SearchProblem, index_for_preview  # noqa: PLC0415

    try:
        return index_for_preview(files)
    except SearchProblem as problem:
        terminal.print_diagnostics((problem.diagnostic,), {}, strict=False)
        return {}
