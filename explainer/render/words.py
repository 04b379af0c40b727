"""The interface's words in each language: what templates call as `words('appears_in')`.

Words live beside the templates, one file per language (`words/fr.yaml`), as a flat mapping of keys. A word is a string,
or a mapping of plural forms (`one`, `few`, `other` …) of which the rules of the language choose one by the number `n`:

    minutes: {one: "{n} minute", other: "{n} minutes"}

A language that is unknown is read as its base language, then as English; so is every key that it lacks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.yaml import parse_yaml
from explainer.types import SourcePath

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
_NO_MAPPING = "expected a mapping of keys to words"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Form = str | Mapping[str, str]
"""A word, or its plural forms; these always hold `other`."""

Forms = Mapping[str, Form]
"""A language's words by key."""


class WordError(LookupError):
    """A word that is not there, or a file of words that cannot be read."""


class Words(Struct, frozen=True):
    """The interface's words as one page uses them."""

    language: str
    forms: Mapping[str, tuple[str, Form]]
    """By key: the language that the word was found in, and its forms."""

    def __repr__(self) -> str:
        return "words"

    def __call__(self, key: str, **values: object) -> str:
        """The word, with `{name}` replaced by the value of that name; `n` is a number and chooses the plural form."""
        if key not in self.forms:
            hint = did_you_mean(key, self.forms)
            msg = f"there is no word “{key}”{'; ' if hint else ''}{hint}"
            raise WordError(msg)
        language, form = self.forms[key]
        text = form if isinstance(form, str) else form.get(_plural(language, _count(values)), form["other"])
        if "{" not in text:
            return text
        pattern, names = _pattern(text)
        return pattern % tuple([self._value(key, name, values) for name in names])

    def _value(self, key: str, name: str, values: Mapping[str, object]) -> str:
        if name not in values:
            msg = f"the word “{key}” needs a value for “{name}”"
            raise WordError(msg)
        value = values[name]
        return _number(value, self.language) if isinstance(value, int) else str(value)


@dataclass(frozen=True, slots=True)
class Wordbook:
    """Every language's words, English among them."""

    languages: Mapping[str, Forms]
    _made: dict[str, Words] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `words` gave before: every page asks for them."""

    def words(self, language: str) -> Words:
        """The words for a page in `language`, each from the nearest language that has it."""
        if language not in self._made:
            chain = (ENGLISH, base_language(language), language.lower())
            forms = {key: (name, form) for name in chain for key, form in self.languages.get(name, {}).items()}
            self._made[language] = Words(language=language, forms=forms)
        return self._made[language]


def load_words(sources: Iterable[tuple[str, Forms]]) -> Wordbook:
    """Gather pairs of a language and words of it; of two pairs in one language the later wins, key by key."""
    languages: dict[str, dict[str, Form]] = {}
    for language, forms in sources:
        languages.setdefault(language.lower(), {}).update(forms)
    return Wordbook(languages=languages)


def parse_words(text: str) -> Forms:
    """The words of one of our own files, quickly. Raises `WordError` where it is not a flat mapping of words."""
    try:
        data = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts, lists and mappings
    except yaml.YAMLError as error:
        msg = f"not YAML: {' '.join(str(error).split())}"
        raise WordError(msg) from error
    if not isinstance(data or {}, dict):
        raise WordError(_NO_MAPPING)
    return {str(key): _form(str(key), form) for key, form in (data or {}).items()}


def read_words(text: str, path: SourcePath) -> tuple[Forms, tuple[Diagnostic, ...]]:
    """The words of a file that an author wrote, and all that is wrong in it."""
    document = parse_yaml(text, path)
    if document.problems:
        return {}, document.problems
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        place = document.positions[()]
        return {}, (Diagnostic(Kind.BAD_VALUE, path, _NO_MAPPING, "write each word as “key: text”", *place),)
    forms, problems = dict[str, Form](), list[Diagnostic]()
    for key, form in data.items():
        try:
            forms[key] = _form(key, _filled(form))
        except WordError as error:
            place = document.positions[key,]
            hint = f"write “{key}: text”, or “{key}: {{one: text, other: text}}”"
            problems.append(Diagnostic(Kind.BAD_VALUE, path, str(error), hint, *place))
    return forms, tuple(problems)


def _filled(form: object) -> object:
    """What an author left empty is an empty text."""
    if isinstance(form, dict):
        return {key: "" if text is None else text for key, text in form.items()}
    return "" if form is None else form


def _all_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


@functools.cache
def _pattern(text: str) -> tuple[str, tuple[str, ...]]:
    """A word with a `%s` for each placeholder, and the names of these."""
    return _PLACEHOLDER.sub("%s", text.replace("%", "%%")), tuple(_PLACEHOLDER.findall(text))


def _form(key: str, form: object) -> Form:
    if isinstance(form, str):
        return form
    if isinstance(form, dict) and "other" in form and form.keys() <= PLURALS and _all_texts(form.values()):
        return form
    msg = f"the word “{key}” is neither a text nor plural forms that include “other”"
    raise WordError(msg)


def _count(values: Mapping[str, object]) -> float:
    """The number that chooses a plural form."""
    n = values.get("n", 0)
    return n if isinstance(n, int | float) else 0


@functools.lru_cache(maxsize=1024, typed=True)
def _plural(language: str, n: float) -> str:
    """The plural form that `language` uses for `n` things."""
    return locale_of(language).plural_form(n)


@functools.lru_cache(maxsize=1024, typed=True)
def _number(value: int, language: str) -> str:
    """A number with the digits and separators of the language."""
    from babel.numbers import format_decimal  # noqa: PLC0415  # 20 ms that a run without pages never needs

    return format_decimal(value, locale=locale_of(language))


@functools.cache
def locale_of(language: str) -> Locale:
    """Babel's locale for a language tag, or for its base language, or English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    for tag in (language, base_language(language)):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):  # malformed tags, unknown languages
            continue
    return Locale.parse(ENGLISH)


@functools.cache
def language_name(tag: str, language: str) -> str:
    """What a language calls another: `ar` is “Arabic” in English; empty for one that is not known."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language)) or ""
    except (ValueError, UnknownLocaleError):
        return ""


@functools.cache
def own_name(language: str) -> str:
    """What a language calls itself, with a capital as in a list of languages: `Français`; its code where that is unknown."""
    locale = locale_of(language)
    name = locale.get_language_name() if locale.language == base_language(language) else None
    return f"{name[0].upper()}{name[1:]}" if name else language


def base_language(language: str) -> str:
    """`fr` of `fr-CA`."""
    return language.split("-", 1)[0].lower()
