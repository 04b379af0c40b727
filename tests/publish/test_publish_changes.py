"""Files put in the place of others, where it is known what the output folder holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explainer.publish import publish_changes
from explainer.publish.paths import JOURNAL, MANIFEST
from explainer.publish.record import read_record

if TYPE_CHECKING:
    from publish_helpers import Site

PAGES = {"index.html": b"home", "a/x.html": b"x", "a/été “1”.html": b"summer", "style.css": b"css"}


@pytest.fixture
def published(site: Site) -> Site:
    site.publish(PAGES)
    return site


def change(site: Site, files: dict[str, bytes]) -> bool:
    return publish_changes(files, output=site.output, site_root=site.root)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a/x.html": b"a longer x"},
        {"index.html": b"", "a/été “1”.html": b"autumn", "a/x.html": b"x"},
        {path: data + b"!" for path, data in PAGES.items()},
    ],
    ids=["none", "one", "some", "all"],
)
def test_what_lies_there_is_as_a_whole_publish_would_leave_it(published: Site, files: dict[str, bytes]) -> None:
    assert change(published, files)
    manifest = (published.output / MANIFEST).read_bytes()
    assert published.tree() == {**PAGES, **files}
    assert published.dots() == {MANIFEST}
    result = published.publish({**PAGES, **files})
    assert (result.written, result.unchanged) == (0, len(PAGES))
    assert (published.output / MANIFEST).read_bytes() == manifest


def test_what_is_not_changed_is_not_looked_at(published: Site) -> None:
    (published.output / "index.html").write_bytes(b"mine")
    assert change(published, {"a/x.html": b"new"})
    assert published.tree() == {**PAGES, "a/x.html": b"new", "index.html": b"mine"}


def _no_manifest(site: Site) -> None:
    (site.output / MANIFEST).unlink()


def _a_journal(site: Site) -> None:
    (site.output / JOURNAL).write_bytes(b"{}")


def _another_manifest(site: Site) -> None:
    path = site.output / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 2'))


def _cut_manifest(site: Site) -> None:
    path = site.output / MANIFEST
    path.write_bytes(path.read_bytes()[:70])


def _a_link(site: Site) -> None:
    elsewhere = site.output.with_name("elsewhere")
    site.output.rename(elsewhere)
    site.output.symlink_to(elsewhere)


@pytest.mark.parametrize("spoil", [_no_manifest, _a_journal, _another_manifest, _cut_manifest, _a_link])
def test_what_is_not_as_it_should_be_is_left_to_a_whole_publish(published: Site, spoil: Callable[[Site], None]) -> None:
    spoil(published)
    before = {p: p.read_bytes() for p in Path(os.path.realpath(published.output)).rglob("*") if p.is_file()}
    assert not change(published, {"a/x.html": b"new"})
    assert {p: p.read_bytes() for p in before} == before


def test_a_page_that_is_new_is_left_to_a_whole_publish(published: Site) -> None:
    assert not change(published, {"a/x.html": b"new", "b.html": b"b"})
    assert published.tree() == PAGES
    assert published.dots() == {MANIFEST}


def test_a_failure_in_between_leaves_a_journal(published: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the whole publish that follows writes again what this one may have begun."""
    calls, real = list[str](), Path.replace

    def replace(self: Path, target: Path) -> Path:
        calls.append(str(target))
        if len(calls) == 4:  # the probe, the journal, one page
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert not change(published, {"a/x.html": b"new", "index.html": b"new home"})
    monkeypatch.undo()
    assert read_record(published.output).has_journal
    published.publish({**PAGES, "a/x.html": b"new", "index.html": b"new home"})
    assert published.tree() == {**PAGES, "a/x.html": b"new", "index.html": b"new home"}
    assert published.dots() == {MANIFEST}
