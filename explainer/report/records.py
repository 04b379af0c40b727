"""Decisions, readings and remedies as JSON."""

from __future__ import annotations

from typing import Any, TypeAlias

from explainer.annotate import Reading
from explainer.report.links import Finding
from explainer.report.remedies import Remedy

Record: TypeAlias = dict[str, Any]


def contract(finding: Finding) -> Record:
    """The keys of a line of `--format jsonl`, in their order: a contract, see docs/reference.md."""
    decision = finding.decision
    record: Record = {
        "source": decision.source,
        "start": decision.start,
        "end": decision.end,
        "text": decision.text,
        "entry": decision.entry,
        "kind": decision.kind,
        "linked": decision.linked,
        "method": decision.method,
        "reason": decision.reason,
        "score": decision.score,
        "line": finding.line,
        "column": finding.column,
    }
    if decision.entry is None:
        record["candidates"] = list(decision.candidates)
    return record


def full_record(finding: Finding) -> Record:
    """The contract and all that stands behind it."""
    sentence = finding.sentence
    return contract(finding) | {
        "group": finding.group,
        "because": finding.decision.words,
        "sentence": [sentence.before, sentence.mention, sentence.after],
        "readings": [_reading(r) for r in finding.decision.readings],
        "remedy": remedy_record(finding.remedy),
    }


def _reading(reading: Reading) -> Record:
    return {
        "entry": reading.entry,
        "method": reading.method,
        "score": reading.score,
        "evidence": [e.as_data() for e in reading.evidence],
    }


def remedy_record(remedy: Remedy | None) -> Record | None:
    if remedy is None:
        return None
    return {"path": remedy.path or None, "place": remedy.place, "line": remedy.line, "condition": remedy.condition}
