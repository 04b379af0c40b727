"""A build that makes only what is not as it was: `build_again`, the rules in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from explainer.annotate.means import model_problems
from explainer.annotate.witness import Answers
from explainer.build import TEMPLATES, Counts, settle_undecided, shown_of
from explainer.diagnostics import Diagnostic, Kind, has_errors, sort_diagnostics
from explainer.images import Depot, MemoryDepot, has_pillow
from explainer.incremental import facts, glossary, texts
from explainer.incremental.built import BuiltAgain, Files, Texts
from explainer.incremental.engine import Args, Done, Engine, Reader
from explainer.incremental.glossary import Forms, texts_with
from explainer.incremental.inputs import FOLDERS, Sources
from explainer.incremental.outside import look_at_files, look_at_world, remember_looks
from explainer.incremental.pages import FEED_TEXT, FILE, VIEW, PageTools, make_first, settle_pages
from explainer.incremental.pictures import PictureFiles, PictureWork
from explainer.incremental.portable import PageWork, RuleWork, TextRule, TextWork
from explainer.incremental.social import SITE, CardWork, make_social
from explainer.incremental.store import Made, Name, Run, Store
from explainer.incremental.texts import ChangedMeanwhileError, Tools
from explainer.incremental.workers import FEWEST, InProcess, Workers, collecting_less
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, PAGES, Step
from explainer.read.schema import Settings
from explainer.render import TemplateProblem, load_theme, output_path, template_diagnostics, theme_diagnostics
from explainer.render.jobs import Job, name_of
from explainer.render.theme import Theme
from explainer.search import search_problems
from explainer.site.pictures import missing_pillow
from explainer.site.translations import stem_of
from explainer.types import SourcePath, Url

_ENTRIES, _PUBLISHED, _LOCATED, _JOBS = [("entries", "")], ("dated", ""), ("located", ""), ("jobs", "")
_PRESENT = (*_ENTRIES, _PUBLISHED, ("pages", ""), _LOCATED, *(("paths", folder) for folder in FOLDERS))
"""What texts and media there are, when articles are dated and what they are called, and which entries have a place."""
_LATEST, _TAGS, _KINDS = ("latest", ""), ("tally", "tags"), ("tally", "kinds")
_NOT_PAGES = frozenset({"asset", "url", "picture", "drawn"})
"""Kinds whose change concerns more of the output than the pages that show it."""
_FEW = 200
"""Pages of which a list is kept."""


def _ONCE() -> tuple[str]:  # noqa: N802
    """The argument of a rule that has one run."""
    return ("",)


ORDER = (
    "input",
    "settings",
    "boundaries",
    "verdicts",
    "theme",
    "entry",
    "name",
    "describe",
    "medium",
    "article",
    "linked entry",
    "page",
    "publish",
    "present",
    "order",
    "tally",
    "gather",
    "locate",
    "social",
    "drawn",
    "shown",
    "check addresses",
    "check text",
    "check usage",
    "picture",
    "check site",
    "check review",
    "card",
    "feed text",
    "list tag",
    "list entries",
    "list addresses",
    "jobs",
    "view",
    "rendered",
)
"""The rules; each reads only what those before it make."""


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
    sources: Sources = field(init=False)
    tools: Tools = field(init=False)
    theme_problem: TemplateProblem | None = None
    theme: Theme | None = None
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
        self.sources, found = looked.sources, looked.sources.found
        self.tools = Tools(self.root, self.store, found, self.answers, self._theme, Forms(self.store))
        self._rules("settings", _ONCE, partial(texts.read_site, self.tools))
        settings: Settings | None = next(iter(self.store.cell(("settings", "")) or ()), None)
        if settings is None:
            own = self.store.group(("problems", "")).get(Run("settings", ""), ())
            built = BuiltAgain({}, sort_diagnostics(own), Texts(self.tools.texts, self.root))
        else:
            look_at_world(self.engine, settings, self.now)
            self._texts()
            self._publish()
            self._site()
            built = self._pages(settings, frozen=frozen)
        with self.engine.timings.stage("keep"):
            remember_looks(self.engine, self.root, looked)
            state["dirty"] = {rule: args for rule, args in self.engine.dirty.items() if args}
            self.store.commit()
        return built

    # ---- rules

    def _theme(self) -> Theme:
        """The site's theme; the default one where it cannot be used, so that texts can be read all the same."""
        if self.theme is None:
            url = self.store.cell(("setting", "url"))
            recipe = (self.store.cell(("templates", "")), url)
            known: tuple[Any, Theme | None] = self.store.at_hand.get("theme", (None, None))
            if known[1] is not None and known[0] == recipe:
                self.theme = known[1]
                return known[1]
            try:
                self.theme = load_theme(self.root / TEMPLATES, site_url=url)
                self.store.at_hand["theme"] = (recipe, self.theme)
            except TemplateProblem as problem:
                self.theme_problem = problem
                self.theme = load_theme(None, site_url=url)
        return self.theme

    def _rules(self, rule: str, args: Args, make: Callable[[Reader, str], Made], of: Collection[Name] = ()) -> None:
        def work(todo: list[str]) -> Iterator[Done]:
            yield from self._told(self.workers.run(RuleWork(self.store, make), todo))

        self.engine.settle(rule, args, work, of=of)

    def _read(
        self, rule: str, args: Args, make: TextRule, of: Collection[Name], path_of: Callable[[str], str] = str
    ) -> None:
        """A rule that reads texts: its runs can be made elsewhere."""

        def work(todo: list[str]) -> Iterator[Done]:
            yield from self._told(self.workers.run(TextWork(self.store, self.tools, make, path_of), todo))

        self.engine.settle(rule, args, work, of=of)

    def _texts(self) -> None:
        tools, sources = self.tools, self.sources
        self._rules("boundaries", _ONCE, partial(texts.read_own_boundaries, tools))
        self._rules("verdicts", _ONCE, partial(texts.read_verdicts, tools))
        self._rules("theme", _ONCE, self._read_theme)
        self._read("entry", lambda: sources.texts(GLOSSARY), texts.read_entry, of=[("paths", GLOSSARY)])
        self._rules("name", self._ids, glossary.name_entry, of=_ENTRIES)
        self._rules("describe", self._ids, glossary.describe_entry, of=_ENTRIES)
        changed = {text for kind, text in self.engine.changed if kind in glossary.SEARCHED}
        forms: Forms = self.store.at_hand.get("forms", tools.forms)
        tools.forms = self.store.at_hand["forms"] = forms.changed(changed) if changed else forms
        self._rules("medium", sources.media, partial(texts.read_medium, tools), of=[("paths", MEDIA)])
        if self.first is not None and self.engine.goes_on:
            self._make_first(self.first)
        if self.store.is_new:
            tools.forms.prepare()
        else:
            self._search()
        self._link()
        if self.store.is_kept:  # the process ends with this build, and is about to be forked again: the less is in it
            tools.forms = Forms(self.store)
            del self.store.at_hand["forms"]

    def _search(self, among: Collection[str] | None = None) -> None:
        """Find the texts that have to be linked again for the forms that changed. `among`: these only."""
        for run, form in texts_with(self.engine.changed, self.store, self._renamed(), among):
            if form[0] not in self.store.blind_to:
                self.engine.mark(run, form)
        self.tools.only_forms = self.engine.dirty_for("article", glossary.SEARCHED)

    def _link(self) -> None:
        sources = self.sources
        self._read("article", lambda: sources.texts(ARTICLES), texts.link_article, of=[("paths", ARTICLES)])
        self._read("linked entry", self._ids, texts.link_entry, of=_ENTRIES, path_of=self._path_of_entry)
        self._read("page", lambda: sources.texts(PAGES), texts.link_page, of=[("paths", PAGES)])

    def _make_first(self, first: First) -> None:
        """Apply the rules to some texts before all others, as far as their pages.

        Only where nothing comes, goes or is called otherwise: else a page might ask for what is not there yet.
        """
        theme, jobs = self._theme(), dict(filter(None, map(self._text_at, first.urls)))
        if not jobs or self.theme_problem is not None or not self.engine.is_same(_PRESENT):
            return
        self._search(jobs)
        self.engine.first = frozenset((*jobs, *(job.key for job in jobs.values())))
        self._link()
        self._publish()
        is_same = self.engine.is_same(_PRESENT)
        if is_same:
            self._site()
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

    def _path_of_entry(self, identifier: str) -> str:
        return min(run.arg for run in self.store.group(("entry", identifier)))

    def _ids(self) -> list[str]:
        return sorted(self._paths_of_entries())

    def _paths_of_entries(self) -> dict[str, str]:
        """The file of each entry: of two with one id the first."""
        shares = sorted(self.store.group(("entries", "")).items(), reverse=True)
        return {identifier: run.arg for run, identifier in shares}

    def _renamed(self) -> set[str]:
        """The entries that may have other forms than before."""
        gone = {key for kind, key in self.engine.changed if kind == "forms"}
        return gone.union(self.engine.ran.get("name", ()))

    def _read_theme(self, reader: Reader, key: str) -> Made:
        """The theme in cells: a digest of each template with all that it uses, addresses of assets, words."""
        del key
        reader.cell("templates")
        reader.cell("setting", "url")
        theme = self._theme()
        if self.theme_problem is not None:
            return Made()
        words = {
            ("word", f"{language}:{key}"): form
            for language, forms in theme.wordbook.languages.items()
            for key, form in forms.items()
        }
        templates = {("template", name): digest for name, digest in theme.closures().items()}
        assets = {("asset", name): url for name, url in theme.finder.addresses.items()}
        fonts = {("fonts", ""): theme.fonts_digest}
        return Made({**words, **templates, **assets, **fonts, ("asset", ""): tuple(theme.finder.addresses)})

    def _publish(self) -> None:
        self._rules(
            "publish",
            lambda: self.sources.texts(ARTICLES),
            facts.publish_article,
            of=[("paths", ARTICLES)],
        )
        self._rules("present", self._ids, facts.present_entry, of=_ENTRIES)

    def _site(self) -> None:
        self._rules("order", _ONCE, facts.order_articles)
        self._rules("tally", lambda: facts.TALLIES, facts.tally)
        self._rules("gather", _ONCE, facts.gather_places)
        self._rules("locate", self._located, facts.locate, of=[_LOCATED])
        self._cards()
        self._rules("shown", _ONCE, facts.show_site)
        self._rules("check addresses", _ONCE, facts.check_addresses)
        self._rules("check text", self._checked, facts.check_text, of=[_PUBLISHED, *_ENTRIES, ("pages", "")])
        self._rules("check usage", self._published, facts.check_usage, of=[_PUBLISHED])
        self._rules("check site", _ONCE, facts.check_site)
        self._rules("check review", _ONCE, texts.check_review)
        self._pictures()
        self._rules("card", self._published, facts.make_card, of=[_PUBLISHED])
        self._rules(FEED_TEXT, self._latest, PageTools(self.store, self._theme()).make_feed_text, of=[_LATEST])
        self._rules("list tag", lambda: self.store.cell(_TAGS), facts.list_tag, of=[_TAGS])
        self._rules("list entries", lambda: ("", *map(str, self.store.cell(_KINDS))), facts.list_entries, of=[_KINDS])
        self._rules("list addresses", _ONCE, facts.list_addresses)
        self._rules("jobs", _ONCE, facts.list_pages)

    def _published(self) -> Iterator[str]:
        return (run.arg for run in self.store.group(_PUBLISHED))

    def _latest(self) -> tuple[str, ...]:
        latest: tuple[str, ...] = self.store.cell(_LATEST)
        return latest

    def _located(self) -> Iterator[str]:
        return (run.arg for run in self.store.group(_LOCATED))

    def _checked(self) -> tuple[str, ...]:
        return (*self._published(), *self._paths_of_entries().values(), *self._page_paths())

    def _cards(self) -> None:
        """What is on the social cards, of articles and of the site, and their files."""

        def draw(todo: list[str]) -> Iterator[Done]:
            yield from self._told(self.workers.run(self._card_work(), todo))

        self._rules("social", self._carded, partial(make_social, self._theme), of=[_PUBLISHED])
        self.engine.settle("drawn", self._carded, draw, of=[_PUBLISHED])

    def _carded(self) -> tuple[str, ...]:
        return (*self._published(), SITE)

    def _card_work(self) -> CardWork:
        theme = self._theme()
        return CardWork(self.store, theme.fonts, theme.fonts_digest, self.depot)

    def _pictures(self) -> None:
        """Of the media that texts show."""
        work = PictureWork(self.store, self.root, self.depot)
        changed = [name for name in self.engine.changed if name[0] == "pictured"]

        def make(todo: list[str]) -> Iterator[Done]:
            yield from self._told(self.workers.run(work, todo))

        self.engine.settle("picture", self._pictured, make, of=changed or [("pictured", "")])

    def _pictured(self) -> list[str]:
        return sorted(self.store.keys_of("pictured")) if has_pillow() else []

    def _told(self, done: Iterable[Done]) -> Iterator[Done]:
        for one in done:
            self.step(one[0])
            yield one

    def _page_paths(self) -> Iterator[str]:
        return (p for p in self.sources.texts(PAGES) if self.store.cell(("url", p)) is not None)

    # ---- pages

    def _pages(self, settings: Settings, *, frozen: bool) -> BuiltAgain:
        theme = self._theme()
        pictured = () if has_pillow() else self.store.keys_of("pictured")
        unmade = missing_pillow(pictured, settings.images)
        problems = (*self._problems(), *model_problems(settings.nlp), *search_problems(settings.search), *unmade)
        counts = self._counts(problems)
        if frozen:
            problems = settle_undecided(problems, self._shares("undecided"))
        if self.theme_problem is not None:
            wrong, sources = theme_diagnostics(self.theme_problem)
            seen = Texts({**self.tools.texts, **sources}, self.root)
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
                self._card_work(),
            ),
            diagnostics=shown_of((*problems, *failed), settings),
            texts=Texts({**self.tools.texts, **sources}, self.root),
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
        media = {self.store.cell(("url", path)): self.root / path for path in self.sources.media()}
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
