"""Front matter: where it begins and ends, and that its places are the file's."""

import pytest

from explainer.diagnostics import Diagnostic
from explainer.read.front_matter import join_front_matter, split_front_matter


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: b\n---\nc\n", "a: b\n", "c\n"),
        ("---\r\na: b\r\n---\r\nc\r\n", "a: b\r\n", "c\r\n"),
        ("---\ra: b\r---\rc\r", "a: b\r", "c\r"),
        ("---\na: b\n...\nc", "a: b\n", "c"),
        ("\ufeff---\na: b\n---\nc", "a: b\n", "c"),
        ("---  \na: b\n--- \t\nc", "a: b\n", "c"),
        ("---\n---\nc", "", "c"),
        ("---\na: b\n---", "a: b\n", ""),
        ("---\na: |\n  ---\n ---\nb: '---'\n---- \n---\n---\n", "a: |\n  ---\n ---\nb: '---'\n---- \n", "---\n"),
    ],
)
def test_the_parts_of_a_file(text, yaml, body):
    split = split_front_matter(text, "x.md")
    assert (split.yaml, split.body) == (yaml, body)
    assert text[split.yaml_offset : split.yaml_offset + len(yaml)] == yaml
    assert text[split.body_offset :] == body
    assert join_front_matter(split) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "no-front-matter"),
        ("# A title\n", "no-front-matter"),
        ("\n---\na: b\n---\n", "no-front-matter"),
        (" ---\na: b\n---\n", "no-front-matter"),
        ("---", "no-front-matter"),
        ("--- a: b\n---\n", "no-front-matter"),
        ("----\na: b\n---\n", "no-front-matter"),
        ("---\na: b\n", "unclosed-front-matter"),
        ("---\na: b\n ---\n----\n--- x\n", "unclosed-front-matter"),
    ],
)
def test_what_is_no_front_matter(text, kind):
    problem = split_front_matter(text, "x.md")
    assert isinstance(problem, Diagnostic)
    assert (problem.kind, problem.start) == (kind, 0)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_count_the_characters_of_the_file(site, line_end, mark):
    text = f"{mark}---\ntitle: 𝔘 😀\ndate: 2024-13-01\nsummary: é\n---\n\n😀 [[nobody]]\n".replace("\n", line_end)
    site.write_bytes("content/articles/a.md", text.encode())
    assert site.problems() == ["content/articles/a.md:3:7 bad-date", "content/articles/a.md:7:5 unknown-entry"]
