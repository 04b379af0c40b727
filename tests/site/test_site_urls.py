"""Where everything is served."""

from __future__ import annotations

import pytest

from explainer.site.urls import slugify
from tests.site.helpers import assembled, diagnose, messages, problems, write_article, write_entries
from tests.sites import Site, article, entry

PAGE = "---\ntitle: A page\n---\n\nText.\n"


def urls(site: Site) -> dict[str, str]:
    return dict(assembled(site).urls.of)


def test_addresses_come_from_file_names(site: Site) -> None:
    write_article(site, "Text.", path="2024/06/a-story.md")
    write_entries(site, "Homs")
    site.write(f"-- content/pages/sub/about.md --\n{PAGE}-- content/media/maps/homs.svg --\n<svg/>\n")
    assert urls(site) == {
        "content/articles/2024/06/a-story.md": "/articles/a-story/",
        "content/glossary/homs.md": "/glossary/homs/",
        "content/pages/sub/about.md": "/about/",
        "content/media/maps/homs.svg": "/media/maps/homs.svg",
    }


def test_slug_replaces_the_name(site: Site) -> None:
    write_article(site, "Text.", front="slug: other\n")
    assert urls(site) == {"content/articles/x.md": "/articles/other/"}
    assert "articles/other/index.html" in site.build().files


def test_other_scripts_are_escaped_in_addresses_and_not_in_files(site: Site) -> None:
    site.write(f"-- content/glossary/حمص.md --\n{entry('حمص', 'place')}\n")
    assert urls(site) == {"content/glossary/حمص.md": "/glossary/%D8%AD%D9%85%D8%B5/"}
    assert "glossary/حمص/index.html" in site.build().files


def test_two_articles_of_one_name_are_a_problem_that_names_both(site: Site) -> None:
    write_article(site, "One.", path="a/x.md")
    write_article(site, "Two.", path="b/x.md")
    (problem,), _texts = diagnose(site)
    assert problem.kind == "duplicate-url"
    assert problem.path == "content/articles/b/x.md"
    assert "/articles/x/" in problem.message
    assert "content/articles/a/x.md" in problem.message


def test_two_slugs_that_are_one(site: Site) -> None:
    write_article(site, "One.", path="a.md", front="slug: c\n")
    write_article(site, "Two.", path="b.md", front="slug: c\n")
    assert problems(site) == ["content/articles/b.md duplicate-url"]


def test_names_that_differ_in_case_only_collide(site: Site) -> None:
    """Some file systems would write both into one folder."""
    write_article(site, "One.", path="a/Homs.md")
    write_article(site, "Two.", path="b/homs.md")
    assert problems(site) == ["content/articles/b/homs.md duplicate-url"]


def test_two_entries_of_one_id_are_a_problem_that_names_both(site: Site) -> None:
    site.write(f"-- content/glossary/a/homs.md --\n{entry('Homs', 'place')}\n")
    site.write(f"-- content/glossary/b/homs.md --\n{entry('Homs', 'place')}\n")
    (problem,), _texts = diagnose(site)
    assert (problem.kind, problem.path) == ("duplicate-id", "content/glossary/b/homs.md")
    assert "content/glossary/a/homs.md" in problem.message


@pytest.mark.parametrize("name", ["articles", "glossary", "tags", "assets", "media", "Media", "feed.xml", "404.html"])
def test_pages_may_not_take_the_site_s_own_addresses(site: Site, name: str) -> None:
    site.write(f"-- content/pages/{name}.md --\n{PAGE}")
    assert problems(site) == [f"content/pages/{name}.md duplicate-url"]


def test_an_entry_may_be_called_as_a_kind(site: Site) -> None:
    write_entries(site, "kind", "person", "place")
    assert problems(site) == []
    files = site.build().files
    assert {"glossary/kind/index.html", "glossary/place/index.html", "glossary/kind/place/index.html"} <= set(files)


@pytest.mark.parametrize("name", ["a b", "a%b", "a#b", "-a"])
def test_names_that_cannot_be_addresses(site: Site, name: str) -> None:
    site.root.joinpath("content/articles").mkdir(parents=True)
    (site.root / f"content/articles/{name}.md").write_text(article("Text.\n"))
    assert [d.kind for d in diagnose(site)[0]] == ["bad-name"]


def test_topics_that_would_share_a_page(site: Site) -> None:
    write_article(site, "One.", path="a.md", front="tags: [Syria]\n")
    write_article(site, "Two.", path="b.md", front="tags: [Homs, syria]\n")
    assert problems(site) == ["content/articles/b.md:5:14 duplicate-url"]
    assert "“Syria” of content/articles/a.md" in messages(site)[0]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Armed forces", "armed-forces"),
        ("C++", "c"),
        ("سوريا 2012", "سوريا-2012"),
        ("Élysée!", "élysée"),
        ("…", "untitled"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug
