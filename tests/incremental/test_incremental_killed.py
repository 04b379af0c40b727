"""Builds that are killed at any instant: the next one is as if there had been none."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from explainer.build import build_site
from tests.cli.runner import call, environment
from tests.incremental.compare import contents
from tests.incremental.edits import Edit, apply
from tests.incremental.workshop import Workshop, open_workshop
from tests.sites import Site
from tests.whole.pages import tree_of

EDITS = (
    Edit("article: title", 0, 1),
    Edit("entry: summary", 2, 1),
    Edit("edit_template", 1, 2),
    Edit("article: append_block", 1, 2),
    Edit("article: rename", 3, 1),
    Edit("create_article", 0, 2),
    Edit("entry: aliases", 4, 5),
    Edit("site: title", 0, 1),
    Edit("edit_quietly", 3, 30),
    Edit("set_asset", 0, 3),
)
"""Without mistakes: all builds publish."""


def test_killed_at_any_instant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = open_workshop(tmp_path / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(workshop.now.timestamp())))
    build_until(workshop, 60)
    apply(workshop, [Edit("site: title", 0, 3)])
    duration = build_until(workshop, 60)  # a first build would take longer
    chance = random.Random(5)  # noqa: S311
    killed = 0
    for number, edit in enumerate(EDITS):
        apply(workshop, [edit])
        killed += build_until(workshop, duration * (0.1 + 0.7 * chance.random())) < 0
        if number % 2:
            apply(workshop, [Edit("article: insert_block", number, 1)])
        call("build", site=Site(workshop.root))
        clean = build_site(workshop.root, now=workshop.now)
        assert tree_of(workshop.root / "output") == contents(clean.files), edit
    assert killed > len(EDITS) / 2


def build_until(workshop: Workshop, seconds: float) -> float:
    """Run the command in a process of its own for so long; how long it took, or -1 where it was killed."""
    command = [sys.executable, "-m", "explainer", "build", "--site", str(workshop.root)]
    begun = time.monotonic()
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            return -1
    return time.monotonic() - begun
