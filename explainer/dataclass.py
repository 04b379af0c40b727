"""`@dataclass(frozen=True, slots=True)` as the standard library has it, made in a third of the time.

A build imports some two hundred such classes. For each of them `dataclasses` writes and compiles seven functions, which
took a fifth of the time of a small build. Here `__init__` alone is compiled; the others are functions that know the names of
the fields. What classes cannot do that are made here (inherit from another one, leave a field out of comparisons), the
standard library's do.

    from explainer.dataclass import dataclass
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: Any) -> Any:
        """As `dataclasses.dataclass`."""
        if cls is None:
            return lambda decorated: dataclass(decorated, **options)
        if {"eq": True, **options} in _USUAL and _is_plain(cls):
            return _made(cls, eq=options.get("eq", True))
        return dataclasses.dataclass(cls, **options)


__all__ = ["dataclass"]

_USUAL = [{"frozen": True, "slots": True, "eq": eq} for eq in (True, False)]
_NOT_COPIED = frozenset({"__dict__", "__weakref__"})


_MADE = object()
"""Stands for a default that is made for each instance."""


def _is_plain(cls: type) -> bool:
    """Whether a class has nothing but fields, with or without a default, that are all treated alike."""
    inherits = any(dataclasses.is_dataclass(base) for base in cls.__mro__[1:])
    special = any(isinstance(value, dataclasses.Field) and not _is_made(value) for value in vars(cls).values())
    return not (inherits or special or hasattr(cls, "__post_init__"))


def _is_made(field: dataclasses.Field[Any]) -> bool:
    """Whether a field's default is made, and it has nothing else that is special."""
    usual = field.init and field.repr and field.compare and field.hash is None and field.kw_only is dataclasses.MISSING
    return usual and field.default_factory is not dataclasses.MISSING


def _made(cls: Any, *, eq: bool) -> Any:
    """A class has its slots from its beginning, so another one is made that has all that is in this one."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # otherwise it is made of a signature that is not there yet
    fields = dataclasses.fields(dataclasses.dataclass(init=False, repr=False, eq=False)(cls))
    for option, value in {"init": True, "repr": True, "frozen": True, "eq": eq}.items():
        setattr(cls.__dataclass_params__, option, value)
    names = tuple(field.name for field in fields)
    own = {name: value for name, value in vars(cls).items() if name not in _NOT_COPIED and name not in names}
    if "__eq__" in own and own["__hash__"] is None:  # Python's own doing
        del own["__hash__"]
    made = type(cls)(cls.__name__, cls.__bases__, {"__slots__": names, **_methods(names, eq=eq), **own})
    made.__qualname__ = cls.__qualname__
    if "__init__" not in own:
        made.__init__ = _init(fields, made.__qualname__)
    return made


def _init(fields: tuple[dataclasses.Field[Any], ...], qualname: str) -> Callable[..., None]:
    scope: dict[str, Any] = {"_put": object.__setattr__, "_made": _MADE}
    head, body = "self", ""
    for name, default, factory in ((f.name, f.default, f.default_factory) for f in fields):
        given = name
        if default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = default
            head += f", {name}=_default_{name}"
        elif factory is not dataclasses.MISSING:
            scope[f"_make_{name}"] = factory
            head += f", {name}=_made"
            given = f"_make_{name}() if {name} is _made else {name}"
        else:
            head += f", {name}"
        body += f"\n _put(self, {name!r}, {given})"
    exec(f"def __init__({head}):{body or ' pass'}", scope)  # noqa: S102
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{qualname}.__init__"
    return init


def _methods(names: tuple[str, ...], *, eq: bool) -> dict[str, Any]:
    """What instances can do, but for being made."""
    values = _values(names)
    shape = f"({', '.join(f'{name}=%r' for name in names)})"

    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}{shape % values(self)}"

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return list(values(self))

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    compared = (__eq__, __hash__) if eq else ()
    methods = (__repr__, *compared, __getstate__, __setstate__, __setattr__, __delattr__)
    return {method.__name__: method for method in methods}


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the values of an instance."""
    if not names:
        return lambda _self: ()
    value = attrgetter(*names)
    return value if len(names) > 1 else lambda self: (value(self),)


def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807
    del self, value
    message = f"cannot assign to field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def __delattr__(self: object, name: str) -> None:  # noqa: N807
    del self
    message = f"cannot delete field {name!r}"
    raise dataclasses.FrozenInstanceError(message)
