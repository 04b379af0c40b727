"""`explainer theme`: what the theme is made of, and taking files of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.render.theme import default_theme
from tests.cli.runner import call
from tests.sites import Site, article


def test_every_file_of_the_theme_is_listed(site: Site) -> None:
    listed = [line.split()[0] for line in call("theme", "list", site=site).stdout.splitlines()]
    files = sorted(p.relative_to(default_theme()).as_posix() for p in default_theme().rglob("*") if p.is_file())
    assert listed == files


def test_the_list_tells_what_is_overridden(site: Site) -> None:
    site.write(
        "-- templates/tag.html --\nx\n-- templates/partials/mine.html --\n{#- Mine. -#}\n-- templates/.x --\nx\n"
    )
    call("theme", "eject", "page.html", site=site)
    lines = call("theme", "list", site=site).stdout.splitlines()
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines if "[" in line}
    assert told == {
        "tag.html": "[overridden] The articles on a topic. view: TagPage.",
        "page.html": "[overridden, the same so far] A page of the site's own. view: PlainPage.",
        "partials/mine.html": "[the site's own] Mine.",
    }


def test_a_file_is_copied_as_it_is_and_stands_in_for_the_theme_s(site: Site) -> None:
    site.write(f"-- content/articles/a.md --\n{article('Text.')}\n")
    before = site.build().files
    done = call("theme", "eject", "article.html", "partials/facts.html", "assets/style.css", site=site)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "templates/article.html",
        "templates/partials/facts.html",
        "templates/assets/style.css",
    ]
    assert "stand in for the theme's" in done.stderr
    for name in ("article.html", "partials/facts.html", "assets/style.css"):
        assert (site.root / "templates" / name).read_bytes() == (default_theme() / name).read_bytes()
    assert site.build().files == before
    path = site.root / "templates/article.html"
    path.write_text(path.read_text("utf-8").replace("<h1>", "<h1>Mine: "), encoding="utf-8")
    assert "<h1>Mine: An article" in site.page("articles/a/")


@pytest.mark.parametrize(
    "name", [p.relative_to(default_theme()).as_posix() for p in sorted(default_theme().rglob("*.html"))]
)
def test_any_template_can_be_ejected(site: Site, name: str) -> None:
    assert call("theme", "eject", f"templates/{name}", site=site).exit_code == 0
    assert (site.root / "templates" / name).is_file()


def test_nothing_is_overwritten(site: Site) -> None:
    site.write("-- templates/tag.html --\nmine\n")
    done = call("theme", "eject", "page.html", "tag.html", site=site)
    assert done.exit_code == 2
    assert "templates/tag.html is there already, and is not overwritten" in done.stderr
    assert (site.root / "templates/tag.html").read_text("utf-8") == "mine\n"
    assert not (site.root / "templates/page.html").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("tags.htm", "did you mean “tags.html”"),
        ("facts.html", "did you mean “partials/facts.html”"),
        ("xyzzy", "explainer theme list shows"),
        ("../site.yaml", "the theme has no file"),
        ("/etc/passwd", "explainer theme list shows"),
    ],
)
def test_an_unknown_file_is_refused_with_what_may_be_meant(site: Site, name: str, hint: str) -> None:
    done = call("theme", "eject", name, site=site)
    assert done.exit_code == 2
    assert f"the theme has no file “{name}”" in done.stderr
    assert hint in " ".join(done.stderr.split())
    assert not (site.root / "templates").exists()


def test_no_link_is_followed_out_of_the_site(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site.root / "templates").mkdir()
    (site.root / "templates/partials").symlink_to(outside)
    done = call("theme", "eject", "partials/facts.html", site=site)
    assert done.exit_code == 2
    assert "outside the site" in done.stderr
    assert list(outside.iterdir()) == []


def test_words_are_overridden_key_by_key_and_that_is_said(site: Site) -> None:
    done = call("theme", "eject", "words/fr.yaml", site=site)
    assert "Words are overridden key by key" in done.stderr


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    for arguments in (("list",), ("eject", "tag.html")):
        assert call("theme", *arguments, "--site", tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []
