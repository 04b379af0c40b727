"""`links --format jsonl`: the contract of what was decided on every mention."""

from __future__ import annotations

import json
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
    "Munaf Tlass and Mustafa Tlass in Homs.\n\n## Homs\n\nTlass left 𝔸𝔹 Homs 🙂 *Munaf*\nTlass, Homs's.\n\n## Last\n\nThe [general](entry:munaf-tlass).\n"
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
    assert lines[5] == "  11:1  Tlass  ? munaf-tlass or mustafa-tlass  (none; several entries fit)"
    assert lines[7] == "  11:23  Munaf* Tlass  → munaf-tlass  (name; first in section)"
    assert lines[-1].startswith("  6 linked, ")


def test_dossier_keeps_the_contract(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.whole.dossier import copy_dossier

    root = copy_dossier(tmp_path_factory.mktemp("links") / "site")
    found = records(Site(root))
    assert len(found) > 400
    check_contract(Site(root), found)
