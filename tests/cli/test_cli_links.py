"""`links`: the contract of what was decided on every mention, and where the reports go."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from explainer.annotate import Method, Reason
from tests.cli.runner import call
from tests.sites import Site, article, entry

KEYS = ["source", "start", "end", "text", "entry", "kind", "linked", "method", "reason", "score", "line", "column"]

ENTRIES = (
    f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
    f"-- content/glossary/mustafa-tlass.md --\n{entry('Mustafa Tlass')}\n"
    f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
)
TEXT = article(
    "Munaf Tlass and Mustafa Tlass in Homs.\n\n## Homs\n\nTlass left 𝕒𝕓 Homs 🙂 *Munaf*\nTlass, Homs's.\n\n## Last\n\nThe [general](entry:munaf-tlass).\n"
)


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(f"{ENTRIES}-- content/articles/x.md --\n{TEXT}")


def records(site: Site) -> list[dict[str, Any]]:
    result = call("links", "--format", "jsonl", site=site)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def check_contract(site: Site, found: list[dict[str, Any]]) -> None:
    """What holds for every line of every site."""
    entries = site.content().entries
    for record in found:
        text = (site.root / record["source"]).read_bytes().decode()
        decided = record["entry"] is not None
        assert list(record) == (KEYS if decided else [*KEYS, "candidates"])
        assert text[record["start"] : record["end"]] == record["text"] != ""
        assert record["method"] in set(Method)
        assert record["reason"] in set(Reason)
        assert isinstance(record["score"], float)
        assert 0 <= record["score"] <= 1
        before = text[: record["start"]]
        assert record["line"] == before.count("\n") + 1
        assert record["column"] == record["start"] - (before.rfind("\n") + 1) + 1
        assert record["kind"] == (str(entries[record["entry"]].meta.kind) if decided else None)
        assert set(record.get("candidates", ())) <= set(entries)
        assert not record["linked"] or decided
    places = [(r["source"], r["start"], r["end"]) for r in found]
    assert places == sorted(places)


def test_every_mention_has_a_line(full: Site) -> None:
    found = records(full)
    check_contract(full, found)
    assert [(r["text"], r["entry"], r["linked"], r["reason"]) for r in found] == [
        ("Munaf Tlass", "munaf-tlass", True, "first in section"),
        ("Mustafa Tlass", "mustafa-tlass", True, "first in section"),
        ("Homs", "homs", True, "first in section"),
        ("Homs", "homs", False, "in a heading"),
        ("Tlass", None, False, "several entries fit"),
        ("Homs", "homs", True, "first in section"),
        ("Munaf*\nTlass", "munaf-tlass", True, "first in section"),
        ("Homs", "homs", False, "already linked in this section"),
        ("general", "munaf-tlass", True, "written by the author"),
    ]
    assert sorted(found[4]["candidates"]) == ["munaf-tlass", "mustafa-tlass"]


def test_a_line_is_compact_json_in_utf_8(full: Site) -> None:
    full.write(
        f"-- content/glossary/حمص.md --\n{entry('حمص', 'place')}\n-- content/articles/x.md --\n{article('في حمص.')}\n"
    )
    (line,) = call("links", "--format", "jsonl", site=full).stdout.splitlines()
    assert '"text": "حمص", "entry": "حمص"' in line


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_offsets_are_those_of_the_file(full: Site, begin: bytes, end: bytes) -> None:
    full.write_bytes("content/articles/x.md", begin + TEXT.encode().replace(b"\n", end))
    found = records(full)
    assert len(found) == 9
    check_contract(full, found)


def test_articles_in_the_order_of_their_paths(full: Site) -> None:
    full.write(f"-- content/articles/a/z.md --\n{article('Homs.', date='2020-01-01')}\n")
    full.write(f"-- content/articles/b.md --\n{article('Homs.', front='draft: true' + chr(10))}\n")
    full.write(f"-- content/articles/c.md --\n{article('Homs.', date='2999-01-01')}\n")
    sources = list(dict.fromkeys(r["source"] for r in records(full)))
    assert sources == [f"content/articles/{name}.md" for name in ("a/z", "b", "c", "x")]


def test_front_matter_that_looks_like_the_text_does_not_confuse(full: Site) -> None:
    full.write(
        f"-- content/articles/x.md --\n{article('In Homs, Homs.', title='Homs', front='tags: [Homs]' + chr(10))}\n"
    )
    found = records(full)
    check_contract(full, found)
    assert {r["line"] for r in found} == {8}


def test_problems_do_not_mix_with_the_lines(full: Site) -> None:
    full.write(f"-- content/articles/y.md --\n{article('Homs.', front='nothing: x' + chr(10))}\n")
    result = call("links", "--format", "jsonl", site=full)
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert all(json.loads(line) for line in result.stdout.splitlines())


def test_for_people(full: Site) -> None:
    result = call("links", site=full)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "content/articles/x.md"
    assert lines[1] == "  7:1  Munaf Tlass  → munaf-tlass  (name; first in section)"
    assert lines[5:8] == [
        "  11:1  Tlass  ? munaf-tlass or mustafa-tlass  (none; several entries fit)",
        "      “Tlass left 𝕒𝕓 Homs 🙂 Munaf Tlass, Homs's.”",
        "      in the text: [Tlass](entry:munaf-tlass)  (if munaf-tlass is meant, else with another id)",
    ]
    assert lines[9] == "  11:23  Munaf* Tlass  → munaf-tlass  (name; first in section)"
    assert lines[-1].startswith("  6 linked, ")


def test_an_article_without_mentions(full: Site) -> None:
    full.write(f"-- content/articles/x.md --\n{article('Nothing.')}\n")
    assert call("links", site=full).stdout == "content/articles/x.md\n  no mention\n"


# ---- which mentions, and where to -----------------------------------------------------------------------------------


def test_only_some_groups(full: Site) -> None:
    full.write(f"-- content/articles/y.md --\n{article('Homs.')}\n")
    result = call("links", "--only", "ambiguous", "--only", "suppressed", "--format", "jsonl", site=full)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["text"], r["linked"]) for r in found] == [("Homs", False), ("Tlass", False), ("Homs", False)]
    assert "content/articles/y.md" not in call("links", "--only", "ambiguous", site=full).stdout


def test_nothing_in_these_groups_is_said(full: Site) -> None:
    full.write(f"-- content/articles/x.md --\n{article('Homs')}\n")
    result = call("links", "--only", "weak", "--only", "ambiguous", site=full)
    assert (result.exit_code, result.stdout) == (0, "no mention is ambiguous or weak\n")


def test_only_some_articles(full: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    full.write(f"-- content/articles/y.md --\n{article('Homs.')}\n-- content/articles/z.md --\n{article('Homs.')}\n")
    monkeypatch.chdir(full.root / "content")
    told = call("links", "articles/z.md", "content/articles/y.md", site=full).stdout
    assert [line for line in told.splitlines() if line.endswith(".md")] == [
        "content/articles/y.md",
        "content/articles/z.md",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("content/articles/xx.md", "did you mean content/articles/x.md?"),
        ("content/glossary/homs.md", "content/glossary/homs.md is no article"),
        ("content/articles", "content/articles is a folder; name the file of an article"),
    ],
)
def test_what_is_no_article(full: Site, given: str, message: str) -> None:
    result = call("links", given, site=full)
    assert result.exit_code == 2
    assert message in result.stderr


def test_html_is_written_beside_the_site(full: Site) -> None:
    result = call("links", "--format", "html", site=full)
    target = full.root / ".explainer/links.html"
    assert result.stdout == f"{target}\n"
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (full.root / ".explainer/.gitignore").read_text() == "*\n"
    assert call("build", site=full).exit_code == 0


@pytest.mark.parametrize("form", ["text", "html", "json", "jsonl", "csv", "sarif"])
def test_every_format_goes_to_a_file_or_to_standard_output(full: Site, form: str, tmp_path: Path) -> None:
    printed = call("links", "--format", form, "--output", "-", site=full).stdout_bytes
    target = tmp_path / "report"
    result = call("links", "--format", form, "--output", target, site=full)
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert target.read_bytes() == printed
    assert "mustafa-tlass" in printed.decode()


def test_the_built_site_is_no_place_for_a_report(full: Site) -> None:
    for target in (full.root / "output/links.html", full.root / "output/a/links.html"):
        result = call("links", "--format", "html", "--output", target, site=full)
        assert result.exit_code == 2
        assert "lies in the built site" in result.stderr
    assert not (full.root / "output").exists()


def test_errors_of_an_article_that_was_named_are_told(full: Site) -> None:
    full.write("-- content/articles/broken.md --\n---\ntitle: [x\n---\nHoms\n")
    result = call("links", "content/articles/broken.md", site=full)
    assert result.exit_code == 1
    assert "error[bad-yaml]" in result.stderr


@pytest.mark.parametrize("command", [("links",), ("why", "content/articles/x.md"), ("review", "--list"), ("suggest",)])
def test_an_article_commands_no_terminal(full: Site, command: tuple[str, ...]) -> None:
    body = "Munaf Tlass, \x1b[2J Mustafa Tlass. So said Tlass,\x07 \x9b2J of Mr John Smith."
    full.write(f"-- content/articles/x.md --\n{article(body)}\n")
    result = call(*command, site=full)
    assert not [c for c in result.output if c != "\n" and unicodedata.category(c) == "Cc"]
    if command[0] == "why":
        assert "␛[2J" in result.output


@pytest.mark.parametrize("target", ["content/articles/x.md", "content/new.html", "templates/base.html", "site.yaml"])
def test_a_report_overwrites_nothing_that_authors_write(full: Site, target: str) -> None:
    before = sorted(p.read_bytes() for p in full.root.rglob("*") if p.is_file())
    result = call("links", "--output", full.root / target, site=full)
    assert result.exit_code == 2
    assert "lies in what authors write" in result.stderr
    assert sorted(p.read_bytes() for p in full.root.rglob("*") if p.is_file()) == before


def test_a_place_that_cannot_be_written_to(full: Site, tmp_path: Path) -> None:
    result = call("links", "--output", tmp_path / "nowhere/links.txt", site=full)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_dossier_keeps_the_contract(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.whole.dossier import copy_dossier

    root = copy_dossier(tmp_path_factory.mktemp("links") / "site")
    found = records(Site(root))
    assert len(found) > 400
    check_contract(Site(root), found)
