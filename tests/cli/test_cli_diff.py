"""`explainer diff`: the site compared with a revision of its repository."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.cli.runner import call
from tests.sites import Site, article, entry

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

X = "content/articles/x.md"


def git(site: Site, *arguments: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=site.root, check=True, capture_output=True)


@pytest.fixture
def committed(site: Site) -> Site:
    """A site in a folder of a repository, with one commit."""
    site.write(f"-- {X} --\n{article('In Homs.')}\n-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    subprocess.run(["git", "init", "-q", ".."], cwd=site.root, check=True)
    git(site, "add", ".")
    git(site, "commit", "-q", "-m", "first")
    return site


def test_nothing_changed(committed: Site) -> None:
    result = call("diff", site=committed)
    assert (result.exit_code, result.stdout) == (0, "no link differs from HEAD\n")


def test_for_people(committed: Site) -> None:
    committed.write(f"-- {X} --\n{article('In Hama, no more.')}\n")
    committed.write(f"-- content/glossary/hama.md --\n{entry('Hama', 'place')}\n")
    result = call("diff", site=committed)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        X,
        "  + 7:4  Hama  hama  (first in section)",
        "  - 7:4 (before)  Homs  homs  (no longer in the text)",
        "2 links in 1 article: 1 added, 1 removed",
    ]


def test_for_programs_and_against_an_older_revision(committed: Site) -> None:
    committed.write(f"-- {X} --\n{article('In Homs.' + chr(10) * 2 + '## Again' + chr(10) * 2 + 'Homs.')}\n")
    git(committed, "commit", "-q", "-a", "-m", "second")
    assert json.loads(call("diff", "--format", "json", site=committed).stdout)["changes"] == []
    found = json.loads(call("diff", "HEAD~1", "--format", "json", site=committed).stdout)
    (change,) = found.pop("changes")
    assert found == {"revision": "HEAD~1", "articles": 1, "added": 1, "removed": 0, "moved": 0}
    assert change == {
        "source": X,
        "change": "added",
        "text": "Homs",
        "line": 11,
        "column": 1,
        "gone": False,
        "before": None,
        "after": "homs",
        "reason": "first in section",
    }


def test_problems_of_the_site_as_it_is(committed: Site) -> None:
    committed.write("-- content/articles/y.md --\nno front matter\n")
    result = call("diff", site=committed)
    assert result.exit_code == 1
    assert "no-front-matter" in result.stderr
    assert result.stdout == "no link differs from HEAD\n"


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "HEAD:site.yaml", ""])
def test_a_revision_that_does_not_exist(committed: Site, revision: str) -> None:
    result = call("diff", revision, site=committed)
    assert result.exit_code == 2
    assert f"there is no revision “{revision}”" in result.stderr


def test_a_revision_is_no_option_of_git(committed: Site) -> None:
    result = call("diff", "--site", committed.root, "--", "--output=x")
    assert result.exit_code == 2
    assert "“--output=x” is no revision" in result.stderr


def test_without_a_repository(site: Site) -> None:
    result = call("diff", site=site)
    assert result.exit_code == 2
    assert "git finds no repository in" in result.stderr


def test_without_git(committed: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(committed.root))
    result = call("diff", site=committed)
    assert result.exit_code == 2
    assert "git is not installed" in result.stderr


def test_a_revision_without_the_site(committed: Site) -> None:
    git(committed, "rm", "-q", "--cached", "site.yaml")
    git(committed, "commit", "-q", "-m", "no site")
    result = call("diff", site=committed)
    assert result.exit_code == 2
    assert "HEAD has no site.yaml in this folder" in result.stderr


def test_a_revision_with_broken_settings(committed: Site) -> None:
    settings = (committed.root / "site.yaml").read_text(encoding="utf-8")
    committed.write("-- site.yaml --\ntitle: [\n")
    git(committed, "commit", "-q", "-a", "-m", "broken")
    committed.write(f"-- site.yaml --\n{settings}")
    result = call("diff", site=committed)
    assert result.exit_code == 2
    assert "site.yaml cannot be used as it was in HEAD" in result.stderr


def test_links_in_the_repository(committed: Site) -> None:
    """One that leads to a text of the site is that text; one that leads elsewhere is passed over."""
    try:
        (committed.root / "content/articles/y.md").symlink_to("x.md")
        (committed.root / "content/articles/z.md").symlink_to("../../../elsewhere.md")
    except OSError:
        pytest.skip("links cannot be made here")
    git(committed, "add", ".")
    git(committed, "commit", "-q", "-m", "links")
    (committed.root / "content/articles/z.md").unlink()
    assert call("diff", site=committed).stdout == "no link differs from HEAD\n"
