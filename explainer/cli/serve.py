"""`explainer serve`."""

from __future__ import annotations

import time
from pathlib import Path

import click

from explainer.cli import terminal
from explainer.cli.build import summary


@click.command("serve")
@terminal.site_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The first port to try.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def command(*, site: Path, port: int, open_browser: bool) -> None:
    """Show the site on this computer, drafts included, and build it again after every save."""
    from explainer.build import build_site  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import format_diagnostic, has_errors  # noqa: PLC0415
    from explainer.serve import PreviewBuild, serve_site  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    root = site.resolve()

    def build() -> PreviewBuild:
        begun = time.monotonic()
        built = build_site(root, now=terminal.current_time(), preview=True)
        failed = has_errors(built.diagnostics) or not built.files
        shown = [d for d in built.diagnostics if not failed or has_errors((d,))]
        return PreviewBuild(
            files=None if failed else built.files,
            problems=tuple(format_diagnostic(d, built.texts) for d in shown) if failed else (),
            summary="not shown: there are errors" if failed else summary(built.counts, time.monotonic() - begun),
        )

    watched = (root / "site.yaml", root / "content", root / "templates")
    serve_site(
        build,
        watch=tuple(p for p in watched if p.exists()),
        site_root=root,
        port=port,
        open_browser=open_browser,
        announce=click.echo,
    )
