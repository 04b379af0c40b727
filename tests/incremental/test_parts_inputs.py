"""Which files a watcher's word is enough for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.incremental.inputs import Seen, as_text, find_sources, from_text, only_edited
from explainer.serve import Touched

X, HOMS, MAP = "content/articles/x.md", "content/glossary/places/homs.md", "content/media/a.svg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (X, HOMS, MAP, "site.yaml", "templates/base.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    return tmp_path.resolve()


def _save_as_editors_do(root: Path) -> None:
    (root / "content/articles/x.tmp").write_text("new", encoding="utf-8")
    (root / "content/articles/x.tmp").replace(root / X)


EDITED: dict[str, tuple[Callable[[Path], object], list[str], list[str]]] = {
    "nothing": (lambda _: None, [], []),
    "a text": (lambda root: (root / X).write_text("new", encoding="utf-8"), [X], [X]),
    "two": (lambda root: (root / X).write_text("new", encoding="utf-8"), [X, HOMS, MAP], [X, HOMS, MAP]),
    "the settings": (
        lambda root: (root / "site.yaml").write_text("new", encoding="utf-8"),
        ["site.yaml"],
        ["site.yaml"],
    ),
    "a template, which is looked at anyway": (lambda _: None, ["templates/base.html", "templates/new.html"], []),
    "a text, by way of another file": (_save_as_editors_do, [X, "content/articles/x.tmp"], [X]),
}


@pytest.mark.parametrize("case", EDITED)
def test_files_that_were_edited(root: Path, case: str) -> None:
    edit, touched, expected = EDITED[case]
    sources = find_sources(root)
    edit(root)
    found = only_edited([str(root / path) for path in touched], root, sources)
    assert found is not None
    assert sorted(f.path for f in found) == expected


def _link(root: Path) -> None:
    (root / X).unlink()
    (root / X).symlink_to(root / HOMS)


NOT_SURE: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a new text": (lambda root: (root / "content/articles/y.md").touch(), ["content/articles/y.md"]),
    "a text that is gone": (lambda root: (root / X).unlink(), [X]),
    "a text that is a folder now": (lambda root: ((root / X).unlink(), (root / X).mkdir()), [X]),
    "a text that is a link now": (_link, [X]),
    "a folder that is gone": (
        lambda root: shutil.rmtree(root / "content/glossary/places"),
        ["content/glossary/places"],
    ),
    "a folder that is new": (lambda root: (root / "content/pages").mkdir(), ["content/pages"]),
    "all content": (lambda root: shutil.rmtree(root / "content"), ["content"]),
    "a first review": (lambda root: (root / "content/review.yaml").touch(), ["content/review.yaml"]),
    "what is elsewhere": (lambda _: None, ["../x.md"]),
    "the site itself": (lambda _: None, ["."]),
}


@pytest.mark.parametrize("case", NOT_SURE)
def test_what_has_to_be_looked_for(root: Path, case: str) -> None:
    edit, touched = NOT_SURE[case]
    sources = find_sources(root)
    edit(root)
    assert only_edited([os.path.normpath(root / path) for path in touched], root, sources) is None


def test_a_link_changes_with_the_file_that_it_leads_to(root: Path) -> None:
    """Of the link itself no watcher tells."""
    (root / "content/articles/y.md").symlink_to(root / X)
    sources = find_sources(root)
    (root / X).write_text("new", encoding="utf-8")
    found = only_edited([str(root / X)], root, sources)
    assert found is not None
    assert sorted(f.path for f in found) == [X, "content/articles/y.md"]


def test_a_link_that_leads_nowhere_any_more_has_to_be_looked_for(root: Path) -> None:
    (root / "aside.md").touch()
    (root / "content/articles/y.md").symlink_to(root / "aside.md")
    sources = find_sources(root)
    (root / "aside.md").unlink()
    assert only_edited([str(root / "aside.md")], root, sources) is None


def test_touched_paths_are_taken_once() -> None:
    touched = Touched()
    touched.add(["a"])
    assert touched.take() is None  # nobody knows what was before
    touched.add(["a"])
    touched.add(["b", "a"])
    assert touched.take() == {"a", "b"}
    assert touched.take() == frozenset()
    touched.add(None)
    touched.add(["a"])
    assert touched.take() is None


def test_what_was_seen_is_read_again() -> None:
    seen = {"a": Seen("1 2 3 4 5", "digest"), "حمص\nx": Seen("", "unreadable: gone")}
    assert from_text(as_text(seen)) == seen
    assert from_text(as_text({})) == {}
