"""One JSON document: articles, their decisions with readings and evidence, totals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from explainer.report.links import ArticleReport, Finding, LinksReport, group_totals, reason_totals
from explainer.report.records import Record, full_record


def render(report: LinksReport) -> Iterator[str]:
    document = {
        "site": report.title,
        "articles": [_article(article) for article in report.articles],
        "totals": _totals(report.findings),
    }
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document)
    yield "\n"


def _article(article: ArticleReport) -> Record:
    return {
        "source": article.source,
        "title": article.title,
        "words": article.words,
        "decisions": [full_record(finding) for finding in article.findings],
        "totals": _totals(article.findings),
    }


def _totals(findings: Iterable[Finding]) -> Record:
    counted = tuple(findings)
    return {"mentions": len(counted), "groups": group_totals(counted), "reasons": reason_totals(counted)}
