"""SARIF 2.1.0, for annotations in code review: what is undecided, with the ways to settle it as fixes.

Without `--only`, mentions that there is nothing to do about are left out. Lines and columns count from 1 and in code
points (`columnKind`); a byte order mark does not count.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from explainer import __version__
from explainer.annotate import Reason
from explainer.report.explanations import explain
from explainer.report.links import Finding, Group, LinksReport
from explainer.report.records import Record
from explainer.report.remedies import Remedy

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Rule(NamedTuple):
    """A stable id, and how grave it is; `none` marks what is told only where it is asked for."""

    id: str
    level: str
    summary: str
    help: str


_AMBIGUOUS = Rule(
    "ambiguous-mention",
    "warning",
    "Several entries fit a mention",
    "Name the entry in the text, [Tlass](entry:munaf-tlass), or above it, linking: {resolve: {Tlass: munaf-tlass}}.",
)
_WEAK = Rule(
    "weak-mention",
    "note",
    "Too little speaks for the likeliest entry of a mention",
    "Name the entry in the text where it is meant.",
)
_UNDECIDED = Rule("unresolved-mention", "note", "No entry was decided for a mention", "Name the entry in the text.")
_SUPPRESSED = Rule("not-linked", "none", "A mention that is not linked", "Name the entry in the text to link it.")
_LINKED = Rule("linked", "none", "A mention that is linked", "Write [text]{.nolink} where no link is wanted.")

_BY_REASON: Mapping[Reason, Rule] = MappingProxyType(
    {
        Reason.NO_ANTECEDENT: Rule(
            "no-antecedent",
            "note",
            "A short form without a full name before it",
            "Write the full name first, or give the entry an alias.",
        ),
        Reason.LONGER_NAME: Rule(
            "part-of-longer-name",
            "note",
            "A form inside a longer name that no entry has",
            "Give the longer name to its entry as an alias, or write an entry for it.",
        ),
        Reason.UNKNOWN_ENTRY: Rule(
            "unknown-entry",
            "error",
            "An author's link to an id that no entry has",
            "Correct the id, or write the entry.",
        ),
        Reason.REJECTED: Rule(
            "rejected-in-review",
            "none",
            "A mention that a review rejected",
            "Nothing needs to be done; the verdict stands in content/review.yaml.",
        ),
        Reason.OVERLAP: Rule(
            "part-of-longer-mention",
            "none",
            "A mention inside a longer one",
            "Nothing needs to be done; the longer mention was decided.",
        ),
    }
)
_BY_GROUP: Mapping[Group, Rule] = MappingProxyType(
    {
        Group.AMBIGUOUS: _AMBIGUOUS,
        Group.WEAK: _WEAK,
        Group.UNRESOLVED: _UNDECIDED,
        Group.SUPPRESSED: _SUPPRESSED,
        Group.LINKED: _LINKED,
    }
)
RULES = (*_BY_GROUP.values(), *_BY_REASON.values())


def render(report: LinksReport) -> Iterator[str]:
    shown = (f for f in report.findings if report.only or rule_of(f).level != "none")
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "explainer", "semanticVersion": __version__, "rules": _rules()}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding) for finding in shown],
            }
        ],
    }
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document)
    yield "\n"


def rule_of(finding: Finding) -> Rule:
    return _BY_REASON.get(finding.decision.reason) or _BY_GROUP[finding.group]


def _rules() -> list[Record]:
    return [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.summary},
            "help": {"text": rule.help},
            "defaultConfiguration": {"level": rule.level},
        }
        for rule in RULES
    ]


def _result(finding: Finding) -> Record:
    rule, decision = rule_of(finding), finding.decision
    result: Record = {
        "ruleId": rule.id,
        "ruleIndex": RULES.index(rule),
        "kind": "informational" if rule.level == "none" else "fail",
        "level": rule.level,
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {"quotation/v1": _fingerprint(finding)},
        "properties": {
            "entry": decision.entry,
            "candidates": list(decision.candidates),
            "method": decision.method,
            "reason": decision.reason,
            "score": decision.score,
        },
    }
    remedy = finding.remedy
    if remedy is not None and remedy.edit is not None:
        result["fixes"] = [_fix(finding, remedy)]
    return result


def _message(finding: Finding) -> str:
    decision, remedy = finding.decision, finding.remedy
    what = decision.entry or " or ".join(decision.candidates)
    said = f"“{finding.sentence.mention}”{f' ({what})' if what else ''}: {explain(decision.reason)}."
    if remedy is not None:
        where = remedy.where(decision.source)
        said += f" {where[:1].upper()}{where[1:]}: {remedy.line} ({remedy.condition})."
    # Plain text of SARIF may hold links in brackets (§3.11.6); these are none.
    return re.sub(r"([\\\[\]])", r"\\\1", said)


def _location(finding: Finding) -> Record:
    decision = finding.decision
    return {
        "artifactLocation": _artifact(finding),
        "region": {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
            "charOffset": decision.start - finding.mark,
            "charLength": decision.end - decision.start,
            "snippet": {"text": decision.text},
        },
    }


def _artifact(finding: Finding) -> Record:
    return {"uri": quote(finding.decision.source), "uriBaseId": "%SRCROOT%"}


def _fix(finding: Finding, remedy: Remedy) -> Record:
    start, end = remedy.edit or (0, 0)
    replacement = {
        "deletedRegion": {"charOffset": start - finding.mark, "charLength": end - start},
        "insertedContent": {"text": remedy.line},
    }
    return {
        "description": {"text": f"{remedy.line}, {remedy.condition}"},
        "artifactChanges": [{"artifactLocation": _artifact(finding), "replacements": [replacement]}],
    }


def _fingerprint(finding: Finding) -> str:
    """The same for the same words in the same file, wherever they move."""
    said = "\0".join((finding.decision.source, *finding.sentence))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
