"""Running text: sentences of words in their natural frequencies, with names put into them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.corpus.chance import Chance, Ranks


class Writer:
    """Writes with one vocabulary."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words`: the commonest first."""
        self._words = words
        self._ranks = Ranks(len(words))

    def words(self, number: int, chance: Chance) -> list[str]:
        words, draw = self._words, self._ranks.draw
        return [words[draw(chance)] for _ in range(number)]

    def sentence(self, chance: Chance, *names: str, low: int = 8, high: int = 22) -> str:
        """A sentence of `low` to `high` words, and names. No name stands second, where it would join a capital."""
        words = self.words(chance.between(low, high), chance)
        for name in names:
            words.insert(chance.between(2, len(words)), name)
        if len(words) > 14:
            words[len(words) // 2] += ","
        text = " ".join(words).rstrip(",")
        return f"{text[:1].upper()}{text[1:]}."

    def title(self, chance: Chance, *names: str) -> str:
        """Without a full stop."""
        return self.sentence(chance, *names, low=4, high=7).rstrip(".")
