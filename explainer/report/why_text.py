"""`explainer why` for the terminal: the line with a caret, then what is known in labelled lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainer.annotate import Reading
from explainer.report.absences import Absence
from explainer.report.explanations import explain
from explainer.report.links import Finding, Group
from explainer.report.near import Near, Nearness
from explainer.report.places import underlined
from explainer.report.remedies import Remedy
from explainer.report.why import Explanation

_LABEL = 10

_NEARNESS = {
    Nearness.SAME: "the same form",
    Nearness.CASE: "the same letters; capitals differ",
    Nearness.SPELLING: "spelt differently",
    Nearness.LONGER_WORD: "inside a longer word",
    Nearness.PART: "one word of it; alone it counts only as a short form, after a full one",
}


def render(explanation: Explanation) -> Iterator[str]:
    blocks = [_mention(explanation, finding) for finding in explanation.findings]
    if explanation.absence is not None:
        blocks.append(_absence(explanation, explanation.absence))
    elif not blocks:
        blocks.append(iter([f"{explanation.source}: no mention"]))
    for number, block in enumerate(blocks):
        yield "\n" if number else ""
        yield from (f"{line.rstrip()}\n" for line in block)


def _mention(explanation: Explanation, finding: Finding) -> Iterator[str]:
    decision = finding.decision
    yield f"{finding.place}: {headline(finding)}"
    yield from underlined(explanation.lines, decision.start, decision.end)
    link = explain(decision.reason)
    yield from _labelled("entry", [decision.words] if decision.words not in link else [])
    yield from _labelled("link", [link])
    yield from _labelled("readings", (line for reading in decision.readings for line in _reading(reading)))
    label = "overrule" if finding.group.is_decided or not finding.is_open else "settle"
    yield from _labelled(label, _remedy(finding.remedy, explanation))


def headline(finding: Finding) -> str:
    """What became of a mention, in a sentence."""
    decision = finding.decision
    what = decision.entry or " or ".join(decision.candidates) or "no entry"
    said = {
        Group.LINKED: f"is linked to {what}",
        Group.SUPPRESSED: f"names {what}, not linked",
        Group.WEAK: f"may name {what}, not linked",
        Group.AMBIGUOUS: f"may name {what}, not linked",
        Group.UNRESOLVED: "names no entry, not linked",
    }
    method = f"{decision.method}; " if decision.entry else ""
    return f"“{finding.sentence.mention}” {said[finding.group]} ({method}{decision.reason})"


def _reading(reading: Reading) -> Iterator[str]:
    yield f"{reading.score:.2f}  {reading.entry}  ({reading.method})"
    for evidence in reading.evidence:
        weight = f"{evidence.weight:+.1f}".replace("-", "−")
        yield f"      {weight:>5}  {evidence.clue}: {evidence.words}"


def _remedy(remedy: Remedy | None, explanation: Explanation) -> Iterator[str]:
    if remedy is not None:
        yield f"{remedy.where(explanation.source)}: {remedy.line}"
        yield f"({remedy.condition})"


def _absence(explanation: Explanation, absence: Absence) -> Iterator[str]:
    line, column = explanation.lines.place(absence.start)
    yield f"{explanation.source}:{line}:{column}: no mention{f': “{absence.text}”' if absence.text else ''}"
    if absence.end > absence.start:
        shown = underlined(explanation.lines, absence.start, absence.end)
        yield from shown if absence.text else shown[:1]
    yield from _labelled("why", [why_nothing(absence)])
    yield from _labelled("near", (_near(near) for near in absence.near))
    yield from _labelled("settle", _remedy(absence.remedy, explanation))


def why_nothing(absence: Absence) -> str:
    """Why there is no mention at a place, in a sentence."""
    if not absence.where.is_searched:
        return f"this is {absence.where}; mentions are looked for in text alone"
    if absence.near and absence.near[0].nearness is Nearness.SAME:
        return "a form of the glossary stands here, and the words around it or rules of the language speak against it"
    what = f"“{absence.text}” is" if absence.text else "its words are"
    there = "" if absence.near else ", nor near one"
    return f"{what} no form of an entry{there}"


def _near(near: Near) -> str:
    edits = f" by {near.edits} letter{'s' if near.edits > 1 else ''}" if near.edits else ""
    form = near.form
    return f"“{near.written}” – “{form.text}” ({form.key} of {form.entry}): {_NEARNESS[near.nearness]}{edits}"


def _labelled(label: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"  {label if not number else '':{_LABEL}}{line}"
