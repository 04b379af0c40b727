"""How a mention was recognised, and why it is linked or not: the words of the report, the JSON and the docs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Method(StrEnum):
    """What told that a mention names its entry."""

    EXPLICIT = "explicit"
    """The author wrote the link."""
    REVIEWED = "review"
    """A verdict in content/review.yaml names the entry for this very place."""
    RESOLVED = "resolve"
    """`resolve` of the article or the site names the entry for this form."""
    NAME = "name"
    ALIAS = "alias"
    HIDDEN_ALIAS = "hidden alias"
    VARIANT = "variant"
    """Another way to write the whole name: “U.S.”, “J.B. Priestley”, “the Atlantic”."""
    FULLER = "fuller name"
    """A name with more in its middle than the entry has: “Sergei Ivanovich Romanovich”, but a son may be called so."""
    LISTED = "in a list"
    """What a list leaves out is read: “Mustafa” in “Mustafa and Munaf Tlass”."""
    DEMONYM = "demonym"
    """An adjective or a noun for the people of a place that its entry does not list: “Syrian”."""
    LAST_NAME = "last name"
    """A last name after the full one."""
    FIRST_NAME = "first name"
    """A first name after the full one."""
    MIDDLE_NAME = "middle name"
    """“Sánchez” after “Ángel Sánchez Martín”."""
    SHORT_NAME = "short name"
    """The first part of a longer name: “Louis IX” after “Louis IX of Hesse-Darmstadt”."""
    PROPER_PART = "proper part"
    """“Baldwin” after “Baldwin Locomotive Works”."""
    HEAD_NOUN = "head noun"
    """“the Guard” after “Republican Guard”."""
    ACRONYM = "acronym"
    """“FSA” after “Free Syrian Army”."""
    NONE = "none"

    @property
    def is_short(self) -> bool:
        """Whether the form needs a full one before it (the antecedent rule)."""
        return self in _SHORT


_SHORT = frozenset(
    {
        Method.FIRST_NAME,
        Method.LAST_NAME,
        Method.MIDDLE_NAME,
        Method.SHORT_NAME,
        Method.PROPER_PART,
        Method.HEAD_NOUN,
        Method.ACRONYM,
    }
)


class Reason(StrEnum):
    """Why a mention is linked or not."""

    # linked
    AUTHOR = "written by the author"
    FIRST_IN_SECTION = "first in section"
    FIRST_IN_ARTICLE = "first in article"
    EVERY_MENTION = "every mention is linked"
    # resolved, not linked
    REPEATED_IN_SECTION = "already linked in this section"
    REPEATED_IN_ARTICLE = "already linked in this article"
    ENTRY_CAP = "entry linked often enough"
    DENSITY_CAP = "too many links nearby"
    HEADING = "in a heading"
    INSIDE_LINK = "inside a link"
    QUOTATION = "in a quotation"
    BOX = "in a context box"
    OWN_PAGE = "on the entry's own page"
    NOLINK = "marked nolink"
    NEVER = "listed under never"
    WEAK = "little evidence"
    """One entry is likely, not certain: reported, and nowhere on a page."""
    DEMONYM = "demonym"
    """An adjective form that the entry does not list as an alias, or that the site has turned off."""
    # not resolved
    REJECTED = "rejected in review"
    """A verdict in content/review.yaml."""
    AMBIGUOUS = "several entries fit"
    UNLIKELY = "hardly a mention"
    """The words around speak against every entry: a common word, a title in quotation marks, a family."""
    NO_ANTECEDENT = "no full name before it"
    LONGER_NAME = "part of a longer name"
    OVERLAP = "part of a longer mention"
    UNKNOWN_ENTRY = "no such entry"


class Clue(StrEnum):
    """What spoke for a reading of a mention, or against it."""

    TOLD = "told"
    """The author, `resolve` or a verdict says so."""
    FORM = "form"
    """How the entry is written here."""
    INTRODUCED = "introduced"
    """The article named the entry in full."""
    RECENT = "recent"
    """The paragraph, or the one before, named the entry in full."""
    TITLE = "title"
    """The article's title names the entry."""
    OWN_NAME = "own name"
    """It is the entry's very name, not an alias."""
    PLACE_WORDS = "place words"
    """The words around ask for a place."""
    PERSON_WORDS = "person words"
    """The words around ask for a person."""
    SPORT = "sport"
    """A team is meant only where sport is talked about."""
    RELATED = "related entries"
    """Entries related to it are in the article."""
    WORDS = "shared words"
    """The paragraph has words of the entry's summary or text."""
    MODEL = "model"
    """What kind of thing the model sees."""
    LONGER_NAME = "longer name"
    """A word beside it belongs to a name that the glossary does not have."""
    QUOTED = "quoted title"
    """It stands in a title between quotation marks."""
    COMMON_WORD = "common word"
    """The word is a name only now and then."""
    LANGUAGE = "language"
    """The language of that name is meant."""
    THING = "thing"
    """The words around show that no person is meant."""

    @property
    def is_relative(self) -> bool:
        """Whether it only tells entries apart, and says nothing on whether there is a mention at all."""
        return self in _RELATIVE


_RELATIVE = frozenset(
    {
        Clue.INTRODUCED,
        Clue.RECENT,
        Clue.TITLE,
        Clue.OWN_NAME,
        Clue.PLACE_WORDS,
        Clue.PERSON_WORDS,
        Clue.RELATED,
        Clue.WORDS,
        Clue.MODEL,
    }
)


class Evidence(NamedTuple):
    """One thing that spoke for a reading or against it."""

    clue: Clue
    """What kind of thing spoke."""
    weight: float
    """In logits: added up over a reading's evidence, they make its score."""
    words: str
    """What in the text or in the glossary says so, for people."""

    def as_data(self) -> dict[str, str | float]:
        """The evidence as reports and components hand it on."""
        return {"clue": str(self.clue), "weight": self.weight, "words": self.words}
