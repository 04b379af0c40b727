"""The site as its authors wrote it: settings, articles, entries, pages, media."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Generic, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from explainer.diagnostics import Diagnostic, Kind
from explainer.maps.world import NO_BOUNDARIES, Boundaries
from explainer.read.files import Found, read_text, walk
from explainer.read.front_matter import split_front_matter
from explainer.read.geojson import read_boundaries
from explainer.read.markdown import EMPTY_BODY, Body, parse_markdown
from explainer.read.media import check_media
from explainer.read.review import NO_REVIEW, REVIEW_FILE, Review, check_articles, read_review
from explainer.read.schema import SUMMARY_LENGTH, ArticleMeta, EntryMeta, PageMeta, RawHtml, Settings
from explainer.read.validate import validate
from explainer.read.yaml import KEY, Location, Positions, parse_yaml
from explainer.types import EntryId, SourcePath

M = TypeVar("M", bound=ArticleMeta | EntryMeta | PageMeta)

SETTINGS_FILE = "site.yaml"
_TEXT_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
ARTICLES, GLOSSARY, PAGES, MEDIA = "content/articles", "content/glossary", "content/pages", "content/media"

Step: TypeAlias = Callable[[str], None]
"""Called with the path of each file that was read, for the progress bar."""


class Document(Struct, Generic[M], frozen=True):
    """One text: an article, an entry or a page."""

    path: SourcePath
    text: str
    """The whole file, line ends included: every offset counts its code points."""
    meta: M
    positions: Positions
    """Where each key and value of the front matter stands."""
    body: Body
    draft: bool = False
    future: bool = False

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    def place(self, *location: str | int) -> tuple[int, int]:
        """Where the front matter says something, for diagnostics."""
        return find_place(self.positions, location)


def find_place(positions: Positions, location: Location) -> tuple[int, int]:
    """The place of a value, else of its key, else of what is around it, else the beginning."""
    while location:
        for wanted in (location, (*location, KEY)):
            if wanted in positions:
                return positions[wanted]
        location = location[:-1]
    return 0, 1


Article: TypeAlias = Document[ArticleMeta]
Entry: TypeAlias = Document[EntryMeta]
Page: TypeAlias = Document[PageMeta]


class Content(Struct, frozen=True):
    """What `read_content` gives to the stages behind it."""

    settings: Settings
    articles: tuple[Article, ...]
    entries: Mapping[EntryId, Entry]
    """Sorted by id."""
    pages: tuple[Page, ...]
    media: Mapping[SourcePath, Path]
    today: dt.date
    """The day of the build in the site's time zone."""
    settings_positions: Positions
    review: Review = NO_REVIEW
    """What reviewers said of single mentions."""
    boundaries: Boundaries = NO_BOUNDARIES
    """The site's own."""

    def place(self, *location: str | int) -> tuple[int, int]:
        """Where site.yaml says something, for diagnostics."""
        return find_place(self.settings_positions, location)


class ReadResult(Struct, frozen=True):
    """What was read, whole or in part, and every problem on the way."""

    content: Content | None
    """None where site.yaml cannot be used."""
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[SourcePath, str]
    """Every text that was read, for showing lines in diagnostics."""


def read_content(
    root: Path, *, now: dt.datetime, unpublished: bool = False, step: Step = lambda _path: None
) -> ReadResult:
    """Read the site in the folder `root`.

    `now` (with its time zone) decides which articles lie in the future. These and drafts are left out, with their
    problems, unless `unpublished`.
    """
    settings, positions, problems, texts = read_settings(root)
    if settings is None:
        return ReadResult(None, problems, texts)
    reader = _Reader(settings, texts, list(problems), step)
    found = reader.documents(root, ARTICLES, ArticleMeta)
    entries = reader.documents(root, GLOSSARY, EntryMeta)
    pages = reader.documents(root, PAGES, PageMeta)
    media = reader.media(root)
    review = reader.review(root)
    boundaries = reader.boundaries(root, positions)
    today = now.astimezone(settings_zone(settings)).date()
    articles = tuple(replace(a, draft=a.meta.draft, future=a.meta.date > today) for a in found)
    left_out = set() if unpublished else {a.path for a in articles if a.draft or a.future}
    content = Content(
        settings=settings,
        articles=tuple(a for a in articles if a.path not in left_out),
        entries=reader.by_id(entries),
        pages=pages,
        media=media,
        today=today,
        settings_positions=positions,
        review=review,
        boundaries=boundaries,
    )
    return ReadResult(content, tuple(p for p in reader.problems if p.path not in left_out), texts)


def settings_zone(settings: Settings) -> dt.tzinfo:
    return ZoneInfo(settings.timezone)


def read_settings(
    root: Path,
) -> tuple[Settings | None, Positions, tuple[Diagnostic, ...], dict[SourcePath, str]]:
    """`site.yaml` of the folder with the places of its values, or what is wrong with it; and its text."""
    path = SourcePath(SETTINGS_FILE)
    location = root / SETTINGS_FILE
    if not location.exists():
        hint = "go to the site's folder, or make one with “explainer init NAME”"
        return None, {}, (Diagnostic(Kind.NOT_A_SITE, path, "there is no site.yaml here", hint),), {}
    text, problems = read_text(Found(path, str(location), location.is_file()))
    if text is None:
        return None, {}, problems, {}
    skip = len(text) - len(text.removeprefix("\ufeff"))
    document = parse_yaml(text[skip:], path, offset=skip)
    settings, problems = validate(Settings, document, path)
    return settings, document.positions, problems, {path: text}


@dataclass(slots=True)
class _Reader:
    """Collects problems and texts while the folders are read."""

    settings: Settings
    texts: dict[SourcePath, str]
    problems: list[Diagnostic]
    step: Step

    def documents(self, root: Path, folder: str, schema: type[M]) -> tuple[Document[M], ...]:
        found, problems = walk(root, folder)
        self.problems.extend(problems)
        self.problems.extend(p for f in found for p in check_name(f))
        documents = (self._document(f, schema) for f in found if f.path.endswith(".md"))
        return tuple(d for d in documents if d is not None)

    def _document(self, found: Found, schema: type[M]) -> Document[M] | None:
        self.step(found.path)
        text, problems = read_text(found)
        self.problems.extend(problems)
        if text is None:
            return None
        self.texts[found.path] = text
        document, problems = read_document(text, found.path, schema, html=self.settings.markdown.html != RawHtml.OFF)
        self.problems.extend(problems)
        return document

    def by_id(self, entries: Iterable[Entry]) -> dict[EntryId, Entry]:
        """The entries by id; of two with one id the first stays."""
        out: dict[EntryId, Entry] = {}
        for entry in sorted(entries, key=lambda e: (e.stem, e.path)):
            identifier = EntryId(entry.stem)
            if identifier in out:
                message = f"the id “{identifier}” is taken by {out[identifier].path}"
                hint = "rename one of the two files: an entry's id is its file's name"
                self.problems.append(Diagnostic(Kind.DUPLICATE_ID, entry.path, message, hint))
            else:
                out[identifier] = entry
        return out

    def review(self, root: Path) -> Review:
        """Called when the articles were read: verdicts on articles that are not there are problems."""
        known = {*self.texts, *(p.path for p in self.problems)}
        names = [p.removeprefix(f"{ARTICLES}/").removesuffix(".md") for p in self.texts if p.startswith(ARTICLES)]
        read = read_review(root, articles=ARTICLES)
        if read.text:
            self.texts[REVIEW_FILE] = read.text
        self.problems += (*read.diagnostics, *check_articles(read.review, known, tuple(names)))
        return read.review

    def boundaries(self, root: Path, positions: Positions) -> Boundaries:
        read, problems, texts = read_boundaries(
            root, self.settings.maps, SourcePath(SETTINGS_FILE), lambda *location: find_place(positions, location)
        )
        self.texts |= texts
        self.problems += problems
        return read

    def media(self, root: Path) -> dict[SourcePath, Path]:
        found, problems = walk(root, MEDIA)
        self.problems.extend(problems)
        files = [f for f in found if f.is_file]
        self.problems.extend(p for f in files for p in check_media(f))
        return {f.path: f.location for f in files}


def check_name(found: Found) -> tuple[Diagnostic, ...]:
    """Whether a file is a text that is not read because of its name."""
    if found.path.endswith(".md") or not found.path.lower().endswith(_TEXT_ENDINGS):
        return ()
    message = "a text whose name does not end in “.md” is not read"
    return (Diagnostic(Kind.BAD_NAME, found.path, message, "rename the file"),)


def read_document(
    text: str, path: SourcePath, schema: type[M], *, html: bool
) -> tuple[Document[M] | None, tuple[Diagnostic, ...]]:
    """One text with front matter. Without usable front matter there is no document, but its body is checked too."""
    split = split_front_matter(text, path)
    if isinstance(split, Diagnostic):
        return None, (split,)
    yaml = parse_yaml(split.yaml, path, offset=split.yaml_offset)
    meta, problems = validate(schema, yaml, path)
    body, more = (
        parse_markdown(text, path, offset=split.body_offset, html=html) if split.body.strip() else (EMPTY_BODY, ())
    )
    if meta is None:
        return None, (*problems, *more)
    document = Document(path, text, meta, yaml.positions, body)
    return document, (*problems, *more, *check_document(document))


def check_document(document: Document[M]) -> tuple[Diagnostic, ...]:
    """What the schema cannot say: the stem is an address, the summary is there and short."""
    problems = []
    stem = document.stem
    if any(c in stem for c in ' "<>#?%\\|') or stem.startswith("-") or not stem.isprintable():
        message = f"“{stem}” cannot be an address"
        hint = "name the file with letters, digits and hyphens"
        problems.append(Diagnostic(Kind.BAD_NAME, document.path, message, hint))
    if isinstance(document.meta, PageMeta):
        return tuple(problems)
    length = len(document.meta.summary)
    if not length and not isinstance(document.meta, EntryMeta):
        message, hint = "the article has no summary", "add “summary: …”: lists, feeds and search results show it"
        problems.append(Diagnostic(Kind.MISSING_SUMMARY, document.path, message, hint, *document.place("title")))
    if not length and isinstance(document.meta, EntryMeta):
        message, hint = "the entry has no summary", "add “summary: …”: previews and context boxes show it"
        problems.append(Diagnostic(Kind.MISSING_SUMMARY, document.path, message, hint, *document.place("name")))
    if length > SUMMARY_LENGTH and isinstance(document.meta, EntryMeta):
        message = f"the summary has {length} characters; previews have room for {SUMMARY_LENGTH}"
        start, end = document.place("summary")
        problems.append(Diagnostic(Kind.LONG_SUMMARY, document.path, message, "shorten it", start, end))
    return tuple(problems)
