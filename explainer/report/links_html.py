"""One self-contained page: no request leaves it, and without its script it lacks only filter and order."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from explainer.report.links import Finding, Group, LinksReport

if TYPE_CHECKING:
    from jinja2 import Template


class Section(Struct, frozen=True):
    """One part of the page."""

    id: str
    title: str
    meaning: str
    is_open: bool
    """Whether its mentions are seen at once."""
    findings: tuple[Finding, ...]


def render(report: LinksReport) -> Iterator[str]:
    script = _read("links.js")
    yield from _template().generate(
        report=report,
        sections=_sections(report),
        languages={article.source: article.language for article in report.articles},
        reasons=sorted({str(f.decision.reason) for f in report.findings}),
        style=_read("links.css"),
        script=script,
        script_digest=_digest(script),
    )


_SECTIONS: tuple[tuple[Group, str, str], ...] = (
    (Group.AMBIGUOUS, "Ambiguous", "Several entries fit, none stands out: no link is made."),
    (Group.WEAK, "Weak", "Too little speaks for any entry, even the likeliest: no link is made."),
    (Group.UNRESOLVED, "Unresolved", "No entry was decided."),
    (Group.SUPPRESSED, "Not linked", "The entry is known; the link policy makes no link."),
    (Group.LINKED, "Linked", "These mentions are links on the published page."),
)
_COVERED = "A longer mention was decided at the place, or a review said that no entry is meant."


def _sections(report: LinksReport) -> tuple[Section, ...]:
    """A section for each group that was asked for; what is unresolved and needs no answer stands apart."""
    shown = [row for row in _SECTIONS if not report.only or row[0] in report.only]
    sections = []
    for group, title, meaning in shown:
        here = [f for f in report.findings if f.group is group]
        if group is Group.UNRESOLVED:
            covered = tuple(f for f in here if not f.is_open)
            here = [f for f in here if f.is_open]
            sections.append(Section("covered", "Covered", _COVERED, is_open=False, findings=covered))
        sections.append(Section(group, title, meaning, is_open=not group.is_decided, findings=tuple(here)))
    return tuple(sorted(sections, key=lambda s: not s.is_open))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # only this format needs it

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("links.html.jinja"))


def _read(name: str) -> str:
    """A file of this package: part of the code, not of a site."""
    return files("explainer.report").joinpath(name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    """What the page's own policy allows to run, and nothing else."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
