"""`content/review.yaml`: what reviewers said of single mentions, verdict by verdict."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.files import find_file, read_text
from explainer.read.schema import VerdictMeta
from explainer.read.validate import validate
from explainer.read.yaml import Positions, YamlDocument, parse_yaml
from explainer.types import EntryId, SourcePath

REVIEW_FILE = SourcePath("content/review.yaml")


class Verdict(Struct, frozen=True):
    """One item of the file."""

    meta: VerdictMeta
    article: SourcePath
    number: int
    """Its place in the list, from 0."""
    positions: Positions
    """Where its keys and values stand in the file."""

    def place(self, key: str) -> tuple[int, int]:
        """Where the item says this; else its beginning."""
        start, _ = self.positions[()]
        return self.positions.get((key,), (start, start + 1))


class Review(Struct, frozen=True):
    """The verdicts, by the article that they are on, in the order of the file."""

    by_article: Mapping[SourcePath, tuple[Verdict, ...]] = field(default_factory=dict)

    def on(self, article: SourcePath) -> tuple[Verdict, ...]:
        return self.by_article.get(article, ())

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted((v for some in self.by_article.values() for v in some), key=lambda v: v.number))


NO_REVIEW = Review()


class ReviewResult(Struct, frozen=True):
    """The verdicts that could be read, the file's text (empty where there is none), and what is wrong with it."""

    review: Review
    text: str
    diagnostics: tuple[Diagnostic, ...]


def read_review(root: Path, *, articles: str) -> ReviewResult:
    """The verdicts of the site in the folder `root`, whose articles are in the folder `articles`.

    A site without the file, or with one that holds nothing, has no verdicts.
    """
    found, problems = find_file(root, REVIEW_FILE)
    if found is None:
        return ReviewResult(NO_REVIEW, "", problems)
    text, problems = read_text(found)
    if text is None:
        return ReviewResult(NO_REVIEW, "", tuple(p for p in problems if p.kind is not Kind.EMPTY_FILE))
    return parse_review(text, articles=articles)


def parse_review(text: str, *, articles: str) -> ReviewResult:
    """The verdicts in the file's text."""
    document = parse_document(text)
    if document.data is not None and not isinstance(document.data, list):
        hint = "write each verdict as an item: “- article: …”, then “exact: …” and “entry: …” below"
        place = document.positions.get((), (0, 1))
        problem = Diagnostic(Kind.BAD_YAML, REVIEW_FILE, "expected a list of verdicts", hint, *place)
        return ReviewResult(NO_REVIEW, text, (*document.problems, problem))
    problems = list(document.problems)
    by_article: dict[SourcePath, list[Verdict]] = {}
    for number, item in enumerate(_items(document)):
        problems += _without_entry(item)
        meta, more = validate(VerdictMeta, item, REVIEW_FILE)
        problems += more
        if meta is not None:
            article = SourcePath(f"{articles}/{meta.article}.md")
            by_article.setdefault(article, []).append(Verdict(meta, article, number, item.positions))
    review = Review({article: tuple(verdicts) for article, verdicts in by_article.items()})
    return ReviewResult(review, text, tuple(problems))


def parse_document(text: str) -> YamlDocument:
    """The file's YAML; a byte order mark before it does not count."""
    skip = len(text) - len(text.removeprefix("\ufeff"))
    return parse_yaml(text[skip:], REVIEW_FILE, offset=skip)


def _items(document: YamlDocument) -> Iterator[YamlDocument]:
    """Every item as a document of its own, with its places in the file."""
    data: list[Any] = document.data or []
    positions: list[Positions] = [{} for _ in data]
    for location, span in document.positions.items():
        if location and isinstance(location[0], int) and location[0] < len(data):
            positions[location[0]][location[1:]] = span
    for item, places in zip(data, positions, strict=True):
        yield YamlDocument(item, places, ())


def _without_entry(item: YamlDocument) -> Iterator[Diagnostic]:
    """An entry that was forgotten is no verdict that none is meant."""
    if isinstance(item.data, dict) and "entry" not in item.data:
        start, _ = item.positions[()]
        hint = "add a line “entry: id”, or “entry: null” where no entry is meant"
        yield Diagnostic(Kind.MISSING_KEY, REVIEW_FILE, "“entry” is missing", hint, start, start + 1)


def check_entries(review: Review, known: Mapping[EntryId, object]) -> Iterator[Diagnostic]:
    """The ids in the verdicts that no entry has."""
    for verdict in review.verdicts:
        entry = verdict.meta.entry
        if entry is not None and entry not in known:
            hint = did_you_mean(entry, known) or f"write content/glossary/{entry}.md, or correct the id"
            message = f"there is no entry “{entry}”"
            yield Diagnostic(Kind.UNKNOWN_ENTRY, REVIEW_FILE, message, hint, *verdict.place("entry"))


def is_there(article: SourcePath, known: Container[SourcePath]) -> bool:
    """Whether an article is among the paths that a reader met, or in a folder that it could not read."""
    return any(SourcePath(str(path)) in known for path in (article, *PurePosixPath(article).parents))


def check_articles(review: Review, known: Container[SourcePath], names: Iterable[str]) -> Iterator[Diagnostic]:
    """The verdicts on articles that are not there; `names` are those that are. `known`: see `is_there`."""
    for verdict in review.verdicts:
        if not is_there(verdict.article, known):
            hint = did_you_mean(verdict.meta.article, names) or _PRUNE
            message = f"there is no article “{verdict.meta.article}”; the verdict on “{verdict.meta.exact}” is stale"
            yield Diagnostic(Kind.STALE_VERDICT, REVIEW_FILE, message, hint, *verdict.place("article"))


def stale(verdict: Verdict) -> Diagnostic:
    """The problem of a verdict that has no place in its article: none any more, several, or that of another."""
    message = (
        f"“{verdict.meta.exact}” with the words around it is no longer found in {verdict.article}, or not once only, "
        "or another verdict has its place"
    )
    return Diagnostic(Kind.STALE_VERDICT, REVIEW_FILE, message, _PRUNE, *verdict.place("exact"))


_PRUNE = "correct it, or remove it: explainer review --prune"
