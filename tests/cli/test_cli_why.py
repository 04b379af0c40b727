"""`why`: which places are understood, and what is answered where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import call
from tests.sites import Site, article, entry

PATH = "content/articles/x.md"


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(
        f"-- {PATH} --\n{article('Munaf Tlass in Homs.')}\n"
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place', body='Munaf Tlass left Homs.')}\n"
        f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
        "-- content/pages/about.md --\n---\ntitle: About\n---\n\nHoms.\n"
    )


def test_a_mention(full: Site) -> None:
    result = call("why", f"{PATH}:7:1", site=full)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{PATH}:7:1: “Munaf Tlass” is linked to munaf-tlass (name; first in section)\n")
    assert "Homs” is" not in result.stdout


def test_a_line_and_a_whole_file(full: Site) -> None:
    for place in (f"{PATH}:7", PATH):
        told = call("why", place, site=full).stdout
        assert [line.split(": ")[0] for line in told.splitlines() if line.startswith(PATH)] == [
            f"{PATH}:7:1",
            f"{PATH}:7:16",
        ]


def test_an_entry(full: Site) -> None:
    told = call("why", "content/glossary/homs.md", site=full).stdout
    assert "“Munaf Tlass” is linked to munaf-tlass" in told
    assert "“Homs” names homs, not linked (name; on the entry's own page)" in told


def test_paths_from_here_and_from_the_site(full: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = call("why", f"{PATH}:7:1", site=full).stdout
    monkeypatch.chdir(full.root / "content/articles")
    absolute = full.root / PATH
    for place in ("x.md:7:1", f"{PATH}:7:1", f"{absolute}:7:1", "../articles/x.md:7:1"):
        assert call("why", place, site=full).stdout == expected


def test_as_json(full: Site) -> None:
    document = json.loads(call("why", f"{PATH}:7:1", "--format", "json", site=full).stdout)
    assert list(document) == ["source", "mentions", "absence"]
    (mention,) = document["mentions"]
    assert (document["source"], mention["entry"], mention["line"], mention["column"]) == (PATH, "munaf-tlass", 7, 1)
    assert mention["readings"][0]["evidence"]
    assert mention["why"].startswith("it is linked")
    assert document["absence"] is None
    document = json.loads(call("why", f"{PATH}:7:13", "--format", "json", site=full).stdout)
    assert document["mentions"] == []
    assert (document["absence"]["text"], document["absence"]["where"]) == ("in", "text")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("content/articles/y.md", "there is no file content/articles/y.md, seen from here or from the site's folder"),
        ("content/glossary/munaf-tlas.md:7", "did you mean content/glossary/munaf-tlass.md?"),
        (f"{PATH}:8", f"{PATH}: there is no line 8; the file has 7"),
        (f"{PATH}:7:21", f"{PATH}: there is no column 21; line 7 has 20 characters"),
        ("content/pages/about.md:5", "content/pages/about.md is no article or entry"),
        ("site.yaml", "site.yaml is no article or entry"),
        ("content/articles", "content/articles is a folder"),
        ("../x.md", "there is no file ../x.md"),
        ("", "name the file of an article or entry"),
        (":7", "name the file of an article or entry"),
        (f"{PATH}:{'9' * 5000}", "there is no file"),
    ],
)
def test_places_that_are_none(full: Site, place: str, message: str) -> None:
    result = call("why", place, site=full)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_file_that_cannot_be_read_is_a_diagnostic(full: Site) -> None:
    full.write_bytes(PATH, b"\xff\xfe")
    result = call("why", f"{PATH}:1", site=full)
    assert result.exit_code == 1
    assert f"{PATH}: error[not-utf8]" in result.stderr


def test_settings_that_cannot_be_read_are_told_and_not_an_article_that_is_none(full: Site) -> None:
    full.write("-- site.yaml --\ntitle: [x\n")
    result = call("why", f"{PATH}:7", site=full)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "site.yaml:1:10: error[bad-yaml]" in result.stderr
    assert "no article" not in result.stderr


def test_only_problems_of_the_file_are_told(full: Site) -> None:
    full.write(f"-- content/articles/y.md --\n{article('x', front='nothing: x' + chr(10))}\n")
    result = call("why", PATH, site=full)
    assert (result.exit_code, result.stderr) == (0, "")
    assert call("why", "content/articles/y.md", site=full).exit_code == 1


def test_a_link_to_the_site(full: Site, tmp_path: Path) -> None:
    link = tmp_path / "link"
    try:
        link.symlink_to(full.root, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert call("why", f"{link / PATH}:7:1", "--site", link).exit_code == 0
