from __future__ import annotations

import pytest
from msgspec.structs import replace
from serve_helpers import SITE, bad, good

from explainer.serve.answers import answer_for, content_type, is_late
from explainer.serve.inject import Connection, inject
from explainer.serve.shown import LateFiles, Shown, advance

SHOWN, _ = advance(Shown(), good({**SITE, "a b/ä.html": b"odd", "100%.txt": b"percent"}))
HERE = Connection(8000, "token", 3)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", SITE["index.html"]),
        ("/index.html", SITE["index.html"]),
        ("/articles/x/", SITE["articles/x/index.html"]),
        ("/articles/%78/", SITE["articles/x/index.html"]),
        ("/feed.xml", b"<feed/>"),
        ("/a%20b/%C3%A4.html", b"odd"),
        ("/100%25.txt", b"percent"),
        ("/assets/site.ffffffff.css", b"p{}"),
    ],
)
def test_pages_and_assets(path: str, body: bytes) -> None:
    answer = answer_for(SHOWN, path)
    assert (answer.status, answer.body) == (200, body)


def test_only_what_is_made_on_request_may_take_its_time() -> None:
    shown, _ = advance(Shown(), replace(good(SITE), late=LateFiles("search/pagefind/", dict)))
    assert is_late(shown, "/search/pagefind/pagefind.js")
    assert not any(is_late(shown, path) for path in ("/", "/search/", "/%ff"))
    assert not is_late(SHOWN, "/search/pagefind/pagefind.js")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/nowhere/",
        "/articles/",
        "/../etc/passwd",
        "/articles/../index.html",
        "/articles/%2e%2e/index.html",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/%252e%252e/index.html",
        "/articles%255cx/",
        "/articles\\x\\",
        "/..%5cindex.html",
        "/index.html%00",
        "/%00",
        "/%ff",
        "//index.html",
        "//evil.example/",
        "//articles/x",
        "/./index.html",
        "/articles//x/",
        "http://evil.example/",
        "*",
        "",
        "/INDEX.HTML",
    ],
)
def test_everything_else_is_the_sites_own_404(path: str) -> None:
    answer = answer_for(SHOWN, path)
    assert (answer.status, answer.body, answer.location) == (404, SITE["404.html"], "")


def test_a_site_without_a_404_page() -> None:
    shown, _ = advance(Shown(), good({"index.html": b""}))
    assert answer_for(shown, "/x").body == b"Not found\n"


@pytest.mark.parametrize("path", ["/articles/x", "/articles/%78"])
def test_a_folder_without_its_slash(path: str) -> None:
    answer = answer_for(SHOWN, path)
    assert (answer.status, answer.location) == (302, "/articles/x/")


@pytest.mark.parametrize("path", ["/", "/any/thing.css", "//evil"])
def test_problems_before_the_first_good_build(path: str) -> None:
    shown, _ = advance(Shown(), bad("a.md: error: <script>alert(1)</script>"))
    answer = answer_for(shown, path)
    assert answer.status == 500
    assert b"a.md: error: &lt;script&gt;" in answer.body
    assert b'role="alert"' in answer.body


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.JPG", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.exe", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_content_types(path: str, wanted: str) -> None:
    assert content_type(path) == wanted


def test_markup_goes_to_the_end_of_the_body() -> None:
    page = inject(b"<pre>&lt;/body></pre></BODY></html>", HERE, problems=())
    assert page.startswith(b'<pre>&lt;/body></pre><script src="/-/token/preview.js">')
    assert page.endswith(b"</BODY></html>")
    assert b"explainer-problems" not in page


def test_pages_without_a_body_tag() -> None:
    assert inject(b"<p>short", HERE, problems=()).startswith(b"<p>short<script")


def test_problems_are_escaped_and_announced() -> None:
    page = inject(b"<body></body>", HERE, problems=["one </pre><script>", 'two "&'])
    assert b'<section id="explainer-problems" role="alert"' in page
    assert b"one &lt;/pre&gt;&lt;script&gt;" in page
    assert b"two &quot;&amp;" in page
    assert page.count(b"<pre>") == 2
