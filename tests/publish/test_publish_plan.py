"""Plans on file systems that this machine may not have."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from explainer.diagnostics import Diagnostic
from explainer.publish.guard import check_contents, check_names
from explainer.publish.paths import exact, fold_of, folded, place_of
from explainer.publish.plan import Plan, make_plan
from explainer.publish.record import Entry, Record
from explainer.publish.scan import Found

if TYPE_CHECKING:
    from pathlib import Path

    from publish_helpers import Site

ONE = Entry("1" * 64, 1)


def plan(wanted: list[str], there: list[str], *, listed: tuple[str, ...] = (), folders: tuple[str, ...] = ()) -> Plan:
    record = Record(dict.fromkeys(listed or there, ONE), frozenset(), has_manifest=True)
    found = Found(dict.fromkeys(there, 1), frozenset(folders), frozenset(), frozenset())
    return make_plan(dict.fromkeys(wanted, ONE), record, found, fold=folded)


def test_another_case_is_written_after_the_old_spelling_has_gone() -> None:
    result = plan(["a.html", "b.html"], ["A.html", "b.html"])
    assert (result.in_the_way, result.added_after, result.deleted) == (("A.html",), ("a.html",), ())
    assert result.unchanged == 1


def test_a_folder_in_another_case_is_made_anew() -> None:
    result = plan(["news/x.html"], ["News/x.html"], folders=("News",))
    assert (result.in_the_way, result.cleared, result.added_after) == (("News/x.html",), ("News",), ("news/x.html",))


def test_a_decomposed_name_is_the_same_name() -> None:
    result = plan(["ä.html"], [unicodedata.normalize("NFD", "ä.html")], listed=("ä.html",))
    assert (result.unchanged, result.touched) == (1, ())


def test_sharp_s_is_not_two() -> None:
    assert plan(["strasse.html"], ["straße.html"]).deleted == ("straße.html",)


def test_the_lists_show_whether_the_file_system_tells_cases_apart(tmp_path: Path) -> None:
    assert fold_of(tmp_path) is exact
    (tmp_path / ".explainer-manifest.json").touch()
    assert fold_of(tmp_path) is exact
    (tmp_path / ".EXPLAINER-MANIFEST.JSON").touch()  # where cases are one, it is there at once
    assert fold_of(tmp_path) is folded


@pytest.mark.parametrize(("one", "other"), [("A.html", "a.html"), ("é", unicodedata.normalize("NFD", "é"))])
def test_two_spellings_of_one_file(site: Site, one: str, other: str) -> None:
    place = place_of(site.output, site.root, ())
    problem = check_names([one, other], place, fold=folded)
    assert isinstance(problem, Diagnostic)
    assert "spelling" in problem.message
    assert check_names([one, other], place, fold=exact) is None


def test_our_file_in_another_case_is_not_foreign(site: Site) -> None:
    record = Record({"a.html": ONE}, frozenset(), has_manifest=True)
    found = Found({"A.html": 1}, frozenset(), frozenset(), frozenset())
    place = place_of(site.output, site.root, ())
    assert check_contents({}, record, found, place, fold=folded) is None
    assert check_contents({}, record, found, place, fold=exact) is not None


def test_assets_come_before_pages_and_pages_before_feeds() -> None:
    result = plan(["b/index.html", "feed.xml", "a/index.html", "z.css"], [])
    assert result.added == ("z.css", "a/index.html", "b/index.html", "feed.xml")
