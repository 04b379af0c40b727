"""Runs the rules that have to be run, and no others.

A rule is a function of one argument. It is given a `Reader`, the only way to anything that it depends on; the reader
notes what is read. When an input changes, the runs that read it are run again, in the order of the rules; when what they
make is different from before, the runs that read that, and so on. What comes out as it was stops there. So what a page
depends on is exactly what was read for it, and there is no other list of it.

This is a build system with verifying, dynamic traces in the sense of Mokhov, Mitchell and Peyton Jones, “Build systems à
la carte” (2018), whose order is fixed by ranks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from explainer.incremental.store import Made, Name, Run, Store
from explainer.incremental.timings import Span, Stage, Timings, span

ASK_BY_KEY = "what is noted key by key is not gone through: that would depend on all of it"


class Share(NamedTuple):
    """One of the values in a group."""

    arg: str
    """Of the run that put it there."""
    value: Any


class Reader:
    """Reads cells and groups for one run, and notes their names."""

    __slots__ = ("blind_to", "reads", "store")

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reads: set[Name] = set()
        self.blind_to = store.blind_to

    def cell(self, kind: str, key: str = "") -> Any:
        """A cell's value; None where there is no such cell."""
        self.note((kind, key))
        return self.store.cell((kind, key))

    def group(self, kind: str, key: str = "") -> list[Share]:
        """What is in a group, by argument."""
        self.note((kind, key))
        shares = self.store.group((kind, key))
        return [Share(run.arg, shares[run]) for run in sorted(shares, key=_by_argument)]

    def values(self, kind: str, key: str = "") -> list[Any]:
        """What is in a group, in no order."""
        self.note((kind, key))
        return list(self.store.group((kind, key)).values())

    def holds(self, kind: str, key: str = "") -> bool:
        """Whether a group has anything in it."""
        self.note((kind, key))
        return bool(self.store.group((kind, key)))

    def note(self, name: Name) -> None:
        """Note that a name was read."""
        if name[0] not in self.blind_to:
            self.reads.add(name)


def _by_argument(run: Run) -> tuple[str, str]:
    return run.arg, run.rule


Args: TypeAlias = Callable[[], Iterable[str]]

Done: TypeAlias = tuple[str, Made | None, Collection[Name], Span]
"""An argument, what was made of it, what was read for that, and how long it took.

None where a rule has seen, before it had read all, that it would make what it made the last time.
"""


def apply(make: Callable[[Reader, str], Made | None], store: Store, arg: str) -> Done:
    """Apply a rule to an argument."""
    reader = Reader(store)
    with span() as when:
        made = make(reader, arg)
        packed = None if made is None else store.packed(made)
    return arg, packed, reader.reads, when[0]


@dataclass(slots=True)
class Engine:
    """The state of one build."""

    store: Store
    order: tuple[str, ...]
    """The names of the rules: each reads only what those before it make."""
    dirty: dict[str, set[str]] = field(default_factory=dict)
    """By rule: the arguments that it has to be applied to again."""
    counts: dict[str, int] = field(default_factory=dict)
    """By rule: how many arguments it has."""
    goes_on: bool = False
    """Whether the last build went through all rules; then `counts` are known."""
    ran: dict[str, list[str]] = field(default_factory=dict)
    """By rule: the arguments that it was applied to in this build."""
    causes: dict[Run, set[Name]] = field(default_factory=dict)
    """Why each run has to be run again."""
    changed: dict[Name, Run] = field(default_factory=dict)
    """What this build has changed so far, and by which run."""
    timings: Timings = field(default_factory=Timings)
    _left: Mapping[str, frozenset[str]] = field(init=False)
    """What an earlier build that broke off has left dirty: why is not known any more."""
    _roots: dict[Run, frozenset[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    """The files that were read in this build."""
    first: frozenset[str] | None = None
    """While some arguments come before all others: these. What is made of the others meanwhile stays as it is."""

    def __post_init__(self) -> None:
        self._left = {rule: frozenset(args) for rule, args in self.dirty.items()}

    def put(self, arg: str, made: Made) -> None:
        """Inputs: what the world outside says now."""
        self._spread(Run("input", arg), self.store.replace(Run("input", arg), made, ()))

    def drop(self, run: Run) -> None:
        """Forget a run and what it made."""
        self._spread(run, self.store.remove(run))

    def settle(
        self, rule: str, args: Args, work: Callable[[list[str]], Iterable[Done]], *, of: Collection[Name] = ()
    ) -> None:
        """Make a rule's runs those for `args`: new and dirty ones are run, the others stay, those for no argument go.

        `of`: the names that the arguments follow from. While none of them is different, `args` is not asked.
        """
        if self.first is not None:
            if self.is_same(of):  # else some of these may be no arguments any more
                self._rerun(rule, self.dirty_among(rule, self.first), work)
            return
        if self.is_same(of):
            self._rerun(rule, self.dirty_among(rule, self.dirty.get(rule, ())), work)
            self.dirty.pop(rule, None)
            return
        known, wanted = set(self.store.args_of(rule)), set(args())
        for gone in known - wanted:
            self.drop(Run(rule, gone))
        self.counts[rule] = len(wanted)
        self._rerun(rule, (wanted - known) | (self.dirty.get(rule, set()) & wanted), work)
        self.dirty.pop(rule, None)

    def dirty_among(self, rule: str, args: Iterable[str]) -> list[str]:
        """Those arguments that a rule has been applied to, and has to be again."""
        dirty = self.dirty.get(rule, set())
        return [arg for arg in args if arg in dirty and self.store.knows(Run(rule, arg))]

    def is_same(self, names: Collection[Name]) -> bool:
        """Whether the last build went through all rules, and nothing under these names is different since."""
        return self.goes_on and bool(names) and not any(name in self.changed for name in names)

    def _rerun(self, rule: str, args: Iterable[str], work: Callable[[list[str]], Iterable[Done]]) -> None:
        """Run a rule for some of the arguments that it has."""
        todo = sorted(args)
        with span() as whole:
            for said, made, reads, when in work(todo):
                arg = sys.intern(said)  # what comes from another process is a text of its own, for each rule again
                self.keep(Run(rule, arg), made, reads)
                self.timings.add(rule, arg, when)
        self.timings.stages.append(Stage(rule, whole[0], len(todo), self.counts[rule] - len(todo)))
        self.dirty.get(rule, set()).difference_update(todo)

    def keep(self, run: Run, made: Made | None, reads: Collection[Name]) -> None:
        """Take what a run made; None is what it made before."""
        self.ran.setdefault(run.rule, []).append(run.arg)
        self.files |= {sys.intern(str(key)) for kind, key in reads if kind == "file"}
        if made is None:
            self.store.read_more(run, reads)
        else:
            self._spread(run, self.store.replace(run, made, reads))

    def dirty_for(self, rule: str, kinds: Collection[str]) -> frozenset[str]:
        """The arguments that a rule has to be applied to again for changes under names of some kinds, and for no others."""
        left = self._left.get(rule, frozenset())
        return frozenset(
            arg
            for arg in self.dirty.get(rule, set()) - left
            if all(kind in kinds for kind, _ in self.causes[Run(rule, arg)])
        )

    def mark(self, run: Run, cause: Name) -> None:
        """A run has to be run again."""
        self.dirty.setdefault(run.rule, set()).add(run.arg)
        self.causes.setdefault(run, set()).add(cause)

    def _spread(self, run: Run, changed: set[Name]) -> None:
        """Those who read what is different now have to be run again; they come later in the order."""
        if self.store.is_new:  # so nobody has read anything that changes yet, and to note it all would fill the memory
            return
        self.changed |= dict.fromkeys(changed, run)
        rank = self._rank(run.rule)
        for name, readers in self.store.readers_of_each(changed).items():
            for reader in readers:
                if self._rank(reader.rule) <= rank:
                    message = f"{reader} reads {name}, which {run} makes after it"
                    raise AssertionError(message)
                self.mark(reader, name)

    def roots(self, run: Run) -> frozenset[str]:
        """The inputs whose change made a run be run again; none where it is new."""
        if not self.causes:
            return frozenset()
        if run not in self._roots:
            self._roots[run] = frozenset()
            makers = {self.changed[name] for name in self.causes.get(run, ()) if name in self.changed}
            inputs = frozenset(maker.arg for maker in makers if maker.rule == "input")
            self._roots[run] = inputs.union(*map(self.roots, makers))
        return self._roots[run]

    def _rank(self, rule: str) -> int:
        return self.order.index(rule)
