"""Every page and asset of the site, as bytes: the stage between the whole site and publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import Step
from explainer.read.schema import EntryKind
from explainer.render import lists
from explainer.render.article import Around, article_page
from explainer.render.bodies import article_parts, plain_parts
from explainer.render.body import Parts
from explainer.render.entry import entry_page, plain_page
from explainer.render.parts import absolute_links, article_card, entry_link, site_view
from explainer.render.theme import (
    TemplateProblem,
    Theme,
    absolute_url,
    direction_of,
    load_theme,
)
from explainer.render.typography import smarten
from explainer.render.views import ArticleCard, ArticlePage, EntryPage, GlossaryPage, PageView, PlainPage, TagPage
from explainer.site import Site, SiteArticle, SiteEntry, SitePage
from explainer.site import urls as addresses
from explainer.site.urls import relative_url
from explainer.types import Html, SourcePath, Url

__all__ = ["Rendered", "TemplateProblem", "Theme", "load_theme", "render_site"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The site's files by path in the output folder: bytes, or a file of the site to be copied."""

    files: Mapping[str, bytes | Path]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[SourcePath, str]
    """The templates that diagnostics point into."""


@dataclass(frozen=True, slots=True)
class Job:
    """One page to be rendered: everything it depends on."""

    template: str
    page: PageView
    view: Callable[[Around], object]


@dataclass(frozen=True, slots=True)
class Renderer:
    """What all pages share."""

    site: Site
    theme: Theme
    cards: Mapping[SourcePath, ArticleCard]
    preview: bool

    def render(self, job: Job) -> str:
        """One page. Raises `TemplateProblem`."""
        around = self.around(job.page)
        return self.theme.render(job.template, site=around.site, page=job.page, view=job.view(around))

    def around(self, page: PageView) -> Around:
        def address(url: Url, fragment: str) -> str:
            return relative_url(page.url, f"{url}#{fragment}" if fragment else url)

        return Around(site_view(self.site, url=page.url, preview=self.preview), page, address)

    def parts(self, text: SiteArticle | SiteEntry | SitePage) -> Parts:
        """The text's body with its gaps."""
        words, html = self.theme.wordbook.words(text.language), self.site.settings.markdown.html
        if not isinstance(text, SiteArticle):
            return plain_parts(text, words, html)
        names = {b.entry: self.site.entries[b.entry].document.meta.name for b in text.boxes}
        return article_parts(text, names, words, html)

    def feed_html(self, article: SiteArticle) -> Html:
        """The body and *In this story*, with absolute addresses."""
        page = _article_view(article)
        around = self.around(page)
        view = article_page(article, self.parts(article), self.site, self.theme, around)
        story = self.theme.render_partial("in-this-story", site=around.site, page=page, view=view)
        return absolute_links(Html(view.body + story), absolute_url(self.site.settings.url, page.url))


def render_site(site: Site, theme: Theme, *, preview: bool = False, step: Step = lambda _path: None) -> Rendered:
    """Render every page. A template that fails is reported once for each of its lines that do."""
    cards = {a.document.path: article_card(a, site) for a in site.articles}
    renderer = Renderer(site, theme, cards, preview)
    files: dict[str, bytes | Path] = {}
    problems: set[Diagnostic] = set()
    texts: dict[SourcePath, str] = {}
    for job in all_jobs(renderer):
        step(job.page.url)
        try:
            files[output_path(job.page.url)] = renderer.render(job).encode()
        except TemplateProblem as problem:
            problems.add(template_diagnostic(problem, job.page.url if not problems else ""))
            texts[SourcePath(problem.path)] = problem.source
    files |= {output_path(url): data for url, data in theme.assets.items()}
    files |= {output_path(site.urls.of[path]): location for path, location in site.media.items()}
    return Rendered(dict(sorted(files.items())), tuple(problems), texts)


def template_diagnostic(problem: TemplateProblem, url: str = "") -> Diagnostic:
    """What is wrong in a template, as a diagnostic at its line."""
    asked = f" (rendering {url})" if url else ""
    hint = "templates see the values described in docs/templates.md"
    return Diagnostic(Kind.TEMPLATE_ERROR, SourcePath(problem.path), f"{problem.message}{asked}", hint, *problem.span)


def output_path(url: Url) -> str:
    """Where the page of an address lies in the output folder."""
    path = unquote(url).removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


# ---- the pages, kind by kind ----------------------------------------------------------------------------------------


def all_jobs(renderer: Renderer) -> Iterator[Job]:
    """Every page of the site."""
    for kind_of_page in JOBS:
        yield from kind_of_page(renderer)


def _home(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.HOME, r.site.settings.title, r.site.settings.description, "home")
    yield Job("home.html", page, lambda _: lists.home_page(r.site, r.cards))


def _articles(r: Renderer) -> Iterator[Job]:
    for article in r.site.articles:
        yield Job("article.html", _article_view(article), partial(_article, r, article))


def _article(r: Renderer, article: SiteArticle, around: Around) -> ArticlePage:
    return article_page(article, r.parts(article), r.site, r.theme, around)


def _article_view(article: SiteArticle) -> PageView:
    meta, language = article.document.meta, article.language
    title, summary = smarten(meta.title, language), smarten(meta.summary, language)
    return PageView(article.url, title, summary, language, direction_of(language), "article")


def _entries(r: Renderer) -> Iterator[Job]:
    for entry in r.site.entries.values():
        link = entry_link(entry)
        page = PageView(entry.url, link.name, link.summary, entry.language, direction_of(entry.language), "entry")

        yield Job("entry.html", page, partial(_entry, r, entry))


def _entry(r: Renderer, entry: SiteEntry, around: Around) -> EntryPage:
    return entry_page(entry, r.parts(entry), r.site, r.cards, around)


def _pages(r: Renderer) -> Iterator[Job]:
    for plain in r.site.pages:
        meta, language = plain.document.meta, plain.language
        title, summary = smarten(meta.title, language), smarten(meta.summary, language)
        page = PageView(plain.url, title, summary, language, direction_of(language), "page")
        yield Job("page.html", page, partial(_plain, r, plain))


def _plain(r: Renderer, page: SitePage, around: Around) -> PlainPage:
    return plain_page(page, r.parts(page), r.site, around)


def _glossary(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.GLOSSARY, _word(r, "glossary"), "", "glossary")
    yield Job("glossary.html", page, lambda _: lists.glossary_page(r.site, None))
    for kind in EntryKind:
        if any(e.document.meta.kind is kind for e in r.site.entries.values()):
            page = _page(r, addresses.kind_url(kind), _word(r, f"kinds_{kind}"), "", "kind")
            yield Job("glossary.html", page, partial(_glossary_of, r, kind))


def _glossary_of(r: Renderer, kind: EntryKind, around: Around) -> GlossaryPage:
    del around
    return lists.glossary_page(r.site, kind)


def _tagged(r: Renderer, tag: str, articles: tuple[SiteArticle, ...], around: Around) -> TagPage:
    del around
    return lists.tag_page(tag, articles, r.cards)


def _tags(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.TAGS, _word(r, "topics"), "", "tags")
    yield Job("tags.html", page, lambda _: lists.tags_page(r.site))
    for tag, articles in r.site.tags.items():
        page = _page(r, addresses.tag_url(tag), tag, "", "tag")
        yield Job("tag.html", page, partial(_tagged, r, tag, articles))


def _not_found(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.NOT_FOUND, _word(r, "not_found"), "", "404")
    yield Job("404.html", page, lambda _: lists.not_found_page(r.site))


def _feed(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.FEED, r.site.settings.title, "", "feed")
    latest = [a for a in r.site.articles if not (a.document.draft or a.document.future)][: lists.FEED_LENGTH]

    def view(_: Around) -> object:
        return lists.feed_page((a, r.cards[a.document.path], r.feed_html(a)) for a in latest)

    yield Job("feed.xml", page, view)


def _sitemap(r: Renderer) -> Iterator[Job]:
    page = _page(r, addresses.SITEMAP, r.site.settings.title, "", "sitemap")
    yield Job("sitemap.xml", page, lambda _: lists.sitemap_page(r.site))
    page = _page(r, addresses.ROBOTS, r.site.settings.title, "", "robots")
    yield Job("robots.txt", page, lambda _: None)


JOBS: tuple[Callable[[Renderer], Iterator[Job]], ...] = (
    _home,
    _articles,
    _entries,
    _pages,
    _glossary,
    _tags,
    _not_found,
    _feed,
    _sitemap,
)


def _page(r: Renderer, url: Url, title: str, description: str, kind: str) -> PageView:
    language = r.site.settings.language
    return PageView(url, title, description or r.site.settings.description, language, direction_of(language), kind)


def _word(r: Renderer, key: str) -> str:
    return r.theme.wordbook.words(r.site.settings.language)(key)
