"""The theme: every template with little and with much to show, overrides, errors, dates."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re

import feedparser
import html5lib
import pytest

from explainer.render import template_diagnostic, views
from explainer.render.theme import (
    PARTIALS,
    TemplateProblem,
    direction_of,
    load_theme,
)
from explainer.render.views import Link, PageView, SiteView
from explainer.theme_folder import default_theme

URL = "https://example.org/sub/"
DAY = dt.date(2012, 7, 6)
BAD = '<script>alert("&")</script>'

# ---- views to render ------------------------------------------------------------------------------------------------

EMPTY_SITE = SiteView(
    "", "", "", "", "en", (), has_articles=False, has_entries=False, has_tags=False, has_search=False, preview=False
)
SITE = SiteView(
    title=f"Title {BAD}",
    description=f"Description {BAD}",
    publisher=f"Publisher {BAD}",
    footer=f"Footer {BAD}",
    language="en",
    nav=(Link("Articles", "/"), Link(f"Glossary {BAD}", "/glossary/", current=True)),
    has_articles=True,
    has_entries=True,
    has_tags=True,
    has_search=True,
    preview=True,
)
HOMS = views.EntryItem("homs", f"Homs {BAD}", "place", "/glossary/homs/", f"A city {BAD}", "Homs")
GUARD = views.EntryItem("guard", "Republican Guard", "organisation", "/glossary/guard/", "", "")
EVENT = views.TimelineEvent("2012-02", "", f"Label {BAD}", f"Shelling {BAD}", HOMS)
EVENTS = (
    EVENT,
    views.TimelineEvent("1976", "2012-07-03", f"posted in {BAD}", "", GUARD, HOMS),
    views.TimelineEvent("", "201X", f"seen in {BAD}", "", HOMS, GUARD),
    views.TimelineEvent("2012-22", "", "", "", None, html="<p>Written</p>"),
)
RELATION = views.Relation(GUARD, f"posted in {BAD}", HOMS, "1976", "2012-07-03")
FACTS = (
    views.Fact(f"Rank {BAD}", f"General {BAD}", "2000", "2012-07-03", "1"),
    views.Fact("Strength", "10,000", "", "2000", ""),
    views.Fact("Strength", "25,000", "2011", "", "1", f"Agency {BAD}"),
)
PICTURE = views.RelationsPicture(
    120,
    90,
    mirrored=True,
    nodes=(views.PictureNode(1, 2, 80, 30, "main", (views.TextLine(40, 20, f"Homs {BAD}"),)),),
    paths=(views.PicturePath("M1 2L3 4", "other"),),
    labels=(views.PictureLabel(40, 50, f"posted in {BAD}"),),
)
SOURCES = (
    views.Source(f"Report {BAD}", f"Agency {BAD}", "https://example.com/?a=1&b=2", "2012", DAY),
    views.Source("A book", "", "javascript:alert(1)", "", None),
)
NAMES = (views.Name(f"حمص {BAD}", "ar", "rtl", f"Arabic {BAD}", "", "2012~"), views.Name("Emesa", "en", "ltr"))
BARE_CARD = views.ArticleCard("Bare", "/articles/bare/", "", DAY, (), (), "en", "ltr", (), 1, draft=False, future=True)
CARD = views.ArticleCard(
    title=f"Why it matters {BAD}",
    url="/articles/why/",
    summary=f"Summary {BAD}",
    date=DAY,
    authors=(f"Desk {BAD}", "Second"),
    tags=(Link(f"Syria {BAD}", "/tags/syria/"), Link("War", "/tags/war/"), Link("Third", "/tags/third/")),
    language="ar",
    direction="rtl",
    cast=(HOMS, GUARD),
    minutes=4,
    draft=True,
    future=False,
)
YEARS = (
    views.YearCount("2012", "/articles/year/2012/", 61, current=True),
    views.YearCount("2011", "/articles/year/2011/", 1, current=False),
)
BARE_LINK, LINK = (views.ArticleLink(c.title, c.url, c.date, c.language, c.direction) for c in (BARE_CARD, CARD))
PLACE = views.Place(HOMS, -34.73, 36.71)
OWN = views.Name(HOMS.name, "en", "ltr"), views.Name(GUARD.name, "en", "ltr")
BOX = views.ContextBox(
    "box-homs", HOMS, OWN[0], "<p>Text <b>bold</b></p>", DAY, FACTS, SOURCES, EVENTS, "m-1", f"Homs {BAD}", ("wide",)
)
BARE_BOX = views.ContextBox("box-guard", GUARD, OWN[1], "<p>Text</p>", DAY, (), (), (), "", "", ())
STORY = (
    views.StoryEntry("story-homs", HOMS, (OWN[0], *NAMES), f"Then {BAD}", dt.date(2012, 1, 1), ("m-1", "m-2"), 3),
    views.StoryEntry("story-guard", GUARD, OWN[1:], "", DAY, (), 1),
)
ARTICLE = views.ArticlePage(
    card=CARD,
    body='<p>Body <a class="entry-link" id="m-1" href="../../glossary/homs/">Homs</a> <span id="m-2">x</span></p>',
    updated=dt.date(2012, 7, 9),
    as_of=dt.date(2012, 7, 5),
    story=STORY,
    next=EVENTS,
    sources=SOURCES,
    corrections=(
        views.Correction(dt.date(2012, 7, 9), f"correction {BAD}", f"Wrong {BAD}"),
        views.Correction(dt.date(2012, 7, 10), "", f"Wrong in the entry {BAD}", HOMS),
    ),
    modified=dt.date(2012, 7, 10),
    newer=Link(f"Newer {BAD}", "/articles/newer/"),
    older=Link(f"Older {BAD}", "/articles/older/"),
    translations=(
        views.Translation(f"Why {BAD}", "/articles/why/", "en", "ltr", "English", original=True, current=True),
        views.Translation(
            f"Other {BAD}", "/articles/pourquoi/", "fr", "ltr", "Français", original=False, current=False
        ),
    ),
)
BARE_ARTICLE = views.ArticlePage(BARE_CARD, "<p>Body</p>", None, DAY, (), (), (), (), DAY, None, None, ())
APPEARANCES = (
    views.Appearance(LINK, f"Before {BAD} ", "Homs", " after.", "m-1"),
    views.Appearance(BARE_LINK, "", "", "", ""),
    views.Appearance(dataclasses.replace(BARE_LINK, date=dt.date(2011, 3, 1)), "", "Homs", "", ""),
)
ENTRY = views.EntryPage(
    entry=HOMS,
    names=NAMES,
    body="<p>Body</p>",
    facts=FACTS,
    relations=(RELATION,),
    history=(*EVENTS, dataclasses.replace(EVENT, since="long ago"), dataclasses.replace(EVENT, since="")),
    place=PLACE,
    same_as=(Link(f"Wikidata {BAD}", "https://www.wikidata.org/wiki/Q1"),),
    appears_in=APPEARANCES,
    sources=SOURCES,
    corrections=(views.Correction(DAY, f"correction {BAD}", f"Wrong {BAD}"),),
    picture=PICTURE,
    kin=(views.Kin("parent", ("/glossary/a/", "/glossary/b/")), views.Kin("spouse", ("/glossary/c/",))),
)
BARE_ENTRY = views.EntryPage(GUARD, (), "", (), (), (), None, (), (), (), ())
KINDS = (views.KindCount("place", "/glossary/kind/place/", 1), views.KindCount("organisation", "/o/", 2, current=True))
TAGS = (views.TagCount(f"Syria {BAD}", "/tags/syria/", 2),)
NOON = dt.datetime(2012, 7, 6, 12, tzinfo=dt.UTC)
DIRECTIVE = views.DirectiveView("cast", (HOMS, GUARD), EVENTS, (RELATION,), (PLACE,), "<p>Words</p>", picture=PICTURE)

LETTERS = (Link("H", "/glossary/#x-letter-1"), Link(BAD, "/glossary/page/2/#x-letter-2"))
PAGER = views.Pager(1, (Link("1", "/p/", current=True), Link("2", "/p/page/2/")), None, Link("2", "/p/page/2/"))
PAGES = [
    ("home.html", "home", "/", views.HomePage((CARD, BARE_CARD), YEARS, (HOMS, GUARD), TAGS, KINDS)),
    ("home.html", "home", "/", views.HomePage((), (), (), (), ())),
    ("article.html", "article", "/articles/why/", ARTICLE),
    ("article.html", "article", "/articles/bare/", BARE_ARTICLE),
    ("entry.html", "entry", "/glossary/homs/", ENTRY),
    ("entry.html", "entry", "/glossary/guard/", BARE_ENTRY),
    (
        "glossary.html",
        "glossary",
        "/glossary/",
        views.GlossaryPage("", (views.LetterGroup("H", "x-letter-1", (HOMS, GUARD)),), LETTERS, KINDS, 2, PAGER),
    ),
    (
        "glossary.html",
        "kind",
        "/o/",
        views.GlossaryPage("place", (views.LetterGroup("H", "x-letter-1", (HOMS,)),), LETTERS, KINDS, 1, None),
    ),
    ("glossary.html", "glossary", "/glossary/", views.GlossaryPage("", (), (), (), 0, None)),
    ("tags.html", "tags", "/tags/", views.TagsPage(TAGS)),
    ("tags.html", "tags", "/tags/", views.TagsPage(())),
    ("tag.html", "tag", "/tags/syria/", views.TagPage(f"Syria {BAD}", (CARD, BARE_CARD), 2, PAGER)),
    ("year.html", "year", "/articles/year/2012/", views.YearPage("2012", (CARD, BARE_CARD), 2, YEARS, PAGER)),
    ("page.html", "page", "/about/", views.PlainPage(f"About {BAD}", "<p>Body</p>")),
    ("search.html", "search", "/search/", views.SearchPage(KINDS, "/search/pagefind/")),
    ("404.html", "404", "/404.html", views.NotFoundPage("/sub/")),
]
PAGE_NAMES = [f"{number}-{kind}" for number, (_, kind, _, _) in enumerate(PAGES)]


@pytest.fixture(scope="session")
def theme():
    return load_theme(None, site_url=URL)


def page(url: str = "/", kind: str = "page", language: str = "en", title: str = f"Page {BAD}") -> PageView:
    return PageView(url, title, f"About it {BAD}", language, direction_of(language), kind)


def parse(html: str):
    """The document; anything that is not as HTML wants it is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def write(folder, **files: str):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css").replace(
            "_yaml", ".yaml"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


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


# ---- a site's own templates -----------------------------------------------------------------------------------------


def render(folder, template: str = "page.html", *, language: str = "en") -> str:
    theme = load_theme(folder, site_url=URL)
    return theme.render(
        template, site=SITE, page=page("/about/", language=language), view=views.PlainPage("T", "<p>b</p>")
    )


def test_a_site_overrides_file_by_file(tmp_path):
    write(tmp_path, page_html="{% extends 'base.html' %}{% block main %}mine {{ view.title }}{% endblock %}")
    html = render(tmp_path)
    assert "mine T" in html
    assert 'class="masthead"' in html


def test_a_site_overrides_words_key_by_key(tmp_path):
    write(tmp_path, words__en_yaml="skip: Jump!\n", words__eo_yaml="skip: Salti\n")
    assert "Jump!" in render(tmp_path)
    assert "Salti" in render(tmp_path, language="eo")
    assert 'aria-label="Main"' in render(tmp_path, language="eo")


def test_a_site_overrides_assets(tmp_path):
    write(tmp_path, assets__style_css="body { color: red }")
    css = {url: data for url, data in load_theme(tmp_path, site_url=URL).assets.items() if url.endswith(".css")}
    assert list(css.values()) == [b"body { color: red }"]


@pytest.mark.parametrize("folder", [None, "missing", "empty"])
def test_a_site_needs_no_templates(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    assert "<h1>T</h1>" in render(folder and tmp_path / folder)


def test_hidden_files_are_left_alone(tmp_path):
    write(tmp_path, **{"assets__.DS_Store": "x", ".git__page_html": "x"})
    theme = load_theme(tmp_path, site_url=URL)
    assert not [url for url in theme.assets if "DS_Store" in url]


@pytest.mark.parametrize("name", ["assets/secret.txt", "page.html", "assets/folder"])
def test_links_that_lead_out_of_the_folder_are_refused(tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("secret")
    link = tmp_path / "templates" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside if name.endswith("folder") else outside / "file")
    with pytest.raises(TemplateProblem, match="leads out of the folder"):
        load_theme(tmp_path / "templates", site_url=URL)


def test_a_link_inside_the_folder_is_followed(tmp_path):
    write(tmp_path, assets__a_css="a{}")
    (tmp_path / "assets/b.css").symlink_to("a.css")
    assert sum(data == b"a{}" for data in load_theme(tmp_path, site_url=URL).assets.values()) == 2


def test_the_digest_knows_every_file(tmp_path):
    digests = {load_theme(tmp_path, site_url=URL).digest, load_theme(tmp_path, site_url="https://other.example").digest}
    for files in ({"page_html": "x"}, {"page_html": "y"}, {"assets__a_css": "x"}, {"words__en_yaml": "skip: x"}):
        digests.add(load_theme(write(tmp_path, **files), site_url=URL).digest)
    assert len(digests) == 6
    assert load_theme(tmp_path, site_url=URL).digest in digests


# ---- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("a\n{% if %}", 2, "Expected an expression"),
        ("a\nb {{ nope }}", 2, "there is no “nope” here"),
        ("{{ view.nope }}", 1, "PlainPage has no field “nope”"),
        ("{{ view.titel }}", 1, "PlainPage has no field “titel”; did you mean “title”?"),
        ("{{ site.has_entry }}", 1, "SiteView has no field “has_entry”; did you mean “has_entries”"),
        ("{{ pages.title }}", 1, "there is no “pages” here; did you mean “page”?"),
        ("{{ {'a': 1}.b }}", 1, "dict has no field “b”"),
        ("{{ [page] | map(attribute='titel') | join }}", 1, "PageView has no field “titel”; did you mean “title”?"),
        ("{{ page.title | datte }}", 1, "there is no filter “datte”; did you mean “date”"),
        ("{% if page is defind %}{% endif %}", 1, "there is no test “defind”"),
        (
            "{% include 'partials/cats.html' %}",
            1,
            "there is no template “partials/cats.html”; did you mean “partials/cast.html”",
        ),
        ("{% extends 'bse.html' %}", 1, "there is no template “bse.html”; did you mean “base.html”"),
        ("{{ words('in_this_stori') }}", 1, "there is no word “in_this_stori”; did you mean “in_this_story”"),
        ("{{ page.title }}\n\n{% include 'nope.html' %}", 3, "there is no template “nope.html”"),
        ("{{ words('nope') }}", 1, "there is no word “nope”"),
        ("{{ words('by') }}", 1, "needs a value for “authors”"),
        ("{{ asset('stile.css') }}", 1, "there is no asset “stile.css”; did you mean “style.css”"),
        ("\n{{ 1 + 'a' }}", 2, "unsupported operand"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ [] | random }}", 1, "there is no filter “random”"),
        ("{{ range(3) }}", 1, "there is no “range” here"),
        ("{% include 'page.html' %}", 1, "recursion"),
    ],
)
def test_an_error_in_a_template_has_its_place(tmp_path, source, line, message):
    with pytest.raises(TemplateProblem, match=re.escape(message)) as caught:
        render(write(tmp_path / "templates", page_html=source))
    problem = caught.value
    assert (problem.path, problem.line) == ("templates/page.html", line)
    start, end = problem.span
    assert problem.source[start:end] == (problem.word or source.split("\n")[line - 1])
    assert problem.word in source
    assert problem.way == ()


def test_an_error_in_a_partial_is_shown_where_it_is(tmp_path):
    write(tmp_path / "templates", page_html="\n{% include 'partials/x.html' %}", partials__x_html="\n\n{{ nope }}")
    with pytest.raises(TemplateProblem) as caught:
        render(tmp_path / "templates")
    assert (caught.value.path, caught.value.line) == ("templates/partials/x.html", 3)
    assert caught.value.way == ("templates/page.html:2",)


def test_a_template_can_extend_what_it_stands_in_for(tmp_path):
    own = "{% extends 'theme/page.html' %}{% block main %}{{ super() }}<p>More</p>{% endblock %}"
    before, after = render(None), render(write(tmp_path, page_html=own))
    assert after == before.replace("</main>", "<p>More</p></main>")
    partial = "{% include 'theme/partials/site-lang.html' %}!"
    assert "!" in render(write(tmp_path, page_html=own, partials__site_lang_html=partial))


def test_a_frame_can_be_added_to(tmp_path):
    frame = "{% extends 'theme/base.html' %}{% block footer %}<p>Before</p>{{ super() }}{% endblock %}"
    html = render(write(tmp_path, base_html=frame))
    assert html.index("<p>Before</p>") < html.index('<footer class="colophon">')


def test_templates_of_the_theme_stay_apart_where_nobody_asks(tmp_path):
    assert "theme/base.html" not in load_theme(write(tmp_path, page_html="x"), site_url=URL).closures()
    asked = load_theme(write(tmp_path, page_html="{% extends 'theme/base.html' %}"), site_url=URL).closures()
    assert "theme/base.html" in asked


BLOCKS = re.findall(r"\{% block (\w+) %\}", (default_theme() / "base.html").read_text(encoding="utf-8"))


def test_the_docs_name_the_blocks_in_their_order():
    docs = (default_theme().parent / "docs/templates.md").read_text(encoding="utf-8")
    section = docs.partition("## Blocks")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == BLOCKS


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_can_be_overridden_and_added_to(tmp_path, block):
    own = f"{{% extends 'base.html' %}}{{% block {block} %}}<!-- own -->{{% endblock %}}"
    assert render(write(tmp_path, page_html=own)).count("<!-- own -->") == 1
    more = f"{{% extends 'theme/page.html' %}}{{% block {block} %}}{{{{ super() }}}}<!-- own -->{{% endblock %}}"
    assert render(write(tmp_path, page_html=more)).replace("<!-- own -->", "").split() == render(None).split()


def test_the_way_to_an_error_leaves_out_the_frame(tmp_path):
    """page → base → page's block → a partial → another: of these, readers of the message want the last three."""
    write(
        tmp_path / "templates",
        page_html="{% extends 'base.html' %}\n{% block main %}\n{% include 'partials/x.html' %}{% endblock %}",
        partials__x_html="\n{% include 'partials/y.html' %}",
        partials__y_html="{{ view.boddy }}",
    )
    with pytest.raises(TemplateProblem, match=r"PlainPage has no field “boddy”; did you mean “body”") as caught:
        render(tmp_path / "templates")
    assert caught.value.path == "templates/partials/y.html"
    assert caught.value.way == ("templates/page.html:3", "templates/partials/x.html:2")
    diagnostic = template_diagnostic(caught.value, "/a/", "/b/", "/c/")
    assert diagnostic.message.endswith("(rendering /a/ and 2 more)")
    assert diagnostic.hint.startswith(
        "asked for by templates/partials/x.html:2, which is asked for by templates/page.html:3; "
    )
    assert (diagnostic.start, diagnostic.end) == (8, 13)


def test_a_mistake_in_many_pages_is_told_once(site):
    for name in "abc":
        site.write(f"-- content/pages/{name}.md --\n---\ntitle: {name}\nsummary: S.\n---\n\nText.\n")
    site.write("-- templates/page.html --\n{{ view.titel }}\n{{ view.boddy }}\n")
    (found,) = site.build().diagnostics
    assert "(rendering /a/ and 2 more)" in found.message


def test_an_unknown_template_and_bad_files(tmp_path):
    with pytest.raises(TemplateProblem, match=r"there is no template “nope\.html”") as caught:
        render(None, "nope.html")
    assert caught.value.span == (-1, -1)
    with pytest.raises(TemplateProblem, match=r"templates/words/en\.yaml: expected a mapping"):
        render(write(tmp_path / "templates", words__en_yaml="- a"))
    (tmp_path / "templates/words/en.yaml").unlink()
    (tmp_path / "templates/page.html").write_bytes(b"\xff")
    with pytest.raises(TemplateProblem, match="not UTF-8"):
        render(tmp_path / "templates")


def test_texts_are_escaped_unless_marked_safe(tmp_path):
    source = "{{ view.title }}{{ page.title }}{{ view.body | safe }}"
    assert (
        render(write(tmp_path, page_html=source)) == "TPage &lt;script&gt;alert(&#34;&amp;&#34;)&lt;/script&gt;<p>b</p>"
    )


# ---- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "language", "words", "iso"),
    [
        (DAY, "en", "July 6, 2012", "2012-07-06"),
        (DAY, "en-GB", "6 July 2012", "2012-07-06"),
        (DAY, "fr", "6 juillet 2012", "2012-07-06"),
        (NOON, "en", "July 6, 2012", "2012-07-06T12:00:00+00:00"),
        ("2012-07-06", "fr", "6 juillet 2012", "2012-07-06"),
        ("2012-07", "fr", "juillet 2012", "2012-07"),
        ("1976", "fr", "1976", "1976"),
        ("2012-13", "fr", "2012-13", ""),
        ("0000", "en", "1 BC", ""),
        ("2012-07~", "fr", "environ juillet 2012", "2012-07"),
        ("1972/2004", "fr", "1972–2004", ""),
        ("about 1900", "en", "about 1900", ""),
        ("", "en", "", ""),
    ],
)
def test_dates(tmp_path, value, language, words, iso):
    write(tmp_path, page_html="{{ view | date }}|{{ view | iso }}")
    theme = load_theme(tmp_path, site_url=URL)
    assert theme.render("page.html", site=SITE, page=page(language=language), view=value) == f"{words}|{iso}"
