"""The walk through a review: what there is to look at, and what each key does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.annotate import annotate_articles
from explainer.annotate.review import Quotation
from explainer.read.content import Content
from explainer.report.review import (
    Ask,
    Item,
    Matter,
    Open,
    Quit,
    Say,
    Session,
    Withdraw,
    Write,
    items_of,
    press,
    renew,
    resume,
    verdict_item,
)
from explainer.report.review_text import WIDTH, list_items, show_item
from tests.texts import content_of, glossary, read_article, read_entry

ENTRIES = glossary(
    read_entry("munaf-tlass", "Munaf Tlass"),
    read_entry("mustafa-tlass", "Mustafa Tlass"),
    read_entry("homs", "Homs", "place"),
)
TEXT = "Munaf Tlass and Mustafa Tlass were in Homs. Then Tlass spoke of [Homs](entry:homs).\n\n## About Tlass\n\nHoms."


def content(markdown: str = TEXT) -> Content:
    return content_of(read_article(markdown, title="The general and his father"), ENTRIES)


def items(markdown: str = TEXT, *matters: Matter) -> tuple[Item, ...]:
    site = content(markdown)
    return items_of(site, annotate_articles(site), matters or tuple(Matter))


def texts(some: tuple[Item, ...]) -> list[str]:
    return [f"{i.decision.text} {i.line}:{i.column} {i.matter}" for i in some]


def test_undecided_names_and_automatic_links_are_looked_at():
    assert texts(items()) == [
        "Munaf Tlass 7:1 new link",
        "Mustafa Tlass 7:17 new link",
        "Tlass 7:50 undecided",
        "Homs 11:1 new link",
    ]
    assert texts(items(TEXT, Matter.UNDECIDED)) == ["Tlass 7:50 undecided"]


def test_what_an_author_settled_is_not():
    assert texts(items("Here is [Homs](entry:homs), [Homs]{.nolink}.\n\n# Homs")) == []


def test_an_item_knows_its_sentence_and_what_may_be_meant():
    (item,) = items(TEXT, Matter.UNDECIDED)
    assert item.sentence == ("Then ", "Tlass", " spoke of Homs.")
    assert {c.entry: (c.name, c.summary) for c in item.choices} == {
        "munaf-tlass": ("Munaf Tlass", "About Munaf Tlass."),
        "mustafa-tlass": ("Mustafa Tlass", "About Mustafa Tlass."),
    }


# ---- keys -----------------------------------------------------------------------------------------------------------


def walk(keys: str, session: Session | None = None):
    """The session after some keys, and what the last of them asked for."""
    session, effect = session or Session(items()), None
    for key in keys:
        session, effect = press(session, key)
    return session, effect


def test_accept():
    session, effect = walk("a")
    assert effect == Write(session.items[0], "munaf-tlass")
    assert session.at == 1
    assert session.verdicts == {session.items[0].place: "munaf-tlass"}


def test_reject():
    session, effect = walk("sr")
    assert effect == Write(session.items[1], None)
    assert session.at == 2


def test_a_number_names_an_entry():
    session, effect = walk("ss2")
    undecided = session.items[2]
    assert effect == Write(undecided, undecided.choices[1].entry)


@pytest.mark.parametrize(
    ("before", "key", "kind"),
    [
        ("", "e", Ask),
        ("", "o", Open),
        ("", "q", Quit),
        ("", "Q", Quit),
        ("", "b", Say),
        ("s", "u", Say),
        ("", "9", Say),
        ("", "0", Say),
        ("", "²", Say),
        ("", "x", Say),
        ("", "\x1b[A", Say),
        ("ss", "a", Say),
    ],
)
def test_keys_that_leave_the_session_as_it_is(before, key, kind):
    session, _ = walk(before)
    after, effect = press(session, key)
    assert isinstance(effect, kind)
    assert after == session


def test_skip_and_back():
    assert [walk(keys)[0].at for keys in ("s", " ", "ssb", "asb")] == [1, 1, 1, 1]
    assert walk("ssss")[0].is_over
    assert walk("ab")[0].verdicts == walk("a")[0].verdicts


def test_undo_takes_back_the_latest_verdict_wherever_one_is():
    session, effect = walk("asrsu")
    assert effect == Withdraw(session.items[2])
    assert session.at == 2
    assert list(session.verdicts) == [session.items[0].place]
    session, effect = walk("u", session)
    assert (session.at, session.verdicts) == (0, {})


def test_a_verdict_given_again_is_the_latest():
    session, _ = walk("aabr")
    assert list(session.verdicts.values()) == ["munaf-tlass", None]
    session, _ = walk("bbr", session)
    assert list(session.verdicts.values()) == [None, None]
    assert walk("u", session)[1] == Withdraw(session.items[0])


# ---- what changes during a walk -------------------------------------------------------------------------------------


def test_what_follows_from_a_verdict_comes_next():
    session, _ = walk("r")
    fresh = items("Tlass. Munaf Tlass.")
    session = renew(session, fresh[0].source, fresh)
    assert session.items == (items()[0], *fresh)
    assert session.at == 1


def test_items_that_were_passed_do_not_come_again():
    session, _ = walk("ss")
    assert renew(session, session.item.source, items()).items == session.items


def test_other_articles_stay():
    some = items()
    other = replace(some[0], decision=some[0].decision._replace(source="content/articles/z.md"))
    session = Session((*some, other), at=1)
    assert renew(session, some[0].source, ()).items == (some[0], other)


def test_after_an_edit_the_walk_goes_on_at_the_same_mention():
    last = items()[2]
    session = resume(items("A new paragraph on Homs.\n\n" + TEXT), last)
    assert texts((session.item,)) == ["Tlass 9:50 undecided"]
    assert texts((resume(items(TEXT.replace("Then Tlass", "He")), last).item,)) == ["Homs 11:1 new link"]
    assert resume((), last).is_over


# ---- as text --------------------------------------------------------------------------------------------------------


def test_a_screen():
    session, _ = walk("ss")
    lines = show_item(session).splitlines()
    assert lines[0] == "3 of 4, undecided  content/articles/text.md:7:50"
    assert lines[1] == "The general and his father"
    assert "    Then [[Tlass]] spoke of Homs." in lines
    assert lines[-2:] == ["1-2 this entry  r no entry  e another entry", "o open  s skip  b back  u undo  q quit"]
    assert max(map(len, lines)) < WIDTH
    session, _ = walk("1b", session)
    assert f"Your verdict: {session.item.choices[0].entry}" in show_item(session)


def test_a_list():
    lines = list(list_items(items()))
    assert lines[0] == "content/articles/text.md"
    assert lines[1].startswith("  7:1  Munaf Tlass  → munaf-tlass  (new link; ")
    assert lines[-1] == "1 undecided, 3 new links"
    assert list(list_items(())) == ["nothing to review"]


def test_a_verdict_without_words_around_is_short():
    assert verdict_item("x", Quotation("Tlass", "", " left"), None) == {
        "article": "x",
        "exact": "Tlass",
        "suffix": " left",
        "entry": None,
    }
