"""`explainer init`."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from explainer.cli import terminal


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="The site's title.  [default: the folder's name]")
def command(*, folder: Path, title: str | None) -> None:
    """Make a new site in FOLDER: settings, one article, two entries and a page."""
    terminal.output_texts()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is not an empty folder; name another"
        raise click.UsageError(message)
    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    try:
        _copy(resources.files("explainer") / "starter", folder, name)
        for empty in ("content/media", "templates"):
            (folder / empty).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error
    click.echo(f"made {folder}; now: cd {folder} && explainer serve")


def _copy(source: Traversable, target: Path, title: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for item in sorted(source.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            _copy(item, target / item.name, title)
            continue
        text = item.read_text(encoding="utf-8")
        if item.name == "site.yaml":
            text = text.format(title=_quoted(title))
        name = ".gitignore" if item.name == "gitignore" else item.name
        (target / name).write_text(text, encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    """As a YAML string that nothing in it can end."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
