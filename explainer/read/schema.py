"""What authors may write in `site.yaml` and in front matter: names, types, limits.

Pydantic validates at this edge only; what passes is a frozen, slotted dataclass like every other value. Keys that are
not listed here are errors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from explainer.diagnostics import WARNINGS, did_you_mean
from explainer.read.edtf import Interval, parse_edtf
from explainer.types import EntryId

SUMMARY_LENGTH = 280
"""Characters a summary may have: what a preview can show at a glance."""

# Validators are built when they are first used: most runs need those of a few schemas only.
_CONFIG = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)


class EntryKind(StrEnum):
    """What an entry is about."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    EVENT = "event"
    WORK = "work"
    CONCEPT = "concept"


class LinkScope(StrEnum):
    """Which resolved mentions of an entry become links."""

    FIRST_IN_SECTION = "first-in-section"
    FIRST_IN_ARTICLE = "first-in-article"
    ALL = "all"


class BoxPlacement(StrEnum):
    """Who places context boxes: `auto` adds those that entries ask for, `manual` only what articles ask for."""

    AUTO = "auto"
    MANUAL = "manual"
    OFF = "off"


class MapDrawing(StrEnum):
    """Whether places are shown on maps."""

    ON = "on"
    OFF = "off"


class ImageFormat(StrEnum):
    """What raster images are encoded as."""

    WEBP = "webp"
    AVIF = "avif"


class RawHtml(StrEnum):
    """What becomes of HTML in Markdown."""

    OFF = "off"
    SANITISED = "sanitised"
    TRUSTED = "trusted"


class SearchMode(StrEnum):
    """Whether the site has search: `auto` where Pagefind is installed."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


# ---- kinds of string ------------------------------------------------------------------------------------------------


def _is_date(value: Any) -> Any:
    """Pydantic alone would read a bare number as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise PydanticCustomError("date_written", "a date is written year-month-day, as in 2012-07-06")
    return value


def _is_language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise PydanticCustomError("language", "a language is written as its code: en, fr, ar, pt-BR")
    return value


def _is_timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("timezone", "a time zone is written as Area/City, as in Europe/Paris") from error
    return value


def _is_site_url(value: str) -> str:
    """Absolute, http or https, with exactly one slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise PydanticCustomError("site_url", "write the full address, as in https://example.org/dossier/")
    return value.rstrip("/") + "/"


def _is_web_url(value: str) -> str:
    if urlsplit(value).scheme not in {"http", "https"}:
        raise PydanticCustomError("web_url", "an address begins with https:// or http://")
    return value


def _is_identity(value: str) -> str:
    if not re.fullmatch(r"wikidata:Q\d+", value) and urlsplit(value).scheme not in {"http", "https"}:
        raise PydanticCustomError("identity", "the same thing elsewhere is written wikidata:Q858, or as a web address")
    return value


def _is_warning(value: str) -> str:
    if value not in WARNINGS:
        hint = did_you_mean(value, WARNINGS) or f"they are {', '.join(sorted(WARNINGS))}"
        message = "only kinds of warning can be ignored; {hint}"
        raise PydanticCustomError("warning_kind", message, {"hint": hint})
    return value


def _is_partial_date(value: str) -> str:
    if parse_edtf(value) is None:
        raise PydanticCustomError("date_partial", "a date is written 2012, 2012-07 or 2012-07-06")
    return value


def _is_beginning(value: str) -> str:
    date = parse_edtf(value)
    if isinstance(date, Interval) and not date.is_open and not (date.start and date.end):
        message = "an end of the interval is missing; one that is open is written “..”"
        raise PydanticCustomError("date_partial", message)
    return _is_partial_date(value)


def _is_end(value: str) -> str:
    if isinstance(parse_edtf(value), Interval):
        raise PydanticCustomError("date_partial", "an interval is written in “from”")
    return _is_partial_date(value)


def _is_slug(value: str) -> str:
    if not re.fullmatch(r"[^\W_]+(?:[-_.][^\W_]+)*", value):
        raise PydanticCustomError("slug", "an address is written with letters, digits and single hyphens")
    return value


def _folded(value: str) -> str:
    """White space as readers see it: one space. What stands at the ends stays, as it tells where words end."""
    return re.sub(r"\s+", " ", value)


def _is_quotation(value: str) -> str:
    folded = _folded(value).strip()
    if not folded:
        raise PydanticCustomError("string_too_short", "there is nothing in it")
    return folded


def _text_or_fields(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _off_or_fields(value: Any) -> Any:
    return {"cards": False} if value is False or value == "off" else value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Date = Annotated[dt.date, BeforeValidator(_is_date)]
PartialDate = Annotated[str, AfterValidator(_is_partial_date)]
"""A date or an interval of EDTF, level 1 (`read.edtf`)."""
Beginning = Annotated[str, AfterValidator(_is_beginning)]
"""When something began; as an interval, when it ended as well."""
End = Annotated[str, AfterValidator(_is_end)]
Language = Annotated[str, AfterValidator(_is_language)]
Slug = Annotated[str, AfterValidator(_is_slug)]
WebUrl = Annotated[str, AfterValidator(_is_web_url)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]


# ---- site.yaml ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, config=_CONFIG)
class NavItem:
    """A link of the site's navigation."""

    title: Text
    url: Text


@dataclass(frozen=True, slots=True, config=_CONFIG)
class LinkingSettings:
    """The link policy of the site."""

    links: LinkScope = LinkScope.FIRST_IN_SECTION
    max_per_entry: Annotated[int, Field(ge=1)] = 5
    """Links to one entry in one article."""
    max_per_100_words: Annotated[float, Field(gt=0)] = 8.0
    """Automatic links in any stretch of 100 words."""
    quotations: bool = True
    """Whether mentions in block quotations become links."""
    demonyms: bool = True
    """Whether adjective forms that entries list (`demonym: true`) become links."""
    resolve: Mapping[str, EntryId] = Field(default_factory=dict)
    never: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ContextSettings:
    """Which context boxes articles get."""

    boxes: BoxPlacement = BoxPlacement.AUTO
    max_per_article: Annotated[int, Field(ge=0)] = 3


@dataclass(frozen=True, slots=True, config=_CONFIG)
class NlpSettings:
    """Whether a statistical model is asked, and which."""

    model: str = ""
    """A spaCy model: the name of an installed package, or a path. Empty: none is consulted."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class MarkdownSettings:
    """How Markdown is read."""

    html: RawHtml = RawHtml.OFF


@dataclass(frozen=True, slots=True, config=_CONFIG)
class MapSettings:
    """How places are shown."""

    draw: MapDrawing = MapDrawing.ON
    boundaries: str = ""
    """A GeoJSON file of `content/media/` with areas of the site's own."""
    replace: bool = False
    """Whether these stand in place of the countries' boundaries."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ImageSettings:
    """In which sizes and formats the raster images of texts are offered."""

    widths: tuple[Annotated[int, Field(ge=16, le=4096)], ...] = (480, 800, 1240)
    """In pixels."""
    formats: tuple[ImageFormat, ...] = (ImageFormat.WEBP,)
    """Empty: images are published as they are, and in no other size."""
    quality: Annotated[int, Field(ge=20, le=100)] = 80
    sizes: Text = "(min-width: 42rem) 36.5rem, 92vw"
    """How wide images are shown: the attribute of that name. This is what the default theme does."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class SocialSettings:
    """The pictures that other sites show beside links to this one."""

    cards: bool = True
    """Whether they are drawn."""
    image: str = ""
    """A file of `content/media/` for all pages that have no card of their own."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class PublishSettings:
    """What publishing leaves alone."""

    keep: tuple[str, ...] = ()
    """Names at the top of `output/` that are not ours and stay: CNAME."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Settings:
    """`site.yaml`."""

    title: Text
    url: Annotated[str, AfterValidator(_is_site_url)]
    language: Language = "en"
    timezone: Annotated[str, AfterValidator(_is_timezone)] = "UTC"
    description: str = ""
    publisher: str = ""
    footer: str = ""
    nav: tuple[NavItem, ...] = ()
    lead: str = ""
    """The article that opens the home page, by its file's stem; empty: the latest."""
    linking: LinkingSettings = Field(default_factory=LinkingSettings)
    context: ContextSettings = Field(default_factory=ContextSettings)
    nlp: NlpSettings = Field(default_factory=NlpSettings)
    markdown: MarkdownSettings = Field(default_factory=MarkdownSettings)
    maps: MapSettings = Field(default_factory=MapSettings)
    images: ImageSettings = Field(default_factory=ImageSettings)
    social: Annotated[SocialSettings, BeforeValidator(_off_or_fields)] = Field(default_factory=SocialSettings)
    publish: PublishSettings = Field(default_factory=PublishSettings)
    search: SearchMode = SearchMode.AUTO
    ignore: tuple[Annotated[str, AfterValidator(_is_warning)], ...] = ()
    """Kinds of warning that are not shown."""


# ---- front matter ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, config=_CONFIG)
class SourceMeta:
    """Where something is said elsewhere."""

    title: Text
    url: WebUrl = ""
    publisher: str = ""
    id: str = ""
    date: PartialDate = ""
    accessed: Date | None = None


@dataclass(frozen=True, slots=True, config=_CONFIG)
class CorrectionMeta:
    """A correction that readers are told of."""

    date: Date
    text: Text
    type: str = "correction"


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ArticleLinking:
    """What an article overrules in the site's linking."""

    resolve: Mapping[str, EntryId] = Field(default_factory=dict)
    never: tuple[EntryId, ...] = ()
    links: LinkScope | None = None
    max_per_entry: Annotated[int, Field(ge=1)] | None = None
    max_per_100_words: Annotated[float, Field(gt=0)] | None = None
    quotations: bool | None = None
    demonyms: bool | None = None


@dataclass(frozen=True, slots=True, config=_CONFIG)
class ArticleMeta:
    """The front matter of an article."""

    title: Text
    date: Date
    updated: Date | None = None
    as_of: Date | None = None
    draft: bool = False
    language: Language | None = None
    translation_of: str = ""
    """The article that it translates, by its file's stem."""
    slug: Slug | None = None
    authors: Texts = ()
    summary: str = ""
    tags: Texts = ()
    context: Annotated[tuple[EntryId, ...], BeforeValidator(_one_or_many)] = ()
    linking: ArticleLinking = Field(default_factory=ArticleLinking)
    sources: tuple[SourceMeta, ...] = ()
    corrections: tuple[CorrectionMeta, ...] = ()


@dataclass(frozen=True, slots=True, config=_CONFIG)
class AliasMeta:
    """Another name of an entry."""

    text: Text
    language: Language | None = None
    demonym: bool = False
    since: Beginning = Field(default="", alias="from")
    until: End = Field(default="", alias="to")


@dataclass(frozen=True, slots=True, config=_CONFIG)
class HistoryMeta:
    """A summary that holds from a day on."""

    since: Date = Field(alias="from")
    summary: Text = ""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class FactMeta:
    """A fact about an entry, for the time in which it holds."""

    label: Text
    value: Text
    since: Beginning = Field(default="", alias="from")
    until: End = Field(default="", alias="to")
    source: str = ""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class RelationMeta:
    """What an entry is to another."""

    type: Text
    entry: EntryId
    since: Beginning = Field(default="", alias="from")
    until: End = Field(default="", alias="to")


@dataclass(frozen=True, slots=True, config=_CONFIG)
class LocationMeta:
    """Where a place is, in degrees."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    wide: bool = False
    """Whether it stands for a region, a river, a desert: then no distances are told to it or from it."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class EntryMeta:
    """The front matter of an entry."""

    name: Text
    kind: EntryKind
    language: Language | None = None
    aliases: tuple[Annotated[AliasMeta, BeforeValidator(_text_or_fields)], ...] = ()
    hidden_aliases: tuple[Annotated[AliasMeta, BeforeValidator(_text_or_fields)], ...] = ()
    summary: str = ""
    sort: str = ""
    """What it is filed under in lists: `Tlass, Munaf`."""
    context: bool = False
    """Whether it asks for a context box at its first mention."""
    history: tuple[HistoryMeta, ...] = ()
    facts: tuple[FactMeta, ...] = ()
    relations: tuple[RelationMeta, ...] = ()
    location: LocationMeta | None = None
    same_as: Annotated[tuple[Annotated[str, AfterValidator(_is_identity)], ...], BeforeValidator(_one_or_many)] = ()
    sources: tuple[SourceMeta, ...] = ()
    corrections: tuple[CorrectionMeta, ...] = ()
    """What was wrong in the entry; the articles that it touched tell of it as well."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class PageMeta:
    """The front matter of a page."""

    title: Text
    summary: str = ""
    language: Language | None = None
    slug: Slug | None = None


# ---- content/review.yaml --------------------------------------------------------------------------------------------

_Context = Annotated[str, AfterValidator(_folded)]


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", defer_build=True))
class VerdictMeta:
    """What a review said of one mention, which is named by quotation (W3C Web Annotation, TextQuoteSelector)."""

    article: Text
    """Its file, from `content/articles/` and without `.md`."""
    exact: Annotated[str, AfterValidator(_is_quotation)]
    prefix: _Context = ""
    suffix: _Context = ""
    entry: EntryId | None = None
    """None: no entry is meant."""
    by: str = ""
    date: Date | None = None
