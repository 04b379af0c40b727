"""Every entry's id that an author wrote and that no entry has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from explainer.annotate import Annotation, Decision, Reason
from explainer.annotate.review import is_undecided
from explainer.annotate.text import Zone
from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.content import SETTINGS_FILE, Article, Document, Entry
from explainer.read.schema import AliasMeta, FactMeta, RelationMeta, Settings
from explainer.read.yaml import Location
from explainer.site.as_of import ends_before_it_begins
from explainer.site.links import find_target
from explainer.site.urls import Urls
from explainer.types import EntryId, SourcePath

Place: TypeAlias = Callable[..., tuple[int, int]]
"""Where a value of site.yaml stands in its text: `place("nav", 0, "url")`."""


def check_settings(
    settings: Settings, place: Place, urls: Urls, entries: Mapping[EntryId, object], stems: Collection[str]
) -> Iterator[Diagnostic]:
    """The ids and the addresses in site.yaml. `stems`: of the published articles."""
    path = SourcePath(SETTINGS_FILE)
    places: list[tuple[EntryId, Location]] = [
        *((e, ("linking", "resolve", s)) for s, e in settings.linking.resolve.items()),
        *((e, ("linking", "never", i)) for i, e in enumerate(settings.linking.never)),
    ]
    for identifier, location in places:
        if identifier not in entries:
            yield _unknown(path, identifier, entries, place(*location))
    for number, item in enumerate(settings.nav):
        target = find_target(item.url, path, urls)
        if target.problem:
            yield Diagnostic(Kind.BROKEN_LINK, path, target.problem, target.hint, *place("nav", number, "url"))
    if settings.lead and settings.lead not in stems:
        message = f"the lead “{settings.lead}” is no published article"
        hint = did_you_mean(settings.lead, stems) or "name an article's file, without .md"
        yield Diagnostic(Kind.BROKEN_LINK, path, message, hint, *place("lead"))
    image = settings.social.image
    if image and not (find_target(image, path, urls).url or "").startswith("/media/"):
        message, hint = f"there is no image {image}", "put it into content/media and write content/media/NAME"
        yield Diagnostic(Kind.MISSING_MEDIA, path, message, hint, *place("social", "image"))


def check_article(article: Article, entries: Mapping[EntryId, object]) -> Iterator[Diagnostic]:
    """The ids in an article's front matter."""
    meta = article.meta
    places: list[tuple[EntryId, Location]] = [
        *((e, ("context", i)) for i, e in enumerate(meta.context)),
        *((e, ("linking", "resolve", s)) for s, e in meta.linking.resolve.items()),
        *((e, ("linking", "never", i)) for i, e in enumerate(meta.linking.never)),
    ]
    yield from _check(article, places, entries)


def check_entry(entry: Entry, entries: Mapping[EntryId, object]) -> Iterator[Diagnostic]:
    """The ids in an entry's relations, the ids of its facts' sources, and dates that contradict each other."""
    places: list[tuple[EntryId, Location]] = [
        (r.entry, ("relations", i, "entry")) for i, r in enumerate(entry.meta.relations)
    ]
    yield from _check(entry, places, entries)
    sources = {s.id for s in entry.meta.sources if s.id}
    for number, fact in enumerate(entry.meta.facts):
        if fact.source and fact.source not in sources:
            message = f"there is no source “{fact.source}” in this entry"
            hint = did_you_mean(fact.source, sources) or "give one of its sources this id"
            yield Diagnostic(Kind.BAD_VALUE, entry.path, message, hint, *entry.place("facts", number, "source"))
    yield from check_dates(entry)


def check_dates(entry: Entry) -> Iterator[Diagnostic]:
    """Facts, relations and names that end before they begin, or say twice when they end."""
    meta = entry.meta
    lists: tuple[tuple[str, Sequence[FactMeta | RelationMeta | AliasMeta]], ...] = (
        ("aliases", meta.aliases),
        ("hidden_aliases", meta.hidden_aliases),
        ("facts", meta.facts),
        ("relations", meta.relations),
    )
    for key, items in lists:
        for number, item in enumerate(items):
            place = entry.place(key, number, "to")
            if "/" in item.since and item.until:
                message, hint = "“from” is an interval, which says both ends", "remove “to”, or the end of the interval"
                yield Diagnostic(Kind.BAD_DATE, entry.path, message, hint, *place)
            elif ends_before_it_begins(item):
                message = f"it ends ({item.until}) before it begins ({item.since})"
                yield Diagnostic(Kind.BAD_DATE, entry.path, message, "correct “from” or “to”", *place)


def check_directives(document: Document[Any], entries: Mapping[EntryId, object]) -> Iterator[Diagnostic]:
    """The ids behind `:::`."""
    for token in document.body.tokens:
        directive = token.meta.get("directive")
        if directive is not None:
            for identifier, span in zip(directive.entries, directive.spans, strict=True):
                if identifier not in entries:
                    yield _unknown(document.path, identifier, entries, span)


def check_mentions(annotation: Annotation, entries: Mapping[EntryId, object]) -> Iterator[Diagnostic]:
    """The ids in `entry:` links, and mentions that several entries fit."""
    for decision in annotation.decisions:
        if decision.reason is Reason.UNKNOWN_ENTRY:
            wanted = decision.words.partition("“")[2].rstrip("”")
            yield _unknown(decision.source, wanted, entries, (decision.start, decision.end))
        elif decision.reason is Reason.AMBIGUOUS and _could_be_linked(annotation, decision):
            yield _ambiguous(decision)


def check_undecided(annotation: Annotation) -> Iterator[Diagnostic]:
    """The mentions that a review should settle before a build that may leave nothing open."""
    for decision in annotation.decisions:
        if is_undecided(annotation, decision):
            message = f"“{decision.text}” is undecided: {decision.reason}"
            text = " ".join(decision.text.split())
            written = [*(f"[{text}](entry:{c})" for c in decision.candidates[:1]), f"[{text}]{{.nolink}}"]
            hint = f"decide with “explainer review”, or write {' or '.join(written)}"
            yield Diagnostic(Kind.UNDECIDED_MENTION, decision.source, message, hint, decision.start, decision.end)


def _could_be_linked(annotation: Annotation, decision: Decision) -> bool:
    """In a heading, a link or a box it would make no difference which entry is meant."""
    zone = annotation.passages[decision.passage].zone_of(decision.begin, decision.stop)
    return zone in {Zone.PROSE, Zone.QUOTATION}


def _ambiguous(decision: Decision) -> Diagnostic:
    message = f"“{decision.text}” may be {' or '.join(decision.candidates)}; it is not linked"
    hint = f"write [{decision.text}](entry:{decision.candidates[0]}), or add “linking: {{resolve: …}}” above"
    return Diagnostic(Kind.AMBIGUOUS_MENTION, decision.source, message, hint, decision.start, decision.end)


def _check(
    document: Document[Any],
    places: Iterable[tuple[EntryId, Location]],
    entries: Mapping[EntryId, object],
) -> Iterator[Diagnostic]:
    for identifier, location in places:
        if identifier not in entries:
            yield _unknown(document.path, identifier, entries, document.place(*location))


def _unknown(path: SourcePath, identifier: str, known: Iterable[EntryId], place: tuple[int, int]) -> Diagnostic:
    hint = did_you_mean(identifier, known) or f"write content/glossary/{identifier}.md, or correct the id"
    return Diagnostic(Kind.UNKNOWN_ENTRY, path, f"there is no entry “{identifier}”", hint, *place)
