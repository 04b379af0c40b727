"""The format of the tables in this folder: a glossary in short, a text, and the decisions on it.

    The last name after the full one
    @ munaf-tlass person: Munaf Tlass | Manaf Tlass ~ Munaf Tlas

    Munaf Tlass left. Tlass is a general.
    .
    Munaf Tlass → munaf-tlass linked (name; first in section)
    Tlass → munaf-tlass (last name; already linked in this section)
    .

A line `@ id kind: Name | alias ~ hidden alias` is an entry, a line `@+ id key: value` a key of that entry's front matter
(`@+ munaf-tlass relations: [{type: son of, entry: mustafa-tlass}]`), a line `% key: value` a key of the article's front matter
(`% linking: {never: [homs]}`). The rest is the article. Every line that is expected is a decision: the characters of
the file, the entry (or `?` and the entries that could be meant), `linked` or nothing, how the mention was recognised
and why it is linked or not. Decisions are in reading order.
"""

from __future__ import annotations

import re
from dataclasses import replace

from msgspec import structs

from explainer.annotate import Annotation, Decision, annotate_articles
from explainer.read.content import Content, Entry
from tests.texts import PATH, content_of, glossary, read_article, read_entry

_ENTRY = re.compile(r"@ (\S+) (\w+): ([^|~]+)(.*)")


def decide(given: str) -> Annotation:
    """The decisions on the input of a table."""
    return annotate_articles(read_case(given)).by_path[PATH]


def read_case(given: str) -> Content:
    """The site that the input of a table describes."""
    lines = given.splitlines(keepends=True)
    entries = glossary(*(_entry(line, lines) for line in lines if line.startswith("@ ")))
    front = "".join(line[2:] for line in lines if line.startswith("% "))
    title = re.search(r"^title: (.*)\n", front, re.MULTILINE)
    front = front.replace(title.group(), "") if title else front
    body = "".join(line for line in lines if not line.startswith(("@ ", "@+ ", "% ")))
    return content_of(read_article(body, front=front, title=title.group(1) if title else "An article"), entries)


def _entry(line: str, lines: list[str]) -> Entry:
    found = _ENTRY.fullmatch(line.strip())
    assert found is not None, line
    identifier, kind, name, rest = found.groups()
    shown, _, hidden = rest.partition("~")
    front = "".join(
        f"{key}: [{', '.join(part.strip() for part in parts.split('|') if part.strip())}]\n"
        for key, parts in (("aliases", shown), ("hidden_aliases", hidden))
    )
    more = [m.removeprefix(f"@+ {identifier} ") for m in lines if m.startswith(f"@+ {identifier} ")]
    summaries = [m for m in more if m.startswith("summary: ")]
    front += "".join(m for m in more if m not in summaries)
    entry = read_entry(identifier, name.strip(), kind, front=front)
    for summary in summaries:
        entry = structs.replace(entry, meta=replace(entry.meta, summary=summary.removeprefix("summary: ").strip()))
    return entry


def write_decisions(annotation: Annotation) -> str:
    """The decisions as a table expects them."""
    return "".join(f"{write_decision(d)}\n" for d in annotation.decisions)


def write_decision(decision: Decision) -> str:
    if decision.entry is None:
        whom = f"? {' '.join(decision.candidates)}".strip()
        return f"{_shown(decision.text)} → {whom} ({decision.reason})"
    linked = " linked" if decision.linked else ""
    return f"{_shown(decision.text)} → {decision.entry}{linked} ({decision.method}; {decision.reason})"


def _shown(text: str) -> str:
    """What cannot be seen in a table, as it is written in Python."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
