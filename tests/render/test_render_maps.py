"""Maps on pages: what they say in words, in three languages, and where they are."""

from __future__ import annotations

import html
import re

import pytest

from tests.sites import Site, article, entry

PLACES = {
    "syria": ("Syria", "{lat: 35, lon: 38.5}", "[{text: Syrie, language: fr}, {text: سوريا, language: ar}]"),
    "homs": ("Homs", "{lat: 34.7324, lon: 36.7137}", "[{text: حمص, language: ar}]"),
    "aleppo": ("Aleppo", "{lat: 36.2021, lon: 37.1343}", "[{text: Alep, language: fr}, {text: حلب, language: ar}]"),
    "rastan": ("Rastan", "{lat: 34.926, lon: 36.732}", "[{text: الرستن, language: ar}]"),
    "afrin": ("Afrin", "{lat: 36.5119, lon: 36.8695}", "[{text: عفرين, language: ar}]"),
    "orontes": ("Orontes", "{lat: 34.94, lon: 36.73, wide: true}", "[]"),
    "jordan": ("Jordan", "{lat: 31.2, lon: 36.5}", "[{text: Jordanie, language: fr}, {text: الأردن, language: ar}]"),
    "lebanon": ("Lebanon", "{lat: 33.9, lon: 35.9}", "[{text: Liban, language: fr}]"),
    "fire": ("The fire", "{lat: 34.7324, lon: 36.7137}", "[]"),
    "buoy": ("Buoy", "{lat: -40, lon: -120}", "[]"),
}


def write_places(site: Site, language: str = "en", more: str = "") -> Site:
    """A site on Syria; Homs and Aleppo are its best-known places."""
    site.write(f"-- site.yaml --\ntitle: Test\nurl: https://example.org/\nlanguage: {language}\n{more}")
    for identifier, (name, location, aliases) in PLACES.items():
        kind = "event" if identifier == "fire" else "place"
        front = f"language: en\nlocation: {location}\naliases: {aliases}\n"
        site.write(f"-- content/glossary/{identifier}.md --\n{entry(name, kind, front=front)}\n")
    for number, body in enumerate(("Homs and Aleppo.", "Homs and Aleppo again.", "Of [Rastan](entry:rastan).")):
        site.write(f"-- content/articles/a{number}.md --\n{article(body)}\n")
    return site


def write_map(site: Site, body: str, front: str = "") -> None:
    """An article at `articles/map/`."""
    text = article(body, front=f"{front}\n" if front else "")
    site.write(f"-- content/articles/map.md --\n{text}\n")


def texts(site: Site, path: str) -> list[str]:
    """What maps and lists of places say, without markup."""
    found = re.findall(r'<p class="where">(.*?)</p>|<span class="when">(.*?)</span>', site.page(path), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", a or b)).strip() for a, b in found]


SAID = {
    "en": {
        "rastan": "Rastan, about 20 km north of Homs (Syria)",
        "afrin": "Afrin, about 40 km north-west of Aleppo (Syria)",
        "homs": "Homs (Syria)",
        "fire": "The fire (Homs, Syria)",
        "orontes": "Orontes (Syria)",
        "syria": "Syria (neighbours: Jordan, Lebanon)",
        "jordan": "Jordan (neighbours: Syria)",
        "buoy": "Buoy",
    },
    "fr": {
        "rastan": "Rastan, à environ 20 km au nord de Homs (Syrie)",
        "afrin": "Afrin, à environ 40 km au nord-ouest d’Alep (Syrie)",
        "syria": "Syrie (pays voisins : Jordanie, Liban)",
    },
    "ar": {
        "rastan": "الرستن، على بُعد نحو 20 كم إلى الشمال من حمص (سوريا)",
        "afrin": "عفرين، على بُعد نحو 40 كم إلى الشمال الغربي من حلب (سوريا)",
        "syria": "سوريا (بلدان مجاورة: الأردن)",
        "orontes": "\u2068Orontes\u2069 (سوريا)",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_where_places_are_in_words(site: Site, language: str):
    """On an article's map, since an article has the page's language whatever its entries have."""
    write_places(site, "en")
    ids = " ".join(SAID[language])
    body = f"Text.\n\n::: map {ids}\n:::"
    write_map(site, body, f"language: {language}")
    page = site.page("articles/map/")
    (described,) = re.findall(r"<desc [^>]*>(.*?)</desc>", page, re.DOTALL)
    assert html.unescape(described).startswith("".join(f"{said}. " for said in SAID[language].values()))


def test_entries_have_a_map_and_its_words(site: Site):
    write_places(site)
    for identifier, said in SAID["en"].items():
        assert texts(site, f"glossary/{identifier}/")[0] == said


def test_lists_do_not_say_a_name_twice(site: Site):
    write_places(site)
    write_map(site, "::: map rastan homs fire syria buoy\n:::")
    said = ["about 20 km north of Homs (Syria)", "Syria", "Homs, Syria", "neighbours: Jordan, Lebanon"]
    assert texts(site, "articles/map/") == [*said, "40.00° S, 120.00° W"]


def test_lists_have_the_names_of_the_pages_language(site: Site):
    write_places(site)
    write_map(site, "::: map rastan orontes\n:::", "language: ar")
    page = site.page("articles/map/")
    names = re.findall(r"<bdi([^>]*)>([^<]*)</bdi></a> <span class=\"when\">", page)
    assert names == [("", "الرستن"), (' lang="en"', "\u2068Orontes\u2069")]


def test_neighbours_are_named_in_the_pages_language_or_not_at_all(site: Site):
    write_places(site)
    body = "::: map rastan homs\n:::"
    write_map(site, body, "language: fr")
    names = re.findall(r'<text class="map-area"[^>]*>([^<]*)', site.page("articles/map/"))
    assert "Syrie" in names
    assert "Syria" not in names
    assert names
    assert "Turkey" not in site.page("glossary/syria/"), "the glossary has no such entry"


def test_without_ids_a_map_shows_the_articles_places(site: Site):
    write_places(site)
    write_map(site, "From Aleppo to Homs.\n\n::: map\n:::")
    assert re.findall(r'<text class="map-main"[^>]*>([^<]*)', site.page("articles/map/")) == ["Aleppo", "Homs"]


def test_feeds_have_the_list_and_no_drawing(site: Site):
    write_places(site)
    write_map(site, "::: map rastan\n:::")
    feed = html.unescape(site.page("feed.xml"))
    assert "about 20 km north of Homs (Syria)" in feed
    assert "<svg" not in feed


def test_boxes_have_maps(site: Site):
    write_places(site)
    write_map(site, "Of [Rastan](entry:rastan), near Homs.", "context: [rastan]")
    page = site.page("articles/map/")
    assert "Rastan, about 20 km north of Homs (Syria)" in page[page.index("<aside") : page.index("</aside>")]


def test_the_list_of_places_has_maps_of_all_and_of_where_many_are(site: Site):
    write_places(site)
    page = site.page("glossary/kind/place/")
    assert re.findall(r"<title id=[^>]*>([^<]*)", page) == ["Map of 5 places", "Map: Syria"]
    assert "<figure" not in site.page("glossary/kind/event/")
    assert "<figure" not in site.page("glossary/")


def test_maps_can_be_turned_off(site: Site):
    write_places(site, more="maps: {draw: off}\n")
    write_map(site, "::: map rastan\n:::")
    built = site.build()
    assert [p for p, data in built.files.items() if isinstance(data, bytes) and b"<figure" in data] == []
    assert texts(site, "articles/map/") == ["34.93° N, 36.73° E"]
    assert "<figure" not in site.page("glossary/rastan/")


AREA = '{"type": "Feature", "id": "orontes", "geometry": {"type": "Polygon", "coordinates": [%s]}}'
SQUARE = "[[36, 34], [38, 34], [38, 35], [36, 34]]"


def test_a_sites_own_area_is_in_focus_on_its_entrys_map(site: Site):
    write_places(site, more="maps: {boundaries: content/media/areas.geojson}\n")
    site.write(f'-- content/media/areas.geojson --\n{{"type": "FeatureCollection", "features": [{AREA % SQUARE}]}}')
    assert site.problems() == []
    (focus,) = re.findall(r'class="map-focus" d="([^"]*)"', site.page("glossary/orontes/"))
    assert focus.count("M") == 1
    assert len(focus) < 60
    assert "media/areas.geojson" in site.build().files, "readers may have the data"
