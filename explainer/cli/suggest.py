"""`explainer suggest`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.report.aliases import Collision, CommonWord, NewAlias
    from explainer.report.new_names import Entities, NewName
    from explainer.report.quote import Example
    from explainer.report.suggest import Suggestions

_SHOWN = 20
"""Suggestions of each sort that are shown to people unless they ask for more."""


@click.command("suggest")
@terminal.site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "yaml"]),
    default="text",
    help="For people, one JSON object, or the beginnings of new entries.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Suggestions of each sort that are shown.  [default: {_SHOWN}, as JSON all]",
)
def command(*, site: Path, form: str, limit: int | None) -> None:
    """Say what the glossary lacks: names without an entry, aliases; and what it has in vain.

    Names are found by their capitals, in languages that have some. Nothing is written.
    """
    from explainer.annotate import annotate_articles  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import Severity  # noqa: PLC0415
    from explainer.read.content import read_content  # noqa: PLC0415
    from explainer.report.suggest import suggest  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    with terminal.progress(site) as step, terminal.answers(site) as answers:
        read = read_content(site.resolve(), now=terminal.current_time(), unpublished=True, step=step)
        content = read.content
        annotations = annotate_articles(content, answers=answers, step=step) if content is not None else None
        if content is not None and annotations is not None:
            found = suggest(content, annotations.by_path, entities=_entities(content.settings.nlp.model))
    problems = [d for d in read.diagnostics if d.severity is Severity.ERROR]
    if content is not None and annotations is not None:
        problems += annotations.diagnostics
        for line in _WRITERS[form](found, limit):
            click.echo(terminal.visible(line))
    terminal.print_diagnostics(problems, read.texts, strict=False)
    sys.exit(terminal.PROBLEMS if any(d.severity is Severity.ERROR for d in problems) else 0)


def _entities(model: str) -> Entities | None:
    """What the site's model sees, where it is installed."""
    from explainer.annotate.witness import is_installed  # noqa: PLC0415

    if not model or not is_installed(model):
        return None
    from functools import cache  # noqa: PLC0415

    import spacy  # noqa: PLC0415

    nlp = spacy.load(model)

    @cache
    def entities(text: str) -> tuple[tuple[int, int, str], ...]:
        return tuple((e.start_char, e.end_char, e.label_) for e in nlp(text).ents)

    return entities


def _as_yaml(found: Suggestions, limit: int | None) -> Iterator[str]:
    """The stubs, each below the name of the file that it belongs into."""
    for name in found.names[: limit or _SHOWN]:
        yield f"# {name.file}\n{name.stub}"


def _as_json(found: Suggestions, limit: int | None) -> Iterator[str]:
    parts = {
        "names": [_name_as_json(n) for n in found.names[:limit]],
        "aliases": [{**to_builtins(a), "item": a.item} for a in found.aliases[:limit]],
        "unused": list(found.unused[:limit]),
        "common": [to_builtins(c) for c in found.common[:limit]],
        "collisions": [to_builtins(c) for c in found.collisions[:limit]],
    }
    yield json.dumps(parts, ensure_ascii=False, indent=2)


def _name_as_json(name: NewName) -> dict[str, object]:
    return {**to_builtins(name), "spellings": dict(name.spellings), "stub": name.stub}


def _as_text(found: Suggestions, limit: int | None) -> Iterator[str]:
    """One list of each sort, those that are empty left out."""
    shown = limit or _SHOWN
    sorts: tuple[tuple[str, list[list[str]]], ...] = (
        ("names without an entry", [list(_told_name(n)) for n in found.names]),
        ("aliases worth adding", [list(_told_alias(a)) for a in found.aliases]),
        ("entries that no article mentions", [[identifier] for identifier in found.unused]),
        ("names and aliases that are common words", [[_told_common(c)] for c in found.common]),
        ("forms that several entries have", [[_told_collision(c)] for c in found.collisions]),
    )
    blocks = [list(_block(title, items, shown)) for title, items in sorts if items]
    yield "\n\n".join("\n".join(block) for block in blocks) or "no suggestions"
    if found.names:
        yield "\n“explainer suggest --format yaml” prints the beginnings of entries for these names"


def _block(title: str, items: list[list[str]], shown: int) -> Iterator[str]:
    yield f"{title}: {len(items):,}"
    for lines in items[:shown]:
        yield from (f"{'  ' if not number else '      '}{line}" for number, line in enumerate(lines))
    if len(items) > shown:
        yield f"  … and {len(items) - shown:,} more"


def _told_name(name: NewName) -> Iterator[str]:
    yield f"{name.name}  ({name.kind}; {_spread(name.articles, name.mentions)})"
    if len(name.spellings) > 1:
        yield "written " + ", ".join(f"{text} ({number:,})" for text, number in name.spellings)
    yield _told_example(name.example)


def _told_alias(alias: NewAlias) -> Iterator[str]:
    yield f"{alias.entry}: {alias.item}  ({alias.why}; {_spread(alias.articles, alias.mentions)})"
    yield _told_example(alias.example)


def _told_example(example: Example) -> str:
    return f"{example.source}:{example.line}:{example.column}  {example.sentence}"


def _spread(articles: int, mentions: int) -> str:
    return f"{terminal.number(articles, 'article')}, {terminal.number(mentions, 'mention')}"


def _told_common(word: CommonWord) -> str:
    return f"{word.entry}: {word.text}  (with a small letter {word.small:,}, with a capital {word.capital:,})"


def _told_collision(collision: Collision) -> str:
    entries = " and ".join(collision.entries)
    return f"{collision.text}: {entries}  ({terminal.number(collision.undecided, 'undecided mention')})"


_WRITERS = {"text": _as_text, "json": _as_json, "yaml": _as_yaml}
