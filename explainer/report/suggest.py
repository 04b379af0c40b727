"""What a glossary lacks and has in vain: names without an entry, aliases, entries that no article mentions."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from explainer.annotate import Annotation, Method
from explainer.annotate.languages import language_of
from explainer.read.content import Content
from explainer.report.aliases import (
    Collision,
    CommonWord,
    Forms,
    NewAlias,
    collisions,
    common_words,
    find_among_names,
    find_in_brackets,
    find_not_introduced,
    gather,
    index_forms,
)
from explainer.report.names import Vocabulary, find_names, vocabulary_of
from explainer.report.new_names import Entities, NewName, Use, Writer, folders_of, grouped, uses_of
from explainer.report.spellings import Key
from explainer.types import EntryId, SourcePath


class Suggestions(Struct, frozen=True):
    """What an editor might do to a glossary, the most useful of each sort first."""

    names: tuple[NewName, ...]
    aliases: tuple[NewAlias, ...]
    unused: tuple[EntryId, ...]
    """Entries that no article mentions."""
    common: tuple[CommonWord, ...]
    collisions: tuple[Collision, ...]


def suggest(
    content: Content, annotations: Mapping[SourcePath, Annotation], *, entities: Entities | None = None
) -> Suggestions:
    """All suggestions for a glossary from its articles. A model's entities, if given, tell the kinds of names."""
    articles = {a.path: a for a in content.articles}
    words = vocabulary_of(annotations.values())
    forms = index_forms(content)
    uses = _uses(content, annotations, words)
    of_entries = list(find_among_names(uses, annotations, forms))
    found = [
        *find_in_brackets(annotations, content, forms),
        *find_not_introduced(annotations, forms, words),
        *(f for _, f in of_entries),
    ]
    claimed = {use for use, _ in of_entries}
    language = language_of(content.settings.language)
    writer = Writer(content, articles, annotations, words, language, entities, folders_of(content))
    return Suggestions(
        names=_names([u for u in uses if u not in claimed], writer, forms),
        aliases=gather(found, articles, annotations),
        unused=_unused(content, annotations),
        common=common_words(forms, words),
        collisions=collisions(forms, annotations),
    )


def _uses(content: Content, annotations: Mapping[SourcePath, Annotation], words: Vocabulary) -> list[Use]:
    uses: list[Use] = []
    for article in content.articles:
        language = language_of(article.meta.language or content.settings.language)
        names = tuple(find_names(article.path, annotations[article.path], words, language))
        uses += uses_of(names, words, language)
    return uses


def _names(uses: list[Use], writer: Writer, forms: Forms) -> tuple[NewName, ...]:
    """By the number of articles, then of mentions."""
    groups = grouped(uses, writer.language)
    found = (writer.new_name(key, group) for key, group in groups.items() if not _is_of_entry(key, forms))
    return tuple(sorted(filter(None, found), key=lambda n: (-n.articles, -n.mentions, n.name)))


def _is_of_entry(key: Key, forms: Forms) -> bool:
    """Whether it is a form of an entry that is no mention here, or the plural of one: “the Assads”."""
    singular = (*key[:-1], key[-1].removesuffix("s"))
    methods = {f.method for f in forms.by_key.get(key, ())}
    plural = {f.method for f in forms.by_key.get(singular, ())} if singular != key else set()
    return bool(
        methods - {Method.FIRST_NAME, Method.MIDDLE_NAME} or plural & {Method.NAME, Method.ALIAS, Method.LAST_NAME}
    )


def _unused(content: Content, annotations: Mapping[SourcePath, Annotation]) -> tuple[EntryId, ...]:
    mentioned = {d.entry for a in annotations.values() for d in a.decisions if d.is_settled}
    return tuple(i for i in content.entries if i not in mentioned)
