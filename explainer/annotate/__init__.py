"""Mentions and what was decided on them: the stage between reading and the whole site.

    find → expand → score and decide → apply policy

`STAGES` is that order, for one text; `annotate_content` goes through all texts of a site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from explainer.annotate.decide import Resolution, Witness
from explainer.annotate.decisions import Annotation, Annotations, Decision, annotation_of
from explainer.annotate.find import named_in
from explainer.annotate.joined import key_of
from explainer.annotate.languages import language_of
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.means import Means, means_of
from explainer.annotate.policy import LinkPolicy, policy_for
from explainer.annotate.reasons import Clue, Evidence, Method, Reason
from explainer.annotate.review import NOTHING_PLACED, Placed, place_verdicts
from explainer.annotate.score import Reading
from explainer.annotate.stages import Draft, Stage, Task, apply_policy, expand, find, score_and_decide
from explainer.annotate.text import Passage, project
from explainer.annotate.witness import Answers
from explainer.diagnostics import Diagnostic
from explainer.read.content import Article, Content, Document, Entry, Page, Step
from explainer.read.review import Verdict, stale
from explainer.read.schema import LinkingSettings
from explainer.types import EntryId, SourcePath

__all__ = [
    "Annotation",
    "Annotations",
    "Clue",
    "Decision",
    "Evidence",
    "Means",
    "Method",
    "Reading",
    "Reason",
    "annotate_articles",
    "annotate_content",
    "annotate_document",
    "decide_passages",
    "means_of",
]

STAGES: tuple[Stage, ...] = (find, expand, score_and_decide, apply_policy)


# ---- one text -------------------------------------------------------------------------------------------------------


def annotate_document(  # noqa: PLR0913
    document: Document[Any],
    lexicon: Lexicon,
    policy: LinkPolicy,
    *,
    language: str,
    resolve: Mapping[str, EntryId] | None = None,
    title: frozenset[EntryId] = frozenset(),
    witness: Witness | None = None,
    verdicts: Placed = NOTHING_PLACED,
) -> Annotation:
    """Every decision on a document. `title` are entries that it is about from its beginning."""
    surfaces = _surfaces(resolve or {}, lexicon)
    task = Task(project(document.body), lexicon, language_of(language), surfaces, title, witness, verdicts, policy)
    return annotation_of(document, _done(task))


def decide_passages(  # noqa: PLR0913
    passages: tuple[Passage, ...],
    lexicon: Lexicon,
    *,
    language: str,
    resolve: Mapping[str, EntryId] | None = None,
    title: frozenset[EntryId] = frozenset(),
    witness: Witness | None = None,
) -> tuple[Resolution, ...]:
    """What is meant in some text, whatever becomes a link."""
    surfaces = _surfaces(resolve or {}, lexicon)
    task = Task(passages, lexicon, language_of(language), surfaces, title, witness, NOTHING_PLACED, policy=None)
    return _done(task).resolutions


def _done(task: Task) -> Draft:
    draft = Draft(task)
    for stage in STAGES:
        draft = stage(draft)
    return draft


def _surfaces(resolve: Mapping[str, EntryId], lexicon: Lexicon) -> dict[str, EntryId]:
    """What `resolve` says, by what texts are compared by; entries that are not there are named elsewhere."""
    return {key_of(surface): entry for surface, entry in resolve.items() if entry in lexicon.kinds}


# ---- all texts of a site --------------------------------------------------------------------------------------------


def annotate_content(
    content: Content, *, answers: Answers | None = None, step: Step = lambda _path: None
) -> Annotations:
    """Annotate every text of the site. Articles and entries are linked; pages keep their authors' own links."""
    means = means_of(content, answers=answers)
    by_path, diagnostics = _articles(content, means, step)
    for identifier, entry in content.entries.items():
        step(entry.path)
        by_path[entry.path] = annotate_entry(entry, identifier, means.lexicon, content.settings)
    for page in content.pages:
        by_path[page.path] = annotate_page(page, means.lexicon, content.settings)
    return Annotations(by_path, diagnostics)


def annotate_articles(
    content: Content,
    *,
    means: Means | None = None,
    answers: Answers | None = None,
    step: Step = lambda _path: None,
) -> Annotations:
    """Annotate the articles alone: what `explainer links` reports."""
    return Annotations(*_articles(content, means or means_of(content, answers=answers), step))


def _articles(
    content: Content, means: Means, step: Step
) -> tuple[dict[SourcePath, Annotation], tuple[Diagnostic, ...]]:
    by_path, diagnostics = {}, means.diagnostics
    for article in content.articles:
        step(article.path)
        verdicts = _verdicts(article, content)
        by_path[article.path] = annotate_article(article, means.lexicon, content.settings, means.witness, verdicts)
        diagnostics += tuple(stale(v) for v in verdicts.stale)
    return by_path, diagnostics


def _verdicts(article: Article, content: Content) -> Placed:
    known = [v for v in content.review.on(article.path) if v.meta.entry is None or v.meta.entry in content.entries]
    return placed_verdicts(article, known)


def placed_verdicts(article: Article, known: Sequence[Verdict]) -> Placed:
    """Where the verdicts of a review stand in the article; those on entries that are not there say nothing."""
    return place_verdicts(project(article.body), known) if known else NOTHING_PLACED


class LinkingContext(Protocol):
    """The settings that linking an article depends on."""

    @property
    def linking(self) -> LinkingSettings: ...
    @property
    def language(self) -> str: ...


def annotate_article(
    article: Article, lexicon: Lexicon, site: LinkingContext, witness: Witness | None, verdicts: Placed
) -> Annotation:
    """One article, under the site's linking settings and its own."""
    own = article.meta.linking
    language = article.meta.language or site.language
    return annotate_document(
        article,
        lexicon,
        policy_for(site.linking, own),
        language=language,
        resolve={**site.linking.resolve, **own.resolve},
        title=named_in(article.meta.title, lexicon, language_of(language)),
        witness=witness if language.partition("-")[0] == site.language.partition("-")[0] else None,
        verdicts=verdicts,
    )


def annotate_entry(entry: Entry, identifier: EntryId, lexicon: Lexicon, site: LinkingContext) -> Annotation:
    """The text of an entry, which does not link to itself."""
    policy = policy_for(site.linking, own=identifier)
    language = entry.meta.language or site.language
    return annotate_document(entry, lexicon, policy, language=language, title=frozenset({identifier}))


def annotate_page(page: Page, lexicon: Lexicon, site: LinkingContext) -> Annotation:
    """A plain page, which keeps its author's own links."""
    policy = policy_for(site.linking, automatic=False)
    return annotate_document(page, lexicon, policy, language=page.meta.language or site.language)
