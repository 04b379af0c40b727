"""What holds for every text: no character is lost or moved, and no text stops a build."""

from __future__ import annotations

import html
import os
import random
import re
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.annotate import Method
from explainer.annotate.text import OBJECT, Zone, project
from explainer.diagnostics import Diagnostic
from explainer.read.front_matter import join_front_matter, split_front_matter
from explainer.read.schema import LinkingSettings, LinkScope
from explainer.types import EntryId, SourcePath
from tests.sites import SITE_YAML, Site, article, entry
from tests.strategies import LINE_ENDS, YAML_LINES, markdown
from tests.texts import annotate, content_of, glossary, read_article, read_entry, render

settings.register_profile(
    "texts", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("texts")

EVERY = LinkingSettings(links=LinkScope.ALL, max_per_entry=1000, max_per_100_words=1000)


@cache
def entries():
    return glossary(
        read_entry("munaf-tlass", "Munaf Tlass", front="aliases: [Manaf Tlass, {text: مناف طلاس, language: ar}]\n"),
        read_entry("mustafa-tlass", "Mustafa Tlass"),
        read_entry("bashar-al-assad", "Bashar al-Assad"),
        read_entry("homs", "Homs", "place"),
        read_entry("jordan", "Jordan", "place"),
        read_entry("jordan-river", "Jordan", "place"),
        read_entry("sao-tome", "São Tomé", "place"),
        read_entry("m-prize", "𝕄 Prize", "work"),
        read_entry("republican-guard", "Republican Guard", "organisation"),
        read_entry("free-syrian-army", "Free Syrian Army", "organisation"),
    )


# ---- the file and what a reader sees --------------------------------------------------------------------------------


@given(st.lists(st.one_of(YAML_LINES, st.text()), max_size=5), LINE_ENDS, st.sampled_from(["---", "...", "--- "]), st.text())
def test_front_matter_splits_and_joins_without_loss(lines, line_end, closer, body):
    text = line_end.join(["---", *lines, closer, body])
    split = split_front_matter(text, SourcePath("x.md"))
    assert not isinstance(split, Diagnostic)
    assert join_front_matter(split) == text
    assert text[split.body_offset :] == split.body
    assert text[split.yaml_offset :].startswith(split.yaml)


@given(st.text())
def test_any_text_has_front_matter_or_a_diagnostic(text):
    split = split_front_matter(text, SourcePath("x.md"))
    assert isinstance(split, Diagnostic) or join_front_matter(split) == text


@given(markdown())
def test_every_run_of_a_passage_is_the_same_in_the_file(text):
    document = read_article(text)
    for passage in project(document.body):
        assert "".join(passage.text[r.start : r.start + r.length] for r in passage.runs) == passage.text
        for run in passage.runs:
            written = document.text[run.file_start : run.file_start + run.file_length]
            seen = passage.text[run.start : run.start + run.length]
            assert seen in {OBJECT, " "} or seen in {written, _meant(written)}
            if seen == " ":
                assert not _meant(written).strip(" \t\r\n\u00a0\u2009\u200b\u00ad\\")


def _meant(written: str) -> str:
    """What an escape or an entity stands for."""
    return written[-1] if written.startswith("\\") else html.unescape(written)


@given(markdown())
def test_every_decision_stands_in_the_file_where_it_says(text):
    document = read_article(text)
    annotation = annotate(content_of(document, entries()))
    for decision in annotation.decisions:
        assert document.text[decision.start : decision.end] == decision.text
        seen = annotation.passages[decision.passage].text[decision.begin : decision.stop]
        if not re.search(r"[\[`<^]|\d+\.", decision.text):
            assert _letters(html.unescape(decision.text)) == _letters(seen)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


# ---- linking --------------------------------------------------------------------------------------------------------


@given(markdown())
def test_linking_changes_no_visible_character(text):
    document = read_article(text)
    linked = _text(_parse(render(content_of(document, entries(), linking=EVERY))))
    assert linked == _text(_parse(render(content_of(document))))


@given(markdown())
def test_every_link_is_one_well_nested_element_around_its_text(text):
    content = content_of(read_article(text), entries(), linking=EVERY)
    annotation = annotate(content)
    tree = _parse(render(content))
    wanted = [
        _letters(annotation.passages[d.passage].text[d.begin : d.stop]) for d in annotation.decisions if d.linked
    ]
    made = [_letters(_text(link)) for link in tree.iter("a") if "entry-link" in link.get("class", "")]
    assert made == wanted


@given(markdown())
def test_no_link_is_in_a_link_a_heading_or_code(text):
    tree = _parse(render(content_of(read_article(text), entries(), linking=EVERY)))
    for tag in ("a", "code", "pre"):
        for outer in tree.iter(tag):
            assert not [inner for inner in outer.iter("a") if inner is not outer]


@given(markdown(), st.sampled_from(LinkScope))
def test_decisions_keep_apart_and_keep_to_the_rules(text, scope):
    linking = LinkingSettings(links=scope, max_per_entry=3)
    annotation = annotate(content_of(read_article(text), entries(), linking=linking))
    chosen = [d for d in annotation.decisions if d.linked]
    for one, other in zip(chosen, chosen[1:], strict=False):
        assert (one.passage, one.stop) <= (other.passage, other.begin)
    per_entry: dict[EntryId, int] = {}
    for decision in annotation.decisions:
        assert (decision.entry is None) == (decision.kind is None)
        assert decision.entry is not None or not decision.linked
        if decision.linked and decision.method is not Method.EXPLICIT:
            zone = annotation.passages[decision.passage].zone_of(decision.begin, decision.stop)
            assert zone in {Zone.PROSE, Zone.QUOTATION}
            assert per_entry.get(decision.entry, 0) < 3
        if decision.linked:
            per_entry[decision.entry] = per_entry.get(decision.entry, 0) + 1


@given(markdown())
def test_an_unrelated_entry_changes_no_decision(text):
    document = read_article(text)
    more = {**entries(), **glossary(read_entry("zenobia", "Zenobia of Palmyra"), read_entry("quito", "Quito", "place"))}
    assert annotate(content_of(document, entries())) == annotate(content_of(document, more))


def _parse(markup: str):
    """The HTML as a tree; what is not well nested raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!doctype html><title>x</title>{markup}")


def _text(tree) -> str:
    return "".join(tree.itertext())


# ---- whole sites ----------------------------------------------------------------------------------------------------


@settings(max_examples=8)
@given(st.lists(markdown(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_equal_sites_give_equal_bytes_in_any_order_of_files(texts, shuffle):
    files = {f"content/articles/{'abc'[n]}.md": article(text, title=f"T {n}") for n, text in enumerate(texts)}
    files |= {str(e.path): e.text for e in entries().values()}
    first, again = _built(files, sorted(files)), _built(files, shuffle.sample(sorted(files), len(files)), shuffle)
    assert first == again


def _built(files: dict[str, str], order: list[str], shuffle: random.Random | None = None):
    """The built pages and the problems of a site whose files are made, and listed, in an order."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        site = Site(Path(folder)).write(f"-- site.yaml --\n{SITE_YAML}")
        for path in order:
            site.write_bytes(path, files[path].encode("utf-8", "surrogatepass"))
        if shuffle is not None:
            scan = os.scandir
            patch.setattr(os, "scandir", lambda *where: _Listed(_shuffled(list(scan(*where)), shuffle)))
        built = site.build()
    return dict(built.files), built.diagnostics


def _shuffled(found: list, shuffle: random.Random) -> list:
    shuffle.shuffle(found)
    return found


class _Listed(list):
    """What `os.scandir` gives: usable in a `with`."""

    def __enter__(self):
        return self

    def __exit__(self, *exception: object) -> None: ...


# ---- nothing stops a build ------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.text(), st.text())
def test_no_text_is_too_strange(front, body):
    annotate(content_of(read_article(body), entries()))
    annotate(content_of(read_article("x", front=""), entries()))


PATHOLOGICAL = {
    "brackets": "[" * 10_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_no_text_takes_long(text):
    begin = time.process_time()
    annotate(content_of(read_article(text), entries()))
    assert time.process_time() - begin < 2
