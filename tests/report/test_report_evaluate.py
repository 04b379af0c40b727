"""How decisions are judged against labels: what is right, wrong, missed, and why."""

from __future__ import annotations

from collections import Counter

import pytest

from explainer.annotate import Decision, Method, Reason
from explainer.read.schema import EntryKind
from explainer.report.evaluate import Case, Fault, Outcome, evaluate, in_labelled_part
from explainer.report.gold import Label, Need

SOURCE = "content/articles/x.md"
TEXT = "She left Leeds, England, for Bath. The city had no Forum, but Bath had baths."


def place(words: str, number: int = 1) -> tuple[int, int]:
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def label(words: str, entry: str | None, need: str = "required", *, number: int = 1, parts=()) -> Label:
    start, end = place(words, number)
    kind = "place" if entry else ""
    return Label(start, SOURCE, start, end, words, entry, kind, Need(need), tuple(parts))


def decision(words: str, entry: str | None, number: int = 1) -> Decision:
    start, end = place(words, number)
    return Decision(
        source=SOURCE,
        start=start,
        end=end,
        text=words,
        entry=entry,
        readings=(),
        kind=EntryKind.PLACE if entry else None,
        linked=False,
        method=Method.NAME,
        reason=Reason.FIRST_IN_SECTION,
        score=1.0,
        words="",
        passage=0,
        begin=start,
        stop=end,
    )


LABELS = (
    label("She", None, "none"),
    label("Leeds, England", "leeds", parts=[label("Leeds", "leeds"), label("England", "england")]),
    label("Bath", "bath"),
    label("The city", "bath", "optional"),
    label("Bath", "bath", number=2),
)
"""Three mentions are required: Leeds, Bath twice."""


def cases(*decisions: Decision, labels=LABELS) -> tuple[Case, ...]:
    return evaluate(labels, {SOURCE: decisions}).cases


@pytest.mark.parametrize(
    ("decisions", "right", "wrong", "missed"),
    [
        pytest.param([], 0, 0, 3, id="nothing found"),
        pytest.param([decision("Bath", "bath")], 1, 0, 2, id="one right"),
        pytest.param([decision("Bath", None)], 0, 0, 3, id="undecided is not found"),
        pytest.param([decision("Bath", "bath-maine")], 0, 1, 3, id="another entry is wrong and misses"),
        pytest.param([decision("The city", "bath")], 0, 0, 3, id="an optional label found"),
        pytest.param([decision("The city", "leeds")], 0, 1, 3, id="an optional label with another entry"),
        pytest.param([decision("She", "leeds")], 0, 1, 3, id="a label without entry"),
        pytest.param([decision("Forum", "forum")], 0, 1, 3, id="no label"),
        pytest.param([decision("for Bath", "bath")], 0, 1, 3, id="other words"),
        pytest.param([decision("Leeds, England", "leeds")], 1, 0, 2, id="the outer label"),
        pytest.param([decision("Leeds", "leeds"), decision("England", "england")], 1, 0, 2, id="all parts"),
        pytest.param([decision("Leeds", "leeds")], 0, 0, 3, id="one of two parts"),
        pytest.param([decision("Leeds", "leeds"), decision("England", "bath")], 0, 1, 3, id="a part is wrong"),
        pytest.param(
            [decision("Leeds, England", "leeds"), decision("England", "bath")], 1, 0, 2, id="parts of what is right"
        ),
        pytest.param([decision("Bath", "bath"), decision("Bath", "leeds")], 1, 0, 2, id="the first on a span counts"),
    ],
)
def test_what_counts(decisions, right: int, wrong: int, missed: int) -> None:
    counts = Counter(c.outcome for c in cases(*decisions))
    assert (counts[Outcome.RIGHT], counts[Outcome.WRONG], counts[Outcome.MISSED]) == (right, wrong, missed)


def test_a_description_with_a_required_part() -> None:
    """It is never a gain, but missing what is in it costs."""
    labels = [label("The city", "bath", "optional", parts=[label("city", "bath")])]
    assert [c.outcome for c in cases(labels=labels)] == [Outcome.MISSED]
    assert [c.outcome for c in cases(decision("city", "bath"), labels=labels)] == [Outcome.RIGHT]


def test_parts_of_a_label_without_entry_are_free() -> None:
    labels = [label("Leeds, England", None, "none", parts=[label("Leeds", "leeds"), label("England", "england")])]
    assert cases(decision("Leeds", "leeds"), labels=labels) == ()
    assert [c.fault for c in cases(decision("Leeds", "bath"), labels=labels)] == [Fault.OTHER_ENTRY]


@pytest.mark.parametrize(
    ("decisions", "faults"),
    [
        ([decision("Bath", "leeds")], [("wrong", Fault.OTHER_ENTRY, "leeds", "bath")]),
        ([decision("She", "leeds")], [("wrong", Fault.NO_ENTRY, "leeds", None)]),
        ([decision("Forum", "forum")], [("wrong", Fault.NO_LABEL, "forum", None)]),
        (
            [decision("for Bath", "bath")],
            [("wrong", Fault.OTHER_WORDS, "bath", None), ("missed", Fault.OTHER_WORDS, None, "bath")],
        ),
    ],
)
def test_why(decisions, faults) -> None:
    """Of the first Bath and what lies before it. A mention that got another entry is told once."""
    errors = evaluate(LABELS, {SOURCE: decisions}).errors
    found = [(str(c.outcome), c.fault, c.got, c.expected) for c in errors if c.fault is not Fault.NOT_FOUND]
    assert found == faults


def test_precision_recall_and_f1() -> None:
    found = [decision("Bath", "bath"), decision("Forum", "forum")]
    result = evaluate(LABELS, {SOURCE: found})
    assert result.overall.precision == 1 / 2
    assert result.overall.recall == 1 / 3
    assert result.overall.f1 == pytest.approx(2 / 5)
    assert set(result.by_kind) == {"place"}
    nothing = evaluate((), {SOURCE: found})
    assert (nothing.cases, nothing.overall.f1) == ((), 0.0), "an article without a label is not judged"


def test_articles_that_are_labelled_in_part() -> None:
    found = {SOURCE: [decision("left", "x"), decision("Forum", "y"), decision("baths", "z")]}
    assert [d.text for d in in_labelled_part(LABELS[1:], found)[SOURCE]] == ["Forum"]
