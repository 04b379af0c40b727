"""What is looked at again when an entry gets another name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from explainer.annotate.lexicon import Key
from explainer.incremental.again import build_again
from explainer.incremental.glossary import Forms
from explainer.incremental.pages import VIEW
from tests.incremental.bench import Bench
from tests.incremental.test_incremental_examples import make_edit

LAW = "content/glossary/tide-law.md\n-kind: concept\n+kind: concept\n"
SHIP = "content/glossary/mercury-ship.md\n-kind: work\n+kind: work\n"


def keys(forms: Forms) -> Mapping[str, Key]:
    return {text: forms.keys[number] for text, number in forms.index.items()}


@pytest.mark.parametrize(
    "edits",
    [
        (f"{LAW}+aliases: [Law of Tides, Old Light]\n",),
        (f"{LAW}+aliases: [Law of Tides]\n", "content/glossary/tide-law.md\n-aliases: [Law of Tides]\n+sort: law\n"),
        ("content/glossary/people/ben-roth.md\n-name: Ben Roth\n+name: Ben Old Lund\n",),
        ("content/glossary/river-guard.md\n-name: River Guard\n+name: River Guard Football Club\n",),
    ],
    ids=["come", "go", "another", "team"],
)
def test_forms_at_hand_are_those_of_the_whole_glossary(edits: tuple[str, ...], bench: Bench) -> None:
    before = bench.store.at_hand["forms"]
    known = keys(before)
    for edit in edits:
        make_edit(bench.workshop, edit)
        bench.check()
        keys(bench.store.at_hand["forms"])
    after = bench.store.at_hand["forms"]
    assert after is not before
    assert after.texts == Forms(bench.store).texts
    assert keys(after) == keys(Forms(bench.store))
    assert "lund" in known


def test_only_what_changed_is_looked_up_again(bench: Bench) -> None:
    known = keys(bench.store.at_hand["forms"])
    make_edit(bench.workshop, f"{LAW}+aliases: [Law of Tides]\n")
    bench.check()
    after = keys(bench.store.at_hand["forms"])
    assert set(after) > set(known)
    assert all(after[text] is key for text, key in known.items())


def test_no_other_page_is_asked_whether_it_shows_an_alias_of_its_language(bench: Bench) -> None:
    make_edit(bench.workshop, f"{LAW}+aliases: [Law of Tides]\n+hidden_aliases: [Tidal law]\n")
    built = build_again(bench.workshop.root, store=bench.store, now=bench.workshop.now)
    assert [job for job, _ in built.timings.runs[VIEW]] == ["entry:tide-law"]


def test_another_first_mention_asks_no_page_of_an_entry_that_shows_only_the_title(bench: Bench) -> None:
    """Lists show whom an article mentions most; the pages of entries do not."""
    make_edit(bench.workshop, f"{SHIP}+aliases: [Nothing here]\n")
    built = build_again(bench.workshop.root, store=bench.store, now=bench.workshop.now)
    seen = {job for job, _ in built.timings.runs[VIEW]}
    assert "article:content/articles/d-places.md" in seen
    assert "entry:lund" not in seen


def test_an_acronym_that_is_a_word_is_looked_for_in_capitals(bench: Bench) -> None:
    """An Organisation of Fishers concerns no text that begins a sentence with “Of”."""
    make_edit(bench.workshop, "content/articles/d-places.md\n-Nothing here but\n+Of all there is nothing here but\n")
    make_edit(bench.workshop, "content/articles/b-inquiry.md\n-So says Anders Lund.\n+So says Anders Lund of OF.\n")
    bench.check()
    make_edit(bench.workshop, "content/glossary/river-guard.md\n-aliases: [RG]\n+aliases: [RG, Order of Fishers]\n")
    assert bench.check().relinked == ("content/articles/b-inquiry.md",)
