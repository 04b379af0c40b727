"""Values that were asked for last."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A mapping that forgets what nobody has asked for in a while.

    It is two dictionaries. When the young one is full, it becomes the old one, and what the old one had is gone; what is
    asked of the old one is young again. So between `most` and twice as many are there, and no order has to be kept.
    """

    __slots__ = ("_most", "_old", "_size", "_young")

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._young: dict[K, tuple[V, int]] = {}
        self._old: dict[K, tuple[V, int]] = {}

    def get(self, key: K, default: V) -> V:
        """A value; `default` where there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.pop(key, None)
            if found is None:
                return default
            self.put(key, *found)
        return found[0]

    def put(self, key: K, value: V, size: int = 1) -> None:
        """Keep a value; `size` is its share of `most`."""
        self._young[key] = (value, size)
        self._size += size
        if self._size > self._most:
            self._old, self._young, self._size = self._young, {}, 0

    def forget(self, key: K) -> None:
        """Let go of a value."""
        self._young.pop(key, None)
        self._old.pop(key, None)
