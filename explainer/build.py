"""The product on one page: from a folder of texts to a folder of pages.

read  →  annotate  →  site  →  render  →  publish
files    mentions     whole     pages      output/
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from explainer.annotate import Annotations, Reason, annotate_content
from explainer.annotate.witness import Answers
from explainer.diagnostics import Diagnostic, Kind, sort_diagnostics
from explainer.images import Depot, MemoryDepot
from explainer.read.content import Content, Step, read_content
from explainer.read.schema import Settings
from explainer.render import TemplateProblem, load_theme, output_path, render_site, theme_diagnostics
from explainer.search import offers_search, search_problems
from explainer.site import assemble_site
from explainer.site.pictures import make_pictures
from explainer.site.references import check_undecided
from explainer.types import SourcePath

TEMPLATES = "templates"


class Counts(Struct, frozen=True):
    """What the summary line tells."""

    articles: int = 0
    entries: int = 0
    mentions: int = 0
    links: int = 0
    ambiguous: int = 0


class Built(Struct, frozen=True):
    """A site ready to be published, or what stands in its way."""

    files: Mapping[str, bytes | Path]
    """By path in the output folder; empty where site.yaml or a template cannot be used."""
    diagnostics: tuple[Diagnostic, ...]
    """Sorted, each once."""
    texts: Mapping[SourcePath, str]
    """For showing lines in diagnostics."""
    counts: Counts = field(default_factory=Counts)
    keep: tuple[str, ...] = ()
    """Names in the output folder that its owner put there."""


def build_site(  # noqa: PLR0913
    root: Path,
    *,
    now: dt.datetime,
    preview: bool = False,
    frozen: bool = False,
    answers: Answers | None = None,
    depot: Depot | None = None,
    step: Step = lambda _path: None,
) -> Built:
    """Make every page of the site in the folder `root`; write nothing.

    `preview` keeps drafts and future articles, marked; `frozen` makes an error of every undecided mention in the
    articles. `answers` are what the site's model said before, `depot` what was drawn; what is new is added. Pages are made even from content with errors, as far as they can be, so that all problems show in one
    run; whoever publishes looks at `diagnostics` first.
    """
    read = read_content(root, now=now, unpublished=preview, step=step)
    content = read.content
    if content is None:
        return Built({}, sort_diagnostics(read.diagnostics), read.texts)
    annotations = annotate_content(content, answers=answers, step=step)
    search = content.settings.search
    site, site_problems = assemble_site(content, annotations, search=offers_search(search))
    pictured = make_pictures(site, depot or MemoryDepot(), preview=preview)
    found = (*read.diagnostics, *annotations.diagnostics, *search_problems(search))
    problems = (*found, *site_problems, *pictured.diagnostics)
    if frozen:
        undecided = (d for a in content.articles for d in check_undecided(annotations.by_path[a.path]))
        problems = settle_undecided(problems, tuple(undecided))
    try:
        theme = load_theme(root / TEMPLATES, site_url=content.settings.url)
    except TemplateProblem as problem:
        wrong, texts = theme_diagnostics(problem)
        return Built({}, shown_of((*problems, *wrong), content.settings), {**read.texts, **texts})
    rendered = render_site(pictured.site, theme, preview=preview, step=step)
    derived = {output_path(url): data for url, data in pictured.files.items()}
    return Built(
        files=dict(sorted({**rendered.files, **derived}.items())),
        diagnostics=shown_of((*problems, *rendered.diagnostics), content.settings),
        texts={**read.texts, **rendered.texts},
        counts=count(content, annotations, site_problems),
        keep=content.settings.publish.keep,
    )


def settle_undecided(problems: Iterable[Diagnostic], undecided: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The problems with an error for every undecided mention in the articles, in place of its warning."""
    places = {(d.path, d.start, d.end) for d in undecided}
    rest = (p for p in problems if p.kind is not Kind.AMBIGUOUS_MENTION or (p.path, p.start, p.end) not in places)
    return (*rest, *undecided)


def shown_of(diagnostics: Iterable[Diagnostic], settings: Settings) -> tuple[Diagnostic, ...]:
    """Without the warnings that the site's settings ignore."""
    return sort_diagnostics(d for d in diagnostics if d.severity == "error" or d.kind not in settings.ignore)


def count(content: Content, annotations: Annotations, problems: tuple[Diagnostic, ...]) -> Counts:
    """Mentions and links of the articles; ambiguous are the mentions that an author should settle."""
    decisions = [d for a in content.articles for d in annotations.by_path[a.path].decisions]
    mentions = [d for d in decisions if d.entry is not None or d.reason is Reason.AMBIGUOUS]
    return Counts(
        articles=len(content.articles),
        entries=len(content.entries),
        mentions=len(mentions),
        links=sum(d.linked for d in decisions),
        ambiguous=sum(p.kind is Kind.AMBIGUOUS_MENTION for p in problems),
    )
