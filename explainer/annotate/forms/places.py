"""What places are called: without the kind that their name says; and what their people are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method


def states(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“China” for “People's Republic of China”, “United States” for “United States of America”."""
    for prefix in language.states:
        if name.startswith(f"{prefix} "):
            yield bare(name[len(prefix) + 1 :], language), Method.VARIANT
    before, of, _ = name.partition(f" {language.of} ") if language.of else (name, "", "")
    if of and len(before.split()) > 1 and f"{before} {language.of}" not in language.states:
        yield before, Method.VARIANT


def kinds_of_place(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“the Atlantic” for “Atlantic Ocean”; “Homs” and “province of Homs” for “Homs Province”."""
    kind, rest = kind_and_rest(name.split(), language)
    if kind in language.waters:
        yield rest, Method.VARIANT
    elif kind:
        yield rest, Method.SHORT_NAME
        if language.of:
            yield f"{kind} {language.of} {rest}", Method.VARIANT
            yield f"{rest} {kind}", Method.VARIANT
        yield f"{kind} {rest}", Method.VARIANT


def kind_and_rest(words: Sequence[str], language: Language) -> tuple[str, str]:
    """The kind of place that a name's words say, and the name without it: “Province” and “Homs”. Empty where none."""
    kinds = language.places | language.waters
    if len(words) > 1 and words[-1].capitalize() in kinds:
        return words[-1], " ".join(words[:-1])
    if len(words) > 2 and words[0] in kinds and words[1] == language.of:
        return words[0], bare(" ".join(words[2:]), language)
    if len(words) > 1 and words[0] in kinds:
        return words[0], language.genitive.sub("", " ".join(words[1:]), count=1)
    return "", ""


def demonyms(place: str, language: Language) -> Iterator[str]:
    """“French” and “Frenchman” for “France”, with the plurals of nouns."""
    name = bare(place.removeprefix(f"{language.the.capitalize()} "), language)
    for form in language.demonyms.get(name, ()):
        yield form
        if form.endswith("man"):
            yield f"{form[:-3]}men"
        elif not form.endswith(("sh", "ch", "se", "ss", "s")):
            yield f"{form}s"


def bare(name: str, language: Language) -> str:
    """“United States” for “the United States”."""
    return name.removeprefix(f"{language.the} ")
