"""`build --verify`, `--timings`, `--trace`, `--workers`, and `why` of a page."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from explainer.build import build_site
from explainer.incremental import workers
from explainer.incremental.kept import CACHE, Kept
from explainer.incremental.kinds import KINDS
from explainer.incremental.tables import run_id
from explainer.incremental.values import dump, load
from tests.cli.runner import call
from tests.incremental.compare import contents
from tests.sites import NOW, SITE_YAML, Site, article, entry
from tests.whole.pages import tree_of

ARTICLE = f"-- content/articles/x.md --\n{article('Ada Roth and Ben Roth in Lund. Roth left Lund.')}\n"


@pytest.fixture
def full(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return site.write(
        ARTICLE + f"-- content/articles/y.md --\n{article('Ben Roth spoke.', title='Another')}\n"
        f"-- content/glossary/ada-roth.md --\n{entry('Ada Roth')}\n"
        f"-- content/glossary/ben-roth.md --\n{entry('Ben Roth')}\n"
        f"-- content/glossary/lund.md --\n{entry('Lund', 'place')}\n"
    )


def cache(site: Site) -> Path:
    return site.root / ".explainer" / CACHE


def tamper(site: Site, kind: str, old: str, new: str) -> None:
    """Put other words into the cells of a kind that have some."""
    store = Kept(cache(site))
    written = {key: dump(value) for key, value in store.cells_of(kind)}
    having = {key: data.replace(old.encode(), new.encode()) for key, data in written.items() if old.encode() in data}
    assert having
    for key, data in having.items():
        store.put((kind, key), load(data))
    store.commit()
    store.close()


# ---- --verify -------------------------------------------------------------------------------------------------------


def test_verify_of_a_good_build(full: Site) -> None:
    for edit in (ARTICLE, ARTICLE.replace("left", "saw"), f"-- site.yaml --\n{SITE_YAML}description: More\n"):
        full.write(edit)
        result = call("build", "--verify", site=full)
        files = contents(build_site(full.root, now=NOW).files)
        assert result.exit_code == 0
        assert f"verified: {len(files)} files as in a clean build\n" in result.stderr
        assert tree_of(full.root / "output") == files


def test_verify_of_a_bad_store(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    before = tree_of(full.root / "output")
    tamper(full, "card", "Another", "Tampered")
    full.write(ARTICLE.replace("left", "saw"))
    result = call("build", "--verify", site=full)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "index.html: a clean build has other bytes\n" in result.stderr
    assert "Nothing was published." in result.stderr
    assert "seconds" not in result.output
    assert tree_of(full.root / "output") == before
    assert not cache(full).exists()
    result = call("build", "--verify", site=full)
    assert (result.exit_code, "verified: " in result.stderr) == (0, True)
    assert tree_of(full.root / "output") == contents(build_site(full.root, now=NOW).files)


def test_verify_names_some_and_counts_the_rest(full: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.incremental.verify.SHOWN", 2)
    assert call("build", site=full).exit_code == 0
    tamper(full, "shown", "Test site", "Tampered")
    full.write("-- templates/base.html --\n{{ site.title }}\n")
    stderr = call("build", "--verify", site=full).stderr
    assert stderr.count("a clean build has other bytes") == 2
    assert re.search(r"^… and \d+ more$", stderr, re.MULTILINE)


def test_verify_compares_problems_and_counts(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    store = Kept(cache(full))
    store.put(("tally", "counts"), (99, 98, 97))
    run = next(run for run, found in store.group(("problems", "")).items() if found)
    store._put_share(("problems", ""), run_id(run), dump((*run, ())))
    store.commit()
    store.close()
    result = call("build", "--verify", site=full)
    assert result.exit_code == 1
    assert "the problems that are told: a clean build tells others\n" in result.stderr
    assert "the counts: Counts(" in result.stderr


def test_verify_of_a_site_with_errors(full: Site) -> None:
    """There is nothing to compare."""
    result = call("build", "--verify", site=full.write(ARTICLE.replace("left", "[left](nowhere.md)")))
    assert result.exit_code == 1
    assert "verified" not in result.stderr
    assert result.stderr.endswith("nothing was published\n")


# ---- stores that cannot be used -------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\xff", b"[", b"{}", b'{"o":[]}', b'{"o":["os:system","true"]}', b'{"d":5}'])
def test_a_cell_that_is_damaged_costs_a_clean_build(full: Site, data: bytes) -> None:
    assert call("build", site=full).exit_code == 0
    database = sqlite3.connect(cache(full))
    with database:
        database.execute("UPDATE cells SET value = ?", (data,))
    database.close()
    result = call("build", site=full.write(ARTICLE.replace("left", "saw")))
    assert result.exit_code == 0
    assert tree_of(full.root / "output") == contents(build_site(full.root, now=NOW).files)
    store = Kept(cache(full))
    assert store.cell(("setting", "title")) == "Test site"
    store.close()


@pytest.mark.parametrize("damage", ["text", "cut", "middle"])
def test_a_file_that_is_damaged_costs_a_clean_build(full: Site, damage: str) -> None:
    assert call("build", site=full).exit_code == 0
    data = cache(full).read_bytes()
    middle = len(data) // 3
    damaged = {
        "text": b"This is no database.\n" * 1000,
        "cut": data[: len(data) // 2],
        "middle": data[:middle] + b"\xa5" * middle + data[2 * middle :],
    }
    cache(full).write_bytes(damaged[damage])
    result = call("build", site=full.write(ARTICLE.replace("left", "saw")))
    assert result.exit_code == 0
    assert tree_of(full.root / "output") == contents(build_site(full.root, now=NOW).files)
    assert call("why", "/articles/x/", site=full).exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_template_whose_name_is_not_utf_8(full: Site) -> None:
    full.write_bytes("templates/\udcff.css", b"p {}\n")
    result = call("build", site=full)
    assert result.exit_code in {0, 1}
    assert result.exit_code == 0 or "error[" in result.stderr


# ---- --timings and --trace ------------------------------------------------------------------------------------------


def stages(stderr: str) -> dict[str, tuple[float, str, str]]:
    """By stage: seconds, made, kept."""
    lines = re.findall(r"^(\S.{17}) +([\d.]+) +[\d.]+% *([\d,]*) *([\d,]*)$", stderr, re.MULTILINE)
    return {name.strip(): (float(seconds), made, kept) for name, seconds, made, kept in lines}


def test_timings_of_a_first_build_and_of_another(full: Site) -> None:
    first = call("build", "--timings", site=full)
    assert first.exit_code == 0
    seen = stages(first.stderr)
    assert {"look at files", "article", "entry", "pages", "publish", "keep"} <= seen.keys()
    assert seen["article"][1:] == ("2", "0")
    assert seen["entry"][1:] == ("3", "0")
    assert seen["publish"][1:] == ("", "")
    pages = int(seen["pages"][1])
    full.write(ARTICLE.replace("left", "saw"))
    seen = stages(call("build", "--timings", site=full).stderr)
    assert seen["article"][1:] == ("1", "1")
    assert seen["pages"][1:] == ("3", str(pages - 3))  # its own, and the feeds
    seen = stages(call("build", "--timings", site=full).stderr)
    assert seen["article"][1:] == ("0", "2")
    assert seen["pages"][1:] == ("0", str(pages))


def test_timings_name_the_slowest(full: Site) -> None:
    stderr = call("build", "--timings", site=full).stderr
    texts, pages = stderr.split("slowest texts\n")[1].split("slowest pages\n")
    row = re.compile(r"^ *([\d.]+) ms  (\S+)$", re.MULTILINE)
    assert "content/articles/x.md" in {name for _, name in row.findall(texts)}
    assert "article:content/articles/x.md" in {name for _, name in row.findall(pages)} or len(row.findall(pages)) == 10
    for part in (texts, pages):
        times = [float(ms) for ms, _ in row.findall(part)]
        assert times == sorted(times, reverse=True)
        assert 1 <= len(times) <= 10


def test_stages_take_the_time_that_there_is(full: Site) -> None:
    begun = time.monotonic()
    stderr = call("build", "--timings", site=full).stderr
    whole = time.monotonic() - begun
    (total,) = map(float, re.findall(r"^all +([\d.]+)$", stderr, re.MULTILINE))
    taken = sum(seconds for seconds, _, _ in stages(stderr).values())
    assert 0.5 * total < taken <= total * 1.01 + 0.02
    assert total <= whole


def test_timings_go_to_standard_error(full: Site) -> None:
    assert re.fullmatch(r"2 articles, .*seconds\n", call("build", "--timings", site=full).stdout)


def trace_of(site: Site, path: Path, *options: str) -> list[dict[str, Any]]:
    assert call("build", "--trace", path, *options, site=site).exit_code == 0
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document.keys() == {"traceEvents", "displayTimeUnit"}
    return document["traceEvents"]


def test_a_trace_is_one(full: Site, tmp_path: Path) -> None:
    """As the Trace Event Format describes complete events."""
    events = trace_of(full, tmp_path / "trace.json")
    for event in events:
        assert event.keys() >= {"name", "cat", "ph", "ts", "dur", "pid", "tid"}
        assert event["ph"] == "X"
        assert all(type(event[key]) is int and event[key] >= 0 for key in ("ts", "dur", "pid", "tid"))
    by_category = {category: {e["name"] for e in events if e["cat"] == category} for category in _categories(events)}
    assert by_category["stage"] >= {"look at files", "article", "pages", "publish"}
    assert by_category["article"] == {"content/articles/x.md", "content/articles/y.md"}
    assert "article:content/articles/x.md" in by_category["view"]


def _categories(events: list[dict[str, Any]]) -> set[str]:
    return {event["cat"] for event in events}


def test_what_is_done_lies_within_its_stage(full: Site, tmp_path: Path) -> None:
    events = trace_of(full, tmp_path / "trace.json")
    (stage,) = [e for e in events if (e["cat"], e["name"]) == ("stage", "article")]
    runs = [e for e in events if e["cat"] == "article"]
    assert len(runs) == 2
    for run in runs:
        assert stage["ts"] - 2 <= run["ts"] <= run["ts"] + run["dur"] <= stage["ts"] + stage["dur"] + 2


def test_a_trace_of_nothing_new_has_no_texts(full: Site, tmp_path: Path) -> None:
    trace_of(full, tmp_path / "first.json")
    assert not _categories(trace_of(full, tmp_path / "second.json")) & {"article", "view", "entry"}


# ---- --workers ------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("count", [1, 2, 4])
def test_any_number_of_workers_makes_the_same(
    full: Site, tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FEWEST", 2)
    events = trace_of(full, tmp_path / "trace.json", "--workers", str(count))
    assert tree_of(full.root / "output") == contents(build_site(full.root, now=NOW).files)
    if workers.fork_context() is not None:
        assert (len({event["tid"] for event in events if event["cat"] == "view"}) == 1) == (count == 1)


@pytest.mark.parametrize("options", [["--workers", "0"], ["--workers", "many"], ["--engine", "ray"]], ids=" ".join)
def test_options_that_make_no_sense(full: Site, options: list[str]) -> None:
    assert call("build", *options, site=full).exit_code == 2
    assert not (full.root / "output").exists()


# ---- why /page/ -----------------------------------------------------------------------------------------------------


def test_why_before_any_build(full: Site) -> None:
    result = call("why", "/articles/x/", site=full)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "build the site first: explainer build" in result.stderr
    assert not (full.root / ".explainer").exists()


def test_why_of_a_page_that_is_new(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    result = call("why", "/articles/x/", site=full)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "/articles/x/ was rendered by the build of 2024-06-01T12:00:00+00:00\nbecause it was not there before\n"
    )
    shows, uses = result.stdout.split("\nWhat it shows is made from:\n")[1].split("\nIt is rendered with:\n")
    assert "  the text of content/articles/x.md\n" in shows
    assert "  the template article.html with all that it uses\n" in uses


def test_why_names_what_had_changed(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    full.write(f"-- content/glossary/lund.md --\n{entry('Lund', 'place').replace('About Lund', 'A town')}\n")
    assert call("build", site=full).exit_code == 0
    told = call("why", "/glossary/lund/", site=full).stdout
    assert "because these had changed:\n  content/glossary/lund.md\n\n" in told
    assert "because it was not there before" in call("why", "/articles/y/", site=full).stdout


def test_why_as_json(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    full.write(ARTICLE.replace("left", "saw"))
    assert call("build", site=full).exit_code == 0
    document = json.loads(call("why", "/articles/x/", "--format", "json", site=full).stdout)
    assert list(document) == ["path", "rendered", "causes", "shows", "uses"]
    assert document["path"] == "articles/x/index.html"
    assert document["rendered"] == "2024-06-01T12:00:00+00:00"
    assert document["causes"] == ["content/articles/x.md"]
    assert {"kind": "body", "key": "content/articles/x.md"} in document["shows"]
    assert {"kind": "template", "key": "article.html"} in document["uses"]
    assert {name["kind"] for name in document["shows"] + document["uses"]} <= KINDS.keys()


@pytest.mark.parametrize("address", ["/articles/x/", "/articles/x", "/articles/x/index.html"])
def test_why_understands_addresses(full: Site, address: str) -> None:
    assert call("build", site=full).exit_code == 0
    assert call("why", address, site=full).stdout.startswith("/articles/x/ was rendered")


def test_why_of_files(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    for address, told in (("/index.html", "/ was"), ("/404.html", "/404.html was"), ("/feed.xml", "/feed.xml was")):
        assert call("why", address, site=full).stdout.startswith(told)


def test_why_of_the_home_page(full: Site) -> None:
    """Which is called as the folder that every system has."""
    assert call("build", site=full).exit_code == 0
    assert call("why", "/", site=full).stdout.startswith("/ was rendered")


def test_why_of_an_unknown_page(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    result = call("why", "/glossary/lnud/", site=full)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no page of the last build is at /glossary/lnud/; did you mean" in result.stderr
    assert "/glossary/lund/" in result.stderr
    result = call("why", "/nothing/that/is/near/anything/", site=full)
    assert result.exit_code == 2
    assert "did you mean" not in result.stderr


def test_why_of_a_page_that_is_gone(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    (full.root / "content/articles/y.md").unlink()
    assert call("build", site=full).exit_code == 0
    assert call("why", "/articles/y/", site=full).exit_code == 2


def test_why_changes_nothing(full: Site) -> None:
    assert call("build", site=full).exit_code == 0
    before = cache(full).read_bytes()
    for address in ("/articles/x/", "/nowhere/"):
        call("why", address, site=full)
    assert cache(full).read_bytes() == before
