"""What a tool is to the benchmarks: files that it reads, commands that start it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from benchmarks.corpus import Article, Entry

BENCHMARKS = Path(__file__).parents[1]
ROOT = BENCHMARKS.parent
THEMES = BENCHMARKS / "themes"
HOUSE = ROOT / ".bench"
"""Where the tools are installed."""


class Reload(Enum):
    """How a preview tells browsers that something changed."""

    EXPLAINER = "livereload's protocol; where to connect stands in every page"
    LIVERELOAD = "livereload's protocol, at /livereload"
    ELEVENTY = "Eleventy's own"
    NOTHING = "it does not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator of sites."""

    name: str
    """As in `--tools`."""
    title: str
    about: Callable[[], list[str]]
    """The command that prints its version."""
    help: Callable[[], list[str]]
    """The command that prints its help."""
    needs: Callable[[], Path]
    """A file that is there where the tool is installed."""
    build: Callable[[Path], list[str]]
    """The command that builds the site in a folder; it is run in that folder."""
    serve: Callable[[Path, int], list[str]]
    """The command that previews the site in a folder, on a port of 127.0.0.1."""
    reload: Reload
    article: Callable[[Article], str]
    """The text of an article's file."""
    entry: Callable[[Entry], str]
    settings: Callable[[str], str]
    """The text of the file of settings of a site with this title."""
    settings_path: str
    template: str
    """The path of the template of articles, which gets a line more."""
    theme: Mapping[str, Path]
    """What is copied into the site, by its path there: files and folders."""
    made: tuple[str, ...]
    """What a build makes: a cold one begins without it. The first is the output."""
    cache: str = ""
    """The folder in which it keeps what it knows from one build to the next."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def write_theme(self, root: Path) -> None:
        """What is there before any text is, in a folder that is not there yet."""
        for path, source in self.theme.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, root / path) if source.is_dir() else shutil.copyfile(source, root / path)
        write_text(root / self.settings_path, self.settings("A made-up site"))

    def write_article(self, article: Article, root: Path) -> None:
        write_text(root / self.article_path(article), self.article(article))

    def write_entry(self, entry: Entry, root: Path) -> None:
        write_text(root / self.entry_path(entry), self.entry(entry))

    def article_path(self, article: Article) -> str:
        return f"content/articles/{article.slug}.md"

    def entry_path(self, entry: Entry) -> str:
        return f"content/glossary/{entry.id}.md"

    def template_text(self) -> str:
        """The template of articles as the theme has it."""
        folder, source = next((path, s) for path, s in self.theme.items() if self.template.startswith(path))
        return (source / self.template.removeprefix(folder).lstrip("/")).read_text("utf-8")

    def forget(self, root: Path) -> None:
        """Delete what builds made."""
        for path in self.made:
            shutil.rmtree(root / path, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def front_matter(meta: Mapping[str, Any], body: str) -> str:
    """A file with YAML before its Markdown; JSON's values are YAML's, and need no care for words like “no”."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    return f"---\n{lines}---\n\n{body}\n"


def article_links(body: str, before: str, after: str) -> str:
    """The body with its links to other articles as a tool writes them: `before`, the slug, `after`."""
    first, *rest = body.split("](article:")
    return first + "".join(f"]({before}{text.replace(')', f'{after})', 1)}" for text in rest)


def executable(folder: Path, name: str) -> Path:
    """A program of a virtual environment."""
    scripts = folder / "Scripts"
    return scripts / f"{name}.exe" if scripts.is_dir() else folder / "bin" / name
