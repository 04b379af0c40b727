"""What becomes of Markdown on a page."""

from pathlib import Path

import pytest

from explainer.read.markdown import parse_markdown
from tests.sites import article, rows
from tests.texts import content_of, glossary, read_article, read_entry, render

HERE = Path(__file__).parent


@pytest.mark.parametrize("row", rows(HERE / "markdown.txt"))
def test_markdown(row):
    homs = glossary(read_entry("homs", "Homs", "place"))
    assert render(content_of(read_article(row.given), homs)).strip() == row.expected.strip()


@pytest.mark.parametrize("row", rows(HERE / "directives.txt"))
def test_what_is_wrong_with_a_text(row, site):
    site.write("-- content/glossary/homs.md --\n---\nname: Homs\nkind: place\n---\n")
    site.write(f"-- content/articles/a.md --\n{article(row.given)}")
    site.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\nignore: [many-boxes]\n")
    problems = [p.removeprefix("content/articles/a.md:") for p in site.problems()]
    assert "\n".join(problems) == row.expected.strip()


@pytest.mark.parametrize("text", ["> |a|\n> |-|\n>", "- [ ", "::: a", "[^1]: ", "|a|\n|-|", "\x00", "a\\", "`", "# "])
def test_a_text_may_end_anywhere(text):
    for end in range(len(text) + 1):
        parse_markdown(text[:end], "a.md", offset=0, html=False)


def test_equal_texts_share_no_tokens():
    one, other = (parse_markdown("[a](entry:b)", "a.md", offset=0, html=False)[0] for _ in "ab")
    assert one.tokens[1].children[0] is not other.tokens[1].children[0]
