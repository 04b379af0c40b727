"""The stages that a text goes through, each of which fills in its own part of a draft."""

from itertools import pairwise

import pytest

from explainer.annotate import STAGES, decide_passages
from explainer.annotate.joined import key_of
from explainer.annotate.languages import language_of
from explainer.annotate.lexicon import build_lexicon
from explainer.annotate.policy import policy_for
from explainer.annotate.reasons import Clue, Reason
from explainer.annotate.review import NOTHING_PLACED
from explainer.annotate.stages import Draft, Task
from explainer.annotate.text import project
from explainer.read.schema import EntryKind, LinkingSettings
from tests.texts import glossary, read_article, read_entry

LEXICON = build_lexicon(
    glossary(
        read_entry("munaf-tlass", "Munaf Tlass"),
        read_entry("jordan", "Jordan", "place"),
        read_entry("george-jordan", "George Jordan", front="aliases: [Jordan]\n"),
        read_entry("jordan-bank", "Jordan Bank", "organisation", front="aliases: [Jordan]\n"),
    )
)


def task_of(markdown, *, policy=None):
    passages = project(read_article(markdown).body)
    return Task(passages, LEXICON, language_of("en"), {}, frozenset(), None, NOTHING_PLACED, policy)


def drafts_of(task):
    drafts = [Draft(task)]
    for stage in STAGES:
        drafts.append(stage(drafts[-1]))
    return drafts


def test_the_order_of_the_stages():
    assert [stage.__name__ for stage in STAGES] == ["find", "expand", "score_and_decide", "apply_policy"]


def test_each_stage_fills_in_its_own_part():
    drafts = drafts_of(task_of("Munaf Tlass left. So did Tlass.", policy=policy_for(LinkingSettings())))
    changed = [
        [name for name in Draft.__struct_fields__ if getattr(before, name) != getattr(after, name)]
        for before, after in pairwise(drafts)
    ]
    assert changed == [["matches"], ["candidates"], ["resolutions"], ["outcomes"]]


def test_equal_drafts_have_equal_outcomes():
    task = task_of("Munaf Tlass left. So did Tlass.", policy=policy_for(LinkingSettings()))
    assert drafts_of(task) == drafts_of(task)


def test_without_a_policy_nothing_becomes_a_link():
    *_, last = drafts_of(task_of("Munaf Tlass left."))
    assert [r.entry for r in last.resolutions] == ["munaf-tlass"]
    assert last.outcomes == ()


def test_what_longer_mentions_cover_stands_behind_them_and_noise_is_left_out():
    resolutions = decide_passages(
        project(read_article("The Jordan Bank closed. Munaf is a name.").body), LEXICON, language="en"
    )
    assert [(r.entry, r.reason) for r in resolutions] == [("jordan-bank", None), (None, Reason.OVERLAP)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EntryKind.PLACE, "the model sees a place"),
        (EntryKind.PERSON, "the model sees a person"),
        (EntryKind.ORGANISATION, "the model sees an organisation"),
    ],
)
def test_a_model_is_heard_in_good_english(kind, words):
    passages = project(read_article("So Jordan it was.").body)
    lexicon = build_lexicon(
        glossary(
            read_entry("a", "George Jordan", front="aliases: [Jordan]\n"),
            read_entry("b", "Jordan Bank", "organisation", front="aliases: [Jordan]\n"),
            read_entry("c", "Jordan Town", "place", front="aliases: [Jordan]\n"),
        )
    )
    (resolution,) = decide_passages(passages, lexicon, language="en", witness=lambda *_: kind)
    assert [e.words for r in resolution.readings for e in r.evidence if e.clue is Clue.MODEL] == [words]


def test_resolve_goes_by_what_texts_are_compared_by():
    passages = project(read_article("JORDAN it was.").body)
    (resolution,) = decide_passages(passages, LEXICON, language="en", resolve={"Jordan": "jordan-bank"})
    assert key_of("JORDAN") == key_of("Jordan")
    assert resolution.entry == "jordan-bank"
