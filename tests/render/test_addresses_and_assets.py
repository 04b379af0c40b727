"""Assets and addresses: the parts of the theme that need no template."""

from __future__ import annotations

import gzip
import hashlib
import re
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.render.environment import absolute_url
from explainer.render.theme import default_theme, direction_of, fingerprint, load_theme
from explainer.site.urls import relative_url

URL = "https://example.org/sub/"

# ---- assets ---------------------------------------------------------------------------------------------------------


def test_assets_are_named_by_their_content():
    mark = hashlib.sha256(b"x").hexdigest()[:10]
    files = fingerprint({"a.js": b"x", "fonts/b c.woff2": b"x", "plain": b"x"})
    assert {name: url for name, (url, _) in files.items()} == {
        "a.js": f"/assets/a.{mark}.js",
        "fonts/b c.woff2": f"/assets/fonts/b-c.{mark}.woff2",
        "plain": f"/assets/plain.{mark}",
    }


def test_stylesheets_refer_to_fingerprinted_files_and_depend_on_them():
    css = b"""a{background:url(i.svg)} b{src:url( "../fonts/f.woff2" )} c{src:url('https://x/i.svg')} d{src:url(none.png)}"""
    files = {"css/s.css": css, "css/i.svg": b"1", "fonts/f.woff2": b"2"}
    one = fingerprint(files)
    icon, font = (one[name][0].rpartition("/")[2] for name in ("css/i.svg", "fonts/f.woff2"))
    assert one["css/s.css"][1].decode() == (
        f"a{{background:url({icon})}} b{{src:url(../fonts/{font})}} c{{src:url('https://x/i.svg')}} d{{src:url(none.png)}}"
    )
    two = fingerprint(files | {"css/i.svg": b"3"})
    assert one["css/s.css"][0] != two["css/s.css"][0]


def test_the_default_theme_keeps_its_budgets():
    theme = load_theme(None, site_url=URL)
    sizes = {url: len(gzip.compress(data)) for url, data in theme.assets.items()}
    assert sum(size for url, size in sizes.items() if url.endswith(".css")) <= 10 * 1024
    assert sum(size for url, size in sizes.items() if url.endswith(".js")) <= 4 * 1024
    assert [size for url, size in sizes.items() if "preview" in url] <= [2 * 1024]


def test_the_default_theme_asks_nothing_of_others():
    for path in default_theme().rglob("*"):
        if path.suffix in {".html", ".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"""(src|href|url|import)[=(\s]["']?(https?:)?//""", text), path


# ---- addresses ------------------------------------------------------------------------------------------------------

SEGMENTS = st.lists(st.text("abc-_~:@!$'()*+,=&%é", min_size=1, max_size=4), max_size=4)
URLS = st.builds(lambda parts, slash: "/" + "/".join(parts) + ("/" if parts and slash else ""), SEGMENTS, st.booleans())
FRAGMENTS = st.sampled_from(["", "#m-3", "#a/b", "#x:y"])


@given(origin=URLS, path=URLS, fragment=FRAGMENTS)
def test_relative_urls_lead_back(origin, path, fragment):
    assert urljoin(origin, relative_url(origin, path + fragment)) == path + fragment


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [
        ("/articles/x/", "/glossary/homs/", "../../glossary/homs/"),
        ("/articles/x/", "/articles/y/#m-3", "../y/#m-3"),
        ("/articles/x/", "/articles/x/", "./"),
        ("/articles/x/", "/articles/x/#m-3", "#m-3"),
        ("/articles/x/", "/", "../../"),
        ("/", "/", "./"),
        ("/", "/glossary/", "glossary/"),
        ("/", "/a:b/", "./a:b/"),
        ("/feed.xml", "/feed.xml", "feed.xml"),
        ("/a/b", "/a/", "./"),
    ],
)
def test_relative_urls(origin, target, expected):
    assert relative_url(origin, target) == expected


@pytest.mark.parametrize("site_url", ["https://example.org/sub", "https://example.org/sub/"])
def test_absolute_urls(site_url):
    assert absolute_url(site_url, "/") == "https://example.org/sub/"
    assert absolute_url(site_url, "/glossary/حمص/#m-1") == "https://example.org/sub/glossary/%D8%AD%D9%85%D8%B5/#m-1"
    assert absolute_url(site_url, "/a%20b/") == "https://example.org/sub/a%20b/"


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *((language, "rtl") for language in ("ar", "AR-sy", "he", "fa", "ur", "az-Arab")),
        *((language, "ltr") for language in ("en", "ks-Deva", "ar-Latn-EG", "")),
    ],
)
def test_directions(language, direction):
    assert direction_of(language) == direction
