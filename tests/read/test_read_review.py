"""`content/review.yaml`: what may stand in it, and what is said of the rest."""

from __future__ import annotations

import pytest

from explainer.read.content import ARTICLES, Content
from explainer.read.review import Verdict, parse_review
from tests.sites import Site, article, entry

VERDICT = "- article: x\n  exact: Tlass\n  prefix: 'that '\n  suffix: ' left'\n  entry: munaf-tlass\n"


@pytest.fixture
def full(site: Site) -> Site:
    """A site with an article and an entry."""
    site.write(f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n")
    return site.write(f"-- content/articles/x.md --\n{article('On the day that Tlass left, he was gone.')}\n")


def verdicts(text: str) -> list[Verdict]:
    read = parse_review(text, articles=ARTICLES)
    assert read.diagnostics == ()
    return list(read.review.verdicts)


def problems(site: Site, text: str) -> list[str]:
    site.write(f"-- content/review.yaml --\n{text}")
    return [p for p in site.problems() if p.startswith("content/review.yaml")]


def test_a_verdict():
    (verdict,) = verdicts(VERDICT)
    assert verdict.article == "content/articles/x.md"
    assert (verdict.meta.exact, verdict.meta.prefix, verdict.meta.suffix) == ("Tlass", "that ", " left")
    assert verdict.meta.entry == "munaf-tlass"
    assert VERDICT[slice(*verdict.place("entry"))] == "munaf-tlass"
    assert VERDICT[slice(*verdict.place("by"))] == "a", "what is not said has the item's place"


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_no_entry_is_meant(written):
    (verdict,) = verdicts(f"- {{article: x, exact: Tlass, entry: {written}}}\n")
    assert verdict.meta.entry is None


def test_white_space_is_that_of_readers():
    (verdict,) = verdicts('- article: x\n  exact: >\n    Munaf\n    Tlass\n  prefix: "a\\n  b "\n  entry: null\n')
    assert (verdict.meta.exact, verdict.meta.prefix) == ("Munaf Tlass", "a b ")


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "[]\n", "---\n...\n"])
def test_no_verdicts(full, text):
    assert problems(full, text) == []
    assert content(full).review.verdicts == ()


def test_a_site_without_the_file(full):
    assert content(full).review.verdicts == ()


def content(site: Site) -> Content:
    return site.content()


def test_in_the_order_of_the_file():
    read = [v.meta.exact for v in verdicts("".join(f"- {{article: {a}, exact: {e}, entry: null}}\n" for a, e in ORDER))]
    assert read == [e for _, e in ORDER]


ORDER = [("b", "1"), ("a", "2"), ("b", "3")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("article: x\n", "1:1 bad-yaml"),
        ("- Tlass\n", "1:3 bad-yaml"),
        ("- article: [\n", "1:13 bad-yaml"),
        (VERDICT.replace("prefix", "before"), "3:3 unknown-key"),
        (VERDICT.replace("  exact: Tlass\n", ""), "1:3 missing-key"),
        (VERDICT.replace("  entry: munaf-tlass\n", ""), "1:3 missing-key"),
        (VERDICT.replace("exact: Tlass", "exact: ' '"), "2:10 bad-value"),
        (VERDICT.replace("exact: Tlass", "exact: [Tlass]"), "2:10 bad-value"),
        (VERDICT + "  date: tomorrow\n", "6:9 bad-date"),
        (VERDICT.replace("entry: munaf-tlass", "entry: munaf"), "5:10 unknown-entry"),
        (VERDICT.replace("article: x", "article: y"), "1:12 stale-verdict"),
        (VERDICT.replace("exact: Tlass", "exact: Assad"), "2:10 stale-verdict"),
        (VERDICT, None),
    ],
)
def test_every_problem_has_its_place(full, text, expected):
    assert problems(full, text) == ([f"content/review.yaml:{expected}"] if expected else [])


def test_only_what_stops_nobody_is_a_warning(full):
    kinds = {}
    for entry_id, exact in (("munaf-tlass", "Gone"), ("nobody", "Tlass")):
        full.write(f"-- content/review.yaml --\n- {{article: x, exact: {exact}, entry: {entry_id}}}\n")
        kinds |= {str(d.kind): str(d.severity) for d in full.build().diagnostics}
    assert kinds == {"stale-verdict": "warning", "unknown-entry": "error"}


def test_a_verdict_on_a_draft_is_not_stale(full):
    full.write(f"-- content/articles/d.md --\n{article('Tlass left.', front='draft: true' + chr(10))}\n")
    assert problems(full, "- {article: d, exact: Tlass, entry: munaf-tlass}\n") == []


def test_offsets_are_those_of_the_file(full):
    full.write_bytes(
        "content/review.yaml", b"\xef\xbb\xbf" + VERDICT.replace("\n", "\r\n").replace("Tlass", "Gone").encode()
    )
    assert [p for p in full.problems() if "review" in p] == ["content/review.yaml:2:10 stale-verdict"]


def test_a_file_that_lies_outside_the_site_is_not_read(full, tmp_path):
    (tmp_path / "other.yaml").write_text(VERDICT)
    (full.root / "content/review.yaml").symlink_to(tmp_path / "other.yaml")
    assert [p for p in full.problems() if "review" in p] == ["content/review.yaml outside-site"]


def test_a_folder_of_that_name(full):
    (full.root / "content/review.yaml").mkdir()
    assert [p for p in full.problems() if "review" in p] == ["content/review.yaml not-a-file"]
