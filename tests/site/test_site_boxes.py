"""Where context boxes stand, and which phrase each explains."""

from __future__ import annotations

import pytest

from explainer.site import SiteArticle
from tests.site.helpers import only_article, problems, words, write_article, write_entries
from tests.sites import SITE_YAML, Site


@pytest.fixture
def cities(site: Site) -> Site:
    """Three entries that ask for no box, and three that do."""
    write_entries(site, "Homs", "Hama", "Rastan")
    return write_entries(site, "Damascus", "Aleppo", "Daraa", "Latakia", front="context: true\n")


def boxes(site: Site) -> list[str]:
    """Each box as `id after “the end of its paragraph” ← phrase`."""
    article = only_article(site)
    return [f"{b.id} {_before(article, b.block)} ← {_phrase(article, b.phrase)}" for b in article.boxes]


def _before(article: SiteArticle, block: int) -> str:
    """The last words before the box."""
    passages = [p for p in article.annotation.passages if p.block < block]
    return " ".join(passages[-1].text.split()[-2:]) if passages else ""


def _phrase(article: SiteArticle, number: int | None) -> str:
    if number is None:
        return "nothing"
    decision = article.annotation.decisions[number]
    first = sum(d.text == decision.text for d in article.annotation.decisions[: number + 1])
    return f"{decision.text} {first}"


def test_directive_stands_where_it_is_and_explains_the_nearest_link_before(cities: Site) -> None:
    write_article(
        cities, "Homs one.\n\nHoms two.\n\n## Next\n\nHoms three. Homs four.\n\n::: context homs\n:::\n\nHoms end."
    )
    assert boxes(cities) == ["box-homs Homs four. ← Homs 3"]


def test_directive_before_the_first_mention(cities: Site) -> None:
    write_article(cities, "Text here.\n\n::: context homs\n:::\n\nHoms one. Homs two.")
    assert boxes(cities) == ["box-homs Text here. ← Homs 1"]


def test_directive_without_a_mention(cities: Site) -> None:
    write_article(cities, "Text here.\n\n::: context homs\n:::\n")
    assert boxes(cities) == ["box-homs Text here. ← nothing"]
    assert "box-links" in cities.page("articles/x/")
    assert 'class="back"' not in cities.page("articles/x/")


def test_a_mention_in_a_heading_or_a_link_or_the_box_is_no_phrase(cities: Site) -> None:
    write_article(cities, "## Homs\n\n[Homs](https://example.org/) is far.\n\n::: context homs\nHoms it is.\n:::\n")
    assert boxes(cities) == ["box-homs is far. ← nothing"]


def test_front_matter_puts_the_box_after_the_first_linked_mention(cities: Site) -> None:
    write_article(cities, "First text.\n\nThen Homs one.\n\nHoms two.", front="context: [homs]\n")
    assert boxes(cities) == ["box-homs Homs one. ← Homs 1"]


def test_front_matter_without_a_mention_puts_it_after_the_first_paragraph(cities: Site) -> None:
    write_article(cities, "## Heading\n\nFirst text.\n\nSecond text.", front="context: [homs]\n")
    assert boxes(cities) == ["box-homs First text. ← nothing"]


def test_a_mention_in_a_footnote_does_not_move_the_box_there(cities: Site) -> None:
    write_article(cities, "First text.[^1]\n\nSecond text.\n\n[^1]: Homs one.", front="context: [homs]\n")
    assert boxes(cities) == ["box-homs First text.\ufffc ← nothing"]


@pytest.mark.parametrize(
    "block",
    [
        "- Point Homs one.\n- Last point.",
        "> Quoted Homs one.\n>\n> Last point.",
        "| a |\n|---|\n| Homs |\n| Last point. |",
    ],
)
def test_a_box_stands_behind_the_whole_list_quotation_or_table(cities: Site, block: str) -> None:
    write_article(cities, f"First text.\n\n{block}\n\nAfter it.", front="context: [homs]\n")
    assert boxes(cities) == ["box-homs Last point. ← Homs 1"]


def test_entries_ask_for_a_box_at_their_first_link(cities: Site) -> None:
    write_article(cities, "Homs and Damascus one.\n\nDamascus two.")
    assert boxes(cities) == ["box-damascus Damascus one. ← Damascus 1"]


def test_automatic_boxes_keep_250_words_apart(cities: Site) -> None:
    write_article(cities, f"Damascus one.\n\n{words(247)}\n\nAleppo two.\n\nDaraa three.")
    assert [b.split()[0] for b in boxes(cities)] == ["box-damascus", "box-daraa"]
    write_article(cities, f"Damascus one.\n\n{words(248)}\n\nAleppo two.\n\nDaraa three.")
    assert [b.split()[0] for b in boxes(cities)] == ["box-damascus", "box-aleppo"]


def test_automatic_boxes_keep_apart_from_those_that_authors_place(cities: Site) -> None:
    write_article(cities, f"Damascus one.\n\n{words(100)}\n\n::: context homs\n:::\n\n{words(260)}\n\nAleppo two.")
    assert [b.split()[0] for b in boxes(cities)] == ["box-homs", "box-aleppo"]


def test_what_authors_place_may_be_as_close_as_they_like(cities: Site) -> None:
    write_article(cities, "Text here.\n\n::: context homs\n:::\n\n::: context hama\n:::\n", front="context: [rastan]\n")
    assert [b.split()[0] for b in boxes(cities)] == ["box-rastan", "box-homs", "box-hama"]


def test_there_are_at_most_so_many_automatic_boxes(cities: Site) -> None:
    gap = f"\n\n{words(260)}\n\n"
    write_article(cities, f"Damascus one.{gap}Aleppo two.{gap}Daraa three.{gap}Latakia four.")
    assert len(boxes(cities)) == 3
    cities.write(f"-- site.yaml --\n{SITE_YAML}context: {{max_per_article: 1}}\n")
    assert [b.split()[0] for b in boxes(cities)] == ["box-damascus"]
    cities.write(f"-- site.yaml --\n{SITE_YAML}context: {{max_per_article: 0}}\n")
    write_article(cities, "Damascus one.\n\n::: context homs\n:::\n")
    assert [b.split()[0] for b in boxes(cities)] == ["box-homs"]


def test_no_automatic_box_in_quotations_or_footnotes(cities: Site) -> None:
    write_article(cities, "First text.[^1]\n\n> Damascus one.\n\n[^1]: Aleppo two.")
    assert boxes(cities) == []


def test_manual_boxes(cities: Site) -> None:
    cities.write(f"-- site.yaml --\n{SITE_YAML}context: {{boxes: manual}}\n")
    write_article(cities, "Damascus one.\n\n::: context homs\n:::\n", front="context: [hama]\n")
    assert [b.split()[0] for b in boxes(cities)] == ["box-hama", "box-homs"]


def test_no_boxes(cities: Site) -> None:
    cities.write(f"-- site.yaml --\n{SITE_YAML}context: {{boxes: off}}\n")
    write_article(cities, "Damascus one.\n\n::: context homs\nText inside.\n:::\n", front="context: [hama]\n")
    assert boxes(cities) == []
    assert "context-box" not in cities.page("articles/x/")


def test_two_boxes_of_one_entry_have_two_ids_and_one_phrase(cities: Site) -> None:
    write_article(cities, "Homs one.\n\n::: context homs\n:::\n\nHoms two.\n\n::: context homs\n:::\n")
    assert boxes(cities) == ["box-homs Homs one. ← Homs 1", "box-homs-2 Homs two. ← nothing"]


def test_ids_of_boxes_never_meet(cities: Site) -> None:
    """An entry may be called as the second box of another would be."""
    cities.write("-- content/glossary/homs-2.md --\n---\nname: Second\nkind: place\nsummary: S.\n---\n")
    write_article(cities, "Text.\n\n::: context homs\n:::\n\n::: context homs\n:::\n\n::: context homs-2\n:::\n")
    identifiers = [b.id for b in only_article(cities).boxes]
    assert len(set(identifiers)) == 3


def test_front_matter_adds_no_second_box(cities: Site) -> None:
    write_article(cities, "Damascus one.\n\n::: context damascus\n:::\n", front="context: [damascus]\n")
    assert boxes(cities) == ["box-damascus Damascus one. ← Damascus 1"]


def test_box_in_an_article_without_text(cities: Site) -> None:
    write_article(cities, "", front="context: [homs]\n")
    assert boxes(cities) == []
    assert problems(cities) == []


# ---- too much of them -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "kinds"), [(120, []), (121, ["long-box"])])
def test_a_box_is_no_article(site: Site, count: int, kinds: list[str]) -> None:
    write_entries(site, "Homs")
    write_article(site, f"Homs.\n\n::: context homs\n{words(count)}\n:::\n")
    assert [p.split()[1] for p in problems(site)] == kinds


@pytest.mark.parametrize(
    ("count", "boxes", "kinds"),
    [
        (10, 1, []),
        (10, 2, ["many-boxes"]),
        (260, 2, []),
        (240, 2, ["many-boxes"]),
        (501, 3, []),
        (490, 3, ["many-boxes"]),
    ],
)
def test_one_box_in_250_words(site: Site, count: int, boxes: int, kinds: list[str]) -> None:
    names = ("Homs", "Hama", "Daraa")[:boxes]
    write_entries(site, *names)
    directives = "\n\n".join(f"::: context {name.lower()}\n:::" for name in names[1:])
    write_article(site, f"{words(count)}\n\n{directives}\n", front="context: [homs]\n")
    assert [p.split()[1] for p in problems(site)] == kinds
