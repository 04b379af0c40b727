"""A build that makes only what is not as it was: `build_again`, the rules in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from explainer.annotate.means import model_problems
from explainer.annotate.witness import Answers, identify, is_installed
from explainer.build import TEMPLATES, Built, Counts, settle_undecided, shown_of
from explainer.diagnostics import Diagnostic, Kind, sort_diagnostics
from explainer.incremental import facts, glossary, texts
from explainer.incremental.asked import AskedSite
from explainer.incremental.engine import Done, Engine, Reader, apply
from explainer.incremental.glossary import Forms, texts_with
from explainer.incremental.inputs import (
    FOLDERS,
    Seen,
    Sources,
    changed_since,
    digest_of_folder,
    find_sources,
    look_at,
)
from explainer.incremental.pages import FILE, VIEW, PageFile, PageTools, name_of, settle_pages
from explainer.incremental.portable import PageWork, TextRule, TextWork
from explainer.incremental.store import Made, Run, Store
from explainer.incremental.texts import ChangedMeanwhileError, Tools
from explainer.incremental.timings import Timings
from explainer.incremental.workers import InProcess, Workers, collecting_less
from explainer.read.content import ARTICLES, GLOSSARY, PAGES, Step, settings_zone
from explainer.read.schema import Settings
from explainer.render import TemplateProblem, load_theme, output_path, template_diagnostic
from explainer.render.jobs import Job, jobs_of
from explainer.render.theme import Theme
from explainer.theme_folder import default_theme
from explainer.types import SourcePath, Url

ORDER = (
    "input",
    "settings",
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
    "shown",
    "check addresses",
    "check text",
    "check usage",
    "check site",
    "check review",
    "card",
    "view",
    "rendered",
)
"""The rules; each reads only what those before it make."""


@dataclass(frozen=True, slots=True)
class BuiltAgain(Built):
    """What was built, and how much of it was made in this run."""

    rendered: tuple[str, ...] = ()
    """Output paths of the pages that were rendered."""
    relinked: tuple[str, ...] = ()
    """The texts that were read and linked."""
    sizes: Mapping[str, PageFile] = field(default_factory=dict)
    """Of every page, by output path: what the manifest says of it."""
    timings: Timings = field(default_factory=Timings)
    timezone: str = "UTC"
    """The site's."""
    day: dt.date = dt.date.min
    """The day of the build there."""
    depends_on_folder: bool = False
    """Whether it depends on a folder that is not the site's: a model that is no package."""


def build_again(  # noqa: PLR0913
    root: Path,
    *,
    store: Store,
    now: dt.datetime,
    preview: bool = False,
    frozen: bool = False,
    answers: Answers | None = None,
    step: Step = lambda _path: None,
    workers: Workers | None = None,
) -> BuiltAgain:
    """The same as `build_site`, from what `store` has kept and what has changed since.

    `workers` read texts, link them and render pages. A file that is edited meanwhile is read again.
    """
    with collecting_less(), _undone_if_broken_off(store):
        while True:
            try:
                build = _Build(
                    root, store, now, preview, {} if answers is None else answers, step, workers or InProcess()
                )
                return build.run(frozen=frozen)
            except ChangedMeanwhileError:
                store.rollback()


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
    step: Step
    workers: Workers
    engine: Engine = field(init=False)
    sources: Sources = field(init=False)
    seen: dict[str, Seen] = field(init=False)
    tools: Tools = field(init=False)
    theme_problem: TemplateProblem | None = None
    theme: Theme | None = None
    rendered: tuple[str, ...] = ()

    def run(self, *, frozen: bool) -> BuiltAgain:
        dirty = {rule: set(args) for rule, args in self.store.state.get("dirty", {}).items()}
        self.engine = Engine(self.store, ORDER, dirty)
        with self.engine.timings.stage("look at files"):
            self._look_at_files()
        self._rules("settings", [""], partial(texts.read_site, self.tools))
        settings: Settings | None = next(iter(self.store.cell(("settings", "")) or ()), None)
        if settings is None:
            own = self.store.group(("problems", "")).get(Run("settings", ""), ())
            built = BuiltAgain({}, sort_diagnostics(own), Texts(self.tools.texts, self.root))
        else:
            self._look_at_world(settings)
            self._texts()
            self._site()
            built = self._pages(settings, frozen=frozen)
        with self.engine.timings.stage("keep"):
            self._remember()
        return built

    # ---- inputs

    def _look_at_files(self) -> None:
        before: Mapping[str, Seen] = self.store.state.get("seen", {})
        self.sources = find_sources(self.root)
        self.tools = Tools(self.root, self.store, self.sources.found, self.answers, self._theme, Forms(self.store))
        self.seen = look_at(self.sources.found.values(), before)
        for path in before.keys() - self.seen.keys():
            self.engine.drop(Run("input", path))
        for path, seen in self.seen.items():
            if before.get(path) != seen:
                self.engine.put(path, Made(cells={("file", path): seen.digest}))
        for folder, problems in self.sources.problems.items():
            self.engine.put(f"folder {folder}", Made(shares={**texts.problem_shares(problems)}))
        themes = (digest_of_folder(self.root / TEMPLATES), digest_of_folder(default_theme()))
        self.engine.put("templates", Made(cells={("templates", ""): themes}))
        self.engine.put("preview", Made(cells={("preview", ""): self.preview}))

    def _look_at_world(self, settings: Settings) -> None:
        today = facts.day_of(self.now, settings_zone(settings))
        self.engine.put("today", Made(cells={("today", ""): today}))
        model = settings.nlp.model
        identity = identify(model) if model and is_installed(model) else ""
        self.engine.put("model", Made(cells={("model", ""): identity}))

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

    # ---- rules

    def _rules(self, rule: str, args: Iterable[str], make: Callable[[Reader, str], Made]) -> None:
        def work(todo: list[str]) -> Iterator[Done]:
            for arg in todo:
                self.step(arg)
                yield apply(make, self.store, arg)

        self.engine.settle(rule, args, work)

    def _read(self, rule: str, args: Iterable[str], make: TextRule, path_of: Callable[[str], str] = str) -> None:
        """A rule that reads texts: its runs can be made elsewhere."""

        def work(todo: list[str]) -> Iterator[Done]:
            for done in self.workers.run(TextWork(self.store, self.tools, make, path_of), todo):
                self.step(done[0])
                yield done

        self.engine.settle(rule, args, work)

    def _texts(self) -> None:
        tools, sources = self.tools, self.sources
        self._rules("verdicts", [""], partial(texts.read_verdicts, tools))
        self._rules("theme", [""], self._read_theme)
        self._read("entry", sources.texts(GLOSSARY), texts.read_entry)
        ids = self._ids()
        self._rules("name", ids, glossary.name_entry)
        self._rules("describe", ids, glossary.describe_entry)
        if any(kind in {*glossary.FORM_KINDS, "namesake"} for kind, _ in self.engine.changed):
            self.store.at_hand.pop("forms", None)
        tools.forms = self.store.at_hand.setdefault("forms", Forms(self.store))
        if self.store.args_of("article") or self.store.args_of("page") or self.store.args_of("linked entry"):
            for path, form in texts_with(self.engine.changed, self.store):
                self._relink(path, form)
        self._rules("medium", sources.media(), partial(texts.read_medium, tools))
        self._read("article", sources.texts(ARTICLES), texts.link_article)
        self._read("linked entry", ids, texts.link_entry, self._path_of_entry)
        self._read("page", sources.texts(PAGES), texts.link_page)

    def _path_of_entry(self, identifier: str) -> str:
        return min(run.arg for run in self.store.group(("entry", identifier)))

    def _ids(self) -> list[str]:
        return sorted(self._paths_of_entries())

    def _paths_of_entries(self) -> dict[str, str]:
        """The file of each entry: of two with one id the first."""
        shares = sorted(self.store.group(("entries", "")).items(), reverse=True)
        return {identifier: run.arg for run, identifier in shares}

    def _relink(self, path: str, form: tuple[str, str]) -> None:
        """A text in which a form stands that is not what it was."""
        folder = next(f for f in FOLDERS if path.startswith(f"{f}/"))
        if form[0] not in self.store.blind_to:
            rule, arg = {
                ARTICLES: ("article", path),
                GLOSSARY: ("linked entry", path.rpartition("/")[2].removesuffix(".md")),
                PAGES: ("page", path),
            }[folder]
            self.engine.mark(Run(rule, arg), form)

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
        return Made({**words, **templates, **assets, ("asset", ""): tuple(theme.finder.addresses)})

    def _site(self) -> None:
        articles = self.sources.texts(ARTICLES)
        self._rules("publish", articles, facts.publish_article)
        self._rules("present", self._ids(), facts.present_entry)
        self._rules("order", [""], facts.order_articles)
        self._rules("tally", facts.TALLIES, facts.tally)
        self._rules("shown", [""], facts.show_site)
        self._rules("check addresses", [""], facts.check_addresses)
        published = tuple(run.arg for run in self.store.group(("dated", "")))
        entries = self._paths_of_entries().values()
        pages = tuple(self._page_paths())
        self._rules("check text", (*published, *entries, *pages), facts.check_text)
        self._rules("check usage", published, facts.check_usage)
        self._rules("check site", [""], facts.check_site)
        self._rules("check review", [""], texts.check_review)
        self._rules("card", published, facts.make_card)

    def _page_paths(self) -> Iterator[str]:
        return (p for p in self.sources.texts(PAGES) if self.store.cell(("url", p)) is not None)

    # ---- pages

    def _pages(self, settings: Settings, *, frozen: bool) -> BuiltAgain:
        theme = self._theme()
        problems = (*self._problems(), *model_problems(settings.nlp))
        counts = self._counts(problems)
        if frozen:
            problems = settle_undecided(problems, self._shares("undecided"))
        if self.theme_problem is not None:
            problem = self.theme_problem
            seen = Texts({**self.tools.texts, SourcePath(problem.path): problem.source}, self.root)
            return BuiltAgain({}, shown_of((*problems, template_diagnostic(problem)), settings), seen)
        jobs = [name_of(job) for job in self._jobs()]
        tools = PageTools(self.store, theme)
        before = set(self.store.args_of(FILE))
        self.rendered = settle_pages(self.engine, jobs, PageWork(tools), self.workers, self.step)
        self._note_reasons(before)
        failed, sources = self._failures(jobs)
        made = dict(self.store.cells_of(FILE))
        sizes = {made[job].path: (job, made[job]) for job in jobs if job in made}
        return BuiltAgain(
            files=Files(tools, {path: job for path, (job, _) in sizes.items()}, self._others(theme)),
            diagnostics=shown_of((*problems, *failed), settings),
            texts=Texts({**self.tools.texts, **sources}, self.root),
            counts=counts,
            keep=settings.publish.keep,
            rendered=self.rendered,
            relinked=tuple(sorted(self.engine.ran.get("article", []))),
            sizes={path: file for path, (_, file) in sizes.items()},
            timings=self.engine.timings,
            timezone=settings.timezone,
            day=self.store.cell(("today", "")),
            depends_on_folder=bool(settings.nlp.model) and Path(settings.nlp.model).is_dir(),
        )

    def _note_reasons(self, before: Collection[str]) -> None:
        """Why each page was rendered, for `explainer why`."""
        when = self.now.isoformat(timespec="seconds")
        for job in self.engine.ran.get(FILE, ()):
            roots = self.engine.roots(Run(FILE, job)) | self.engine.roots(Run(VIEW, job))
            self.store.put(("why", job), (when, tuple(sorted(roots)) if job in before else ()))

    def _jobs(self) -> Iterator[Job]:
        return iter(jobs_of(AskedSite(Reader(self.store))))

    def _failures(self, jobs: Collection[str]) -> tuple[tuple[Diagnostic, ...], dict[SourcePath, str]]:
        failed = {run.arg: failure for run, failure in self.store.group(("failed", "")).items()}
        problems: set[Diagnostic] = set()
        sources: dict[SourcePath, str] = {}
        for job in jobs if failed else ():
            if job in failed:
                failure = failed[job]
                problem = failure.problem()
                problems.add(template_diagnostic(problem, failure.url if not problems else ""))
                sources[SourcePath(problem.path)] = problem.source
        return tuple(problems), sources

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
        counts = self.store.group(("counts", "")).values()
        return Counts(
            articles=len(self.store.group(("dated", ""))),
            entries=len(self._ids()),
            mentions=sum(mentions for mentions, _ in counts),
            links=sum(links for _, links in counts),
            ambiguous=sum(p.kind is Kind.AMBIGUOUS_MENTION for p in problems),
        )

    # ---- for the next build

    def _remember(self) -> None:
        """Keep how files looked, but for those that were changed while they were read."""
        for path in changed_since(self.engine.files, self.seen, self.root):
            self.seen[path] = Seen(None, "changed")
        dirty = {rule: args for rule, args in self.engine.dirty.items() if args}
        self.store.state |= {"seen": self.seen, "dirty": dirty}
        self.store.commit()


class Files(Mapping[str, bytes | Path]):
    """The site's files by path in the output folder. A page that is not at hand is rendered when it is asked for."""

    def __init__(self, tools: PageTools, jobs: Mapping[str, str], others: Mapping[str, bytes | Path]) -> None:
        self._tools, self._jobs, self._others = tools, jobs, others
        self._paths = sorted({*jobs, *others})

    def __getitem__(self, path: str) -> bytes | Path:
        if path in self._others:
            return self._others[path]
        job = self._jobs[path]
        data = self._tools.store.pages.get(job)
        return self._tools.data(job) if data is None else data

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class Texts(Mapping[SourcePath, str]):
    """The text of every file; one that this build did not read is read when it is asked for."""

    def __init__(self, read: Mapping[SourcePath, str], root: Path) -> None:
        self._read, self._root = read, root

    def __getitem__(self, path: SourcePath) -> str:
        if path in self._read:
            return self._read[path]
        try:
            return (self._root / path).read_bytes().decode()
        except (OSError, ValueError) as error:
            raise KeyError(path) from error

    def __iter__(self) -> Iterator[SourcePath]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
