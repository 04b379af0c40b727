"""Inputs that are easily overlooked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import spacy

from explainer.incremental import texts
from explainer.incremental.engine import Engine
from explainer.incremental.glossary import SEARCHED
from explainer.incremental.store import Run, Store
from explainer.render.bodies import article_parts
from explainer.render.gaps import Parts
from explainer.site import SiteArticle
from tests.cli.runner import call
from tests.incremental.bench import Bench, open_bench
from tests.incremental.compare import contents
from tests.incremental.edits import Edit, apply
from tests.incremental.test_incremental_examples import make_edit
from tests.sites import Site
from tests.whole.pages import tree_of

BASE, EXTRA = "templates/base.html", "templates/partials/article-extra.html"


def save_model(folder: Path, label: str) -> None:
    """A model that takes Mercury for something of this kind; its version says so."""
    model = spacy.blank("en")
    model.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "Mercury"}])
    model.meta["version"] = f"1.0.{len(label)}"
    model.to_disk(folder)


def use_model(bench: Bench, folder: Path) -> None:
    bench.workshop.write_settings({**bench.workshop.settings(), "nlp": {"model": str(folder)}})


def test_another_version_of_the_language_model(tmp_path: Path) -> None:
    with open_bench(tmp_path / "site") as bench:
        save_model(tmp_path / "model", "LOC")
        use_model(bench, tmp_path / "model")
        first = bench.check()
        save_model(tmp_path / "model", "WORK_OF_ART")
        assert bench.check().diagnostics != first.diagnostics


def test_another_version_of_the_language_model_on_the_command_line(tmp_path: Path) -> None:
    with open_bench(tmp_path / "site") as bench:
        save_model(tmp_path / "model", "LOC")
        use_model(bench, tmp_path / "model")
        told = []
        for label in ("LOC", "WORK_OF_ART"):
            save_model(tmp_path / "model", label)
            told.append(call("build", site=Site(bench.workshop.root)).stderr)
    assert told[0] != told[1]


def test_a_template_that_is_included_by_a_computed_name(tmp_path: Path) -> None:
    """It comes, changes and goes. Which pages may be rendered for it is not known beforehand."""
    with open_bench(tmp_path / "site") as bench:
        base = bench.workshop.bytes_of(BASE)
        bench.workshop.write(BASE, base + b"{% include 'partials/' ~ page.kind ~ '-extra.html' ignore missing %}")
        assert bench.differences() == []
        for text in ("<p>More</p>", "<p>{{ page.title }}</p>"):
            bench.workshop.write(EXTRA, text)
            assert bench.differences() == []
        (bench.workshop.root / EXTRA).unlink()
        assert bench.differences() == []


def test_a_text_behind_a_link(tmp_path: Path) -> None:
    """The link stays as it is when the text is edited."""
    with open_bench(tmp_path / "site") as bench:
        elsewhere, link = bench.workshop.root / "drafts.md", bench.workshop.root / "content/articles/linked.md"
        for word in ("one", "two"):
            elsewhere.write_text(f"---\ntitle: Linked\ndate: 2024-01-01\n---\n\nText {word}.\n", encoding="utf-8")
            if not link.is_symlink():
                link.symlink_to(os.path.relpath(elsewhere, link.parent))
            assert "articles/linked/index.html" in bench.check().rendered


def test_a_published_file_that_was_changed_is_put_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a build that has nothing else to do."""
    with open_bench(tmp_path / "site") as bench:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(bench.workshop.now.timestamp())))
        site, output = Site(bench.workshop.root), bench.workshop.root / "output"
        call("build", site=site)
        (output / "index.html").write_bytes(b"changed")
        (output / "about/index.html").unlink()
        call("build", site=site)
        assert tree_of(output) == contents(bench.clean().files)


@pytest.mark.parametrize("text", [None, "More.\n"])
def test_a_published_file_that_was_changed_and_keeps_its_size_is_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    """Whether there is anything else to do or not."""
    with open_bench(tmp_path / "site") as bench:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(bench.workshop.now.timestamp())))
        site, page = Site(bench.workshop.root), bench.workshop.root / "output/index.html"
        call("build", site=site)
        before = page.stat()
        page.write_bytes(page.read_bytes().swapcase())
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
        if text is not None:
            imprint = bench.workshop.root / "content/pages/imprint.md"
            imprint.write_text(imprint.read_text("utf-8") + text, encoding="utf-8")
        call("build", site=site)
        assert tree_of(page.parent) == contents(bench.clean().files)


def test_a_touched_file_renders_and_links_nothing(tmp_path: Path) -> None:
    with open_bench(tmp_path / "site") as bench:
        apply(bench.workshop, [Edit("touch", which, 1) for which in range(40)])
        outcome = bench.check()
        assert (outcome.rendered, outcome.relinked) == ((), ())


def test_a_body_alone_is_linked_and_rendered_alone(tmp_path: Path) -> None:
    """And the feeds, which hold the latest texts."""
    with open_bench(tmp_path / "site") as bench:
        apply(bench.workshop, [Edit("article: append_block", 3, 0)])
        outcome = bench.check()
        assert set(outcome.rendered) == {"articles/d-places/index.html", "feed.xml", "feed.json"}
        assert outcome.relinked == ("content/articles/d-places.md",)


def test_a_new_first_name_links_again_only_texts_that_introduce_its_entry(tmp_path: Path) -> None:
    """“Nothing” stands in d-places, which names nobody who could be called so; Ada Roth is in a-fire."""
    with open_bench(tmp_path / "site") as bench:
        make_edit(bench.workshop, "content/articles/a-fire.md\n-The Guard came\n+Nothing came\n")
        bench.check()
        make_edit(
            bench.workshop, "content/glossary/ada-roth.md\n-aliases: [Dr. Roth,\n+aliases: [Nothing Quist, Dr. Roth,\n"
        )
        assert bench.check().relinked == ("content/articles/a-fire.md",)


OLD_QUIST = "content/glossary/ada-roth.md\n-aliases: [Dr. Roth,\n+aliases: [Old Quist, Dr. Roth,\n"
"""An alias whose first word stands in c-family, in “the Old Light”, which names nobody."""


def test_of_a_text_in_which_a_new_first_name_means_nobody_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is linked again, and that is all; a text that has the new name is made as ever."""
    made: list[str] = []

    def parts(article: SiteArticle, *others: Any) -> Parts:
        made.append(article.document.path)
        return article_parts(article, *others)

    with open_bench(tmp_path / "site") as bench:
        monkeypatch.setattr(texts, "article_parts", parts)
        make_edit(bench.workshop, OLD_QUIST)
        assert bench.check().relinked == ("content/articles/c-family.md",)
        assert made == []
        make_edit(bench.workshop, "content/articles/c-family.md\n-the Old Light\n+Old\n")
        bench.check()
        assert made == ["content/articles/c-family.md"]


def test_what_an_earlier_build_left_dirty_is_made_again_for_more_than_forms() -> None:
    engine = Engine(Store(), ("article",), dirty={"article": {"left"}})
    for arg in ("left", "forms", "more"):
        engine.mark(Run("article", arg), ("faint form", "old"))
    engine.mark(Run("article", "more"), ("file", "more"))
    assert engine.dirty_for("article", SEARCHED) == {"forms"}


def test_a_summary_links_again_only_texts_that_weigh_it(tmp_path: Path) -> None:
    """Two are called Mercury. In c-family the author says which one is meant."""
    with open_bench(tmp_path / "site") as bench:
        make_edit(bench.workshop, "content/glossary/mercury-ship.md\n-summary: A ship.\n+summary: A sailing ship.\n")
        assert bench.check().relinked == ("content/articles/a-fire.md",)
