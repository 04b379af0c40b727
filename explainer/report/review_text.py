"""A review in the terminal: one item as a screen, all items as a list. Readable without colour, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from explainer.annotate import Decision
from explainer.read.review import REVIEW_FILE, Verdict
from explainer.report.review import Choice, Item, Matter, Session

WIDTH = 80


def show_item(session: Session) -> str:
    """The item, what may be meant, and the keys."""
    item = session.item
    parts = [
        f"{session.at + 1} of {len(session.items)}, {item.matter}  {item.source}:{item.line}:{item.column}",
        _wrapped(item.title),
        "",
        _wrapped(_sentence(item), indent="    "),
        "",
        _wrapped(_decision(item.decision)),
        *(_choice(number, choice) for number, choice in enumerate(item.choices, 1)),
        *_verdict(session),
        "",
        _keys(item),
    ]
    return "\n".join(parts)


def _sentence(item: Item) -> str:
    before, mention, after = item.sentence
    return f"{before}[[{mention}]]{after}"


def _decision(decision: Decision) -> str:
    if decision.entry is None:
        return f"{_capital(decision.reason)}: {decision.words}"
    return f"{decision.entry} ({decision.method}; {decision.reason}): {decision.words}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _choice(number: int, choice: Choice) -> str:
    head = f"{number:3}  {choice.entry}  {choice.score:.2f}"
    about = f"{choice.name}. {choice.summary}".strip()
    lines = [_wrapped(head), _wrapped(about, indent="     ")]
    if choice.evidence:
        lines.append(_wrapped(f"for it: {choice.evidence}", indent="     "))
    return "\n".join(lines)


def _verdict(session: Session) -> Iterator[str]:
    """What was said of it a moment ago."""
    if session.item.place in session.verdicts:
        entry = session.verdicts[session.item.place]
        yield f"Your verdict: {entry or 'no entry is meant'}"


def _keys(item: Item) -> str:
    """Two lines: what settles the item, and the rest."""
    settle = ["a accept"] if item.decision.entry is not None else []
    if item.choices:
        settle.append("1 this entry" if len(item.choices) == 1 else f"1-{min(9, len(item.choices))} this entry")
    return "  ".join([*settle, "r no entry", "e another entry"]) + "\no open  s skip  b back  u undo  q quit"


def _wrapped(text: str, *, indent: str = "") -> str:
    lines = textwrap.wrap(
        " ".join(text.split()) if indent else text,
        WIDTH - 1,
        initial_indent=indent,
        subsequent_indent=indent or "     ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


# ---- lists ----------------------------------------------------------------------------------------------------------


def list_items(items: Iterable[Item]) -> Iterator[str]:
    """Every item on a line, below its article; how many there are at the end."""
    listed = tuple(items)
    for source, some in groupby(listed, key=lambda i: i.source):
        yield source
        yield from (_line(item) for item in some)
    yield _counted(Counter(item.matter for item in listed)) or "nothing to review"


def _counted(counts: Counter[Matter]) -> str:
    undecided, new = counts[Matter.UNDECIDED], counts[Matter.NEW]
    parts = [f"{undecided:,} undecided"] if undecided else []
    parts += [f"{new:,} new {'link' if new == 1 else 'links'}"] if new else []
    return ", ".join(parts)


def _line(item: Item) -> str:
    d = item.decision
    what = f"→ {d.entry}" if d.linked else f"? {d.entry or ' or '.join(d.candidates)}"
    return f"  {item.line}:{item.column}  {' '.join(d.text.split())}  {what}  ({item.matter}; {d.reason})"


def item_record(item: Item) -> dict[str, Any]:
    """One item as JSON."""
    d = item.decision
    return {
        "source": d.source,
        "start": d.start,
        "end": d.end,
        "text": d.text,
        "matter": item.matter,
        "entry": d.entry,
        "reason": d.reason,
        "score": d.score,
        "candidates": list(d.candidates),
        "line": item.line,
        "column": item.column,
        "sentence": list(item.sentence),
    }


def list_stale(verdicts: Iterable[tuple[Verdict, int]]) -> Iterator[str]:
    """Every stale verdict with its line in the file."""
    count = 0
    for verdict, line in verdicts:
        count += 1
        meta = verdict.meta
        quoted = f"{meta.prefix}[[{meta.exact}]]{meta.suffix}"
        yield f"{REVIEW_FILE}:{line}  {meta.article}  {meta.entry or 'no entry'}"
        yield _wrapped(quoted, indent="    ")
    yield f"{count:,} stale" if count else "no verdict is stale"


def stale_record(verdict: Verdict, line: int) -> dict[str, Any]:
    """One stale verdict as JSON."""
    meta = verdict.meta
    return {
        "line": line,
        "article": meta.article,
        "exact": meta.exact,
        "prefix": meta.prefix,
        "suffix": meta.suffix,
        "entry": meta.entry,
    }
