"""How a mention was recognised, and why it is linked or not: the words of the report, the JSON and the docs."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """What told that a mention names its entry."""

    EXPLICIT = "explicit"
    """The author wrote the link."""
    RESOLVED = "resolve"
    """`resolve` of the article or the site names the entry for this form."""
    NAME = "name"
    ALIAS = "alias"
    HIDDEN_ALIAS = "hidden alias"
    LAST_NAME = "last name"
    """A last name after the full one."""
    FIRST_NAME = "first name"
    """A first name after the full one."""
    SHORT_NAME = "short name"
    """The first part of a longer name: “Louis IX” after “Louis IX of Hesse-Darmstadt”."""
    HEAD_NOUN = "head noun"
    """“the Guard” after “Republican Guard”."""
    ACRONYM = "acronym"
    """“FSA” after “Free Syrian Army”."""
    NONE = "none"

    @property
    def is_short(self) -> bool:
        """Whether the form needs a full one before it (the antecedent rule)."""
        return self in _SHORT


_SHORT = frozenset({Method.FIRST_NAME, Method.LAST_NAME, Method.SHORT_NAME, Method.HEAD_NOUN, Method.ACRONYM})


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
    # not resolved
    AMBIGUOUS = "several entries fit"
    NO_ANTECEDENT = "no full name before it"
    LONGER_NAME = "part of a longer name"
    OVERLAP = "part of a longer mention"
    UNKNOWN_ENTRY = "no such entry"
