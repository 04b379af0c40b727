"""The lines of a gold file: what suffices, and what is said of those that are wrong."""

from __future__ import annotations

import json

import pytest

from explainer.diagnostics import Diagnostic
from explainer.report.gold import Label, parse_gold
from tests.sites import Site, article, entry

SOURCE = "content/articles/x.md"
START = len(article(""))
MINIMAL = {"source": SOURCE, "start": START, "end": START + 4, "text": "Homs", "entry": "homs"}


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
        f"-- {SOURCE} --\n{article('Homs, the city of Homs.')}\n"
    )


def parse(site: Site, *lines: object) -> tuple[tuple[Label, ...], tuple[Diagnostic, ...]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return parse_gold(text, "gold.jsonl", site.content())


def test_a_minimal_line(full: Site) -> None:
    ((label,), problems) = parse(full, MINIMAL)
    assert problems == ()
    assert (label.entry, label.kind, label.need, label.parts) == ("homs", "place", "required", ())


def test_no_entry_means_that_none_is_meant(full: Site) -> None:
    ((label,), _) = parse(full, {**MINIMAL, "entry": None})
    assert (label.entry, label.kind, label.need) == (None, "", "none")


def test_empty_lines_byte_order_mark_and_any_line_end(full: Site) -> None:
    labels, problems = parse(full, "\ufeff" + json.dumps(MINIMAL) + "\r", "", "  ")
    assert (len(labels), problems) == (1, ())


def test_labels_inside_others(full: Site) -> None:
    text = "Homs, the city of Homs"
    labels, _ = parse(
        full,
        {**MINIMAL, "id": 1, "parent": 2},
        {**MINIMAL, "text": text, "end": START + len(text), "id": 2},
        {**MINIMAL, "id": 3, "parent": 1},
        {**MINIMAL, "id": 4, "parent": 5, "children": [1, 9]},
    )
    assert [[part.line for part in label.tree()] for label in labels] == [[2, 1, 3], [4]]


def test_labels_that_stand_in_each_other_do_not_vanish(full: Site) -> None:
    labels, _ = parse(full, {**MINIMAL, "id": 1, "parent": 2}, {**MINIMAL, "id": 2, "parent": 1})
    assert [[part.line for part in label.tree()] for label in labels] == [[1, 2]]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("{", "this line is not JSON", "one object a line"),
        ("[" * 100_000, "this line is not JSON", ""),
        ("[1]", "this line is no JSON object", "write {"),
        ({"source": SOURCE}, "“start” is missing", "counted from 0"),
        ({**MINIMAL, "end": True}, "“end” cannot be true", "a whole number"),
        ({**MINIMAL, "source": "content/articles/y.md"}, "there is no article", f"did you mean “{SOURCE}”?"),
        ({**MINIMAL, "cls": "named"}, '“cls” cannot be "named"', "required, optional, none"),
        ({**MINIMAL, "cls": []}, "“cls” cannot be []", "required, optional, none"),
        ({**MINIMAL, "start": START - 1}, "“Homs” is not what stands at", f"it stands at {START} to {START + 4}"),
        ({**MINIMAL, "start": 0, "end": 0, "text": ""}, "is not what stands at 0 to 0", "does not have these words"),
        ({**MINIMAL, "end": 10**9, "text": "Hama"}, "“Hama” is not", "does not have these words"),
        ({**MINIMAL, "entry": "hims"}, "there is no entry “hims”", "did you mean “homs”?"),
        ({**MINIMAL, "entry": None, "cls": "required"}, "a required label has no entry", "name the entry"),
    ],
)
def test_what_is_wrong_with_a_line(full: Site, line: object, message: str, hint: str) -> None:
    _, (problem,) = parse(full, MINIMAL, line)
    assert message in problem.message
    assert hint in problem.hint
    assert (problem.kind, problem.severity, problem.path) == ("bad-gold", "error", "gold.jsonl")
    assert problem.start == len(json.dumps(MINIMAL)) + 1


def test_all_problems_in_one_run(full: Site) -> None:
    _, problems = parse(full, "{", MINIMAL, "[]")
    assert len(problems) == 2


def test_the_nearest_place_is_named(full: Site) -> None:
    second = START + len("Homs, the city of ")
    _, (problem,) = parse(full, {**MINIMAL, "start": second + 1, "end": second + 5})
    assert problem.hint == f"it stands at {second} to {second + 4}"
