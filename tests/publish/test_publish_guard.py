from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explainer.diagnostics import Kind
from explainer.publish.guard import is_within
from explainer.publish.paths import path_problem

if TYPE_CHECKING:
    from publish_helpers import Site


# ---- the place ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("/", "root of the file system"),
        (".", "the site's folder"),
        ("..", "the site's folder"),
        ("output/../../site", "the site's folder"),
        ("content", "content/"),
        ("content/articles/x", "content/"),
        ("Content", "content/"),
        ("templates", "templates/"),
        ("templates/new", "templates/"),
        (".explainer", ".explainer/"),
        (".explainer/output", ".explainer/"),
        (".git/output", ".git/"),
    ],
)
def test_places_that_are_not_for_output(site: Site, output: str, said: str) -> None:
    before = sorted(site.root.rglob("*"))
    problem = site.refusal(output=Path(output))
    assert problem.kind is Kind.OUTPUT_REFUSED
    assert said in problem.message
    assert problem.hint
    assert sorted(site.root.rglob("*")) == before


def test_the_home_folder_and_what_holds_it(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "homes/me"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for output in (home, home.parent):
        assert "home folder" in site.refusal(output=output).message


def test_a_folder_that_content_leads_to(site: Site, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (site.root / "content").rename(texts)
    (site.root / "content").symlink_to(texts)
    assert "content/" in site.refusal(output=texts / "output").message


def test_a_link_a_file_and_a_dangling_link(site: Site, tmp_path: Path) -> None:
    site.write("file")
    (site.root / "link").symlink_to(tmp_path, target_is_directory=True)
    (site.root / "dangling").symlink_to(tmp_path / "nowhere")
    assert "is a file" in site.refusal(output=Path("file")).message
    assert "is a link" in site.refusal(output=Path("link")).message
    assert "is a link" in site.refusal(output=Path("dangling")).message
    assert not (tmp_path / "nowhere").exists()


def test_within_counts_spellings_of_one_folder_as_one(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    assert is_within(tmp_path / "A/b/c", tmp_path / "a")
    assert is_within(tmp_path / "a/../a/b", tmp_path / "a/b")
    assert not is_within(tmp_path / "ab", tmp_path / "a")


# ---- what lies there ------------------------------------------------------------------------------------------------


def test_a_folder_that_somebody_else_filled(site: Site) -> None:
    site.write("output/index.html")
    assert "was not written by explainer: index.html" in site.refusal().message
    assert (site.output / "index.html").read_bytes() == b"foreign"


def test_an_empty_subfolder_is_not_ours_either(site: Site) -> None:
    (site.output / "thesis").mkdir(parents=True)
    assert "thesis" in site.refusal().message


def test_foreign_files_are_named_and_counted(site: Site) -> None:
    site.publish({"index.html": b"1"})
    for name in "abcde":
        site.write(f"output/deep/{name}.txt")
    problem = site.refusal()
    assert "deep/a.txt, deep/b.txt, deep/c.txt and 2 more" in problem.message
    assert site.tree()["index.html"] == b"1"


def test_a_socket_is_foreign_even_where_our_file_was(site: Site) -> None:
    site.publish({"index.html": b"1"})
    (site.output / "index.html").unlink()
    os.mkfifo(site.output / "index.html")
    assert "index.html" in site.refusal().message


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 9}', b'{"version": 1, "files": {"../x": {}}}'])
@pytest.mark.parametrize("name", [".explainer-manifest.json", ".explainer-journal.json"])
def test_a_damaged_list(site: Site, damage: bytes, name: str) -> None:
    site.publish({"index.html": b"1"})
    site.write(f"output/{name}", damage)
    assert f"damaged {name}" in site.refusal().message
    assert site.tree() == {"index.html": b"1"}


@pytest.mark.parametrize(
    "journal", [b'{"version": 1, "paths": ["../../x"]}', b'{"version": 1, "paths": [1]}', b'{"version": 1, "paths": 1}']
)
def test_a_forged_journal(site: Site, journal: bytes) -> None:
    site.publish({"index.html": b"1"})
    site.write("output/.explainer-journal.json", journal)
    assert "damaged" in site.refusal().message


def test_a_kept_file_where_a_file_should_be(site: Site) -> None:
    site.publish({"a/x.html": b"1"})
    site.write("output/a/mine.txt")
    assert "needs the room" in site.refusal({"a": b"file"}, keep=["a/mine.txt"]).message
    assert site.tree() == {"a/x.html": b"1", "a/mine.txt": b"foreign"}


# ---- links ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "index.html").write_bytes(b"precious")
    return folder


@pytest.mark.parametrize("wanted", [{"a/index.html": b"2"}, {"index.html": b"2"}, {}])
def test_nothing_is_written_or_deleted_through_a_folder_link(
    site: Site, outside: Path, wanted: dict[str, bytes]
) -> None:
    site.publish({"a/index.html": b"1"})
    (site.output / "a/index.html").unlink()
    (site.output / "a").rmdir()
    (site.output / "a").symlink_to(outside, target_is_directory=True)
    assert site.refusal(wanted).kind is Kind.OUTPUT_REFUSED
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"index.html": b"precious"}


def test_nothing_is_written_through_a_file_link(site: Site, outside: Path) -> None:
    site.publish({"index.html": b"1"})
    (site.output / "index.html").unlink()
    (site.output / "index.html").symlink_to(outside / "index.html")
    assert "index.html" in site.refusal({"index.html": b"2"}).message
    assert (outside / "index.html").read_bytes() == b"precious"


@pytest.mark.parametrize("name", [".explainer-manifest.json", ".explainer-journal.json"])
def test_lists_are_not_read_through_links(site: Site, outside: Path, name: str) -> None:
    site.publish({"index.html": b"1"})
    (outside / "list").write_bytes((site.output / ".explainer-manifest.json").read_bytes())
    (site.output / name).unlink(missing_ok=True)
    (site.output / name).symlink_to(outside / "list")
    assert "damaged" in site.refusal().message


def test_the_temporary_manifest_is_not_written_through_a_link(site: Site, outside: Path) -> None:
    site.publish({"index.html": b"1"})
    (site.output / ".explainer-manifest.json.tmp").symlink_to(outside / "index.html")
    site.publish({"index.html": b"2"})
    assert (outside / "index.html").read_bytes() == b"precious"


def test_stale_staging_that_is_a_link_is_unlinked(site: Site, outside: Path) -> None:
    site.publish({"index.html": b"1"})
    (site.output / ".explainer-staging-x").symlink_to(outside, target_is_directory=True)
    site.publish({"index.html": b"1"})
    assert not (site.output / ".explainer-staging-x").is_symlink()
    assert (outside / "index.html").exists()


def test_a_link_that_comes_between_look_and_move(site: Site, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.publish({"a/index.html": b"1"})

    def swap(_fd: int) -> None:  # between additions and deletions
        (site.output / "a").rename(site.root / "moved")
        (site.output / "a").symlink_to(outside, target_is_directory=True)

    monkeypatch.setattr(os, "fsync", swap)
    assert "Not a folder" in site.refusal({"b/index.html": b"2"}).message
    assert (outside / "index.html").read_bytes() == b"precious"


# ---- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/x",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\0b",
        "a\nb",
        ".git/config",
        ".explainer-x",
        "\ud800",
    ],
)
def test_names_that_cannot_be_output(site: Site, name: str) -> None:
    assert site.refusal({"index.html": b"1", name: b"2"}).kind is Kind.BAD_NAME
    assert not site.output.exists()


@pytest.mark.parametrize("name", ["con", "a/NUL.html", "lpt1/x", "a:b", "what?.html", "end./x", "end "])
def test_names_that_windows_reserves(name: str) -> None:
    assert "Windows" in path_problem(name, windows=True)
    assert not path_problem(name, windows=False)


@pytest.mark.parametrize("name", ["console/x", "a.con", "nul-set.html", "index.html"])
def test_names_that_windows_does_not_reserve(name: str) -> None:
    assert not path_problem(name, windows=True)


def test_a_file_and_a_folder_of_one_name(site: Site) -> None:
    assert "needs a folder where a is a file" in site.refusal({"a": b"1", "a/b": b"2"}).message


def test_a_name_that_the_owner_keeps(site: Site) -> None:
    assert "keep" in site.refusal({"CNAME": b"1"}, keep=["CNAME"]).message
