"""`explainer new article` and `explainer new entry`."""

from __future__ import annotations

from pathlib import Path

import click

from explainer.cli import terminal


def _title(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """A title as it can be shown: something, on one line."""
    del ctx, parameter
    title = " ".join(value.split())
    if not any(c.isprintable() for c in title):
        message = "it is empty"
        raise click.BadParameter(message)
    return "".join(c for c in title if c.isprintable())


@click.group("new")
def command() -> None:
    """Begin a new article or a new entry."""


@command.command("article")
@click.argument("title", callback=_title)
@terminal.site_option
def article(*, title: str, site: Path) -> None:
    """Begin an article: a draft with today's date."""
    from explainer.read.content import ARTICLES, read_settings, settings_zone  # noqa: PLC0415  # `--help` must not wait
    from explainer.report.stub import quoted, slug_of  # noqa: PLC0415

    settings, *_rest = read_settings(site)
    zone = settings_zone(settings) if settings else None
    today = terminal.current_time().astimezone(zone).date()
    _write(
        site,
        f"{ARTICLES}/{slug_of(title)}.md",
        f"---\ntitle: {quoted(title)}\ndate: {today}\ndraft: true\nauthors: []\nsummary:\ntags: []\nsources: []\n---\n\n",
    )


@command.command("entry")
@click.argument("name", callback=_title)
@click.option(
    "--kind",
    type=click.Choice(["person", "place", "organisation", "event", "work", "concept"]),
    required=True,
    help="What the entry is about.",
)
@terminal.site_option
def entry(*, name: str, kind: str, site: Path) -> None:
    """Begin a glossary entry."""
    from explainer.read.content import GLOSSARY  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.report.stub import entry_stub, slug_of  # noqa: PLC0415

    slug = slug_of(name)
    taken = [p for p in (site / GLOSSARY).rglob(f"{slug}.md") if p.is_file()]
    if taken:
        message = f"the id “{slug}” is taken by {taken[0].relative_to(site).as_posix()}; name the entry otherwise"
        raise click.UsageError(message)
    _write(site, f"{GLOSSARY}/{slug}.md", entry_stub(name, kind))


def _write(site: Path, path: str, text: str) -> None:
    terminal.output_texts()
    terminal.require_site(site)
    location = site / path
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        with location.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        message = f"{path} exists already; choose another title"
        raise click.UsageError(message) from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error
    click.echo(path)
