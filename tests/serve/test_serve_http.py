from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from serve_helpers import PATIENCE, SITE, Running, bad, good

from explainer.serve import PreviewBuild, Waiting

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_is_served_whole_with_the_previews_own_markup(preview: Running) -> None:
    response = preview.ask("/articles/x")
    assert (response.status, response.headers["Location"]) == (302, "/articles/x/")
    response = preview.ask("/articles/x/?y=1")
    assert response.status == 200
    assert response.body.startswith(b"<!doctype html>")
    assert b"livereload.js?port=" in response.body
    assert int(response.headers["Content-Length"]) == len(response.body)


def test_assets_are_served_as_they_are(preview: Running) -> None:
    assert preview.ask("/assets/site.0123abcd.css").body == b"p{}"
    assert preview.ask("/feed.xml").body == b"<feed/>"


def test_a_redirect_keeps_the_query_and_the_host(preview: Running) -> None:
    assert preview.ask("/articles/x?a=1&b=//c").headers["Location"] == "/articles/x/?a=1&b=//c"
    assert preview.ask("//evil.example/x").status == 404


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/nowhere", "/articles/x", "/livereload.js"])
def test_headers(preview: Running, path: str) -> None:
    response = preview.ask(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in response.headers
    assert "Etag" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/nowhere", "/livereload.js"])
def test_head_is_get_without_a_body(preview: Running, path: str) -> None:
    get, head = preview.ask(path), preview.ask(path, method="HEAD")
    assert (head.status, head.body) == (get.status, b"")
    for name in ("Content-Length", "Content-Type"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload"])
def test_other_methods(preview: Running, method: str, path: str) -> None:
    response = preview.ask(path, method=method)
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    ["/../x", "/%2e%2e/%2e%2e/etc/passwd", "/%252e%252e/x", "/..%5c..%5cx", "/\\..\\x", "/a%00b", "/%ff", "//evil"],
)
def test_ways_out_lead_to_the_404_page(preview: Running, path: str) -> None:
    response = preview.ask(path)
    assert response.status == 404
    assert b"nothing here" in response.body


def test_there_is_no_forced_reload(preview: Running) -> None:
    assert preview.ask("/forcereload").status == 404


# ---- who may ask ----------------------------------------------------------------------------------------------------


def test_our_own_names(preview: Running) -> None:
    for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        assert preview.ask("/", Host=f"{name}:{preview.port}").status == 200


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload", "/-/x/preview.js", "/nowhere"])
def test_other_names_for_this_computer(preview: Running, path: str) -> None:
    names = [
        "evil.example",
        f"evil.example:{preview.port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil:{preview.port}",
        "",
    ]
    for name in names:
        assert preview.ask(path, Host=name).status == 403


def test_the_previews_own_files_need_the_token(preview: Running) -> None:
    page = preview.ask("/").body.decode()
    script = page.partition('<script src="')[2].partition('"')[0]
    assert preview.ask(script).headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert preview.ask(script.replace("/-/", "/-/x")).status == 404
    assert preview.ask(script.replace("preview.js", "app.py")).status == 404


# ---- files that are read on request ---------------------------------------------------------------------------------


def test_media(start: Callable[[PreviewBuild], Running], tmp_path: Path) -> None:
    site, outside = tmp_path / "content", tmp_path.parent / f"{tmp_path.name}-secret"
    site.mkdir()
    outside.write_bytes(b"secret")
    (site / "photo.jpg").write_bytes(b"photo")
    (site / "inside.jpg").symlink_to(site / "photo.jpg")
    (site / "outside.jpg").symlink_to(outside)
    names = ["photo.jpg", "inside.jpg", "outside.jpg", "gone.jpg"]
    preview = start(good({**SITE, **{name: site / name for name in names}, "folder.jpg": site}))
    assert preview.ask("/photo.jpg").body == b"photo"
    assert preview.ask("/photo.jpg").headers["Content-Type"] == "image/jpeg"
    assert preview.ask("/inside.jpg").body == b"photo"
    for name in ("outside.jpg", "gone.jpg", "folder.jpg"):
        response = preview.ask(f"/{name}")
        assert (response.status, b"nothing here" in response.body) == (404, True)


# ---- builds ---------------------------------------------------------------------------------------------------------


def test_the_last_good_pages_stay_until_problems_are_mended(preview: Running) -> None:
    preview.save(bad("x.md:3:1: error[bad-date]: <b>", "y.md: error"))
    for path in ("/", "/articles/x/", "/nowhere"):
        page = preview.ask(path).body
        assert b"x.md:3:1: error[bad-date]: &lt;b&gt;" in page
        assert b"y.md: error" in page
    assert b"<p>home</p>" in preview.ask("/").body
    assert preview.ask("/feed.xml").body == b"<feed/>"
    preview.save(good({**SITE, "index.html": b"<body>mended</body>"}, "mended"))
    page = preview.ask("/").body
    assert b"mended" in page
    assert b"explainer-problems" not in page


def test_a_first_build_that_fails(start: Callable[[PreviewBuild], Running]) -> None:
    preview = start(bad("site.yaml:1:1: error"))
    for path in ("/", "/articles/x", "/style.css"):
        response = preview.ask(path)
        assert response.status == 500
        assert b"site.yaml:1:1: error" in response.body
        assert b"livereload.js" in response.body
    preview.save(good())
    assert preview.ask("/").status == 200


def test_problems_and_summaries_are_announced(preview: Running) -> None:
    preview.next = bad("one", "two", summary="2 problems")
    preview.watcher.save()
    assert [preview.heard() for _ in range(3)] == ["one", "two", "2 problems"]


def test_requests_are_answered_while_a_build_runs(preview: Running) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(_waiting: Waiting) -> PreviewBuild:
        begun.set()
        assert go.wait(PATIENCE)
        return good({**SITE, "index.html": b"<body>new</body>"}, "slow")

    preview.build = slow
    preview.watcher.save()
    assert begun.wait(PATIENCE)
    assert b"home" in preview.ask("/").body
    go.set()
    preview.wait_for(good(summary="slow"))
    assert b"new" in preview.ask("/").body


def test_a_request_before_the_first_build_waits_for_it(tmp_path: Path) -> None:
    go = threading.Event()
    preview = Running(tmp_path)
    preview.build = lambda _waiting: good() if go.wait(PATIENCE) else bad()
    preview.begin()
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("GET", "/")
    go.set()
    assert b"home" in connection.getresponse().read()
    connection.close()
    preview.stop()
