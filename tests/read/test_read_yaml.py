"""YAML: everything stays what was typed, and has its place."""

import pytest

from explainer.diagnostics import line_and_column
from explainer.read.yaml import KEY, MAX_DEPTH, parse_yaml


def problems_of(text):
    """`line:column kind what stands there` of every problem."""
    shown = []
    for problem in parse_yaml(text, "site.yaml").problems:
        line, column = line_and_column(text, problem.start)
        shown.append(f"{line}:{column} {problem.kind} {text[problem.start : problem.end]}")
    return shown


@pytest.mark.parametrize(
    "typed", ["no", "on", "Yes", "12:30", "1.10", "0x1F", "1_000", "2012-07-06", "1e3", ".inf", "="]
)
def test_values_stay_the_strings_that_were_typed(typed):
    assert parse_yaml(f"a: {typed}\n", "site.yaml").data == {"a": typed}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# a remark\n", None),
        ("a:\nb: ~\nc: null\nd: 'null'\ne: ''\n", {"a": None, "b": None, "c": None, "d": "null", "e": ""}),
        ("a: [1, {b: c}]\n", {"a": ["1", {"b": "c"}]}),
        ("a: |\n  one\n  two\nb: >\n  three\n  four\n", {"a": "one\ntwo\n", "b": "three four\n"}),
        ('a: "\\u00e9\\n"\n', {"a": "é\n"}),
        ("'a b': c\n1: d\n", {"a b": "c", "1": "d"}),
        ("<<: {a: b}\n", {"<<": {"a": "b"}}),
        ("- a\n- b\n", ["a", "b"]),
        ("a: é𝔘😀\r\nb: c\r\n", {"a": "é𝔘😀", "b": "c"}),
        ("---\na: b\n...\n", {"a": "b"}),
    ],
)
def test_what_a_text_says(text, data):
    document = parse_yaml(text, "site.yaml")
    assert document.data == data
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key a"]),
        ("a: {b: 1, b: 2}\n", ["1:11 duplicate-key b"]),
        ("a: 1\na: 2\na: 3\nb: [\n", ["2:1 duplicate-key a", "3:1 duplicate-key a", "4:5 bad-yaml \n"]),
        ("a: &x 1\nb: *x\n", ["2:4 bad-yaml *x"]),
        ("a: &x [*x]\n", ["1:8 bad-yaml *x"]),
        ("a: !!int 3\n", ["1:4 bad-yaml !!int 3"]),
        ("a: !!python/object/apply:os.system [x]\n", ["1:4 bad-yaml !!python/object/apply:os.system ["]),
        ("a: 1\n---\nb: 2\n", ["2:1 bad-yaml ---"]),
        ("a: 1\n...\nb: 2\n", ["3:1 bad-yaml b"]),
        ("? [a]\n: b\n", ["1:3 bad-yaml ["]),
        ("a: b: c\n", ["1:5 bad-yaml :"]),
        ("a: [1\n", ["1:6 bad-yaml \n"]),
        ("é𝔘: 😀😀\nb: @c\n", ["2:4 bad-yaml @"]),
        ("a: 1\n\tb: 2\n", ["2:1 bad-yaml \t"]),
        ("a: \x01\n", ["1:4 bad-yaml \x01"]),
        ("a: " + "[" * MAX_DEPTH, [f"1:{3 + MAX_DEPTH} bad-yaml ["]),
    ],
)
def test_what_is_refused(text, problems):
    assert problems_of(text) == problems


def test_depth_up_to_the_limit_is_read():
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse_yaml(text, "site.yaml").problems == ()


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "&a " * 1000, "? " * 50_000])
def test_no_nesting_is_too_deep_to_refuse(text):
    assert [p.kind for p in parse_yaml(text, "site.yaml").problems] == ["bad-yaml"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_key_and_value_has_its_place(line_end):
    text = "é: 𝔘𝔘\nfacts:\n- label: 😀 a\n  value: [x, 'y z']\nlast: end\n".replace("\n", line_end)
    positions = {where: text[slice(*span)] for where, span in parse_yaml(text, "x.md").positions.items()}
    assert positions["é", KEY] == "é"
    assert positions["é",] == "𝔘𝔘"
    assert positions["facts", 0, "label"] == "😀 a"
    assert positions["facts", 0, "value", 1] == "'y z'"
    assert positions["facts", 0, "value"] == "[x, 'y z']"
    assert positions["last",] == "end"


def test_places_are_in_the_file():
    file = "---\na: b\n"
    assert file[slice(*parse_yaml("a: b\n", "x.md", offset=4).positions["a",])] == "b"
