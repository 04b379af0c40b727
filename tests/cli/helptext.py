"""What `--help` says, of every command. Write it anew with `python -m tests.cli.helptext`."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from explainer.cli import main

FILE = Path(__file__).parent / "help.txt"


def paths(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The words that lead to every command, `()` for the program itself."""
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    inner = {name: command.get_command(context, name) for name in command.list_commands(context)}
    return [path, *(p for name, c in inner.items() if c is not None for p in paths(c, (*path, name)))]


def help_text() -> str:
    runner = CliRunner()
    parts = []
    for path in paths(main):
        done = runner.invoke(main, [*path, "--help"], prog_name="explainer", terminal_width=100)
        assert done.exit_code == 0, path
        parts.append(f"$ {' '.join(('explainer', *path, '--help'))}\n{done.stdout}")
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(help_text(), encoding="utf-8")
