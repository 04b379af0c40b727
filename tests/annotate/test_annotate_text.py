"""Passages: the text that a reader sees, and the way back to the file."""

import pytest

from explainer.annotate.text import OBJECT, Zone, project
from tests.texts import read_article


def passages_of(markdown):
    return project(read_article(markdown).body)


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("Two\nlines", "Two lines"),
        ("Two  \nlines, two\\\nlines", "Two lines, two lines"),
        ("A\u00a0b\u2009c   d\te", "A b c d e"),
        ("a&nbsp; b &thinsp;c", "a b c"),
        ("so\u00adft and in\u200bvisible and &shy;this", "soft and invisible and this"),
        ("*a* **b** ~~c~~ _d_e_ f_g_h", "a b c d_e f_g_h"),
        (r"\*a\* \q &amp; &eacute; &#x1F600; &nope;", "*a* \\q & é 😀 &nope;"),
        ("a `code` b", f"a {OBJECT} b"),
        ("a ![image](x.png) b <https://example.org/>", f"a {OBJECT} b {OBJECT}"),
        ("a <b>c</b>", "a <b>c</b>"),
        ("note[^1]\n\n[^1]: x", f"note{OBJECT}"),
        ("[a](https://example.org/) [[homs|b]] [c]{.nolink}", "a b c"),
        ("a *b\nc* d", "a b c d"),
        ("## A heading ##", "A heading"),
        ("|a \\| b|\n|-|", "a | b"),
        ("tab\tin text", "tab in text"),
    ],
)
def test_what_a_reader_sees(markdown, seen):
    assert passages_of(markdown)[0].text == seen


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "markdown",
    [
        "Before Homs after",
        "😀𝔘 Homs",
        "# A heading: Homs #",
        "> a quotation\n> with Homs",
        "> a lazy\nHoms",
        "- a list\n\n  1. with Homs",
        "*\ta tab Homs",
        "| a \\| b | c |\n|---|---|\n| x \\| y Homs | z |",
        "| Homs2 | \\| Homs |\n|---|---|",
        "Term\n: a definition of Homs",
        "Text[^1]\n\n[^1]: a note on\n    Homs",
        "&amp;&amp; \\* Homs",
        "a \\\nb  \n  Homs",
        "***a** Homs*",
        "**a*b Homs",
        "a ~~~~x~~ Homs",
        "::: context homs\nA box on Homs\n:::",
        "{.lead}\nHoms",
        "[Homs](https://example.org/)",
        "a [[homs|b]] [c]{.nolink} Homs",
        "a [ Homs](https://example.org/)",
    ],
)
def test_a_name_is_found_again_in_the_file(markdown, line_end):
    document = read_article(markdown.replace("\n", line_end))
    found = [(p, p.text.rindex("Homs")) for p in project(document.body) if "Homs" in p.text]
    assert found
    for passage, start in found:
        begin, end = passage.file_span(start, start + 4)
        assert document.text[begin:end] == "Homs"


def test_a_range_over_emphasis_and_line_ends():
    document = read_article("> Mu*naf*&nbsp;\n> Tlass")
    (passage,) = project(document.body)
    assert passage.text == "Munaf Tlass"
    begin, end = passage.file_span(0, 11)
    assert document.text[begin:end] == "Mu*naf*&nbsp;\n> Tlass"


def test_a_range_in_the_tokens():
    (passage,) = passages_of("Mu*naf* Tlass")
    start, end = passage.child_span(0, 8)
    assert (start, end) == ((0, 0), (4, 3))


def test_sections_count_headings():
    assert [(p.text, p.section) for p in passages_of("a\n\n# b\n\nc\n\n### d\n\ne")] == [
        ("a", 0),
        ("b", 1),
        ("c", 1),
        ("d", 2),
        ("e", 2),
    ]


def test_zones():
    markdown = """a

## b

> c

::: context homs
d
> e
:::

::: nothing
f
:::
"""
    assert [(p.text, p.zone) for p in passages_of(markdown)] == [
        ("a", Zone.PROSE),
        ("b", Zone.HEADING),
        ("c", Zone.QUOTATION),
        ("d", Zone.BOX),
        ("e", Zone.BOX),
        ("f", Zone.BOX),
    ]


def test_stretches():
    (passage,) = passages_of("[a](https://x.org/) [b](entry:m%C3%BC) [[c|d]] [[[e](f)]{.nolink}")
    assert [(passage.text[s.start : s.end], s.zone, s.target) for s in passage.stretches][:3] == [
        ("a", Zone.LINK, ""),
        ("b", Zone.LINK, "mü"),
        ("d", Zone.LINK, "c"),
    ]
    assert passage.zone_of(0, 1) is Zone.LINK
    assert passage.zone_of(1, 2) is Zone.PROSE


def test_any_part_of_a_link_makes_a_range_a_links():
    (passage,) = passages_of("Munaf [Tlass](https://example.org/) left")
    assert passage.zone_of(0, 11) is Zone.LINK
    assert passage.zone_of(12, 16) is Zone.PROSE
