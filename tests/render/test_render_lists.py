"""Home, the glossary's lists, tags, feed, sitemap; drafts and the future."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest

from explainer.render import long_lists
from explainer.render.collation import collation_key
from explainer.render.lists import letter_groups
from explainer.render.long_lists import filed
from explainer.render.views import FiledEntry
from explainer.types import EntryId, Url
from tests.sites import SITE_YAML, Site, article, entry
from tests.whole.pages import broken, pages_of, text_of


def link(name: str) -> FiledEntry:
    return FiledEntry(id=name, name=name, kind="place", summary="", url=Url("/"), sort=name)


def grouped(*names: str) -> dict[str, list[str]]:
    (part,), _ = filed({EntryId(name): name for name in names}, "en")
    groups = letter_groups(map(link, part.items), "en", defaultdict(str))
    return {group.letter: [e.name for e in group.entries] for group in groups}


# ---- order ----------------------------------------------------------------------------------------------------------


def test_articles_before_names_do_not_count() -> None:
    names = ("The Hague", "al-Assad", "Al Jazeera", "el-Sisi", "Albania", "Elba")
    assert grouped(*names) == {
        "A": ["Albania", "al-Assad"],
        "E": ["Elba"],
        "H": ["The Hague"],
        "J": ["Al Jazeera"],
        "S": ["el-Sisi"],
    }


def test_the_arabic_article_does_not_count() -> None:
    assert grouped("القاهرة", "قطر", "بيروت") == {"ب": ["بيروت"], "ق": ["القاهرة", "قطر"]}


def test_accents_and_case_do_not_count() -> None:
    assert grouped("Évian", "Eve", "evergreen", "Ēzra") == {"E": ["Eve", "evergreen", "Évian", "Ēzra"]}


def test_digits_and_signs_come_first_under_one_sign() -> None:
    assert grouped("Aleppo", "1967 war", "«X»", "15 March") == {
        "#": ["15 March", "1967 war"],
        "A": ["Aleppo"],
        "X": ["«X»"],
    }


def test_order_never_depends_on_the_order_of_reading() -> None:
    keys = {collation_key(name) for name in ("al-Assad", "Assad", "assad", "Ássad")}
    assert len(keys) == 4


def test_sort_decides_where_an_entry_is_filed(site: Site) -> None:
    site.write(f"-- content/glossary/m.md --\n{entry('Munaf Tlass', front='sort: Tlass, Munaf' + chr(10))}\n")
    page = site.page("glossary/")
    assert "<bdi>T</bdi>" in page
    assert "<bdi>Tlass, Munaf</bdi>" in page


# ---- lists ----------------------------------------------------------------------------------------------------------

ENTRIES = (
    f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
    f"-- content/glossary/munaf.md --\n{entry('Munaf Tlass', 'person')}\n"
    f"-- content/glossary/hama.md --\n{entry('Hama', 'place')}\n"
)


def texts(site: Site, path: str, tag: str, name: str = "") -> list[str]:
    page = pages_of(site.build().files)[f"{path}index.html"]
    assert page is not None
    return [text_of(e) for e in page.tree.iter(tag) if name in e.attrib.get("class", "").split() or not name]


def test_kinds_have_pages_of_their_own(site: Site) -> None:
    site.write(ENTRIES)
    assert texts(site, "glossary/kind/place/", "p", "name") == ["Hama", "Homs"]
    assert texts(site, "glossary/kind/person/", "p", "name") == ["Munaf Tlass"]
    assert "glossary/kind/event/index.html" not in site.build().files
    (nav,) = (e for e in texts(site, "glossary/kind/place/", "nav", "index-nav") if "All" in e)
    assert nav == "All People 1 Places 2"


def test_tags_count_their_articles(site: Site) -> None:
    site.write(
        f"-- content/articles/a.md --\n{article('Text.', title='First', front='tags: [Syria, Armed forces]' + chr(10))}\n"
    )
    site.write(
        f"-- content/articles/b.md --\n{article('Text.', title='Second', front='tags: [Syria]' + chr(10), date='2024-02-01')}\n"
    )
    assert texts(site, "tags/syria/", "h2", "headline") == ["Second", "First"]
    assert texts(site, "tags/armed-forces/", "h2", "headline") == ["First"]
    assert [re.sub(r"\D+", " ", t).strip() for t in texts(site, "tags/", "ul", "tag-list")] == ["1 2"]


def test_home_has_the_latest_article_first_or_the_lead(site: Site) -> None:
    for number in (1, 2, 3):
        text = article("Text.", title=f"Title {number}", date=f"2024-0{number}-01")
        site.write(f"-- content/articles/a{number}.md --\n{text}\n")
    assert texts(site, "", "h2", "headline") == ["Title 3", "Title 2", "Title 1"]
    site.write(f"-- site.yaml --\n{SITE_YAML}lead: a1\n")
    assert texts(site, "", "h2", "headline") == ["Title 1", "Title 3", "Title 2"]


def test_home_shows_the_entries_that_most_articles_name(site: Site) -> None:
    site.write(ENTRIES)
    for number, text in enumerate(("Homs. Homs. Hama.", "Homs.", "Munaf Tlass of Hama in Homs."), 1):
        site.write(f"-- content/articles/a{number}.md --\n{article(text, title=f'T{number}')}\n")
    assert texts(site, "", "p", "name") == ["Homs Place", "Hama Place", "Munaf Tlass Person"]


def test_neighbours_in_time(site: Site) -> None:
    for number in (1, 2, 3):
        text = article("Text.", title=f"Title {number}", date=f"2024-0{number}-01")
        site.write(f"-- content/articles/a{number}.md --\n{text}\n")
    page = site.page("articles/a2/")
    assert re.search(r'href="\.\./a1/" rel="prev"', page)
    assert re.search(r'href="\.\./a3/" rel="next"', page)
    assert 'rel="next"' not in site.page("articles/a3/")
    assert 'rel="prev"' not in site.page("articles/a1/")


# ---- long lists -----------------------------------------------------------------------------------------------------


def lists_of(files: Mapping[str, bytes | Path]) -> list[str]:
    return sorted(p for p in files if "/page/" in p)


@pytest.fixture
def long(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Two articles and three entries fill a page."""
    monkeypatch.setattr(long_lists, "ARTICLES_ON_A_PAGE", 2)
    monkeypatch.setattr(long_lists, "ENTRIES_ON_A_PAGE", 3)
    for number in range(1, 6):
        text = article("Text.", title=f"Title {number}", front="tags: [Sea, Land]\n", date=f"2024-01-0{number}")
        site.write(f"-- content/articles/a{number}.md --\n{text}\n")
    for name in ("Aba", "Abb", "Ba", "Bb", "Bc", "Ca", "Da"):
        site.write(f"-- content/glossary/{name.lower()}.md --\n{entry(name, 'place')}\n")
    return site


def test_long_lists_have_pages(long: Site) -> None:
    wanted = [
        f"{where}/page/{n}/index.html"
        for where in ("glossary/kind/place", "glossary", "tags/land", "tags/sea")
        for n in (2, 3)
    ]
    assert lists_of(long.build().files) == sorted(wanted)
    assert texts(long, "tags/sea/", "h2", "headline") == ["Title 5", "Title 4"]
    assert texts(long, "tags/sea/page/2/", "h2", "headline") == ["Title 3", "Title 2"]
    assert texts(long, "tags/sea/page/3/", "h2", "headline") == ["Title 1"]
    assert "5 articles" in texts(long, "tags/sea/page/3/", "p", "standfirst")


def test_pages_lead_to_one_another(long: Site) -> None:
    page = long.page("tags/sea/page/2/")
    assert '<link rel="prev" href="../../">' in page
    assert '<link rel="next" href="../3/">' in page
    assert "<title>Sea, page 2 · Test site</title>" in page
    (nav,) = re.findall(r'<nav class="pager".*?</nav>', page, re.DOTALL)
    assert re.findall(r'href="([^"]*)"', nav) == ["../../", "../../", "./", "../3/", "../3/"]
    assert re.findall(r'href="([^"]*)" aria-current="page"', nav) == ["./"]
    first, last = long.page("tags/sea/"), long.page("tags/sea/page/3/")
    assert 'rel="prev"' not in first
    assert first.count('rel="next"') == 2
    assert 'rel="next"' not in last


def test_letters_lead_to_the_page_where_they_begin(long: Site) -> None:
    (nav,) = re.findall(r'<nav class="index-nav letters".*?</nav>', long.page("glossary/page/2/"), re.DOTALL)
    assert re.findall(r'href="([^"]*)"><bdi>(.)</bdi>', nav) == [
        ("../../#x-letter-1", "A"),
        ("../../#x-letter-2", "B"),
        ("#x-letter-3", "C"),
        ("../3/#x-letter-4", "D"),
    ]
    assert texts(long, "glossary/page/2/", "p", "name") == ["Bb Place", "Bc Place", "Ca Place"]
    assert broken(long.build().files) == []


def test_the_sitemap_has_all_pages(long: Site) -> None:
    sitemap = long.page("sitemap.xml")
    assert [u for u in re.findall(r"<loc>https://example.org/(.*?)</loc>", sitemap) if "/page/" in u] == [
        p.removesuffix("index.html") for p in lists_of(long.build().files)
    ]


def test_a_long_sitemap_is_several_files(long: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = re.findall(r"<loc>(.*?)</loc>", long.page("sitemap.xml"))
    assert "sitemap-1.xml" not in long.build().files
    monkeypatch.setattr(long_lists, "ADDRESSES_IN_A_SITEMAP", 10)
    files = [f"sitemap-{n + 1}.xml" for n in range(-(-len(addresses) // 10))]
    index = long.page("sitemap.xml")
    assert re.findall(r"<sitemap><loc>https://example.org/(.*?)</loc></sitemap>", index) == files
    assert "<url>" not in index
    parts = [re.findall(r"<url><loc>(.*?)</loc>", long.page(file)) for file in files]
    assert [len(part) for part in parts[:-1]] == [10] * (len(files) - 1)
    assert [url for part in parts for url in part] == addresses
    assert set(files) == {path for path in long.build().files if path.startswith("sitemap-")}


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_sitemap_s_length_is_known_before_it_is_made(long: Site, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The pages that there are follow from numbers alone."""
    addresses = re.findall(r"<loc>(.*?)</loc>", long.page("sitemap.xml"))
    monkeypatch.setattr(long_lists, "ADDRESSES_IN_A_SITEMAP", len(addresses) + more)
    assert ("sitemap-1.xml" in long.build().files) == (more < 0)


def test_short_lists_have_one_page(site: Site) -> None:
    site.write(ENTRIES)
    assert lists_of(site.build().files) == []
    assert 'class="pager"' not in site.page("glossary/")


def test_a_key_of_a_page_holds_any_tag() -> None:
    for key in ("", "a b", "2 x", " "):
        assert long_lists.PageOfList.of(str(long_lists.PageOfList(12, key))) == (12, key)


@pytest.mark.parametrize(("length", "pages"), [(0, 1), (1, 1), (60, 1), (61, 2), (120, 2), (121, 3)])
def test_how_many_pages(length: int, pages: int) -> None:
    assert long_lists.pages_of(length, 60) == pages


def named(number: int, pages: int) -> str:
    pager = long_lists.pager_of(Url("/x/"), long_lists.Part((), number, pages, 0))
    assert pager is not None
    assert [link.title for link in pager.pages if link.current] == [str(number)]
    assert pager.count == pages
    return " ".join(f"{'… ' if link.after_gap else ''}{link.title}" for link in pager.pages)


def test_a_page_of_a_very_long_list_names_those_near_it() -> None:
    assert named(1, 200) == "1 2 3 4 … 200"
    assert named(5, 200) == "1 2 3 4 5 6 7 8 … 200"
    assert named(6, 200) == "1 2 3 4 5 6 7 8 9 … 200"
    assert named(7, 200) == "1 … 4 5 6 7 8 9 10 … 200"
    assert named(194, 200) == "1 … 191 192 193 194 195 196 197 … 200"
    assert named(195, 200) == "1 … 192 193 194 195 196 197 198 199 200"
    assert named(200, 200) == "1 … 197 198 199 200"


@pytest.mark.parametrize("pages", range(2, 12))
def test_no_single_page_is_left_out(pages: int) -> None:
    for number in range(1, pages + 1):
        numbers = [int(word) for word in named(number, pages).replace("…", "").split()]
        assert all(later - one != 2 for one, later in pairwise(numbers))
        assert {1, number, pages} <= set(numbers)


@pytest.mark.parametrize(("number", "before", "after"), [(1, None, "/x/page/2/"), (9, "/x/page/8/", None)])
def test_the_pages_before_and_after(number: int, before: str | None, after: str | None) -> None:
    pager = long_lists.pager_of(Url("/x/"), long_lists.Part((), number, 9, 0))
    assert pager is not None
    assert (pager.previous and pager.previous.url, pager.next and pager.next.url) == (before, after)


# ---- feed -----------------------------------------------------------------------------------------------------------


def feed(site: Site) -> feedparser.FeedParserDict:
    data = site.build().files["feed.xml"]
    assert isinstance(data, bytes)
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_feed_has_full_addresses_only(site: Site) -> None:
    site.write(ENTRIES)
    text = (
        "Homs and [x](b.md), [out](https://example.com/x?a=1&b=2), [top](#x-story).[^1]\n\n::: context homs\n:::\n\n"
        "![A dot](../media/dot.svg)\n\n::: cast munaf\n:::\n\n[^1]: A note.\n"
    )
    site.write(
        f"-- content/articles/a.md --\n{article(text)}\n-- content/articles/b.md --\n{article('B.', title='B')}\n"
    )
    site.write('-- content/media/dot.svg --\n<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>\n')
    content = next(e for e in feed(site).entries if e.id.endswith("/a/")).content[0].value
    addresses = re.findall(r'(?:href|src)="([^"]*)"', content)
    assert addresses
    assert [a for a in addresses if not a.startswith(("https://example.org/", "https://example.com/"))] == []
    assert {
        "https://example.org/glossary/homs/",
        "https://example.org/articles/b/",
        "https://example.org/media/dot.svg",
        "https://example.org/articles/a/#fn-1",
        "https://example.org/articles/a/#box-homs",
        "https://example.org/articles/a/#m-1",
        "https://example.org/articles/a/#x-story",
        "https://example.com/x?a=1&amp;b=2",
    } <= set(addresses)


def test_feed_s_date_is_that_of_the_last_change(site: Site) -> None:
    front = "updated: 2024-03-01\ncorrections: [{date: 2024-04-01, text: Corrected.}]\n"
    site.write(f"-- content/articles/a.md --\n{article('Text.', front=front)}\n")
    assert feed(site).feed.updated == feed(site).entries[0].updated == "2024-04-01T12:00:00+00:00"


def test_feed_holds_twenty_articles(site: Site) -> None:
    for number in range(1, 26):
        site.write(f"-- content/articles/a{number}.md --\n{article('Text.', date=f'2024-01-{number:02}')}\n")
    entries = feed(site).entries
    assert [e.id.split("/")[-2] for e in entries] == [f"a{n}" for n in range(25, 5, -1)]


def test_feed_of_a_site_without_articles(site: Site) -> None:
    assert feed(site).entries == []


def test_texts_are_escaped_in_feed_and_sitemap(site: Site) -> None:
    site.write(
        "-- content/articles/a&b.md --\n---\ntitle: A < B & “C”\ndate: 2024-01-01\nsummary: <b>x</b> ]]>\n---\n\n1 < 2\n"
    )
    (one,) = feed(site).entries
    assert one.title == "A < B & “C”"
    assert one.summary == "<b>x</b> ]]>"
    assert "<loc>https://example.org/articles/a%26b/</loc>" in site.page("sitemap.xml")


# ---- drafts and the future ------------------------------------------------------------------------------------------

UNPUBLISHED = (
    f"-- content/articles/draft.md --\n{article('In Homs.', title='A draft', front='draft: true' + chr(10))}\n"
    f"-- content/articles/future.md --\n{article('In Homs.', title='The future', date='2030-01-01')}\n"
    f"-- content/articles/now.md --\n{article('In Homs.', title='The present')}\n"
)


def test_build_leaves_them_out_everywhere(site: Site) -> None:
    files = site.write(UNPUBLISHED + ENTRIES).build().files
    for path, data in files.items():
        if isinstance(data, bytes):
            assert b"A draft" not in data, path
            assert b"The future" not in data, path
    assert "articles/now/index.html" in files


def test_preview_shows_and_marks_them(site: Site) -> None:
    files = site.write(UNPUBLISHED + ENTRIES).build(preview=True).files
    marks = {
        p.split("/")[1]: re.findall(rb'<strong class="badge">([^<]*)<', d)
        for p, d in files.items()
        if isinstance(d, bytes) and p.startswith("articles/")
    }
    assert marks["now"] == []
    assert marks["draft"] == [b"Draft"]
    assert len(marks["future"]) == 1
    home = files["index.html"]
    assert isinstance(home, bytes)
    assert home.count(b'class="badge"') == 2
    feed_data = files["feed.xml"]
    assert isinstance(feed_data, bytes)
    assert b"A draft" not in feed_data
    assert b"The future" not in feed_data


def test_an_article_of_today_is_no_future(site: Site) -> None:
    site.write(f"-- content/articles/a.md --\n{article('Text.', date='2024-06-01')}\n")
    site.write(f"-- content/articles/b.md --\n{article('Text.', title='B', date='2024-06-02')}\n")
    files = site.build().files
    assert "articles/a/index.html" in files
    assert "articles/b/index.html" not in files
    site.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\ntimezone: Pacific/Auckland\n")
    assert "articles/b/index.html" in site.build().files


# ---- addresses of the navigation ------------------------------------------------------------------------------------


def test_navigation_may_lead_outside(site: Site) -> None:
    site.write(f"-- site.yaml --\n{SITE_YAML}nav:\n  - {{title: Out, url: https://example.com/x}}\n")
    assert 'href="https://example.com/x"' in site.page("")
