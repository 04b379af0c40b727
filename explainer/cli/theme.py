"""`explainer theme list` and `explainer theme eject`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from explainer.cli import terminal
from explainer.diagnostics import did_you_mean
from explainer.theme_folder import default_theme

TEMPLATES = "templates"
_ABOUT = re.compile(r"\A\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)


class ThemeFile(NamedTuple):
    """A file of the default theme, or of the site's templates."""

    name: str
    """Within its folder, with `/`."""
    about: str
    """What its first line says of it."""
    state: str
    """What the site has of it: nothing, or in words."""


@click.group("theme")
def command() -> None:
    """See what the default theme is made of, and take files of it into the site."""


@command.command("list")
@terminal.site_option
def list_files(*, site: Path) -> None:
    """List the theme's files: what each makes, and which of them the site overrides."""
    terminal.output_texts()
    terminal.require_site(site)
    files = list(_files(site))
    width = max(len(file.name) for file in files)
    for file in files:
        state = f"[{file.state}] " if file.state else ""
        click.echo(f"{file.name:<{width}}  {state}{file.about}".rstrip())


@command.command("eject")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@terminal.site_option
def eject(*, names: tuple[str, ...], site: Path) -> None:
    """Copy files of the theme into the site's templates/, where they stand in for the theme's.

    NAME is the path of a file as “explainer theme list” shows it: tag.html, partials/facts.html, assets/style.css.
    """
    terminal.output_texts()
    terminal.require_site(site)
    known = dict(_names(default_theme()))
    chosen = [name.removeprefix(f"{TEMPLATES}/") for name in names]
    for name in chosen:
        _refuse(name, site, known)
    for name in chosen:
        _copy(known[name], site.resolve() / TEMPLATES / name)
        click.echo(f"{TEMPLATES}/{name}")
    click.echo(_meaning(chosen), err=True)


def _refuse(name: str, site: Path, known: dict[str, Path]) -> None:
    """End with a usage error where a file cannot be ejected; nothing has been written then."""
    if name not in known:
        of_that_name = [n for n in known if n.rpartition("/")[2] == name]
        hint = did_you_mean(name, of_that_name or known)
        message = f"the theme has no file “{name}”; {hint or 'explainer theme list shows what it has'}"
        raise click.UsageError(message)
    target = site.resolve() / TEMPLATES / name
    if target.exists() or target.is_symlink():
        message = f"{TEMPLATES}/{name} is there already, and is not overwritten"
        raise click.UsageError(message)
    if not target.resolve().is_relative_to(site.resolve()):
        message = f"{TEMPLATES}/{name} would lie outside the site: a link leads out of it"
        raise click.UsageError(message)


def _copy(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(source.read_bytes())
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error


def _meaning(names: list[str]) -> str:
    """What the author has taken on."""
    it, theirs = ("It stands", "it") if len(names) == 1 else ("They stand", "them")
    lines = [
        f"{it} in for the theme's from now on; what a later version of the theme changes there does not reach {theirs}.",
        "The smaller the part, the better: docs/templates.md tells which blocks and partials there are.",
    ]
    if any(name.startswith("words/") for name in names):
        lines.append("Words are overridden key by key: delete the lines that stay as they are.")
    return "\n".join(lines)


def _files(site: Path) -> Iterator[ThemeFile]:
    """The theme's files, and the site's own, by name; hidden ones aside."""
    theirs, own = dict(_names(default_theme())), dict(_names(site / TEMPLATES))
    for name in sorted({*theirs, *own}):
        yield ThemeFile(name, _about(theirs.get(name) or own[name]), _state(theirs.get(name), own.get(name)))


def _state(theirs: Path | None, own: Path | None) -> str:
    if own is None:
        return ""
    if theirs is None:
        return "the site's own"
    return "overridden, the same so far" if theirs.read_bytes() == own.read_bytes() else "overridden"


def _names(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path


def _about(path: Path) -> str:
    """The comment that a template begins with, on one line."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.suffix in {".html", ".xml", ".txt"} else ""
    found = _ABOUT.match(text)
    return terminal.visible(" ".join(found[1].split())) if found else ""
