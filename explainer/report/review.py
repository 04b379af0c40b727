"""What a reviewer has to look at, and the walk through it: a state, a key, the next state.

Nothing here touches a terminal or a file. `press` says what a key asks for as an `Effect`, and `cli` does it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.annotate import Annotation, Annotations, Decision, Reading
from explainer.annotate.review import Quotation, Spot, is_new_link, is_undecided, place_verdicts
from explainer.read.content import Article, Content, Entry
from explainer.read.review import Verdict, is_there
from explainer.report.places import lines_of
from explainer.report.sentences import Quotation as Sentence
from explainer.report.sentences import quote_around
from explainer.types import EntryId, SourcePath

# ---- what there is to look at ---------------------------------------------------------------------------------------


class Matter(StrEnum):
    """Why an item is looked at."""

    UNDECIDED = "undecided"
    """Several entries fit, or one without much evidence."""
    NEW = "new link"
    """An automatic link that nobody has looked at."""


class Choice(Struct, frozen=True):
    """An entry that may be meant."""

    entry: EntryId
    name: str
    summary: str
    score: float
    evidence: str
    """The strongest, in words; may be empty."""


Place: TypeAlias = tuple[SourcePath, int, int]
"""A file and a half-open range in it."""


class Item(Struct, frozen=True):
    """A mention to look at."""

    matter: Matter
    title: str
    """The article's."""
    decision: Decision
    line: int
    column: int
    sentence: Sentence
    choices: tuple[Choice, ...]
    """Likeliest first."""

    @property
    def source(self) -> SourcePath:
        return self.decision.source

    @property
    def place(self) -> Place:
        return self.decision.source, self.decision.start, self.decision.end

    @property
    def spot(self) -> Spot:
        return Spot(self.decision.passage, self.decision.begin, self.decision.stop)


def items_of(content: Content, annotations: Annotations, matters: Collection[Matter]) -> tuple[Item, ...]:
    """Everything to look at in the articles, by file and place."""
    articles = sorted(content.articles, key=lambda a: a.path)
    return tuple(i for a in articles for i in items_in(a, annotations.by_path[a.path], content.entries, matters))


def items_in(
    article: Article, annotation: Annotation, entries: Mapping[EntryId, Entry], matters: Collection[Matter]
) -> Iterator[Item]:
    """What there is to look at in one article, in reading order."""
    lines = lines_of(article.text)
    for decision in annotation.decisions:
        matter = _matter(annotation, decision)
        if matter is not None and matter in matters:
            passage = annotation.passages[decision.passage]
            line, column = lines.place(decision.start)
            yield Item(
                matter=matter,
                title=article.meta.title,
                decision=decision,
                line=line,
                column=column,
                sentence=quote_around(passage.text, decision.begin, decision.stop),
                choices=tuple(_choice(r, entries[r.entry]) for r in decision.readings if r.entry in entries),
            )


def _matter(annotation: Annotation, decision: Decision) -> Matter | None:
    if is_undecided(annotation, decision):
        return Matter.UNDECIDED
    return Matter.NEW if is_new_link(decision) else None


def _choice(reading: Reading, entry: Entry) -> Choice:
    strongest = max(reading.evidence, key=lambda e: e.weight, default=None)
    words = strongest.words if strongest is not None and strongest.weight > 0 else ""
    return Choice(reading.entry, entry.meta.name, entry.meta.summary, reading.score, words)


def stale_verdicts(content: Content, annotations: Annotations, known: Collection[SourcePath]) -> tuple[Verdict, ...]:
    """The verdicts that are on nothing any more, in the order of the file.

    `known` are the files that were read, and the files and folders that could not be: of these nothing is known.
    """
    annotated = {article.path for article in content.articles}
    gone = [v for path, verdicts in content.review.by_article.items() if not is_there(path, known) for v in verdicts]
    for path, verdicts in content.review.by_article.items():
        if path in annotated:
            gone += place_verdicts(annotations.by_path[path].passages, verdicts).stale
    return tuple(sorted(gone, key=lambda v: v.number))


def verdict_item(article: str, quotation: Quotation, entry: EntryId | None) -> dict[str, str | None]:
    """A verdict as the file has it; `article` is the file's path from its folder, without its ending."""
    context = {"prefix": quotation.prefix, "suffix": quotation.suffix}
    return {
        "article": article,
        "exact": quotation.exact,
        **{key: text for key, text in context.items() if text},
        "entry": entry,
    }


# ---- the walk -------------------------------------------------------------------------------------------------------


class Session(Struct, frozen=True):
    """Where a reviewer stands."""

    items: tuple[Item, ...]
    at: int = 0
    verdicts: Mapping[Place, EntryId | None] = field(default_factory=dict)
    """What was said in this session, oldest first."""

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.items)

    @property
    def item(self) -> Item:
        return self.items[self.at]


class Write(Struct, frozen=True):
    """Write a verdict; None: no entry is meant."""

    item: Item
    entry: EntryId | None


class Withdraw(Struct, frozen=True):
    """Take back the verdict on an item."""

    item: Item


class Ask(Struct, frozen=True):
    """Ask for an entry, then `decide`."""


class Open(Struct, frozen=True):
    """Open the item's file in the editor."""

    item: Item


class Say(Struct, frozen=True):
    """Tell the reviewer something."""

    message: str


class Quit(Struct, frozen=True):
    """End the walk."""


Effect: TypeAlias = Write | Withdraw | Ask | Open | Say | Quit | None
Step: TypeAlias = tuple[Session, Effect]


def press(session: Session, key: str) -> Step:
    """The state after a key, and what is to be done."""
    if key.isdecimal():
        return _choose(session, int(key))
    action = _KEYS.get(key.lower())
    return action(session) if action else (session, Say("this key means nothing here; the keys are named above"))


def decide(session: Session, entry: EntryId | None) -> Step:
    """A verdict on the item, and on to the next."""
    said = {place: e for place, e in session.verdicts.items() if place != session.item.place}
    said[session.item.place] = entry
    return replace(session, at=session.at + 1, verdicts=said), Write(session.item, entry)


def _choose(session: Session, number: int) -> Step:
    choices = session.item.choices
    if not 1 <= number <= len(choices):
        return session, Say(f"there is no {number} in the list")
    return decide(session, choices[number - 1].entry)


def _accept(session: Session) -> Step:
    entry = session.item.decision.entry
    if entry is None:
        return session, Say("nothing was decided here that could be accepted; press the number of the entry, or e")
    return decide(session, entry)


def _reject(session: Session) -> Step:
    return decide(session, None)


def _ask(session: Session) -> Step:
    return session, Ask()


def _open(session: Session) -> Step:
    return session, Open(session.item)


def _skip(session: Session) -> Step:
    return replace(session, at=session.at + 1), None


def _back(session: Session) -> Step:
    if not session.at:
        return session, Say("this is the first")
    return replace(session, at=session.at - 1), None


def _undo(session: Session) -> Step:
    """To the item of the latest verdict, without it."""
    if not session.verdicts:
        return session, Say("there is no verdict of this session to take back")
    *_, last = session.verdicts
    item = next(item for item in session.items if item.place == last)
    return retract(session, item), Withdraw(item)


def retract(session: Session, item: Item) -> Session:
    """Back at an item, as if nothing had been said of it."""
    left = {place: entry for place, entry in session.verdicts.items() if place != item.place}
    return replace(session, at=session.items.index(item), verdicts=left)


def _quit(session: Session) -> Step:
    return session, Quit()


_KEYS: Mapping[str, Callable[[Session], Step]] = MappingProxyType(
    {
        "a": _accept,
        "r": _reject,
        "e": _ask,
        "o": _open,
        "s": _skip,
        " ": _skip,
        "b": _back,
        "u": _undo,
        "q": _quit,
    }
)


def renew(session: Session, source: SourcePath, items: Iterable[Item]) -> Session:
    """The session after a verdict: what is still to come in the article `source` may have changed.

    A name that is settled settles others behind it, and a link that is refused makes the next mention a link.
    """
    seen = session.items[: session.at]
    visited = {item.place for item in seen}
    fresh = tuple(item for item in items if item.place not in visited)
    others = tuple(item for item in session.items[session.at :] if item.source != source)
    return replace(session, items=(*seen, *fresh, *others))


def resume(items: tuple[Item, ...], last: Item) -> Session:
    """A new session after the texts were changed, at the item that was looked at, or what is left near it."""
    near = [
        n for n, item in enumerate(items) if item.source == last.source and item.decision.text == last.decision.text
    ]
    if near:
        return Session(items, min(near, key=lambda n: abs(items[n].decision.start - last.decision.start)))
    at = next((n for n, item in enumerate(items) if item.place >= last.place), len(items))
    return Session(items, at)
