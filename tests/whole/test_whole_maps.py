"""The maps of the dossier: how large they are, and that each says in words what it shows."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Mapping

from explainer.read.content import Entry, read_content
from explainer.types import EntryId
from tests.whole.dossier import NOW, Dossier

MAP = re.compile(r"<figure class=\"map.*?</figure>", re.DOTALL)
MOST = 4 * 1024
"""Bytes of a map as it is sent."""


def maps_of(dossier: Dossier) -> dict[str, list[str]]:
    found = {path: MAP.findall(page.text) for path, page in dossier.pages.items()}
    return {path: maps for path, maps in found.items() if maps}


def test_no_map_is_larger_than_its_budget(dossier: Dossier) -> None:
    sizes = {
        f"{path} {number}": len(gzip.compress(text.encode(), 9, mtime=0))
        for path, maps in maps_of(dossier).items()
        for number, text in enumerate(maps)
    }
    assert len(sizes) > 35
    assert {name: size for name, size in sizes.items() if size > MOST} == {}


def test_every_place_has_a_map_and_says_where_it_is(dossier: Dossier) -> None:
    located = {i: e.meta.name for i, e in entries(dossier).items() if e.meta.location is not None}
    assert len(located) > 30
    for identifier, name in located.items():
        (text,) = MAP.findall(dossier.page(f"glossary/{identifier}/").text)
        (said,) = re.findall(r'<p class="where">(.*?)</p>', text)
        assert html.unescape(said).startswith(name)
        assert said in text[text.index("<desc") : text.index("</desc>")]
    rastan = dossier.page("glossary/rastan/").text
    assert "Rastan, about 20 km north of Homs (Syria)" in rastan


def entries(dossier: Dossier) -> Mapping[EntryId, Entry]:
    content = read_content(dossier.root, now=NOW).content
    assert content is not None
    return content.entries


def test_maps_have_no_style_of_their_own(dossier: Dossier) -> None:
    """A content security policy without `unsafe-inline` would stop it."""
    for maps in maps_of(dossier).values():
        for text in maps:
            assert not re.search(r"\sstyle=|<style|\son\w+=|href=|url\(", text)


def test_pages_without_places_have_no_maps(dossier: Dossier) -> None:
    paths = maps_of(dossier)
    assert not any("map-" in page.text for path, page in dossier.pages.items() if path not in paths)
    assert "glossary/munaf-tlass/index.html" not in paths
