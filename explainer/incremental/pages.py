"""The rules that make pages: what a page shows, and its file.

A page is rendered where what it shows is different from before, or one of the templates, assets and words that it uses.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Iterable
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from explainer.incremental.asked import AskedCells, AskedLists, AskedSite, AskedSiteView, AskedTheme
from explainer.incremental.engine import Args, Engine, Reader
from explainer.incremental.store import Made, Name, Run, Store
from explainer.incremental.timings import Span, Stage, span
from explainer.incremental.workers import Work, Workers
from explainer.read.content import Step
from explainer.render import output_path
from explainer.render.gaps import Parts
from explainer.render.jobs import FeedText, Job, PageToRender, Renderer, feed_text
from explainer.render.template_errors import TemplateProblem
from explainer.render.theme import Theme
from explainer.search import digest_of_searched
from explainer.site import SiteArticle, SiteEntry, SitePage
from explainer.types import SourcePath

FEED_TEXT = "feed text"
VIEW, FILE = "view", "rendered"
"""The rules: an article as feeds have it; what a page shows, and what is rendered from that."""


NEVER = Span(0, 0, 0)
ANY_TEMPLATE = ("templates", "")
"""What is said of a mistake depends on all templates and words: it names the closest."""


class PageFile(NamedTuple):
    """A page in the output folder."""

    path: str
    sha256: str
    size: int
    """In bytes."""
    searched: str = ""
    """A digest of what is searched of it; empty where nothing is."""


class Failure(NamedTuple):
    """A page that a template does not let be made."""

    url: str
    path: str
    line: int
    message: str
    source: str
    word: str
    way: tuple[str, ...]

    def problem(self) -> TemplateProblem:
        return TemplateProblem(
            path=self.path,
            message=self.message,
            line=self.line,
            source=self.source,
            word=self.word,
            way=self.way,
        )


class PageTask(NamedTuple):
    """A page to be made, as far as it has to be."""

    job: str
    view: bool
    """Whether it may show something else than before."""
    file: bool
    """Whether it is to be rendered whatever it shows."""


class Rendered(NamedTuple):
    """What rendering one page gave."""

    job: str
    view: Made | None
    """None where it is known to show what it showed before."""
    view_reads: Collection[Name]
    file: Made | None
    """None where the page shows what it showed before."""
    file_reads: Collection[Name]
    data: bytes | None
    when: Span


class PageTools(Struct, frozen=True):
    """What pages are made with."""

    store: Store
    theme: Theme

    def renderer(self, reader: Reader) -> Renderer:
        """A renderer for one page, which notes what it asks."""
        return Renderer(
            site=AskedSite(reader),
            theme=AskedTheme.over(self.theme, reader),
            cards=AskedCells(reader, "card"),
            links=AskedCells(reader, "article link"),
            items=AskedCells(reader, "entry item"),
            lists=AskedLists(reader),
            parts=partial(_parts, reader),
            social=AskedCells(reader, "social"),
            shown=partial(AskedSiteView.of, reader),
            feed_text=partial(_feed_text, reader),
        )

    def make_feed_text(self, reader: Reader, path: str) -> Made:
        """An article as feeds have it, or what goes wrong in its templates."""
        made: FeedText | Failure
        try:
            made = feed_text(self.renderer(reader), SourcePath(path))
        except TemplateProblem as problem:
            reader.note(ANY_TEMPLATE)
            made = failure_of(problem, "")
        return Made(cells={(FEED_TEXT, path): made})

    def make(self, task: PageTask) -> Rendered:
        """What the page of a job shows; and its file, if that is new, or if it has to be rendered all the same."""
        with span() as when:
            made = self._make(task)
        return made._replace(when=when[0])

    def _make(self, task: PageTask) -> Rendered:
        job, reader = task.job, Reader(self.store)
        try:
            page = self.renderer(reader).view(job_of(job))
        except TemplateProblem as problem:
            reader.note(ANY_TEMPLATE)
            return self._failed(job, problem, reader)
        view = Made(cells={(VIEW, job): page.digest}) if task.view else None
        if view is not None and not task.file and self.store.cell((VIEW, job)) == view.cells[VIEW, job]:
            return Rendered(job, view, reader.reads, None, (), None, NEVER)
        file_reader = Reader(self.store)
        file_reader.note((VIEW, job))
        file, data = self._file(job, page, file_reader)
        return Rendered(job, view, reader.reads, file, file_reader.reads, data, NEVER)

    def _file(self, job: str, page: PageToRender, reader: Reader) -> tuple[Made, bytes | None]:
        try:
            shown = page._replace(site=AskedSiteView.of(reader, page.page.url))
            data = shown.render(AskedTheme.over(self.theme, reader))
        except TemplateProblem as problem:
            reader.note(ANY_TEMPLATE)
            return Made(shares={("failed", ""): failure_of(problem, page.page.url)}), None
        path = output_path(page.page.url)
        file = PageFile(path, hashlib.sha256(data).hexdigest(), len(data), digest_of_searched(data))
        return Made(cells={(FILE, job): file}), data

    def _failed(self, job: str, problem: TemplateProblem, reader: Reader) -> Rendered:
        """A page whose boxes cannot be rendered: it has no file."""
        url = self.renderer(Reader(self.store)).url(job_of(job))
        view = Made(cells={(VIEW, job): "failed"}, shares={("failed", ""): failure_of(problem, url)})
        return Rendered(job, view, reader.reads, Made(), [(VIEW, job)], None, NEVER)

    def data(self, job: str) -> bytes:
        """A page's bytes, made anew."""
        reader = Reader(self.store)
        return self.renderer(reader).view(job_of(job)).render(AskedTheme.over(self.theme, reader))


def failure_of(problem: TemplateProblem, url: str) -> Failure:
    """A problem as a value that can be kept."""
    return Failure(url, problem.path, problem.line, problem.message, problem.source, problem.word, problem.way)


def _parts(reader: Reader, text: SiteArticle | SiteEntry | SitePage) -> Parts:
    parts: Parts = reader.cell("body", text.document.path)
    return parts


def _feed_text(reader: Reader, path: SourcePath) -> FeedText:
    made: FeedText | Failure = reader.cell(FEED_TEXT, path)
    if isinstance(made, Failure):
        raise made.problem()
    return made


def job_of(name: str) -> Job:
    """The job of a name (`name_of`)."""
    kind, _, key = name.partition(":")
    return Job(kind, key)


def settle_pages(  # noqa: PLR0913, PLR0917
    engine: Engine,
    jobs: Args,
    work: Work[PageTask, Rendered],
    workers: Workers,
    step: Step,
    of: Collection[Name],
) -> tuple[str, ...]:
    """Make every page of `jobs` that has to be made, and forget those that are not among them.

    `of`: the names that the jobs follow from. Returns the output paths of what was rendered.
    """
    views, files = engine.dirty.get(VIEW, set()), engine.dirty.get(FILE, set())
    if not engine.is_same(of):
        wanted, known, made = set(jobs()), set(engine.store.args_of(VIEW)), set(engine.store.args_of(FILE))
        for gone in sorted(known - wanted):
            engine.drop(Run(VIEW, gone))
            engine.drop(Run(FILE, gone))
            engine.store.pages.pop(gone, None)
        views, files = (wanted - known) | (views & wanted), (wanted - made) | (files & wanted)
        engine.counts[VIEW] = len(wanted)
    rendered = list[str]()
    begin = time.monotonic()
    for page in workers.run(work, [PageTask(job, job in views, job in files) for job in sorted(views | files)]):
        rendered += _keep(engine, page)
        step(page.job)
    whole = Span(begin, time.monotonic(), os.getpid())
    engine.timings.stages.append(Stage("pages", whole, len(rendered), engine.counts[VIEW] - len(rendered)))
    engine.dirty.pop(VIEW, None)
    engine.dirty.pop(FILE, None)
    return tuple(sorted(rendered))


def make_first(engine: Engine, jobs: Iterable[str], tools: PageTools) -> dict[str, bytes]:
    """Make those pages of `jobs` anew of which that is known to be needed so far: what has to be made again after it,
    is. Returns what was rendered, by output path.
    """
    made = dict[str, bytes]()
    for job in jobs:
        view, file = (bool(engine.dirty_among(rule, [job])) for rule in (VIEW, FILE))
        if view or file:
            page = tools.make(PageTask(job, view, file))
            made |= {path: page.data for path in _keep(engine, page) if page.data is not None}
            for rule in (VIEW, FILE):
                engine.dirty.get(rule, set()).discard(job)
    return made


def _keep(engine: Engine, page: Rendered) -> list[str]:
    """Returns the output path, if the page was rendered."""
    engine.timings.add(VIEW, page.job, page.when)
    if page.view is not None:
        engine.keep(Run(VIEW, page.job), page.view, page.view_reads)
    if page.file is None:
        return []
    engine.keep(Run(FILE, page.job), page.file, page.file_reads)
    if page.data is None:
        engine.store.pages.pop(page.job, None)
    else:
        engine.store.pages[page.job] = page.data
    return [file.path for file in page.file.cells.values()]
