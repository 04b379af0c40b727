"""Which links a change concerns, whatever it shifts."""

from __future__ import annotations

import pytest

from explainer.report.diff import LinkChange, Side, diff_links
from tests.sites import Site, article, entry

X = "content/articles/x.md"
GLOSSARY = (
    f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
    f"-- content/glossary/hama.md --\n{entry('Hama', 'place')}\n"
)
BODY = "Homs lies on the Orontes.\n\n## North\n\nBeyond Homs lies Hama.\n\n## South\n\nNothing.\n"


@pytest.fixture
def full(site: Site) -> Site:
    return site.write(f"{GLOSSARY}-- {X} --\n{article(BODY)}")


def sides(site: Site) -> dict[str, Side]:
    annotations = site.annotations().by_path
    return {a.path: Side(a.text, annotations[a.path]) for a in site.content().articles}


def changed(site: Site, archive: str, *removed: str) -> tuple[LinkChange, ...]:
    """The changes that writing and removing some files makes."""
    before = sides(site)
    site.write(archive)
    for path in removed:
        (site.root / path).unlink()
    return diff_links(before, sides(site))


def told(changes: tuple[LinkChange, ...]) -> list[str]:
    return [
        f"{c.change} {c.line}{' before' if c.is_gone else ''} {c.text} {c.before} {c.after}: {c.reason}"
        for c in changes
    ]


def body(text: str, path: str = X) -> str:
    return f"-- {path} --\n{article(text)}"


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        pytest.param(BODY, [], id="nothing"),
        pytest.param(f"A new beginning.\n\n{BODY}", [], id="a passage before"),
        pytest.param(BODY.replace("Beyond", "Far beyond"), [], id="other words in the passage"),
        pytest.param(BODY.replace("Beyond Homs", "North of Homs"), [], id="other words beside it"),
        pytest.param(
            "## North\n\nBeyond Homs lies Hama.\n\n## First\n\nHoms lies on the Orontes.\n\n## South\n\nNothing.\n",
            [],
            id="passages change places",
        ),
        pytest.param(
            BODY.replace("Nothing.", "Homs."),
            ["added 15 Homs None homs: first in section"],
            id="a mention more",
        ),
        pytest.param(
            BODY.replace("Homs lies on", "It lies on"),
            ["removed 7 before Homs homs None: no longer in the text"],
            id="a mention less",
        ),
        pytest.param(
            BODY.replace("Beyond Homs", "Beyond [Homs]{.nolink}"),
            ["removed 11 Homs homs None: marked nolink"],
            id="the author forbids it",
        ),
        pytest.param(
            BODY.replace("Beyond Homs", "Beyond [Homs](entry:hama)").replace("Hama.", "Rastan."),
            [
                "moved 11 Homs homs hama: written by the author",
                "removed 11 before Hama hama None: no longer in the text",
            ],
            id="the author means another entry",
        ),
        pytest.param(
            BODY.replace("## North\n\n", ""),
            ["removed 9 Homs homs None: already linked in this section"],
            id="a heading less",
        ),
    ],
)
def test_edits_of_an_article(full: Site, edited: str, expected: list[str]) -> None:
    assert told(changed(full, body(edited))) == expected


def test_another_owner_of_the_name(full: Site) -> None:
    archive = f"-- content/glossary/homs-governorate.md --\n{entry('Homs', 'place')}"
    assert told(changed(full, archive)) == [
        "removed 7 Homs homs None: several entries fit",
        "removed 11 Homs homs None: several entries fit",
    ]


def test_an_entry_more_and_one_less(full: Site) -> None:
    archive = f"-- content/glossary/orontes.md --\n{entry('Orontes', 'place')}"
    assert told(changed(full, archive, "content/glossary/hama.md")) == [
        "added 7 Orontes None orontes: first in section",
        "removed 11 Hama hama None: no longer a mention of an entry",
    ]


def test_an_id_that_changed(full: Site) -> None:
    archive = f"-- content/glossary/hamah.md --\n{entry('Hama', 'place')}"
    (change,) = changed(full, archive, "content/glossary/hama.md")
    assert (change.change, change.before, change.after) == ("moved", "hama", "hamah")


def test_articles_that_come_and_go(full: Site) -> None:
    changes = changed(full, body("In Hama.", "content/articles/y.md"), X)
    assert told(changes) == [
        "removed 7 before Homs homs None: the article is not there any more",
        "removed 11 before Homs homs None: the article is not there any more",
        "removed 11 before Hama hama None: the article is not there any more",
        "added 7 Hama None hama: first in section",
    ]


def test_an_article_under_another_name(full: Site) -> None:
    assert changed(full, body(BODY, "content/articles/a.md"), X) == ()


def test_of_equal_mentions_the_one_with_the_same_neighbours(full: Site) -> None:
    full.write(body("Far west of [Homs](entry:hama) it is dry."))
    (change,) = changed(full, body("In Homs, but far west of [Homs](entry:hama) it is dry."))
    assert (change.change, change.column, change.after) == ("added", 4, "homs")
