"""Pages that somebody looks at are made before all others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.incremental.again import First, build_again
from tests.incremental.bench import Bench, open_bench
from tests.incremental.edits import Edit, apply
from tests.incremental.test_incremental_examples import make_edit

FIRE, ROTH = "articles/a-fire/index.html", "glossary/ada-roth/index.html"
ALIAS = "content/glossary/ada-roth.md\n-aliases: [\n+aliases: [Keeper Quill, \n"
"""It stands in two texts."""
OTHER = "content/articles/b-inquiry.md"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path / "site") as bench:
        for name, before in (("a-fire", "The Guard came late"), ("b-inquiry", "Roth had served")):
            make_edit(bench.workshop, f"content/articles/{name}.md\n-{before}\n+Keeper Quill knows. {before}\n")
        bench.check()
        bench.open_at = ("/articles/a-fire/",)
        yield bench


def order_of(bench: Bench) -> list[str]:
    """What a build makes, in order; pages that are shown early as `show …`."""
    made = list[str]()
    site = bench.workshop
    first = First(bench.open_at, lambda pages: made.extend(f"show {path}" for path in pages))
    build_again(site.root, store=bench.store, now=site.now, step=made.append, first=first)
    return made


def test_an_open_page_is_shown_before_other_texts_are_linked(bench: Bench) -> None:
    make_edit(bench.workshop, ALIAS)
    made = order_of(bench)
    assert made.index("content/articles/a-fire.md") < made.index(f"show {FIRE}")
    assert made.index(f"show {FIRE}") < made.index("content/articles/b-inquiry.md")
    assert not bench.differences()


def test_an_open_page_of_an_entry_is_shown_before_texts_are_linked(bench: Bench) -> None:
    bench.open_at = ("/glossary/ada-roth/",)
    make_edit(bench.workshop, ALIAS)
    made = order_of(bench)
    assert made.index(f"show {ROTH}") < made.index("content/articles/a-fire.md")
    assert not bench.differences()


def test_what_is_shown_early_is_the_page_where_nothing_else_concerns_it(bench: Bench) -> None:
    make_edit(bench.workshop, "content/articles/a-fire.md\n-came late\n+came far too late\n")
    outcome = bench.check()
    assert bench.early == {FIRE: outcome.files[FIRE]}
    assert b"far too late" in bench.early[FIRE]
    assert outcome.rendered.count(FIRE) == 1


def test_a_page_is_made_again_where_others_concern_it(bench: Bench) -> None:
    """The entry's own page lists the articles that name it: early as they were."""
    bench.open_at = ("/glossary/tide-law/",)
    make_edit(
        bench.workshop, "content/glossary/tide-law.md\n-kind: concept\n+kind: concept\n+aliases: [Nothing here]\n"
    )
    outcome = bench.check()
    path = "glossary/tide-law/index.html"
    assert b"Nothing here" in bench.early[path]
    assert b"Where it was" not in bench.early[path]
    assert b"Where it was" in bytes(outcome.files[path])


@pytest.mark.parametrize(
    "edit",
    [
        "content/articles/a-fire.md\n-came late\n+[came](entry:nobody) late\n",
        "content/articles/a-fire.md\n-date: 2024-01-10\n+date: someday\n",
        "content/articles/a-fire.md\n-tags: [fire, harbour]\n+tags: [fire, harbour]\n+slug: elsewhere\n",
        "templates/base.html\n-<p>{{ page }}</p>\n+<p>{{ page }</p>\n",
    ],
    ids=["unknown entry", "no date", "moved", "broken template"],
)
def test_a_page_that_cannot_be_shown_is_not(bench: Bench, edit: str) -> None:
    make_edit(bench.workshop, edit)
    bench.check()
    assert bench.early == {} or "elsewhere" in edit


@pytest.mark.parametrize(
    "edit",
    [
        "content/glossary/mercury-ship.md\n-name: Mercury\n+nome: Mercury\n",
        "content/glossary/lund.md\n-location: {lat: 55.7, lon: 13.2}\n+sort: lund\n",
        "content/articles/a-fire.md\n-date: 2024-01-10\n+date: someday\n",
        "content/articles/c-family.md\n-title: The Roth family\n+title: The Roths\n",
        "content/articles/c-family.md\n-title: The Roth family\n+titel: The Roth family\n",
        "content/pages/about.md\n-title: About\n+titel: About\n",
    ],
    ids=["entry", "place", "article", "title", "no title", "page"],
)
def test_what_goes_and_comes_again(bench: Bench, edit: str) -> None:
    bench.preview = True
    bench.begin_from_nothing()
    bench.check()
    bench.open_at = (
        *("/articles/a-fire/", "/articles/c-family/", "/about/"),
        *("/glossary/lund/", "/glossary/ada-roth/", "/glossary/mercury-ship/"),
    )
    path, gone, come = edit.splitlines()
    for old, new in ((gone[1:], come[1:]), (come[1:], gone[1:])):
        for name, one, other in ((path, old, new), (OTHER, "", "\nMore of Lund.\n")):
            text = bench.workshop.bytes_of(name).decode()
            assert one in text
            bench.workshop.write(name, text.replace(one, other) if one else text + other)
        bench.check()


@pytest.mark.parametrize("path", ["content/articles/a-fire.md", "content/glossary/ada-roth.md"])
def test_an_open_page_whose_text_goes(bench: Bench, path: str) -> None:
    bench.open_at = ("/articles/a-fire/", "/articles/c-family/", "/glossary/ada-roth/", "/nowhere/", "/media/dot.svg")
    text = bench.workshop.bytes_of(path)
    (bench.workshop.root / path).unlink()
    bench.check()
    bench.workshop.write(path, text)
    bench.check()


def test_open_pages_whose_texts_cannot_be_read_for_a_while(tmp_path: Path) -> None:
    with open_bench(tmp_path / "site", on_disk=True) as bench:
        bench.open_at, bench.preview = ("/articles/c-family/", "/articles/a-fire/"), True
        bench.begin_from_nothing()
        for mistake in (0, 12, 24):
            for edit in (Edit("spoil_text", 0, mistake), Edit("spoil_text", 2, mistake), Edit("mend")):
                apply(bench.workshop, [edit])
                bench.check()
