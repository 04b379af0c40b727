"""A table for spreadsheets: RFC 4180, UTF-8 with the mark that they look for, and no cell that they would compute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from explainer.report.links import Finding, LinksReport

COLUMNS = (
    "source", "line", "column", "text", "group", "entry", "candidates", "kind", "linked", "method", "reason", "score",
    "because", "sentence", "settle", "where", "condition",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = ("\t", "\r", "\n")


def render(report: LinksReport) -> Iterator[str]:
    yield "\ufeff" + _row(COLUMNS)
    yield from (_row(_cells(finding)) for finding in report.findings)


def _cells(finding: Finding) -> Sequence[str | float]:
    decision, remedy = finding.decision, finding.remedy
    return (
        decision.source,
        finding.line,
        finding.column,
        decision.text,
        finding.group,
        decision.entry or "",
        "" if decision.entry else " ".join(decision.candidates),
        decision.kind or "",
        "yes" if decision.linked else "no",
        decision.method,
        decision.reason,
        decision.score,
        decision.words,
        finding.sentence.text.strip(),
        *((remedy.line, remedy.where(decision.source), remedy.condition) if remedy else ("", "", "")),
    )


def _row(cells: Sequence[str | float]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([_inert(c) if isinstance(c, str) else c for c in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula."""
    risky = cell.startswith(_CONTROL) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if risky else str(cell)
