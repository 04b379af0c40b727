"""Mentions and what was decided on them: the stage between reading and the whole site.

    project → find → select → resolve → apply policy

Each step is a pure function in the module of its name; `annotate_document` is their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explainer.annotate.decide import Reading, Resolution, Told, Witness, decide, undecided
from explainer.annotate.expand import expand
from explainer.annotate.find import Candidate, forms_as_written, matches_in
from explainer.annotate.joined import key_of
from explainer.annotate.languages import language_of
from explainer.annotate.lexicon import Lexicon, build_lexicon
from explainer.annotate.policy import LinkPolicy, apply_policy, policy_for
from explainer.annotate.reasons import Clue, Evidence, Method, Reason
from explainer.annotate.review import NOTHING_PLACED, Placed, place_verdicts
from explainer.annotate.scene import Scene
from explainer.annotate.text import Passage, project
from explainer.annotate.witness import Answers, is_installed, load_witness
from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import SETTINGS_FILE, Article, Content, Document, Step
from explainer.read.review import stale
from explainer.read.schema import EntryKind
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
    "means_of",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one mention."""

    source: SourcePath
    start: int
    end: int
    """Half-open range of code points in the file."""
    text: str
    """`file[start:end]`."""
    entry: EntryId | None
    readings: tuple[Reading, ...]
    """The entries that it could name, likeliest first, each with its evidence."""
    kind: EntryKind | None
    linked: bool
    method: Method
    reason: Reason
    score: float
    words: str
    """What decided, in a sentence for people."""
    passage: int
    begin: int
    stop: int
    """Half-open range in the passage's text."""

    @property
    def candidates(self) -> tuple[EntryId, ...]:
        return tuple(r.entry for r in self.readings)

    @property
    def is_settled(self) -> bool:
        """Whether a page may say that this entry is meant. A weak decision, or one on an
        adjective that the entry does not list, is for reports alone.
        """
        return self.entry is not None and self.reason not in {Reason.WEAK, Reason.DEMONYM}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document's passages and the decisions on its mentions, in reading order."""

    passages: tuple[Passage, ...]
    decisions: tuple[Decision, ...]

    @property
    def words(self) -> int:
        return sum(len(p.text.split()) for p in self.passages)


@dataclass(frozen=True, slots=True)
class Annotations:
    """The stage's result: an annotation for every article, entry and page."""

    by_path: Mapping[SourcePath, Annotation]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """What texts are annotated with. It depends on the glossary and the settings alone, so it may be kept."""

    lexicon: Lexicon
    witness: Witness | None
    diagnostics: tuple[Diagnostic, ...]


def means_of(content: Content, *, answers: Answers | None = None) -> Means:
    """The means for a site. `answers` are what its model said before, and get what it says now."""
    lexicon = build_lexicon(content.entries, language=content.settings.language)
    return Means(lexicon, *_witness(content, {} if answers is None else answers))


def annotate_content(
    content: Content, *, answers: Answers | None = None, step: Step = lambda _path: None
) -> Annotations:
    """Annotate every text of the site. Articles and entries are linked; pages keep their authors' own links."""
    means = means_of(content, answers=answers)
    by_path, diagnostics = _articles(content, means, step)
    lexicon = means.lexicon
    linking, language = content.settings.linking, content.settings.language
    for identifier, entry in content.entries.items():
        step(entry.path)
        policy = policy_for(linking, own=identifier)
        by_path[entry.path] = annotate_document(
            entry, lexicon, policy, language=entry.meta.language or language, title=frozenset({identifier})
        )
    for page in content.pages:
        policy = policy_for(linking, automatic=False)
        by_path[page.path] = annotate_document(page, lexicon, policy, language=page.meta.language or language)
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
        by_path[article.path] = annotate_article(article, means.lexicon, content, means.witness, verdicts)
        diagnostics += tuple(stale(v) for v in verdicts.stale)
    return by_path, diagnostics


def _verdicts(article: Article, content: Content) -> Placed:
    """Where the verdicts of a review stand in the article; those on entries that are not there say nothing."""
    known = [v for v in content.review.on(article.path) if v.meta.entry is None or v.meta.entry in content.entries]
    return place_verdicts(project(article.body), known) if known else NOTHING_PLACED


def annotate_article(
    article: Article, lexicon: Lexicon, content: Content, witness: Witness | None, verdicts: Placed
) -> Annotation:
    """One article, under the site's linking settings and its own."""
    site, own = content.settings.linking, article.meta.linking
    language = article.meta.language or content.settings.language
    return annotate_document(
        article,
        lexicon,
        policy_for(site, own),
        language=language,
        resolve={**site.resolve, **own.resolve},
        title=_named_in(article.meta.title, lexicon, language),
        witness=witness if language.partition("-")[0] == content.settings.language.partition("-")[0] else None,
        verdicts=verdicts,
    )


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
    """Find, decide, apply the policy. `title` are entries that the document is about from its beginning."""
    passages = project(document.body)
    resolutions, shadowed = decide_passages(
        passages, lexicon, language=language, resolve=resolve, title=title, witness=witness, verdicts=verdicts
    )
    policies = apply_policy(resolutions, passages, policy)
    decisions = [
        _decision(document, passages, lexicon, resolution, linked=linked, reason=reason)
        for resolution, (linked, reason) in zip(resolutions, policies, strict=True)
        if not _is_noise(resolution)
    ]
    decisions += (_shadow(document, passages, lexicon, candidate) for candidate in shadowed if candidate.forms)
    return Annotation(passages, tuple(sorted(decisions, key=lambda d: (d.passage, d.begin, -d.stop))))


def decide_passages(  # noqa: PLR0913
    passages: tuple[Passage, ...],
    lexicon: Lexicon,
    *,
    language: str,
    resolve: Mapping[str, EntryId] | None = None,
    title: frozenset[EntryId] = frozenset(),
    witness: Witness | None = None,
    verdicts: Placed = NOTHING_PLACED,
) -> tuple[tuple[Resolution, ...], tuple[Candidate, ...]]:
    """What is meant in some text, whatever becomes a link: the decisions, and the candidates that longer ones cover."""
    tables = language_of(language)
    surfaces = {key_of(surface): entry for surface, entry in (resolve or {}).items() if entry in lexicon.kinds}
    found = expand(passages, lexicon, tables, surfaces=surfaces, title=title, verdicts=verdicts)
    passage_of = tuple(c.passage for c in found.chosen)
    scene = Scene(passages, lexicon, tables, title, passage_of, _starts(found.chosen), {}, {})
    return decide(found.chosen, scene, Told(surfaces, verdicts.spans(passages)), witness), found.covered


def _starts(candidates: Iterable[Candidate]) -> dict[int, frozenset[int]]:
    starts: dict[int, set[int]] = {}
    for candidate in candidates:
        starts.setdefault(candidate.passage, set()).add(candidate.start)
    return {passage: frozenset(places) for passage, places in starts.items()}


_WEAK = frozenset({Method.FIRST_NAME, Method.HEAD_NOUN})


def _is_noise(resolution: Resolution) -> bool:
    """A first name or a head noun of an entry that was never introduced is no mention: “the Guard”, “Paul”."""
    forms = resolution.candidate.forms
    weak = bool(forms) and all(form.method in _WEAK for form in forms)
    return weak and resolution.reason in {Reason.NO_ANTECEDENT, Reason.LONGER_NAME}


def _decision(  # noqa: PLR0913
    document: Document[Any],
    passages: tuple[Passage, ...],
    lexicon: Lexicon,
    resolution: Resolution,
    *,
    linked: bool,
    reason: Reason,
) -> Decision:
    candidate = resolution.candidate
    start, end = passages[candidate.passage].file_span(candidate.start, candidate.end)
    return Decision(
        source=document.path,
        start=start,
        end=end,
        text=document.text[start:end],
        entry=resolution.entry,
        readings=resolution.readings,
        kind=lexicon.kinds.get(resolution.entry) if resolution.entry else None,
        linked=linked,
        method=resolution.method,
        reason=reason,
        score=resolution.score,
        words=resolution.words,
        passage=candidate.passage,
        begin=candidate.start,
        stop=candidate.end,
    )


def _shadow(document: Document[Any], passages: tuple[Passage, ...], lexicon: Lexicon, candidate: Candidate) -> Decision:
    """The record of a candidate that a longer one covers."""
    covered = undecided(candidate, Reason.OVERLAP, "a longer mention covers it")
    return _decision(document, passages, lexicon, covered, linked=False, reason=Reason.OVERLAP)


def _named_in(title: str, lexicon: Lexicon, language: str) -> frozenset[EntryId]:
    """The entries that a title names without doubt."""
    tables = language_of(language)
    named: dict[int, frozenset[EntryId]] = {}
    for start, end, key in sorted(matches_in(title, lexicon, tables), key=lambda m: (m[0], -m[1])):
        forms = forms_as_written(lexicon.keys[key].full, title, start, end, tables)
        if forms and start >= max(named, default=0):
            named[end] = frozenset(f.entry for f in forms)
    return frozenset(next(iter(entries)) for entries in named.values() if len(entries) == 1)


def _witness(content: Content, answers: Answers) -> tuple[Witness | None, tuple[Diagnostic, ...]]:
    model = content.settings.nlp.model
    if not model:
        return None, ()
    if not is_installed(model):
        message = f"the model “{model}” is not installed; contested names stay undecided"
        hint = "install it beside explainer, or remove nlp.model"
        return None, (Diagnostic(Kind.NO_MODEL, SourcePath(SETTINGS_FILE), message, hint),)
    return load_witness(model, answers), ()
