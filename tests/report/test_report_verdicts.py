"""Changes to review.yaml leave everything else as its authors wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.read.review import parse_document
from explainer.report.verdicts import HEADING, UneditableError, add_verdict, alter_verdict, remove_verdicts

FILE = """\
# Verdicts of the foreign desk

- article: b          # the family
  exact: Tlass
  prefix: 'the day that '
  entry: munaf-tlass  # not his father

# a second one
- {article: a, exact: "Tlass", entry: ~}
- article: b
  # a note inside
  exact: >-
    Republican
    Guard
  entry:
# the end
"""

ITEM = {"article": "c", "exact": "Homs", "prefix": "in ", "entry": "homs"}
WRITTEN = '- article: c\n  exact: Homs\n  prefix: "in "\n  entry: homs\n'


def test_a_new_file_has_a_heading():
    assert add_verdict("", ITEM) == f"{HEADING}\n{WRITTEN}"


@pytest.mark.parametrize("text", ["# mine\n", "# mine", "# mine\n[]\n", "---\n"])
def test_the_first_item(text):
    new = add_verdict(text, ITEM)
    assert new.startswith(text.replace("[]", "").rstrip("\n"))
    assert new.endswith(f"\n{WRITTEN}")


def test_an_item_is_added_behind_the_last():
    assert add_verdict(FILE, ITEM) == FILE.replace("# the end\n", f"{WRITTEN}# the end\n")


def test_an_item_is_added_behind_those_of_its_article():
    new = add_verdict(FILE, {**ITEM, "article": "a"})
    assert new == FILE.replace("entry: ~}\n", "entry: ~}\n" + WRITTEN.replace("article: c", "article: a"))


def test_without_a_line_end_at_the_end():
    assert add_verdict("- {article: x, exact: a, entry: null}", ITEM).splitlines()[1:] == WRITTEN.splitlines()


def test_indented_items():
    text = "  - article: x\n    exact: a\n    entry: b\n"
    assert add_verdict(text, ITEM) == text + "".join(f"  {line}\n" for line in WRITTEN.splitlines())


def test_line_ends_and_the_byte_order_mark_stay():
    text = "\ufeff" + FILE.replace("\n", "\r\n")
    new = remove_verdicts(add_verdict(text, ITEM), [3])
    assert new == text
    assert "\n" not in add_verdict(text, ITEM).replace("\r\n", "")


@pytest.mark.parametrize(
    ("number", "entry", "old", "new"),
    [
        (0, "firas-tlass", "entry: munaf-tlass  #", "entry: firas-tlass  #"),
        (0, None, "entry: munaf-tlass  #", "entry: null  #"),
        (1, "x", "entry: ~}", "entry: x}"),
        (2, "x", "  entry:\n#", "  entry: x\n#"),
        (2, "a b:c", "  entry:\n#", '  entry: "a b:c"\n#'),
    ],
)
def test_another_entry(number, entry, old, new):
    assert alter_verdict(FILE, number, entry) == FILE.replace(old, new)


@pytest.mark.parametrize(
    ("numbers", "gone"),
    [
        ([0], FILE[FILE.index("- article: b") : FILE.index("\n# a second")]),
        ([1], '- {article: a, exact: "Tlass", entry: ~}\n'),
        ([2], FILE[FILE.rindex("- article: b") : FILE.index("# the end")]),
    ],
)
def test_an_item_is_removed_and_the_comments_around_it_stay(numbers, gone):
    assert remove_verdicts(FILE, numbers) == FILE.replace(gone, "")


def test_all_items_are_removed():
    left = remove_verdicts(FILE, [0, 1, 2])
    assert left.split() == "# Verdicts of the foreign desk # a second one # the end".split()
    assert add_verdict(left, ITEM) == left + WRITTEN


@pytest.mark.parametrize("first", ["-\n  article: x", "- # a - b\n  article: x", "---\n- article: x", "-   article: x"])
def test_other_ways_to_begin_an_item(first):
    text = f"# no - item\n{first}\n{' ' * (4 if first.endswith('-   article: x') else 2)}exact: a\n"
    text += f"{' ' * (4 if first.endswith('-   article: x') else 2)}entry: b\n- article: y\n  exact: c\n  entry: d\n"
    assert [item["article"] for item in parse_document(remove_verdicts(text, [0])).data] == ["y"]
    assert parse_document(remove_verdicts(text, [1])).data == [{"article": "x", "exact": "a", "entry": "b"}]
    assert "# no - item\n" in remove_verdicts(text, [0, 1])


@pytest.mark.parametrize(
    "text", ["[{article: x, exact: a, entry: b}]\n", "- article: x\n  exact: a\n  entry: b\n...\n# more\n--- \n"]
)
def test_what_cannot_be_changed_safely_is_left_alone(text):
    with pytest.raises(UneditableError, match="- article"):
        remove_verdicts(add_verdict(text, ITEM), [0])


VALUES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, st.none() | VALUES), max_size=4), st.sampled_from(["", FILE]))
def test_what_is_written_is_read(items, text):
    """Whatever characters a quotation holds; and what was there before is there still, in its order."""
    before = parse_document(text).data or []
    written = []
    for article, exact, entry in items:
        item = {"article": f"z{article}", "exact": exact, "entry": entry}
        text = add_verdict(text, item)
        written.append(item)
    after = parse_document(text).data or []
    assert [i for i in after if i in before] == before
    assert sorted(map(str, after)) == sorted(map(str, [*before, *written]))
