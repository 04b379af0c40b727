"""Every page and asset of the site, as bytes: the stage between the whole site and publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind
from explainer.images.cards import card_data
from explainer.read.content import Step
from explainer.read.schema import RawHtml
from explainer.render.bodies import article_parts, plain_parts
from explainer.render.gaps import Parts
from explainer.render.jobs import Renderer, jobs_of
from explainer.render.long_lists import WholeLists
from explainer.render.parts import article_link, filed_entry, list_card, site_view
from explainer.render.social import article_social, draws_cards, site_social
from explainer.render.template_errors import TemplateProblem
from explainer.render.theme import Theme, load_theme
from explainer.render.views import ShareImage, SiteView
from explainer.site import SiteArticle, SiteEntry, SitePage, WholeSite
from explainer.types import SourcePath, Url

__all__ = ["Rendered", "TemplateProblem", "Theme", "load_theme", "render_site"]


class Rendered(Struct, frozen=True):
    """The site's files by path in the output folder: bytes, or a file of the site to be copied."""

    files: Mapping[str, bytes | Path]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[SourcePath, str]
    """The templates that diagnostics point into."""


def render_site(site: WholeSite, theme: Theme, *, preview: bool = False, step: Step = lambda _path: None) -> Rendered:
    """Render every page. A template that fails is reported once for each of its lines that do."""
    cards = {a.document.path: list_card(a, site) for a in site.articles}
    links = {path: article_link(card) for path, card in cards.items()}
    draws = draws_cards(site, preview=preview)
    found = {a.document.path: article_social(a, site, theme) for a in site.articles if draws}
    social = {path: one for path, one in found.items() if one is not None}
    whole = site_social(site, theme, draws=draws)
    parts = partial(_parts, site, theme, site.settings.markdown.html)
    items = {i: filed_entry(e) for i, e in site.entries.items()}
    shown = partial(_shown, site, preview, whole.image if whole else None)
    renderer = Renderer(site, theme, cards, links, items, WholeLists(site), parts, social, shown)
    files: dict[str, bytes | Path] = {}
    problems: list[tuple[TemplateProblem, str]] = []
    for job in jobs_of(site):
        url = renderer.url(job)
        step(url)
        try:
            files[output_path(url)] = renderer.view(job).render(theme)
        except TemplateProblem as problem:
            problems.append((problem, url))
    diagnostics, texts = template_diagnostics(problems)
    files |= {output_path(url): data for url, data in theme.assets.items()}
    drawn = [one for one in (*social.values(), whole) if one is not None and one.text is not None]
    files |= {output_path(one.image.url): card_data(one.text, theme.fonts) for one in drawn if one.text}
    files |= {output_path(site.urls.of[path]): location for path, location in site.media.items()}
    return Rendered(dict(sorted(files.items())), diagnostics, texts)


def _shown(site: WholeSite, preview: bool, image: ShareImage | None, url: Url) -> SiteView:  # noqa: FBT001
    return site_view(site, url=url, preview=preview, image=image)


def _parts(site: WholeSite, theme: Theme, html: RawHtml, text: SiteArticle | SiteEntry | SitePage) -> Parts:
    words = theme.words(text.language)
    if not isinstance(text, SiteArticle):
        return plain_parts(text, words, html)
    names = {b.entry: site.entries[b.entry].document.meta.name for b in text.boxes}
    return article_parts(text, names, words, html)


def template_diagnostics(
    problems: Iterable[tuple[TemplateProblem, str]],
) -> tuple[tuple[Diagnostic, ...], dict[SourcePath, str]]:
    """What is wrong in templates, each place once, and the texts of those templates.

    `problems`: with the page that each shows in, in the order of the pages.
    """
    first: dict[tuple[str, int, str], tuple[TemplateProblem, list[str]]] = {}
    for problem, url in problems:
        first.setdefault((problem.path, problem.line, problem.message), (problem, []))[1].append(url)
    diagnostics = tuple(template_diagnostic(problem, *urls) for problem, urls in first.values())
    return diagnostics, {SourcePath(problem.path): problem.source for problem, _ in first.values()}


def template_diagnostic(problem: TemplateProblem, *urls: str) -> Diagnostic:
    """What is wrong in a template, as a diagnostic at its line. `urls`: the pages that it shows in."""
    more = f" and {len(urls) - 1:,} more" if len(urls) > 1 else ""
    asked = f" (rendering {urls[0]}{more})" if urls else ""
    hint = "templates see the values described in docs/templates.md"
    if problem.way:
        hint = f"asked for by {', which is asked for by '.join(reversed(problem.way))}; {hint}"
    return Diagnostic(Kind.TEMPLATE_ERROR, SourcePath(problem.path), f"{problem.message}{asked}", hint, *problem.span)


def theme_diagnostics(problem: TemplateProblem) -> tuple[tuple[Diagnostic, ...], dict[SourcePath, str]]:
    """Why a theme cannot be used, and the texts of the files that are wrong."""
    every = (problem, *problem.others)
    diagnostics = tuple(d for one in every for d in one.diagnostics or (template_diagnostic(one),))
    return diagnostics, {SourcePath(one.path): one.source for one in every}


def output_path(url: Url) -> str:
    """Where the page of an address lies in the output folder."""
    path = unquote(url).removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path
