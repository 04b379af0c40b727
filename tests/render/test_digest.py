"""Fingerprints of views."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from msgspec.structs import replace

from explainer.render.digest import digest_of
from explainer.render.views import ArticleLink, EntryItem, EntryLink, Kin, Link


def link(**changes: object) -> ArticleLink:
    return replace(ArticleLink("Title", "/a/", dt.date(2012, 7, 6), "en", "ltr"), **changes)


def test_equal_views_have_one_fingerprint_whichever_objects_they_are_made_of():
    one, other = "Title ".strip(), "Title  ".strip()  # neither is interned, as literals are
    assert digest_of(link(title=one, language=other)) == digest_of(link(title="Title", language="Title"))
    assert digest_of((one, one)) == digest_of((one, other))


VIEWS = [
    link(),
    link(title="Titl", url="e/a/"),
    link(title=""),
    link(title=None),
    link(date=dt.date(2012, 7, 7)),
    link(date=dt.datetime(2012, 7, 6, tzinfo=dt.UTC)),
    link(title="\ud800"),
    (link(),),
    (link(), link()),
    ((link(),), link()),
    EntryLink("a", "b", "/d/"),
    EntryItem("a", "b", "/d/", "c", ""),
    Link("1", "/"),
    Link("1", "/", current=True),
    Link(1, "/"),
    Link(1.0, "/"),
    Link(True, "/"),
    Kin("parent", ("/a/", "/b/")),
    Kin("parent", ("/a/b/",)),
    Kin("parent", ()),
]


def test_views_that_show_something_else_have_another():
    assert len({digest_of(view) for view in VIEWS}) == len(VIEWS)


def test_processes_agree():
    program = (
        "import datetime as dt; from explainer.render.digest import digest_of; "
        "from explainer.render.views import ArticleLink; "
        "print(digest_of(ArticleLink('Title', '/a/', dt.date(2012, 7, 6), 'en', 'ltr')))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == digest_of(link())


def test_what_no_view_holds_is_refused():
    with pytest.raises(TypeError, match="list is nothing that a view holds"):
        digest_of(Link(["x"], "/"))
