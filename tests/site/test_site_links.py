"""Where the links lead that authors write."""

from __future__ import annotations

import re

import pytest

from tests.site.helpers import diagnose, messages, problems, write_article, write_entries
from tests.sites import Site

SITE = (
    "-- content/articles/sub/other.md --\n---\ntitle: O\ndate: 2024-01-01\nsummary: S.\ntags: [Armed forces]\n---\n\n"
    "{#part}\n## A part\n\n## Étape\n"
    "-- content/pages/about.md --\n---\ntitle: About\n---\n\n## How it works\n"
    "-- content/media/maps/homs map.svg --\n<svg/>\n".replace("homs map", "homs-map")
    + "-- content/media/report.pdf --\n%PDF\n"
)


@pytest.fixture
def full(site: Site) -> Site:
    return write_entries(site.write(SITE), "Homs", "Republican Guard")


def href(site: Site, link: str) -> str | None:
    """Where the link leads from the article's page; None where it is no link."""
    write_article(site, f"[text]({link})")
    found = re.search(r'<p><a(?: href="([^"]*)")?(?: class="outside")?>text</a></p>', site.page("articles/x/"))
    assert found, site.page("articles/x/")
    return found[1]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("sub/other.md", "../other/"),
        ("./sub/other.md", "../other/"),
        ("sub/../sub/other.md", "../other/"),
        ("sub/other.md#part", "../other/#part"),
        ("sub/other.md#étape", "../other/#étape"),
        ("sub/other.md#%C3%A9tape", "../other/#étape"),
        ("../glossary/homs.md", "../../glossary/homs/"),
        ("../pages/about.md#how-it-works", "../../about/#how-it-works"),
        ("../media/report.pdf", "../../media/report.pdf"),
        ("../media/maps/homs-map.svg", "../../media/maps/homs-map.svg"),
        ("/", "../../"),
        ("/about/", "../../about/"),
        ("/about", "../../about/"),
        ("/articles/other/#part", "../other/#part"),
        ("/tags/armed-forces/", "../../tags/armed-forces/"),
        ("/glossary/kind/place/", "../../glossary/kind/place/"),
        ("/feed.xml", "../../feed.xml"),
        ("#x-story", "#x-story"),
        ("https://example.org/x?y=1#z", "https://example.org/x?y=1#z"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+33123", "tel:+33123"),
    ],
)
def test_links_lead(full: Site, link: str, leads: str) -> None:
    assert href(full, link) == leads
    assert problems(full) == []


@pytest.mark.parametrize("link", ["/glossary/حمص/", "/glossary/%D8%AD%D9%85%D8%B5/", "../glossary/حمص.md"])
def test_addresses_in_other_scripts(site: Site, link: str) -> None:
    site.write("-- content/glossary/حمص.md --\n---\nname: Homs\nkind: place\nsummary: A city.\n---\n")
    assert href(site, link) == "../../glossary/%D8%AD%D9%85%D8%B5/"
    assert problems(site) == []


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("sub/othr.md", "did you mean “content/articles/sub/other.md”"),
        ("other.md", "there is one at content/articles/sub/other.md"),
        ("../glossary/hom.md", "did you mean “content/glossary/homs.md”"),
        ("../../../../etc/passwd", "check the path and the spelling"),
        ("/abuot/", "did you mean “/about/”?"),
        ("/nowhere/at/all/", "write the path of the file instead"),
        ("sub/other.md#prat", "did you mean “part”?"),
        ("#nothing", "link to the page without “#…”"),
        ("javascript:alert(1)", "links begin with http:, https:, mailto:, tel:"),
        ("JavaScript:alert(1)", "links begin with"),
        ("data:text/html,x", "links begin with"),
        ("file:///etc/passwd", "links begin with"),
        ("vbscript:x", "links begin with"),
        ("//evil.example/x", "links begin with"),
    ],
)
def test_links_that_lead_nowhere_are_errors_with_a_hint(full: Site, link: str, hint: str) -> None:
    target = href(full, link)
    assert target is None or target.startswith(("#", "../other/#"))
    assert problems(full) == ["content/articles/x.md:7:2 broken-link"]
    assert hint in messages(full)[0]


@pytest.mark.parametrize(
    "text",
    [
        "[text](java\tscript:alert(1))",
        "[text](<java\u00a0script:alert(1)>)",
        "[text](&#106;avascript:alert(1))",
        "[text](%6Aavascript:alert(1))",
        "[text][1]\n\n[1]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "[text](<\x01javascript:alert(1)>)",
        "![text](javascript:alert(1))",
    ],
)
def test_no_spelling_of_a_script_is_a_link(site: Site, text: str) -> None:
    write_article(site, text)
    page = site.page("articles/x/")
    body = page[page.index('<div class="prose">') :]
    assert not re.search(r'(?:href|src)="[^"]*script', body, re.IGNORECASE)


def test_every_link_is_checked_wherever_it_stands(full: Site) -> None:
    write_article(
        full,
        "## [A](a.md)\n\n- [B](b.md)\n\n> [C](c.md)\n\n| x |\n|---|\n| [D](d.md) |\n\n[E][e] text[^1]\n\n"
        "::: context homs\n[F](f.md)\n:::\n\n[e]: e.md\n[^1]: [G](g.md)",
    )
    broken = [d.message for d in diagnose(full)[0] if d.kind == "broken-link"]
    assert [re.findall(r"/(\w)\.md", message)[0] for message in broken] == ["a", "b", "c", "d", "e", "f", "g"]


def test_links_of_entries_and_pages_are_checked(site: Site) -> None:
    site.write("-- content/pages/p.md --\n---\ntitle: P\n---\n\n[x](x.md)\n")
    site.write("-- content/glossary/g.md --\n---\nname: G\nkind: place\nsummary: S.\n---\n\n[x](x.md)\n")
    assert problems(site) == ["content/glossary/g.md:7:2 broken-link", "content/pages/p.md:5:2 broken-link"]


def test_a_draft_cannot_be_linked(site: Site) -> None:
    site.write("-- content/articles/d.md --\n---\ntitle: D\ndate: 2024-01-01\nsummary: S.\ndraft: true\n---\n\nText.\n")
    write_article(site, "[text](d.md)")
    assert problems(site) == ["content/articles/x.md:7:2 broken-link"]
    assert "or it is not published" in messages(site)[0]
    assert problems(site, unpublished=True) == []


def test_the_id_of_an_entry_link_is_no_target(site: Site) -> None:
    """The mention's own id stands there instead."""
    write_article(write_entries(site, "Homs"), "[the city](entry:homs){#town} and [back](#town)")
    assert problems(site) == ["content/articles/x.md:7:36 broken-link"]


def test_ids_that_authors_give_are_targets(site: Site) -> None:
    write_article(site, "[a span]{#town} and [back](#town)")
    assert problems(site) == []


# ---- images ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image", "hint"),
    [
        ("../media/damascus.png", "put the file into content/media"),
        ("../media/homs-map.svgg", "did you mean “homs-map.svg”?"),
        ("../pages/about.md", "put the file into content/media"),
        ("../../site.yaml", "put the file into content/media"),
        ("data:image/png;base64,xx", "put the file into content/media"),
    ],
)
def test_missing_images(full: Site, image: str, hint: str) -> None:
    write_article(full, f"![A map]({image})")
    assert problems(full) == ["content/articles/x.md:7:1 missing-media"]
    assert hint in messages(full)[0]


def test_images_from_elsewhere(full: Site) -> None:
    write_article(full, "![A map](https://example.com/x.png)")
    assert problems(full) == ["content/articles/x.md:7:1 broken-link"]
    assert "pages load nothing from elsewhere" in messages(full)[0]


def test_images_without_a_description(full: Site) -> None:
    write_article(full, "![](../media/maps/homs-map.svg)")
    assert problems(full) == ["content/articles/x.md:7:1 missing-alt"]


# ---- navigation -----------------------------------------------------------------------------------------------------


def nav(site: Site, url: str) -> list[str]:
    site.write(f"-- site.yaml --\ntitle: T\nurl: https://example.org/\nnav:\n  - {{title: N, url: '{url}'}}\n")
    page = site.page("articles/x/")
    return re.findall(r'<li><a href="([^"]*)"[^>]*>N</a>', page)


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("/about/", "../../about/"),
        ("/about", "../../about/"),
        ("content/pages/about.md", "../../about/"),
        ("/tags/armed-forces/", "../../tags/armed-forces/"),
        ("/about/#how-it-works", "../../about/#how-it-works"),
    ],
)
def test_navigation(full: Site, url: str, leads: str) -> None:
    write_article(full, "Text.")
    assert nav(full, url) == [leads]
    assert problems(full) == []


def test_navigation_that_leads_nowhere(full: Site) -> None:
    full.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\nnav:\n  - {title: N, url: /abuot/}\n")
    assert problems(full) == ["site.yaml:4:21 broken-link"]
    assert "did you mean “/about/”?" in messages(full)[0]


def test_lead_that_is_no_article(full: Site) -> None:
    full.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\nlead: othr\n")
    assert problems(full) == ["site.yaml:3:7 broken-link"]
    assert "did you mean “other”?" in messages(full)[0]
