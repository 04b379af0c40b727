"""The one line that would settle a mention, or overrule what was decided on it.

Which line fits is a matter of the reason, so the order is data: `_BY_REASON`. A line is always one that can be written as
it is shown: names that YAML would misread are quoted, and a key that the front matter has already is not repeated.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate import Annotation, Decision, Method, Reason
from explainer.annotate.text import Zone
from explainer.read.content import Document, Entry
from explainer.read.yaml import KEY
from explainer.types import EntryId, SourcePath

IN_TEXT = "in the text"
IN_FRONT_MATTER = "in the front matter"
AS_COMMAND = "on the command line"

_MARKUP = re.compile(r"[\[\]*_`~\\|<>]")
_PLAIN = re.compile(r"[^\W\d_](?:[\w .'’-]*[\w.])?")
_WORDS_OF_YAML = frozenset("null true false yes no on off".split())
_CAPITALISED = r"[^\W\d_a-z][\w'’-]*"
_NAME_BEFORE = re.compile(rf"(?:{_CAPITALISED} )+\Z")
_NAME_AFTER = re.compile(rf"(?: {_CAPITALISED})+")


class Remedy(Struct, frozen=True):
    """One line that an author can write."""

    path: SourcePath
    """The file to change; empty for a command."""
    place: str
    """Where in it: `IN_TEXT`, or a place in the front matter."""
    line: str
    condition: str
    """When it is the right one: “if munaf-tlass is meant”."""
    edit: tuple[int, int] | None = None
    """The range of the file that the line replaces, where it is written in the text."""

    def where(self, source: SourcePath) -> str:
        """The place as it is told in a report on `source`."""
        return self.place if self.path in {source, ""} else f"{self.place} of {self.path}"


class Case(Struct, frozen=True):
    """A decision with what its remedy depends on."""

    decision: Decision
    scene: Scene

    @property
    def seen(self) -> str:
        """The mention as a reader sees it: what `resolve` looks for."""
        d = self.decision
        return self.scene.annotation.passages[d.passage].text[d.begin : d.stop]

    @property
    def zone(self) -> Zone:
        d = self.decision
        return self.scene.annotation.passages[d.passage].zone_of(d.begin, d.stop)


class Scene(Struct, frozen=True):
    """A document, the decisions on it, and how often each thing occurs there."""

    document: Document[Any]
    annotation: Annotation
    entries: Mapping[EntryId, Entry]
    undecided: Mapping[str, int]
    """Ambiguous mentions by their text."""
    settled: Mapping[EntryId, int]
    """Mentions of each entry."""


def scene_of(document: Document[Any], annotation: Annotation, entries: Mapping[EntryId, Entry]) -> Scene:
    decisions = annotation.decisions
    return Scene(
        document=document,
        annotation=annotation,
        entries=entries,
        undecided=Counter(d.text for d in decisions if d.reason is Reason.AMBIGUOUS),
        settled=Counter(d.entry for d in decisions if d.entry is not None and d.is_settled),
    )


def remedy_for(decision: Decision, scene: Scene) -> Remedy | None:
    """The line for one decision; None where nothing can be written against it."""
    case = Case(decision, scene)
    return _BY_REASON.get(decision.reason, _meant)(case)


# ---- what fits each reason ------------------------------------------------------------------------------------------


def _meant(case: Case) -> Remedy | None:
    """The likeliest entry, named in the text."""
    entry = case.decision.entry or next(iter(case.decision.candidates), None)
    if entry is None:
        return None
    several = case.decision.entry is None and len(case.decision.candidates) > 1
    return _named(case, entry, f"if {entry} is meant{', else with another id' if several else ''}")


def _ambiguous(case: Case) -> Remedy | None:
    """Once in the text; for several mentions of one form, once above it."""
    entry = next(iter(case.decision.candidates), None)
    if entry is None:
        return None
    if case.scene.undecided[case.decision.text] > 1:
        return _resolved(case, entry, f"if {entry} is meant in the whole article, else with another id")
    return _meant(case)


def _no_antecedent(case: Case) -> Remedy | None:
    """Initials are worth an alias; a last name alone is too common for one."""
    readings = case.decision.readings
    if len(readings) == 1 and readings[0].method is Method.ACRONYM:
        return alias_remedy(case.scene.entries, readings[0].entry, case.seen)
    return _meant(case)


def _longer_name(case: Case) -> Remedy | None:
    """The longer name may be another form of the entry."""
    entries, longer = case.decision.candidates, _longer(case)
    if len(entries) == 1 and longer != case.seen:
        return alias_remedy(case.scene.entries, entries[0], longer)
    return _meant(case)


def _longer(case: Case) -> str:
    """The mention with the capitalised words directly around it."""
    d = case.decision
    text = case.scene.annotation.passages[d.passage].text
    before = _NAME_BEFORE.search(text, max(0, d.begin - 60), d.begin)
    after = _NAME_AFTER.match(text, d.stop, d.stop + 60)
    return (before.group() if before else "") + case.seen + (after.group() if after else "")


def _unknown_entry(case: Case) -> Remedy | None:
    """The id that the author may have meant, else the file that is missing."""
    target = case.decision.words.partition("“")[2].rstrip("”")
    for closest in difflib.get_close_matches(target, sorted(case.scene.entries), n=1):
        return _told(case, f"[{_on_one_line(case.seen)}](entry:{closest})", f"if {closest} is meant")
    return new_entry_remedy(target)


def _linked(case: Case) -> Remedy | None:
    """Another entry where one could be meant; else no link, for this mention or for all of the article."""
    entry, others = case.decision.entry, [e for e in case.decision.candidates if e != case.decision.entry]
    if others:
        return _named(case, others[0], f"if {others[0]} is meant")
    if entry is not None and case.scene.settled[entry] > 1:
        condition = "if the entry should not be linked in this article"
        return front_matter_remedy(case.scene.document, ("linking", "never"), str(entry), "[]", condition)
    text = _on_one_line(case.decision.text)
    return _in_text(case, f"[{text}]{{.nolink}}", "if it should not be linked")


def _by_author(case: Case) -> Remedy | None:
    return _told(case, _on_one_line(case.decision.text), "without the link around it, if it should not be one")


def _all_the_same(case: Case) -> Remedy | None:
    entry = case.decision.entry
    return _written(case, entry, "if it should be a link all the same") if entry else None


def _covered(case: Case) -> Remedy | None:
    entry = next(iter(case.decision.candidates), None)
    return _written(case, entry, f"if {entry} should be the link, instead of the longer mention") if entry else None


def _inside_link(case: Case) -> Remedy | None:
    entry = case.decision.entry
    return _written(case, entry, "if it should be one to the entry") if entry else None


def _quotation(case: Case) -> Remedy | None:
    condition = "if quotations may hold links in this article"
    return front_matter_remedy(case.scene.document, ("linking", "quotations"), "true", "", condition)


def _nolink(case: Case) -> Remedy | None:
    return _told(case, _on_one_line(case.decision.text), "without {.nolink}, if it may be a link")


def _demonym(case: Case) -> Remedy | None:
    """An adjective is linked where its entry lists it; one that is listed has been turned off for the site."""
    entry = case.scene.entries.get(case.decision.entry or EntryId(""))
    if entry is None or any(a.text == case.seen for a in entry.meta.aliases):
        return _all_the_same(case)
    item = f"{{text: {yaml_text(case.seen)}, demonym: true}}"
    return front_matter_remedy(entry, ("aliases",), item, "[]", "if adjectives of the entry should be links")


def _nothing(case: Case) -> Remedy | None:
    del case
    return None


Choice: TypeAlias = Callable[[Case], Remedy | None]

_BY_REASON: Mapping[Reason, Choice] = MappingProxyType(
    {
        Reason.AUTHOR: _by_author,
        Reason.FIRST_IN_SECTION: _linked,
        Reason.FIRST_IN_ARTICLE: _linked,
        Reason.EVERY_MENTION: _linked,
        Reason.REPEATED_IN_SECTION: _all_the_same,
        Reason.REPEATED_IN_ARTICLE: _all_the_same,
        Reason.ENTRY_CAP: _all_the_same,
        Reason.DENSITY_CAP: _all_the_same,
        Reason.HEADING: _all_the_same,
        Reason.BOX: _all_the_same,
        Reason.NEVER: _all_the_same,
        Reason.INSIDE_LINK: _inside_link,
        Reason.QUOTATION: _quotation,
        Reason.DEMONYM: _demonym,
        Reason.OWN_PAGE: _nothing,
        Reason.NOLINK: _nolink,
        Reason.AMBIGUOUS: _ambiguous,
        Reason.NO_ANTECEDENT: _no_antecedent,
        Reason.LONGER_NAME: _longer_name,
        Reason.OVERLAP: _covered,
        Reason.UNKNOWN_ENTRY: _unknown_entry,
    }
)
"""What is not here, as `WEAK` and `REJECTED`, is settled by naming the entry in the text."""


# ---- lines ----------------------------------------------------------------------------------------------------------


def _named(case: Case, entry: EntryId, condition: str) -> Remedy:
    """The mention as a link to the entry; where no link can be written, `resolve`."""
    if case.zone is Zone.LINK or _MARKUP.search(case.decision.text):
        return _resolved(case, entry, condition)
    return _in_text(case, f"[{_on_one_line(case.decision.text)}](entry:{entry})", condition)


def _written(case: Case, entry: EntryId, condition: str) -> Remedy | None:
    """The mention as a link to the entry, whatever stands around it or inside. `resolve` decides and makes no link."""
    if case.zone is not Zone.LINK and not _MARKUP.search(case.decision.text):
        return _named(case, entry, condition)
    if _MARKUP.search(case.seen):
        return None
    what = "the link around it" if case.zone is Zone.LINK else "the name with its markup"
    return _told(case, f"[{_on_one_line(case.seen)}](entry:{entry})", f"in place of {what}, {condition}")


def _in_text(case: Case, line: str, condition: str) -> Remedy:
    """A line that replaces the mention as it stands."""
    return replace(_told(case, line, condition), edit=(case.decision.start, case.decision.end))


def _told(case: Case, line: str, condition: str) -> Remedy:
    """A line in place of the mention and of what stands around it."""
    return Remedy(case.decision.source, IN_TEXT, line, condition)


def _resolved(case: Case, entry: EntryId, condition: str) -> Remedy:
    item = f"{yaml_text(case.seen)}: {entry}"
    return front_matter_remedy(case.scene.document, ("linking", "resolve"), item, "{}", condition)


def alias_remedy(
    entries: Mapping[EntryId, Entry], entry: EntryId, form: str, *, key: str = "aliases", condition: str = ""
) -> Remedy | None:
    """One more form of an entry."""
    if entry not in entries:
        return None
    condition = condition or f"if “{form}” always names {entry}"
    return front_matter_remedy(entries[entry], (key,), yaml_text(form), "[]", condition)


def front_matter_remedy(
    document: Document[Any], location: tuple[str, ...], item: str, brackets: str, condition: str
) -> Remedy:
    """`linking: {never: [homs]}`, or what of it is missing below the keys that are there already."""
    depth = 0
    while depth < len(location) and (*location[: depth + 1], KEY) in document.positions:
        depth += 1
    line = item
    for key in reversed(location[depth:]):
        opening, closing = (brackets[:1], brackets[1:]) if key == location[-1] else ("{", "}")
        line = f"{key}: {opening}{line}{closing}"
    keys = " ".join(f"{key}:" for key in location[:depth])
    place = f"under “{keys}” {IN_FRONT_MATTER}" if depth else IN_FRONT_MATTER
    return Remedy(document.path, place, line, condition)


def new_entry_remedy(name: str) -> Remedy:
    """The command that begins an entry."""
    line = f"explainer new entry {json.dumps(name, ensure_ascii=False)} --kind KIND"
    return Remedy(SourcePath(""), AS_COMMAND, line, "if it is to have an entry, with its kind for KIND")


def yaml_text(text: str) -> str:
    """A text as YAML reads it back, in quotation marks only where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
