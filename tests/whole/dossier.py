"""The demo dossier of this repository, in a folder of its own."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from explainer.build import Built, build_site
from explainer.publish import Content, Published, cache_folder, publish_site
from explainer.search import bytes_of, digest_of_searched, index_of
from tests.whole.pages import Page, pages_of

REPOSITORY = Path(__file__).parents[2]
NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


def copy_dossier(target: Path) -> Path:
    """Everything that the site is made from; nothing that was built."""
    target.mkdir(parents=True)
    shutil.copy(REPOSITORY / "site.yaml", target)
    for folder in ("content", "templates"):
        shutil.copytree(REPOSITORY / folder, target / folder)
    return target


@dataclass(frozen=True)
class Dossier:
    """The dossier, built and published."""

    root: Path
    built: Built
    files: Mapping[str, Content]
    """Of the site, with the index that readers search."""

    @property
    def output(self) -> Path:
        return self.root / "output"

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {path: page for path, page in pages_of(self.built.files).items() if page is not None}

    def page(self, url: str) -> Page:
        return self.pages[f"{url}index.html"]


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    root = copy_dossier(tmp_path_factory.mktemp("dossier") / "site")
    built = build_site(root, now=NOW)
    digests = {p: digest_of_searched(d) for p, d in built.files.items() if isinstance(d, bytes)}
    index = index_of(
        {p: d for p, d in digests.items() if d}, lambda p: bytes_of(built.files[p]), cache=cache_folder(root)
    )
    files = index.beside(built.files)
    published = publish_site(files, output=root / "output", site_root=root)
    assert isinstance(published, Published)
    return Dossier(root, built, files)
