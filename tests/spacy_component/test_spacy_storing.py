"""Pipelines and Docs stored and loaded again, streams and processes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from tests.sites import Site, entry
from tests.spacy_component.helpers import TEXT, annotations, ents, pipeline

FORK = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def test_to_bytes_and_back() -> None:
    nlp = pipeline(resolve={"Gen. Tlass": "munaf-tlass"})
    again = type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert again.get_pipe("glossary_linker").options == nlp.get_pipe("glossary_linker").options
    assert again.get_pipe("glossary_linker").to_bytes() == nlp.get_pipe("glossary_linker").to_bytes()
    assert annotations(again(TEXT)) == annotations(nlp(TEXT))


def test_to_disk_and_load(tmp_path: Path) -> None:
    config = {"resolve": {"Gen. Tlass": "munaf-tlass", "طلاس": "munaf-tlass"}, "labels": {"place": "LOC"}}
    nlp = pipeline(spans_key="x", **config)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.config["components"] == nlp.config["components"]
    assert again.get_pipe("glossary_linker").options == nlp.get_pipe("glossary_linker").options
    doc = again("Gen. Tlass left Homs.")
    assert ents(doc) == [("Gen. Tlass", "PERSON", "munaf-tlass"), ("Homs", "LOC", "homs")]


def test_a_loaded_pipeline_needs_no_glossary(site: Site, tmp_path: Path) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker", config={"glossary": str(site.root)})
    nlp.to_disk(tmp_path / "model")
    data = nlp.to_bytes()
    shutil.rmtree(site.root)
    assert ents(spacy.load(tmp_path / "model")("Homs")) == [("Homs", "GPE", "homs")]
    assert ents(type(nlp).from_config(nlp.config).from_bytes(data)("Homs")) == [("Homs", "GPE", "homs")]


def test_what_is_stored_is_json(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "model")
    files = sorted(p.name for p in (tmp_path / "model" / "glossary_linker").iterdir())
    assert files == ["entries.jsonl"]


def test_a_config_alone_leads_to_the_glossary_again(site: Site) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker", config={"glossary": str(site.root)})
    assert ents(type(nlp).from_config(nlp.config)("Homs")) == [("Homs", "GPE", "homs")]


def test_config_overrides_when_loading(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "model")
    nlp = spacy.load(tmp_path / "model", config={"components": {"glossary_linker": {"ents": "none"}}})
    doc = nlp("Homs")
    assert not doc.ents
    assert [s.kb_id_ for s in doc.spans["mentions"]] == ["homs"]


def test_a_component_from_another_pipeline() -> None:
    source = pipeline()
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker", name="people", source=source)
    assert ents(nlp("Homs")) == [("Homs", "GPE", "homs")]


# ---- docs -----------------------------------------------------------------------------------------------------------


def test_docs_keep_their_decisions() -> None:
    nlp = pipeline()
    doc = nlp(TEXT)
    kept = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (from_bin,) = DocBin().from_bytes(kept).get_docs(spacy.blank("en").vocab)
    from_bytes = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert annotations(from_bin) == annotations(from_bytes) == annotations(doc)


# ---- streams --------------------------------------------------------------------------------------------------------

TEXTS = [TEXT, "", "Homs fell. " * 40, "Nobody.", "Tlass"] * 4


def test_a_stream_is_one_text_after_the_other() -> None:
    nlp = pipeline()
    assert [annotations(d) for d in nlp.pipe(TEXTS, batch_size=3)] == [annotations(nlp(t)) for t in TEXTS]


def test_tuples() -> None:
    pairs = list(pipeline().pipe([("Homs", {"n": 1}), ("Munaf Tlass", {"n": 2})], as_tuples=True))
    assert [(ents(doc)[0][2], context["n"]) for doc, context in pairs] == [("homs", 1), ("munaf-tlass", 2)]


@FORK
def test_two_processes_say_what_one_says() -> None:
    nlp = pipeline()
    one = [annotations(d) for d in nlp.pipe(TEXTS)]
    two = [annotations(d) for d in nlp.pipe(TEXTS, n_process=2, batch_size=4)]
    assert one == two


SPAWNED = """
import multiprocessing
from tests.spacy_component.helpers import TEXT, annotations, pipeline

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = pipeline()
    texts = [TEXT] * 4
    assert [annotations(d) for d in nlp.pipe(texts, n_process=2, batch_size=2)] == [annotations(nlp(t)) for t in texts]
"""


def test_processes_that_are_not_forked(tmp_path: Path) -> None:
    """How Windows and macOS start them; the component is sent."""
    assert "spawn" in multiprocessing.get_all_start_methods()
    script = tmp_path / "script.py"
    script.write_text(SPAWNED, encoding="utf-8")
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, str(script)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_what_is_sent_has_the_entries_or_their_path(site: Site) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    nlp = spacy.blank("en")
    linker = nlp.add_pipe("glossary_linker", config={"glossary": str(site.root)})
    for _ in range(2):
        again = pickle.loads(pickle.dumps(linker))  # noqa: S301  # as spaCy's processes do it
        assert again.entries.keys() == {"homs"}
        assert again.options == linker.options
        nlp("Homs")
    shutil.rmtree(site.root)
    assert ents(nlp("Homs")) == [("Homs", "GPE", "homs")]
    assert pickle.loads(pickle.dumps(linker)).entries.keys() == {"homs"}  # noqa: S301


def test_a_wrong_text_goes_to_the_error_handler() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker", config={"glossary": "no/such/folder"})
    failed = []
    nlp.set_error_handler(lambda _name, _pipe, docs, _error: failed.extend(docs))
    assert list(nlp.pipe(["Homs"])) == []
    assert [doc.text for doc in failed] == ["Homs"]
