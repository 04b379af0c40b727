"""The factory that `nlp.add_pipe("glossary_linker")` finds, by the entry point or by the import of this package.

spaCy imports every entry point for every pipeline that it makes, whoever needs it: what takes time is imported by the
factory itself. Annotations are no strings here, for spaCy checks the config against them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Span

EXTENSION = "decision"
"""`Span._.decision`: what was decided on the mention, as plain data that survives every way of storing a Doc."""

if not Span.has_extension(EXTENSION):
    Span.set_extension(EXTENSION, default=None)

LABELS = {
    "person": "PERSON",
    "place": "GPE",
    "organisation": "ORG",
    "event": "EVENT",
    "work": "WORK_OF_ART",
    "concept": "CONCEPT",
}
"""The labels of spaCy's English models where they have one for a kind of entry."""


@Language.factory(
    "glossary_linker",
    assigns=["doc.ents", "doc.spans", "token.ent_iob", "token.ent_type", "token.ent_kb_id", f"span._.{EXTENSION}"],
    default_config={
        "glossary": None,
        "language": None,
        "resolve": {},
        "include_weak": False,
        "ents": "overwrite",
        "labels": LABELS,
        "spans_key": "mentions",
        "alignment_mode": "expand",
        "scorer": {"@scorers": "spacy.entity_linker_scorer.v1"},
    },
    default_score_weights={"nel_micro_f": 1.0, "nel_micro_p": None, "nel_micro_r": None},
)
def make_glossary_linker(  # noqa: PLR0913
    nlp: Language,
    name: str,
    *,
    glossary: str | None,
    language: str | None,
    resolve: dict[str, str],
    include_weak: bool,
    ents: str,
    labels: dict[str, str],
    spans_key: str,
    alignment_mode: str,
    scorer: Callable[..., Any] | None,
) -> Pipe:
    """The component as a config describes it; docs/spacy.md has what each setting means."""
    from explainer.spacy.component import GlossaryLinker  # noqa: PLC0415
    from explainer.spacy.options import make_options  # noqa: PLC0415

    options = make_options(
        language=language or str(nlp.lang),
        spans_key=spans_key,
        ents=ents,
        alignment=alignment_mode,
        labels=labels,
        resolve=resolve,
        include_weak=include_weak,
    )
    return GlossaryLinker(
        name, options=options, glossary=None if glossary is None else Path(glossary).absolute(), scorer=scorer
    )
