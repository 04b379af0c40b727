"""Where the component's entries come from, and what is said when they cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from explainer.spacy.entries import GlossaryError, entries_from_rows, read_entries, rows_of
from tests.sites import Site, entry
from tests.spacy_component.helpers import ROWS, ents, pipeline

HOMS = f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"


def linked(glossary: Path) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary_linker", config={"glossary": str(glossary)})
    return nlp


def test_a_folder_of_entries_a_site_or_a_file_of_rows(site: Site, tmp_path: Path) -> None:
    site.write(f"{HOMS}-- content/glossary/people/munaf-tlass.md --\n{entry('Munaf Tlass')}\n")
    rows = tmp_path / "entries.jsonl"
    nlp = linked(site.root / "content" / "glossary")
    nlp.get_pipe("glossary_linker").to_disk(tmp_path)
    expected = [("Munaf Tlass", "PERSON", "munaf-tlass"), ("Homs", "GPE", "homs")]
    for glossary in (site.root / "content" / "glossary", site.root, rows):
        assert ents(linked(glossary)("Munaf Tlass left Homs.")) == expected


def test_entries_are_read_when_they_are_needed(site: Site) -> None:
    nlp = linked(site.root)
    site.write(HOMS)
    assert ents(nlp("Homs")) == [("Homs", "GPE", "homs")]


def test_initialize_reads_at_once_and_anew(site: Site) -> None:
    site.write(HOMS)
    nlp = linked(site.root)
    nlp("Homs")
    site.write(f"-- content/glossary/hama.md --\n{entry('Hama', 'place')}\n")
    assert not nlp("Hama").ents
    nlp.initialize()
    assert ents(nlp("Hama")) == [("Hama", "GPE", "hama")]


def test_initialize_takes_entries_from_the_config() -> None:
    nlp = pipeline()
    nlp.config["initialize"]["components"]["glossary_linker"] = {
        "entries": [{"id": "a", "name": "Hama", "kind": "place"}]
    }
    nlp.initialize()
    assert ents(nlp("Hama and Homs")) == [("Hama", "GPE", "a")]


def test_entries_can_be_added_later() -> None:
    nlp = pipeline()
    assert not nlp("Hama").ents
    nlp.get_pipe("glossary_linker").add_entries([{"id": "hama", "name": "Hama", "kind": "place"}])
    assert ents(nlp("Hama and Homs")) == [("Hama", "GPE", "hama"), ("Homs", "GPE", "homs")]
    with pytest.raises(ValueError, match="there is an entry “homs” already"):
        nlp.get_pipe("glossary_linker").add_entries([{"id": "homs", "name": "Homs", "kind": "place"}])


def test_rows_are_what_entries_say(site: Site) -> None:
    """Every key of the front matter, and the text."""
    text = """-- content/glossary/x.md --
---
name: X
kind: person
language: en
aliases: [Y, {text: ص, language: ar, demonym: true}]
hidden_aliases: [Z]
summary: S.
sort: X
context: true
history: [{from: 2012-07-03, summary: T.}]
facts: [{label: L, value: V, from: 2000, to: 2001-02, source: s1}]
relations: [{type: son of, entry: y, from: 2000, to: 2001}]
location: {lat: 1.5, lon: 2}
same_as: [wikidata:Q1]
sources: [{id: s1, title: T, url: https://example.org/, accessed: 2012-07-03}]
---

Text with *Markdown*.
"""
    entries = read_entries(site.write(text).root)
    rows = rows_of(entries)
    again = entries_from_rows(json.loads(json.dumps(rows)))
    assert again["x"].meta == entries["x"].meta
    assert rows_of(again) == rows
    assert rows[0]["text"].strip() == "Text with *Markdown*."
    assert len(rows[0]) == 16


# ---- errors ---------------------------------------------------------------------------------------------------------


def failure(glossary: Path) -> str:
    with pytest.raises(ValueError, match="glossary_linker: the glossary cannot be used") as caught:
        linked(glossary)("Homs")
    assert isinstance(caught.value, GlossaryError)
    return str(caught.value).replace(f"{glossary.as_posix()}", "GLOSSARY")


def test_no_such_path(tmp_path: Path) -> None:
    message = failure(tmp_path / "nowhere")
    assert "GLOSSARY: error[unreadable]: there is no such glossary" in message
    assert "name a folder of entry files" in message


def test_a_bad_entry_file(site: Site) -> None:
    site.write(f"{HOMS}-- content/glossary/hama.md --\n---\nname: Hama\nkind: plaice\n---\n")
    message = failure(site.root / "content" / "glossary")
    assert "GLOSSARY/hama.md:3:7: error[bad-value]: kind: " in message
    assert "3 | kind: plaice\n          ^^^^^^\n" in message


def test_all_problems_are_told_at_once(site: Site) -> None:
    site.write("".join(f"-- content/glossary/x{n:02}.md --\n---\nname: X\nkynd: place\n---\n" for n in range(8)))
    with pytest.raises(GlossaryError) as caught:
        linked(site.root)("Homs")
    assert len(caught.value.diagnostics) == 16
    assert "… and 6 more" in str(caught.value)


def test_warnings_do_not_matter(site: Site) -> None:
    site.write("-- content/glossary/homs.md --\n---\nname: Homs\nkind: place\n---\n")
    assert ents(linked(site.root)("Homs")) == [("Homs", "GPE", "homs")]


def test_two_files_with_one_id(site: Site) -> None:
    site.write(f"{HOMS}{HOMS.replace('glossary/', 'glossary/more/')}")
    assert "more/homs.md: error[duplicate-id]: the id “homs” is taken by GLOSSARY/content/glossary/homs.md" in failure(
        site.root
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "x", "name": }', "2:21: error[bad-value]: not JSON: expecting value"),
        ('["x"]', "2:1: error[bad-value]: expected an object"),
        ('{"name": "X", "kind": "place"}', "2:1: error[missing-key]: the entry has no usable id or text"),
        ('{"id": "x", "name": "X"}', "2:1: error[missing-key]: “kind” is missing"),
        ('{"id": "x", "name": "X", "kind": "place", "alias": "Y"}', "2:1: error[unknown-key]: unknown key “alias”"),
        ('{"id": "homs", "name": "X", "kind": "place"}', "2:1: error[duplicate-id]: the id “homs” is taken"),
    ],
)
def test_a_bad_line(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_text(json.dumps(ROWS[0]) + f"\n{line}\n", encoding="utf-8")
    assert f"GLOSSARY:{problem}" in failure(path)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_bytes(b'{"id": "\xff"}')
    assert "error[not-utf8]" in failure(path)


def test_bad_rows_from_python() -> None:
    with pytest.raises(GlossaryError, match=r"entry 2: error\[bad-value\]: kind: "):
        pipeline(rows=[ROWS[0], {"id": "x", "name": "X", "kind": "plaice"}])


# ---- imports --------------------------------------------------------------------------------------------------------


def loaded(code: str) -> set[str]:
    """The modules that are loaded after some code."""
    command = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_import_explainer_is_not_import_spacy() -> None:
    assert "spacy" not in loaded("import explainer")


def test_the_entry_point_is_light() -> None:
    """spaCy imports it for every pipeline that is made."""
    modules = loaded("import spacy\nspacy.blank('en')")
    assert {m for m in modules if m.startswith("explainer")} == {
        "explainer",
        "explainer.spacy",
        "explainer.spacy.factory",
    }


def test_the_component_needs_no_site() -> None:
    code = "import spacy\nspacy.blank('en').add_pipe('glossary_linker').add_entries([])"
    wanted = {
        "explainer",
        "explainer.spacy",
        "explainer.maps",  # reading checks a site's own boundaries
        "explainer.read",
        "explainer.annotate",
        "explainer.diagnostics",
        "explainer.types",
    }
    modules = {m for m in loaded(code) if m.startswith("explainer")}
    assert {".".join(m.split(".")[:2]) for m in modules} == wanted
