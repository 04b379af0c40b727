"""The theme: every template with little and with much to show."""

from __future__ import annotations

import json
import re

import feedparser
import html5lib
import jinja2
import pytest

from explainer.render import views
from explainer.render.theme import PARTIALS, direction_of, load_theme
from tests.render.theme_views import (
    ARTICLE,
    BAD,
    BARE_ARTICLE,
    BARE_BOX,
    BARE_CARD,
    BOX,
    CARD,
    DAY,
    DIRECTIVE,
    EMPTY_SITE,
    ENTRY,
    NOON,
    PAGE_NAMES,
    PAGES,
    SITE,
    URL,
    page,
    parse,
)


@pytest.fixture(scope="session")
def theme():
    return load_theme(None, site_url=URL)


# ---- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", [SITE, EMPTY_SITE], ids=["full", "empty"])
@pytest.mark.parametrize("language", ["en", "fr", "ar", "xx"])
@pytest.mark.parametrize("case", PAGES, ids=PAGE_NAMES)
def test_every_page_is_html_whose_texts_are_text(theme, case, language, site):
    template, kind, url, view = case
    html = theme.render(template, site=site, page=page(url, kind, language), view=view)
    document = parse(html)
    root = document.find(".") if document.tag == "html" else document
    assert (root.get("lang"), root.get("dir")) == (language, direction_of(language))
    assert "<script>alert" not in html
    assert not re.search(r'\son\w+="|\sstyle="', html)
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in re.findall(r'href="(#[^"]+)"', html)} <= set(ids)
    assert len([e for e in document.iter() if e.tag == "h1"]) == 1


@pytest.mark.parametrize(("template", "kind", "url", "view"), PAGES)
def test_links_inside_the_site_are_relative(theme, template, kind, url, view):
    html = theme.render(template, site=SITE, page=page(url, kind), view=view)
    body = re.sub(r'<link rel="(?:canonical"|alternate" hreflang=).*|<base .*', "", html)
    assert not re.search(r'(href|src)="(/|https://example\.org)', body)


def test_ids_that_the_theme_gives_cannot_meet_an_authors(theme):
    given_by_views = {"m-1", "m-2", "story-homs", "story-guard", "box-homs"}
    html = theme.render("article.html", site=SITE, page=page("/articles/why/", "article"), view=ARTICLE)
    html += theme.render("entry.html", site=SITE, page=page("/glossary/homs/", "entry"), view=ENTRY)
    html += theme.render_partial("context-box", site=SITE, page=page(), view=BOX)
    assert all(i.startswith("x-") for i in set(re.findall(r'\bid="([^"]+)"', html)) - given_by_views)


@pytest.mark.parametrize(
    ("partial", "view"),
    [
        ("context-box", BOX),
        ("context-box", BARE_BOX),
        ("in-this-story", ARTICLE),
        *((name, DIRECTIVE) for name in ("cast", "timeline", "relations", "map")),
        *((name, views.DirectiveView("cast", (), (), (), (), "")) for name in ("cast", "timeline", "relations", "map")),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_partial_is_a_whole_fragment(theme, partial, view, language):
    assert partial in PARTIALS
    html = theme.render_partial(partial, site=SITE, page=page("/articles/why/", "article", language), view=view)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert "<script>alert" not in html


def test_a_context_box(theme):
    html = theme.render_partial("context-box", site=SITE, page=page("/articles/why/", "article"), view=BOX)
    assert (
        '<aside class="context-box kind-place wide" role="note" id="box-homs" aria-labelledby="x-title-box-homs">'
        in html
    )
    assert "<p>Text <b>bold</b></p>" in html
    assert "As of July 6, 2012" in html
    assert 'href="#m-1"' in html
    assert 'href="../../glossary/homs/"' in html
    assert 'href="#x-box-homs-source-1"' in html
    assert html.count("<dt>") == 2, "two values of one label stand under it"
    assert "javascript:" not in html


def test_an_entry_in_the_story_is_what_previews_clone(theme):
    html = theme.render_partial("in-this-story", site=SITE, page=page("/articles/why/", "article"), view=ARTICLE)
    first = html[html.index('<div id="story-homs">') : html.index('<div id="story-guard">')]
    assert [re.search(rf'class="{name}\b', first) is not None for name in ("story-name", "story-summary", "as-of")] == [
        True
    ] * 3
    assert 'lang="ar" dir="rtl">حمص' in first
    assert "As of January 1, 2012" in first
    assert re.findall(r'href="#(m-\d)"', first) == ["m-1", "m-2"]


def test_the_sites_words_are_marked_on_a_page_in_another_language(theme):
    html = theme.render_partial("in-this-story", site=SITE, page=page("/articles/why/", "article", "ar"), view=ARTICLE)
    assert '<dd class="story-summary" lang="en" dir="auto">' in html


def test_drafts_are_marked(theme):
    html = theme.render(
        "home.html", site=SITE, page=page("/", "home"), view=views.HomePage((CARD, BARE_CARD), (), (), (), ())
    )
    assert re.findall(r'<strong class="badge">([^<]+)', html) == ["Draft", "Not yet published"]


def test_appearances_stand_by_year_latest_first(theme):
    html = theme.render("entry.html", site=SITE, page=page("/glossary/homs/", "entry"), view=ENTRY)
    assert re.findall(r"<h3>(\d+)</h3>", html) == ["2012", "2011"]
    assert '<a href="../../articles/why/#m-1"><mark>Homs</mark></a> after.</p>' in html


def test_the_page_for_unknown_addresses_works_at_any_depth(theme):
    html = theme.render("404.html", site=SITE, page=page("/404.html", "404"), view=views.NotFoundPage("/sub/"))
    assert html.index('<base href="/sub/">') < html.index("href=", html.index("<base") + 20)
    assert 'href="glossary/"' in html
    assert 'href="./"' in html
    assert 'href="#' not in html, "with a base, a fragment would lead to another page"


def test_structured_data_is_json_that_closes_no_script(theme):
    for template, kind, view in (("article.html", "article", ARTICLE), ("entry.html", "entry", ENTRY)):
        html = theme.render(template, site=SITE, page=page("/x/", kind), view=view)
        data = html.partition('ld+json">')[2].partition("</script>")[0]
        assert json.loads(data)["@context"] == "https://schema.org"


def test_scripts_come_only_where_there_is_something_to_preview(theme):
    with_story = theme.render("article.html", site=SITE, page=page("/articles/why/", "article"), view=ARTICLE)
    without = theme.render("article.html", site=SITE, page=page("/articles/why/", "article"), view=BARE_ARTICLE)
    assert with_story.count("<script") - without.count("<script") == 1
    assert 'id="x-card"' in with_story
    assert 'id="x-card"' not in without


# ---- feeds and lists for machines -----------------------------------------------------------------------------------


def test_the_feed(theme):
    items = (views.FeedItem(CARD, "<p>Body &amp; <b>more</b></p>", NOON), views.FeedItem(BARE_CARD, "", NOON))
    feed = theme.render("feed.xml", site=SITE, page=page("/feed.xml", "feed"), view=views.FeedPage(items, NOON))
    read = feedparser.parse(feed)
    assert not read.bozo
    assert BAD not in feed
    assert [entry.id for entry in read.entries] == [f"{URL}articles/why/", f"{URL}articles/bare/"]
    assert read.entries[0].updated == "2012-07-06T12:00:00+00:00"
    assert read.entries[0].content[0].language == "ar"
    assert "<b>more</b>" in read.entries[0].content[0].value


def test_the_sitemap_and_robots(theme):
    view = views.SitemapPage(
        (views.SitemapItem("/", None, ()), views.SitemapItem("/articles/why/", DAY, ARTICLE.translations))
    )
    sitemap = theme.render("sitemap.xml", site=SITE, page=page("/sitemap.xml", "sitemap"), view=view)
    assert re.findall(r"<loc>(.*?)</loc>", sitemap) == [URL, f"{URL}articles/why/"]
    assert re.findall(r"<lastmod>(.*?)</lastmod>", sitemap) == ["2012-07-06"]
    robots = theme.render("robots.txt", site=SITE, page=page("/robots.txt", "robots"), view=None)
    assert f"Sitemap: {URL}sitemap.xml" in robots


def test_templates_with_mistakes_are_left_for_later(tmp_path):
    (tmp_path / "broken.html").write_text("{% if %}", encoding="utf-8")
    theme = load_theme(tmp_path, site_url=URL)
    theme.compile_all()
    with pytest.raises(jinja2.TemplateSyntaxError):
        theme._environment.get_template("broken.html")
