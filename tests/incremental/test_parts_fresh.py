"""Where nothing has changed, nothing is imported that could build; where anything has, there is a build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from explainer.cli import build as command
from explainer.incremental import fresh
from explainer.incremental.fresh import stamp_of
from explainer.theme_folder import default_theme
from tests.cli.runner import call, environment
from tests.sites import NOW, SITE_YAML, Site, article, entry

ARTICLE = f"-- content/articles/x.md --\n{article('Ada Roth and Ben Roth in Lund. Roth left Lund.')}\n"
SITE = (
    ARTICLE + f"-- content/glossary/ada-roth.md --\n{entry('Ada Roth')}\n"
    f"-- content/glossary/ben-roth.md --\n{entry('Ben Roth')}\n"
    f"-- content/glossary/lund.md --\n{entry('Lund', 'place')}\n"
    "-- content/pages/about.md --\n---\ntitle: About\n---\n\nLund.\n"
    "-- content/media/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\n"
    f"-- templates/robots.txt --\n{(default_theme() / 'robots.txt').read_text(encoding='utf-8')}"
)
PAGE = "output/articles/x/index.html"
KEPT = ".explainer/fresh.json"


@dataclass
class Built:
    """A site that has been built, and how often it was really built since."""

    site: Site
    first: Result
    real: list[int] = field(default_factory=list)

    def again(self, *options: str) -> Result:
        return call("build", *options, site=self.site)

    def builds(self, *options: str) -> bool:
        """Whether asking for the same leads to a build."""
        before = len(self.real)
        self.again(*options)
        return len(self.real) > before


@pytest.fixture
def built(site: Site, monkeypatch: pytest.MonkeyPatch) -> Built:
    at(monkeypatch, NOW.timestamp())
    site.write(SITE)
    let_age()
    first = call("build", site=site)
    assert first.exit_code == 0
    assert (site.root / KEPT).exists()
    built, real = Built(site, first), command._build_again

    def counted(*given: Any) -> Any:
        built.real.append(1)
        return real(*given)

    monkeypatch.setattr(command, "_build_again", counted)
    return built


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))


def let_age() -> None:
    """Until the looks of files are old enough to be trusted."""
    time.sleep(1.2 * fresh._YOUNG / 1e9)


def without_time(result: Result) -> tuple[str, str]:
    return re.sub(r"[\d.]+ seconds", "", result.stdout), result.stderr


def looks(root: Path) -> dict[Path, tuple[int, int, int]]:
    """Without the times at which somebody looked, as this does."""
    statuses = {path: path.stat() for path in root.rglob("*")}
    return {path: (s.st_ino, s.st_size, s.st_ctime_ns) for path, s in statuses.items()}


# ---- nothing has changed --------------------------------------------------------------------------------------------


def test_the_same_is_said_without_a_build(built: Built) -> None:
    assert "warning[ambiguous-mention]" in built.first.stderr
    before = looks(built.site.root)
    for _ in range(3):
        result = built.again()
        assert (result.exit_code, without_time(result)) == (0, without_time(built.first))
    assert built.real == []
    assert looks(built.site.root) == before


HEAVY = ("spacy", "jinja2", "markdown_it", "pydantic", "babel", "yaml", "numpy", "sqlite3", "explainer.build")
TOLD = """
import sys
from explainer.cli import main
try:
    main(sys.argv[1:])
finally:
    print("modules", *sys.modules)
"""


def test_nothing_is_imported_that_builds(built: Built) -> None:
    line = [sys.executable, "-c", TOLD, "build", "--site", str(built.site.root)]
    seen = [subprocess.run(line, capture_output=True, check=True, encoding="utf-8", env=environment())]
    (built.site.root / KEPT).unlink()
    seen.append(subprocess.run(line, capture_output=True, check=True, encoding="utf-8", env=environment()))
    (quick, modules), (slow, more) = [done.stdout.split("modules ") for done in seen]
    assert [name for name in HEAVY if name in modules.split()] == []
    assert set(more.split()) >= set(HEAVY) - {"spacy", "numpy"}
    assert re.sub(r"[\d.]+ seconds", "", quick) == re.sub(r"[\d.]+ seconds", "", slow)
    assert seen[0].stderr == seen[1].stderr


def test_the_same_day_is_no_change_and_another_is(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW.timestamp() + 11 * 3600)
    assert not built.builds()
    at(monkeypatch, NOW.timestamp() + 13 * 3600)
    assert built.builds()
    assert not built.builds()


def test_the_day_is_that_of_the_sites_zone(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    built.site.write(f"-- site.yaml --\n{SITE_YAML}timezone: Pacific/Kiritimati\n")  # 14 hours before Greenwich
    let_age()
    at(monkeypatch, NOW.timestamp() - 3 * 3600)
    assert built.builds()
    at(monkeypatch, NOW.timestamp() - 2.1 * 3600)
    assert not built.builds()
    at(monkeypatch, NOW.timestamp() - 2 * 3600)
    assert built.builds()


# ---- anything has ---------------------------------------------------------------------------------------------------


def quietly(path: Path) -> None:
    """Other bytes, but as many and of the same time."""
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-2] + b"!\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    """Another file with the same bytes and times: a move of a copy."""
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    copy.replace(path)


def as_link(path: Path) -> None:
    target = path.with_name("target.txt")
    path.rename(target)
    path.symlink_to(target)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: Site(root).write(ARTICLE.replace("left", "saw")),
    "a text, quietly": lambda root: quietly(root / "content/articles/x.md"),
    "a text, back in time": lambda root: os.utime(root / "content/articles/x.md", (1, 1)),
    "a text, replaced": lambda root: replaced(root / "content/articles/x.md"),
    "a text, renamed": lambda root: (root / "content/articles/x.md").rename(root / "content/articles/y.md"),
    "a text, deleted": lambda root: (root / "content/articles/x.md").unlink(),
    "a new text": lambda root: Site(root).write(ARTICLE.replace("x.md", "y.md")),
    "a new text far below": lambda root: Site(root).write(ARTICLE.replace("x.md", "a/b/c/y.md")),
    "a new folder": lambda root: (root / "content/articles/new").mkdir(),
    "an entry": lambda root: quietly(root / "content/glossary/lund.md"),
    "a page": lambda root: quietly(root / "content/pages/about.md"),
    "a medium": lambda root: quietly(root / "content/media/a.svg"),
    "a review": lambda root: Site(root).write("-- content/review.yaml --\nverdicts: []\n"),
    "the settings": lambda root: Site(root).write(f"-- site.yaml --\n{SITE_YAML}description: More\n"),
    "the settings, quietly": lambda root: quietly(root / "site.yaml"),
    "a template": lambda root: quietly(root / "templates/robots.txt"),
    "a template, deleted": lambda root: (root / "templates/robots.txt").unlink(),
    "a new template": lambda root: Site(root).write("-- templates/partials/extra.html --\nx\n"),
    "a template, now a link": lambda root: as_link(root / "templates/robots.txt"),
    "output: a page deleted": lambda root: (root / PAGE).unlink(),
    "output: a page edited": lambda root: (root / PAGE).write_text("mine", encoding="utf-8"),
    "output: a page edited, quietly": lambda root: quietly(root / PAGE),
    "output: a medium edited": lambda root: quietly(root / "output/media/a.svg"),
    "output: all deleted": lambda root: shutil.rmtree(root / "output"),
    "output: a folder deleted": lambda root: shutil.rmtree(root / "output/articles"),
    "what is kept": lambda root: (root / KEPT).unlink(),
    "what is kept, with the cache": lambda root: shutil.rmtree(root / ".explainer"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_leads_to_a_build(built: Built, change: str) -> None:
    if change.endswith("a link") and sys.platform == "win32":
        pytest.skip("links need rights there")
    CHANGES[change](built.site.root)
    let_age()
    assert built.builds()
    output = built.site.root / "output"
    if (built.site.root / KEPT).exists():  # the build was a good one
        assert (output / "index.html").exists()
        assert not built.builds()


def test_what_was_published_is_put_right(built: Built) -> None:
    before = (built.site.root / PAGE).read_bytes()
    for change in ("output: a page edited", "output: a page deleted", "output: all deleted"):
        CHANGES[change](built.site.root)
        assert built.builds()
        assert (built.site.root / PAGE).read_bytes() == before


@pytest.mark.parametrize("options", [["--strict"], ["--frozen"], ["--output", "elsewhere"]], ids=lambda o: o[0])
def test_another_question_gets_another_answer(built: Built, options: list[str], tmp_path: Path) -> None:
    options = [str(tmp_path / option) if option == "elsewhere" else option for option in options]
    assert built.builds(*options)
    if options[0] != "--output":
        assert built.again(*options).exit_code == 1  # for a mention is ambiguous
    else:
        assert not built.builds(*options)
        assert (tmp_path / "elsewhere/index.html").exists()
    assert built.builds()


@pytest.mark.parametrize("option", ["--verify", "--timings", "--trace"])
def test_who_asks_how_it_is_built_gets_a_build(built: Built, option: str, tmp_path: Path) -> None:
    options = [option, str(tmp_path / "trace.json")] if option == "--trace" else [option]
    assert built.builds(*options)
    assert not built.builds()


def test_another_version_of_the_program(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "tool_version", lambda: "of tomorrow")
    assert built.builds()
    assert not built.builds()


def test_another_default_theme(built: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(default_theme(), theme)
    let_age()
    monkeypatch.setattr(fresh, "default_theme", lambda: theme)
    assert built.builds()
    assert not built.builds()
    quietly(theme / "base.html")
    let_age()
    assert built.builds()


def test_errors_are_told_every_time(built: Built) -> None:
    built.site.write(ARTICLE.replace("left", "[left](nowhere.md)"))
    let_age()
    for _ in range(2):
        result = built.again()
        assert result.exit_code == 1
        assert "error[broken-link]" in result.stderr
        assert not (built.site.root / KEPT).exists()
    assert len(built.real) == 2


# ---- what is kept ---------------------------------------------------------------------------------------------------


def _without(key: str) -> Callable[[bytes], bytes]:
    """Without one of the parts that are kept."""

    def cut(data: bytes) -> bytes:
        document = json.loads(data)
        (sort, pairs), *_ = document.items()
        assert sort == "m"
        return json.dumps({sort: [pair for pair in pairs if pair[0] != key]}).encode()

    return cut


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "bytes": lambda _: b"\xff\xfe\x00",
    "a list": lambda _: b"[]",
    "null": lambda _: b"null",
    "a number": lambda _: b"5",
    "a mapping of nothing": lambda _: b'{"m":[]}',
    "no value": lambda _: b'{"o":["os:system","true"]}',
    "deep": lambda _: b"[" * 100_000,
    **{
        f"without {key}": _without(key)
        for key in ("version", "question", "sources", "output", "paths", "build", "answer")
    },
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_no_answer(built: Built, damage: str) -> None:
    path = built.site.root / KEPT
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert built.builds()
    assert not built.builds()


QUESTION_ANSWER = fresh.Answer((), "summary", "UTC", NOW.date())


@dataclass
class Kept:
    """What is kept of a site that was published, and asked for again."""

    root: Path
    question: fresh.Question = field(init=False)

    def __post_init__(self) -> None:
        self.question = fresh.Question(str(self.root / "output"), strict=False, frozen=False)

    def looks(self) -> fresh.Looks:
        return fresh.looks_of(fresh.looks_of_sources(self.root))

    def remember(self, looks: fresh.Looks) -> None:
        fresh.remember(self.root, self.question, QUESTION_ANSWER, ["index.html", "feed.xml"], looks, 7)

    def found(self) -> fresh.Found:
        return fresh.look_around(self.root, self.question, NOW)

    def said(self) -> tuple[fresh.Looks, fresh.Left | None, fresh.Answer | None]:
        """The same, waited for."""
        found = self.found()
        return found.sources, found.left(), found.answer


def test_what_changed_during_the_build_is_a_change(built: Built) -> None:
    kept = Kept(built.site.root)
    looks = kept.looks()
    kept.remember(looks)
    assert kept.found().answer == QUESTION_ANSWER
    quietly(built.site.root / "content/articles/x.md")
    let_age()
    kept.remember(looks)
    assert kept.found().answer is None


def test_what_has_just_changed_is_not_kept(built: Built) -> None:
    """A second edit within the same tick of the clock would look like the first."""
    kept = Kept(built.site.root)
    quietly(built.site.root / "content/articles/x.md")
    kept.remember(kept.looks())
    assert kept.said() == (kept.looks(), None, None)


def test_what_was_left_is_known_while_the_output_is_as_it_was(built: Built) -> None:
    kept = Kept(built.site.root)
    kept.remember(kept.looks())
    output = kept.question.output
    files = [output, f"{output}/index.html", f"{output}/feed.xml"]
    left = fresh.Left(QUESTION_ANSWER, output, ("index.html", "feed.xml"), 7, {file: stamp_of(file) for file in files})
    quietly(built.site.root / "content/articles/x.md")
    assert kept.said() == (kept.looks(), left, None)
    quietly(built.site.root / "output/feed.xml")
    assert left.renewed(["index.html"]) == left.stamps
    assert left.renewed(["feed.xml"]) == {file: stamp_of(file) for file in files} != left.stamps
    assert kept.said() == (kept.looks(), None, None)


def test_many_files_are_looked_at_by_another_process(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def beside(look: Callable[[], bytes]) -> Callable[[], bytes]:
        asked.append(look())
        return lambda: asked[-1]

    monkeypatch.setattr(fresh, "_MANY", 2)
    monkeypatch.setattr(fresh, "aside", beside)
    kept = Kept(built.site.root)
    kept.remember(kept.looks())
    assert kept.found().answer == QUESTION_ANSWER
    assert len(asked) == 1
    quietly(built.site.root / "output/feed.xml")
    assert kept.said() == (kept.looks(), None, None)
    assert len(asked) == 2
    monkeypatch.setattr(fresh, "_MANY", 3)
    kept.remember(kept.looks())
    assert kept.found().answer == QUESTION_ANSWER
    assert len(asked) == 2


def test_every_part_of_a_look_counts(tmp_path: Path) -> None:
    """A file that is gone looks like no file."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    look = fresh._look(str(path))
    assert fresh.looks_of([look]) == fresh.looks_of([fresh._look(str(path))])
    for part in range(1, len(look)):
        other = (*look[:part], look[part] + 1, *look[part + 1 :])
        assert fresh.looks_of([look]).digest != fresh.looks_of([other]).digest  # type: ignore[list-item]
    assert fresh.looks_of([look]).newest == max(look[2], look[3])
    path.unlink()
    assert fresh.looks_of([look]) != fresh.looks_of([fresh._look(str(path))])


def test_a_folder_that_cannot_be_read_is_a_problem(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, scan = built.site.root / "content/articles/secret", os.scandir
    folder.mkdir()
    (folder / "y.md").write_text(article("Lund."), encoding="utf-8")

    def refuse(path: Path | str) -> Any:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        result = built.again()
        assert result.exit_code == 1
        assert (
            "content/articles/secret: error[unreadable]: the folder cannot be read: permission denied" in result.output
        )
    assert built.again().exit_code == 0
    assert (built.site.root / "output/articles/y/index.html").exists()
