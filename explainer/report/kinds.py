"""What kind of thing a name without an entry is likely to be: a guess, for an editor to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explainer.annotate.folding import fold
from explainer.annotate.languages import Language
from explainer.annotate.witness import KINDS
from explainer.read.schema import EntryKind
from explainer.report.names import Vocabulary

_EVENTS = frozenset("battle siege treaty massacre war accord agreement election elections olympics".split())
_ANY_NAME = frozenset({"of", "from", "to", "of the", "from the", "to the"})
"""Words that stand before places, and before people as well."""

_REACH = 40


def kind_of_words(name: str, language: Language) -> EntryKind | None:
    """The kind that a name's own words tell: the first of an event's, the noun of a body's or of a place's."""
    words = name.split()
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if {words[0].lower(), head.lower()} & _EVENTS:
        return EntryKind.EVENT
    if len(words) > 1 and (head.lower() in language.institutions or head in language.generic):
        return EntryKind.ORGANISATION
    if len(words) > 1 and {words[0], head} & (language.places | language.waters):
        return EntryKind.PLACE
    return None


def looks_like_person(name: str, words: Vocabulary, language: Language) -> bool:
    """Whether a name has two to four words, none of which is anything but a name."""
    parts = name.split()
    if not 1 < len(parts) <= 4 or kind_of_words(name, language) is not None:
        return False
    return all(part.lower() in language.particles or not words.small[fold(part)] for part in parts)


def is_placed(text: str, begin: int, language: Language) -> bool:
    """Whether the words before ask for a place, and only for one: “in Idlib”."""
    found = language.locative.search(text, max(0, begin - _REACH), begin)
    return found is not None and found.group().strip().lower() not in _ANY_NAME


def kind_of_labels(labels: Sequence[str]) -> EntryKind | None:
    """The kind that a model saw most often."""
    kinds = Counter(KINDS[label] for label in labels if label in KINDS)
    return min(kinds, key=lambda kind: (-kinds[kind], kind), default=None)
