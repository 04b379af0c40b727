"""The rules that read texts and link them: each file once, with all that any page may want to know of it.

After them nothing is parsed or linked again: pages are made from what they kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from explainer.annotate import (
    Annotation,
    Reason,
    annotate_article,
    annotate_entry,
    annotate_page,
    placed_verdicts,
)
from explainer.annotate.decide import Witness
from explainer.annotate.witness import Answers, load_witness
from explainer.diagnostics import Diagnostic, Kind
from explainer.incremental.asked import AskedTheme
from explainer.incremental.engine import Reader
from explainer.incremental.glossary import (
    EntryIds,
    Forms,
    about_entry,
    asking_for_boxes,
    entry_path,
    names_of_entries,
    searchable,
)
from explainer.incremental.store import Made, Name, Store
from explainer.read.content import ARTICLES, SETTINGS_FILE, Document, find_place, read_document, read_settings
from explainer.read.files import Found, decode_text, read_text
from explainer.read.geojson import read_boundaries
from explainer.read.media import check_media
from explainer.read.review import REVIEW_FILE, Verdict, check_articles, check_entries, read_review, stale
from explainer.read.schema import (
    ArticleMeta,
    ContextSettings,
    EntryMeta,
    LinkingSettings,
    MapSettings,
    MarkdownSettings,
    NlpSettings,
    PageMeta,
    RawHtml,
)
from explainer.render.bodies import article_parts, plain_parts
from explainer.render.theme import Theme
from explainer.site import SiteEntry, SitePage, measure_image, origin_of, references, site_article
from explainer.site.boxes import PlacedBox, check_boxes
from explainer.site.events import undated
from explainer.site.links import ids_on_page, references_in
from explainer.site.story import Appearance, StoryItem, appearances_of
from explainer.site.translations import Origin
from explainer.site.urls import article_url, entry_url, media_url, page_url
from explainer.site.validity import usage_of
from explainer.types import EntryId, SourcePath

_FEW_TEXTS = 100


@dataclass
class Tools:
    """What rules work with, besides what they read through their reader. All of it follows from the inputs."""

    root: Path
    store: Store
    found: Mapping[SourcePath, Found]
    """Every file of the content."""
    answers: Answers
    theme: Callable[[], Theme]
    forms: Forms
    only_forms: Collection[str] = ()
    """The articles that are linked again for nothing but forms of the glossary that stand in them."""
    witnesses: dict[str, Witness] = field(default_factory=dict)
    sent: dict[SourcePath, bytes] = field(default_factory=dict)
    """The bytes of files, where this is not the machine that has them."""
    texts: dict[SourcePath, str] = field(default_factory=dict)
    """Some of what was read in this build, for showing lines in diagnostics; the rest is read again for that."""

    def read(self, reader: Reader, path: SourcePath) -> tuple[str | None, tuple[Diagnostic, ...]]:
        """The text of a file, or why it cannot be read."""
        reader.note(("file", path))
        sent = self.sent.get(path)
        found = self.found.get(path) or Found(path, path, is_file=True)
        text, problems = read_text(found) if sent is None else decode_text(found, sent)
        if text is not None and len(self.texts) < _FEW_TEXTS:
            self.texts[path] = text
        return text, problems

    def words(self, reader: Reader, language: str) -> Callable[..., str]:
        """The interface's words in a language; each that is used is noted."""
        return AskedTheme.over(self.theme(), reader).words(language)

    def witness(self, reader: Reader) -> Witness | None:
        """The site's model, if it has one that is there."""
        nlp: NlpSettings = reader.cell("setting", "nlp")
        if not nlp.model or not reader.cell("model"):
            return None
        if nlp.model not in self.witnesses:
            self.witnesses[nlp.model] = load_witness(nlp.model, self.answers)
        return self.witnesses[nlp.model]


class TextHead(NamedTuple):
    """A text as other pages know it."""

    path: SourcePath
    meta: Any
    """`ArticleMeta` or `PageMeta`."""


class Told(Struct, frozen=True):
    """What an article tells, as its page and its card show it."""

    boxes: tuple[PlacedBox, ...]
    mention_ids: Mapping[int, str]
    story: tuple[StoryItem, ...]
    words: int


class Facts(Struct, frozen=True):
    """What an article adds to the site if it is published."""

    appearances: Mapping[EntryId, Appearance]
    tags: tuple[tuple[str, tuple[int, int]], ...]
    """With their places in the file."""
    mentions: int
    links: int
    problems: tuple[Diagnostic, ...]
    undecided: tuple[Diagnostic, ...]
    origin: Origin | None
    """What the article says that it translates."""


class SiteLanguage(NamedTuple):
    """What `annotate` wants to know of the settings."""

    linking: LinkingSettings
    language: str


# ---- settings, review, media ----------------------------------------------------------------------------------------


def read_site(tools: Tools, reader: Reader, key: str) -> Made:
    """`site.yaml`, a cell for each of its settings; without any where it cannot be used."""
    del key
    reader.note(("file", SETTINGS_FILE))
    settings, positions, problems, texts = read_settings(tools.root)
    tools.texts |= texts
    if settings is None:
        return Made(shares=problem_shares(problems))
    fields = {("setting", name): getattr(settings, name) for name in type(settings).__dataclass_fields__}
    return Made({**fields, ("settings", ""): (settings, positions)}, problem_shares(problems))


def read_own_boundaries(tools: Tools, reader: Reader, key: str) -> Made:
    """The site's own boundaries."""
    del key
    settings: MapSettings = reader.cell("setting", "maps")
    if not settings.boundaries:
        return Made()
    reader.note(("file", settings.boundaries))
    _, positions = reader.cell("settings")
    read, problems, texts = read_boundaries(
        tools.root, settings, SourcePath(SETTINGS_FILE), lambda *location: find_place(positions, location)
    )
    tools.texts |= texts
    return Made({("boundaries", ""): read}, problem_shares(problems))


def read_verdicts(tools: Tools, reader: Reader, key: str) -> Made:
    """`content/review.yaml`, a cell for each article that it is about."""
    del key
    reader.note(("file", REVIEW_FILE))
    read = read_review(tools.root, articles=ARTICLES)
    if read.text:
        tools.texts[REVIEW_FILE] = read.text
    cells: dict[Name, Any] = {("verdicts", path): verdicts for path, verdicts in read.review.by_article.items()}
    return Made({**cells, ("review", ""): read.review}, problem_shares(read.diagnostics))


class _There:
    """Paths at which something was read, or could not be."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __contains__(self, path: object) -> bool:
        return any(self._reader.holds(kind, str(path)) for kind in ("text at", "problem at"))


class _ArticleNames:
    """What verdicts can call articles; looked at as a whole where one is misspelt."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
        return (s.arg.removeprefix(f"{ARTICLES}/").removesuffix(".md") for s in self._reader.group("article texts"))


def check_review(reader: Reader, key: str) -> Made:
    """What verdicts name that is not there."""
    del key
    review = reader.cell("review")
    problems = (
        *check_articles(review, _There(reader), _ArticleNames(reader)),
        *check_entries(review, EntryIds(reader)),
    )
    return Made(shares=problem_shares(problems))


def read_medium(tools: Tools, reader: Reader, key: str) -> Made:
    """A medium: its address, and whether it may be published."""
    path = SourcePath(key)
    reader.note(("file", path))
    problems = check_media(tools.found[path])
    url = media_url(path)
    shares = {("address", url): (3, path), ("addresses", ""): (path, url)}
    cells = {("url", key): url, ("size", key): measure_image(tools.found[path].location)}
    return Made(cells, {**shares, **problem_shares(problems), **_problem_places(problems)})


# ---- entries --------------------------------------------------------------------------------------------------------


def read_entry(tools: Tools, reader: Reader, key: str) -> Made:
    """An entry's file: what it says of itself. It is linked when all are known (`link_entry`)."""
    document, made = _read(tools, reader, SourcePath(key), EntryMeta)
    if document is None:
        return made
    cells = {("entry", key): document.meta, ("about", key): about_entry(document), ("ids", key): ids_on_page(document)}
    shares = {("entry", document.stem): key, ("entries", ""): document.stem}
    return Made({**made.cells, **cells}, {**made.shares, **shares})


def link_entry(tools: Tools, reader: Reader, key: str) -> Made:
    """The text of the entry with an id: its body, with links."""
    path, identifier = entry_path(reader, key), EntryId(key)
    document = _document(tools, reader, path, EntryMeta)
    site = _site_language(reader)
    annotation = annotate_entry(document, identifier, tools.forms.for_text(reader), site)
    language = document.meta.language or site.language
    entry = SiteEntry(identifier, document, annotation, entry_url(identifier), language, undated(document.meta), (), ())
    body = plain_parts(entry, tools.words(reader, language), _html(reader))
    ids = EntryIds(reader)
    problems = (*references.check_entry(document, ids), *_taken(reader, path, key), *_checks(document, annotation, ids))
    cells: dict[Name, Any] = {
        ("body", path): body,
        ("plain", path): searchable(annotation.passages, ""),
        ("references", path): references_in(document),
    }
    return Made(cells, problem_shares(problems))


def _taken(reader: Reader, path: SourcePath, key: str) -> tuple[Diagnostic, ...]:
    """Of two files with one id the first has it."""
    message, hint = (
        f"the id “{key}” is taken by {path}",
        "rename one of the two files: an entry's id is its file's name",
    )
    others = (s.arg for s in reader.group("entry", key)[1:])
    return tuple(Diagnostic(Kind.DUPLICATE_ID, SourcePath(other), message, hint) for other in others)


# ---- articles and pages ---------------------------------------------------------------------------------------------


def link_article(tools: Tools, reader: Reader, key: str) -> Made | None:
    """An article's file, read and linked: what it tells, its body, and what it adds to the site if it is published.

    Most texts that are linked again for a new first name say what they said: then nothing is made of them again.
    """
    path = SourcePath(key)
    article, made = _read(tools, reader, path, ArticleMeta)
    read_problems = made.shares.get(("problems", ""), ())
    shares = {name: value for name, value in made.shares.items() if name[0] != "problems"}
    shares |= {("article texts", ""): True} if ("text at", key) in shares else {}
    if article is None:
        return Made({("unread", key): read_problems}, shares)
    site, ids = _site_language(reader), EntryIds(reader)
    verdicts: tuple[Verdict, ...] = reader.cell("verdicts", path) or ()
    known = [v for v in verdicts if v.meta.entry is None or v.meta.entry in ids]
    placed = placed_verdicts(article, known)
    annotation = annotate_article(article, tools.forms.for_text(reader), site, tools.witness(reader), placed)
    decided = digest_of_decisions(annotation)
    if key in tools.only_forms and tools.store.cell(("decided", key)) == decided:
        return None
    context: ContextSettings = reader.cell("setting", "context")
    url = article_url(article.meta.slug or article.stem)
    asking = asking_for_boxes(reader)
    whole = site_article(article, annotation, asking=asking, context=context, site_language=site.language, url=url)
    words = tools.words(reader, whole.language)
    stale_verdicts = (stale(v) for v in placed.stale)
    checks = (
        *references.check_article(article, ids),
        *_checks(article, annotation, ids),
        *check_boxes(article, annotation, whole.boxes),
    )
    cells = {
        ("text", key): TextHead(path, article.meta),
        ("decided", key): decided,
        ("told", key): Told(whole.boxes, dict(whole.mention_ids), whole.story, whole.words),
        ("facts", key): Facts(
            appearances=appearances_of(path, annotation, whole.mention_ids),
            tags=tuple((tag, article.place("tags", n)) for n, tag in enumerate(article.meta.tags)),
            **_counts(annotation),
            problems=(*read_problems, *stale_verdicts, *checks),
            undecided=tuple(references.check_undecided(annotation)),
            origin=origin_of(article),
        ),
        ("body", key): article_parts(whole, names_of_entries(reader), words, _html(reader)),
        ("plain", key): searchable(annotation.passages, article.meta.title),
        ("ids", key): ids_on_page(article),
        ("references", key): references_in(article),
        ("usage", key): usage_of(article, annotation, whole.boxes),
    }
    return Made(cells, shares)


def link_page(tools: Tools, reader: Reader, key: str) -> Made:
    """A plain page's file, read and linked."""
    path = SourcePath(key)
    page, made = _read(tools, reader, path, PageMeta)
    if page is None:
        return made
    site, ids = _site_language(reader), EntryIds(reader)
    annotation = annotate_page(page, tools.forms.for_text(reader), site)
    url, language = page_url(page.meta.slug or page.stem), page.meta.language or site.language
    body = plain_parts(SitePage(page, annotation, url, language), tools.words(reader, language), _html(reader))
    problems = (*made.shares.get(("problems", ""), ()), *_checks(page, annotation, ids))
    cells = {
        ("text", key): TextHead(path, page.meta),
        ("url", key): url,
        ("body", key): body,
        ("plain", key): searchable(annotation.passages, ""),
        ("ids", key): ids_on_page(page),
        ("references", key): references_in(page),
    }
    shares = {
        ("address", url): (2, path),
        ("addresses", ""): (path, url),
        ("changes", ""): (url, None, 0),
        ("pages", ""): True,
    }
    return Made(cells, {**made.shares, **shares, **problem_shares(problems)})


# ---- parts ----------------------------------------------------------------------------------------------------------


def _read(tools: Tools, reader: Reader, path: SourcePath, schema: Any) -> tuple[Document[Any] | None, Made]:
    """A text with front matter, if it can be used; and the problems on the way."""
    text, problems = tools.read(reader, path)
    document = None
    if text is not None:
        document, more = read_document(text, path, schema, html=_html(reader) != RawHtml.OFF)
        problems = (*problems, *more)
    there: dict[Name, bool] = {("text at", path): True} if text is not None else {}
    return document, Made(shares={**there, **problem_shares(problems), **_problem_places(problems)})


def _document(tools: Tools, reader: Reader, path: SourcePath, schema: Any) -> Document[Any]:
    """A text that was read before: its problems are known."""
    document, _ = _read(tools, reader, path, schema)
    if document is None:  # it was changed since; the next build will see it
        raise ChangedMeanwhileError(path)
    return document


class ChangedMeanwhileError(Exception):
    """A file is not as it was when this build began."""


def _checks(document: Document[Any], annotation: Annotation, ids: EntryIds) -> tuple[Diagnostic, ...]:
    """The ids that a text names and no entry has, and what stays ambiguous."""
    return (*references.check_directives(document, ids), *references.check_mentions(annotation, ids))


def digest_of_decisions(annotation: Annotation) -> str:
    """A digest of all that pages and checks show of decisions: not of the evidence, which is for reports."""
    said = (
        (d.passage, d.begin, d.stop, d.entry, d.candidates, d.linked, d.method.value, d.reason.value)
        for d in annotation.decisions
    )
    return hashlib.blake2b(repr(tuple(said)).encode(), digest_size=8).hexdigest()


def _counts(annotation: Annotation) -> dict[str, int]:
    decisions = annotation.decisions
    return {
        "mentions": sum(d.entry is not None or d.reason is Reason.AMBIGUOUS for d in decisions),
        "links": sum(d.linked for d in decisions),
    }


def _site_language(reader: Reader) -> SiteLanguage:
    return SiteLanguage(reader.cell("setting", "linking"), reader.cell("setting", "language"))


def _html(reader: Reader) -> RawHtml:
    markdown: MarkdownSettings = reader.cell("setting", "markdown")
    return markdown.html


def problem_shares(problems: Iterable[Diagnostic]) -> dict[Name, tuple[Diagnostic, ...]]:
    """Problems as a share, where there are any."""
    problems = tuple(problems)
    return {("problems", ""): problems} if problems else {}


def _problem_places(problems: tuple[Diagnostic, ...]) -> dict[Name, bool]:
    return {("problem at", p.path): True for p in problems}
