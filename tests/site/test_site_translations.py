"""Articles in several languages: which belong together, what is wrong, what pages and search engines are told."""

from __future__ import annotations

import re

import pytest

from tests.sites import Site, article

ORIGINAL = f"-- content/articles/why.md --\n{article('Text.', title='Why')}\n"


def version(name: str, language: str, *, of: str = "why", folder: str = "") -> str:
    front = f"language: {language}\ntranslation_of: {of}\n"
    return f"-- content/articles/{folder}{name}.md --\n{article('Text.', title=name.capitalize(), front=front)}\n"


def alternates(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page)


HERE = "https://example.org/articles/"
ALL = [("en", f"{HERE}why/"), ("x-default", f"{HERE}why/"), ("ar", f"{HERE}limadha/"), ("fr", f"{HERE}pourquoi/")]


@pytest.fixture
def three(site: Site) -> Site:
    return site.write(ORIGINAL + version("pourquoi", "fr", folder="fr/") + version("limadha", "ar"))


def test_every_version_names_all(three: Site) -> None:
    assert three.problems() == []
    for name in ("why", "pourquoi", "limadha"):
        assert alternates(three.page(f"articles/{name}/")) == ALL


def test_readers_are_led_to_the_others_in_their_words(three: Site) -> None:
    def also_in(name: str) -> list[tuple[str, ...]]:
        (line,) = re.findall(r'<p class="also-in".*?</p>', three.page(f"articles/{name}/"))
        return re.findall(r'<a href="([^"]*)" hreflang="[^"]*" lang="([^"]*)" dir="([^"]*)">(.*?)</a>', line)

    english = ("../why/", "en", "ltr", "English")
    french = ("../pourquoi/", "fr", "ltr", "Français")
    arabic = ("../limadha/", "ar", "rtl", "العربية")
    assert also_in("why") == [arabic, french]
    assert also_in("pourquoi") == [english, arabic]
    assert also_in("limadha") == [english, french]
    assert "Aussi en" in three.page("articles/pourquoi/")


def test_social_networks_are_told(three: Site) -> None:
    page = three.page("articles/pourquoi/")
    assert re.findall(r'property="og:locale(?::alternate)?" content="([^"]*)"', page) == ["fr", "en", "ar"]


def test_the_sitemap_has_them(three: Site) -> None:
    sitemap = three.page("sitemap.xml")
    (entry,) = re.findall(rf"<url><loc>{HERE}limadha/</loc>.*?</url>", sitemap)
    assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"/>', entry) == ALL
    assert sitemap.count("<xhtml:link") == 3 * len(ALL)


def test_an_article_alone_says_nothing(site: Site) -> None:
    page = site.write(ORIGINAL).page("articles/why/")
    assert alternates(page) == []
    assert "also-in" not in page
    assert "xhtml:link" not in site.page("sitemap.xml")


def test_a_draft_belongs_to_no_set(site: Site) -> None:
    site.write(ORIGINAL + version("pourquoi", "fr").replace("language: fr", "draft: true\nlanguage: fr"))
    assert alternates(site.page("articles/why/")) == []
    files = site.build(preview=True).files
    data = files["articles/why/index.html"]
    assert isinstance(data, bytes)
    assert len(alternates(data.decode())) == 3


@pytest.mark.parametrize(
    ("files", "problem", "words"),
    [
        (ORIGINAL + version("a", "fr", of="wy"), "content/articles/a.md:6:17", "did you mean “why”?"),
        (version("a", "fr", of="a"), "content/articles/a.md:6:17", "no translation of itself"),
        (ORIGINAL + version("a", "en"), "content/articles/a.md:6:17", "why.md is in the same language, en"),
        (
            ORIGINAL + version("a", "fr") + version("b", "fr"),
            "content/articles/b.md:6:17",
            "a.md is in the same language",
        ),
        (
            ORIGINAL + version("a", "fr") + version("b", "ar", of="a"),
            "content/articles/b.md:6:17",
            "translation_of: why",
        ),
    ],
    ids=["unknown", "itself", "language of the original", "twice in one language", "of a translation"],
)
def test_what_is_wrong_is_told_at_its_place(site: Site, files: str, problem: str, words: str) -> None:
    site.write(files)
    assert site.problems() == [f"{problem} bad-translation"]
    (found,) = (d for d in site.build().diagnostics if d.kind == "bad-translation")
    assert words in f"{found.message} {found.hint}"


def test_a_ring_is_told_on_both_sides(site: Site) -> None:
    site.write(version("a", "fr", of="b") + version("b", "ar", of="a"))
    assert site.problems() == [f"content/articles/{name}.md:6:17 bad-translation" for name in "ab"]
