"""The generators that are compared: what each reads, and how it is started.

Every tool gets the same texts and makes the same pages: a home page with the latest twenty articles, a page for each
article, entry and tag, and the glossary's index. explainer alone links, previews and lists what mentions what, with the
whole of its own theme; the others have the smallest templates that show the same texts.
"""

from benchmarks.tools.base import Reload, Tool
from benchmarks.tools.eleventy import ELEVENTY
from benchmarks.tools.explainer import EXPLAINER
from benchmarks.tools.hugo import HUGO
from benchmarks.tools.pelican import PELICAN

TOOLS = {tool.name: tool for tool in (EXPLAINER, HUGO, ELEVENTY, PELICAN)}

__all__ = ["TOOLS", "Reload", "Tool"]
