"""What the preview puts into served pages, and never into published ones."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

PREFIX = "/-/"
"""Below it lie the preview's own addresses: `/-/<token>/…`."""

SCRIPT = Path(__file__).with_name("preview.js")
STYLES = Path(__file__).with_name("preview.css")


class Connection(Struct, frozen=True):
    """How a page reaches the preview."""

    port: int
    token: str
    """Random, of this run; other sites do not know it."""
    version: int
    """The state that the page shows; a browser that connects with an old one is told to reload."""

    @property
    def folder(self) -> str:
        return f"{PREFIX}{self.token}"

    @property
    def livereload(self) -> str:
        """The address of livereload's script.

        It connects to `ws://<its own host>:<port>/livereload`, and `port` may be anything: so the path that holds the
        token goes there.
        """
        return f"/livereload.js?port={self.port}{self.folder}/{self.version}"


def inject(page: bytes, connection: Connection, *, problems: Iterable[str]) -> bytes:
    """A page with the overlay of problems, if there are any, and the scripts, at the end of its body."""
    own = f'<script src="{connection.folder}/preview.js"></script><script src="{connection.livereload}"></script>'
    markup = (_overlay(tuple(problems), connection) + own).encode()
    end = page.lower().rfind(b"</body>")
    return page + markup if end < 0 else page[:end] + markup + page[end:]


def problem_page(problems: Iterable[str]) -> bytes:
    """What every address shows while there is no good build yet."""
    title = "The site cannot be built yet"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main role="alert"><h1>{title}</h1>{_list(problems)}</main></body></html>\n'
    ).encode()


def _overlay(problems: tuple[str, ...], connection: Connection) -> str:
    if not problems:
        return ""
    return (
        f'<link rel="stylesheet" href="{connection.folder}/preview.css">'
        '<section id="explainer-problems" role="alert" tabindex="-1">'
        "<h2>The last change is not shown yet</h2>"
        f'{_list(problems)}<button type="button">Dismiss</button></section>'
    )


def _list(problems: Iterable[str]) -> str:
    return "".join(f"<pre>{html.escape(problem)}</pre>" for problem in problems)
