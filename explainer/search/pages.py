"""What of a page is searched: its `<main>`, where a part of that carries `data-pagefind-body`.

So neither the masthead nor the fingerprint of a stylesheet makes a new index.
"""

from __future__ import annotations

import hashlib
import re

BODY = b"data-pagefind-body"
_LANGUAGE = re.compile(rb"<html\b[^>]*?\blang=\"([\w-]+)\"")


def searched_part(page: bytes) -> bytes:
    """The page as Pagefind is given it; empty where nothing of it is searched."""
    begin, end = page.find(b"<main"), page.rfind(b"</main>")
    if not 0 <= begin < end or page.find(BODY, begin, end) < 0:
        return b""
    language = _LANGUAGE.search(page, 0, begin)
    opened = b'<html lang="%s">' % language[1] if language else b"<html>"
    return b"<!DOCTYPE html>%s<body>%s</main></body></html>" % (opened, page[begin:end])


def digest_of_searched(page: bytes) -> str:
    """Changes with what of the page is searched; empty where nothing is."""
    part = searched_part(page)
    return hashlib.sha256(part).hexdigest()[:32] if part else ""
