"""Which of an entry's other names readers see, and where."""

from __future__ import annotations

from dataclasses import replace

from explainer.read.schema import AliasMeta, EntryMeta


def shown_aliases(meta: EntryMeta) -> tuple[AliasMeta, ...]:
    """The aliases that the entry's own page lists."""
    return tuple(a for a in meta.aliases if not a.demonym)


def foreign_aliases(meta: EntryMeta, language: str) -> tuple[AliasMeta, ...]:
    """Those in another language than the entry's own, `language`: every page that names the entry may show them."""
    return tuple(a for a in shown_aliases(meta) if a.language not in {None, language})


def as_named(meta: EntryMeta, language: str) -> EntryMeta:
    """What the pages show that name an entry: all but what its own page alone lists, and what is for linking."""
    foreign = foreign_aliases(meta, language)
    if meta.aliases == foreign and not meta.hidden_aliases and not meta.context:
        return meta
    return replace(meta, aliases=foreign, hidden_aliases=(), context=False)
