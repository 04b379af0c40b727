"""`explainer serve`."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import terminal
from explainer.cli.build import summary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from explainer.annotate.witness import Answers
    from explainer.incremental.built import BuiltAgain
    from explainer.incremental.store import Store
    from explainer.publish import Content
    from explainer.serve import PreviewBuild, Touched, Waiting


_TURN = 0.001
"""Seconds: who asks for a page waits no longer for the thread that builds, a few times for each page."""


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
    sys.setswitchinterval(_TURN)
    try:
        serve_site(
            _Site(root, Store(), touched).build,
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


@dataclass(slots=True)
class _Site:
    """What is kept of a site from one build to the next."""

    root: Path
    store: Store
    touched: Touched
    """Knows what was saved."""
    answers: Answers = field(default_factory=dict)
    """What the site's model said."""
    files: dict[str, Content] | None = None
    """Of the build before; None where that had errors."""
    has_search: bool = False

    def build(self, waiting: Waiting) -> PreviewBuild:
        """The site as it would be with drafts; or, where there are errors, what they are. Pages that are waited for come
        first.
        """
        from explainer.diagnostics import Severity, format_diagnostic  # noqa: PLC0415
        from explainer.incremental.again import First, build_again  # noqa: PLC0415
        from explainer.read.content import MEDIA  # noqa: PLC0415
        from explainer.search import FOLDER  # noqa: PLC0415
        from explainer.serve import LateFiles, PreviewBuild  # noqa: PLC0415

        begun = time.monotonic()
        now, saved = terminal.current_time(), self.touched.take()
        before, self.files = self.files, None
        built = build_again(
            self.root,
            store=self.store,
            now=now,
            preview=True,
            answers=self.answers,
            touched=saved,
            first=First(waiting.urls, waiting.show),
        )
        if saved is None:  # what a first build made stays: looking through it for cycles takes a third of a small build
            gc.collect()
            gc.freeze()
        errors = [d for d in built.diagnostics if d.severity is Severity.ERROR]
        if errors:
            problems = tuple(format_diagnostic(d, built.texts) for d in errors)
            return PreviewBuild(
                files=None, problems=problems, summary=f"{terminal.number(len(errors), 'error')}: not shown"
            )
        only_texts = saved is not None and not any(map(partial(_concerns, self.root / MEDIA), map(Path, saved)))
        files, changed = self._files(built, before if only_texts else None)
        self.files = files
        warnings = terminal.number(len(built.diagnostics), "warning")
        line = f"{summary(built.counts, time.monotonic() - begun)}, {warnings}"
        late = LateFiles(FOLDER + "/", partial(_index, files)) if self.has_search else None
        return PreviewBuild(files, (), line, late=late, changed=changed)

    def _files(
        self, built: BuiltAgain, before: dict[str, Content] | None
    ) -> tuple[dict[str, Content], Collection[str] | None]:
        """All files; and the pages that are other than before, if that is all that is different.

        `before` is None where that is not known: also where a medium was saved, whose file is read on request.
        """
        from explainer.search import digest_of_searched  # noqa: PLC0415

        if before is None or built.changed is None:
            self.has_search = any(file.searched for file in built.sizes().values())
            return dict(built.files), None
        changed = {path: data for path, data in built.changed.items() if before.get(path) != data}
        self.has_search = self.has_search or any(map(digest_of_searched, changed.values()))
        return {**before, **changed}, changed.keys()


def _concerns(folder: Path, path: Path) -> bool:
    """Whether what was saved is in the folder, or holds it."""
    return path.is_relative_to(folder) or folder.is_relative_to(path)


def _index(files: Mapping[str, Content]) -> Mapping[str, Content]:
    """What readers search; nothing where Pagefind fails, which is told."""
    from explainer.search import SearchProblem, index_for_preview  # noqa: PLC0415

    try:
        return index_for_preview(files)
    except SearchProblem as problem:
        terminal.print_diagnostics((problem.diagnostic,), {}, strict=False)
        return {}
