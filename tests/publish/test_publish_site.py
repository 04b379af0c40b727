from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explainer.diagnostics import Kind
from explainer.publish import Published, publish_site
from explainer.publish import apply as apply_module

if TYPE_CHECKING:
    from publish_helpers import Site

PAGES = {"index.html": b"home", "articles/x/index.html": b"x", "assets/site.css": b"css"}


def test_publishes_then_leaves_what_is_equal(site: Site) -> None:
    assert site.publish(PAGES) == Published(written=3, unchanged=0, deleted=0)
    times = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    assert site.publish(PAGES) == Published(written=0, unchanged=3, deleted=0)
    assert site.tree() == PAGES
    assert times == {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}


def test_writes_only_what_changed_and_deletes_only_its_own(site: Site) -> None:
    site.publish(PAGES)
    changed = {"index.html": b"home", "articles/y/index.html": b"y", "assets/site.css": b"new css"}
    assert site.publish(changed) == Published(written=2, unchanged=1, deleted=1)
    assert site.tree() == changed
    assert not (site.output / "articles/x").exists()
    assert site.dots() == {".explainer-manifest.json"}


def test_manifest_is_sorted_and_says_what_is_there(site: Site) -> None:
    site.publish(PAGES)
    text = (site.output / ".explainer-manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["version"] == 1
    assert list(manifest["files"]) == sorted(PAGES)
    assert manifest["files"]["index.html"]["size"] == 4
    site.publish(dict(reversed(PAGES.items())))
    assert (site.output / ".explainer-manifest.json").read_text("utf-8") == text


def test_copies_files_of_the_site(site: Site) -> None:
    media = site.write("content/media/photo.jpg", b"\xff\xd8" * 400_000)
    files = {**PAGES, "media/photo.jpg": media}
    site.publish(files)
    assert site.tree() == {**PAGES, "media/photo.jpg": media.read_bytes()}
    assert site.publish(files).written == 0
    media.write_bytes(b"\xff\xd9" * 400_000)
    assert site.publish(files).written == 1
    assert (site.output / "media/photo.jpg").read_bytes() == media.read_bytes()


def test_mends_a_file_that_was_cut_or_removed(site: Site) -> None:
    site.publish(PAGES)
    (site.output / "index.html").write_bytes(b"")
    (site.output / "assets/site.css").unlink()
    assert site.publish(PAGES) == Published(written=2, unchanged=1, deleted=0)
    assert site.tree() == PAGES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": b"file"}, {"a/index.html": b"page"}),
        ({"a/index.html": b"page", "a/b/c": b"deep"}, {"a": b"file"}),
        ({"a/b/x": b"file"}, {"a/b/x/y": b"below"}),
        ({"a": b"file", "b/c": b"1"}, {"a/b": b"2", "b": b"file"}),
        ({"a": b"1"}, {}),
        ({}, {"a": b"1"}),
    ],
)
def test_a_file_becomes_a_folder_and_back(site: Site, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    for files in (before, after, before):
        site.publish(files)
        assert site.tree() == files


def test_leaves_dot_names_kept_names_and_litter_alone(site: Site) -> None:
    site.publish(PAGES)
    for path in (".git/config", ".nojekyll", ".well-known/x", "CNAME", "old/a/b.html", "articles/x/.DS_Store"):
        site.write(f"output/{path}")
    site.publish({"index.html": b"2"}, keep=["CNAME", "old/"])
    kept = {"CNAME": b"foreign", "old/a/b.html": b"foreign", "articles/x/.DS_Store": b"foreign"}
    assert site.tree() == {"index.html": b"2", **kept}
    assert {".git", ".nojekyll", ".well-known"} < site.dots()


def test_a_kept_file_may_come_first(site: Site) -> None:
    site.write("output/CNAME")
    assert site.publish(PAGES, keep=["CNAME"]).written == 3


def test_the_cache_folder_may_go_at_any_time(site: Site) -> None:
    site.publish(PAGES)
    assert (site.root / ".explainer/.gitignore").read_text("utf-8") == "*\n"
    shutil.rmtree(site.root / ".explainer")
    assert site.publish(PAGES).unchanged == 3


def test_stale_staging_of_killed_builds_goes(site: Site) -> None:
    site.publish(PAGES)
    site.write(".explainer/staging-dead/files/index.html")
    site.write("output/.explainer-staging-dead/files/index.html")
    site.write("output/.explainer-staging-probe")
    site.publish(PAGES)
    assert {path.name for path in (site.root / ".explainer").iterdir()} == {".gitignore"}
    assert site.dots() == {".explainer-manifest.json"}


def test_output_may_lie_elsewhere(site: Site, tmp_path: Path) -> None:
    assert isinstance(publish_site(PAGES, output=Path("../public/html"), site_root=site.root), Published)
    assert (tmp_path / "public/html/index.html").read_bytes() == b"home"


def test_stages_inside_output_on_another_device(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def across(source: Path, target: Path) -> None:
        if (".explainer" in Path(source).parts) and "output" in Path(target).parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    assert site.publish(PAGES).written == 3
    assert site.tree() == PAGES
    assert site.dots() == {".explainer-manifest.json"}
    assert {path.name for path in (site.root / ".explainer").iterdir()} == {".gitignore"}


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second device")  # noqa: S108
def test_publishes_to_another_device(site: Site) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        output = Path(folder) / "public"
        for files in (PAGES, {"index.html": b"2"}):
            assert isinstance(publish_site(files, output=output, site_root=site.root), Published)
        assert (output / "index.html").read_bytes() == b"2"
        assert {path.name for path in output.iterdir()} == {"index.html", ".explainer-manifest.json"}


def test_one_sync_a_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    site.publish(PAGES)
    site.publish(PAGES)
    assert len(calls) == 1


# ---- what the system refuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["n" * 300, "ä" * 200 + ".html"])
def test_a_name_that_the_system_refuses(site: Site, name: str) -> None:
    site.publish(PAGES)
    problem = site.refusal({"index.html": b"2", name: b"x"})
    assert problem.kind is Kind.OUTPUT_REFUSED
    assert problem.path == f"output/{name}"
    assert site.tree() == PAGES
    assert site.dots() == {".explainer-manifest.json"}


@pytest.mark.parametrize("name", ["öü/\u202ex.html", "a b/'\"&.html", "مناف/index.html", "💥", "%2e%2e"])
def test_odd_names_work(site: Site, name: str) -> None:
    site.publish({name: b"x"})
    assert site.tree() == {name: b"x"}
    assert site.publish({name: b"x"}).unchanged == 1


def test_media_that_cannot_be_read(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    link = site.root / "content/link.jpg"
    link.symlink_to(tmp_path / "secret")
    for source in (site.root / "content/gone.jpg", link, site.root / "content"):
        problem = site.refusal({"m.jpg": source})
        assert problem.kind is Kind.UNREADABLE
        assert problem.path == source.relative_to(site.root).as_posix()
    assert not site.output.exists()


def test_a_link_within_the_site_is_copied(site: Site) -> None:
    media = site.write("content/media/photo.jpg", b"jpg")
    (site.root / "content/link.jpg").symlink_to(media)
    site.publish({"m.jpg": site.root / "content/link.jpg"})
    assert site.tree() == {"m.jpg": b"jpg"}
    assert not (site.output / "m.jpg").is_symlink()


def test_media_that_change_while_they_are_copied(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    media = site.write("content/photo.jpg", b"one")
    stage = apply_module.stage

    def late(*args: object) -> object:
        media.write_bytes(b"three")
        return stage(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("explainer.publish.publish.stage", late)
    site.publish({"photo.jpg": media})
    monkeypatch.undo()
    assert site.publish({"photo.jpg": media}).unchanged == 1


def test_a_folder_that_may_not_be_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.publish(PAGES)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "x")
    problem = site.refusal({**PAGES, "index.html": b"2", "articles/x/index.html": b"2"})
    assert problem.path == "output/articles/x"
    assert site.tree() == PAGES


def test_a_cache_folder_that_is_a_link(site: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.root / ".explainer").symlink_to(elsewhere)
    assert site.refusal().path == ".explainer"
    assert not list(elsewhere.iterdir())
