"""The site as rules and pages ask about it: every answer comes from a cell or a group, and is noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from explainer.annotate import Annotation
from explainer.images import Picture
from explainer.incremental.engine import ASK_BY_KEY, Reader
from explainer.incremental.recent import Recent
from explainer.maps.world import NO_BOUNDARIES, Boundaries
from explainer.read.content import Article, Document, Entry, Page
from explainer.read.markdown import EMPTY_BODY
from explainer.read.schema import AliasMeta, EntryKind, RelationMeta, Settings
from explainer.render.long_lists import PageOfList, Part
from explainer.render.theme import Theme
from explainer.render.views import PageView, SiteView
from explainer.render.words import ENGLISH, Words, base_language
from explainer.site import Has, Neighbour, SiteArticle, SiteEntry, SitePage
from explainer.site.events import undated
from explainer.site.places import KnownPlace, Locator
from explainer.site.story import Appearance
from explainer.site.translations import Version
from explainer.site.urls import GENERATED, SEARCH, Urls, derived_urls
from explainer.types import EntryId, Html, SourcePath, Url

if TYPE_CHECKING:
    from explainer.incremental.facts import EntryFacts

_NO_ANNOTATION = Annotation((), ())
_ENTRIES_AT_HAND = 2000


class AskedSettings:
    """The settings, each noted when it is looked at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return self._reader.cell("setting", name)


class AskedCells(Mapping[Any, Any]):
    """The cells of one kind by key."""

    def __init__(self, reader: Reader, kind: str) -> None:
        self._reader, self._kind = reader, kind

    def __getitem__(self, key: str) -> Any:
        value = self._reader.cell(self._kind, key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[Any]:
        raise TypeError(ASK_BY_KEY)

    def __len__(self) -> int:
        raise TypeError(ASK_BY_KEY)


class PageIds(AskedCells):
    """The ids on the page of a text."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader, "ids")


# ---- addresses ------------------------------------------------------------------------------------------------------


class _Of(AskedCells):
    def __init__(self, reader: Reader) -> None:
        super().__init__(reader, "url")

    def __iter__(self) -> Iterator[Any]:
        return (path for path, _ in sorted(s.value for s in self._reader.group("addresses")))


class _Source(AskedCells):
    def __init__(self, reader: Reader) -> None:
        super().__init__(reader, "address")

    def __getitem__(self, url: str) -> SourcePath:
        owners = self._reader.group("address", url)
        if not owners:
            raise KeyError(url)
        return SourcePath(max(s.value for s in owners)[1])


class _All(Collection[Url]):
    """Every address that there is."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __contains__(self, url: object) -> bool:
        key = str(url)
        if key == SEARCH:
            return bool(self._reader.cell("search"))
        if key in GENERATED or any(self._reader.holds(kind, key) for kind in ("address", "tag url", "kind url")):
            return True
        return key.startswith("/articles/year/") and key in self._derived()

    def __iter__(self) -> Iterator[Url]:
        return iter({*GENERATED, *(s.value[1] for s in self._reader.group("addresses")), *self._derived()})

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def _derived(self) -> set[Url]:
        kinds, tags = self._reader.cell("tally", "kinds"), self._reader.cell("tally", "tags")
        years = [y for y, n in self._reader.cell("years").items() for _ in range(n)]
        return derived_urls(kinds, tags, years, search=self._reader.cell("search"))


class AskedUrls:
    """Addresses of texts and media."""

    @staticmethod
    def of(reader: Reader) -> Urls:
        return Urls(_Of(reader), _Source(reader), _All(reader))


# ---- the site -------------------------------------------------------------------------------------------------------


class AskedSite:
    """What `explainer.site.Site` asks for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.settings: Settings = AskedSettings(reader)  # type: ignore[assignment]
        self.entries: Mapping[EntryId, SiteEntry] = _Entries(reader)
        self.urls = AskedUrls.of(reader)

    @staticmethod
    def entry_of(identifier: EntryId, facts: EntryFacts) -> SiteEntry:
        """The entry without its text; where it appears is asked by itself."""
        document: Entry = Document(facts.path, "", facts.meta, {}, EMPTY_BODY)
        now = facts.present or undated(facts.meta)
        return SiteEntry(identifier, document, _NO_ANNOTATION, facts.url, facts.language, now, (), ())

    def has(self) -> Has:
        has: Has = self._reader.cell("tally", "has")
        return has

    def article_paths(self) -> Iterable[SourcePath]:
        found = sorted(self._reader.group("dated"), key=lambda s: (-s.value.day, s.arg))
        return (SourcePath(s.arg) for s in found)

    def page_paths(self) -> Iterable[SourcePath]:
        return (SourcePath(s.arg) for s in self._reader.group("pages"))

    def article(self, path: SourcePath) -> SiteArticle:
        head, told, status = (self._reader.cell(kind, path) for kind in ("text", "told", "status"))
        meta = head.meta
        document: Article = Document(path, "", meta, {}, EMPTY_BODY, status.draft, status.future)
        return SiteArticle(
            document=document,
            annotation=_NO_ANNOTATION,
            url=self._reader.cell("url", path),
            language=meta.language or self.settings.language,
            as_of=meta.as_of or meta.date,
            boxes=told.boxes,
            mention_ids=told.mention_ids,
            story=told.story,
            words=told.words,
        )

    def page(self, path: SourcePath) -> SitePage:
        meta = self._reader.cell("text", path).meta
        document: Page = Document(path, "", meta, {}, EMPTY_BODY)
        language = meta.language or self.settings.language
        return SitePage(document, _NO_ANNOTATION, self._reader.cell("url", path), language)

    def image_size(self, path: SourcePath) -> tuple[int, int] | None:
        size: tuple[int, int] | None = self._reader.cell("size", path)
        return size

    def picture(self, path: SourcePath) -> Picture | None:
        picture: Picture | None = self._reader.cell("picture", path)
        return picture

    def front(self, length: int) -> tuple[SourcePath, ...]:
        return tuple(self._reader.cell("front")[:length])

    def latest(self, length: int) -> tuple[SourcePath, ...]:
        return tuple(self._reader.cell("latest")[:length])

    def neighbours(self, article: SourcePath) -> tuple[Neighbour | None, Neighbour | None]:
        newer, older = self._reader.cell("neighbours", article)
        return newer, older

    def years(self) -> Mapping[int, int]:
        years: Mapping[int, int] = self._reader.cell("years")
        return years

    def tags(self) -> Mapping[str, int]:
        tags: Mapping[str, int] = self._reader.cell("tally", "tags")
        return tags

    def kinds(self) -> Mapping[EntryKind, int]:
        kinds: Mapping[EntryKind, int] = self._reader.cell("tally", "kinds")
        return kinds

    def most_spread(self, most: int) -> tuple[EntryId, ...]:
        return tuple(self._reader.cell("tally", "spread")[:most])

    def mentioned(self) -> tuple[EntryId, ...]:
        return tuple(self._reader.cell("tally", "mentioned"))

    def appears_in(self, entry: EntryId) -> tuple[Appearance, ...]:
        found = sorted(self._reader.group("appears", entry), key=lambda s: (-s.value[0], s.arg))
        return tuple(s.value[1] for s in found)

    def aliases(self, entry: EntryId) -> tuple[AliasMeta, ...]:
        return tuple(self._reader.cell("aliases", entry) or ())

    def incoming(self, entry: EntryId) -> tuple[tuple[EntryId, RelationMeta], ...]:
        return tuple((EntryId(s.arg), r) for s in self._reader.group("incoming", entry) for r in s.value)

    def translations(self, article: SourcePath) -> tuple[Version, ...]:
        return tuple(self._reader.cell("translations", article) or ())

    def translated(self) -> Mapping[Url, tuple[Version, ...]]:
        translated: Mapping[Url, tuple[Version, ...]] = self._reader.cell("translated")
        return translated

    def changes(self) -> tuple[tuple[Url, dt.date | None], ...]:
        latest_first = sorted(self._reader.group("changes"), key=lambda s: (-s.value[2], s.arg))
        corrected = self._corrected()
        return tuple(
            (url, max(filter(None, (day, corrected.get(arg))), default=None)) for arg, (url, day, _) in latest_first
        )

    def _corrected(self) -> Mapping[str, dt.date]:
        """For every article with an entry that was corrected on its day or later, the last such day."""
        entries = {EntryId(s.arg): s.value for s in self._reader.group("corrected")}
        if not entries:
            return {}
        dated = {s.arg: dt.date.fromordinal(s.value.day) for s in self._reader.group("dated")}
        found = {
            s.arg: [d for e in s.value for d in entries.get(e, ()) if d >= dated[s.arg]]
            for s in self._reader.group("spread")
        }
        return {arg: max(days) for arg, days in found.items() if days}

    def boundaries(self) -> Boundaries:
        boundaries: Boundaries = self._reader.cell("boundaries") or NO_BOUNDARIES
        return boundaries

    def places(self) -> tuple[KnownPlace, ...]:
        return tuple(self._reader.cell("places") or ())

    def locator(self, entry: EntryId) -> Locator | None:
        locator: Locator | None = self._reader.cell("locator", entry)
        return locator


class AskedLists:
    """What `explainer.render.long_lists.LongLists` asks for; each page of a list is noted by itself."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def in_year(self, year: int, number: int) -> Part[SourcePath]:
        return self._part("in year", str(year), number)

    def tagged(self, tag: str, number: int) -> Part[SourcePath]:
        return self._part("in tag", tag, number)

    def filed(self, kind: EntryKind | None, number: int) -> Part[EntryId]:
        return self._part("filed", str(kind or ""), number)

    def begins(self, kind: EntryKind | None) -> Mapping[str, int]:
        begins: Mapping[str, int] = self._reader.cell("begins", str(kind or "")) or {}
        return begins

    def addresses(self, number: int) -> Part[tuple[Url, dt.date | None]]:
        return self._part("in sitemap", "", number)

    def _part(self, kind: str, key: str, number: int) -> Part[Any]:
        part: Part[Any] | None = self._reader.cell(kind, str(PageOfList(number, key)))
        return part or Part((), number, 1, 0)


class _Entries(Mapping[EntryId, SiteEntry]):
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        made: Recent[EntryId, tuple[EntryFacts, SiteEntry] | None]
        made = reader.store.at_hand.setdefault("site entries", Recent(_ENTRIES_AT_HAND))
        self._made = made
        """Of the facts of an entry: hundreds of pages ask for the same ones."""

    def __getitem__(self, identifier: EntryId) -> SiteEntry:
        facts: EntryFacts | None = self._reader.cell("entry facts", identifier)
        if facts is None:
            raise KeyError(identifier)
        made = self._made.get(identifier, None)
        if made is None or made[0] is not facts:
            made = facts, AskedSite.entry_of(identifier, facts)
            self._made.put(identifier, made)
        return made[1]

    def __iter__(self) -> Iterator[EntryId]:
        return (EntryId(s.arg) for s in self._reader.group("kinds"))

    def __len__(self) -> int:
        return len(self._reader.group("kinds"))


class AskedSiteView:
    """What templates see of the site; every field is noted when a template looks at it."""

    def __init__(self, reader: Reader, url: Url) -> None:
        self._reader, self._url = reader, url

    @staticmethod
    def of(reader: Reader, url: Url) -> SiteView:
        """For the page at an address."""
        view: Any = AskedSiteView(reader, url)
        return view  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return repr(self._whole())

    def __eq__(self, other: object) -> bool:
        return self._whole() == other

    def __hash__(self) -> int:
        return hash(self._whole())

    def _whole(self) -> SiteView:
        return SiteView(**{name: getattr(self, name) for name in SiteView.__struct_fields__})

    def __getattr__(self, name: str) -> Any:
        if name not in SiteView.__struct_fields__:
            raise AttributeError(name)
        value = self._reader.cell("shown", name)
        if name == "nav":
            value = tuple(replace(n, current=n.url == self._url) for n in value)
        self.__dict__[name] = value  # the next time nobody asks here
        return value


AskedSiteView.__module__, AskedSiteView.__name__ = SiteView.__module__, SiteView.__name__
"""What Jinja calls it where a template asks for a field that is not there."""


# ---- templates ------------------------------------------------------------------------------------------------------


class AskedWords:
    """The words of a language; each that is used is noted, from the nearest language to the one that has it."""

    __slots__ = ("_nearest", "_noted", "_reader", "_words")

    def __init__(self, words: Words, reader: Reader) -> None:
        self._words, self._reader = words, reader
        self._nearest = tuple(dict.fromkeys((words.language.lower(), base_language(words.language), ENGLISH)))
        self._noted: set[str] = set()

    def __repr__(self) -> str:
        return repr(self._words)

    def __call__(self, key: str, **values: object) -> str:
        if key not in self._noted:
            self._noted.add(key)
            found_in, _ = self._words.forms.get(key, (ENGLISH, ""))
            for name in self._nearest:
                self._reader.note(("word", f"{name}:{key}"))
                if name == found_in:
                    break
        return self._words(key, **values)


class AskedTheme:
    """A theme whose templates, assets and words are noted where they are used."""

    def __init__(self, theme: Theme, reader: Reader) -> None:
        self._theme, self._reader = theme, reader
        self._words: dict[str, AskedWords] = {}

    @staticmethod
    def over(theme: Theme, reader: Reader) -> Theme:
        """For what one reader reads."""
        asked: Any = AskedTheme(theme, reader)
        return asked  # type: ignore[no-any-return]

    def words(self, language: str) -> AskedWords:
        if language not in self._words:
            self._words[language] = AskedWords(self._theme.wordbook.words(language), self._reader)
        return self._words[language]

    def render(self, template: str, *, site: SiteView, page: PageView, view: object) -> str:
        reader = self._reader
        reader.note(("template", template))
        self._theme.finder.heard = lambda name: reader.note(("asset", name))
        return self._theme.render(template, site=site, page=page, view=view, words=self.words(page.language))

    def render_partial(self, partial: str, *, site: SiteView, page: PageView, view: object) -> Html:
        return Html(self.render(f"partials/{partial}.html", site=site, page=page, view=view))
