"""The command line. Every command lives in a module of its own, which is imported when it is asked for."""

from __future__ import annotations

import atexit
import gc
import importlib

import click

from explainer import __version__

_COMMANDS = ("init", "new", "build", "serve", "check", "links", "why", "diff", "suggest", "evaluate", "review", "theme")


class _Commands(click.Group):
    """A group that knows its commands' names and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"explainer.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from explainer.diagnostics import did_you_mean  # noqa: PLC0415

        name = args[0] if args else ""
        if name and name not in _COMMANDS and not name.startswith("-"):
            hint = did_you_mean(name, _COMMANDS)
            message = f"there is no command “{name}”{'; ' if hint else ''}{hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="explainer")
def main() -> None:
    """Make a static site of annotated explainers.

    People, places and organisations are written once, in a glossary; every mention in every article is linked.

    Exit codes: 0 all is well, 1 there are problems in the content, 2 the command was not understood.
    """
    gc.set_threshold(200_000, 20, 100)  # importing makes no cycles, and looking for them takes a tenth of its time
    atexit.register(gc.freeze)  # nor is there a use in looking for them when all is done
