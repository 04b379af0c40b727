"""Which articles say the same in different languages.

A translation names the article that it translates, by the stem of its file: `translation_of: why-it-matters`. All that
name one article, and that article, are a set; each leads to all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.types import SourcePath, Url


class Origin(NamedTuple):
    """What an article says of its own origin."""

    stem: str
    """Of the article that it translates."""
    start: int
    end: int
    """Where that is said in its file."""


class Version(NamedTuple):
    """An article as others of its set name it."""

    title: str
    url: Url
    language: str
    is_original: bool


class Candidate(NamedTuple):
    """A published article that may belong to a set."""

    path: SourcePath
    title: str
    url: Url
    language: str
    origin: Origin | None


Sets = Mapping[SourcePath, tuple[Version, ...]]
"""By article, its whole set: the original first, then by language. Only articles in a set of at least two are there."""


def translation_sets(articles: Iterable[Candidate]) -> tuple[Sets, tuple[Diagnostic, ...]]:
    """The sets, and what is wrong with them. What is wrong is in no set."""
    found = sorted(articles)
    by_stem: dict[str, Candidate] = {}
    for article in found:
        by_stem.setdefault(stem_of(article.path), article)
    members: dict[SourcePath, dict[str, Candidate]] = {}
    problems: list[Diagnostic] = []
    for article in found:
        if article.origin is None:
            continue
        original = by_stem.get(article.origin.stem)
        problem = _problem(article, article.origin, original, by_stem, members)
        if problem is not None:
            problems.append(problem)
        elif original is not None:
            members.setdefault(original.path, {original.language: original})[article.language] = article
    return dict(_sets(members.values())), tuple(problems)


def _problem(
    article: Candidate,
    origin: Origin,
    original: Candidate | None,
    by_stem: Mapping[str, Candidate],
    members: Mapping[SourcePath, Mapping[str, Candidate]],
) -> Diagnostic | None:
    stem, *place = origin
    if original is None:
        message = f"there is no published article “{stem}” of which this could be a translation"
        hint = did_you_mean(stem, by_stem) or "name an article's file, without .md"
    elif original.path == article.path:
        message, hint = "an article is no translation of itself", "name the article that it translates"
    elif original.origin is not None:
        message = f"“{stem}” is a translation as well"
        hint = f"both name the article that was written first: translation_of: {original.origin.stem}"
    else:
        taken = members.get(original.path, {}).get(article.language)
        other = original if original.language == article.language else taken
        if other is None:
            return None
        message = f"{other.path} is in the same language, {article.language}"
        hint = "set “language:”, or remove “translation_of:”"
    return Diagnostic(Kind.BAD_TRANSLATION, article.path, message, hint, *place)


def _sets(members: Iterable[Mapping[str, Candidate]]) -> Iterator[tuple[SourcePath, tuple[Version, ...]]]:
    for by_language in members:
        ordered = sorted(by_language.values(), key=lambda a: (a.origin is not None, a.language))
        versions = tuple(Version(a.title, a.url, a.language, a.origin is None) for a in ordered)
        for article in ordered:
            yield article.path, versions


def stem_of(path: str) -> str:
    """A file's name without its folder and `.md`."""
    return path.rpartition("/")[2].removesuffix(".md")
