"""Plain prose, found without asking Markdown's rules: most of a text is nothing else.

For every line that begins a block, markdown-it asks a dozen rules in turn, and for every line after it, again, whether
it ends the paragraph; and its rule for text stops at every character that any of its own rules or of its plug-ins'
may begin with. What is asked here first gives the same tokens.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

MARKUP = re.compile(r"[\n\\`*_~\[\]!<&{]")
"""What a rule of ours inside a line may begin with, and the bracket that ends the text of a link."""

_DEFINES = ":~"
"""What a definition begins with; one empty line may stand before it."""


def normalize(state: StateCore) -> None:
    """One kind of line end, no null characters: without regular expressions, which look at every character."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def plain_paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
    """A paragraph whose lines all begin with letters: nothing else begins or ends with such a line.

    It is asked for blocks alone, never whether it ends another. `endLine` is not the paragraph's end, as in
    markdown-it's own rule.
    """
    del endLine, silent
    if state.is_code_block(startLine) or not _first(state, startLine).isalpha():
        return False
    line = startLine + 1
    while line < state.lineMax and not state.isEmpty(line):
        if not _first(state, line).isalpha():
            return False
        line += 1
    if line == startLine + 1 < state.lineMax - 1 and _first(state, line + 1) in _DEFINES:
        return False
    state.push("paragraph_open", "p", 1).map = [startLine, line]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(startLine, line, state.blkIndent, False))
    inline.map = [startLine, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _first(state: StateBlock, line: int) -> str:
    """The first character of a line behind its indentation; of an empty one its end."""
    return state.src[state.bMarks[line] + state.tShift[line]]
