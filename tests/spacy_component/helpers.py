"""A small glossary and pipelines with it."""

from __future__ import annotations

import json
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

ROWS: list[dict[str, Any]] = [
    {"id": "homs", "name": "Homs", "kind": "place", "aliases": [{"text": "حمص", "language": "ar"}, "Émèse"]},
    {
        "id": "munaf-tlass",
        "name": "Munaf Tlass",
        "kind": "person",
        "summary": "A general.",
        "text": "He left in *July*.\n",
    },
    {"id": "mustafa-tlass", "name": "Mustafa Tlass", "kind": "person"},
    {"id": "republican-guard", "name": "Republican Guard", "kind": "organisation"},
    {"id": "guard-museum", "name": "Republican Guard Museum", "kind": "place"},
]

TEXT = "Munaf Tlass and Mustafa Tlass left Homs.\n\nTlass was in the Republican Guard."


def pipeline(code: str = "en", *, rows: list[dict[str, Any]] = ROWS, **config: Any) -> Language:
    """A blank pipeline with the component alone."""
    nlp = spacy.blank(code)
    nlp.add_pipe("glossary_linker", config=config).add_entries(rows)
    return nlp


def ents(doc: Doc) -> list[tuple[str, str, str]]:
    return [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]


def mentions(doc: Doc, key: str = "mentions") -> list[tuple[str, str | None]]:
    """Each mention's text and the entry decided on."""
    return [(span.text, span._.decision["entry"]) for span in doc.spans[key]]


def annotations(doc: Doc) -> str:
    """All that the component writes, as JSON: a DocBin gives lists back as tuples."""
    spans = [
        (s.start_char, s.end_char, s.label_, s.kb_id_, s.id_, s._.decision) for s in (*doc.ents, *doc.spans["mentions"])
    ]
    return json.dumps(spans)
