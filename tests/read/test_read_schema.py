"""What authors may write in settings and front matter, and how they are told what is wrong."""

import pytest

from explainer.diagnostics import format_diagnostic
from tests.sites import SITE_YAML, place

SETTINGS = "title: T\nurl: https://example.org/\n"
ARTICLE = "title: T\ndate: 2024-01-01\nsummary: S.\n"
ENTRY = "name: N\nkind: person\nsummary: S.\n"


def problems_of(site, path, yaml):
    """`line:column kind message = hint` of every problem."""
    text = yaml if path == "site.yaml" else f"---\n{yaml}---\n"
    site.write_bytes(path, text.encode())
    built = site.build()
    shown = []
    for problem in built.diagnostics:
        where = place(problem, built.texts).partition(":")[2]
        shown.append(f"{where}: {problem.message}" + (f" = {problem.hint}" if problem.hint else ""))
    return shown


PARTIAL = " = about then is 2012-07~, uncertain 2012-07?, some year of a decade 201X, summer 2012-22, from one to another 1972/2004"


@pytest.mark.parametrize(
    ("yaml", "problems"),
    [
        (SETTINGS + "lingking: {}\n", ["3:1 unknown-key: unknown key “lingking” = did you mean “linking”?"]),
        (
            SETTINGS + "linking:\n  resolv: {}\n",
            ["4:3 unknown-key: unknown key “resolv” = did you mean “resolve”?"],
        ),
        (
            SETTINGS + "nlp: {qqq: x}\n",
            ["3:7 unknown-key: unknown key “qqq” = known keys: model"],
        ),
        ("title: T\n", ["1:1 missing-key: “url” is missing = add a line “url: …”"]),
        ("title:\nurl: https://example.org/\n", ["1:1 missing-key: “title” is missing = add a line “title: …”"]),
        (
            "title: T\nurl: example.org\n",
            ["2:6 bad-value: url: write the full address, as in https://example.org/dossier/"],
        ),
        (
            SETTINGS + "timezone: Damascus\n",
            ["3:11 unknown-timezone: timezone: a time zone is written as Area/City, as in Europe/Paris"],
        ),
        (
            SETTINGS + "language: English\n",
            ["3:11 bad-value: language: a language is written as its code: en, fr, ar, pt-BR"],
        ),
        (
            SETTINGS + "linking: {links: often}\n",
            [
                (
                    "3:18 bad-value: linking.links: input should be 'first-in-section', 'first-in-article' or 'all'"
                    " = use one of the values listed"
                )
            ],
        ),
        (
            SETTINGS + "linking: {max_per_entry: 0, quotations: perhaps, max_per_100_words: much}\n",
            [
                "3:26 bad-value: linking.max_per_entry: input should be greater than or equal to 1",
                (
                    "3:41 bad-value: linking.quotations: input should be a valid boolean, unable to interpret input"
                    " = write true or false"
                ),
                (
                    "3:69 bad-value: linking.max_per_100_words: input should be a valid number, unable to parse string as"
                    " a number = write a number"
                ),
            ],
        ),
        (
            SETTINGS + "nav: [{title: A}]\n",
            ["3:7 missing-key: “url” is missing = add a line “url: …”"],
        ),
        ("- a\n", ["1:1 bad-yaml: expected keys and values = write lines like “title: …”"]),
    ],
)
def test_settings(site, yaml, problems):
    assert problems_of(site, "site.yaml", yaml) == problems


@pytest.mark.parametrize(
    ("yaml", "problems"),
    [
        (
            "",
            [
                ": “date” is missing = add a line “date: …”",
                ": “title” is missing = add a line “title: …”",
                "1:1 missing-summary: the article has no summary = add “summary: …”: lists, feeds and search results show it",
            ],
        ),
        (ARTICLE + "titel: X\n", ["5:1 unknown-key: unknown key “titel” = did you mean “title”?"]),
        (
            ARTICLE + "updated: 6 July 2012\n",
            ["5:10 bad-date: updated: a date is written year-month-day, as in 2012-07-06"],
        ),
        (
            ARTICLE + "updated: 1341532800\n",
            ["5:10 bad-date: updated: a date is written year-month-day, as in 2012-07-06"],
        ),
        (
            ARTICLE + "updated: 2023-02-29\n",
            [
                (
                    "5:10 bad-date: updated: input should be a valid date or datetime, day value is outside expected range"
                    " = check the day and the month: 2012-07-06"
                )
            ],
        ),
        (
            ARTICLE + "corrections:\n- {date: 2024-01-02, text: a}\n- {date: 2024-01-03, txt: b}\n",
            [
                "7:3 missing-key: “text” is missing = add a line “text: …”",
                "7:22 unknown-key: unknown key “txt” = did you mean “text”?",
            ],
        ),
        (
            ARTICLE + "sources: [{title: A, url: ftp://a}]\n",
            ["5:27 bad-value: sources[1].url: an address begins with https:// or http://"],
        ),
        (
            ARTICLE + "slug: a b\n",
            ["5:7 bad-value: slug: an address is written with letters, digits and single hyphens"],
        ),
        (
            ARTICLE + "draft: maybe\n",
            [
                "5:8 bad-value: draft: input should be a valid boolean, unable to interpret input = write true or false",
            ],
        ),
        (ARTICLE + "title: U\n", ["5:1 duplicate-key: “title” is set twice = keep one of them"]),
        (
            ARTICLE + "linking: {never: [nobody]}\n",
            [
                "5:19 unknown-entry: there is no entry “nobody” = write content/glossary/nobody.md, or correct the id",
            ],
        ),
        (ARTICLE + "tags: {a: b}\n", ["5:7 bad-value: tags: input should be a valid tuple = write a list: [one, two]"]),
    ],
)
def test_articles(site, yaml, problems):
    assert problems_of(site, "content/articles/a.md", yaml) == problems


@pytest.mark.parametrize(
    ("yaml", "problems"),
    [
        (
            "name: N\nkind: town\nsummary: S.\n",
            [
                (
                    "3:7 bad-value: kind: input should be 'person', 'place', 'organisation', 'event', 'work' or 'concept'"
                    " = use one of the values listed"
                )
            ],
        ),
        ("kind: person\nsummary: S.\n", ["2:1 missing-key: “name” is missing = add a line “name: …”"]),
        (
            ENTRY + "facts: [{label: A, value: B, frm: 2012}]\n",
            ["5:30 unknown-key: unknown key “frm” = did you mean “from”?"],
        ),
        (
            ENTRY + "facts: [{label: A, value: B, since: 2012}]\n",
            [
                "5:30 unknown-key: unknown key “since” = known keys: label, value, from, to, source",
            ],
        ),
        (
            ENTRY + "facts:\n- {label: A, value: B, from: 2012-13}\n",
            ["6:30 bad-date: facts[1].from: a date is written 2012, 2012-07 or 2012-07-06" + PARTIAL],
        ),
        (
            ENTRY + "facts:\n- {label: A, value: B, from: 1972/, to: 2012/2013}\n",
            [
                "6:30 bad-date: facts[1].from: an end of the interval is missing; one that is open is written “..”"
                + PARTIAL,
                "6:41 bad-date: facts[1].to: an interval is written in “from”" + PARTIAL,
            ],
        ),
        (
            ENTRY
            + "facts:\n- {label: A, value: B, from: 1972/..}\n- {label: C, value: D, to: 2012-07~}\nsources: [{title: T, date: 201X}]\n",
            [],
        ),
        (
            ENTRY + "corrections: [{date: 2012, text: Wrong.}]\n",
            ["5:22 bad-date: corrections[1].date: a date is written year-month-day, as in 2012-07-06"],
        ),
        (
            ENTRY + "relations: [{type: son of, entry: nobody}]\n",
            [
                "5:35 unknown-entry: there is no entry “nobody” = write content/glossary/nobody.md, or correct the id",
            ],
        ),
        (
            ENTRY + "location: {lat: 91, lon: x}\n",
            [
                "5:17 bad-value: location.lat: input should be less than or equal to 90",
                (
                    "5:26 bad-value: location.lon: input should be a valid number, unable to parse string as a number"
                    " = write a number"
                ),
            ],
        ),
        (
            ENTRY + "location: {lat: nan, lon: inf}\n",
            [
                "5:17 bad-value: location.lat: input should be less than or equal to 90",
                "5:27 bad-value: location.lon: input should be less than or equal to 180",
            ],
        ),
        (
            ENTRY + "aliases: ['', {txt: a}]\n",
            [
                "5:11 bad-value: aliases[1].text: string should have at least 1 character = write something here, or remove the key",
                "5:15 missing-key: “text” is missing = add a line “text: …”",
                "5:16 unknown-key: unknown key “txt” = did you mean “text”?",
            ],
        ),
        (
            ENTRY + "aliases: [{text: a, language: Arabic}]\n",
            [
                "5:31 bad-value: aliases[1].language: a language is written as its code: en, fr, ar, pt-BR",
            ],
        ),
        (
            ENTRY + "history: [{from: 2012, summary: a}]\n",
            [
                "5:18 bad-date: history[1].from: a date is written year-month-day, as in 2012-07-06",
            ],
        ),
        (
            "name: N\nkind: person\nsummary: " + "x" * 281 + "\n",
            [
                "4:10 long-summary: the summary has 281 characters; previews have room for 280 = shorten it",
            ],
        ),
        (
            "name: N\nkind: person\n",
            [
                "2:7 missing-summary: the entry has no summary = add “summary: …”: previews and context boxes show it",
            ],
        ),
    ],
)
def test_entries(site, yaml, problems):
    assert problems_of(site, "content/glossary/a.md", yaml) == problems


def test_keys_with_nothing_behind_them_count_as_not_written(site):
    keys = "language sort context facts history relations location same_as sources aliases hidden_aliases"
    assert problems_of(site, "content/glossary/a.md", ENTRY + "".join(f"{k}:\n" for k in keys.split())) == []


@pytest.mark.parametrize("date", ["2012", "2012-07", "2012-07-06"])
def test_facts_know_dates_in_part(site, date):
    yaml = f"{ENTRY}facts: [{{label: A, value: B, from: {date}, to: {date}}}]\n"
    assert problems_of(site, "content/glossary/a.md", yaml) == []
    (fact,) = site.content().entries["a"].meta.facts
    assert (fact.since, fact.until) == (date, date)


def test_one_text_stands_for_a_list_of_one(site):
    site.write(f"-- content/articles/a.md --\n---\n{ARTICLE}authors: A desk\ntags: syria\n---\n")
    meta = site.content().articles[0].meta
    assert (meta.authors, meta.tags) == (("A desk",), ("syria",))


def test_an_alias_is_a_text_or_has_keys(site):
    site.write(f"-- content/glossary/a.md --\n---\n{ENTRY}aliases: [A, {{text: ب, language: ar, demonym: yes}}]\n---\n")
    assert [(a.text, a.language, a.demonym) for a in site.content().entries["a"].meta.aliases] == [
        ("A", None, False),
        ("ب", "ar", True),
    ]


def test_a_name_and_a_kind_are_enough(site):
    site.write("-- content/glossary/a.md --\n---\nname: N\nkind: person\n---\n")
    assert [d.kind for d in site.build().diagnostics] == ["missing-summary"]
    assert "glossary/a/index.html" in site.build().files


def test_a_problem_is_shown_with_its_line_and_what_to_do(site):
    site.write(f"-- site.yaml --\n{SITE_YAML}lingking: {{}}\n")
    built = site.build()
    assert format_diagnostic(built.diagnostics[0], built.texts) == (
        "site.yaml:3:1: error[unknown-key]: unknown key “lingking”\n"
        "3 | lingking: {}\n"
        "    ^^^^^^^^\n"
        "  = did you mean “linking”?\n"
    )
