"""The beginning of an entry, as text for a file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

LONGEST_SLUG = 60
"""Characters of a file's name, whatever the length of the title; in other scripts, each is up to four bytes."""


def slug_of(text: str) -> str:
    """As an address is written: accents are dropped, other scripts stay."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    slug = "-".join(re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", "")))
    return slug[:LONGEST_SLUG].rstrip("-") or "untitled"


def entry_stub(name: str, kind: str, *, aliases: Sequence[str] = ()) -> str:
    """An entry's file with what is known of it."""
    listed = ", ".join(map(quoted, aliases))
    return f"---\nname: {quoted(name)}\nkind: {kind}\naliases: [{listed}]\nsummary:\nsources: []\n---\n\n"


def quoted(text: str) -> str:
    """As YAML and JSON quote a text."""
    return json.dumps(text, ensure_ascii=False)
