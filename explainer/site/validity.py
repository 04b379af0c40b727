"""What an article uses of its entries outside the time for which it holds.

Two steps: `usage_of` reads it from the article alone, `check_usage` compares it with the entries. All findings are
warnings, and none is given where a date in doubt may be a little off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from explainer.annotate import Annotation, Method
from explainer.annotate.folding import fold
from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import Article
from explainer.read.edtf import Span, span_of
from explainer.read.schema import EntryMeta
from explainer.site.as_of import facts_on, summary_on, surely_outside
from explainer.site.boxes import PlacedBox
from explainer.site.events import events_by, events_of, is_dated
from explainer.types import EntryId, SourcePath


class Use(NamedTuple):
    """An article's use of an entry, and its place in the file."""

    entry: EntryId
    start: int
    end: int
    text: str = ""
    """How it names the entry there."""


class DirectiveUse(NamedTuple):
    """A directive with the ids that its author wrote."""

    name: str
    uses: tuple[Use, ...]


class Usage(Struct, frozen=True):
    """What an article uses of its entries."""

    as_of: dt.date
    mentions: tuple[Use, ...]
    """The first mention of each entry."""
    names: tuple[Use, ...]
    """Mentions by an alias, but for the author's own links."""
    boxes: tuple[Use, ...]
    directives: tuple[DirectiveUse, ...]

    @property
    def entries(self) -> frozenset[EntryId]:
        every = (*self.mentions, *self.names, *self.boxes, *(u for d in self.directives for u in d.uses))
        return frozenset(use.entry for use in every)


Metas: TypeAlias = Mapping[EntryId, EntryMeta]
"""Of every entry that there is; where an entry is not there, that is another diagnostic."""


def usage_of(article: Article, annotation: Annotation, boxes: Iterable[PlacedBox]) -> Usage:
    """What the article uses, with the places."""
    first: dict[EntryId, Use] = {}
    names: dict[tuple[EntryId, str], Use] = {}
    for d in annotation.decisions:
        by_alias = d.method in _ALIASES
        if d.entry is not None and (by_alias or d.entry not in first) and d.is_settled:
            use = Use(d.entry, d.start, d.end, " ".join(d.text.split()))
            first.setdefault(d.entry, use)
            if by_alias:
                names.setdefault((d.entry, fold(use.text)), use)
    return Usage(
        as_of=article.meta.as_of or article.meta.date,
        mentions=tuple(first.values()),
        names=tuple(names.values()),
        boxes=tuple(Use(b.entry, *_place_of_box(b, article, annotation)) for b in boxes),
        directives=tuple(_directives(article)),
    )


_ALIASES = frozenset({Method.ALIAS, Method.HIDDEN_ALIAS})


def _place_of_box(box: PlacedBox, article: Article, annotation: Annotation) -> tuple[int, int]:
    if box.directive:
        spans: tuple[tuple[int, int], ...] = article.body.tokens[box.block].meta["directive"].spans
        return spans[0]
    if box.entry in article.meta.context:
        return article.place("context", article.meta.context.index(box.entry))
    phrase = annotation.decisions[box.phrase or 0]
    return phrase.start, phrase.end


def _directives(article: Article) -> Iterator[DirectiveUse]:
    for token in article.body.tokens:
        directive = token.meta.get("directive")
        if directive is not None and directive.entries and directive.name in {"timeline", "relations"}:
            uses = (Use(e, *span) for e, span in zip(directive.entries, directive.spans, strict=True))
            yield DirectiveUse(directive.name, tuple(uses))


def depends_on_day(meta: EntryMeta) -> bool:
    """Whether a check of usage may find anything about an entry."""
    return is_dated(meta) or any(a.since or a.until for a in (*meta.aliases, *meta.hidden_aliases))


def check_usage(path: SourcePath, usage: Usage, metas: Metas) -> Iterator[Diagnostic]:
    """Everything that is used outside its time."""
    say = _Say(path, usage.as_of)
    yield from _check_summaries(usage, metas, say)
    yield from _check_names(usage, metas, say)
    yield from _check_boxes(usage, metas, say)
    for directive in usage.directives:
        yield from _CHECKS[directive.name](directive.uses, metas, say)


class _Say(NamedTuple):
    path: SourcePath
    day: dt.date

    def __call__(self, use: Use, message: str, hint: str) -> Diagnostic:
        message = f"on {self.day}, the article's as-of date, {message}"
        return Diagnostic(Kind.OUTSIDE_VALIDITY, self.path, message, hint, use.start, use.end)


def _check_summaries(usage: Usage, metas: Metas, say: _Say) -> Iterator[Diagnostic]:
    """An entry of which nothing is said yet: its first dated summary is later, and there is none without a date."""
    for use in {u.entry: u for u in (*usage.boxes, *usage.mentions)}.values():
        meta = metas.get(use.entry)
        if meta is not None and meta.history and not summary_on(meta, say.day):
            first = min(h.since for h in meta.history)
            hint = "give the entry a summary without a date, or one for that time; or set “as_of” in the article"
            yield say(use, f"nothing is said of “{use.entry}”: its first summary is of {first}", hint)


def _check_names(usage: Usage, metas: Metas, say: _Say) -> Iterator[Diagnostic]:
    """A name that is not yet, or no longer, the entry's."""
    for use in usage.names:
        meta = metas.get(use.entry)
        if meta is None:
            continue
        aliases = [a for a in (*meta.aliases, *meta.hidden_aliases) if fold(a.text) == fold(use.text)]
        if aliases and all(surely_outside(a, say.day) for a in aliases):
            span = span_of(aliases[0].since, aliases[0].until)
            hint = f"if it is meant, write the link yourself: [{use.text}](entry:{use.entry})"
            yield say(use, f"“{use.text}” is no name of “{use.entry}”: it is one {_told(span)}", hint)


def _check_boxes(usage: Usage, metas: Metas, say: _Say) -> Iterator[Diagnostic]:
    """A box of an entry that has facts, none of which holds."""
    for use in usage.boxes:
        meta = metas.get(use.entry)
        if meta is None or not meta.facts or facts_on(meta, say.day):
            continue
        if all(surely_outside(f, say.day) for f in meta.facts):
            hint = "give the entry a fact for that time; or set “as_of” in the article"
            yield say(use, f"none of the facts of “{use.entry}” holds: its box shows none", hint)


def _check_timeline(uses: tuple[Use, ...], metas: Metas, say: _Say) -> Iterator[Diagnostic]:
    """An entry of which there is nothing to show yet."""
    for use in uses:
        meta = metas.get(use.entry)
        events = events_of(meta) if meta else ()
        if events and not events_by(events, say.day) and all(surely_outside(Span(e.date, ""), say.day) for e in events):
            hint = "remove it from the timeline; or set “as_of” in the article"
            yield say(use, f"nothing had happened to “{use.entry}”: its first date is {events[0].date}", hint)


def _check_relations(uses: tuple[Use, ...], metas: Metas, say: _Say) -> Iterator[Diagnostic]:
    """A relation that had not begun."""
    named = {use.entry for use in uses}
    for use in uses:
        meta = metas.get(use.entry)
        for relation in meta.relations if meta else ():
            since = span_of(relation.since, relation.until).since
            if relation.entry in named and since and surely_outside(Span(since, ""), say.day):
                hint = "write it in the text if it is meant; or set “as_of” in the article"
                told = f"“{use.entry}”, {relation.type} “{relation.entry}”, does not hold: it is left out, for it begins {since}"
                yield say(use, told, hint)


_CHECKS: Mapping[str, Callable[[tuple[Use, ...], Metas, _Say], Iterator[Diagnostic]]] = {
    "timeline": _check_timeline,
    "relations": _check_relations,
}


def _told(span: Span) -> str:
    parts = [f"from {span.since}" if span.since else "", f"until {span.until}" if span.until else ""]
    return " ".join(filter(None, parts))
