"""Every kind of name that a rule can read, and how to tell people of it."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    # inputs
    "file": "the file {key}",
    "templates": "the files of the theme and of templates/",
    "today": "the day of the build",
    "preview": "whether this is a preview",
    "model": "the language model",
    "search": "whether there is search",
    # settings and words
    "setting": "{key} in site.yaml",
    "settings": "site.yaml",
    "word": "the word {key} of the interface",
    "template": "the template {key} with all that it uses",
    "asset": "the address of the asset {key}",
    "shown": "what the site says of itself: {key}",
    "boundaries": "the site's own boundaries",
    # the review
    "verdicts": "the review's verdicts on {key}",
    "review": "content/review.yaml",
    # the glossary
    "entry": "the front matter of an entry: {key}",
    "entries": "which entries there are",
    "forms": "what {key} may be called",
    "form": "who may be called “{key}”",
    "small form": "who may be called “{key}”, written small",
    "faint form": "who may be called “{key}” once introduced",
    "small faint form": "who may be called “{key}” once introduced, written small",
    "namesake": "who has the last name “{key}”",
    "named": "who has the name “{key}”",
    "relates to": "whom {key} is related to",
    "related": "who is related to {key}",
    "about": "the words about {key}",
    "tells apart": "the words that tell {key} from others of its name",
    "profile": "what linking asks about {key}",
    # texts
    "text": "the front matter of {key}",
    "told": "the mentions and boxes of {key}",
    "facts": "what {key} adds to lists",
    "unread": "why {key} cannot be used",
    "body": "the text of {key}",
    "ids": "the ids on the page of {key}",
    "references": "the links in {key}",
    "usage": "what {key} uses of its entries",
    "text at": "whether there is a text at {key}",
    "problem at": "whether {key} can be read",
    "article texts": "which articles there are",
    # the site
    "url": "the address of {key}",
    "status": "whether {key} is a draft or in the future",
    "address": "what is at {key}",
    "addresses": "all addresses",
    "tag url": "whether a topic is at {key}",
    "kind url": "whether entries are listed at {key}",
    "counts": "how many mentions and links each article has",
    "dated": "the dates and titles of all articles",
    "neighbours": "the articles before and after {key}",
    "translations": "{key} in other languages",
    "translated": "which articles are translations of which",
    "front": "which articles open the home page",
    "latest": "which articles are the latest",
    "years": "how many articles each year has",
    "in year": "the articles of {key}",
    "tags": "the topics of all articles",
    "tagged": "the articles on {key}",
    "spread": "which entries each article mentions",
    "appears": "where {key} is mentioned",
    "kinds": "the kinds of all entries",
    "of kind": "the entries of the kind {key}",
    "incoming": "the relations of others to {key}",
    "size": "the width and height of {key}",
    "pictured": "which texts show {key}",
    "picture": "the sizes and formats of {key}",
    "changes": "when each text was changed",
    "by day": "whether the day matters for {key}",
    "corrected": "when each entry was corrected",
    "tally": "how many there are: {key}",
    "fonts": "the fonts of social cards",
    "social": "what the social card of {key} shows",
    "card": "how lists show {key}",
    "article link": "how the pages of entries name {key}",
    "feed text": "how feeds show {key}",
    "entry facts": "what {key} says of itself",
    "aliases": "the other names of {key}",
    "entry item": "how lists show {key}",
    "located": "the places of all entries",
    "place": "where {key} is",
    "places": "where the places of the glossary are",
    "areas": "the countries and provinces of the glossary",
    "known places": "the places in {key}, and how many articles name them",
    "locator": "what the map of {key} shows",
    "view": "what the page shows",
}
"""By kind, what a name of it stands for."""


def told(kind: str, key: str) -> str:
    """A name in words."""
    return KINDS.get(kind, f"{kind} {{key}}").format(key=key)
