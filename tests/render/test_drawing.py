"""Relations as a drawing."""

from __future__ import annotations

import json
import re

import pytest

from explainer.render.drawing import draw_relations, text_width, wrapped
from explainer.render.generations import once_each
from explainer.render.views import EntryLink, PictureNode, Relation, RelationsPicture
from explainer.site.kinship import Tie, tie_of
from explainer.types import Url
from tests.sites import Site


def entry(name: str) -> EntryLink:
    return EntryLink(name.lower().replace(" ", "-"), name, Url(f"/glossary/{name.lower()}/"))


def kind_of(identifier: str) -> str:
    return "organisation" if identifier.startswith("the-") else "person"


def relations(*written: str) -> tuple[Relation, ...]:
    """`Ada|mother of|Ben`; a name that begins with “The” is an organisation's."""
    out = []
    for line in written:
        one, words, other = line.split("|")
        ends = [entry(one), entry(other)]
        tie = tie_of(words) if all(kind_of(end.id) == "person" for end in ends) else Tie.OTHER
        out.append(Relation(ends[0], words, ends[1], "", "", tie))
    return tuple(out)


FAMILY = relations(
    "Mustafa|father of|Munaf", "Mustafa|father of|Firas", "Munaf|brother of|Firas", "Munaf|son of|Mustafa",
    "Nahed|daughter of|Mustafa", "Nahed|widow of|Akram", "Munaf|served in|The Guard", "Hafez|friend of|Mustafa",
    "Mustafa|friend of|Hafez", "Hafez|father of|Bashar", "Bashar|served in|The Guard",
)  # fmt: skip


def drawn(some: tuple[Relation, ...], **options: object) -> RelationsPicture:
    picture = draw_relations(some, kind_of, **options)  # type: ignore[arg-type]
    assert picture is not None
    return picture


def rows(picture: RelationsPicture) -> list[set[str]]:
    tops = sorted({n.y for n in picture.nodes})
    return [{" ".join(t.text for t in n.lines) for n in picture.nodes if n.y == y} for y in tops]


@pytest.mark.parametrize(
    ("words", "tie"),
    [
        ("son of", Tie.CHILD),
        ("elder brother of", Tie.SIBLING),
        ("half-sister of", Tie.SIBLING),
        ("son-in-law of", Tie.OTHER),
        ("grandson of", Tie.OTHER),
        ("Married to", Tie.SPOUSE),
        ("fille de", Tie.CHILD),
        ("père de", Tie.PARENT),
        ("شقيق", Tie.SIBLING),
        ("والد", Tie.PARENT),
        ("served in", Tie.OTHER),
    ],
)
def test_words_of_a_family(words: str, tie: Tie) -> None:
    assert tie_of(words) is tie


def test_what_was_said_from_the_other_side_is_said_once() -> None:
    said = [f"{r.subject.name} {r.type} {r.object.name}" for r in once_each(FAMILY)]
    assert "Munaf son of Mustafa" not in said
    assert "Mustafa friend of Hafez" not in said
    assert len(said) == len(FAMILY) - 2
    both = relations(
        "Ada|head of|The Guard", "Ada|founder of|The Guard", "The Firm|parent of|The Shop", "The Shop|son of|The Firm"
    )
    assert once_each(both) == both


def test_generations_in_rows_and_the_rest_below() -> None:
    picture = drawn(FAMILY)
    assert rows(picture) == [{"Mustafa", "Hafez"}, {"Munaf", "Firas", "Nahed", "Akram", "Bashar"}, {"The Guard"}]
    assert [p.sort for p in picture.paths].count("parent") == 4
    assert [p.sort for p in picture.paths].count("spouse") == 1
    assert "sibling" not in {p.sort for p in picture.paths}  # their father says it


def test_siblings_without_parents_and_couples_are_drawn() -> None:
    picture = drawn(relations("Ada|sister of|Ben", "Ada|wife of|Carl", "Ben|friend of|Carl"))
    assert {p.sort for p in picture.paths} == {"sibling", "spouse", "other"}
    assert len(rows(picture)) == 1


def test_without_a_family_the_one_with_most_ties_stands_above() -> None:
    picture = drawn(relations("Ada|works at|The Firm", "Ben|works at|The Firm", "Carl|friend of|Ben"), main="ben")
    assert rows(picture) == [{"The Firm"}, {"Ada", "Ben"}, {"Carl"}]
    assert [n.sort for n in picture.nodes] == ["person", "organisation", "main", "person"]


def apart(one: PictureNode, other: PictureNode) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_overlaps_and_nothing_is_cut_off(mirrored: bool) -> None:  # noqa: FBT001
    names = ("Ada", "Bartholomew Featherstonehaugh-Cholmondeley", "A Person With Quite A Long Name", "MMMM WWWW", "D")
    picture = drawn(
        relations(*(f"{a}|knows|{b}" for a in names for b in names if a < b), *("Ada|aunt of|The X",)),
        mirrored=mirrored,
    )
    for number, one in enumerate(picture.nodes):
        assert one.x >= 0
        assert one.x + one.width <= picture.width
        assert one.y + one.height <= picture.height
        assert all(text_width(t.text) <= one.width for t in one.lines)
        assert all(one.y < t.y < one.y + one.height for t in one.lines)
        assert all(apart(one, other) for other in picture.nodes[number + 1 :])
    for label in picture.labels:
        half = text_width(label.text) * 0.85 / 2
        assert label.x - half >= 0
        assert label.x + half <= picture.width


def test_a_mirrored_drawing_has_the_same_rows_from_the_other_side() -> None:
    one, other = drawn(FAMILY), drawn(FAMILY, mirrored=True)
    assert [n.x + n.width for n in one.nodes] == pytest.approx([one.width - n.x for n in other.nodes], abs=1)
    assert one.paths == other.paths  # the template mirrors them


@pytest.mark.parametrize(
    "some",
    [
        (),
        relations("Ada|mother of|Ben"),
        relations(*(f"P{n}|knows|Q{n}" for n in range(9))),
        relations(*(f"Ada|mother of|Child{n}" for n in range(7))),
    ],
)
def test_too_few_and_too_many(some: tuple[Relation, ...]) -> None:
    assert draw_relations(some, kind_of) is None


def test_who_is_related_to_itself_or_in_a_circle_stops_nothing() -> None:
    assert draw_relations(relations("Ada|friend of|Ada"), kind_of) is None
    circle = relations("Ada|mother of|Ben", "Ben|father of|Carl", "Carl|father of|Ada")
    assert len(drawn(circle).nodes) == 3


def test_names_are_wrapped_at_spaces() -> None:
    assert wrapped("Syrian Observatory for Human Rights") == ("Syrian", "Observatory for", "Human Rights")
    assert wrapped("Munaf Tlass") == ("Munaf Tlass",)
    assert wrapped("") == ("",)


FAMILY_FILES = (
    "-- content/glossary/ada.md --\n---\nname: Ada\nkind: person\nsummary: S.\nrelations:\n"
    "- {type: mother of, entry: ben}\n- {type: wife of, entry: carl}\n- {type: daughter of, entry: dora}\n"
    "- {type: parent of, entry: firm}\n---\n"
    "-- content/glossary/ben.md --\n---\nname: Ben\nkind: person\nsummary: S.\n---\n"
    "-- content/glossary/carl.md --\n---\nname: Carl\nkind: person\nsummary: S.\n---\n"
    "-- content/glossary/dora.md --\n---\nname: Dora\nkind: person\nsummary: S.\n---\n"
    "-- content/glossary/firm.md --\n---\nname: Firm\nkind: organisation\nsummary: S.\n---\n"
)


def test_families_for_machines_and_drawings_for_people(site: Site) -> None:
    def family(name: str) -> dict[str, list[str]]:
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.page(f"glossary/{name}/"))
        known = json.loads(data)
        return {
            tie: [other["@id"].split("/")[-2] for other in known[tie]]
            for tie in ("parent", "children", "spouse", "sibling")
            if tie in known
        }

    site.write(FAMILY_FILES)
    assert family("ada") == {"parent": ["dora"], "children": ["ben"], "spouse": ["carl"]}
    assert family("ben") == {"parent": ["ada"]}
    assert family("dora") == {"children": ["ada"]}
    assert family("firm") == {}
    page = site.page("glossary/ada/")
    assert page.count('<svg class="picture') == 1
    assert page.index('<ul class="relations">') < page.index('<svg class="picture')
    assert '<svg class="picture' not in site.page("glossary/ben/")
