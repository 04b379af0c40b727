"""The code blocks of the documentation, and how each is tried.

A document is tried from its first block to its last: it begins in an empty folder, or, where the document has
the line `<!-- the blocks of this page run in: a new site -->`, in the site that `explainer init` makes. A block is
tried by its language and by what stands before and in its first line:

- a paragraph that ends with a colon and names a file of the site: the block becomes that file, and the site is built;
- `sh`: every line is run; `console`: every line after `$` is run, and what follows is its output (`…`: anything);
- `python` is run; `pycon` is run too, and what it prints is compared; `json` and `toml` are parsed, `markdown` is built as an article's text;
- `yaml site.yaml`, `yaml article`, `yaml entry`, `yaml page`: checked by the schema; `yaml words`: read as words;
  `yaml other`: parsed;
- `text` holds nothing that could be run;
- a comment `<!-- not run: reason -->` before it: it is not tried.

A block that is none of these is a mistake in the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [p for p in (ROOT / "README.md", ROOT / "ARCHITECTURE.md") if p.exists()] + sorted((ROOT / "docs").glob("*.md"))

IN_A_NEW_SITE = "<!-- the blocks of this page run in: a new site -->"

NOT_RUN = {
    "make": "it sets up an environment from the network, or runs these tests",
    "explainer serve": "it runs until it is stopped",
}
"""Commands that are not run, and why."""

_FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2`*[ \t]*$", re.MULTILINE | re.DOTALL)
_REASON = re.compile(r"<!-- not run: (\S.*?) -->\s*\Z")
_FILE = re.compile(r"`(site\.yaml|(?:content|templates)/[\w./-]+\.\w+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    page: Path
    line: int
    language: str
    info: str
    """What follows the language."""
    text: str
    not_run: str
    """Why it is not run, or empty."""
    file: str
    """The file of the site that it is, or empty."""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for fence in _FENCE.finditer(text):
        before = text[: fence.start()].rstrip()
        reason = _REASON.search(before)
        language, _, info = fence.group(3).strip().partition(" ")
        yield Block(
            page=page,
            line=text.count("\n", 0, fence.start()) + 1,
            language=language,
            info=info.strip(),
            text=re.sub(f"^{fence.group(1)}", "", fence.group(4), flags=re.MULTILINE),
            not_run=reason.group(1) if reason else "",
            file=_file(before.rpartition("\n\n")[2]),
        )


def _file(paragraph: str) -> str:
    found = _FILE.findall(paragraph)
    return found[-1] if found and paragraph.endswith(":") else ""


def why_not_run(command: str) -> str:
    """The reason for a command that is not run, or an empty string."""
    known = (reason for start, reason in NOT_RUN.items() if f"{command} ".startswith(f"{start} "))
    return next(known, "")
