"""For the terminal: a line for every mention, and for what is undecided its sentence and the line that would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.report.links import ArticleReport, Finding, Group, LinksReport, reason_totals

_SIGNS = {Group.LINKED: "→", Group.SUPPRESSED: "·"}


def render(report: LinksReport) -> Iterator[str]:
    for article in report.articles:
        yield from (f"{line}\n" for line in _article(article))
    if not report.articles:
        groups = " or ".join(g for g in Group if g in report.only)
        yield f"no mention is {groups}\n" if groups else "there are no articles\n"


def _article(article: ArticleReport) -> Iterator[str]:
    yield article.source
    for finding in article.findings:
        yield _compact(finding)
        if finding.is_open:
            yield from _open(finding)
    totals = ", ".join(f"{number} {what}" for what, number in reason_totals(article.findings).items())
    yield f"  {totals or 'no mention'}"


def _compact(finding: Finding) -> str:
    decision = finding.decision
    text = " ".join(decision.text.split())
    what = decision.entry or " or ".join(decision.candidates) or "nothing"
    sign = _SIGNS.get(finding.group, "?")
    return f"  {finding.line}:{finding.column}  {text}  {sign} {what}  ({decision.method}; {decision.reason})"


def _open(finding: Finding) -> Iterator[str]:
    yield f"      “{finding.sentence.text.strip()}”"
    remedy = finding.remedy
    if remedy is not None:
        yield f"      {remedy.where(finding.decision.source)}: {remedy.line}  ({remedy.condition})"
