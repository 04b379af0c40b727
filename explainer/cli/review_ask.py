"""The question which entry is meant, with completion where the terminal has it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType

import click

from explainer.diagnostics import did_you_mean
from explainer.read.content import Entry
from explainer.report.review import Item
from explainer.types import EntryId


def ask_entry(item: Item, entries: Mapping[EntryId, Entry], *, read: Callable[[str], str]) -> EntryId | None:
    """The entry that the reviewer names, or None for none of them after all."""
    readline = _readline()
    if readline is not None:
        _complete(readline, sorted(entries))
    try:
        while True:
            answer = read("number, id or name (Tab completes, Enter alone goes back): ").strip()
            found = find_entry(answer, item, entries) if answer else None
            if found is not None or not answer:
                return found
            click.echo(f"there is no entry “{answer}”{_hint(answer, entries)}")
    except (KeyboardInterrupt, EOFError):
        click.echo()
        return None
    finally:
        if readline is not None:
            readline.set_completer(None)


def find_entry(answer: str, item: Item, entries: Mapping[EntryId, Entry]) -> EntryId | None:
    """The entry with this number in the list, this id, this name, or the only one whose id begins so."""
    if answer.isdecimal() and 1 <= int(answer) <= len(item.choices):
        return item.choices[int(answer) - 1].entry
    if answer in entries:
        return EntryId(answer)
    named = [i for i, entry in entries.items() if entry.meta.name.casefold() == answer.casefold()]
    begun = [i for i in entries if i.startswith(answer.casefold())]
    return next((found[0] for found in (named, begun) if len(found) == 1), None)


def _hint(answer: str, entries: Mapping[EntryId, Entry]) -> str:
    begun = [i for i in entries if i.startswith(answer.casefold())][:5]
    if begun:
        return f"; there are {', '.join(begun)} …" if len(begun) > 4 else f"; there are {' and '.join(begun)}"
    hint = did_you_mean(answer, entries) or _by_part(answer, entries)
    return f"; {hint}" if hint else ""


def _by_part(answer: str, ids: Iterable[EntryId]) -> str:
    """Entries of which the answer may be a part, misspelt: “bashr” for bashar-al-assad."""
    owners: dict[str, EntryId] = {}
    for identifier in ids:
        for part in identifier.split("-"):
            owners.setdefault(part, identifier)
    close = difflib.get_close_matches(answer.casefold(), owners, n=3)
    return did_you_mean(owners[close[0]], [owners[part] for part in close]) if close else ""


def _readline() -> ModuleType | None:
    """Python is built without it on some systems, Windows among them."""
    try:
        import readline  # noqa: PLC0415
    except ImportError:
        return None
    return readline


def _complete(readline: ModuleType, ids: list[EntryId]) -> None:
    """Tab completes ids; one may hold hyphens, so only a line's end ends it."""

    def completer(text: str, state: int) -> str | None:
        matching = [i for i in ids if i.startswith(text)]
        return matching[state] if state < len(matching) else None

    readline.set_completer(completer)
    readline.set_completer_delims("\n")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
