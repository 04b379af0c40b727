"""Raw HTML from authors who are not trusted, made harmless."""

from __future__ import annotations

import re

import nh3

_OWN_TAGS = frozenset({"section", "figure", "figcaption", "details", "summary", "mark", "img"})
_EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "role", "aria-label", "aria-details", "tabindex"})
HELD = "\ue010"
"""Marks the places of what comes back when the rest has been sanitised."""

_FOOTNOTE_ID = re.compile(r"fn(ref)?-\d+(-\d+)?")
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "data-entry", "data-kind"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "time": {"datetime"},
    "q": {"cite"},
    "details": {"open"},
}


def sanitise(markup: str, *, ids: frozenset[str]) -> str:
    """The markup with only known elements, attributes and schemes, every element closed.

    Script, styles, forms, frames and images from elsewhere are gone, and every id that is not among `ids`: another
    could stand in for an element of the page.
    """

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if HELD in value:  # what has tags of its own may not come back inside another
            return None
        if attribute == "id" and value not in ids and not _FOOTNOTE_ID.fullmatch(value):
            return None
        elsewhere = tag == "img" and attribute == "src" and (":" in value.split("/", 1)[0] or value.startswith("//"))
        return None if elsewhere else value

    return nh3.clean(
        markup,
        tags=set(nh3.ALLOWED_TAGS) | _OWN_TAGS,
        attributes={tag: set(_ATTRIBUTES.get(tag, ())) | _EVERYWHERE for tag in (*nh3.ALLOWED_TAGS, *_OWN_TAGS)},
        attribute_filter=keep,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
