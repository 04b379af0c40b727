"""The demo dossier, as its readers get it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser

from explainer.build import build_site
from explainer.diagnostics import format_diagnostic
from tests.whole.dossier import NOW, Dossier
from tests.whole.pages import broken, text_of, tree_of

SITE = "https://example.org/syria-july-2012/"
KINDS = ("person", "place", "organisation", "event", "work", "concept")


def test_nothing_is_wrong_in_it(dossier: Dossier) -> None:
    """Drafts included, and no mention is ambiguous."""
    built = build_site(dossier.root, now=NOW, preview=True)
    assert [format_diagnostic(d, built.texts) for d in built.diagnostics] == []
    assert built.counts.ambiguous == 0


def test_every_link_and_fragment_resolves(dossier: Dossier) -> None:
    assert broken(dossier.built.files) == []


def test_what_is_published_is_what_was_built(dossier: Dossier) -> None:
    wanted = {p: d.read_bytes() if isinstance(d, Path) else d for p, d in dossier.built.files.items()}
    assert tree_of(dossier.output) == wanted


def test_pages_speak_of_the_host_to_machines_only(dossier: Dossier) -> None:
    for page in dossier.pages.values():
        text = re.sub(r'<script type="application/ld\+json">.*?</script>', "", page.text, flags=re.DOTALL)
        text = re.sub(
            r'<(?:link rel="canonical"|link rel="alternate" hreflang=|meta property="og:(?:url|image)")[^>]*>', "", text
        )
        text = re.sub(r'<base href="/syria-july-2012/">', "", text)
        assert "example.org" not in text, page.path
        assert "syria-july-2012" not in text, page.path


def test_canonical_address_is_the_page_s_own(dossier: Dossier) -> None:
    for page in dossier.pages.values():
        if page.path == "404.html":
            continue
        links = [e.attrib["href"] for e in page.tree.iter("link") if e.attrib.get("rel") == "canonical"]
        assert [urljoin(SITE, page.path.removesuffix("index.html"))] == links


def test_there_is_all_that_a_dossier_needs(dossier: Dossier) -> None:
    folders = Counter(re.sub(r"[^/]*/index\.html$", "", path) for path in dossier.pages)
    assert dossier.built.counts.articles == folders["articles/"] >= 6
    assert dossier.built.counts.entries == folders["glossary/"] >= 40
    assert {"index.html", "glossary/index.html", "tags/index.html", "about/index.html", "404.html"} <= set(
        dossier.pages
    )
    assert {f"glossary/kind/{kind}/index.html" for kind in KINDS} <= set(dossier.pages)
    assert folders["tags/"] >= 2


def test_home_and_lists_lead_to_every_page(dossier: Dossier) -> None:
    """From home, by links alone, a reader reaches everything but the page for unknown addresses."""
    seen, todo = set[str](), ["index.html"]
    while todo:
        page = dossier.pages[todo.pop()]
        for tag, link in page.links:
            path = urljoin(f"https://x.invalid/{page.path}", link).removeprefix("https://x.invalid/").partition("#")[0]
            path += "index.html" if not path or path.endswith("/") else ""
            if tag == "a" and path in dossier.pages and path not in seen:
                seen.add(path)
                todo.append(path)
    assert set(dossier.pages) - seen == {"404.html"}


def test_every_entry_is_listed_once_and_under_its_kind(dossier: Dossier) -> None:
    entries = {p for p in dossier.pages if re.fullmatch(r"glossary/(?!kind/)[^/]+/index\.html", p)}
    listed = Counter(_list_links(dossier, "glossary/"))
    by_kind = Counter(link for kind in KINDS for link in _list_links(dossier, f"glossary/kind/{kind}/"))
    assert listed == by_kind == Counter(entries)


def _list_links(dossier: Dossier, url: str) -> list[str]:
    page = dossier.page(url)
    lists = [e for e in page.tree.iter("ul") if "entries" in e.attrib.get("class", "").split()]
    links = [a.attrib["href"] for e in lists for a in e.iter("a")]
    return [
        urljoin(f"https://x.invalid/{url}", link).removeprefix("https://x.invalid/") + "index.html" for link in links
    ]


def test_entries_quote_the_sentences_that_name_them(dossier: Dossier) -> None:
    """Every mention that an entry quotes stands, word for word, in the article that it leads to."""
    quoted = 0
    for path, page in dossier.pages.items():
        if not re.fullmatch(r"glossary/(?!kind/)[^/]+/index\.html", path):
            continue
        for sentence in (e for e in page.tree.iter("p") if e.attrib.get("class") == "sentence"):
            quoted += 1
            (mark,) = sentence.iter("mark")
            link = next((a.attrib["href"] for a in sentence.iter("a")), "")
            url, _, anchor = (
                urljoin(f"https://x.invalid/{path}", link).removeprefix("https://x.invalid/").partition("#")
            )
            if anchor:
                article = dossier.pages[url + "index.html"]
                (phrase,) = (e for e in article.tree.iter() if e.attrib.get("id") == anchor)
                assert text_of(phrase) == text_of(mark)
            assert len(text_of(sentence)) >= len(text_of(mark))
    assert quoted > 100


def test_boxes_and_phrases_lead_to_each_other(dossier: Dossier) -> None:
    boxed = set()
    for path, page in dossier.pages.items():
        for box in (e for e in page.tree.iter("aside") if e.attrib.get("role") == "note"):
            assert path.startswith("articles/")
            identifier = box.attrib["id"]
            tethers = [a for a in page.tree.iter("a") if a.attrib.get("href") == f"#{identifier}"]
            backs = [a.attrib["href"] for a in box.iter("a") if a.attrib.get("class") == "back"]
            assert len(tethers) == len(backs) == 1, (path, identifier)
            assert backs[0].removeprefix("#") in page.ids
            boxed.add(identifier.removeprefix("box-"))
    assert {"republican-guard", "free-syrian-army", "friends-of-syria"} <= boxed


def test_the_leading_story_has_the_three_boxes(dossier: Dossier) -> None:
    page = dossier.page("articles/why-a-generals-flight-mattered/")
    boxes = [e.attrib["id"] for e in page.tree.iter("aside") if e.attrib.get("role") == "note"]
    assert set(boxes) == {"box-republican-guard", "box-free-syrian-army", "box-friends-of-syria"}


def test_one_article_is_arabic(dossier: Dossier) -> None:
    arabic = [p for p in dossier.pages.values() if p.path.startswith("articles/") and p.tree.attrib["lang"] == "ar"]
    assert arabic
    assert all(page.tree.attrib["dir"] == "rtl" for page in arabic)
    assert all(p.tree.attrib["dir"] == "ltr" for p in dossier.pages.values() if p.tree.attrib["lang"] == "en")


def test_no_box_repeats_what_the_page_has_said(dossier: Dossier) -> None:
    """An entry's page gives its summary once."""
    for path, page in dossier.pages.items():
        if re.fullmatch(r"glossary/(?!kind/)[^/]+/index\.html", path):
            paragraphs = [text_of(p) for p in page.tree.iter("p")]
            standfirst = next(text_of(p) for p in page.tree.iter("p") if p.attrib.get("class") == "standfirst")
            assert paragraphs.count(standfirst) == 1, path


# ---- for machines ---------------------------------------------------------------------------------------------------


def test_feed_is_read_by_a_feed_reader(dossier: Dossier) -> None:
    data = dossier.built.files["feed.xml"]
    assert isinstance(data, bytes)
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.feed.id == feed.feed.link == SITE
    assert feed.feed.title == "Syria, July 2012: a general leaves"
    assert feed.feed.updated == max(entry.updated for entry in feed.entries)
    assert len(feed.entries) == dossier.built.counts.articles
    for entry in feed.entries:
        assert entry.id == entry.link
        assert entry.id.startswith(f"{SITE}articles/")
        assert entry.title
        assert entry.summary
        assert entry.author
        assert entry.updated >= entry.published
        (content,) = entry.content
        assert content.type == "text/html"
        assert 'class="story-summary"' in content.value
        assert len(content.value) > 2_000


def test_feed_has_full_addresses_only(dossier: Dossier) -> None:
    data = dossier.built.files["feed.xml"]
    assert isinstance(data, bytes)
    for entry in feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False).entries:
        links = re.findall(r'\s(?:href|src)="([^"]*)"', entry.content[0].value)
        assert links
        assert [link for link in links if not link.startswith(("https://", "http://", "mailto:"))] == []
        own = {link.partition("#")[0] for link in links if link.startswith(SITE)}
        paths = {link.removeprefix(SITE) + ("index.html" if link.endswith("/") else "") for link in own}
        assert paths <= set(dossier.built.files)


def test_sitemap_lists_every_page(dossier: Dossier) -> None:
    data = dossier.built.files["sitemap.xml"]
    assert isinstance(data, bytes)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(data)  # noqa: S314
    locations = [e.text for e in root.iter(f"{space}loc")]
    wanted = {
        urljoin(SITE, p.removesuffix("index.html")) for p in dossier.pages if p not in {"404.html", "search/index.html"}
    }
    assert sorted(locations) == sorted(wanted)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", e.text or "") for e in root.iter(f"{space}lastmod"))


def test_robots_name_the_sitemap(dossier: Dossier) -> None:
    lines = [line for line in str(dossier.built.files["robots.txt"], "ascii").splitlines() if line]  # type: ignore[arg-type]
    assert lines == ["User-agent: *", "Allow: /", f"Sitemap: {SITE}sitemap.xml"]


def test_the_page_for_unknown_addresses_works_at_any_depth(dossier: Dossier) -> None:
    page = dossier.pages["404.html"]
    (base,) = page.tree.iter("base")
    assert base.attrib["href"] == "/syria-july-2012/"
    assert "#" not in {link[:1] for _, link in page.links}
    assert 'content="noindex"' in page.text


def test_structured_data_is_json(dossier: Dossier) -> None:
    import json

    for page in dossier.pages.values():
        for script in (e for e in page.tree.iter("script") if e.attrib.get("type") == "application/ld+json"):
            data = json.loads("".join(script.itertext()))
            assert data["@context"] == "https://schema.org"
            assert data["@id"].startswith(SITE)
