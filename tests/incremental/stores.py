"""What tests of stores put into them, and everything that they can be asked."""

from __future__ import annotations

from typing import Any

from explainer.incremental.store import Made, Name, Run, Store, Trace

RULES, ARGS = ("read", "link", "page"), ("a", "b", "حمص", "\udcff")
RUNS = [Run(rule, arg) for rule in RULES for arg in ARGS]
CELLS: list[Name] = [("text", key) for key in "abcd"] + [("card", "")] + [("body", key) for key in "ab"]
GROUPS: list[Name] = [("tagged", key) for key in ("x", "y", "z")] + [("problems", "")]
NAMES = CELLS + GROUPS

READ, LINK = Run("read", "a"), Run("link", "a")
FIRST = Made({("text", "a"): "first"}, {("tagged", "x"): 1})


def answers(store: Store) -> dict[str, Any]:
    """Everything that a store can be asked, but for readers."""
    return {
        "cells": {name: store.cell(name) for name in CELLS},
        "groups": {name: dict(store.group(name)) for name in GROUPS},
        "args": {rule: set(store.args_of(rule)) for rule in RULES},
        "traces": {run: _sorted(store.trace(run)) for run in RUNS},
        "keys": {kind: sorted(store.keys_of(kind)) for kind in ("tagged", "problems", "none")},
        "all groups": {kind: {k: dict(g) for k, g in store.groups_of(kind)} for kind in ("tagged", "problems", "none")},
        "all": {kind: sorted(store.cells_of(kind), key=repr) for kind in ("text", "card", "body", "none")},
        "excerpt": _contents(store.excerpt(["text", "tagged", "none"])),
    }


def _sorted(trace: Trace | None) -> tuple[Any, ...] | None:
    return None if trace is None else tuple(sorted(names) for names in trace)


def _contents(store: Store) -> tuple[Any, Any]:
    return dict(store._cells), {n: g for n, g in store._groups.items() if g}


def write_first(store: Store) -> None:
    store.replace(READ, FIRST, [("file", "a")])
    store.replace(LINK, Made({("card", "a"): 2}), [("text", "a")])
    store.state["seen"] = {"a": (1, 2)}
    store.commit()
