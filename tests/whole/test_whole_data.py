"""What machines read on the dossier's pages: JSON-LD and Open Graph."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.whole.dossier import Dossier

SITE = "https://example.org/syria-july-2012/"

NEEDED = {
    "NewsArticle": {
        *("@id", "url", "headline", "description", "inLanguage", "datePublished", "dateModified", "temporalCoverage"),
        *("author", "publisher", "about", "mentions", "correction", "image", "isAccessibleForFree"),
    },
    "DefinedTerm": {"@id", "url", "name", "description", "alternateName", "inDefinedTermSet", "sameAs", "subjectOf"},
    "DefinedTermSet": {"@id", "name", "inLanguage", "hasDefinedTerm"},
}
KINDS = {"person": "Person", "place": "Place", "organisation": "Organization", "event": "Event", "work": "CreativeWork"}


@pytest.fixture(scope="module")
def data(dossier: Dossier) -> dict[str, list[dict[str, Any]]]:
    """By page, what its scripts hold."""
    found = {}
    for page in dossier.pages.values():
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
        found[page.path] = [json.loads(script) for script in scripts]
    return found


def types_of(thing: dict[str, Any]) -> list[str]:
    kind = thing["@type"]
    return kind if isinstance(kind, list) else [kind]


def every_id(thing: Any) -> list[str]:
    if isinstance(thing, list):
        return [found for one in thing for found in every_id(one)]
    if not isinstance(thing, dict):
        return []
    own = [thing["@id"]] if "@id" in thing else []
    return own + [found for key, value in thing.items() if key != "@context" for found in every_id(value)]


def of_type(data: dict[str, list[dict[str, Any]]], kind: str) -> list[dict[str, Any]]:
    return [thing for things in data.values() for thing in things if kind in types_of(thing)]


def test_articles_entries_and_the_glossary_are_told(dossier: Dossier, data: dict[str, list[dict[str, Any]]]) -> None:
    assert len(of_type(data, "NewsArticle")) == dossier.built.counts.articles
    assert len(of_type(data, "DefinedTerm")) == dossier.built.counts.entries
    assert of_type(data, "DefinedTermSet")


@pytest.mark.parametrize("kind", NEEDED)
def test_each_has_what_its_kind_needs(data: dict[str, list[dict[str, Any]]], kind: str) -> None:
    for thing in of_type(data, kind):
        assert thing["@context"] == "https://schema.org"
        assert NEEDED[kind] <= thing.keys(), thing["@id"]


def test_every_id_is_a_page_of_the_site(dossier: Dossier, data: dict[str, list[dict[str, Any]]]) -> None:
    pages = {urljoin(SITE, path.removesuffix("index.html")) for path in dossier.pages}
    for things in data.values():
        for identifier in every_id(things):
            assert identifier in pages


def test_each_page_speaks_of_itself(data: dict[str, list[dict[str, Any]]]) -> None:
    for path, things in data.items():
        for thing in things:
            if "BreadcrumbList" not in types_of(thing) and "@id" in thing:
                assert thing["@id"] == urljoin(SITE, path.removesuffix("index.html"))


def test_entries_have_their_kind(dossier: Dossier, data: dict[str, list[dict[str, Any]]]) -> None:
    seen = {t for thing in of_type(data, "DefinedTerm") for t in types_of(thing)}
    assert seen >= {"DefinedTerm", *KINDS.values()}
    for place in of_type(data, "Place"):
        if "geo" in place:
            assert place["geo"]["@type"] == "GeoCoordinates"
            assert -90 <= place["geo"]["latitude"] <= 90
    assert any("geo" in place for place in of_type(data, "Place"))
    assert dossier.pages


def test_mentions_and_appearances_agree(data: dict[str, list[dict[str, Any]]]) -> None:
    """An article mentions an entry where the entry is the subject of the article."""
    there = {(a["@id"], m["@id"]) for a in of_type(data, "NewsArticle") for m in a["mentions"]}
    back = {(s["@id"], e["@id"]) for e in of_type(data, "DefinedTerm") for s in e["subjectOf"]}
    assert there == back
    assert len(there) > 100


def test_pictures_are_files_of_the_site(dossier: Dossier, data: dict[str, list[dict[str, Any]]]) -> None:
    for article in of_type(data, "NewsArticle"):
        assert article["image"].removeprefix(SITE) in dossier.built.files


def test_open_graph_is_complete(dossier: Dossier) -> None:
    for page in dossier.pages.values():
        if page.path == "404.html":
            continue
        told = dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', page.text))
        wanted = {"og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:image", "og:image:alt"}
        assert wanted | {"og:image:width", "og:image:height"} <= told.keys()
        assert told["og:image"].removeprefix(SITE) in dossier.built.files


def test_every_article_has_a_card_of_its_own(dossier: Dossier) -> None:
    articles = [p.text for p in dossier.pages.values() if re.fullmatch(r"articles/[^/]+/index.html", p.path)]
    pictures = {re.findall(r'og:image" content="([^"]+)"', text)[0] for text in articles}
    assert len(pictures) == len(articles) > 6
