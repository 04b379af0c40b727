"""The report on every mention: groups, the line that would settle each, and its formats."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import html5lib
import pytest

from explainer.annotate import Reason, annotate_articles
from explainer.report import links_csv, links_html, links_json, links_jsonl, links_sarif
from explainer.report.explanations import EXPLANATIONS
from explainer.report.links import Finding, Group, LinksReport, report_links
from explainer.report.sentences import REACH, quote_around
from tests.sites import Site, article, entry

TLASS = (
    f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
    f"-- content/glossary/mustafa-tlass.md --\n{entry('Mustafa Tlass')}\n"
)
HOMS = f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
BOTH = "Munaf Tlass and Mustafa Tlass met. "


def report_on(site: Site, body: str, *, front: str = "", more: str = "", only: tuple[Group, ...] = ()) -> LinksReport:
    site.write(f"{TLASS}{HOMS}{more}-- content/articles/x.md --\n{article(body, front=front)}\n")
    content = site.content()
    return report_links(content, annotate_articles(content), only=only)


def finding_of(report: LinksReport, text: str, *, number: int = -1) -> Finding:
    """The last finding of a text, or that of the given number."""
    return [f for f in report.findings if f.decision.text == text][number]


# ---- groups ---------------------------------------------------------------------------------------------------------


def test_groups(site: Site) -> None:
    report = report_on(site, f"{BOTH}Tlass left Homs, and Homs stayed. See [x](entry:nobody).\n")
    found = [(f.decision.text, f.group) for f in report.findings]
    assert found == [
        ("Munaf Tlass", Group.LINKED),
        ("Mustafa Tlass", Group.LINKED),
        ("Tlass", Group.AMBIGUOUS),
        ("Homs", Group.LINKED),
        ("Homs", Group.SUPPRESSED),
        ("x", Group.UNRESOLVED),
    ]
    assert [f.is_open for f in report.findings] == [False, False, True, False, False, True]


def test_only_some_groups(site: Site) -> None:
    site.write(f"-- content/articles/z.md --\n{article('Homs.')}\n")
    report = report_on(site, f"{BOTH}Tlass left Homs.\n", only=(Group.AMBIGUOUS,))
    assert [f.decision.text for f in report.findings] == ["Tlass"]
    assert [a.source for a in report.articles] == ["content/articles/x.md"]


def test_every_reason_is_explained() -> None:
    assert EXPLANATIONS.keys() == set(Reason)


# ---- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Here is Homs today! Two.", ("Here is ", "Homs", " today!")),
        ("Homs", ("", "Homs", "")),
        ("He met Gen. Ali in Homs. Then", ("He met Gen. Ali in ", "Homs", ".")),
        ("“Go.” Homs fell.” So", ("", "Homs", " fell.”")),
        ("أولا. في Homs؟ ثم", ("في ", "Homs", "؟")),
        ("In \ufffc and Homs.", ("In … and ", "Homs", ".")),
    ],
)
def test_the_sentence_around(text: str, expected: tuple[str, str, str]) -> None:
    start = text.index("Homs")
    assert quote_around(text, start, start + 4) == expected


def test_a_long_sentence_is_cut_at_spaces() -> None:
    text = f"{'before ' * 99}Homs{' after' * 99}"
    start = text.index("Homs")
    before, mention, after = quote_around(text, start, start + 4)
    assert before.startswith("… before before")
    assert after.endswith("after after …")
    assert mention == "Homs"
    assert max(len(before), len(after)) <= REACH + 2


# ---- the line that would settle it ----------------------------------------------------------------------------------


def settled(report: LinksReport, text: str, *, number: int = -1) -> tuple[str, str]:
    remedy = finding_of(report, text, number=number).remedy
    assert remedy is not None
    return remedy.where(report.articles[0].source), remedy.line


def test_an_ambiguous_name_is_named_in_the_text(site: Site) -> None:
    report = report_on(site, f"{BOTH}Tlass left.\n")
    assert settled(report, "Tlass") == ("in the text", "[Tlass](entry:munaf-tlass)")


def test_a_name_that_is_ambiguous_twice_is_named_once_above(site: Site) -> None:
    report = report_on(site, f"{BOTH}Tlass left. Tlass left.\n")
    assert settled(report, "Tlass") == ("in the front matter", "linking: {resolve: {Tlass: munaf-tlass}}")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("linking: {links: all}\n", ("under “linking:” in the front matter", "resolve: {Tlass: munaf-tlass}")),
        (
            "linking:\n  resolve: {X: homs}\n",
            ("under “linking: resolve:” in the front matter", "Tlass: munaf-tlass"),
        ),
    ],
)
def test_keys_that_are_there_are_not_repeated(site: Site, front: str, expected: tuple[str, str]) -> None:
    assert settled(report_on(site, f"{BOTH}Tlass left. Tlass left.\n", front=front), "Tlass") == expected


def test_what_stands_in_a_link_is_named_above(site: Site) -> None:
    report = report_on(site, f"{BOTH}The [Tlass family](https://example.org/).\n")
    assert settled(report, "Tlass") == ("in the front matter", "linking: {resolve: {Tlass: munaf-tlass}}")


@pytest.mark.parametrize(
    ("body", "text", "expected"),
    [
        (
            "Munaf Tlass. Munaf *Tlass*.\n",
            "Munaf *Tlass",
            ("[Munaf Tlass](entry:munaf-tlass)", "the name with its markup"),
        ),
        ("[by Homs Street](https://example.org/)\n", "Homs", ("[Homs](entry:homs)", "the link around it")),
    ],
)
def test_a_link_that_resolve_would_not_make_is_written_anew(
    site: Site, body: str, text: str, expected: tuple[str, str]
) -> None:
    """`resolve` says which entry is meant; whether that becomes a link is another matter."""
    site.write(f"-- content/glossary/homs-street.md --\n{entry('Homs Street', 'place')}\n")
    remedy = finding_of(report_on(site, body), text).remedy
    assert remedy is not None
    line, what = expected
    assert (remedy.line, remedy.place, remedy.edit) == (line, "in the text", None)
    assert f"in place of {what}, if " in remedy.condition


def test_an_unknown_id_is_corrected_or_written(site: Site) -> None:
    report = report_on(site, "The [city](entry:hom) and [x](entry:somebody-else).\n")
    assert settled(report, "city") == ("in the text", "[city](entry:homs)")
    assert settled(report, "x") == ("on the command line", 'explainer new entry "somebody-else" --kind KIND')


def test_a_link_is_taken_away_for_once_or_for_the_article(site: Site) -> None:
    assert settled(report_on(site, "Homs.\n"), "Homs") == ("in the text", "[Homs]{.nolink}")
    report = report_on(site, "Homs, Homs.\n")
    assert settled(report, "Homs", number=0) == ("in the front matter", "linking: {never: [homs]}")
    assert settled(report, "Homs") == ("in the text", "[Homs](entry:homs)")


@pytest.mark.parametrize(
    ("body", "front", "expected"),
    [
        ("> Homs\n", "linking: {quotations: false}\n", ("under “linking: quotations:” in the front matter", "true")),
        ("[in Homs](https://example.org/)\n", "", ("in the text", "[Homs](entry:homs)")),
        ("[Homs]{.nolink}\n", "", ("in the text", "Homs")),
        ("## Homs\n", "", ("in the text", "[Homs](entry:homs)")),
        ("Homs\n", "linking: {never: [homs]}\n", ("in the text", "[Homs](entry:homs)")),
        ("[Homs](entry:homs)\n", "", ("in the text", "Homs")),
    ],
)
def test_the_line_fits_the_reason(site: Site, body: str, front: str, expected: tuple[str, str]) -> None:
    assert settled(report_on(site, body, front=front), "Homs") == expected


CASES = [
    ("Tlass left.", "Munaf Tlass and Mustafa Tlass met. Tlass left.\n", ""),
    ("Tlass left. Tlass left.", "Munaf Tlass and Mustafa Tlass met. Tlass left. Tlass left.\n", ""),
    ("heading", "Munaf Tlass and Mustafa Tlass met.\n\n## Tlass\n", ""),
    ("linking there", "Munaf Tlass and Mustafa Tlass met. Tlass. Tlass.\n", "linking: {links: all}\n"),
]


@pytest.mark.parametrize(("body", "front"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_line_does_settle(site: Site, body: str, front: str) -> None:
    """Written where the report says, it leaves no ambiguous mention of that form."""
    finding = next(f for f in report_on(site, body, front=front).findings if f.group is Group.AMBIGUOUS)
    remedy = finding.remedy
    assert remedy is not None
    text = site.content().articles[0].text
    if remedy.edit is not None:
        start, end = remedy.edit
        text = text[:start] + remedy.line + text[end:]
    elif remedy.place == "in the front matter":
        text = text.replace("---\n\n", f"{remedy.line}\n---\n\n", 1)
    else:
        text = text.replace("linking: {", f"linking: {{{remedy.line}, ", 1)
    site.write(f"-- content/articles/x.md --\n{text}")
    assert site.problems() == []
    content = site.content()
    assert all(f.group is not Group.AMBIGUOUS for f in report_links(content, annotate_articles(content)).findings)


@pytest.mark.parametrize("name", ["St. John's", "No", "C: D", "#1", "حمص", "Ada-Marie O’Neil"])
def test_names_are_written_so_that_yaml_reads_them(name: str) -> None:
    from explainer.read.yaml import parse_yaml
    from explainer.report.remedies import yaml_text
    from explainer.types import SourcePath

    document = parse_yaml(f"linking: {{resolve: {{{yaml_text(name)}: homs}}}}\n", SourcePath("x"))
    assert document.data == {"linking": {"resolve": {name: "homs"}}}


# ---- JSON -----------------------------------------------------------------------------------------------------------


def test_json_has_readings_evidence_and_totals(site: Site) -> None:
    document = json.loads("".join(links_json.render(report_on(site, f"{BOTH}Tlass left Homs.\n"))))
    assert list(document) == ["site", "articles", "totals"]
    assert document["totals"]["mentions"] == 4
    assert document["totals"]["groups"] == {
        "ambiguous": 1,
        "weak": 0,
        "unresolved": 0,
        "suppressed": 0,
        "linked": 3,
    }
    (told,) = document["articles"]
    assert told["totals"] == document["totals"]
    tlass = told["decisions"][2]
    assert tlass["sentence"] == ["", "Tlass", " left Homs."]
    assert sorted(r["entry"] for r in tlass["readings"]) == ["munaf-tlass", "mustafa-tlass"]
    assert tlass["remedy"]["line"] == f"[Tlass](entry:{tlass['candidates'][0]})"
    evidence = [e for d in told["decisions"] for r in d["readings"] for e in r["evidence"]]
    assert evidence
    assert {frozenset(e) for e in evidence} == {frozenset({"clue", "weight", "words"})}


def test_json_lines_are_the_beginning_of_each_decision(site: Site) -> None:
    report = report_on(site, f"{BOTH}Tlass left Homs.\n")
    lines = [json.loads(line) for line in links_jsonl.render(report)]
    (told,) = json.loads("".join(links_json.render(report)))["articles"]
    for line, decision in zip(lines, told["decisions"], strict=True):
        assert list(line.items()) == list(decision.items())[: len(line)]


# ---- CSV ------------------------------------------------------------------------------------------------------------


def rows_of(report: LinksReport) -> list[dict[str, str]]:
    text = "".join(links_csv.render(report))
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))


def test_csv_has_a_row_for_every_mention(site: Site) -> None:
    report = report_on(site, f'{BOTH}Tlass, "the general", left Homs.\n')
    rows = rows_of(report)
    assert list(rows[0]) == list(links_csv.COLUMNS)
    assert [(r["text"], r["group"], r["linked"]) for r in rows] == [
        ("Munaf Tlass", "linked", "yes"),
        ("Mustafa Tlass", "linked", "yes"),
        ("Tlass", "ambiguous", "no"),
        ("Homs", "linked", "yes"),
    ]
    assert rows[2]["sentence"] == 'Tlass, "the general", left Homs.'
    assert set(rows[2]["candidates"].split()) == {"munaf-tlass", "mustafa-tlass"}
    assert rows[2]["settle"].startswith("[Tlass](entry:")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-2", "@SUM(A1)"])
def test_csv_holds_no_formula(site: Site, name: str) -> None:
    """An author's link may have any text."""
    (row,) = rows_of(report_on(site, f"[{name}](entry:homs)\n"))
    assert (row["text"], row["settle"]) == (f"'{name}", f"'{name}")
    assert row["score"] == "1.0"


def test_csv_keeps_line_breaks_inside_their_cell(site: Site) -> None:
    (row,) = rows_of(report_on(site, "Munaf\nTlass.\n"))
    assert row["text"] == "Munaf\nTlass"


# ---- SARIF ----------------------------------------------------------------------------------------------------------


def sarif_of(report: LinksReport) -> dict[str, Any]:
    document = json.loads("".join(links_sarif.render(report)))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    return run


def test_sarif_has_what_viewers_need(site: Site) -> None:
    run = sarif_of(report_on(site, f"{BOTH}Tlass left Homs, Homs.\n"))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "explainer"
    rules = run["tool"]["driver"]["rules"]
    assert len({r["id"] for r in rules}) == len(rules)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", r["id"]) and r["shortDescription"]["text"] for r in rules)
    (result,) = run["results"]
    assert (result["ruleId"], result["level"], result["kind"]) == ("ambiguous-mention", "warning", "fail")
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[result["ruleIndex"]]["defaultConfiguration"] == {"level": "warning"}
    assert "\\[Tlass\\](entry:" in result["message"]["text"]
    (fingerprint,) = result["partialFingerprints"].values()
    assert re.fullmatch("[0-9a-f]{32}", fingerprint)


def test_sarif_rule_of_each_reason(site: Site) -> None:
    run = sarif_of(report_on(site, f"{BOTH}Tlass left. [x](entry:somebody-else)\n"))
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("ambiguous-mention", "warning"),
        ("unknown-entry", "error"),
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_sarif_regions_are_places_in_the_file(site: Site, mark: str) -> None:
    report_on(site, "")
    text = article("Munaf Tlass and Mustafa Tlass: 🙂\nTlass left.\n")
    site.write_bytes("content/articles/x y.md", (mark + text).encode()).root.joinpath("content/articles/x.md").unlink()
    content = site.content()
    run = sarif_of(report_links(content, annotate_articles(content)))
    (location,) = [loc["physicalLocation"] for result in run["results"] for loc in result["locations"]]
    assert location["artifactLocation"] == {"uri": "content/articles/x%20y.md", "uriBaseId": "%SRCROOT%"}
    region, start = location["region"], text.rindex("Tlass")
    assert (region["charOffset"], region["charLength"]) == (start, 5)
    assert (region["startLine"], region["startColumn"]) == (text.count("\n", 0, start) + 1, 1)
    assert (region["endLine"], region["endColumn"]) == (region["startLine"], 6)
    assert region["snippet"]["text"] == "Tlass"


def test_sarif_fixes_can_be_applied(site: Site) -> None:
    report = report_on(site, f"{BOTH}Tlass left.\n")
    (result,) = sarif_of(report)["results"]
    ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
    (replacement,) = change["replacements"]
    region, text = replacement["deletedRegion"], site.content().articles[0].text
    end = region["charOffset"] + region["charLength"]
    fixed = text[: region["charOffset"]] + replacement["insertedContent"]["text"] + text[end:]
    assert fixed == text.replace("Tlass left", "[Tlass](entry:munaf-tlass) left")


def test_sarif_tells_of_links_only_where_they_are_asked_for(site: Site) -> None:
    assert sarif_of(report_on(site, "Homs.\n"))["results"] == []
    (result,) = sarif_of(report_on(site, "Homs.\n", only=(Group.LINKED,)))["results"]
    assert (result["ruleId"], result["level"], result["kind"]) == ("linked", "none", "informational")


# ---- HTML -----------------------------------------------------------------------------------------------------------


def page_of(report: LinksReport) -> Any:
    """The parsed page; it is well-formed."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    return parser.parse("".join(links_html.render(report)))


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_html_shows_every_mention_once(site: Site) -> None:
    page = page_of(report_on(site, f"{BOTH}Tlass left Homs, and Homs stayed.\n"))
    sections = {s.get("id"): s for s in page.iter("section")}
    assert list(sections) == ["ambiguous", "weak", "unresolved", "covered", "suppressed", "linked"]
    assert {i: [text_of(m) for m in s.iter("mark")] for i, s in sections.items()} == {
        "ambiguous": ["Tlass"],
        "weak": [],
        "unresolved": [],
        "covered": [],
        "suppressed": ["Homs"],
        "linked": ["Munaf Tlass", "Mustafa Tlass", "Homs"],
    }
    told = text_of(sections["ambiguous"])
    for part in ("content/articles/x.md:7:36", "Tlass left Homs", "several entries fit", "[Tlass](entry:munaf-tlass)"):
        assert part in told
    assert [d.get("open") is not None for d in page.iter("details") if d.get("class") is None] == [True] * 3 + [
        False
    ] * 3


def test_html_makes_no_request(site: Site) -> None:
    page = page_of(report_on(site, f"{BOTH}Tlass left.\n"))
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)}.isdisjoint(
        {"link", "img", "iframe", "object", "embed", "audio", "video", "base"}
    )
    for element in page.iter():
        assert element.get("src") is None
        assert (element.get("href") or "#").startswith("#")
    assert "url(" not in "".join(e.text or "" for e in page.iter("style"))
    (policy,) = [m.get("content") for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


def test_html_escapes_what_authors_wrote(site: Site) -> None:
    bad = "<script>alert(1)</script>\"'&"
    site.write(f"-- site.yaml --\ntitle: {json.dumps(bad)}\nurl: https://example.org/\n")
    page = page_of(report_on(site, f"[{bad.replace('<', chr(92) + '<')} x](entry:homs)\n"))
    assert len(list(page.iter("script"))) == 1
    assert [text_of(e) for e in page.iter("p") if e.get("class") == "kicker"] == [bad]


def test_html_of_a_site_without_mentions(site: Site) -> None:
    page = page_of(report_on(site, "Nothing.\n"))
    assert list(page.iter("mark")) == []


def test_html_names_the_language_of_a_sentence(site: Site) -> None:
    page = page_of(report_on(site, "Homs.\n", front="language: fr\n"))
    assert {p.get("lang") for p in page.iter("p") if p.get("class") == "sentence"} == {"fr"}


# ---- every line in the text does what it says -----------------------------------------------------------------------

VARIED = (
    "Munaf Tlass, *Mustafa* Tlass and **Homs**.\n\n## Homs and Tlass\n\n> Tlass in Homs\n\n"
    "| Homs | a\\|b Tlass |\n|---|---|\n| *Tlass* | Homs |\n\n- Homs&nbsp;and Tlass's _Homs_\n- [Homs]{.nolink}\n\n"
    "::: context homs\nHoms of Munaf Tlass\n:::\n\nMunaf\nTlass, [in Homs](https://example.org/), [[homs]].\n"
)


def test_every_line_in_the_text_makes_the_link_it_shows(site: Site) -> None:
    report = report_on(site, VARIED)
    text = site.content().articles[0].text
    tried = 0
    for finding in report.findings:
        remedy, start = finding.remedy, finding.decision.start
        link = re.fullmatch(r"\[.+\]\(entry:(.+)\)", remedy.line, re.DOTALL) if remedy else None
        if remedy is None or remedy.edit is None or link is None:
            continue
        begin, end = remedy.edit
        site.write(f"-- content/articles/x.md --\n{text[:begin]}{remedy.line}{text[end:]}")
        content = site.content()
        found = [f.decision for f in report_links(content, annotate_articles(content)).findings]
        made = next(d for d in found if d.start == start + 1)
        assert (made.entry, made.linked, made.reason) == (link.group(1), True, Reason.AUTHOR), remedy
        tried += 1
    assert tried >= 5
