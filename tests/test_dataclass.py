"""Classes of values are made in fewer steps than the standard library takes, and are as its are."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from typing import ClassVar, Generic, TypeVar

import pytest

from explainer.dataclass import dataclass

T = TypeVar("T")


def both(make):
    """The class that a function decorates, here and by the standard library."""
    return make(dataclass), make(dataclasses.dataclass)


def plain(decorator):
    @decorator(frozen=True, slots=True)
    class Thing:
        """A thing."""

        a: str
        b: int = 2
        shared: ClassVar[int] = 7
        """Of all."""

        @property
        def double(self):
            return self.b * 2

    return Thing


def single(decorator):
    @decorator(frozen=True, slots=True)
    class Thing(Generic[T]):
        a: T

    return Thing


def none(decorator):
    @decorator(frozen=True, slots=True)
    class Thing:
        """Nothing."""

    return Thing


def own(decorator):
    @decorator(frozen=True, slots=True)
    class Thing:  # noqa: PLW1641
        """With methods of its own."""

        a: object = None

        def __eq__(self, other):
            return True

        def __repr__(self):
            return "own"

    return Thing


def special(decorator):
    @decorator(frozen=True, slots=True)
    class Thing:
        """With a field that is no plain one."""

        a: list[int] = field(default_factory=list, compare=False)

    return Thing


def making(decorator):
    @decorator(frozen=True, slots=True)
    class Thing:
        """With a default that is made for each."""

        a: int
        b: list[int] = field(default_factory=list)
        c: tuple[int, ...] = ()

    return Thing


def incomparable(decorator):
    @decorator(frozen=True, slots=True, eq=False)
    class Thing:
        """Equal to itself alone."""

        a: int = 1

    return Thing


def inherited(decorator):
    @decorator(frozen=True, slots=True)
    class Thing(plain(decorator)):
        c: int = 0

    return Thing


def same(make, *arguments):
    ours, theirs = (kind(*arguments) for kind in both(make))
    assert repr(ours) == repr(theirs)
    assert vars(type(ours)).keys() - {"__weakref__"} >= vars(type(theirs)).keys() - {"__weakref__"}
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert [p.default for p in inspect.signature(type(ours)).parameters.values()] == [
        p.default for p in inspect.signature(type(theirs)).parameters.values()
    ]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert hasattr(ours, "__dict__") == hasattr(theirs, "__dict__")
    assert type(ours).__dataclass_params__.frozen
    assert ours == type(ours)(*arguments)
    assert (ours == theirs) is (theirs == ours)
    assert ours != 1 or repr(ours) == "own"
    assert copy.copy(ours) == copy.deepcopy(ours) == dataclasses.replace(ours) == ours
    return ours, theirs


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (plain, "x"),
        (plain, ["x", 3]),
        (single, [(1, "%s")]),
        (single, [float("nan")]),
        (none, []),
        (own, []),
        (special, []),
    ],
)
def test_instances_are_as_those_of_the_standard_library(make, arguments):
    ours, theirs = same(make, *arguments)
    if make not in {special, making}:
        assert hash(ours) == hash(theirs)


def test_a_default_is_made_for_each():
    one, other = (making(dataclass)(1) for _ in range(2))
    assert one.b is not other.b


def test_instances_may_be_equal_to_themselves_alone():
    for kind in both(incomparable):
        assert kind() != kind()
        assert len({kind(), kind()}) == 2
        assert not kind.__dataclass_params__.eq


def test_classes_may_be_inherited_from():
    assert same(inherited, "x")[0].double == 4


@pytest.mark.parametrize("name", ["a", "c"])
def test_nothing_can_be_changed(name):
    thing = plain(dataclass)("x")
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(thing, name, 1)
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete field '{name}'"):
        delattr(thing, name)


def test_a_wrong_call_is_told_as_python_tells_it():
    ours, theirs = both(plain)
    for arguments in ((), ("x", 1, 2)):
        messages = []
        for kind in (ours, theirs):
            with pytest.raises(TypeError) as told:
                kind(*arguments)
            messages.append(str(told.value))
        assert messages[0] == messages[1]


def test_another_shape_is_left_to_the_standard_library():
    @dataclass(slots=True)
    class Open:
        a: int = 1

    thing = Open()
    thing.a = 2
    assert thing == Open(2)
    with pytest.raises(TypeError):
        hash(thing)


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes to another process."""

    a: int
    b: str = ""


def test_an_instance_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(Sent(1, "x"))) == Sent(1, "x")  # noqa: S301
