"""Words a second, on one core: of the linker, by the size of its glossary, and of spaCy's matchers."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

import explainer.spacy  # noqa: F401  # registers glossary_linker
from explainer.annotate import annotate_document, decide_passages
from explainer.annotate.lexicon import Lexicon, build_lexicon
from explainer.annotate.policy import policy_for
from explainer.annotate.text import Passage, project
from explainer.read.content import Content, Document, Entry
from explainer.read.markdown import EMPTY_BODY
from explainer.read.schema import EntryKind, EntryMeta
from explainer.spacy.entries import rows_of
from explainer.types import EntryId, SourcePath

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Texts:
    """What is measured on: the passages of each article."""

    passages: tuple[tuple[Passage, ...], ...]
    words: int

    @property
    def plain(self) -> list[str]:
        return ["\n\n".join(p.text for p in passages) for passages in self.passages]


@dataclass(frozen=True, slots=True)
class Stages:
    lexicon: float
    """Seconds to build the lexicon."""
    deciding: float
    """Words a second from passages to decisions, the lexicon given."""
    annotating: float
    """Words a second from parsed articles to decisions under the link policy, the lexicon given."""


def texts_of(content: Content) -> Texts:
    passages = tuple(project(article.body) for article in content.articles)
    return Texts(passages, sum(len(p.text.split()) for each in passages for p in each))


def language_of(content: Content) -> str:
    return content.settings.language


def seconds(work: Callable[[], object]) -> float:
    """The processor's time for some work, which other processes disturb least; without the garbage collector."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()


def medians(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each work, all of them run once in every round.

    Each round begins with another one, so that what else happens on the machine does not hit the same one every time.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    names = list(works)
    for number in range(ROUNDS):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            taken[name].append(seconds(works[name]))
    return {name: statistics.median(every) for name, every in taken.items()}


# ---- the linker -----------------------------------------------------------------------------------------------------


def decide_all(texts: Texts, lexicon: Lexicon, language: str) -> None:
    for passages in texts.passages:
        decide_passages(passages, lexicon, language=language)


def annotate_all(content: Content, lexicon: Lexicon) -> None:
    policy = policy_for(content.settings.linking)
    for article in content.articles:
        annotate_document(article, lexicon, policy, language=language_of(content))


def stages(content: Content) -> Stages:
    texts, language = texts_of(content), language_of(content)
    lexicon = build_lexicon(content.entries, language=language)
    took = medians(
        {
            "lexicon": partial(build_lexicon, content.entries, language=language),
            "deciding": partial(decide_all, texts, lexicon, language),
            "annotating": partial(annotate_all, content, lexicon),
        }
    )
    return Stages(took["lexicon"], texts.words / took["deciding"], texts.words / took["annotating"])


def speed_of_deciding(content: Content) -> float:
    """Words a second from passages to decisions, the lexicon given."""
    texts, language = texts_of(content), language_of(content)
    lexicon = build_lexicon(content.entries, language=language)
    return texts.words / medians({"": partial(decide_all, texts, lexicon, language)})[""]


# ---- by the size of the glossary ------------------------------------------------------------------------------------

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


def flatness(
    texts: Texts, entries: Mapping[EntryId, Entry], sizes: Sequence[int], *, language: str
) -> dict[str, list[float]]:
    """Words a second for glossaries of these sizes, by what the added names are like.

    Every glossary has the entries that the texts name; the rest is made up, the same in every run. Strangers have no
    word in common with any other name; namesakes have the first names of people who are in the texts.
    """
    known = {e: entries[e] for e in sorted(found_in(texts, entries, language))[: min(sizes)]}
    firsts = sorted({e.meta.name.split()[0] for e in known.values() if e.meta.kind is EntryKind.PERSON})
    added = {"strangers": strangers(max(sizes)), "namesakes": namesakes(firsts, max(sizes))}
    works: dict[str, Callable[[], object]] = {}
    for kind, size in product(added, sizes):
        lexicon = build_lexicon(filled(known, added[kind], size), language=language)
        works[f"{kind} {size}"] = partial(decide_all, texts, lexicon, language)
    took = medians(works)
    return {kind: [texts.words / took[f"{kind} {size}"] for size in sizes] for kind in added}


def found_in(texts: Texts, entries: Mapping[EntryId, Entry], language: str) -> set[EntryId]:
    """The entries that are decided on somewhere."""
    lexicon = build_lexicon(entries, language=language)
    decided = (decide_passages(p, lexicon, language=language) for p in texts.passages)
    return {r.entry for resolutions in decided for r in resolutions if r.entry is not None}


def filled(known: Mapping[EntryId, Entry], added: Sequence[str], size: int) -> dict[EntryId, Entry]:
    """The known entries, and as many new people as make it `size`."""
    made = {EntryId(f"made-up-{n}"): person(name) for n, name in enumerate(added[: size - len(known)])}
    return {**known, **made}


def person(name: str) -> Entry:
    return Document(SourcePath("made-up.md"), "", EntryMeta(name=name, kind=EntryKind.PERSON), {}, EMPTY_BODY)


def strangers(number: int) -> list[str]:
    """“Bajeki Tusolo”: names of syllables."""
    words = made_up_words(2 * number)
    return [f"{first} {last}" for first, last in zip(words[::2], words[1::2], strict=True)]


def namesakes(firsts: Sequence[str], number: int) -> list[str]:
    """“Mary Tusolo”, each first name as often as every other."""
    return [f"{firsts[n % len(firsts)]} {last}" for n, last in enumerate(made_up_words(number))]


def made_up_words(number: int) -> list[str]:
    """Different words, none of them English, in an order that is no order of the alphabet."""
    words = ["".join(parts).capitalize() for parts in product(_SYLLABLES, repeat=4)]
    return random.Random(number).sample(words, number)  # noqa: S311  # no secret


# ---- spaCy ----------------------------------------------------------------------------------------------------------


def peers(texts: Texts, content: Content) -> dict[str, float]:
    """Words a second of spaCy's matchers with all names and aliases, and of the linker as its component."""
    nlp, names = spacy.blank(language_of(content)), names_of(content.entries)
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", list(nlp.tokenizer.pipe(names)))
    ruler = nlp.create_pipe("entity_ruler")
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in names])
    linker = nlp.create_pipe("glossary_linker")
    linker.add_entries(rows_of(content.entries))
    took = _rounds(texts, nlp, {"PhraseMatcher": matcher, "EntityRuler": ruler, "glossary_linker": linker})
    speeds = {"tokenizer, which the next three need": texts.words / took.pop("tokenizer")}
    return speeds | {f"{name}, tokens given": texts.words / spent for name, spent in took.items()}


def _rounds(texts: Texts, nlp: Language, components: Mapping[str, Callable[..., object]]) -> dict[str, float]:
    """Median seconds; every component gets fresh Docs in every round, for some write on them."""
    docs = {name: iter([[nlp.make_doc(text) for text in texts.plain] for _ in range(ROUNDS)]) for name in components}

    def apply(name: str) -> None:
        for doc in next(docs[name]):
            components[name](doc)

    def tokenize() -> None:
        for text in texts.plain:
            nlp.make_doc(text)

    return medians({"tokenizer": tokenize, **{name: partial(apply, name) for name in components}})


def names_of(entries: Mapping[EntryId, Entry]) -> list[str]:
    """Names and aliases, each once."""
    forms = {text for e in entries.values() for text in (e.meta.name, *(a.text for a in e.meta.aliases))}
    return sorted(forms)
