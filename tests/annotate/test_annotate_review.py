"""Verdicts find their mention by quotation, whatever is edited elsewhere, and are lost rather than moved."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.annotate import Annotation, Method, Reason, annotate_content
from explainer.annotate.review import Quotation, Spot, place_verdicts, quote
from explainer.annotate.text import Passage, project
from explainer.read.review import Review, Verdict
from explainer.read.schema import VerdictMeta
from explainer.types import EntryId
from tests.annotate.cases import write_decision
from tests.texts import PATH, content_of, glossary, read_article, read_entry

TEXT = "On the day that {} left for Paris, the army shelled Rastan. In the evening Tlass was in Paris.\n\nTlass is a town too."


def passages_of(markdown: str) -> tuple[Passage, ...]:
    return project(read_article(markdown).body)


def verdict(quotation: Quotation, entry: str | None = "munaf-tlass", *, number: int = 0) -> Verdict:
    meta = VerdictMeta("text", *quotation, entry=EntryId(entry) if entry else None)
    return Verdict(meta, PATH, number, {(): (0, 1)})


def quoted(markdown: str, nth: int = 0, *, exact: str = "Tlass") -> Quotation:
    """The quotation of one place of a name in a text."""
    passages = passages_of(markdown)
    places = [Spot(n, m.start(), m.end()) for n, p in enumerate(passages) for m in re.finditer(exact, p.text)]
    quotation = quote(passages, places[nth])
    assert quotation is not None
    return quotation


def found(markdown: str, quotation: Quotation) -> str | None:
    """The words around the place that a quotation has in a text, or None where it has none."""
    passages = passages_of(markdown)
    placed = place_verdicts(passages, [verdict(quotation)])
    if not placed.spots:
        return None
    ((passage, start, end), _), *_ = placed.spots
    text = passages[passage].text
    assert text[start:end] == quotation.exact
    return f"{text[max(0, start - 10) : start]}[{text[start:end]}]{text[end : end + 10]}"


BEFORE = TEXT.format("Tlass")
HERE = " day that [Tlass] left for "


def test_the_quotation_is_short_and_whole_words():
    assert quoted(BEFORE) == ("Tlass", "On the day that ", " left for Paris, the army")
    assert quoted(BEFORE, 1) == ("Tlass", "shelled Rastan. In the evening ", " was in Paris.")
    assert quoted(BEFORE, 2) == ("Tlass", "", " is a town too.")


@pytest.mark.parametrize(
    ("title", "after", "where"),
    [
        ("nothing", BEFORE, HERE),
        ("a paragraph before", "Tlass was a general. So Tlass left.\n\n" + BEFORE, HERE),
        ("text behind", BEFORE + " Tlass left for Lyon.\n\nThe day that Tlass came back.", HERE),
        ("line breaks and emphasis", BEFORE.replace(" ", "\n", 6).replace("Tlass", "*Tlass*", 1), HERE),
        (
            "a word inserted beside it",
            BEFORE.replace("that Tlass", "that General Tlass"),
            "t General [Tlass] left for ",
        ),
        ("a neighbour corrected", BEFORE.replace("left for", "fled to"), " day that [Tlass] fled to P"),
        (
            "one side written anew",
            BEFORE.replace("On the day that", "As he knew what came,"),
            "hat came, [Tlass] left for ",
        ),
        ("both sides written anew", "When Tlass had gone, the war went on. In the evening Tlass was in Paris.", None),
        ("deletion", BEFORE.replace("Tlass left for Paris", "he left for Paris"), None),
        ("a longer word", BEFORE.replace("Tlass left", "Tlasses left"), None),
        ("the sentence twice", f"{BEFORE}\n\n{BEFORE}", None),
        ("the sentence moved to the end", BEFORE.partition(". ")[2] + "\n\n" + BEFORE.partition(". ")[0], HERE),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_after_an_edit(title, after, where):
    del title
    assert found(after, quoted(BEFORE)) == where


def test_equal_words_around_two_places_are_told_apart_by_more_of_them():
    text = "First: the man Tlass left the town.\n\nSecond: the man Tlass left the town.\n\nThird."
    placed = place_verdicts(passages_of(text), [verdict(quoted(text, n), number=n) for n in (0, 1)])
    assert [spot.passage for spot, _ in placed.spots] == [0, 1]
    once = text.replace("Second: the man Tlass", "Second: the general")
    placed = place_verdicts(passages_of(once), [verdict(quoted(text, n), number=n) for n in (0, 1)])
    assert [(spot.passage, v.number) for spot, v in placed.spots] == [(0, 0)]
    assert [v.number for v in placed.stale] == [1]


def test_a_mention_alone_in_its_block_is_quoted_with_its_neighbours():
    text = "| who | where |\n|---|---|\n| Tlass | Paris |\n| Assad | Damascus |\n| Tlass | Lyon |\n"
    assert quoted(text, 1) == ("Tlass", "Tlass Paris Assad Damascus ", " Lyon")
    placed = place_verdicts(passages_of(text + "| Tlass | Homs |\n"), [verdict(quoted(text, 1))])
    assert [spot.passage for spot, _ in placed.spots] == [6]


def test_a_text_that_repeats_itself_too_long_cannot_be_quoted():
    passages = passages_of("Tlass left the town. " * 400)
    assert quote(passages, Spot(0, 2100, 2105)) is None
    assert passages[0].text[2100:2105] == "Tlass"


def test_quotations_without_words_around_need_the_only_place():
    assert found("So Tlass left.", Quotation("Tlass", "", "")) == "So [Tlass] left."
    assert found("So Tlass left. Tlass!", Quotation("Tlass", "", "")) is None


def test_scripts_without_spaces():
    text = "北京大学在北京的西北部。上海离北京很远。"
    assert found("新。" + text, quoted(text, 1, exact="北京")) == "新。北京大学在[北京]的西北部。上海离北京"


def test_the_better_quotation_has_a_place_that_two_claim():
    passages = passages_of(BEFORE)
    worse = verdict(Quotation("Tlass", "On the evening that ", " left for Lyon, the army"), "x", number=1)
    better = verdict(quoted(BEFORE), "y", number=0)
    placed = place_verdicts(passages, [better, worse])
    assert [v.meta.entry for _, v in placed.spots] == ["y"]
    assert placed.stale == (worse,)
    twice = place_verdicts(passages, [better, verdict(quoted(BEFORE), "z", number=2)])
    assert [v.meta.entry for _, v in twice.spots] == ["z"], "the later one holds"


# ---- whatever is edited elsewhere -----------------------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from("Tlass left the day that Paris General on in . , Assad Rastan".split()), min_size=1, max_size=9
)
ARTICLES = st.lists(WORDS.map(" ".join), min_size=1, max_size=5)


def occurrences(passages: tuple[Passage, ...]) -> list[Spot]:
    """The places of “Tlass” as a word."""
    return [Spot(n, m.start(), m.end()) for n, p in enumerate(passages) for m in re.finditer(r"\bTlass\b", p.text)]


def words(*texts: str) -> list[str]:
    return re.findall(r"\w+", " ".join(texts))


@settings(max_examples=200, deadline=None)
@given(ARTICLES, WORDS, st.data())
def test_an_insertion_elsewhere_neither_orphans_nor_moves_a_verdict(blocks, new, data):
    """Wherever words are inserted, new blocks too: if the quotation stands there, once, the verdict is on it."""
    text = "\n\n".join(f"x {block}" for block in blocks)
    passages = passages_of(text)
    spots = occurrences(passages)
    assume(spots)
    quotation = quote(passages, data.draw(st.sampled_from(spots)))
    assume(quotation is not None)
    assert quotation is not None
    at = data.draw(st.sampled_from([n for n, c in enumerate(f"{text} ") if c == " "]))
    edited = passages_of(text[:at] + data.draw(st.sampled_from([" ", "\n\nx "])) + " ".join(new) + text[at:])
    before, after = words(quotation.prefix), words(quotation.suffix)
    everything, wanted = words(*(p.text for p in edited)), [*before, "Tlass", *after]
    starts = [n for n in range(len(everything)) if everything[n : n + len(wanted)] == wanted]
    assume(len(starts) == 1)
    placed = place_verdicts(edited, [verdict(quotation)])
    assert placed.stale == ()
    ((passage, start, _), _), *_ = placed.spots
    ahead = words(*(p.text for p in edited[:passage]), edited[passage].text[:start])
    assert len(ahead) == starts[0] + len(before)


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_a_quotation_finds_the_place_it_was_made_for(blocks):
    passages = passages_of("\n\n".join(blocks))
    for spot in occurrences(passages):
        quotation = quote(passages, spot)
        if quotation is not None:
            assert [s for s, _ in place_verdicts(passages, [verdict(quotation)]).spots] == [spot]


# ---- what becomes of them -------------------------------------------------------------------------------------------

ENTRIES = glossary(
    read_entry("munaf-tlass", "Munaf Tlass"),
    read_entry("mustafa-tlass", "Mustafa Tlass"),
    read_entry("tlass", "Tlass", "place"),
    read_entry("tlass-battalion", "Tlass Battalion", "organisation"),
)


def decide(markdown: str, *verdicts: Verdict, front: str = "") -> Annotation:
    content = content_of(read_article(markdown, front=front), ENTRIES)
    review = Review({PATH: verdicts})
    return annotate_content(replace(content, review=review)).by_path[PATH]


def decisions(markdown: str, *verdicts: Verdict, front: str = "") -> list[str]:
    return [write_decision(d) for d in decide(markdown, *verdicts, front=front).decisions]


def test_a_verdict_decides():
    text = "See Munaf Tlass and Mustafa Tlass. Then Tlass spoke."
    spoke = verdict(quoted(text, 2), "mustafa-tlass")
    decision = decide(text, spoke).decisions[-1]
    assert (decision.entry, decision.method) == ("mustafa-tlass", Method.REVIEWED)
    refused = decide(text, verdict(quoted(text, 0, exact="Munaf Tlass"), None)).decisions[0]
    assert (refused.entry, refused.linked, refused.reason) == (None, False, Reason.REJECTED)


def test_it_overrules_the_article_and_is_overruled_by_a_link_in_the_text():
    text = "See Munaf Tlass. Then [Tlass](entry:mustafa-tlass) spoke. The day Tlass left came."
    front = "linking: {resolve: {Tlass: mustafa-tlass}}\n"
    both = [verdict(quoted(text, n), "munaf-tlass", number=n) for n in (1, 2)]
    linked, last = decide(text, *both, front=front).decisions[-2:]
    assert (linked.entry, linked.method) == ("mustafa-tlass", Method.EXPLICIT)
    assert (last.entry, last.method) == ("munaf-tlass", Method.REVIEWED)


def test_it_decides_where_the_linker_sees_nothing():
    text = "The general from Rastan left his house."
    decision, *rest = decide(text, verdict(quoted(text, exact="general"), "munaf-tlass")).decisions
    assert (decision.text, decision.entry, decision.linked, rest) == ("general", "munaf-tlass", True, [])


def test_it_decides_inside_a_longer_name():
    text = "He led the Tlass Battalion to the north."
    assert decide(text).decisions[0].text == "Tlass Battalion"
    decision, *rest = decide(text, verdict(quoted(text), "munaf-tlass")).decisions
    assert (decision.text, decision.entry, rest) == ("Tlass", "munaf-tlass", [])


def test_an_entry_that_is_not_there_changes_nothing():
    text = "See Munaf Tlass in his house."
    assert decisions(text, verdict(quoted(text, exact="Munaf Tlass"), "nobody")) == decisions(text)


def test_a_stale_verdict_changes_nothing():
    text = "See Munaf Tlass in his house."
    assert decisions(text, verdict(Quotation("Mustafa Tlass", "See ", " in his"), None)) == decisions(text)
