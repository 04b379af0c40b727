"""Changes to the text of `content/review.yaml`: one item is added, altered or removed, and all else stays as it is.

The file is never written anew from its data: comments, order, blank lines and ways of quoting are its authors'. The
places of keys and values, which reading gives, say where to cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TypeAlias

from explainer.read.review import parse_document
from explainer.read.yaml import YamlDocument

HEADING = "# Verdicts of “explainer review”; they may be edited by hand."

_PLAIN = re.compile(r"[^\W\d_][\w.’/-]*( [\w.’(/-][\w.’),/-]*)*")
"""What needs no quotation marks in YAML, wherever it stands."""
_WORDS_OF_YAML = frozenset("null true false yes no on off y n".split())


_HYPHEN = re.compile(r"(?:\A\ufeff?|(?<=[\r\n]))( *)-(?=[ \t\r\n])")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")

Item: TypeAlias = dict[str, str | None]
"""A verdict's keys and values, in the order in which they are written."""


class UneditableError(Exception):
    """The file is written in a way in which it cannot be changed item by item; the message says what to do."""


def add_verdict(text: str, item: Item) -> str:
    """The file with one more item, behind the last of the same article, else behind the last of all."""
    document = _editable(text)
    items: list[Item] = document.data or []
    newline = _newline(text)
    if not items:
        return _checked(_begun(text, document, newline) + _written(item, "", newline), [item])
    same = [n for n, other in enumerate(items) if other.get("article") == item["article"]]
    number = same[-1] if same else len(items) - 1
    at = _item_end(text, document, number)
    gap = "" if text[:at].endswith(("\n", "\r")) else newline
    new = text[:at] + gap + _written(item, _indent(text, document), newline) + text[at:]
    return _checked(new, [*items[: number + 1], item, *items[number + 1 :]])


def alter_verdict(text: str, number: int, entry: str | None) -> str:
    """The file with another entry in the item with this number."""
    document = _editable(text)
    start, end = document.positions[(number, "entry")]
    space = " " if text[start - 1] == ":" else ""
    items: list[Item] = document.data
    changed = [{**item, "entry": entry} if n == number else item for n, item in enumerate(items)]
    return _checked(text[:start] + space + _scalar(entry) + text[end:], changed)


def remove_verdicts(text: str, numbers: Iterable[int]) -> str:
    """The file without these items. Comments between items stay; those inside go with their item."""
    document, gone, new = _editable(text), set(numbers), text
    for number in sorted(gone, reverse=True):
        new = new[: _item_start(text, document, number)] + new[_item_end(text, document, number) :]
    return _checked(new, [item for n, item in enumerate(document.data or ()) if n not in gone])


def _editable(text: str) -> YamlDocument:
    document = parse_document(text)
    start, _ = document.positions.get((), (0, 0))
    if document.data and text[start] == "[":
        message = "its list is written in brackets; write every verdict on lines of its own: “- article: …”"
        raise UneditableError(message)
    return document


def _checked(text: str, expected: list[Item]) -> str:
    """The text, if it says what it should: a way of writing that was not thought of must do no harm."""
    document = parse_document(text)
    if document.problems or (document.data or []) != expected:
        message = "it is written in a way that cannot be changed safely; write every verdict as “- article: …”"
        raise UneditableError(message)
    return text


def _begun(text: str, document: YamlDocument, newline: str) -> str:
    """A file without items, ready for the first: a new one gets its heading, an empty list goes."""
    start, end = document.positions.get((), (len(text), len(text)))
    kept = text[:start] + text[end:]
    if not kept.strip("\ufeff \t\r\n"):
        return f"{kept.rstrip()}{HEADING}{newline}"
    return kept if kept.endswith(("\n", "\r")) else kept + newline


def _newline(text: str) -> str:
    """The line end that the file has."""
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def _hyphen(text: str, document: YamlDocument, number: int) -> re.Match[str]:
    """The item's hyphen, with the white space before it."""
    found = _HYPHEN.search(text, _item_end(text, document, number - 1) if number else 0)
    if found is None:
        message = f"the beginning of its item {number + 1} was not found; write it as “- article: …”"
        raise UneditableError(message)
    return found


def _item_start(text: str, document: YamlDocument, number: int) -> int:
    return _hyphen(text, document, number).start(1)


def _item_end(text: str, document: YamlDocument, number: int) -> int:
    """The beginning of the line after the item's last value; a comment behind that is part of the item."""
    start, end = document.positions[(number,)]
    if text[start] != "{":  # a block's own end lies behind the comments that follow it
        end = max(span[1] for at, span in document.positions.items() if at[:1] == (number,) and len(at) > 1)
        if _line_start(text, end) == end:  # lines after “|” end where the next line begins
            return end
    after = _LINE_END.search(text, end)
    return after.end() if after else len(text)


def _line_start(text: str, position: int) -> int:
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def _indent(text: str, document: YamlDocument) -> str:
    return _hyphen(text, document, 0).group(1)


def _written(item: Item, indent: str, newline: str) -> str:
    lines = (f"{key}: {_scalar(value)}" for key, value in item.items())
    return indent + "- " + f"{newline}{indent}  ".join(lines) + newline


def _scalar(value: str | None) -> str:
    """A value as YAML: plain where it can be, else between double quotation marks, what cannot be seen as its code."""
    if value is None:
        return "null"
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS_OF_YAML:
        return value
    return "".join(c if c.isprintable() else _code(c) for c in json.dumps(value, ensure_ascii=False))


def _code(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"
