"""docs/reference.md and docs/templates.md say everything, and nothing that is not so."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from msgspec import Struct

from explainer.annotate.reasons import Clue, Method, Reason
from explainer.annotate.sentences import MAX_SENTENCE
from explainer.cli import main, terminal
from explainer.diagnostics import WARNINGS, Kind
from explainer.read import media, schema
from explainer.read.directives import DIRECTIVES
from explainer.read.files import MAX_TEXT_BYTES
from explainer.read.markdown import ALLOWED_ATTRIBUTES, parser
from explainer.read.yaml import MAX_DEPTH
from explainer.render import lists, views
from explainer.render.theme import default_theme, load_theme
from explainer.site.boxes import WORDS_BETWEEN_BOXES
from explainer.site.urls import _RESERVED_FOLDERS
from tests.docs.views_reference import PAGE as TEMPLATES
from tests.docs.views_reference import written_page

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")

SECTIONS = {
    "site.yaml": schema.Settings,
    "nav": schema.NavItem,
    "linking in site.yaml": schema.LinkingSettings,
    "context": schema.ContextSettings,
    "nlp": schema.NlpSettings,
    "markdown in site.yaml": schema.MarkdownSettings,
    "maps": schema.MapSettings,
    "images in site.yaml": schema.ImageSettings,
    "social": schema.SocialSettings,
    "publish": schema.PublishSettings,
    "Articles": schema.ArticleMeta,
    "linking in an article": schema.ArticleLinking,
    "sources": schema.SourceMeta,
    "corrections": schema.CorrectionMeta,
    "Entries": schema.EntryMeta,
    "aliases": schema.AliasMeta,
    "history": schema.HistoryMeta,
    "facts": schema.FactMeta,
    "relations": schema.RelationMeta,
    "location": schema.LocationMeta,
    "Pages": schema.PageMeta,
    "content/review.yaml": schema.VerdictMeta,
}
"""Which section describes which part of the schema."""


def section(heading: str, text: str = REFERENCE) -> str:
    """The text below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"there is no section “{heading}”"
    return found.group(1)


def table(text: str) -> dict[str, list[str]]:
    """The rows of the tables in a text that begin with a code span: by that, the other cells."""
    rows = (re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in text.splitlines() if line.startswith("| `"))
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows}


def keys(text: str) -> set[str]:
    return {key for cell in table(text) for key in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key(heading: str) -> None:
    """Each key of the schema is in its section's table, with its default, and no other is."""
    fields = SECTIONS[heading].__pydantic_fields__
    expected = {f"`{field.alias or name}`": default_of(field) for name, field in fields.items()}
    assert {key: cells[1] for key, cells in table(section(heading)).items()} == expected


def default_of(field) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if field.default_factory is not None or value in (None, "", ()):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{value.value if isinstance(value, StrEnum) else value}`"


def test_every_part_of_the_schema() -> None:
    parts = {c for c in vars(schema).values() if dataclasses.is_dataclass(c) and c.__module__ == schema.__name__}
    assert set(SECTIONS.values()) == parts


@pytest.mark.parametrize(
    ("heading", "choices"),
    [
        ("linking in site.yaml", schema.LinkScope),
        ("context", schema.BoxPlacement),
        ("markdown in site.yaml", schema.RawHtml),
        ("maps", schema.MapDrawing),
        ("images in site.yaml", schema.ImageFormat),
        ("Entries", schema.EntryKind),
        ("explainer new entry", schema.EntryKind),
    ],
)
def test_every_choice(heading: str, choices: type[StrEnum]) -> None:
    assert [c for c in choices if f"`{c}`" not in section(heading)] == []


def test_every_kind_of_diagnostic() -> None:
    headings = ("Files", "YAML and front matter", "Text", "The whole site", "Templates and output", "Beside the site")
    rows = {kind: cells[0] for heading in headings for kind, cells in table(section(heading)).items()}
    assert rows == {f"`{kind}`": "warning" if kind in WARNINGS else "error" for kind in Kind}


def test_every_method_and_reason() -> None:
    assert keys(section("Methods")) == set(Method)
    rows = table(section("Reasons"))
    assert set(rows) == {f"`{reason}`" for reason in Reason}
    linked = [Reason.AUTHOR, Reason.FIRST_IN_SECTION, Reason.FIRST_IN_ARTICLE, Reason.EVERY_MENTION]
    assert [reason for reason, cells in rows.items() if cells[0] == "yes"] == [f"`{r}`" for r in linked]


def test_every_kind_of_evidence() -> None:
    assert keys(section("Evidence")) == set(Clue)


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"explainer {name} {sub}", c) for sub, c in command.commands.items())
        else:
            yield f"explainer {name}", command


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_option(name: str, command: click.Command) -> None:
    options = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    told = {key.split()[0] for key in keys(section(name))}
    assert told == options - {"--site"}
    assert ("--site" in options) == (name != "explainer init")
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice):
            assert [c for c in parameter.type.choices if f"`{c}`" not in section(name)] == []


def test_the_lines_of_links(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(tmp_path / "site")]).exit_code == 0
    (tmp_path / "site/content/glossary/other.md").write_text("---\nname: Other Lovelace\nkind: person\n---\n")
    (tmp_path / "site/content/articles/a.md").write_text(
        "---\ntitle: A\ndate: 2024-01-01\n---\nAda Lovelace, Other Lovelace. Lovelace.\n"
    )
    output = runner.invoke(main, ["links", "--site", str(tmp_path / "site"), "--format", "jsonl"]).stdout
    printed = {key for line in output.splitlines() for key in json.loads(line)}
    assert keys(section("The lines of explainer links")) == printed


def test_every_directive() -> None:
    rows = table(section("Directives"))
    assert set(rows) == {f"`{name}`" for name in DIRECTIVES}
    for name, rule in DIRECTIVES.items():
        assert set(re.findall(r"`\.(\w+)`", rows[f"`{name}`"][1])) == rule.classes
        assert rule.max_entries in (1, 40)


def test_limits() -> None:
    limits = section("Limits")
    for value in (MAX_TEXT_BYTES, media._MAX_SVG_BYTES, schema.SUMMARY_LENGTH, MAX_SENTENCE):
        assert f" {value:,} " in limits
    for text in (
        f"{MAX_DEPTH} levels",
        f"{parser(html=False).options['maxNesting'] - 1} levels",
        f"latest {lists.FEED_LENGTH} ",
        f"the {lists.KEY_ENTRIES} that",
        f"| {terminal.MOST_OF_A_KIND};",
    ):
        assert text in limits
    assert f"at least {WORDS_BETWEEN_BOXES} words" in section("Directives")
    assert f"{schema.SUMMARY_LENGTH} characters" in section("Entries")


def test_attributes_and_taken_slugs() -> None:
    assert [a for a in ALLOWED_ATTRIBUTES if f"`{a}`" not in section("Markdown")] == []
    assert [f for f in _RESERVED_FOLDERS if f"`{f}`" not in section("Pages")] == []


# ---- docs/templates.md ----------------------------------------------------------------------------------------------


def test_views_are_current() -> None:
    """Where they are not: python -m tests.docs.views_reference."""
    assert TEMPLATES.read_text(encoding="utf-8") == written_page()


def test_every_template() -> None:
    told = keys(section("The theme's files", TEMPLATES.read_text(encoding="utf-8")))
    files = {p.relative_to(default_theme()).as_posix() for p in default_theme().glob("*.*")}
    assert files == {name for name in told if "/" not in name}
    from explainer.render.theme import PARTIALS

    assert {f"partials/{p}.html" for p in PARTIALS} <= told


def test_every_block() -> None:
    base = (default_theme() / "base.html").read_text(encoding="utf-8")
    told = table(section("Blocks", TEMPLATES.read_text(encoding="utf-8")))
    assert [f"`{name}`" for name in re.findall(r"{% block (\w+) %}", base)] == list(told)


def test_every_filter() -> None:
    from jinja2.defaults import DEFAULT_FILTERS

    environment = load_theme(None, site_url="https://example.org/")._environment
    text = section("Filters and functions", TEMPLATES.read_text(encoding="utf-8"))
    for name in environment.filters.keys() - DEFAULT_FILTERS.keys():
        assert f"\\| {name} }}}}`" in text
    assert [n for n in environment.globals if f"`{{{{ {n}(" not in text] == []
    assert DEFAULT_FILTERS.keys() - environment.filters.keys() == {"random"}


def test_every_field_of_every_view_is_documented() -> None:
    """By the types themselves, beside the generator that reads their source."""
    text = TEMPLATES.read_text(encoding="utf-8")
    for name, view in vars(views).items():
        if isinstance(view, type) and issubclass(view, Struct) and view.__module__.startswith(views.__name__):
            section = text.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
            assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(view.__struct_fields__), name
