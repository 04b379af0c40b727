"""The rules in their order, and what each is applied to: `Rules`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from explainer.annotate.witness import Answers
from explainer.build import TEMPLATES
from explainer.images import Depot, has_pillow
from explainer.incremental import facts, glossary, texts
from explainer.incremental.engine import Args, Done, Engine, Reader
from explainer.incremental.glossary import Forms, texts_with
from explainer.incremental.inputs import Sources
from explainer.incremental.pages import FEED_TEXT, PageTools
from explainer.incremental.pictures import PictureWork
from explainer.incremental.portable import RuleWork, TextRule, TextWork
from explainer.incremental.social import SITE, CardWork, make_social
from explainer.incremental.store import Made, Name, Store
from explainer.incremental.texts import Tools
from explainer.incremental.workers import Workers
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, PAGES, Step
from explainer.read.schema import Settings
from explainer.render import TemplateProblem, load_theme
from explainer.render.theme import Theme

ENTRIES, PUBLISHED, LOCATED = ("entries", ""), ("dated", ""), ("located", "")
_LATEST, _TAGS, _KINDS = ("latest", ""), ("tally", "tags"), ("tally", "kinds")


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


@dataclass(slots=True)
class Rules:
    """Applies the rules of one build, a stage at a time: settings, entries, texts, publishing, the site."""

    root: Path
    store: Store
    engine: Engine
    sources: Sources
    answers: Answers
    depot: Depot
    step: Step
    workers: Workers
    tools: Tools = field(init=False)
    theme_problem: TemplateProblem | None = None
    _loaded: Theme | None = None

    def __post_init__(self) -> None:
        self.tools = Tools(self.root, self.store, self.sources.found, self.answers, self.theme, Forms(self.store))

    def theme(self) -> Theme:
        """The site's theme; the default one where it cannot be used, so that texts can be read all the same."""
        if self._loaded is None:
            url = self.store.cell(("setting", "url"))
            recipe = (self.store.cell(("templates", "")), url)
            known: tuple[Any, Theme | None] = self.store.at_hand.get("theme", (None, None))
            if known[1] is not None and known[0] == recipe:
                self._loaded = known[1]
                return known[1]
            try:
                self._loaded = load_theme(self.root / TEMPLATES, site_url=url)
                self.store.at_hand["theme"] = (recipe, self._loaded)
            except TemplateProblem as problem:
                self.theme_problem = problem
                self._loaded = load_theme(None, site_url=url)
        return self._loaded

    # ---- one rule

    def _apply(self, rule: str, args: Args, make: Callable[[Reader, str], Made], of: Collection[Name] = ()) -> None:
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

    # ---- settings, entries, texts

    def settings(self) -> Settings | None:
        """The site's settings; None where they cannot be used."""
        self._apply("settings", _ONCE, partial(texts.read_site, self.tools))
        return next(iter(self.store.cell(("settings", "")) or ()), None)

    def read_entries(self) -> None:
        """Everything that texts are linked with."""
        tools, sources = self.tools, self.sources
        self._apply("boundaries", _ONCE, partial(texts.read_own_boundaries, tools))
        self._apply("verdicts", _ONCE, partial(texts.read_verdicts, tools))
        self._apply("theme", _ONCE, self._read_theme)
        self._read("entry", lambda: sources.texts(GLOSSARY), texts.read_entry, of=[("paths", GLOSSARY)])
        self._apply("name", self._ids, glossary.name_entry, of=[ENTRIES])
        self._apply("describe", self._ids, glossary.describe_entry, of=[ENTRIES])
        changed = {text for kind, text in self.engine.changed if kind in glossary.SEARCHED}
        forms: Forms = self.store.at_hand.get("forms", tools.forms)
        tools.forms = self.store.at_hand["forms"] = forms.changed(changed) if changed else forms
        self._apply("medium", sources.media, partial(texts.read_medium, tools), of=[("paths", MEDIA)])

    def link_texts(self) -> None:
        """Read and link all texts that have to be."""
        tools = self.tools
        if self.store.is_new:
            tools.forms.prepare()
        else:
            self.search()
        self.link()
        if self.store.is_kept:  # the process ends with this build, and is about to be forked again: the less is in it
            tools.forms = Forms(self.store)
            del self.store.at_hand["forms"]

    def search(self, among: Collection[str] | None = None) -> None:
        """Find the texts that have to be linked again for the forms that changed. `among`: these only."""
        for run, form in texts_with(self.engine.changed, self.store, self._renamed(), among):
            if form[0] not in self.store.blind_to:
                self.engine.mark(run, form)
        self.tools.only_forms = self.engine.dirty_for("article", glossary.SEARCHED)

    def link(self) -> None:
        """Link the texts that are known to have to be."""
        sources = self.sources
        self._read("article", lambda: sources.texts(ARTICLES), texts.link_article, of=[("paths", ARTICLES)])
        self._read("linked entry", self._ids, texts.link_entry, of=[ENTRIES], path_of=self._path_of_entry)
        self._read("page", lambda: sources.texts(PAGES), texts.link_page, of=[("paths", PAGES)])

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
        theme = self.theme()
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

    # ---- the site

    def publish(self) -> None:
        """What is to be on the site, and since when."""
        self._apply(
            "publish",
            lambda: self.sources.texts(ARTICLES),
            facts.publish_article,
            of=[("paths", ARTICLES)],
        )
        self._apply("present", self._ids, facts.present_entry, of=[ENTRIES])

    def site(self) -> None:
        """What pages show of more than their own text, and which pages there are."""
        self._apply("order", _ONCE, facts.order_articles)
        self._apply("tally", lambda: facts.TALLIES, facts.tally)
        self._apply("gather", _ONCE, facts.gather_places)
        self._apply("locate", self._located, facts.locate, of=[LOCATED])
        self._cards()
        self._apply("shown", _ONCE, facts.show_site)
        self._apply("check addresses", _ONCE, facts.check_addresses)
        self._apply("check text", self._checked, facts.check_text, of=[PUBLISHED, ENTRIES, ("pages", "")])
        self._apply("check usage", self._published, facts.check_usage, of=[PUBLISHED])
        self._apply("check site", _ONCE, facts.check_site)
        self._apply("check review", _ONCE, texts.check_review)
        self._pictures()
        self._apply("card", self._published, facts.make_card, of=[PUBLISHED])
        self._apply(FEED_TEXT, self._latest, PageTools(self.store, self.theme()).make_feed_text, of=[_LATEST])
        self._apply("list tag", lambda: self.store.cell(_TAGS), facts.list_tag, of=[_TAGS])
        self._apply("list entries", lambda: ("", *map(str, self.store.cell(_KINDS))), facts.list_entries, of=[_KINDS])
        self._apply("list addresses", _ONCE, facts.list_addresses)
        self._apply("jobs", _ONCE, facts.list_pages)

    def _published(self) -> Iterator[str]:
        return (run.arg for run in self.store.group(PUBLISHED))

    def _latest(self) -> tuple[str, ...]:
        latest: tuple[str, ...] = self.store.cell(_LATEST)
        return latest

    def _located(self) -> Iterator[str]:
        return (run.arg for run in self.store.group(LOCATED))

    def _checked(self) -> tuple[str, ...]:
        return (*self._published(), *self._paths_of_entries().values(), *self._page_paths())

    def _cards(self) -> None:
        """What is on the social cards, of articles and of the site, and their files."""

        def draw(todo: list[str]) -> Iterator[Done]:
            yield from self._told(self.workers.run(self.card_work(), todo))

        self._apply("social", self._carded, partial(make_social, self.theme), of=[PUBLISHED])
        self.engine.settle("drawn", self._carded, draw, of=[PUBLISHED])

    def _carded(self) -> tuple[str, ...]:
        return (*self._published(), SITE)

    def card_work(self) -> CardWork:
        theme = self.theme()
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
