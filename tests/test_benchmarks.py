"""The benchmarks: that they can be started where their data is not, what they measure on, and that they measure it."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import re
import runpy
import statistics
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.bench import Bench, set_up
from benchmarks.browsers import preview
from benchmarks.builds import BUILDS, build_once, build_rows
from benchmarks.chart import draw_growth
from benchmarks.corpus import Site, make_site
from benchmarks.corpus.chance import Chance, Ranks
from benchmarks.edits import alias_edit, template_edit, text_edit, title_edit
from benchmarks.processes import CommandError, run
from benchmarks.report import as_json, as_text
from benchmarks.results import Grown, Measure, Results, Row, Target, Unit
from benchmarks.tools import TOOLS, Tool, install
from benchmarks.tools.base import article_links
from explainer.build import build_site

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
NOW = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
EVERY_TOOL = pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))


def test_linking_says_that_its_data_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    linking = runpy.run_path(str(BENCHMARKS / "linking.py"), run_name="linking")
    main = linking["main"]
    main.__globals__["DATA"] = tmp_path / "eval"
    assert main() == 0
    assert capsys.readouterr().out == f"skipped: the development data is not in {tmp_path / 'eval'}\n"


# ---- the made-up sites ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made_up() -> Site:
    return make_site(200, 100)


def test_a_site_has_the_same_bytes_on_every_machine_and_version_of_python(made_up: Site) -> None:
    texts = [made_up.article(7), made_up.entries[3], made_up.tags, made_up.nicknames]
    assert (
        hashlib.sha256(repr(texts).encode()).hexdigest()
        == "f29d2dd4bc3efff3e9e77ce9847392afa8445a6a886c266465207d2a8b97391a"
    )


def test_an_article_is_the_same_whatever_was_asked_for_before(made_up: Site) -> None:
    assert list(made_up.every_article())[42] == make_site(200, 100).article(42)


def test_another_seed_gives_another_site(made_up: Site) -> None:
    other = make_site(200, 100, seed=2)
    assert other.article(7).body != made_up.article(7).body
    assert {e.name for e in other.entries}.isdisjoint(e.name for e in made_up.entries)


def test_articles_are_as_long_as_those_of_a_newspaper(made_up: Site) -> None:
    lengths = [len(a.body.split()) for a in made_up.every_article()]
    assert 605 < statistics.mean(lengths) < 635
    assert 70 < statistics.mean(len(e.body.split()) for e in made_up.entries) < 90


def test_articles_name_twelve_entries_each_by_its_full_name_first(made_up: Site) -> None:
    for article in map(made_up.article, range(0, made_up.articles, 5)):
        named = [n for _, n in made_up.namings if re.search(rf"\b{n.name}\b", article.body)]
        assert len(named) == 12
        rest = article.body
        for naming in named:
            rest = rest.replace(naming.name, "#" * len(naming.name))
        for short in {n.short for n in named}:
            introduced = min(article.body.index(n.name) for n in named if n.short == short)
            assert all(again.start() > introduced for again in re.finditer(rf"\b{short}\b", rest))


def test_articles_have_headings_a_list_a_quotation_emphasis_and_links(made_up: Site) -> None:
    body = made_up.article(150).body
    found = [len(re.findall(p, body, re.MULTILINE)) for p in (r"^## ", r"^- ", r"^> ", r"\*[^*]+\*", r"\]\(article:")]
    assert found == [3, 3, 1, 2, 2]


def test_names_are_no_words_of_the_texts_and_none_is_given_twice() -> None:
    site = make_site(1, 1500)
    names = [naming.name for _, naming in site.namings]
    words = {word.strip(".,").lower() for e in site.entries for word in e.summary.split()}
    assert len(set(names)) == 1500
    assert words.isdisjoint(part.lower() for kind, n in site.namings if kind == "person" for part in n.name.split())


def test_ranks_follow_zipf_and_mandelbrot() -> None:
    ranks, chance = Ranks(1000), Chance(1)
    drawn = Counter(ranks.draw(chance) for _ in range(200_000))
    assert drawn[0] / drawn[9] == pytest.approx(12.7 / 3.7, rel=0.1)
    assert drawn[9] / drawn[99] == pytest.approx(102.7 / 12.7, rel=0.15)
    assert max(drawn) <= 999


def test_a_nickname_stands_in_one_article_of_a_hundred(made_up: Site) -> None:
    bodies = [a.body for a in made_up.every_article()]
    assert [sum(n.text in body for body in bodies) for n in made_up.nicknames] == [2] * len(made_up.nicknames)


def test_explainer_finds_the_mentions_and_few_problems(tmp_path: Path) -> None:
    """Also that the edit of an alias is what it says: one more mention in each article with the nickname."""
    bench = set_up(make_site(30, 40), [TOOLS["explainer"]], tmp_path)
    built = build_site(tmp_path / "explainer", now=NOW)
    assert built.counts.articles == 30
    assert 24.5 < built.counts.mentions / 30 < 26
    assert {d.kind for d in built.diagnostics} <= {"ambiguous-mention"}
    assert built.counts.ambiguous < 0.02 * built.counts.mentions
    alias_edit(bench, TOOLS["explainer"], 0).save()
    assert build_site(tmp_path / "explainer", now=NOW).counts.mentions == built.counts.mentions + 1


# ---- what the tools read --------------------------------------------------------------------------------------------


@EVERY_TOOL
def test_every_tool_gets_every_text(tool: Tool, tmp_path: Path) -> None:
    site = make_site(3, 4)
    bench = set_up(site, [tool], tmp_path)
    for article in site.every_article():
        text = (bench.root(tool) / tool.article_path(article)).read_text("utf-8")
        assert article.body.splitlines()[0] in text
        assert "](article:" not in text
    for entry in site.entries:
        assert entry.body in (bench.root(tool) / tool.entry_path(entry)).read_text("utf-8")


def test_links_are_written_as_a_tool_wants_them() -> None:
    assert article_links("(a) [b](article:c) (d) [e](article:f).", "/x/", "/") == "(a) [b](/x/c/) (d) [e](/x/f/)."


@EVERY_TOOL
@pytest.mark.parametrize("edit", [text_edit, alias_edit, template_edit, title_edit])
def test_no_edit_is_made_twice(edit, tool: Tool, tmp_path: Path) -> None:
    bench = set_up(make_site(3, 4), [tool], tmp_path)
    edits = [edit(bench, tool, number) for number in range(4)]
    assert len({e.text for e in edits}) == 4
    for one in edits:
        assert one.mark not in one.path.read_text("utf-8")
        one.save()
        assert one.mark in one.path.read_text("utf-8")


# ---- measuring ------------------------------------------------------------------------------------------------------

_COPY = """
import pathlib, sys
for path in pathlib.Path("content/articles").glob("*.md"):
    page = pathlib.Path("output/articles", path.stem, "index.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(path.read_text("utf-8") + "warm" * page.exists(), "utf-8")
"""


@pytest.fixture
def copier(tmp_path: Path) -> Bench:
    """Two tools that publish articles as they are, and tell whether they did before."""
    copy = replace(TOOLS["explainer"], build=lambda _root: [sys.executable, "-c", _COPY])
    return set_up(make_site(4, 4), [copy, replace(copy, name="hugo")], tmp_path)


def test_rows_have_a_value_for_each_round_and_tool(copier: Bench) -> None:
    rows = build_rows(copier, ["cold", "text"], rounds=3)
    seconds = [row for row in rows if row.name in BUILDS]
    assert [row.name for row in seconds] == ["cold", "text"]
    assert all({tool: len(v) for tool, v in row.values.items()} == {"explainer": 3, "hugo": 3} for row in seconds)


def test_a_cold_build_begins_without_what_was_made(copier: Bench) -> None:
    tool = copier.tools[0]
    page = copier.root(tool) / "output/articles/report-000000/index.html"
    build_once(BUILDS["cold"], copier, tool, 0)
    build_once(BUILDS["unchanged"], copier, tool, 0)
    assert page.read_text("utf-8").endswith("warm")
    build_once(BUILDS["cold"], copier, tool, 0)
    assert not page.read_text("utf-8").endswith("warm")


def test_a_build_that_does_not_show_its_edit_is_no_measurement(copier: Bench) -> None:
    stale = replace(copier.tools[0], build=lambda _root: [sys.executable, "-c", ""])
    build_once(BUILDS["cold"], copier, copier.tools[0], 0)
    with pytest.raises(CommandError, match="is not on /articles/report-000003/"):
        build_once(BUILDS["text"], copier, stale, 1)


def test_every_round_begins_with_another_tool(copier: Bench) -> None:
    assert [[tool.name for tool in copier.turn(n)] for n in range(3)] == [
        ["explainer", "hugo"],
        ["hugo", "explainer"],
        ["explainer", "hugo"],
    ]


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    held = "x = bytearray(b'x') * 60_000_000; import time; time.sleep(0.5)"
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {held!r}]); {held}; p.wait()"
    peak = run([sys.executable, "-c", both], tmp_path, {}, memory=True).peak
    if not Path("/proc/self/smaps_rollup").exists():
        assert peak is None
        return
    assert peak is not None
    assert 120e6 < peak < 220e6


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell")
def test_the_processors_time_is_none_that_was_slept_away(tmp_path: Path) -> None:
    slept = run([sys.executable, "-c", "import time; time.sleep(1)"], tmp_path, {})
    assert slept.processor is not None
    assert slept.processor < 0.9 < slept.seconds


def test_a_command_that_fails_tells_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"ended with 3:\nno such site"):
        run([sys.executable, "-c", "import sys; print('no such site'); sys.exit(3)"], tmp_path, {})


def test_a_preview_tells_a_browser_and_shows_the_change(tmp_path: Path) -> None:
    tool = TOOLS["explainer"]
    bench = set_up(make_site(3, 4), [tool], tmp_path)

    async def save():
        async with preview(tool, bench.root(tool)) as running:
            return await running.save(text_edit(bench, tool, 1), other="/glossary/")

    shown = asyncio.run(asyncio.wait_for(save(), 60))
    assert shown.told is not None
    assert 0 < shown.told <= shown.served
    assert 0 < shown.slowest < shown.served


# ---- what is told ---------------------------------------------------------------------------------------------------

ROWS = (
    Row(
        "cold",
        "cold build",
        {"explainer": [3.0, 30.0, 4.0], "hugo": [2.0, 15.0, 1.0]},
        target=Target(1.5, Measure.HUGO),
    ),
    Row("title", "a title", {"explainer": [1.5, 15.0, 2.0], "hugo": [2.0, 2.0, 2.0]}, target=Target(0.6, Measure.COLD)),
    Row("memory", "memory", {"hugo": [250e6]}, Unit.BYTES, Target(0.4, Measure.HUGO)),
    Row("told", "told", {"explainer": [0.05]}, target=Target(0.1)),
)
GROWTH = [
    Grown(tool, n, n // 2, n * cost, int(n * 1e5), 0)
    for tool, cost in (("explainer", 0.003), ("hugo", 0.001))
    for n in (100, 1000)
]


def results(rows=ROWS, growth=()) -> Results:
    return Results("a machine", {"explainer": "1", "hugo": "2"}, 10, 5, 3, rows, growth)


def test_the_table_tells_medians_ratios_of_pairs_and_targets() -> None:
    text = re.sub(" +", " ", as_text(results()))
    assert text.startswith("a machine\nexplainer 1, Hugo 2\n10 articles, 5 entries, medians of 3 rounds\n")
    assert "cold build 4.00 s 2.00 s 2.00 1.00 ≤ 1.5 × Hugo, missed" in text
    assert "a title 2.00 s 2.00 s 1.00 0.50 ≤ 0.6 × cold build, met" in text
    assert "memory – 250 MB – – ≤ 0.4 × Hugo\n" in text
    assert "told 50 ms – – – ≤ 100 ms, met" in text


def test_the_table_of_growth_tells_what_a_page_costs() -> None:
    grown = [replace(GROWTH[0], cache=3_000_000), GROWTH[1]]
    lines = re.sub(" +", " ", as_text(results((), grown))).splitlines()
    assert lines[-2:] == ["explainer 100 0.3 2.00 10 MB 3 MB 20.0", "explainer 1,000 3.0 2.00 100 MB – –"]


def test_json_has_every_round() -> None:
    told = json.loads(as_json(results(growth=GROWTH)))
    assert told["rows"][0]["values"]["explainer"] == [3.0, 30.0, 4.0]
    assert told["growth"][1] == {
        "tool": "explainer", "articles": 1000, "entries": 500, "seconds": 3.0, "peak": 100_000_000, "cache": 0
    }  # fmt: skip


def test_the_picture_is_svg_with_its_numbers_in_words() -> None:
    svg = "{http://www.w3.org/2000/svg}"
    picture = ET.fromstring(draw_growth(GROWTH))  # noqa: S314
    assert picture.get("role") == "img"
    described = picture.findtext(f"{svg}desc") or ""
    assert "explainer: 150 pages 2.00 ms a page, 10 MB; 1,500 pages 2.00 ms a page, 100 MB. Hugo:" in described
    ours, hugo = (heights_in(picture.find(f"{svg}g[@class='{tool}']")) for tool in ("explainer", "hugo"))
    assert ours[0] == ours[1], "equal costs a page are a level line"
    assert hugo[0] > ours[0], "Hugo, which takes less, lies below"
    assert all(58 <= height <= 270 for height in (*ours, *hugo))


def heights_in(group: ET.Element | None) -> list[float]:
    """The pixels from the top of a line's points."""
    assert group is not None
    return [float(point.split(",")[1]) for point in group[0].get("points", "").split()]


def test_the_picture_does_without_memory_that_is_not_known() -> None:
    assert "Memory" not in draw_growth([replace(one, peak=None) for one in GROWTH])


# ---- the tools ------------------------------------------------------------------------------------------------------


def test_a_tool_that_is_not_to_be_had_is_skipped_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "HOUSE", tmp_path)
    monkeypatch.setattr(install.shutil, "which", lambda _name: None)
    assert install.installed([TOOLS["eleventy"], TOOLS["explainer"]]) == [TOOLS["explainer"]]
    assert capsys.readouterr().err == "skipped: Eleventy (could not be installed: Node is not installed)\n"


def test_pins_are_exact_and_name_no_addresses() -> None:
    lock = json.loads((BENCHMARKS / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert re.fullmatch(r"[\d.]+", lock["packages"][""]["dependencies"]["@11ty/eleventy"])
    pins = (BENCHMARKS / "requirements.txt").read_text("utf-8")
    assert "://" not in pins
    assert {"hugo", "pelican", "markdown"} <= set(re.findall(r"^([\w.-]+)==\S+ .*\\$", pins, re.MULTILINE))


def test_a_run_prints_the_table_and_writes_the_values_and_the_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--json", str(tmp_path / "values.json"), "--chart", str(tmp_path / "growth.svg")]
    size = ["--articles", "10", "--entries", "10", "--rounds", "1"]
    assert main([*size, *files, "--tools", "explainer", "--only", "text,growth"]) == 0
    values = json.loads((tmp_path / "values.json").read_text("utf-8"))
    assert [(row["name"], len(row["values"]["explainer"])) for row in values["rows"]] == [("text", 1)]
    assert [(one["articles"], one["entries"]) for one in values["growth"]] == [(1, 1), (3, 3), (10, 10)]
    assert (tmp_path / "growth.svg").read_text("utf-8").startswith("<svg")
    out = capsys.readouterr().out
    assert values["machine"] in out
    assert "one article's text changed" in out


@pytest.mark.parametrize("option", [["--only", "cold,warm"], ["--tools", "jekyll"], ["--rounds", "11"]])
def test_options_that_mean_nothing_are_refused(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(option)
    assert ended.value.code == 2
    assert option[1].split(",")[-1] in capsys.readouterr().err
