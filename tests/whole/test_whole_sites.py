"""Whole sites in a string: built, published, and looked at as files."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explainer.cli import main
from explainer.diagnostics import has_errors
from tests.sites import NOW, Site, article, entry
from tests.whole.dossier import Dossier, copy_dossier
from tests.whole.pages import broken, pages_of, text_of, tree_of

SMALL = (
    "-- content/articles/one.md --\n"
    + article("Munaf Tlass left Homs.\n\n## More\n\nHe had served in Homs.\n", front="tags: [syria]\n")
    + "-- content/articles/sub/folder/two.md --\n"
    + article("Homs again, and [one](../../one.md).\n", title="Two", date="2024-02-01")
    + "-- content/glossary/people/munaf-tlass.md --\n"
    + entry("Munaf Tlass", front="context: true\n")
    + "-- content/glossary/homs.md --\n"
    + entry("Homs", "place", front="location: {lat: 34.7, lon: 36.7}\n", body="A city. [About](../pages/about.md).\n")
    + "-- content/pages/about.md --\n---\ntitle: About\n---\n\n![A dot](../media/dot.svg)\n"
    + '-- content/media/dot.svg --\n<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>\n'
)


def build(site: Site, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", "--site", str(site.root), *options])


def output(site: Site) -> dict[str, bytes]:
    return tree_of(site.root / "output")


def test_site_without_content(site: Site) -> None:
    assert build(site).exit_code == 0
    files = output(site)
    assert {"index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt"} <= set(files)
    assert broken(files) == []


def test_entry_with_name_and_kind_only_and_empty_templates(site: Site) -> None:
    (site.root / "templates").mkdir()
    site.write("-- content/glossary/homs.md --\n---\nname: Homs\nkind: place\n---\n")
    result = build(site)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 articles, 1 entry, ")
    page = pages_of(output(site))["glossary/homs/index.html"]
    assert page is not None
    assert [text_of(h) for h in page.tree.iter("h1")] == ["Homs"]
    assert broken(output(site)) == []


@pytest.mark.parametrize("kind", ["person", "place", "organisation", "event", "work", "concept"])
def test_every_kind_of_entry_builds_alone(site: Site, kind: str) -> None:
    site.write(f"-- content/glossary/x.md --\n---\nname: X\nkind: {kind}\n---\n")
    assert build(site).exit_code == 0
    assert broken(output(site)) == []


def test_article_without_body(site: Site) -> None:
    site.write("-- content/articles/x.md --\n---\ntitle: X\ndate: 2024-01-01\n---\n")
    assert build(site).exit_code == 0
    assert broken(output(site)) == []


def test_small_site_is_whole(site: Site) -> None:
    assert build(site.write(SMALL)).exit_code == 0
    files = output(site)
    assert broken(files) == []
    assert {
        "articles/one/index.html",
        "articles/two/index.html",
        "glossary/munaf-tlass/index.html",
        "glossary/homs/index.html",
        "about/index.html",
        "media/dot.svg",
        "tags/syria/index.html",
    } <= set(files)


def test_a_template_of_the_site_replaces_one_file(site: Site) -> None:
    site.write(SMALL + "-- templates/page.html --\n<title>{{ page.title }}</title>\n")
    assert build(site).exit_code == 0
    files = output(site)
    assert files["about/index.html"] == b"<title>About</title>"
    assert files["articles/one/index.html"].endswith(b"</html>")


GUARD = entry(
    "Republican Guard",
    "organisation",
    front="aliases:\n- The Guard\n- {text: Garde républicaine, language: fr}\n- {text: la Garde, language: fr}\n"
    "- {text: الحرس الجمهوري, language: ar}\n- {text: Республиканская гвардия, language: ru}\n",
)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The Republican Guard.", ["Republican Guard", "الحرس الجمهوري", "Республиканская гвардия"]),
        (
            "fr",
            "La Garde républicaine.",
            ["Republican Guard", "Garde républicaine", "الحرس الجمهوري", "Республиканская гвардия"],
        ),
        ("ar", "الحرس الجمهوري.", ["الحرس الجمهوري", "Republican Guard", "Республиканская гвардия"]),
    ],
)
def test_names_are_of_the_page_s_language_and_of_other_scripts(
    site: Site, language: str, text: str, names: list[str]
) -> None:
    front = f"language: {language}\ncontext: [guard]\n"
    site.write(f"-- content/articles/x.md --\n{article(text, front=front)}\n")
    site.write(f"-- content/glossary/guard.md --\n{GUARD}\n")
    assert build(site).exit_code == 0
    page = pages_of(output(site))["articles/x/index.html"]
    assert page is not None
    (heading,) = (e for e in page.tree.iter("dt") if e.attrib.get("class") == "story-name")
    shown = [text_of(e) for e in heading.iter("bdi")]
    assert shown == names
    (box,) = (e for e in page.tree.iter("span") if e.attrib.get("class") == "box-name")
    assert text_of(box) == names[0]
    assert [e.attrib.get("lang") for e in box.iter("bdi")] == [None if language != "fr" else "en"]


def test_two_builds_give_equal_bytes(site: Site) -> None:
    site.write(SMALL)
    build(site, "--output", str(site.root / "first"))
    build(site, "--output", str(site.root / "second"))
    assert tree_of(site.root / "first") == tree_of(site.root / "second")


def test_order_of_writing_does_not_matter(site: Site, tmp_path: Path) -> None:
    """A file system hands files back in the order in which they were made, or in none."""
    other = Site(tmp_path / "other")
    site.write(SMALL)
    for path in sorted((p for p in site.root.rglob("*") if p.is_file()), reverse=True):
        other.write_bytes(path.relative_to(site.root).as_posix(), path.read_bytes())
    assert list(_bytes(other).items()) == list(_bytes(site).items())


def _bytes(site: Site) -> dict[str, bytes]:
    return {p: d.read_bytes() if isinstance(d, Path) else d for p, d in site.build().files.items()}


def test_clock_matters_through_dates_only(site: Site) -> None:
    site.write(SMALL)
    site.write("-- content/articles/soon.md --\n" + article("Soon.", title="Soon", date="2025-01-01"))
    early, later = site.build(now=NOW), site.build(now=NOW + dt.timedelta(days=30))
    assert early.files == later.files
    assert "articles/soon/index.html" not in early.files
    assert "articles/soon/index.html" in site.build(now=NOW + dt.timedelta(days=400)).files


def test_edits_and_removals_give_what_a_clean_build_gives(site: Site) -> None:
    site.write(SMALL)
    build(site)
    (site.root / "content/articles/one.md").unlink()
    site.write("-- content/articles/sub/folder/two.md --\n" + article("Nothing.", title="Two"))
    site.write("-- content/glossary/homs.md --\n" + entry("Hims", "place"))
    build(site)
    build(site, "--output", str(site.root / "clean"))
    assert output(site) == tree_of(site.root / "clean")
    assert "articles/one/index.html" not in output(site)


def test_failing_build_leaves_output_alone(site: Site) -> None:
    build(site.write(SMALL))
    before = {p: p.stat().st_mtime_ns for p in (site.root / "output").rglob("*")}
    files = output(site)
    site.write("-- content/articles/three.md --\n" + article("[Nowhere](nowhere.md)"))
    result = build(site)
    assert result.exit_code == 1
    assert "error[broken-link]" in result.stderr
    assert "nothing was published" in result.stderr
    assert output(site) == files
    assert {p: p.stat().st_mtime_ns for p in (site.root / "output").rglob("*")} == before


def test_failing_template_leaves_output_alone(site: Site) -> None:
    build(site.write(SMALL))
    files = output(site)
    result = build(site.write("-- templates/page.html --\n<p>{{ view.nothing }}</p>\n"))
    assert result.exit_code == 1
    assert "templates/page.html:1" in result.stderr
    assert output(site) == files


def test_foreign_files_stay(site: Site) -> None:
    build(site.write(SMALL))
    folder = site.root / "output"
    (folder / ".well-known").mkdir()
    (folder / ".well-known/x").write_text("mine")
    (folder / ".nojekyll").touch()
    build(site.write("-- content/articles/one.md --\n" + article("Changed.")))
    assert (folder / ".well-known/x").read_text() == "mine"
    assert (folder / ".nojekyll").exists()


def test_unknown_files_in_output_stop_the_build_rather_than_go(site: Site) -> None:
    folder = site.root / "output"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    result = build(site.write(SMALL))
    assert (folder / "thesis.txt").read_text() == "mine"
    assert result.exit_code == 1
    assert "output-refused" in result.stderr


def test_output_folder_is_relative_to_where_one_stands(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(SMALL)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["build", "--site", "site"]).exit_code == 0
    assert (tmp_path / "site/output/index.html").is_file()
    assert runner.invoke(main, ["build", "--site", "site", "--output", "public"]).exit_code == 0
    assert tree_of(tmp_path / "public") == output(site)


def test_moved_site_builds_the_same(site: Site, tmp_path: Path) -> None:
    build(site.write(SMALL))
    moved = shutil.copytree(site.root, tmp_path / "elsewhere é")
    shutil.rmtree(moved / ".explainer", ignore_errors=True)
    assert CliRunner().invoke(main, ["build", "--site", str(moved)]).exit_code == 0
    assert tree_of(moved / "output") == output(site)


def test_line_ends_do_not_reach_the_pages(site: Site) -> None:
    site.write(SMALL)
    before = site.page("articles/one/")
    path = site.root / "content/articles/one.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert site.page("articles/one/") == before


def test_nothing_is_written_beside_output_and_cache(site: Site) -> None:
    site.write(SMALL)
    before = set(site.root.rglob("*"))
    build(site)
    new = {p.relative_to(site.root).parts[0] for p in site.root.rglob("*") if p not in before}
    assert new <= {"output", ".explainer"}
    shutil.rmtree(site.root / ".explainer", ignore_errors=True)
    files = output(site)
    build(site)
    assert output(site) == files


def test_linking_changes_no_visible_character(site: Site) -> None:
    """The same text with and without a glossary reads the same."""
    text = "Munaf  Tlass's *friend* of **Homs** left “Homs” — Homs-born, *Munaf* Tlass. \\*Homs\\* &amp; Homs's `Homs`."
    site.write("-- content/articles/x.md --\n" + article(text))
    plain = _prose(site)
    site.write(SMALL)
    assert _prose(site) == plain
    assert 'class="entry-link"' in site.page("articles/x/")


def _prose(site: Site) -> str:
    page = pages_of(site.build().files)["articles/x/index.html"]
    assert page is not None
    paragraphs = next(e for e in page.tree.iter("div") if e.attrib.get("class") == "prose").findall("p")
    return " ".join("".join(p.itertext()) for p in paragraphs)


# ---- the dossier ----------------------------------------------------------------------------------------------------


def test_dossier_builds_the_same_from_anywhere(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_dossier(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    result = CliRunner().invoke(main, ["build", "--site", os.path.relpath(root)])
    assert result.exit_code == 0
    assert tree_of(root / "output") == tree_of(dossier.output)


def test_dossier_does_not_depend_on_the_day(dossier: Dossier) -> None:
    from explainer.build import build_site

    later = build_site(dossier.root, now=NOW + dt.timedelta(days=900))
    assert not has_errors(later.diagnostics)
    assert {p for p, d in later.files.items() if d != dossier.built.files[p]} == set()
