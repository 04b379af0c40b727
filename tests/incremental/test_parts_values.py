"""Values as JSON: whatever is kept comes back the same, and nothing else can come out of a file."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from explainer.build import Counts
from explainer.diagnostics import Kind, Severity
from explainer.incremental.again import build_again
from explainer.incremental.inputs import Seen
from explainer.incremental.pages import PageFile
from explainer.incremental.store import Made, Run, Store, Trace
from explainer.incremental.timings import Timings
from explainer.incremental.values import NoValueError, dump, load
from tests.incremental.workshop import open_workshop

TEXTS = st.text(st.characters(), max_size=12)
"""With lone surrogates, which come from names of files that are not UTF-8."""

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXTS
    | st.dates()
    | st.sampled_from(Kind)
    | st.sampled_from(Severity)
)


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Plain ones and this program's own, of values that can be hashed."""
    return (
        st.lists(inner, max_size=4).map(tuple)
        | st.frozensets(inner, max_size=4)
        | st.builds(Run, TEXTS, TEXTS)
        | st.builds(Trace, inner, inner, inner)
        | st.builds(Seen, inner, inner)
        | st.builds(PageFile, TEXTS, TEXTS, st.integers())
        | st.builds(Counts, *[st.integers()] * 5)
    )


HASHABLE = st.recursive(LEAVES, _compound, max_leaves=12)
VALUES = st.recursive(
    HASHABLE,
    lambda inner: (
        st.dictionaries(HASHABLE, inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.builds(Made, st.dictionaries(st.tuples(TEXTS, TEXTS), inner, max_size=3))
    ),
    max_leaves=12,
)


class Cell(NamedTuple):
    """A cell of a site that was built, and as it is written."""

    name: str
    value: Any
    data: bytes


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Cell]:
    """Every cell and share of the first site."""
    workshop = open_workshop(tmp_path_factory.mktemp("values") / "site", bare=False)
    store = Store()
    build_again(workshop.root, store=store, now=workshop.now, answers={})
    return [Cell(name, value, dump(value)) for name, value in _all(store)]


def _all(store: Store) -> Iterator[tuple[str, Any]]:
    for kind in {name[0] for name in store._cells}:
        yield from ((f"{kind} {key}", value) for key, value in store.cells_of(kind))
    for name, group in store._groups.items():
        yield from ((f"{name} {run}", value) for run, value in group.items())


# ---- there and back -------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of an example, which nobody reads
@given(VALUES)
def test_a_value_comes_back(value: Any) -> None:
    """Written again it is the same bytes, so 1, 1.0 and True are not mixed up."""
    data = dump(value)
    assert load(data) == value
    assert type(load(data)) is type(value)
    assert dump(load(data)) == data


def test_every_cell_of_a_site_comes_back(cells: list[Cell]) -> None:
    assert {cell.name.split()[0] for cell in cells} >= {"entry", "text", "body", "card", "rendered", "setting"}
    for name, value, data in cells:
        assert load(data) == value, name
        assert dump(load(data)) == data, name


def test_lists_come_back_as_tuples_and_sets_frozen() -> None:
    assert load(dump([1, [2, [3]], {"a": [4]}])) == (1, (2, (3,)), {"a": (4,)})
    back = load(dump({1, 2}))
    assert (back, type(back)) == (frozenset({1, 2}), frozenset)
    assert load(dump(OrderedDict(a=[1]))) == {"a": (1,)}


def test_equal_sets_are_equal_bytes() -> None:
    """Strings have other hashes in every process, and with them sets another order."""
    words = [f"word {number}" for number in range(50)]
    assert dump(frozenset(words)) == dump(frozenset(reversed(words)))
    assert json.loads(dump(frozenset(words))) == {"s": sorted(words)}


def test_a_mapping_is_never_taken_for_something_else() -> None:
    """The marks of what is no plain type are keys of one letter; so may be an author's."""
    for key in "oemsd":
        for value in ({key: ["os:system", "true"]}, {key: "2024-01-01"}, {key: {key: key}}):
            assert dump(load(dump(value))) == dump(value)
            assert load(dump(value)).keys() == {key}


# ---- what is no value -----------------------------------------------------------------------------------------------


class Foreign(NamedTuple):
    """Not one of the program's."""

    word: str


@dataclass(frozen=True)
class ForeignData:
    """Nor is this."""

    word: str


class ForeignStruct(Struct, frozen=True):
    """Nor this."""

    word: str


@pytest.mark.parametrize(
    "value",
    [
        Foreign("x"),
        ForeignData("x"),
        ForeignStruct("x"),
        Path("x"),
        b"bytes",
        Fraction(1, 2),
        dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        object(),
        print,
        dump,
        Run,
        Store(),
        iter(()),
        1j,
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_what_is_no_value_is_not_written(value: Any) -> None:
    for whole in (value, [value], {"a": (value,)}, Made(cells={("a", "b"): value})):
        with pytest.raises(NoValueError):
            dump(whole)


def test_what_could_not_be_read_is_not_written() -> None:
    """A class that is not frozen is no value, though it is the program's own."""
    with pytest.raises(NoValueError):
        dump(Timings())


@pytest.mark.parametrize(
    "code",
    [
        *("os:system", "os:stat_result", "builtins:eval", "subprocess:Popen", "nowhere:Thing", ":", "", "a:b:c"),
        *("incremental.values:dump", "incremental.store:Store", "incremental.timings:Timings", "cli.build:command"),
        *("incremental.values:importlib", "incremental.store:dataclass", "incremental.store:ABSENT"),
        *(".os:system", "..os:system", "incremental.values.os:system", "incremental.store:Run._make"),
    ],
)
@pytest.mark.parametrize("sort", ["o", "e"])
def test_nothing_else_can_be_named_in_a_file(sort: str, code: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whichever: that it is one is all that is promised
        load(json.dumps({sort: [code, "true"]}).encode())


TRAP = """
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

called = []

class Plain:
    def __init__(self, *given):
        called.append("Plain")

@dataclass
class Loose:
    word: str = ""
    def __post_init__(self):
        called.append("Loose")

@dataclass(frozen=True)
class Frozen:
    word: str
    def __post_init__(self):
        called.append("Frozen")

class LooseStruct(Struct):
    word: str = ""
    def __post_init__(self):
        called.append("LooseStruct")

class FrozenStruct(Struct, frozen=True):
    word: str
    other: str = ""

def function(*given):
    called.append("function")
"""


@pytest.fixture
def trap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of the program in which whatever is called leaves a trace."""
    module = ModuleType("explainer.trap_for_values")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(TRAP, module.__dict__)  # noqa: S102
    return module


@pytest.mark.parametrize("sort", ["o", "e"])
@pytest.mark.parametrize("name", ["Plain", "Loose", "LooseStruct", "function", "called"])
def test_nothing_is_called_that_is_no_value(trap: ModuleType, sort: str, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        load(json.dumps({sort: [f"trap_for_values:{name}", "x"]}).encode())
    assert trap.called == []


def test_a_value_is_made_without_calling_its_class(trap: ModuleType) -> None:
    """What was written had been checked."""
    value = load(json.dumps({"o": ["trap_for_values:Frozen", "x"]}).encode())
    assert (type(value), value.word, trap.called) == (trap.Frozen, "x", [])


def test_a_struct_is_made_of_all_its_fields(trap: ModuleType) -> None:
    """Of one that is missing nobody knows whether it was the default."""
    assert load(json.dumps({"o": ["trap_for_values:FrozenStruct", "x", "y"]}).encode()) == trap.FrozenStruct("x", "y")
    for fields in ((), ("x",), ("x", "y", "z")):
        with pytest.raises(NoValueError):
            load(json.dumps({"o": ["trap_for_values:FrozenStruct", *fields]}).encode())


def test_only_an_enumeration_is_called_with_what_stands_in_the_file(trap: ModuleType) -> None:
    with pytest.raises(ValueError, match="Frozen"):
        load(json.dumps({"e": ["trap_for_values:Frozen", "x"]}).encode())
    assert trap.called == []


def test_reading_a_value_does_not_start_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """`explainer.__main__` is a module of the package like any other, and is run by being imported."""
    monkeypatch.delitem(sys.modules, "explainer.__main__", raising=False)
    monkeypatch.setattr(sys, "argv", ["explainer", "--version"])
    with pytest.raises(ValueError, match="__main__"):
        load(b'{"o":["__main__:Thing"]}')


# ---- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[1", b"nul", b"\xff\xfe", b'"\xed', b"{}", b'{"a":1,"b":2}', b'{"x":[]}'),
        *(b'{"o":[]}', b'{"o":5}', b'{"o":[5]}', b'{"o":[["a"]]}', b'{"o":{}}', b'{"o":null}'),
        *(b'{"o":["incremental.store:Run","a"]}', b'{"o":["incremental.store:Run","a","b","c"]}'),
        *(b'{"o":["incremental.store:Made"]}', b'{"o":["incremental.store:Made",1,2,3]}'),
        *(b'{"e":[]}', b'{"e":["diagnostics:Kind"]}', b'{"e":["diagnostics:Kind","no-such-kind"]}', b'{"e":1}'),
        *(b'{"e":["diagnostics:Kind",[]]}', b'{"e":["incremental.store:Run","a"]}', b'{"o":["diagnostics:Kind","a"]}'),
        *(b'{"m":5}', b'{"m":[[1]]}', b'{"m":[[1,2,3]]}', b'{"m":[1]}', b'{"m":[[{"m":[]},1]]}'),
        *(b'{"s":5}', b'{"s":[{"m":[]}]}', b'{"d":5}', b'{"d":"yesterday"}', b'{"d":null}', b'{"d":[]}'),
        b"[" * 100_000,
    ],
    ids=lambda data: data[:40].decode("latin-1") or "nothing",
)
def test_damage_is_a_value_error(data: bytes) -> None:
    """So one kind of error says that what was kept cannot be used."""
    with pytest.raises(ValueError):  # noqa: PT011 -- whichever
        load(data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_damage_anywhere_is_a_value_error_or_another_value(cells: list[Cell], data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(cells)).data
    at = data.draw(st.integers(0, len(written)))
    until = min(len(written), at + data.draw(st.sampled_from([0, 1, 2, 5, 50])))
    damaged = written[:at] + data.draw(st.binary(max_size=3) | st.sampled_from(SNIPPETS)) + written[until:]
    with contextlib.suppress(ValueError):
        load(damaged)


SNIPPETS = (b"null", b"[]", b"{}", b"0", b'"', b'"o"', b'"e"', b'"m"', b'"s"', b'"d"', b',"x":1', b"]", b"}", b"1e999")
