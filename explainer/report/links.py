"""What was decided on every mention, in five groups, each mention with its sentence and the line that would settle it.

`report_links` makes the value that every format writes: `links_text`, `links_jsonl`, `links_json`, `links_csv`,
`links_sarif`, `links_html`. Each of these has one function, `render`, which gives the parts of the text in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate import Annotation, Annotations, Decision, Reason
from explainer.read.content import Content, Document
from explainer.report.places import Lines, lines_of
from explainer.report.remedies import Remedy, Scene, remedy_for, scene_of
from explainer.report.sentences import Quotation, quote_around
from explainer.types import SourcePath


class Group(StrEnum):
    """What became of a mention; the undecided first, as a report shows them."""

    AMBIGUOUS = "ambiguous"
    """Several entries fit."""
    WEAK = "weak"
    """One entry is likely, and too little speaks for it."""
    UNRESOLVED = "unresolved"
    """No entry was decided for another reason."""
    SUPPRESSED = "suppressed"
    """An entry was decided, and the policy makes no link."""
    LINKED = "linked"

    @property
    def is_decided(self) -> bool:
        return self in {Group.SUPPRESSED, Group.LINKED}


_NOTHING_TO_SETTLE = frozenset({Reason.OVERLAP, Reason.REJECTED})
"""A longer mention was decided there, or a review said that no entry is meant."""


class Finding(Struct, frozen=True):
    """A decision as a report shows it."""

    decision: Decision
    group: Group
    line: int
    column: int
    end_line: int
    end_column: int
    """The place of the decision's `end`; lines and columns count from 1."""
    mark: int
    """1 where the file begins with a byte order mark, which other programs do not count; else 0."""
    sentence: Quotation
    remedy: Remedy | None

    @property
    def place(self) -> str:
        return f"{self.decision.source}:{self.line}:{self.column}"

    @property
    def is_open(self) -> bool:
        """Whether an author has something to settle here."""
        return not self.group.is_decided and self.decision.reason not in _NOTHING_TO_SETTLE


class ArticleReport(Struct, frozen=True):
    """One article and its findings, in the order of the file."""

    source: SourcePath
    title: str
    language: str
    words: int
    findings: tuple[Finding, ...]


class LinksReport(Struct, frozen=True):
    """The findings of all articles, sorted by path."""

    title: str
    """The site's."""
    articles: tuple[ArticleReport, ...]
    only: frozenset[Group] = frozenset()
    """The groups that were asked for; empty: all."""

    @property
    def findings(self) -> Iterator[Finding]:
        return (finding for article in self.articles for finding in article.findings)


def report_links(content: Content, annotations: Annotations, *, only: Collection[Group] = ()) -> LinksReport:
    """The report on the articles of `content`; with `only`, on the mentions of these groups."""
    articles = (
        ArticleReport(
            source=article.path,
            title=article.meta.title,
            language=article.meta.language or content.settings.language,
            words=annotations.by_path[article.path].words,
            findings=findings_of(article, annotations.by_path[article.path], content),
        )
        for article in sorted(content.articles, key=lambda a: a.path)
    )
    report = LinksReport(content.settings.title, tuple(articles))
    return keep(report, only=frozenset(only)) if only else report


def keep(report: LinksReport, *, only: frozenset[Group]) -> LinksReport:
    """The report without other groups, and without articles that then have nothing to show."""
    kept = (replace(a, findings=tuple(f for f in a.findings if f.group in only)) for a in report.articles)
    return replace(report, articles=tuple(a for a in kept if a.findings), only=only)


def findings_of(document: Document[Any], annotation: Annotation, content: Content) -> tuple[Finding, ...]:
    """Every decision on a document, in the order of the file."""
    lines = lines_of(document.text)
    scene = scene_of(document, annotation, content.entries)
    ordered = sorted(annotation.decisions, key=lambda d: (d.start, d.end))
    return tuple(_finding(decision, scene, lines) for decision in ordered)


def _finding(decision: Decision, scene: Scene, lines: Lines) -> Finding:
    passage = scene.annotation.passages[decision.passage]
    return Finding(
        decision,
        group_of(decision),
        *lines.place(decision.start),
        *lines.place(decision.end),
        mark=int(lines.text.startswith("\ufeff")),
        sentence=quote_around(passage.text, decision.begin, decision.stop),
        remedy=remedy_for(decision, scene),
    )


def group_of(decision: Decision) -> Group:
    if decision.linked:
        return Group.LINKED
    if decision.reason is Reason.WEAK:
        return Group.WEAK
    if decision.entry is not None:
        return Group.SUPPRESSED
    return Group.AMBIGUOUS if decision.reason is Reason.AMBIGUOUS else Group.UNRESOLVED


def group_totals(findings: Iterable[Finding]) -> dict[Group, int]:
    """How many findings each group has, the empty groups included."""
    counts = Counter(f.group for f in findings)
    return {group: counts[group] for group in Group}


def reason_totals(findings: Iterable[Finding]) -> dict[str, int]:
    """How many mentions are linked, and for each reason how many are not, the most frequent first."""
    totals = Counter("linked" if f.decision.linked else str(f.decision.reason) for f in findings)
    return dict(totals.most_common())
