"""The shape of a language's tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

_NEVER = re.compile(r"(?!)")


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


def rows(text: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table that is written as text, `Costa_Rica Costa_Rican; Cuba Cuban`, by their first cell."""
    cells = ([cell.replace("_", " ") for cell in row.split()] for row in text.split(";"))
    return {first: tuple(others) for first, *others in cells}


class Language(Struct, frozen=True, eq=False):
    """The words of a language that names stand among. Everything is empty for a language without tables."""

    code: str
    """ISO 639, without a region: `en`."""
    has_tables: bool = False
    """False where only exact forms, and people's last and first names, are known."""
    # ---- how names are written
    particles: frozenset[str] = frozenset()
    """Small words inside a last name that do not begin it: de, van, al."""
    suffixes: re.Pattern[str] = _NEVER
    """What stands behind a last name: Jr., MD."""
    articles: tuple[str, ...] = ()
    """What a name may begin with or leave out, each with what joins it: `the `, `al-`."""
    elided: tuple[str, ...] = ()
    """Letters that join the next word by an apostrophe: French d', l'."""
    clitics: tuple[str, ...] = ()
    """Letters written together with the next word, at most two; the whole word is then the link's text."""
    joined_article: str = ""
    """An article written together with its noun: Arabic ال."""
    fused: tuple[tuple[str, str], ...] = ()
    """What a clitic and an article become together, by the article: Arabic لل for ل and ال."""
    contractions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What an article at a name's beginning becomes behind a preposition: “Le Caire”, but “au Caire”."""
    bound_before: frozenset[str] = frozenset()
    """Words that make one name with the next: Arabic عبد."""
    bound_behind: frozenset[str] = frozenset()
    """Words that make one name with the one before: Arabic الدين."""
    has_capitals: bool = True
    """Whether capital letters mark names."""
    head_first: bool = False
    """Whether a noun stands before its adjectives: “Garde républicaine”."""
    given_names: frozenset[str] = frozenset()
    """First names, folded, where no capital tells them: one before a last name makes it somebody else's, and one that
    begins like a clitic is a word of its own."""
    # ---- how names change
    royal_titles: tuple[str, ...] = ()
    """What may stand before a sovereign's name and belong to it: King Hussein."""
    nicknames: tuple[frozenset[str], ...] = ()
    """First names, folded, that stand for each other."""
    spellings: tuple[tuple[str, str], ...] = ()
    """Words that are written in two ways: Centre, Center."""
    well_known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Short forms that need no introduction, by the name they stand for."""
    demonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Adjectives and nouns for the people of a place, by its name."""
    peoples: frozenset[str] = frozenset()
    """All of them."""
    compounds: frozenset[str] = frozenset()
    """What stands behind two names with a hyphen between them: the Israel-Hamas *war*."""
    numbers: tuple[tuple[str, ...], ...] = ()
    """Small numbers in names, each as word, digits, Roman numeral, ordinal and short ordinal: One, 1, I, First, 1st."""
    of: str = ""
    """What joins a kind of place and its name: province *of* Homs."""
    the: str = ""
    """The article that may stand behind it: Republic of *the* Philippines."""
    genitive: re.Pattern[str] = _NEVER
    """The same with articles and elision, where they matter: gouvernorat *d'*Alep, *de la* Békaa."""
    ministries: frozenset[str] = frozenset()
    """What “Justice Department” and “Department of Justice” share."""
    prepositions: frozenset[str] = frozenset()
    """What may follow the head noun of an organisation's name: Observatory *for*."""
    states: tuple[str, ...] = ()
    """What a country's full name begins with: Republic of."""
    past_states: tuple[str, ...] = ()
    """What the names of states of the past begin with, whose people are called like those of today's: Kingdom."""
    waters: frozenset[str] = frozenset()
    """Kinds of place that a name is called without: the Mediterranean."""
    places: frozenset[str] = frozenset()
    """Kinds of place that stand before or behind a name."""
    legal: re.Pattern[str] = _NEVER
    """A company's legal form at the end of its name."""
    generic: frozenset[str] = frozenset()
    """Words of organisations' names that name none of them alone."""
    adjective: re.Pattern[str] = _NEVER
    """How adjectives end: one alone before these words names none of them either."""
    bare_heads: frozenset[str] = frozenset()
    """Head nouns that stand without an article: Congress."""
    general_heads: frozenset[str] = frozenset()
    """Head nouns, folded, that say too little alone, where no capital tells: army, government."""
    small_nouns: frozenset[str] = frozenset()
    """Nouns that begin names and are written small inside a sentence: ministère de la Défense."""
    lengthens: re.Pattern[str] = _NEVER
    """What directly behind a head noun makes another name of it, where no capital tells: the Garde *nationale*."""
    # ---- what stands around them
    titles: frozenset[str] = frozenset()
    """Words before a person's name that are no part of it."""
    function_words: frozenset[str] = frozenset()
    """Words that are capitalised for standing at the beginning, not for being part of a name."""
    directions: frozenset[str] = frozenset()
    """Words that make another place of a place: Northern, West."""
    institutions: frozenset[str] = frozenset()
    """“University of Texas” names the university."""
    connectors: re.Pattern[str] = _NEVER
    """A word, as its group 1, and what joins an institution and its place."""
    connecting_words: frozenset[str] = frozenset()
    """The last words that `connectors` can end with."""
    in_brackets: tuple[str, ...] = ()
    """What may stand in brackets before an acronym: Free Syrian Army (*also* FSA)."""
    definite: tuple[str, ...] = ()
    """What stands before a head noun that means one organisation: `the `."""
    locative: re.Pattern[str] = _NEVER
    """Words directly before a place."""
    personal: re.Pattern[str] = _NEVER
    """Words directly before a person."""
    speaks: re.Pattern[str] = _NEVER
    """Words directly behind a person or a body that acts: said, told."""
    sport: re.Pattern[str] = _NEVER
    """Words around a team."""
    versus: re.Pattern[str] = _NEVER
    """Words directly before a team."""
    plays: re.Pattern[str] = _NEVER
    """Words directly behind a team."""
    tongue: re.Pattern[str] = _NEVER
    """Words directly before the name of a language: into English."""
    tongues: frozenset[str] = frozenset()
    """Names of languages that countries' people have too: English."""
    list_joints: frozenset[str] = frozenset()
    """Words before the last member of a list."""
    kin: re.Pattern[str] = _NEVER
    """Words for relatives: father, widow."""
    families: frozenset[str] = frozenset()
    """What makes a family of a last name: the Tlass *family*."""
    months: frozenset[str] = frozenset()
    """Months, folded, that are people's names too."""
    month_before: re.Pattern[str] = _NEVER
    """What stands directly before a month."""
    month_after: re.Pattern[str] = _NEVER
    """What stands directly behind a month."""
    common_words: frozenset[str] = frozenset()
    """Words, folded, that are names only now and then: May, Reading, Nature."""
