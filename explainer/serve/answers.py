"""What a request gets, as values: no network here."""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes

from msgspec import Struct

from explainer.publish import Content
from explainer.serve.inject import problem_page
from explainer.serve.shown import Shown

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

_TYPES = {
    "html": HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml; charset=utf-8",
    "txt": TEXT,
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "wasm": "application/wasm",
}
"""By ending. Ours, since the system's table differs from machine to machine."""


class Answer(Struct, frozen=True):
    """A response before the preview's own markup is put in."""

    status: int
    content_type: str
    body: Content
    location: str = ""
    """Where a redirect leads, on this host."""


def answer_for(shown: Shown, path: str) -> Answer:
    """The answer to a request's path as it was sent: percent-encoded, from the first slash.

    Nothing but a name of the site's own files is ever looked up, so no path can lead out of it.
    """
    if shown.files is None:
        return Answer(500, HTML, problem_page(shown.problems))
    name = output_path(path)
    content = None if name is None else shown.find(name)
    if name is not None and content is not None:
        return Answer(200, content_type(name), content)
    if name is not None and f"{name}/index.html" in shown.files:
        return Answer(302, TEXT, b"", location=f"/{quote(name)}/")
    return missing(shown)


def is_late(shown: Shown, path: str) -> bool:
    """Whether the answer to a request's path may take its time, since something has to be made for it."""
    name = output_path(path)
    return name is not None and shown.late is not None and shown.late.covers(name)


def missing(shown: Shown) -> Answer:
    """The site's own page for addresses that lead nowhere, or a line of text."""
    page = (shown.files or {}).get("404.html")
    return Answer(404, TEXT, b"Not found\n") if page is None else Answer(404, HTML, page)


def output_path(path: str) -> str | None:
    """The output path that a request's path asks for: decoded once; None where it is not valid UTF-8."""
    if not path.startswith("/"):
        return None
    try:
        name = unquote_to_bytes(path[1:]).decode()
    except UnicodeDecodeError:
        return None
    return f"{name}index.html" if name.endswith("/") or not name else name


def content_type(path: str) -> str:
    """By the path's ending; unknown ones are never shown, only downloaded."""
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
