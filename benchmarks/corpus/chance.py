"""Chance that gives the same in every run, on every machine and version of Python.

Of `random.Random` only `random()` is used, whose numbers for a seed Python promises never to change. Weights are made
by additions and one division each, which IEEE 754 rounds in one way; powers and `sum` are left alone, for they differ
from one library, and from one version, to the next.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One row of chances."""

    def __init__(self, *seeds: int) -> None:
        """Rows of different seeds have nothing to do with each other."""
        seed = 0
        for one in seeds:
            seed = seed * 1_000_003 + one + 1
        self.random = random.Random(seed).random  # noqa: S311  # no secret

    def below(self, number: int) -> int:
        """0 to `number` - 1, each as likely."""
        return int(self.random() * number)

    def between(self, low: int, high: int) -> int:
        """`low` to `high`, each as likely."""
        return low + self.below(high - low + 1)

    def likely(self, share: float) -> bool:
        return self.random() < share

    def pick(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """Fisher and Yates."""
        shuffled = list(things)
        for last in range(len(shuffled) - 1, 0, -1):
            other = self.below(last + 1)
            shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
        return shuffled


class Ranks:
    """Places in a ranking, the frequent ones first, as words and names are distributed in texts.

    After Mandelbrot's form of Zipf's law: the thing of rank r, from 1, is drawn with a weight of 1 / (r + `offset`). A
    larger offset makes the first ones less different. 2.7 is what Mandelbrot found for words.
    """

    def __init__(self, number: int, *, offset: float = 2.7) -> None:
        self._reached = list(accumulate(1.0 / (rank + offset) for rank in range(1, number + 1)))

    def draw(self, chance: Chance) -> int:
        """0 to `number` - 1."""
        reached = self._reached
        return bisect(reached, chance.random() * reached[-1], 0, len(reached) - 1)

    def several(self, number: int, chance: Chance) -> list[int]:
        """Different places, in the order in which they were drawn; all of them where there are not enough."""
        drawn: dict[int, None] = {}
        while len(drawn) < min(number, len(self._reached)):
            drawn[self.draw(chance)] = None
        return list(drawn)
