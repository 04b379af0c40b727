"""What nobody has asked for in a while is forgotten, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explainer.incremental.recent import Recent


def test_what_was_asked_for_last_stays() -> None:
    recent: Recent[int, str] = Recent(3)
    for key in range(100):
        recent.put(key, str(key))
        assert recent.get(0, "gone") == "0"
    assert recent.get(50, "gone") == "gone"


def test_large_values_count_more() -> None:
    recent: Recent[str, str] = Recent(10)
    recent.put("a", "small")
    recent.put("b", "large", 11)
    recent.put("c", "large", 11)
    assert (recent.get("a", "gone"), recent.get("b", "gone"), recent.get("c", "gone")) == ("gone", "gone", "large")


def test_what_is_forgotten_is_gone_however_old() -> None:
    recent: Recent[int, str] = Recent(2)
    for key in range(3):
        recent.put(key, str(key))
    for key in range(3):
        recent.forget(key)
        assert recent.get(key, "gone") == "gone"


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=60))
def test_it_never_gives_another_value(steps: list[tuple[bool, int]]) -> None:
    recent: Recent[int, int] = Recent(3)
    last: dict[int, int] = {}
    for number, (puts, key) in enumerate(steps):
        if puts:
            recent.put(key, number)
            last[key] = number
        else:
            assert recent.get(key, -1) in {-1, last.get(key)}
