"""What holds for every text: no character is lost or moved, and no text stops a build."""

from __future__ import annotations

import html
import os
import random
import re
import time
from collections import Counter
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.annotate import Method
from explainer.annotate.decide import CERTAIN
from explainer.annotate.text import OBJECT, Zone, project
from explainer.diagnostics import Diagnostic
from explainer.read.content import read_document
from explainer.read.front_matter import join_front_matter, split_front_matter
from explainer.read.schema import ArticleMeta, EntryMeta, LinkingSettings, LinkScope
from explainer.types import EntryId, SourcePath
from tests.sites import SITE_YAML, Site, article, entry
from tests.strategies import LANGUAGES, LINE_ENDS, YAML_LINES, markdown
from tests.texts import PATH, annotate, content_of, glossary, read_article, read_entry, render

settings.register_profile(
    "texts", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("texts")

EVERY = LinkingSettings(links=LinkScope.ALL, max_per_entry=1000, max_per_100_words=1000)


@cache
def entries():
    return glossary(
        read_entry("munaf-tlass", "Munaf Tlass", front="aliases: [Manaf Tlass, {text: مناف طلاس, language: ar}]\n"),
        read_entry("mustafa-tlass", "Mustafa Tlass"),
        read_entry("bashar-al-assad", "Bashar al-Assad"),
        read_entry("homs", "Homs", "place", front="aliases: [حمص]\n"),
        read_entry("jordan", "Jordan", "place"),
        read_entry("jordan-river", "Jordan", "place"),
        read_entry("sao-tome", "São Tomé", "place"),
        read_entry("m-prize", "𝕄 Prize", "work"),
        read_entry(
            "republican-guard",
            "Republican Guard",
            "organisation",
            front="aliases: [الحرس الجمهوري, {text: Garde républicaine, language: fr}]\n",
        ),
        read_entry(
            "free-syrian-army",
            "Free Syrian Army",
            "organisation",
            front="aliases: [{text: Armée syrienne libre, language: fr}]\n",
        ),
    )


# ---- the file and what a reader sees --------------------------------------------------------------------------------


@given(
    st.lists(st.one_of(YAML_LINES, st.text()), max_size=5),
    LINE_ENDS,
    st.sampled_from(["---", "...", "--- "]),
    st.text(),
)
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


@given(markdown(), LANGUAGES)
def test_every_decision_stands_in_the_file_where_it_says(text, language):
    document = read_article(text, front=language)
    annotation = annotate(content_of(document, entries()))
    for decision in annotation.decisions:
        assert document.text[decision.start : decision.end] == decision.text
        seen = annotation.passages[decision.passage].text[decision.begin : decision.stop]
        if not re.search(r"[\[`<^]|\d+\.|\\&", decision.text):
            assert _letters(html.unescape(decision.text)) == _letters(seen)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


# ---- linking --------------------------------------------------------------------------------------------------------


@given(markdown(), LANGUAGES)
def test_every_mention_is_of_whole_words(text, language):
    """With the signs of their letters; a letter before a name that is no clitic belongs to another word."""
    annotation = annotate(content_of(read_article(text, front=language), entries()))
    for decision in annotation.decisions:
        if decision.method in {Method.NAME, Method.ALIAS, Method.LAST_NAME}:
            seen = annotation.passages[decision.passage].text
            around = seen[decision.begin - 1 : decision.begin] + seen[decision.stop : decision.stop + 1]
            assert not re.search(r"[\w\u064b-\u0652]", around)


@given(markdown(), LANGUAGES)
def test_linking_changes_no_visible_character(text, language):
    document = read_article(text, front=language)
    linked = _text(_parse(render(content_of(document, entries(), linking=EVERY))))
    assert linked == _text(_parse(render(content_of(document))))


@given(markdown(), LANGUAGES)
def test_every_link_is_one_well_nested_element_around_its_text_alone(text, language):
    content = content_of(read_article(text, front=language), entries(), linking=EVERY)
    annotation = annotate(content)
    tree = _parse(render(content))
    wanted = [annotation.passages[d.passage].text[d.begin : d.stop] for d in annotation.decisions if d.linked]
    made = [_text(link) for link in tree.iter("a") if "entry-link" in link.get("class", "")]
    assert len(made) == len(wanted)
    for seen, meant in zip(made, wanted, strict=True):
        assert OBJECT in meant or _letters(seen) == _letters(meant)
    for outer in (*tree.iter("a"), *tree.iter("code")):
        assert not [inner for inner in outer.iter("a") if inner is not outer]


def test_a_footnote_that_is_an_image_alone_is_well_nested():
    _parse(render(content_of(read_article("a[^1]\n\n[^1]: ![b](../media/x.png)\n"))))


@given(markdown(), st.sampled_from(LinkScope))
def test_decisions_keep_apart_and_keep_to_the_rules(text, scope):
    linking = LinkingSettings(links=scope, max_per_entry=3, max_per_100_words=2)
    annotation = annotate(content_of(read_article(text), entries(), linking=linking))
    chosen = [d for d in annotation.decisions if d.linked]
    for one, other in pairwise(chosen):
        assert (one.passage, one.stop) <= (other.passage, other.begin)
    per_entry: Counter[EntryId] = Counter()
    texts = [p.text for p in annotation.passages]
    starts = list(accumulate((text.count(" ") + 1 for text in texts), initial=0))
    words: list[int] = []
    for decision in annotation.decisions:
        assert (decision.entry is None) == (decision.kind is None)
        assert decision.entry is not None or not decision.linked
        if decision.linked and decision.method is not Method.EXPLICIT:
            zone = annotation.passages[decision.passage].zone_of(decision.begin, decision.stop)
            assert zone in {Zone.PROSE, Zone.QUOTATION}
            per_entry[decision.entry] += 1
            assert per_entry[decision.entry] <= 3
            words.append(starts[decision.passage] + texts[decision.passage].count(" ", 0, decision.begin))
    assert all(sum(first <= word < first + 100 for word in words) <= 2 for first in words)


@given(markdown(), LANGUAGES)
def test_every_decision_can_be_answered_for(text, language):
    """By the likeliest of its readings, whose scores are shares of one, each with evidence; a link by a high one."""
    for decision in annotate(content_of(read_article(text, front=language), entries())).decisions:
        scores = [r.score for r in decision.readings]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1 + 1e-3
        if decision.entry is not None:
            assert decision.readings[0].entry == decision.entry
            assert decision.readings[0].evidence
            assert decision.words
        if decision.linked:
            assert decision.is_settled
            assert decision.score >= CERTAIN


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


@settings(max_examples=5)
@given(st.lists(markdown(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_equal_sites_give_equal_bytes_in_any_order_of_files(texts, shuffle):
    files = {f"content/articles/{'abc'[n]}.md": article(text, title=f"T {n}") for n, text in enumerate(texts)}
    files |= {str(e.path): e.text for e in entries().values()}
    first = _built(files, sorted(files))
    assert _built(files, sorted(files)) == first
    assert _built(files, shuffle.sample(sorted(files), len(files)), shuffle) == first


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


MARKUP = st.text(alphabet="*_`~[](){}<>!#|:-+>=&;\\\\\"'^ \n\r\t\x00ax1.é😀", max_size=60)


@settings(max_examples=200)
@given(
    st.one_of(st.text(), YAML_LINES),
    st.one_of(st.text(), MARKUP),
    st.sampled_from([ArticleMeta, EntryMeta]),
    st.booleans(),
)
def test_no_text_is_too_strange_to_read(front, body, schema, html):
    read_document(f"---\n{front}\n---\n{body}", PATH, schema, html=html)


@settings(max_examples=200)
@given(MARKUP)
def test_no_text_is_too_strange_to_annotate(body):
    document = read_article(body)
    for decision in annotate(content_of(document, entries())).decisions:
        assert document.text[decision.start : decision.end] == decision.text


HOSTILE = {
    "brackets": "[" * 10_000,
    "double brackets": "[[" * 5_000,
    "an open wikilink": "[[" + "a" * 20_000,
    "wikilinks": "[[a]]" * 4_000,
    "wikilinks with emphasis": "[[a|*" * 4_000,
    "closed brackets": "[[a" * 3_000 + "]]" * 3_000,
    "asterisks": "*" * 10_000,
    "underscores": "_" * 10_000,
    "tildes": "~~a" * 5_000,
    "emphasis in emphasis": "*a **b " * 1_500 + "c" + "** d*" * 1_500,
    "braces": "{" * 10_000,
    "attributes": "[a]{.b " * 3_000,
    "quotations": ">" * 5_000,
    "quotations and lists": "> - " * 2_500,
    "lists": "- " * 5_000,
    "backticks": "`" * 10_000,
    "runs of backticks": " ".join("`" * n for n in range(200)),
    "images": "![[" * 3_000,
    "open images": "![a" * 6_000,
    "comments": "<!--" * 3_000,
    "tags": "<a " * 5_000,
    "entities": "&#" * 10_000,
    "backslashes": "\\" * 20_000,
    "bars": "| " * 5_000,
    "a wide table": "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "|b" * 3_000,
    "a long table": "|a|a|\n|-|-|\n" + "|a|a|\n" * 2_000,
    "escaped bars": "|a|\n|-|\n|" + "*\\|" * 5_000 + "|",
    "colons": "::: a\n" * 1_500,
    "directives": "\n".join(":" * (3 + n) + " context homs" for n in range(150)),
    "definitions": "a\n: b\n" * 2_000,
    "footnotes": "".join(f"[^{n}]: a[^{n}]\n" for n in range(1_500)),
    "references": "".join(f"[{n}]: x\n" for n in range(2_000)) + "[1] " * 3_000,
    "equal headings": "## a\n\n" * 4_000,
    "empty headings": "#\n" * 5_000,
    "white space": " \u00a0" * 10_000,
    "soft hyphens": "H\u00ado\u00adm\u00ads " * 2_500,
    "combining marks": "a" + "\u0301" * 20_000,
    "clitics": "بحمص " * 4_000 + "و" * 10_000,
    "vowel signs": "حِمْص " * 3_000 + "ح" + "ـ" * 10_000 + "مص",
    "names": "Munaf Tlass " * 1_700,
    "last names": "Munaf Tlass " + "Tlass's " * 2_500,
    "names in capitals": "MUNAF-TLASS-" * 1_700,
    "names over lines": "Munaf\nTlass\n" * 1_700,
}
"""What makes careless parsers slow, and a name too often."""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text):
    begin = time.process_time()
    annotate(content_of(read_article(text), entries()))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("name", ["an open wikilink", "equal headings", "names", "wikilinks", "names over lines"])
def test_time_grows_with_the_text_not_with_its_square(name):
    """At five times the length; each of these once took the square."""
    text = HOSTILE[name] * 5
    begin = time.process_time()
    annotate(content_of(read_article(text), entries()))
    assert time.process_time() - begin < 6


HOSTILE_PAGES = {
    "quotation marks": "'a\" " * 20_000,
    "notes that are not there": "x[^1] " * 12_000,
    "the author's own links": "[[homs|x]] " * 4_000,
    "links to one page": "[a](/) " * 6_000,
    "links that lead nowhere": "[a](b) " * 3_000,
}
"""What makes careless checks and renderers slow."""


@pytest.mark.parametrize("text", HOSTILE_PAGES.values(), ids=HOSTILE_PAGES)
def test_no_page_takes_long(site, text):
    site.write(
        f"-- content/articles/a.md --\n{article(text)}\n-- content/glossary/homs.md --\n{entry('Homs', 'place')}"
    )
    site.build()  # what is loaded once does not count
    begin = time.process_time()
    assert "articles/a/index.html" in site.build().files
    assert time.process_time() - begin < 5
