"""The sentence that explains each reason: why a mention is a link, why it is none, why no entry was decided."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from explainer.annotate import Reason

EXPLANATIONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AUTHOR: "the author wrote this link",
        Reason.FIRST_IN_SECTION: "it is linked: the entry's first mention since the last heading",
        Reason.FIRST_IN_ARTICLE: "it is linked: the entry's first mention in the article",
        Reason.EVERY_MENTION: "it is linked: the site or the article links every mention",
        Reason.REPEATED_IN_SECTION: "it is not linked: an earlier mention in this section is",
        Reason.REPEATED_IN_ARTICLE: "it is not linked: an earlier mention in this article is",
        Reason.ENTRY_CAP: "it is not linked: the article has as many links to the entry as max_per_entry allows",
        Reason.DENSITY_CAP: "it is not linked: the words around hold as many links as max_per_100_words allows",
        Reason.HEADING: "it is not linked: headings hold no automatic links",
        Reason.INSIDE_LINK: "it is not linked: the author's own link stands around it",
        Reason.QUOTATION: "it is not linked: it stands in a quotation, and “quotations” is off",
        Reason.BOX: "it is not linked: the text of a directive holds no automatic links",
        Reason.OWN_PAGE: "it is not linked: an entry's text does not link to itself",
        Reason.NOLINK: "it is not linked: {.nolink} stands around it",
        Reason.NEVER: "it is not linked: “never” of the article or of the site lists the entry",
        Reason.WEAK: "it is not linked: too little speaks for the likeliest entry",
        Reason.DEMONYM: "it is not linked: the entry does not list this adjective, or the site links none",
        Reason.REJECTED: "no entry is named: a verdict in content/review.yaml says so",
        Reason.AMBIGUOUS: "no entry was decided: several fit, and none stands out",
        Reason.UNLIKELY: "no entry was decided: the words around speak against every entry that has this form",
        Reason.NO_ANTECEDENT: "no entry was decided: it is a short form, and no full name stands before it",
        Reason.LONGER_NAME: "no entry was decided: the words beside it belong to a longer name that no entry has",
        Reason.OVERLAP: "no entry was decided: a longer mention covers it",
        Reason.UNKNOWN_ENTRY: "no entry was decided: the author's link names an id that no entry has",
    }
)


def explain(reason: Reason) -> str:
    return EXPLANATIONS.get(reason, str(reason))
