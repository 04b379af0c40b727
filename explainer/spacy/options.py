"""What the component's config can say."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from explainer.diagnostics import did_you_mean
from explainer.read.schema import EntryKind
from explainer.types import EntryId

E = TypeVar("E", bound=StrEnum)


class Entities(StrEnum):
    """What becomes of `doc.ents`. Mentions that are settled are candidates for it."""

    OVERWRITE = "overwrite"
    """A mention takes the place of the entities that it overlaps; the others stay."""
    ADD = "add"
    """Entities stay; a mention is added where it overlaps none."""
    REPLACE = "replace"
    """The mentions alone."""
    NONE = "none"
    """It is left alone."""


class Alignment(StrEnum):
    """What becomes of a mention that begins or ends inside a token: the modes of `Doc.char_span`."""

    EXPAND = "expand"
    """The span covers the whole token."""
    CONTRACT = "contract"
    """The span covers the whole tokens inside the mention; where there is none, no span is made."""
    STRICT = "strict"
    """No span is made."""


class Options(Struct, frozen=True):
    """The config, checked."""

    language: str
    """The code of the language of the texts."""
    spans_key: str
    """Under which key of `doc.spans` the mentions are written."""
    ents: Entities
    """What becomes of `doc.ents`."""
    alignment: Alignment
    """What becomes of mentions that end inside a token."""
    labels: Mapping[EntryKind, str]
    """Labels by the entry's kind; a kind without one writes no entities."""
    resolve: Mapping[str, EntryId]
    """Surface forms and the entries that they always mean."""
    include_weak: bool
    """Whether a decision on little evidence counts as settled."""


def make_options(  # noqa: PLR0913
    *,
    language: str,
    spans_key: str,
    ents: str,
    alignment: str,
    labels: Mapping[str, str],
    resolve: Mapping[str, str],
    include_weak: bool,
) -> Options:
    """The options; a ValueError names the setting that cannot be used."""
    return Options(
        language=language,
        spans_key=spans_key,
        ents=_member(Entities, ents, "ents"),
        alignment=_member(Alignment, alignment, "alignment_mode"),
        labels={_member(EntryKind, kind, "labels"): label for kind, label in labels.items()},
        resolve={surface: EntryId(entry) for surface, entry in resolve.items()},
        include_weak=include_weak,
    )


def _member(values: type[E], written: str, setting: str) -> E:
    if written not in set(values):
        hint = did_you_mean(written, values) or f"use one of {', '.join(values)}"
        message = f"glossary_linker: {setting}: there is no “{written}”; {hint}"
        raise ValueError(message)
    return values(written)
