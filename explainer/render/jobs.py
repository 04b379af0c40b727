"""The pages of a site, kind by kind: which there are, and what each is rendered from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from explainer.read.schema import EntryKind
from explainer.render import lists, long_lists
from explainer.render.article import Around, article_page
from explainer.render.digest import digest_of
from explainer.render.entry import entry_page, plain_page
from explainer.render.environment import absolute_url
from explainer.render.gaps import Parts
from explainer.render.long_lists import LongLists
from explainer.render.parts import absolute_links, appearance, article_card, entry_link, start_of_day
from explainer.render.social import Social
from explainer.render.theme import Theme, direction_of
from explainer.render.typography import smarten
from explainer.render.views import ArticleCard, ArticleLink, FeedItem, FiledEntry, PageView, ShareImage, SiteView
from explainer.site import Site, SiteArticle, SiteEntry, SitePage
from explainer.site import urls as addresses
from explainer.site.urls import relative_url
from explainer.types import EntryId, Html, SourcePath, Url


class Job(NamedTuple):
    """A page by its name: what kind of page, and of what."""

    kind: str
    """A key of `KINDS`."""
    key: str
    """A path, an id, a tag, a year; empty where there is one page of the kind."""


def name_of(job: Job) -> str:
    """A job as one word."""
    return f"{job.kind}:{job.key}"


class Renderer(Struct, frozen=True):
    """What pages are made from."""

    site: Site
    theme: Theme
    cards: Mapping[SourcePath, ArticleCard]
    """Of every article."""
    links: Mapping[SourcePath, ArticleLink]
    """The same, as the pages of entries name them."""
    items: Mapping[EntryId, FiledEntry]
    """Of every entry."""
    lists: LongLists
    parts: Callable[[SiteArticle | SiteEntry | SitePage], Parts]
    """The body of a text, with its gaps."""
    social: Mapping[SourcePath, Social]
    """Of the articles that have one."""
    shown: Callable[[Url], SiteView]
    """The site as the page at an address shows it."""
    feed_text: Callable[[SourcePath], FeedText] | None = None
    """An article as feeds have it, where that is known already. Raises `TemplateProblem`."""

    def view(self, job: Job) -> PageToRender:
        """Everything that a page shows. Raises `TemplateProblem` where a box of its text cannot be rendered."""
        kind = KINDS[job.kind]
        page = kind.page(self, job.key)
        around = self.around(page)
        return PageToRender(kind.template, around.site, page, kind.view(self, job.key, around))

    def url(self, job: Job) -> Url:
        """Where a page is served."""
        return KINDS[job.kind].page(self, job.key).url

    def around(self, page: PageView) -> Around:
        def address(url: Url, fragment: str) -> str:
            return relative_url(page.url, f"{url}#{fragment}" if fragment else url)

        return Around(self.shown(page.url), page, address)

    def word(self, key: str, **values: object) -> str:
        return self.theme.words(self.site.settings.language)(key, **values)


class PageToRender(NamedTuple):
    """A template and what it is given."""

    template: str
    site: SiteView
    page: PageView
    view: object

    @property
    def digest(self) -> str:
        """Of the template and what it is given, but for the site: equal where they are."""
        return digest_of((self.template, self.page, self.view))

    def render(self, theme: Theme) -> bytes:
        """The page. Raises `TemplateProblem`."""
        return theme.render(self.template, site=self.site, page=self.page, view=self.view).encode()


class FeedText(NamedTuple):
    """An article as feeds have it."""

    card: ArticleCard
    html: Html
    """The body and *In this story*, with absolute addresses."""
    modified: dt.date
    image: ShareImage | None


PageOf: TypeAlias = Callable[[Renderer, str], PageView]
ViewOf: TypeAlias = Callable[[Renderer, str, Around], object]


class PageKind(Struct, frozen=True):
    """One kind of page."""

    template: str
    keys: Callable[[Site], Iterable[str]]
    """Of the pages of this kind that a site has."""
    page: PageOf
    view: ViewOf


def jobs_of(site: Site) -> Iterable[Job]:
    """Every page of the site."""
    return (Job(name, key) for name, kind in KINDS.items() for key in kind.keys(site))


# ---- texts ----------------------------------------------------------------------------------------------------------


def _article_page(r: Renderer, key: str) -> PageView:
    return _page_of_article(r, r.site.article(SourcePath(key)))


def _page_of_article(r: Renderer, article: SiteArticle) -> PageView:
    meta, language = article.document.meta, article.language
    title, summary = smarten(meta.title, language), smarten(meta.summary, language)
    return PageView(article.url, title, summary, language, direction_of(language), "article", _image_of(r, article))


def _article(r: Renderer, key: str, around: Around) -> object:
    article = r.site.article(SourcePath(key))
    return article_page(article, r.parts(article), r.site, r.theme, around)


def _entry_page(r: Renderer, key: str) -> PageView:
    entry = r.site.entries[EntryId(key)]
    summary = smarten(entry.summary, entry.language)
    return PageView(entry.url, entry.document.meta.name, summary, entry.language, direction_of(entry.language), "entry")


def _entry(r: Renderer, key: str, around: Around) -> object:
    entry = r.site.entries[EntryId(key)]
    return entry_page(entry, r.parts(entry), r.site, r.links, around)


def _plain_page(r: Renderer, key: str) -> PageView:
    plain = r.site.page(SourcePath(key))
    meta, language = plain.document.meta, plain.language
    title, summary = smarten(meta.title, language), smarten(meta.summary, language)
    return PageView(plain.url, title, summary, language, direction_of(language), "page")


def _plain(r: Renderer, key: str, around: Around) -> object:
    page = r.site.page(SourcePath(key))
    return plain_page(page, r.parts(page), r.site, around)


# ---- lists ----------------------------------------------------------------------------------------------------------


def _one(site: Site) -> tuple[str]:
    del site
    return ("",)


def _list_page(kind: str, url: Callable[[str], Url], title: Callable[[Renderer, str], str]) -> PageOf:
    """The page of a list, in the site's language."""

    def page(r: Renderer, key: str) -> PageView:
        settings = r.site.settings
        description, language = settings.description, settings.language
        return PageView(url(key), title(r, key), description, language, direction_of(language), kind)

    return page


def _machine_page(kind: str, url: Url) -> PageOf:
    """What no reader sees needs no title."""

    def page(r: Renderer, key: str) -> PageView:
        del key
        language = r.site.settings.language
        return PageView(url, "", "", language, direction_of(language), kind)

    return page


def _at(url: Url) -> Callable[[str], Url]:
    return lambda _key: url


def _titled(word: str) -> Callable[[Renderer, str], str]:
    return lambda r, _key: r.word(word)


def _site_title(r: Renderer, key: str) -> str:
    del key
    return r.site.settings.title


def _home(r: Renderer, key: str, around: Around) -> object:
    del key, around
    paths = r.site.front(addresses.HOME_LENGTH)
    lead = tuple(article_card(r.site.article(path), r.site) for path in paths[:1])
    return lists.home_page(r.site, lead, _cards(r, paths[1:]))


def _cards(r: Renderer, paths: Iterable[SourcePath]) -> tuple[ArticleCard, ...]:
    return tuple(r.cards[path] for path in paths)


def _glossary(r: Renderer, kind: str, number: int) -> object:
    only = EntryKind(kind) if kind else None
    part = r.lists.filed(only, number)
    return lists.glossary_page(r.site, only, part, (r.items[i] for i in part.items), r.lists.begins(only))


def _year(r: Renderer, key: str, number: int) -> object:
    part = r.lists.in_year(int(key), number)
    return lists.year_page(r.site, int(key), part, _cards(r, part.items))


def _tag(r: Renderer, key: str, number: int) -> object:
    part = r.lists.tagged(key, number)
    return lists.tag_page(key, part, _cards(r, part.items))


def _further(
    first: PageKind,
    keys: Callable[[Site], Iterable[str]],
    view: Callable[[Renderer, str, int], object],
) -> PageKind:
    """The second and all further pages of the lists of which `first` are the first ones."""

    def page(r: Renderer, key: str) -> PageView:
        number, of = long_lists.PageOfList.of(key)
        whole = first.page(r, of)
        title = r.word("page_title", title=whole.title, n=number)
        return replace(whole, url=addresses.page_of_list(whole.url, number), title=title)

    return PageKind(
        first.template,
        keys,
        page,
        lambda r, key, _around: view(r, long_lists.PageOfList.of(key).key, long_lists.PageOfList.of(key).number),
    )


def _feed(r: Renderer, key: str, around: Around) -> object:
    del key, around
    found = map(r.feed_text or partial(feed_text, r), r.site.latest(lists.FEED_LENGTH))
    return lists.feed_page(FeedItem(t.card, t.html, start_of_day(t.modified), t.image) for t in found)


def _image_of(r: Renderer, article: SiteArticle) -> ShareImage | None:
    social = r.social.get(article.document.path)
    return social.image if social else None


def _entry_feed_page(r: Renderer, key: str) -> PageView:
    page = _entry_page(r, key)
    return replace(page, url=addresses.entry_feed_url(EntryId(key)), kind="feed")


def _entry_feed(r: Renderer, key: str, around: Around) -> object:
    del around
    entry = r.site.entries[EntryId(key)]
    found = islice(r.site.appears_in(entry.id), lists.FEED_LENGTH)
    summary = smarten(entry.summary, entry.language)
    return lists.entry_feed_page(entry_link(entry), summary, (appearance(one, r.links) for one in found))


def feed_text(r: Renderer, path: SourcePath) -> FeedText:
    """An article as feeds have it. Raises `TemplateProblem`."""
    article = r.site.article(path)
    page = _page_of_article(r, article)
    around = replace(r.around(page), drawn=False)
    view = article_page(article, r.parts(article), r.site, r.theme, around)
    story = r.theme.render_partial("in-this-story", site=around.site, page=page, view=view)
    html = absolute_links(Html(view.body + story), absolute_url(r.site.settings.url, page.url))
    return FeedText(view.card, html, view.modified, page.image)


_ALONE: Mapping[str, PageKind] = {
    "home": PageKind(
        "home.html",
        _one,
        _list_page("home", _at(addresses.HOME), _site_title),
        _home,
    ),
    "article": PageKind("article.html", lambda s: s.article_paths(), _article_page, _article),
    "entry": PageKind("entry.html", lambda s: s.entries, _entry_page, _entry),
    "page": PageKind("page.html", lambda s: s.page_paths(), _plain_page, _plain),
    "glossary": PageKind(
        "glossary.html",
        _one,
        _list_page("glossary", _at(addresses.GLOSSARY), _titled("glossary")),
        lambda r, _key, _around: _glossary(r, "", 1),
    ),
    "kind": PageKind(
        "glossary.html",
        lambda s: s.kinds(),
        _list_page("kind", lambda key: addresses.kind_url(EntryKind(key)), lambda r, key: r.word(f"kinds_{key}")),
        lambda r, key, _around: _glossary(r, key, 1),
    ),
    "year": PageKind(
        "year.html",
        lambda s: map(str, long_lists.years_beyond_home(s)),
        _list_page("year", lambda key: addresses.year_url(int(key)), lambda _r, key: key),
        lambda r, key, _around: _year(r, key, 1),
    ),
    "tags": PageKind(
        "tags.html",
        _one,
        _list_page("tags", _at(addresses.TAGS), _titled("topics")),
        lambda r, _key, _around: lists.tags_page(r.site),
    ),
    "tag": PageKind(
        "tag.html",
        lambda s: s.tags(),
        _list_page("tag", addresses.tag_url, lambda _r, key: key),
        lambda r, key, _around: _tag(r, key, 1),
    ),
    "search": PageKind(
        "search.html",
        lambda s: ("",) if s.has().search else (),
        _list_page("search", _at(addresses.SEARCH), _titled("search")),
        lambda r, _key, _around: lists.search_page(r.site),
    ),
    "404": PageKind(
        "404.html",
        _one,
        _list_page("404", _at(addresses.NOT_FOUND), _titled("not_found")),
        lambda r, _key, _around: lists.not_found_page(r.site),
    ),
    "feed": PageKind("feed.xml", _one, _machine_page("feed", addresses.FEED), _feed),
    "json feed": PageKind("feed.json", _one, _machine_page("feed", addresses.JSON_FEED), _feed),
    "entry feed": PageKind("entry-feed.xml", lambda s: s.mentioned(), _entry_feed_page, _entry_feed),
    "sitemap": PageKind(
        "sitemap.xml",
        _one,
        _machine_page("sitemap", addresses.SITEMAP),
        lambda r, _key, _around: lists.sitemap_page(r.site, r.lists.addresses(1)),
    ),
    "sitemap, in parts": PageKind(
        "sitemap.xml",
        long_lists.sitemap_parts,
        lambda r, key: _machine_page("sitemap", addresses.sitemap_url(int(key)))(r, key),
        lambda r, key, _around: lists.sitemap_part(r.site, r.lists.addresses(int(key))),
    ),
    "robots": PageKind("robots.txt", _one, _machine_page("robots", addresses.ROBOTS), lambda _r, _key, _around: None),
}

KINDS: Mapping[str, PageKind] = {
    **_ALONE,
    "glossary, further": _further(_ALONE["glossary"], long_lists.further_of_glossary, _glossary),
    "kind, further": _further(_ALONE["kind"], long_lists.further_of_kinds, _glossary),
    "year, further": _further(_ALONE["year"], long_lists.further_of_years, _year),
    "tag, further": _further(_ALONE["tag"], long_lists.further_of_tags, _tag),
}
"""In the order in which they are rendered."""
