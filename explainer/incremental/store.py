"""What earlier builds made: cells, shares, and for every run of a rule what it read.

A *cell* is a value with a name; a *share* is what one run puts into a group that many runs fill. A *run* is a rule
applied to one argument. Names are (kind, key): ("card", "content/articles/x.md"), ("tagged", "Homs").

    Store    everything in dictionaries: what the preview keeps from one save to the next
    Kept     the same in a SQLite file (`kept.py`)

Both answer the same questions, so a build does not know which one it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.incremental.values import Packed, dump, unpacked

PACKED = frozenset({"body", "facts"})
"""Kinds of cells that are large and seldom asked for: they stay packed."""

Name: TypeAlias = tuple[str, str]
"""(kind, key)."""


class Run(NamedTuple):
    """A rule applied to an argument."""

    rule: str
    arg: str


class Made(Struct, frozen=True):
    """What a run makes."""

    cells: Mapping[Name, Any] = field(default_factory=dict)
    shares: Mapping[Name, Any] = field(default_factory=dict)
    """By the name of the group."""

    def packed(self, kinds: Collection[str] | None = None) -> Made:
        """The same with all values packed, or with the cells of some kinds."""
        if kinds is None:
            return Made(*({name: Packed(dump(v)) for name, v in some.items()} for some in (self.cells, self.shares)))
        large = {name: Packed(dump(value)) for name, value in self.cells.items() if name[0] in kinds}
        return replace(self, cells={**self.cells, **large}) if large else self


class Trace(NamedTuple):
    """The names that a run made, shared in and read."""

    cells: tuple[Name, ...] = ()
    shares: tuple[Name, ...] = ()
    reads: tuple[Name, ...] = ()


class _Absence(Enum):
    ABSENT = "absent"


ABSENT: Any = _Absence.ABSENT
"""Stands for a cell or a share that is not there; never given out. An enumeration stays one when it is pickled."""


class Store:
    """Everything in dictionaries."""

    is_kept = False
    """Whether it outlives the process."""

    def __init__(self) -> None:
        self.pages: MutableMapping[str, bytes] = {}
        """Rendered pages at hand, by job."""
        self.state: dict[str, Any] = {}
        """A few values about the last build as a whole."""
        self.at_hand: dict[str, Any] = {}
        """What can be made from cells and is worth keeping while the process lives: the theme, the lexicon."""
        self.blind_to: frozenset[str] = frozenset()
        """Kinds of names whose reading is not noted: for tests that show that each one matters."""
        self.is_new = True
        """Whether no build has put anything into it yet but the one that is going on."""
        self._forget()

    @staticmethod
    def in_memory() -> Store:
        """A store that is gone with the process."""
        return Store()

    def _forget(self) -> None:
        """Nothing is in it."""
        self._names: dict[Name, Name] = {}
        self._cells: dict[Name, Any] = {}
        self._groups: dict[Name, dict[Run, Any]] = {}
        self._readers: dict[Name, set[Run]] = {}
        self._traces: dict[str, dict[str, Trace]] = {}

    # ---- reading

    def cell(self, name: Name) -> Any:
        """A cell's value; None where there is no such cell."""
        value = self._cells.get(name)
        return None if value is ABSENT else unpacked(value)

    def group(self, name: Name) -> Mapping[Run, Any]:
        """The shares in a group, by the run that put each there; in no order."""
        return self._groups.get(name, {})

    def groups(self, names: Sequence[Name]) -> list[Mapping[Run, Any]]:
        """Several groups at once."""
        return [self.group(name) for name in names]

    def readers_of(self, name: Name) -> Collection[Run]:
        """The runs that read a cell or group."""
        return self._readers.get(name, ())

    def readers_of_each(self, names: Collection[Name]) -> Mapping[Name, Collection[Run]]:
        """The same for several."""
        return {name: self.readers_of(name) for name in names}

    def args_of(self, rule: str) -> Collection[str]:
        """The arguments that a rule has been applied to."""
        return self._traces.get(rule, {}).keys()

    def knows(self, run: Run) -> bool:
        """Whether a run ever was."""
        return run.arg in self._traces.get(run.rule, {})

    def trace(self, run: Run) -> Trace | None:
        """What a run made and read; None where it never was."""
        return self._traces.get(run.rule, {}).get(run.arg)

    def keys_of(self, kind: str) -> Iterable[str]:
        """The keys of the groups of a kind that hold anything."""
        return [key for (a_kind, key), shares in self._groups.items() if a_kind == kind and shares]

    def groups_of(self, kind: str) -> Iterator[tuple[str, Mapping[Run, Any]]]:
        """Key and shares of every group of a kind that holds anything."""
        found = [(name[1], shares) for name, shares in self._groups.items() if name[0] == kind and shares]
        return iter(found)

    def cells_of(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Key and value of every cell of a kind."""
        found = [(name[1], value) for name, value in self._cells.items() if name[0] == kind]
        return ((key, unpacked(value)) for key, value in found if value is not ABSENT)

    def excerpt(self, kinds: Collection[str]) -> Store:
        """A store in memory with the cells and groups of some kinds alone, to be read from elsewhere."""
        out = Store()
        for kind in kinds:
            out._cells |= {(kind, key): value for key, value in self.cells_of(kind)}
            out._groups |= {(kind, key): dict(self.group((kind, key))) for key in self.keys_of(kind)}
        out.blind_to = self.blind_to
        return out

    # ---- writing

    def packed(self, made: Made) -> Made:
        """What a run made, as it is kept: here large cells are packed, and the rest is at hand."""
        return made.packed(PACKED)

    def replace(self, run: Run, made: Made, reads: Collection[Name]) -> set[Name]:
        """Put what a run made in the place of what it made before. Returns the names of what is different now."""
        old = self.trace(run) or Trace()
        changed = set[Name]()
        for name in {*made.cells, *old.cells}:
            value = made.cells.get(name, ABSENT)
            if self._cells.get(name, ABSENT) != value:
                self._cells[name] = value
                changed.add(name)
        for name in {*made.shares, *old.shares}:
            value = made.shares.get(name, ABSENT)
            group = self._groups.setdefault(name, {})
            if group.get(run, ABSENT) != value:
                _set(group, run, value)
                changed.add(name)
        self._put_trace(run, old, Trace(*(self._same(names) for names in (made.cells, made.shares, reads))))
        return changed

    def read_more(self, run: Run, reads: Collection[Name]) -> None:
        """A run has made what it made before, and has read these names as well."""
        old = self.trace(run) or Trace()
        self._put_trace(run, old, old._replace(reads=self._same({*old.reads, *reads})))

    def _same(self, names: Iterable[Name]) -> tuple[Name, ...]:
        """The names as they are known already: many runs read the same, and each brings its own copy."""
        return tuple(self._names.setdefault(name, name) for name in names)

    def put(self, name: Name, value: Any) -> None:
        """Keep a value that no rule reads."""
        self._cells[name] = value

    def forget(self, name: Name) -> None:
        """Let go of a value that is at hand."""
        self._cells.pop(name, None)

    def remove(self, run: Run) -> set[Name]:
        """Forget a run and all that it made. Returns the names of what is gone."""
        gone = self.replace(run, Made(), ())
        self._traces[run.rule].pop(run.arg, None)
        return gone

    def rollback(self) -> None:
        """Forget what a build that broke off has written: here everything, for there is no copy of what was before."""
        self.pages, self.state, self.at_hand, self.is_new = {}, {}, {}, True
        self._forget()

    def spill(self) -> None:
        """Let go of values that can be had again."""

    def commit(self) -> None:
        """Make what was written last."""
        self.is_new = False

    def close(self) -> None:
        """Let go of files."""

    # ---- parts

    def _put_trace(self, run: Run, old: Trace, new: Trace) -> None:
        self._traces.setdefault(run.rule, {})[run.arg] = new
        before = set(old.reads)
        for name in before.difference(new.reads):
            self._readers.get(name, set()).discard(run)
        for name in new.reads:
            if name not in before:
                self._readers.setdefault(name, set()).add(run)


def _set(group: dict[Run, Any], run: Run, value: Any) -> None:
    if value is ABSENT:
        group.pop(run, None)
    else:
        group[run] = value
