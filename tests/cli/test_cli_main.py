"""The command line as a whole: help, its speed, exit codes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from explainer import __version__
from tests.cli.helptext import FILE, help_text
from tests.cli.runner import call, environment, run
from tests.sites import Site

HEAVY = {"spacy", "numpy", "pydantic", "jinja2", "markdown_it", "rich", "tornado", "livereload", "babel", "nh3"}


def test_help_is_as_committed() -> None:
    """Written anew with `python -m tests.cli.helptext`."""
    assert help_text() == FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("build",), ("links",), ("why",), ("new", "article"), ("serve",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom explainer.cli import main\n"
        f"try: main({[*arguments, '--help']!r})\nexcept SystemExit: pass\n"
        f"print('LOADED', sorted(set(sys.modules) & {HEAVY!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_help_is_quick() -> None:
    """Best of five: what others do on the machine does not count."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        run("build", "--help")
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.3, times


def test_version() -> None:
    assert call("--version").stdout == f"explainer, version {__version__}\n"


def test_module_and_short_option() -> None:
    assert run("-h").stdout == run("--help").stdout


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("biuld", "did you mean “build”?"),
        ("chekc", "did you mean “check”?"),
        ("server", "did you mean “serve”?"),
        ("zzz", "there is no command “zzz”"),
    ],
)
def test_unknown_commands(word: str, hint: str) -> None:
    result = call(word)
    assert result.exit_code == 2
    assert hint in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--nothing"),
        ("check", "--format", "xml"),
        ("new", "entry", "X"),
        ("new", "entry", "X", "--kind", "animal"),
        ("new", "page", "X"),
        ("init",),
        ("serve", "--port", "0"),
        ("serve", "--port", "many"),
    ],
)
def test_what_is_not_understood_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert call(*arguments).exit_code == 2


@pytest.mark.parametrize("command", [("build",), ("check",), ("links",), ("serve",), ("new", "article", "T")])
def test_where_there_is_no_site(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*command)
    assert result.exit_code == 2
    assert "there is no site.yaml in" in result.stderr
    assert "explainer init NAME" in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert call(*command, "--site", "nowhere").exit_code == 2


def test_the_current_folder_is_the_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root)
    assert call("build").exit_code == 0
    assert (site.root / "output/index.html").exists()
