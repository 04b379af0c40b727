"""Timelines that authors write, alone and among the events of entries."""

from __future__ import annotations

import re

from tests.site.helpers import write_article
from tests.sites import Site
from tests.whole.pages import pages_of, text_of

ENTRY = (
    "-- content/glossary/homs.md --\n---\nname: Homs\nkind: place\nsummary: A city.\n"
    "facts: [{label: Held, value: By rebels, from: 2011-11/2014}]\n---\n"
)
LIST = "- 2012-07~: He *left* Homs, “they” say.\n- 2011-03-15: It began.\n\n  With more.\n"


def timeline(site: Site, body: str, front: str = "as_of: 2012-12-31\n") -> list[str]:
    write_article(site.write(ENTRY), body, front=front)
    page = pages_of(site.build().files)["articles/x/index.html"]
    assert page is not None
    lists = [e for e in page.tree.iter("ol") if e.attrib.get("class") == "timeline"]
    return [text_of(item) for item in lists[0].findall("li")] if lists else []


def test_what_an_author_wrote_in_order_of_time(site: Site) -> None:
    assert timeline(site, f"Homs.\n\n::: timeline\n{LIST}:::\n") == [
        "March 15, 2011 It began. With more.",
        "about July 2012 He left Homs, “they” say.",
    ]
    page = site.page("articles/x/")
    assert '<time datetime="2012-07">about July 2012</time>' in page
    assert re.search(r"He <em>left</em> <a class=\"entry-link\"|He <em>left</em> Homs", page)
    assert "2012-07~" not in page


def test_among_the_events_of_the_entries_that_are_named(site: Site) -> None:
    assert timeline(site, f"::: timeline homs\nBefore.\n\n{LIST}:::\n") == [
        "March 15, 2011 It began. With more.",
        "November 2011 Homs Held: By rebels",
        "about July 2012 He left Homs, “they” say.",
    ]
    assert "<p>Before.</p>" in site.page("articles/x/")


def test_a_list_without_dates_stays_a_list(site: Site) -> None:
    assert timeline(site, "::: timeline homs\n- One.\n- Two.\n:::\n") == ["November 2011 Homs Held: By rebels"]
    assert "<li>One.</li>" in site.page("articles/x/")


def test_on_the_page_of_an_entry_it_is_a_list(site: Site) -> None:
    site.write(
        f"-- content/glossary/hama.md --\n---\nname: Hama\nkind: place\nsummary: S.\n---\n\n::: timeline\n{LIST}:::\n"
    )
    assert "2011-03-15: It began." in site.page("glossary/hama/")


def test_a_box_cites_what_its_article_could_have_read(site: Site) -> None:
    entry = (
        "-- content/glossary/homs.md --\n---\nname: Homs\nkind: place\nsummary: A city.\n"
        "facts: [{label: A, value: B, source: new}, {label: C, value: D, source: old}]\n"
        "sources: [{id: new, title: New book, date: 2024-03}, {id: old, title: Old book, date: 2024-01}]\n---\n"
    )
    write_article(site.write(entry), "Homs.", front="context: [homs]\n")
    page = site.page("articles/x/")
    assert "Old book" in page
    assert "New book" not in page
    assert 'href="#x-box-homs-source-1"' in page
    assert 'href="#x-box-homs-source-2"' not in page


def test_an_entry_quotes_an_item_without_its_date(site: Site) -> None:
    write_article(site.write(ENTRY), "::: timeline\n- 2012-07~: He left [[homs|Homs]].\n:::\n")
    assert '<p class="sentence">He left ' in site.page("glossary/homs/")
