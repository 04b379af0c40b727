"""Media files: what may be published as it is."""

from __future__ import annotations

import html
import re

from explainer.diagnostics import Diagnostic, Kind
from explainer.read.files import Found

_ACTIVE = re.compile(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignObject|iframe|embed|object)\b|\son\w+\s*=|<!ENTITY|<\?xml-stylesheet"
    r"|j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:",
    re.IGNORECASE,
)
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".xht", ".js", ".mjs", ".wasm", ".swf", ".xml", ".xsl", ".xslt", ".svgz")
_MAX_SVG_BYTES = 5_000_000


def check_media(found: Found) -> tuple[Diagnostic, ...]:
    """A file that would run script when opened by itself is refused: media may come from strangers."""
    name = found.path.lower()
    if name.endswith(_PAGE_ENDINGS):
        return (_unsafe(found, "files of this type can run script", "publish an image, a PDF or plain data instead"),)
    if not name.endswith(".svg"):
        return ()
    try:
        with found.location.open("rb") as file:
            data = file.read(_MAX_SVG_BYTES + 1)
    except OSError:
        return (Diagnostic(Kind.UNREADABLE, found.path, "the file cannot be read", "check that you may read it"),)
    if len(data) > _MAX_SVG_BYTES:
        return (Diagnostic(Kind.TOO_LARGE, found.path, "the drawing has more than 5 MB", "simplify it"),)
    # UTF-16, the escapes of ISO-2022-JP and references to characters would hide what the pattern looks for.
    if b"\0" in data or b"\x1b" in data or _ACTIVE.search(html.unescape(data.decode("latin-1"))):
        return (_unsafe(found, "this drawing holds script or foreign content", "export it as a plain SVG"),)
    return ()


def _unsafe(found: Found, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Kind.UNSAFE_MEDIA, found.path, message, hint)
