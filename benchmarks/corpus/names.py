"""Names of people, places, organisations and events that nobody bears."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from benchmarks.corpus.chance import Chance

_ONSETS = "b br d dr f g gr h j k kr l m n p r s sk st t tr v vr y z zh".split()
_VOWELS = "a a e e i i o o u ia ei".split()
_MIDDLES = " l ll lk lm n nd nk r rg rk rt s st tt v".split(" ")
_ENDS = "a ak an ar as e ek el en er i in is o ok on or os ov u ur us".split()

_FIELDS = (
    "Coastal Dairy Fishing Forest Grain Harbour Housing Land Mining Railway River Salt Timber Transit Water".split()
)
_BODIES = "Agency Association Authority Bank Board Committee Company Council Federation Institute Office Trust".split()
_BEFORE = "Lower New Old Port Upper".split()
_BEHIND = "Bay Falls Heath Island Valley".split()
_EVENTS = "Accords Conference Congress Festival Flood Strike Summit".split()


class Naming(NamedTuple):
    """What something is called."""

    name: str
    short: str
    """What texts call it once they have introduced it."""
    alias: str
    """Another name, or nothing."""


class Namer:
    """Gives out names, no whole name twice.

    Last names are shared by a few, as in life: of the articles that name a dozen entries, one or two of a hundred name
    two people of one last name.
    """

    def __init__(self, people: int, words: Container[str], chance: Chance) -> None:
        """`words` are those of the texts: none of them becomes a name."""
        self._chance = chance
        self._fresh = _different(words, chance)
        self._firsts = [next(self._fresh) for _ in range(300)]
        self._lasts = [next(self._fresh) for _ in range(max(1200, people // 2))]
        self._taken: set[str] = set()

    def fresh(self) -> str:
        """One word that nothing else is called by."""
        return next(self._fresh)

    def person(self) -> Naming:
        """“Marta Velkan”, then “Velkan”; two of five have another spelling."""
        while (name := f"{self._chance.pick(self._firsts)} {self._chance.pick(self._lasts)}") in self._taken:
            pass
        self._taken.add(name)
        first, last = name.split()
        return Naming(name, last, f"{first} {self.fresh()}" if self._chance.likely(0.4) else "")

    def place(self) -> Naming:
        """“Drosten”, “Port Drosten” or “Drosten Bay”; one of five has an older name."""
        name, kind = self.fresh(), self._chance.below(10)
        if kind == 0:
            name = f"{self._chance.pick(_BEFORE)} {name}"
        elif kind == 1:
            name = f"{name} {self._chance.pick(_BEHIND)}"
        return Naming(name, name, self.fresh() if self._chance.likely(0.2) else "")

    def organisation(self) -> Naming:
        """“Drosten Harbour Board”, then “DHB”, which is an alias where no other has it."""
        name = f"{self.fresh()} {self._chance.pick(_FIELDS)} {self._chance.pick(_BODIES)}"
        acronym = "".join(word[0] for word in name.split())
        alias = "" if acronym in self._taken else acronym
        self._taken.add(acronym)
        return Naming(name, acronym, alias)

    def event(self) -> Naming:
        """“Drosten Accords”."""
        name = f"{self.fresh()} {self._chance.pick(_EVENTS)}"
        return Naming(name, name, "")


def _different(words: Container[str], chance: Chance) -> Iterator[str]:
    """“Velkan”, “Drosten”: two or three syllables."""
    seen: set[str] = set()
    while True:
        name = "".join(_syllables(chance))
        if len(name) > 4 and name not in seen and name not in words:
            seen.add(name)
            yield name.capitalize()


def _syllables(chance: Chance) -> Iterator[str]:
    for _ in range(chance.pick((1, 1, 1, 2))):
        yield chance.pick(_ONSETS) + chance.pick(_VOWELS) + chance.pick(_MIDDLES)
    yield chance.pick(_ONSETS) + chance.pick(_ENDS)
