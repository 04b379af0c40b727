"""What is changed on a site before it is built again.

An edit is worked out first and saved later, when the clock runs. Each number gives one that was not made before: a tool
that remembers earlier states has not seen it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.tools import Tool
from benchmarks.tools.base import write_text


@dataclass(frozen=True, slots=True)
class Edit:
    """One file with a new text, which puts something new on a page."""

    path: Path
    text: str
    page: str
    """The page's address, beginning and ending with a slash."""
    mark: str
    """What stands on the page once the edit is built, and did not before."""

    def save(self) -> None:
        write_text(self.path, self.text)


def text_edit(bench: Bench, tool: Tool, number: int) -> Edit:
    """An article gets a paragraph more."""
    which = (bench.site.articles // 2 + number) % bench.site.articles
    article, mark = bench.site.article(which), f"The paragraph of edit {number}."
    changed = replace(article, body=f"{article.body}\n\n{mark}")
    path = bench.root(tool) / tool.article_path(article)
    return Edit(path, tool.article(changed), f"/articles/{article.slug}/", mark)


def alias_edit(bench: Bench, tool: Tool, number: int) -> Edit:
    """An entry gets an alias that stands in one article of a hundred. There are `NICKNAMES` of them."""
    nickname = bench.site.nicknames[number]
    entry = bench.site.entries[nickname.entry]
    changed = replace(entry, aliases=(*entry.aliases, nickname.text))
    path = bench.root(tool) / tool.entry_path(entry)
    return Edit(path, tool.entry(changed), f"/glossary/{entry.id}/", nickname.text)


def template_edit(bench: Bench, tool: Tool, number: int) -> Edit:
    """The template of articles gets a line more."""
    before, end, after = tool.template_text().partition("</article>")
    mark = f"<p hidden>edit {number}</p>"
    return Edit(
        bench.root(tool) / tool.template, before + mark + end + after, f"/articles/{bench.site.article(0).slug}/", mark
    )


def title_edit(bench: Bench, tool: Tool, number: int) -> Edit:
    """The site is called otherwise."""
    title = f"A site of title {number}"
    return Edit(bench.root(tool) / tool.settings_path, tool.settings(title), "/", title)
