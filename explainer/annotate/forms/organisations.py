"""What organisations are called: by their head noun, their initials, their proper part, without their legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.annotate.forms.places import bare
from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method

_BAND = re.compile(r"-(?:FM|AM|TV)$")
"""What a station's call sign may go without, in texts of any language."""

_MIN_ACRONYM, _MAX_ACRONYM = 2, 6
"""Letters, without points."""


def legal_forms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Quiksilver” for “Quiksilver, Inc.”, “WMRF” for the station “WMRF-FM”."""
    short = _BAND.sub("", language.legal.sub("", name))
    if short and short != name:
        yield short, Method.VARIANT


def bodies(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“U.S. Supreme Court” for “Supreme Court of the United States”, “Justice Department” for “Department of Justice”."""
    body, of, place = name.partition(f" {language.of} ") if language.of else (name, "", "")
    if not of:
        return
    place = bare(place, language)
    if place in language.demonyms:
        yield from ((f"{country} {body}", Method.VARIANT) for country in _country_names(place, language))
    before, _, kind = body.rpartition(" ")
    if kind in language.ministries:
        yield f"{place} {kind}", Method.VARIANT
        if before in language.demonyms:
            yield f"{kind} {language.of} {place}", Method.VARIANT
            yield from ((f"{country} {place} {kind}", Method.VARIANT) for country in _country_names(before, language))


def _country_names(country: str, language: Language) -> tuple[str, ...]:
    """What a country's bodies are called by: its name, its short forms, its adjective."""
    return (country, *language.well_known.get(country, ()), *language.demonyms[country][:1])


def head_nouns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """What an organisation is called: “the Guard”, “the Bank” for “Bank of England”, “the Air Force”, “Congress”."""
    words = language.legal.sub("", name).split()
    if language.head_first:
        return
    before = words[: next((n for n, w in enumerate(words) if w in language.prepositions), len(words))]
    if not (len(before) > 1 or 0 < len(before) < len(words)):
        return
    noun = before[-1]
    if noun[:1].isupper() and noun[1:].islower():
        yield noun, Method.HEAD_NOUN
    if len(before) > 2 and before[-2][:1].isupper() and before[-2].lower() not in language.function_words:
        yield " ".join(before[-2:]), Method.HEAD_NOUN


def acronyms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The initials of the capitalised words, without points and with them: “FSA” for “Free Syrian Army”.

    Only these: an acronym that is made otherwise is an alias, or is given in brackets by the article (`expand`).
    """
    if language.head_first:
        return
    words = [w for w in re.split(r"[\s-]+", language.legal.sub("", name)) if w]
    initials = "".join(w[0] for w in words if w[0].isupper())
    if len(words) > 1 and _MIN_ACRONYM <= len(initials) <= _MAX_ACRONYM:
        yield initials, Method.ACRONYM
        yield "".join(f"{i}." for i in initials), Method.ACRONYM


def long_acronyms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The same for what is seldom called so: three letters at least."""
    yield from (form for form in acronyms(name, language) if len(form[0].replace(".", "")) > _MIN_ACRONYM)


def proper_parts(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """What stands before the words that many organisations share: “Baldwin” for “Baldwin Locomotive Works”."""
    words = next((name[len(a) :] for a in language.articles if name.lower().startswith(a)), name).split()
    end = next((n for n, w in enumerate(words) if w in language.generic), len(words))
    if not 0 < end < len(words) or words[end - 1].endswith(("'s", "’s")):
        return
    if end > 1 or not language.adjective.search(words[0]):
        yield " ".join(words[:end]), Method.PROPER_PART
