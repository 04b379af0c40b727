"""Why something was linked, or was not: what is told of a place."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.annotate import Clue, Decision, Evidence, Method, Reading, Reason, annotate_articles
from explainer.report import why_text
from explainer.report.near import Nearness, distance
from explainer.report.places import lines_of, underlined
from explainer.report.spots import Where
from explainer.report.why import Explanation, Place, PlaceProblem, explain_place, parse_place
from explainer.types import EntryId
from tests.sites import Site, article, entry

GLOSSARY = (
    f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
    f"-- content/glossary/mustafa-tlass.md --\n{entry('Mustafa Tlass')}\n"
    f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
    f"-- content/glossary/republican-guard.md --\n{entry('Republican Guard', 'organisation')}\n"
)


def explained(site: Site, body: str, at: str, *, text: str = "") -> Explanation:
    """What is said of the place in the article where `at` stands first."""
    whole = text or article(body)
    site.write(f"{GLOSSARY}-- content/articles/x.md --\n{whole}")
    line, column = lines_of(whole).place(whole.index(at))
    return explain_at(site, Place("x.md", line, column))


def explain_at(site: Site, place: Place) -> Explanation:
    content = site.content()
    (document,) = content.articles
    return explain_place(document, annotate_articles(content).by_path[document.path], content, place)


def printed(explanation: Explanation) -> str:
    return "".join(why_text.render(explanation))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a.md", Place("a.md")),
        ("a.md:7", Place("a.md", 7)),
        ("a.md:7:3", Place("a.md", 7, 3)),
        ("a.md:7:", Place("a.md", 7)),
        (r"C:\a.md:7:3", Place(r"C:\a.md", 7, 3)),
        ("a:b.md", Place("a:b.md")),
        ("7", Place("7")),
    ],
)
def test_places(given: str, expected: Place) -> None:
    assert parse_place(given) == expected


# ---- mentions -------------------------------------------------------------------------------------------------------


def test_a_line_has_all_its_mentions(site: Site) -> None:
    explanation = explained(site, "Munaf Tlass and\nMustafa Tlass.\n", "Mustafa")
    assert [f.decision.text for f in explanation.findings] == ["Mustafa Tlass"]
    whole = explain_at(site, Place("x.md", explanation.findings[0].line))
    assert [f.decision.text for f in whole.findings] == ["Mustafa Tlass"]
    assert [f.decision.text for f in explain_at(site, Place("x.md")).findings] == ["Munaf Tlass", "Mustafa Tlass"]


def test_a_mention_that_goes_on_in_the_next_line_is_on_both(site: Site) -> None:
    for at in ("Munaf", "Tlass"):
        (finding,) = explained(site, "Then Munaf\nTlass left.\n", at).findings
        assert finding.decision.text == "Munaf\nTlass"


def test_what_is_printed_of_an_ambiguous_mention(site: Site) -> None:
    explanation = explained(site, "Munaf Tlass and Mustafa Tlass met. Tlass left.\n", "Tlass left")
    lines = printed(explanation).splitlines()
    assert lines[0] == (
        "content/articles/x.md:7:36: “Tlass” may name munaf-tlass or mustafa-tlass, not linked (several entries fit)"
    )
    assert lines[1] == "7 | Munaf Tlass and Mustafa Tlass met. Tlass left."
    assert lines[2] == "  |                                    ^^^^^"
    labels = [line[:10].strip() for line in lines[3:] if line[:10].strip()]
    assert labels[-3:] == ["link", "readings", "settle"]
    assert lines[-2:] == [
        "  settle    in the text: [Tlass](entry:munaf-tlass)",
        "            (if munaf-tlass is meant, else with another id)",
    ]


def test_evidence_has_its_weight_with_sign(site: Site) -> None:
    explanation = explained(site, "Homs.\n", "Homs.")
    (finding,) = explanation.findings
    evidence = (Evidence(Clue.FORM, 4.0, "its name"), Evidence(Clue.TITLE, -1.25, "another title"))
    decision: Decision = finding.decision._replace(
        readings=(Reading(EntryId("homs"), Method.NAME, 0.5, evidence),), reason=Reason.WEAK
    )
    told = printed(replace(explanation, findings=(replace(finding, decision=decision),)))
    assert (
        "  readings  0.50  homs  (name)\n"
        "                   +4.0  form: its name\n"
        "                   −1.2  title: another title\n"
    ) in told


def test_policy_is_told(site: Site) -> None:
    told = printed(explained(site, "Homs. Then Homs.\n", "Homs.\n"))
    assert "“Homs” names homs, not linked (name; already linked in this section)" in told
    assert "  link      it is not linked: an earlier mention in this section is\n" in told
    assert "  overrule  in the text: [Homs](entry:homs)\n" in told


# ---- places without a mention ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "at", "where", "nearness", "line"),
    [
        ("We saw homs.\n", "homs", Where.TEXT, Nearness.CASE, "[homs](entry:homs)"),
        ("The Homsi people.\n", "Homsi", Where.TEXT, Nearness.LONGER_WORD, "aliases: [Homsi]"),
        ("Near Homms.\n", "Homms", Where.TEXT, Nearness.SPELLING, "hidden_aliases: [Homms]"),
        ("With Munfa Tlass.\n", "Munfa", Where.TEXT, Nearness.SPELLING, "hidden_aliases: [Munfa Tlass]"),
        ("He left the guard.\n", "guard", Where.TEXT, Nearness.PART, "[guard](entry:republican-guard)"),
        ("## In Homms\n", "Homms", Where.HEADING, Nearness.SPELLING, "hidden_aliases: [Homms]"),
        ("[in Homms](https://example.org/)\n", "Homms", Where.LINK, Nearness.SPELLING, "hidden_aliases: [Homms]"),
        ("> Homms\n", "Homms", Where.QUOTATION, Nearness.SPELLING, "hidden_aliases: [Homms]"),
        ("Run `Homs`.\n", "Homs", Where.CODE, Nearness.SAME, None),
        ("```\nHoms\n```\n", "Homs", Where.CODE, Nearness.SAME, None),
        ("    Homs\n", "Homs", Where.CODE, Nearness.SAME, None),
        ("![in Homs](/media/x.png)\n", "Homs", Where.IMAGE, Nearness.SAME, None),
        ("[x](/Homs/)\n", "Homs", Where.MARKUP, Nearness.SAME, None),
        ("See Beirut.\n", "Beirut", Where.TEXT, None, 'explainer new entry "Beirut" --kind KIND'),
        ("There is nothing.\n", "There", Where.TEXT, None, None),
        ("One — two.\n", "—", Where.GAP, None, None),
        ("**x**\n", "**", Where.MARKUP, None, None),
    ],
)
def test_what_stands_there(
    site: Site, body: str, at: str, *, where: Where, nearness: Nearness | None, line: str | None
) -> None:
    explanation = explained(site, body, at)
    absence = explanation.absence
    assert explanation.findings == ()
    assert absence is not None
    assert absence.where is where
    assert (absence.near[0].nearness if absence.near else None) is nearness
    assert (absence.remedy.line if absence.remedy else None) == line


def test_raw_html_and_front_matter_are_not_searched(site: Site) -> None:
    html = "-- site.yaml --\ntitle: T\nurl: https://example.org/\nmarkdown: {html: sanitised}\n"
    for body, at in (("<div>Homs</div>\n", "Homs"), ("x <b title='Homs'>y</b>\n", "Homs")):
        absence = explained(site.write(html), body, at).absence
        assert absence is not None
        assert absence.where is Where.HTML
    absence = explained(site, "", "Homs", text=article("x\n", title="Homs")).absence
    assert absence is not None
    assert absence.where is Where.FRONT_MATTER
    assert "this is front matter; mentions are looked for in text alone" in printed(explain_at(site, Place("x", 2, 8)))


def test_a_line_without_mentions_tells_its_near_names(site: Site) -> None:
    explained(site, "We went to Homms with homs and Munfa Tlas.\n\nNothing.\n", "We")
    absence = explain_at(site, Place("x.md", 7)).absence
    assert absence is not None
    assert [(n.written, n.form.entry) for n in absence.near if n.nearness is Nearness.SPELLING] == [
        ("Homms", "homs"),
        ("Munfa Tlas", "munaf-tlass"),
    ]
    empty = explain_at(site, Place("x.md", 8)).absence
    assert empty is not None
    assert empty.where is Where.NOTHING
    nothing = printed(explain_at(site, Place("x.md", 9)))
    assert "its words are no form of an entry, nor near one" in nothing


def test_a_file_without_mentions(site: Site) -> None:
    explained(site, "Nothing.\n", "Nothing")
    assert printed(explain_at(site, Place("x.md"))) == "content/articles/x.md: no mention\n"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (Place("x.md", 8), "there is no line 8; the file has 7"),
        (Place("x.md", 0), "there is no line 0"),
        (Place("x.md", 7, 10), "there is no column 10; line 7 has 9 characters"),
        (Place("x.md", 7, 0), "there is no column 0"),
    ],
)
def test_places_beyond_the_end(site: Site, place: Place, message: str) -> None:
    explained(site, "Nothing. \n", "Nothing")
    with pytest.raises(PlaceProblem, match=message):
        explain_at(site, place)


def test_every_place_of_a_file_can_be_asked(site: Site) -> None:
    """No offset is without an answer."""
    body = (
        "# A *Homs*\n\n> q [l](x) `c` ![i](y) ** \\* &amp; [[homs|h]]\n\n| a\\|b | Homs |\n|-|-|\n| x | *y* |\n\n"
        "::: context homs\nbox\n:::\n\n- li\n\n      code\n\n[r]: x\n\nnote[^1]\n\n[^1]: Foot.\n"
    )
    explained(site, body, "A")
    text = site.content().articles[0].text
    lines = lines_of(text)
    for offset, character in enumerate(text):
        if character != "\n":
            assert printed(explain_at(site, Place("x.md", *lines.place(offset))))


# ---- parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "most", "expected"),
    [
        ("homs", "homms", 1, 1),
        ("homs", "hosm", 1, 1),
        ("homs", "hom", 1, 1),
        ("homs", "hamz", 1, 0),
        ("munaf tlass", "manuf tlass", 2, 2),
        ("munaf tlass", "manuf tlas", 2, 0),
        ("homs", "homs", 1, 0),
    ],
)
def test_distance(first: str, second: str, most: int, expected: int) -> None:
    assert distance(first, second, most=most) == distance(second, first, most=most) == expected


def test_carets_stand_below_wide_and_combined_letters() -> None:
    text = "é\u0301 日本 Homs\n"
    start = text.index("Homs")
    source, carets = underlined(lines_of(text), start, start + 4)
    assert source == "1 | é\u0301 日本 Homs"
    assert carets == "  | " + " " * 7 + "^^^^"


def test_long_lines_are_cut_around_the_place() -> None:
    text = "x " * 500 + "Homs" + " y" * 500
    source, carets = underlined(lines_of(text), 1000, 1004)
    assert len(source) <= 104
    assert source[carets.index("^") :].startswith("Homs")
