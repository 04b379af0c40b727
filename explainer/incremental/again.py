"""A build that makes only what is not as it was: `build_again`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from explainer.annotate.means import model_problems
from explainer.annotate.witness import Answers
from explainer.build import Counts, settle_undecided, shown_of
from explainer.diagnostics import Diagnostic, Kind, has_errors, sort_diagnostics
from explainer.images import Depot, MemoryDepot, has_pillow
from explainer.incremental.built import BuiltAgain, Files, Texts
from explainer.incremental.engine import Engine
from explainer.incremental.inputs import FOLDERS
from explainer.incremental.outside import look_at_files, look_at_world, remember_looks
from explainer.incremental.pages import FILE, VIEW, PageTools, make_first, settle_pages
from explainer.incremental.pictures import PictureFiles
from explainer.incremental.portable import PageWork
from explainer.incremental.rules import ENTRIES, LOCATED, ORDER, PUBLISHED, Rules
from explainer.incremental.store import Made, Run, Store
from explainer.incremental.texts import ChangedMeanwhileError
from explainer.incremental.workers import FEWEST, InProcess, Workers, collecting_less
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, Step
from explainer.read.schema import Settings
from explainer.render import output_path, template_diagnostics, theme_diagnostics
from explainer.render.jobs import Job, name_of
from explainer.render.theme import Theme
from explainer.search import search_problems
from explainer.site.pictures import missing_pillow
from explainer.site.translations import stem_of
from explainer.types import SourcePath, Url

_JOBS = ("jobs", "")
_PRESENT = (ENTRIES, PUBLISHED, ("pages", ""), LOCATED, *(("paths", folder) for folder in FOLDERS))
"""What texts and media there are, when articles are dated and what they are called, and which entries have a place."""
_NOT_PAGES = frozenset({"asset", "url", "picture", "drawn"})
"""Kinds whose change concerns more of the output than the pages that show it."""
_FEW = 200
"""Pages of which a list is kept."""


def build_again(  # noqa: PLR0913
    root: Path,
    *,
    store: Store,
    now: dt.datetime,
    preview: bool = False,
    frozen: bool = False,
    answers: Answers | None = None,
    depot: Depot | None = None,
    step: Step = lambda _path: None,
    workers: Workers | None = None,
    touched: Collection[str] | None = None,
    stamps: Mapping[str, str] = MappingProxyType({}),
    first: First | None = None,
) -> BuiltAgain:
    """The same as `build_site`, from what `store` has kept and what has changed since.

    `depot` keeps what was drawn. `workers` read texts, link them, draw and render pages. A file that is edited meanwhile is
    read again. `touched`: the paths that were saved since the build before, where somebody has watched; a store in memory
    looks at these alone. `stamps`: how files looked just now, by path, where somebody has looked (`stamp_of`). `first`:
    the pages that somebody waits for.
    """
    with collecting_less(), _undone_if_broken_off(store):
        while True:
            try:
                known = {} if answers is None else answers
                drawn = store.at_hand.setdefault("depot", MemoryDepot()) if depot is None else depot
                build = _Build(
                    root, store, now, preview, known, drawn, step, workers or InProcess(), touched, stamps, first
                )
                return build.run(frozen=frozen)
            except ChangedMeanwhileError:
                stamps = {}
                store.rollback()


class First(NamedTuple):
    """Pages that are looked at while a build goes on, and come before all others.

    They are made as soon as their own texts are read and linked, and once more at the end if something else that they
    show turns out to be different.
    """

    urls: Collection[str]
    """Where they are served."""
    show: Callable[[Mapping[str, bytes]], None]
    """Gets those that were made before the others, by output path; not where a text of theirs has an error."""


@contextmanager
def _undone_if_broken_off(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.rollback()
        raise


@dataclass(slots=True)
class _Build:
    """One build, from the inputs to the pages."""

    root: Path
    store: Store
    now: dt.datetime
    preview: bool
    answers: Answers
    depot: Depot
    step: Step
    workers: Workers
    touched: Collection[str] | None
    stamps: Mapping[str, str]
    first: First | None
    engine: Engine = field(init=False)
    rules: Rules = field(init=False)
    rendered: tuple[str, ...] = ()
    shown_first: dict[str, bytes] = field(default_factory=dict)
    """Pages that were made before all others, by output path."""

    def run(self, *, frozen: bool) -> BuiltAgain:
        state = self.store.state
        dirty = {rule: set(args) for rule, args in state.get("dirty", {}).items()}
        counts = dict(state.get("counts", {}))
        self.engine = Engine(self.store, ORDER, dirty, counts, goes_on=bool(counts))
        state["counts"] = {}
        with self.engine.timings.stage("look at files"):
            looked = look_at_files(self.engine, self.root, touched=self.touched, stamps=self.stamps)
        self.engine.put("preview", Made(cells={("preview", ""): self.preview}))
        self.rules = Rules(
            self.root, self.store, self.engine, looked.sources, self.answers, self.depot, self.step, self.workers
        )
        settings = self.rules.settings()
        if settings is None:
            own = self.store.group(("problems", "")).get(Run("settings", ""), ())
            built = BuiltAgain({}, sort_diagnostics(own), Texts(self.rules.tools.texts, self.root))
        else:
            look_at_world(self.engine, settings, self.now)
            self.rules.read_entries()
            if self.first is not None and self.engine.goes_on:
                self._make_first(self.first)
            self.rules.link_texts()
            self.rules.publish()
            self.rules.site()
            built = self._pages(settings, frozen=frozen)
        with self.engine.timings.stage("keep"):
            remember_looks(self.engine, self.root, looked)
            state["dirty"] = {rule: args for rule, args in self.engine.dirty.items() if args}
            self.store.commit()
        return built

    def _make_first(self, first: First) -> None:
        """Apply the rules to some texts before all others, as far as their pages.

        Only where nothing comes, goes or is called otherwise: else a page might ask for what is not there yet.
        """
        rules, theme, jobs = self.rules, self.rules.theme(), dict(filter(None, map(self._text_at, first.urls)))
        if not jobs or rules.theme_problem is not None or not self.engine.is_same(_PRESENT):
            return
        rules.search(jobs)
        self.engine.first = frozenset((*jobs, *(job.key for job in jobs.values())))
        rules.link()
        rules.publish()
        is_same = self.engine.is_same(_PRESENT)
        if is_same:
            rules.site()
        self.engine.first = None
        if is_same:
            self.shown_first = make_first(self.engine, map(name_of, jobs.values()), PageTools(self.store, theme))
        if self.shown_first and not has_errors(self._problems()):
            first.show(self.shown_first)

    def _text_at(self, url: str) -> tuple[str, Job] | None:
        """The text that is served at an address, and its page; None where it is gone, or was none."""
        _, path = max(self.store.group(("address", url)).values(), default=(0, ""))
        if not path.endswith(".md") or self.store.cell(("file", path)) is None:
            return None
        if not path.startswith(f"{GLOSSARY}/"):
            return path, Job("article" if path.startswith(f"{ARTICLES}/") else "page", path)
        identifier = stem_of(path)
        return (path, Job("entry", identifier)) if self.store.group(("entry", identifier)) else None

    # ---- pages

    def _pages(self, settings: Settings, *, frozen: bool) -> BuiltAgain:
        rules, theme = self.rules, self.rules.theme()
        pictured = () if has_pillow() else self.store.keys_of("pictured")
        unmade = missing_pillow(pictured, settings.images)
        problems = (*self._problems(), *model_problems(settings.nlp), *search_problems(settings.search), *unmade)
        counts = self._counts(problems)
        if frozen:
            problems = settle_undecided(problems, self._shares("undecided"))
        if rules.theme_problem is not None:
            wrong, sources = theme_diagnostics(rules.theme_problem)
            seen = Texts({**rules.tools.texts, **sources}, self.root)
            return BuiltAgain({}, shown_of((*problems, *wrong), settings), seen)
        if len(self._jobs()) >= FEWEST and self.store.is_new:
            theme.compile_all()
        tools = PageTools(self.store, theme)
        rendered = settle_pages(self.engine, self._jobs, PageWork(tools), self.workers, self.step, of=[_JOBS])
        self.rendered = tuple(sorted({*rendered, *self.shown_first}))
        self._note_reasons()
        failed, sources = self._failures()
        self.store.state["counts"] = self.engine.counts
        return BuiltAgain(
            files=Files(
                tools,
                partial(self._others, theme),
                PictureFiles(self.store, self.root, self.depot),
                rules.card_work(),
            ),
            diagnostics=shown_of((*problems, *failed), settings),
            texts=Texts({**rules.tools.texts, **sources}, self.root),
            counts=counts,
            keep=settings.publish.keep,
            rendered=self.rendered,
            relinked=tuple(sorted(set(self.engine.ran.get("article", [])))),
            changed=self._changed(),
            number=self.store.state.get("builds", 0) + 1,
            timings=self.engine.timings,
            timezone=settings.timezone,
            day=self.store.cell(("today", "")),
            depends_on_folder=bool(settings.nlp.model) and Path(settings.nlp.model).is_dir(),
        )

    def _changed(self) -> Mapping[str, bytes] | None:
        """The pages of this build, where they are few and nothing but pages is different."""
        jobs = self.engine.ran.get(FILE, [])
        if not self.engine.is_same([_JOBS]) or len(jobs) > _FEW:
            return None
        if any(kind in _NOT_PAGES or key.startswith(f"{MEDIA}/") for kind, key in self.engine.changed):
            return None
        files = [(job, self.store.cell((FILE, job))) for job in jobs]
        return {file.path: self.store.pages[job] for job, file in files if file is not None}

    def _note_reasons(self) -> None:
        """Why each page was rendered, for `explainer why`."""
        when = self.now.isoformat(timespec="seconds")
        for job in self.engine.ran.get(FILE, ()):
            roots = self.engine.roots(Run(FILE, job)) | self.engine.roots(Run(VIEW, job))
            self.store.put(("why", job), (when, tuple(sorted(roots))))

    def _jobs(self) -> tuple[str, ...]:
        jobs: tuple[str, ...] = self.store.cell(_JOBS)
        return jobs

    def _failures(self) -> tuple[tuple[Diagnostic, ...], dict[SourcePath, str]]:
        failed = {run.arg: failure for run, failure in self.store.group(("failed", "")).items()}
        found = [failed[job] for job in self._jobs() if job in failed] if failed else []
        return template_diagnostics([(failure.problem(), failure.url) for failure in found])

    def _others(self, theme: Theme) -> dict[str, bytes | Path]:
        media = {self.store.cell(("url", path)): self.root / path for path in self.rules.sources.media()}
        return {
            **{output_path(url): data for url, data in theme.assets.items()},
            **{output_path(Url(url)): location for url, location in media.items()},
        }

    def _problems(self) -> tuple[Diagnostic, ...]:
        return self._shares("problems")

    def _shares(self, kind: str) -> tuple[Diagnostic, ...]:
        return tuple(d for some in self.store.group((kind, "")).values() for d in some)

    def _counts(self, problems: Collection[Diagnostic]) -> Counts:
        articles, mentions, links = self.store.cell(("tally", "counts"))
        return Counts(
            articles=articles,
            entries=sum(self.store.cell(("tally", "kinds")).values()),
            mentions=mentions,
            links=links,
            ambiguous=sum(p.kind is Kind.AMBIGUOUS_MENTION for p in problems),
        )
