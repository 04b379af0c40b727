"""`explainer evaluate`: the site measured against labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import call
from tests.sites import Site, article, entry

X = "content/articles/x.md"
TEXT = article("Munaf Tlass left Homs.\n\nFrom Hama, the\n*city* of Homs, came nobody.\n")


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(
        f"-- {X} --\n{TEXT}\n"
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
        f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
    )


def gold(site: Site, *labels: tuple[str, int, str | None]) -> Path:
    """A file of labels: the words, which of them in the file, the entry."""
    path = site.root.parent / "gold.jsonl"
    lines = []
    for words, number, identifier in labels:
        start = -1
        for _ in range(number):
            start = TEXT.index(words, start + 1)
        label = {"source": X, "start": start, "end": start + len(words), "text": words, "entry": identifier}
        lines.append(json.dumps(label) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_for_people(full: Site) -> None:
    labels = gold(full, ("Munaf Tlass", 1, "munaf-tlass"), ("Homs", 1, None), ("city", 1, "homs"))
    result = call("evaluate", labels, site=full)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 article; right, wrong and missed are mentions",
        "",
        "              precision  recall     F1   right  wrong  missed",
        "person           100.0%  100.0% 100.0%       1      0       0",
        "place              0.0%    0.0%   0.0%       0      2       1",
        "all               33.3%   50.0%  40.0%       1      2       1",
        "",
        "wrong, labelled as no entry of the glossary: 1",
        f"  {X}:7:18  Homs: homs was found",
        "      Munaf Tlass left [[Homs]].",
        "",
        "wrong, nothing is labelled here: 1",
        f"  {X}:10:11  Homs: homs was found",
        "      From Hama, the *city* of [[Homs]], came nobody.",
        "",
        "missed, not found: 1",
        f"  {X}:10:2  city: homs is meant",
        "      From Hama, the *[[city]]* of Homs, came nobody.",
    ]


def test_for_programs(full: Site) -> None:
    labels = gold(full, ("Munaf Tlass", 1, "munaf-tlass"), ("Homs", 1, "munaf-tlass"), ("Homs", 2, "homs"))
    found = json.loads(call("evaluate", labels, "--format", "json", site=full).stdout)
    assert found["overall"] == {
        "precision": 0.6667,
        "recall": 0.6667,
        "f1": 0.6667,
        "right": 2,
        "wrong": 1,
        "missed": 1,
    }
    assert set(found["kinds"]) == {"person", "place"}
    (error,) = found["errors"]
    assert error == {
        "source": X,
        "start": TEXT.index("Homs"),
        "end": TEXT.index("Homs") + 4,
        "line": 7,
        "column": 18,
        "text": "Homs",
        "outcome": "wrong",
        "fault": "another entry is meant",
        "expected": "munaf-tlass",
        "got": "homs",
        "kind": "place",
        "sentence": "Munaf Tlass left [[Homs]].",
    }


def test_what_is_judged(full: Site) -> None:
    """Only links with `--linked-only`: the second Homs of the section is none. Only what lies between labels with …"""
    labels = gold(full, ("Munaf Tlass", 1, "munaf-tlass"), ("Homs", 1, "homs"))

    def counts(*options: str) -> tuple[int, int, int]:
        found = json.loads(call("evaluate", labels, "--format", "json", *options, site=full).stdout)["overall"]
        return found["right"], found["wrong"], found["missed"]

    assert counts() == (2, 1, 0)
    assert counts("--linked-only") == (2, 0, 0)
    assert counts("--labelled-part") == (2, 0, 0)


@pytest.mark.parametrize(("options", "told"), [((), 2), (("--errors", "1"), 1), (("--errors", "0"), 0)])
def test_how_many_errors(full: Site, options: tuple[str, ...], told: int) -> None:
    labels = gold(full, ("Munaf Tlass", 1, "munaf-tlass"))
    output = call("evaluate", labels, *options, site=full).stdout
    assert output.count("homs was found") == told
    assert ("… and 1 more" in output) == (told == 1)
    assert "wrong, nothing is labelled here: 2" in output


def test_bad_labels_are_told_together_and_nothing_is_measured(full: Site) -> None:
    labels = gold(full, ("Homs", 1, "hims"), ("Hama", 1, "hama"))
    result = call("evaluate", labels, site=full)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("error[bad-gold]") == 2
    assert f"{labels.as_posix()}:1:1: error[bad-gold]: there is no entry “hims”" in result.stderr
    assert "did you mean “homs”?" in result.stderr


def test_labels_that_are_no_text(full: Site) -> None:
    path = full.root / "gold.jsonl"
    path.write_bytes(b"\xff")
    result = call("evaluate", path, site=full)
    assert result.exit_code == 1
    assert "error[not-utf8]" in result.stderr


def test_a_site_with_errors_is_not_measured(full: Site) -> None:
    full.write("-- content/articles/y.md --\nno front matter\n")
    result = call("evaluate", gold(full), site=full)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no-front-matter" in result.stderr


def test_no_such_file(full: Site) -> None:
    assert call("evaluate", "nowhere.jsonl", site=full).exit_code == 2
