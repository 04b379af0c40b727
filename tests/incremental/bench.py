"""A site that is built again after each edit, and compared with a clean build each time."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from explainer.build import Built, build_site
from explainer.diagnostics import has_errors
from explainer.incremental.again import First, build_again
from explainer.incremental.kept import Kept
from explainer.incremental.store import Store
from tests.incremental.compare import Outcome, changed_pages, contents, differences
from tests.incremental.workshop import Workshop, open_workshop

MOST_MOVED = 2
"""Texts that one step moves."""


class Again(Outcome):
    """What a build that goes on tells besides."""

    rendered: tuple[str, ...]
    relinked: tuple[str, ...]
    changed: Mapping[str, bytes] | None


@dataclass
class Bench:
    """A workshop, and a store that every build goes on from."""

    workshop: Workshop
    cache: Path | None = None
    """Where the store is; None: in memory."""
    blind_to: frozenset[str] = frozenset()
    """Kinds of input that the store does not record: a fault, to see whether it is found."""
    preview: bool = False
    frozen: bool = False
    store: Store = field(init=False)
    shown: dict[str, bytes] = field(default_factory=dict)
    """What the last build made; empty where the next one begins from nothing."""
    steps: int = 0
    """How many builds were compared."""
    replaced: dict[str, bytes] | None = None
    """What the last build made, put together of what builds said had changed; None where that had errors."""
    looks: dict[str, tuple[int, ...]] | None = None
    """How the files looked to a watcher before the last build."""
    open_at: tuple[str, ...] = ()
    """The addresses of pages that somebody looks at while the site is built again."""
    early: dict[str, bytes] = field(default_factory=dict)
    """What was shown of these before the last build was done."""

    def __post_init__(self) -> None:
        self.store = self._open_store()

    def _open_store(self) -> Store:
        if self.cache is not None:
            self.cache.parent.mkdir(exist_ok=True)
        store = Kept(self.cache) if self.cache else Store()
        store.blind_to = self.blind_to
        return store

    def reopen(self) -> None:
        """As in a new process."""
        self.store.close()
        self.store = self._open_store()
        if self.cache is None:
            self.begin_from_nothing()

    def delete_cache(self) -> None:
        self.store.close()
        if self.cache is not None:
            shutil.rmtree(self.cache.parent, ignore_errors=True)
        self.store = self._open_store()
        self.begin_from_nothing()

    def begin_from_nothing(self) -> None:
        """Expect that every page is rendered."""
        self.shown = {}

    def build(self, step: Callable[[str], None] = lambda _path: None) -> Again:
        site, self.early = self.workshop, {}
        outcome = build_again(
            site.root,
            store=self.store,
            now=site.now,
            preview=self.preview,
            frozen=self.frozen,
            answers={},
            step=step,
            touched=self._touched(),
            first=First(self.open_at, self.early.update) if self.open_at else None,
        )
        self._replace(outcome)
        return outcome

    def _replace(self, outcome: Again) -> None:
        """As whoever publishes or shows the site: not after a build with errors, and after it all anew."""
        if has_errors(outcome.diagnostics):
            self.replaced = None
        elif outcome.changed is None or self.replaced is None:
            self.replaced = contents(outcome.files)
        else:
            self.replaced |= outcome.changed

    def _touched(self) -> set[str] | None:
        """What a watcher has seen since the last build; None where nobody has watched, as on the command line."""
        before, self.looks = self.looks, looks_of(self.workshop.root)
        if before is None or self.cache is not None:
            return None
        return {path for path in before.keys() | self.looks.keys() if before.get(path) != self.looks.get(path)}

    def clean(self) -> Built:
        site = self.workshop
        return build_site(site.root, now=site.now, preview=self.preview, frozen=self.frozen, answers={})

    def differences(self) -> list[str]:
        """What a build that goes on gets wrong now."""
        return differences(self.build(), self.clean())

    def check(self) -> Again:
        """Build both ways. Fails unless they are equal, and hardly a page was rendered for nothing.

        A text that moves is another text, whose page is made anew even if it shows the same: a step moves few. After a
        build that made no files, as of a site with a broken file of words, every page may be rendered. A page that was
        shown before all others may have been rendered from what was not new yet.
        """
        outcome, clean = self.build(), self.clean()
        self.steps += 1
        found = differences(outcome, clean)
        assert not found, "\n".join(found)
        made = contents(clean.files)
        assert self.replaced in (None, made), "what is told to have changed is not all"
        changed = changed_pages(self.shown, made)
        superfluous = sorted(set(outcome.rendered) - changed - self.early.keys())
        most = len(changed) / 10 + MOST_MOVED
        assert len(superfluous) <= most, f"rendered for nothing: {superfluous}; beside {sorted(changed)}"
        self.shown = made
        return outcome


def looks_of(root: Path) -> dict[str, tuple[int, ...]]:
    """How files look, and which folders there are: whoever watches is told of no folder that has another file."""
    found = [root / "site.yaml", *(path for name in ("content", "templates") for path in (root / name).rglob("*"))]
    return {str(path): _look(path) for path in found if os.path.lexists(path)}


def _look(path: Path) -> tuple[int, ...]:
    status = path.stat() if path.exists() else path.lstat()
    file = () if path.is_dir() else (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return status.st_ino, status.st_mode, *file


@contextmanager
def open_bench(
    root: Path, *, bare: bool = True, on_disk: bool = False, blind_to: frozenset[str] = frozenset()
) -> Iterator[Bench]:
    """The first site, built once."""
    cache = root / ".explainer" / "cache.sqlite3" if on_disk else None
    bench = Bench(open_workshop(root, bare=bare), cache, blind_to)
    try:
        bench.check()
        yield bench
    finally:
        bench.store.close()


SHORT = {"HOME_LENGTH": 4, "FEED_LENGTH": 3, "KEY_ENTRIES": 4, "CAST_SIZE": 2}
SHORT |= {"ARTICLES_ON_A_PAGE": 2, "ENTRIES_ON_A_PAGE": 4, "ADDRESSES_IN_A_SITEMAP": 20}
"""Lengths of lists that a small site has more than."""


@contextmanager
def short_lists() -> Iterator[None]:
    """Lists are as short wherever their length is known."""
    modules = [module for name, module in sys.modules.items() if name.startswith("explainer.")]
    with ExitStack() as stack:
        for name, length in SHORT.items():
            having = [module for module in modules if hasattr(module, name)]
            assert having, name
            for module in having:
                stack.enter_context(patch.object(module, name, length))
        yield
