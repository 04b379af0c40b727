"""Every problem of a site shows in one run, in an order that only the site decides."""

import pytest

from tests.sites import article, entry, place

FRONT = "---\ntitle: T\ndate: 2024-01-01\nsummary: S.\n"

FILES = {
    "site.yaml": "title: T\nurl: https://example.org/\nlead: nothing\nlingking: {}\nnlp: {model: no_such_model}\n",
    "content/articles/alias.md": f"{FRONT}tags: &a [x]\nauthors: *a\n---\n",
    "content/articles/ambiguous.md": article("So Jordan."),
    "content/articles/body.md": article(
        "# One\n\n[a]{onclick=x} ![](../media/none.png) b[^1] [c](nothing.md) [d](entry:nobody)\n\n"
        "::: contxt\n:::\n\n::: context\n:::\n\n::: context hosm\n"
    ),
    "content/articles/dates.md": "---\ntitle: T\ndate: 1 June\nupdated: 2024-02-30\nsummary: S.\n---\n",
    "content/articles/deep.md": article("> " * 60 + "a"),
    "content/articles/empty.md": "",
    "content/articles/keys.md": f"{FRONT}titel: a\ntitle: b\nlinking: {{resolve: {{a: nobody}}, never: [nobody]}}\n---\n",
    "content/articles/latin.md": b"---\ntitle: \xe9\n---\n",
    "content/articles/missing.md": "---\ntitle: T\n---\n",
    "content/articles/none.md": "no front matter\n",
    "content/articles/unclosed.md": "---\ntitle: T\n",
    "content/articles/yaml.md": "---\ntitle: [T\n---\n",
    "content/glossary/a b.md": entry("A B"),
    "content/glossary/country/jordan.md": entry("Jordan", "place"),
    "content/glossary/facts.md": entry("F", front="facts: [{label: a, value: b, source: s9}]\nkind: town\n"),
    "content/glossary/jordan-river.md": entry("Jordan", "place"),
    "content/glossary/long.md": f"---\nname: L\nkind: work\nsummary: {'x' * 300}\n---\n",
    "content/glossary/river/jordan.md": entry("Jordan", "place"),
    "content/media/page.html": "<p>",
    "content/pages/about.md": "---\ntitle: T\nslug: glossary\n---\n",
    "content/pages/other.md": "---\nsummary: S.\n---\n[a](/nowhere/)\n",
}

PROBLEMS = """\
content/articles/alias.md:6:10 bad-yaml
content/articles/ambiguous.md:7:4 ambiguous-mention
content/articles/body.md:7:1 heading-level
content/articles/body.md:9:1 unsafe-attribute
content/articles/body.md:9:16 missing-alt
content/articles/body.md:9:16 missing-media
content/articles/body.md:9:40 missing-footnote
content/articles/body.md:9:46 broken-link
content/articles/body.md:9:62 unknown-entry
content/articles/body.md:11:5 unknown-directive
content/articles/body.md:14:5 bad-directive
content/articles/body.md:17:1 unclosed-directive
content/articles/body.md:17:13 unknown-entry
content/articles/dates.md:3:7 bad-date
content/articles/dates.md:4:10 bad-date
content/articles/deep.md:7:1 too-deep
content/articles/empty.md empty-file
content/articles/folder.md not-a-file
content/articles/keys.md:5:1 unknown-key
content/articles/keys.md:6:1 duplicate-key
content/articles/keys.md:7:24 unknown-entry
content/articles/keys.md:7:41 unknown-entry
content/articles/latin.md not-utf8
content/articles/missing.md:2:1 missing-key
content/articles/missing.md:2:8 missing-summary
content/articles/none.md:1:1 no-front-matter
content/articles/unclosed.md:1:1 unclosed-front-matter
content/articles/yaml.md:2:10 bad-yaml
content/glossary/a b.md bad-name
content/glossary/facts.md:5:38 bad-value
content/glossary/facts.md:6:1 duplicate-key
content/glossary/facts.md:6:7 bad-value
content/glossary/long.md:4:10 long-summary
content/glossary/river/jordan.md duplicate-id
content/media/out.png outside-site
content/media/page.html unsafe-media
content/pages/about.md duplicate-url
content/pages/other.md:2:1 missing-key
content/pages/other.md:4:2 broken-link
site.yaml no-model
site.yaml:3:7 broken-link
site.yaml:4:1 unknown-key
"""


@pytest.mark.parametrize("order", [sorted(FILES), sorted(FILES, reverse=True)], ids=["forwards", "backwards"])
def test_every_problem_shows_in_one_run_in_one_order(site, order):
    for path in order:
        text = FILES[path]
        site.write_bytes(path, text if isinstance(text, bytes) else text.encode())
    (site.root / "content/articles/folder.md").mkdir()
    (site.root / "content/media/out.png").symlink_to("/")
    built = site.build()
    assert "\n".join(place(d, built.texts) for d in built.diagnostics) + "\n" == PROBLEMS
