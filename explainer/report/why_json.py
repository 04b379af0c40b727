"""`explainer why` as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator

from explainer.report.absences import Absence
from explainer.report.explanations import explain
from explainer.report.links import Finding
from explainer.report.near import Near
from explainer.report.records import Record, full_record, remedy_record
from explainer.report.why import Explanation
from explainer.report.why_text import why_nothing


def render(explanation: Explanation) -> Iterator[str]:
    document = {
        "source": explanation.source,
        "mentions": [_mention(finding) for finding in explanation.findings],
        "absence": _absence(explanation, explanation.absence) if explanation.absence else None,
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _mention(finding: Finding) -> Record:
    return full_record(finding) | {"why": explain(finding.decision.reason)}


def _absence(explanation: Explanation, absence: Absence) -> Record:
    line, column = explanation.lines.place(absence.start)
    return {
        "start": absence.start,
        "end": absence.end,
        "line": line,
        "column": column,
        "text": absence.text,
        "where": absence.where,
        "why": why_nothing(absence),
        "near": [_near(near) for near in absence.near],
        "remedy": remedy_record(absence.remedy),
    }


def _near(near: Near) -> Record:
    form = near.form
    return {
        "written": near.written,
        "form": form.text,
        "entry": form.entry,
        "key": form.key,
        "nearness": near.nearness,
        "edits": near.edits,
    }
