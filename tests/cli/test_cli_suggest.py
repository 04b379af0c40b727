"""`explainer suggest`: for people, for programs, and as the beginnings of entries."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from tests.cli.runner import call
from tests.sites import Site, article, entry

X, Y = "content/articles/x.md", "content/articles/y.md"


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(
        f"-- {X} --\n{article('He met Laurent Fabius in Homs, where Fabius was reading.')}\n"
        f"-- {Y} --\n{article('He met Ada Smith, the Syrian National Council (SyNC) and Laurent Fabius.')}\n"
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
        f"-- content/glossary/homs-2.md --\n{entry('Homs', 'place')}\n"
        f"-- content/glossary/snc.md --\n{entry('Syrian National Council', 'organisation')}\n"
        f"-- content/glossary/reading.md --\n{entry('Reading', 'place')}\n"
    )


def test_for_people(full: Site) -> None:
    result = call("suggest", site=full)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "names without an entry: 2",
        "  Laurent Fabius  (person; 2 articles, 3 mentions)",
        "      written Laurent Fabius (2), Fabius (1)",
        f"      {X}:7:8  He met [[Laurent Fabius]] in Homs, where Fabius was reading.",
        "  Ada Smith  (person; 1 article, 1 mention)",
        f"      {Y}:7:8  He met [[Ada Smith]], the Syrian National Council (SyNC) and Laurent Fabius.",
        "",
        "aliases worth adding: 1",
        "  snc: SyNC  (in brackets behind the name; 1 article, 1 mention)",
        f"      {Y}:7:48  He met Ada Smith, the Syrian National Council ([[SyNC]]) and Laurent Fabius.",
        "",
        "entries that no article mentions: 3",
        "  homs",
        "  homs-2",
        "  reading",
        "",
        "names and aliases that are common words: 1",
        "  reading: Reading  (with a small letter 1, with a capital 0)",
        "",
        "forms that several entries have: 1",
        "  Homs: homs and homs-2  (1 undecided mention)",
        "",
        "“explainer suggest --format yaml” prints the beginnings of entries for these names",
    ]


def test_for_programs(full: Site) -> None:
    found = json.loads(call("suggest", "--format", "json", site=full).stdout)
    assert set(found) == {"names", "aliases", "unused", "common", "collisions"}
    (fabius, _smith) = found["names"]
    assert (fabius["name"], fabius["spellings"]) == ("Laurent Fabius", {"Laurent Fabius": 2, "Fabius": 1})
    assert fabius["file"] == "content/glossary/laurent-fabius.md"
    assert fabius["stub"].startswith('---\nname: "Laurent Fabius"\nkind: person\n')
    assert found["aliases"][0]["item"] == "SyNC"
    assert found["collisions"] == [{"text": "Homs", "entries": ["homs", "homs-2"], "undecided": 1}]


def test_the_beginnings_of_entries(full: Site) -> None:
    """Each can be cut out and saved; together they are YAML as well."""
    output = call("suggest", "--format", "yaml", site=full).stdout
    assert re.findall(r"^# (.+)$", output, re.MULTILINE) == [
        "content/glossary/laurent-fabius.md",
        "content/glossary/ada-smith.md",
    ]
    documents = [d for d in yaml.safe_load_all(output) if d]
    assert [d["name"] for d in documents] == ["Laurent Fabius", "Ada Smith"]


@pytest.mark.parametrize("form", ["text", "json", "yaml"])
def test_how_many(full: Site, form: str) -> None:
    output = call("suggest", "--format", form, "--limit", "1", site=full).stdout
    assert "Laurent Fabius" in output
    assert 'name: "Ada Smith"' not in output
    assert "homs-2" not in output or form != "text" or "… and 2 more" in output
    assert call("suggest", "--limit", "0", site=full).exit_code == 2


def test_nothing_to_suggest(site: Site) -> None:
    assert call("suggest", site=site).stdout == "no suggestions\n"


def test_problems_are_told(full: Site) -> None:
    full.write("-- content/articles/z.md --\nno front matter\n")
    result = call("suggest", site=full)
    assert result.exit_code == 1
    assert "no-front-matter" in result.stderr
    assert "Laurent Fabius" in result.stdout


def test_a_model_that_is_not_installed(full: Site) -> None:
    full.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\nnlp: {model: no_such_model}\n")
    result = call("suggest", site=full)
    assert result.exit_code == 0
    assert "warning[no-model]" in result.stderr
    assert "Laurent Fabius" in result.stdout


def test_broken_settings(full: Site) -> None:
    full.write("-- site.yaml --\ntitle: [\n")
    result = call("suggest", site=full)
    assert (result.exit_code, result.stdout) == (1, "")
