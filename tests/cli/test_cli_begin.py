"""`init` and `new`: what they make can be built."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from explainer.read.content import read_content
from tests.cli.runner import call
from tests.sites import NOW, Site
from tests.whole.pages import broken, tree_of


@pytest.mark.parametrize("name", ["dossier", "a/b c", "été", "-x", "{x}", "it's", 'the "x"', "%s", "a: b # c"])
def test_init_then_build(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("init", "--", name)
    assert result.exit_code == 0
    assert result.stdout.startswith("made ")
    assert call("check", "--strict", "--site", name).stdout == "no problems\n"
    assert call("build", "--site", name).exit_code == 0
    assert broken(tree_of(tmp_path / name / "output")) == []
    assert (tmp_path / name / ".gitignore").is_file()
    assert (tmp_path / name / "templates").is_dir()


@pytest.mark.parametrize("title", ["T", 'Who\'s "who"', "A: b #c", "{curly} %s \\n", "من هو", "- x", "12:30", "no"])
def test_init_with_a_title(tmp_path: Path, title: str) -> None:
    assert call("init", tmp_path / "x", "--title", title).exit_code == 0
    content = read_content(tmp_path / "x", now=NOW).content
    assert content is not None
    assert content.settings.title == title


def test_init_takes_an_empty_folder_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    assert call("init", folder).exit_code == 0
    before = tree_of(folder)
    result = call("init", folder)
    assert result.exit_code == 2
    assert "is not an empty folder; name another" in result.stderr
    assert tree_of(folder) == before


def test_init_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    assert call("init", tmp_path / "x").exit_code == 2
    assert call("init", tmp_path / "x" / "y").exit_code == 2
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_init_where_one_may_not_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        result = call("init", tmp_path / "x")
    finally:
        tmp_path.chmod(0o700)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


# ---- new ------------------------------------------------------------------------------------------------------------

TITLES = {
    "Who was Munaf Tlass?": "who-was-munaf-tlass",
    "The general's flight": "the-generals-flight",
    'A "quoted" title: yes #1': "a-quoted-title-yes-1",
    "Évian, Łódź & Münster": "evian-łodz-munster",
    "من هو مناف طلاس؟": "من-هو-مناف-طلاس",
    "  two\n lines ": "two-lines",
    "../../etc/passwd": "etc-passwd",
    "under_score": "under-score",
    "…!": "untitled",
    "2012": "2012",
    "- [x] {y}": "x-y",
    "CON\x07trol": "control",
    "\ufeffmark": "mark",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_new_article_passes_check(site: Site, title: str, slug: str) -> None:
    result = call("new", "article", "--site", site.root, "--", title)
    assert (result.exit_code, result.stdout) == (0, f"content/articles/{slug}.md\n")
    checked = call("check", site=site)
    assert checked.exit_code == 0, checked.stderr
    assert "error" not in checked.stderr.replace("0 errors", "")
    (article,) = site.content(unpublished=True).articles
    assert article.meta.draft
    assert article.meta.title == "".join(c for c in " ".join(title.split()) if c.isprintable())


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_new_entry_passes_check(site: Site, title: str, slug: str) -> None:
    result = call("new", "entry", "--kind", "person", "--site", site.root, "--", title)
    assert (result.exit_code, result.stdout) == (0, f"content/glossary/{slug}.md\n")
    checked = call("check", site=site)
    assert checked.exit_code == 0, checked.stderr
    assert list(site.content().entries) == [slug]


@pytest.mark.parametrize("title", ["", "   ", "\n", "\x07"])
def test_nothing_is_no_title(site: Site, title: str) -> None:
    for command in (("article",), ("entry", "--kind", "place")):
        result = call("new", *command, title, site=site)
        assert result.exit_code == 2
        assert "it is empty" in result.stderr
    assert not (site.root / "content").exists()


@pytest.mark.parametrize("title", ["long " * 200, "طويل " * 200])
def test_long_titles_have_short_names(site: Site, title: str) -> None:
    path = call("new", "article", "--site", site.root, "--", title).stdout.strip()
    assert len(path) < 90
    assert call("check", site=site).exit_code == 0


def test_new_never_writes_over_a_file(site: Site) -> None:
    call("new", "article", "One two", site=site)
    path = site.root / "content/articles/one-two.md"
    path.write_text("mine")
    result = call("new", "article", "One, two!", site=site)
    assert result.exit_code == 2
    assert "content/articles/one-two.md exists already" in result.stderr
    assert path.read_text() == "mine"


def test_new_entry_looks_into_every_folder(site: Site) -> None:
    site.write("-- content/glossary/places/homs.md --\n---\nname: Homs\nkind: place\n---\n")
    result = call("new", "entry", "Homs", "--kind", "place", site=site)
    assert result.exit_code == 2
    assert "is taken by content/glossary/places/homs.md" in result.stderr


def test_new_article_has_today_s_date_in_the_site_s_zone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1341529200")  # 5 July 2012, 23:00 UTC
    site.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\ntimezone: Europe/Paris\n")
    call("new", "article", "X", site=site)
    assert "date: 2012-07-06\n" in (site.root / "content/articles/x.md").read_text()
