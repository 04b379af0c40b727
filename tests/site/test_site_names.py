"""Which of an entry's other names readers see, and where."""

from __future__ import annotations

from explainer.read.schema import AliasMeta, EntryKind, EntryMeta
from explainer.site.names import as_named, foreign_aliases, shown_aliases

OWN, LATIN, ENGLISH = AliasMeta("The Shore"), AliasMeta("Litus", language="la"), AliasMeta("Strand", language="en")
OF_PEOPLE = AliasMeta("Shoreman", demonym=True)
SHORE = EntryMeta(
    name="Shore",
    kind=EntryKind.PLACE,
    aliases=(OWN, LATIN, ENGLISH, OF_PEOPLE),
    hidden_aliases=(AliasMeta("Shoar"),),
    summary="A shore.",
    context=True,
)


def test_what_people_of_a_place_are_called_is_no_name_of_it() -> None:
    assert shown_aliases(SHORE) == (OWN, LATIN, ENGLISH)


def test_other_pages_show_names_in_other_languages_alone() -> None:
    assert foreign_aliases(SHORE, "en") == (LATIN,)
    assert foreign_aliases(SHORE, "la") == (ENGLISH,)


def test_what_other_pages_do_not_show_makes_no_difference_to_them() -> None:
    plain = EntryMeta(name="Shore", kind=EntryKind.PLACE, aliases=(LATIN,), summary="A shore.")
    assert as_named(SHORE, "en") == plain
    assert as_named(plain, "en") is plain
