"""Front matter: the YAML between two lines of `---` at the beginning of a file."""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind
from explainer.types import SourcePath

_OPENING = re.compile(r"\ufeff?---[ \t]*(\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:^|(?<=\r))(?:---|\.\.\.)[ \t]*(\r\n|\n|\r|\Z)", re.MULTILINE)


class Split(Struct, frozen=True):
    """A file in four parts; joined, they are the file again."""

    opening: str
    yaml: str
    closing: str
    body: str

    @property
    def yaml_offset(self) -> int:
        return len(self.opening)

    @property
    def body_offset(self) -> int:
        return len(self.opening) + len(self.yaml) + len(self.closing)


def split_front_matter(text: str, path: SourcePath) -> Split | Diagnostic:
    """The parts of a file, or what is wrong with its front matter."""
    opening = _OPENING.match(text)
    if opening is None:
        hint = "begin the file with a line “---”, then “title: …” and the rest, then “---”"
        return Diagnostic(Kind.NO_FRONT_MATTER, path, "the file has no front matter", hint, 0, 1)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        message = "the front matter is not closed"
        return Diagnostic(
            Kind.UNCLOSED_FRONT_MATTER, path, message, "end it with a line “---”", opening.start(), opening.end(0)
        )
    yaml = text[opening.end() : closing.start()]
    return Split(opening.group(), yaml, closing.group(), text[closing.end() :])


def join_front_matter(split: Split) -> str:
    """The file that was split."""
    return split.opening + split.yaml + split.closing + split.body
