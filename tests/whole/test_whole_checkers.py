"""Every page of the dossier, as the checkers of HTML read it. They are installed with `npm ci`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.whole.dossier import REPOSITORY, Dossier

pytestmark = pytest.mark.tools

MODULES = REPOSITORY / "node_modules"

EXCEPTIONS = {
    "doctype-style": "a matter of taste: browsers read both cases, and ours is the shorter to type",
    "long-title": "the titles of articles are their authors'; search engines cut them where they like",
}
"""What html-validate recommends and we do not follow, with the reason."""


def need(program: str, path: Path) -> Path:
    """The checker's file. Where it is missing the test is skipped, but not in .ci/run, which must have it."""
    missing = "" if path.exists() else f"{path.relative_to(REPOSITORY)} is not there; run “npm ci”"
    missing = missing if shutil.which(program) else f"{program} is not installed"
    if missing and os.environ.get("EXPLAINER_REQUIRE_TOOLS"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return path


def test_nu_html_checker_has_nothing_to_say(dossier: Dossier) -> None:
    jar = need("java", MODULES / "vnu-jar/build/dist/vnu.jar")
    command = [
        "java",
        "-jar",
        str(jar),
        "--skip-non-html",
        "--format",
        "json",
        "--exit-zero-always",
        str(dossier.output),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(done.stderr)
    assert [_place(message, dossier) for message in report["messages"]] == []


def test_nu_html_checker_is_awake(tmp_path: Path) -> None:
    """It says something of a page that is wrong, so that its silence means something."""
    jar = need("java", MODULES / "vnu-jar/build/dist/vnu.jar")
    (tmp_path / "x.html").write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a>", "utf-8")
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(tmp_path / "x.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Duplicate ID" in done.stderr


def _place(message: dict[str, object], dossier: Dossier) -> str:
    path = str(message.get("url", "")).rpartition(str(dossier.output))[2]
    return f"{path}:{message.get('lastLine')}: {message['message']}"


def test_html_validate_has_nothing_to_say(dossier: Dossier, tmp_path: Path) -> None:
    program = need("node", MODULES / ".bin/html-validate")
    rules = dict.fromkeys(EXCEPTIONS, "off")
    config = tmp_path / "htmlvalidate.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": rules}), "utf-8")
    pages = [str(path) for path in sorted(dossier.output.rglob("*.html"))]
    command = [str(program), "--config", str(config), "--formatter", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = {f"{m['ruleId']}: {m['message']} ({Path(f['filePath']).name})" for f in report for m in f["messages"]}
    assert found == set()
    assert done.returncode == 0, done.stderr


def test_the_lock_names_no_address() -> None:
    """It must install from wherever packages come from."""
    lock = (REPOSITORY / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
