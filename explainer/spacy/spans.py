"""Mentions written on a Doc, as spans and entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from explainer.spacy.factory import EXTENSION
from explainer.spacy.mentions import Mention
from explainer.spacy.options import Entities, Options


def write_mentions(doc: Doc, mentions: Iterable[Mention], options: Options) -> None:
    """Write `doc.spans[spans_key]`, `Span._.decision` and, as the options say, `doc.ents`."""
    written = tuple(_spans(doc, mentions, options))
    for span, mention in reversed(written):
        # Mentions inside one token share its span's place; the first of them, which is the longest, has the word.
        span._.set(EXTENSION, mention.as_data())
    doc.spans[options.spans_key] = SpanGroup(doc, name=options.spans_key, spans=[span for span, _ in written])
    if options.ents is not Entities.NONE:
        settled = [s for s, m in written if m.is_settled(include_weak=options.include_weak)]
        doc.set_ents(_entities(doc.ents, settled, options.ents))


def _spans(doc: Doc, mentions: Iterable[Mention], options: Options) -> Iterator[tuple[Span, Mention]]:
    """Each mention that has a span under the alignment asked for. Only what is settled has a label and an id."""
    for mention in mentions:
        entry, label = "", ""
        if mention.is_settled(include_weak=options.include_weak) and mention.kind is not None:
            entry, label = str(mention.resolution.entry), options.labels[mention.kind]
        span = doc.char_span(
            mention.start, mention.end, label=label, kb_id=entry, span_id=entry, alignment_mode=options.alignment
        )
        if span is not None and len(span):
            yield span, mention


def _entities(present: Iterable[Span], mentions: Iterable[Span], policy: Entities) -> list[Span]:
    """What `doc.ents` becomes: no two of them overlap."""
    ours = filter_spans(m for m in mentions if m.label)
    stay = [] if policy is Entities.REPLACE else list(present)
    if policy is Entities.ADD:
        return [*stay, *_apart_from(stay, ours)]
    return [*ours, *_apart_from(ours, stay)]


def _apart_from(taken: Iterable[Span], spans: Iterable[Span]) -> list[Span]:
    """The spans that share no token with those that are taken."""
    tokens = {i for span in taken for i in range(span.start, span.end)}
    return [span for span in spans if tokens.isdisjoint(range(span.start, span.end))]
