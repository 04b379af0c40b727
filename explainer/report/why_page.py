"""Why a page was rendered: what it was made from, and what of that had changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from explainer.incremental.kinds import told
from explainer.incremental.pages import FILE, VIEW, PageFile
from explainer.incremental.store import Name, Run, Store


class PageReasons(NamedTuple):
    """What is known of a page's last rendering."""

    path: str
    """In the output folder."""
    when: str
    """The time of that build, in ISO 8601."""
    causes: tuple[str, ...]
    """The inputs that had changed; empty where the page was new."""
    shows: tuple[Name, ...]
    """What was read to know what the page shows."""
    uses: tuple[Name, ...]
    """What was read to render it from that: templates, words, assets."""


def find_page(store: Store, address: str) -> PageReasons | None:
    """The page at an address, `/articles/x/`, or of a file in output, `articles/x/index.html`, if a build made it."""
    path = address.removeprefix("/")
    wanted = {path, f"{path}index.html" if not path or path.endswith("/") else f"{path}/index.html"}
    for job, value in store.cells_of(FILE):
        page: PageFile = value
        if page.path in wanted:
            return _reasons(store, job, page)
    return None


def known_pages(store: Store) -> Iterator[str]:
    """The address of every page that a build made."""
    return ("/" + value.path.removesuffix("index.html") for _, value in store.cells_of(FILE))


def _reasons(store: Store, job: str, page: PageFile) -> PageReasons:
    when, causes = store.cell(("why", job)) or ("", ())
    return PageReasons(page.path, when, causes, _reads(store, Run(VIEW, job)), _reads(store, Run(FILE, job)))


def _reads(store: Store, run: Run) -> tuple[Name, ...]:
    trace = store.trace(run)
    there = (n for n in (trace.reads if trace else ()) if n[0] != "word" or store.cell(n) is not None)
    return tuple(sorted(there))


def render(reasons: PageReasons) -> Iterator[str]:
    """The reasons for people, line by line."""
    yield f"/{reasons.path.removesuffix('index.html')} was rendered by the build of {reasons.when}\n"
    if reasons.causes:
        yield "because these had changed:\n"
        yield from (f"  {cause}\n" for cause in reasons.causes)
    else:
        yield "because it was not there before\n"
    yield "\nWhat it shows is made from:\n"
    yield from _list(reasons.shows)
    yield "\nIt is rendered with:\n"
    yield from _list(name for name in reasons.uses if name[0] != "view")


def _list(names: Iterable[Name]) -> Iterator[str]:
    return (f"  {line}\n" for line in sorted({told(*name) for name in names}))


def render_json(reasons: PageReasons) -> str:
    """The reasons as one JSON document."""
    document = {
        "path": reasons.path,
        "rendered": reasons.when,
        "causes": list(reasons.causes),
        "shows": [{"kind": kind, "key": key} for kind, key in reasons.shows],
        "uses": [{"kind": kind, "key": key} for kind, key in reasons.uses],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
