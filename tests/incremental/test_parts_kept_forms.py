"""What a new process finds made: the forms of the glossary in their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.incremental.glossary import FORM_KINDS, FORM_TEXTS
from explainer.incremental.kept import Kept
from tests.incremental.bench import Bench, open_bench

ENTRY = "content/glossary/river-guard.md"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """The first site with the default theme and a store in a file, built twice: the first build's workers keep nothing."""
    with open_bench(tmp_path / "site", bare=False, on_disk=True) as bench:
        edit(bench, "content/articles/d-places.md", "Nothing here but", "Nothing there but")
        bench.check()
        bench.reopen()
        yield bench


def edit(bench: Bench, path: str, gone: str, come: str) -> None:
    text = bench.workshop.bytes_of(path).decode()
    assert gone in text
    bench.workshop.write(path, text.replace(gone, come))


def test_an_edited_text_needs_no_forms_gathered(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered, keys_of = list[str](), Kept.keys_of
    edit(bench, "content/articles/d-places.md", "Nothing there but", "Nothing else is here but")
    with monkeypatch.context() as patch:
        patch.setattr(Kept, "keys_of", lambda self, kind: gathered.append(kind) or keys_of(self, kind))
        assert "articles/d-places/index.html" in bench.build().rendered
    assert not set(gathered) & set(FORM_KINDS)
    assert not bench.differences()


def test_a_new_form_is_among_those_that_are_kept(bench: Bench) -> None:
    before = bench.store.cell(FORM_TEXTS)
    edit(bench, ENTRY, "[RG]", "[RG, Watch on the Water]")
    edit(bench, "content/articles/d-places.md", "Nothing there but", "The Watch on the Water is here, and")
    bench.check()
    bench.reopen()
    kept = bench.store.cell(FORM_TEXTS)
    assert "watch on the water" in {text.casefold() for text in set(kept) - set(before)}
    assert list(kept) == sorted(kept)


def test_a_form_that_is_gone_is_not(bench: Bench) -> None:
    before = bench.store.cell(FORM_TEXTS)
    bench.workshop.write(ENTRY, bench.workshop.bytes_of(ENTRY).decode().replace("River Guard", "Harbour Watch"))
    bench.check()
    bench.reopen()
    assert set(before) - set(bench.store.cell(FORM_TEXTS))
