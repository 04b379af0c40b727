"""Views to render: each with little and with much to show, whose texts are no markup."""

from __future__ import annotations

import datetime as dt

import html5lib
from msgspec.structs import replace

from explainer.render import views
from explainer.render.theme import direction_of
from explainer.render.views import Link, PageView, SiteView

URL = "https://example.org/sub/"
DAY = dt.date(2012, 7, 6)
BAD = '<script>alert("&")</script>'

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
HOMS = views.FiledEntry("homs", f"Homs {BAD}", "/glossary/homs/", "place", f"A city {BAD}", "Homs")
GUARD = views.FiledEntry("guard", "Republican Guard", "/glossary/guard/", "organisation", "", "")
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
    views.Appearance(replace(BARE_LINK, date=dt.date(2011, 3, 1)), "", "Homs", "", ""),
)
ENTRY = views.EntryPage(
    entry=HOMS,
    names=NAMES,
    body="<p>Body</p>",
    facts=FACTS,
    relations=(RELATION,),
    history=(*EVENTS, replace(EVENT, since="long ago"), replace(EVENT, since="")),
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
SECOND = views.PagerLink("2", "/p/page/2/")
PAGER = views.Pager(1, 2, (views.PagerLink("1", "/p/", current=True), SECOND), None, SECOND)
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


def page(url: str = "/", kind: str = "page", language: str = "en", title: str = f"Page {BAD}") -> PageView:
    return PageView(url, title, f"About it {BAD}", language, direction_of(language), kind)


def parse(html: str):
    """The document; anything that is not as HTML wants it is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
