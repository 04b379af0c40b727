"""`build` and `check`: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.runner import call, environment, run
from tests.sites import SITE_YAML, Site, article, entry

GOOD = (
    f"-- content/articles/x.md --\n{article('Munaf Tlass and Mustafa Tlass in Homs. Tlass left Homs.')}\n"
    f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
    f"-- content/glossary/mustafa-tlass.md --\n{entry('Mustafa Tlass')}\n"
    f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
)
BAD = f"-- content/articles/y.md --\n{article('[x](nowhere.md) and [[nobody]]')}\n"
SUMMARY = re.compile(r"1 article, 3 entries, 5 mentions, 3 links, 1 ambiguous, \d+\.\d seconds\n")


def test_summary_is_one_line_on_standard_output(site: Site) -> None:
    done = run("build", "--site", site.write(GOOD).root)
    assert done.returncode == 0
    assert SUMMARY.fullmatch(done.stdout)


def test_thousands_are_separated() -> None:
    from explainer.build import Counts
    from explainer.cli.build import summary

    counts = Counts(articles=1234, entries=5678, mentions=91011, links=1213, ambiguous=0)
    assert (
        summary(counts, 61.04)
        == "1,234 articles, 5,678 entries, 91,011 mentions, 1,213 links, 0 ambiguous, 61.0 seconds"
    )


def test_problems_go_to_standard_error_with_line_and_caret(site: Site) -> None:
    result = call("build", site=site.write(GOOD))
    assert result.exit_code == 0
    assert result.stderr == (
        "content/articles/x.md:7:40: warning[ambiguous-mention]: “Tlass” may be munaf-tlass or mustafa-tlass; it is not linked\n"
        "7 | Munaf Tlass and Mustafa Tlass in Homs. Tlass left Homs.\n"
        "                                           ^^^^^\n"
        "  = write [Tlass](entry:munaf-tlass), or add “linking: {resolve: …}” above\n"
        "\n"
        "0 errors, 1 warning\n"
    )


def test_errors_end_with_1_and_publish_nothing(site: Site) -> None:
    result = call("build", site=site.write(GOOD + BAD))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith("2 errors, 1 warning\nnothing was published\n")
    assert not (site.root / "output").exists()


def test_strict_makes_warnings_errors(site: Site) -> None:
    site.write(GOOD)
    for command in ("build", "check"):
        assert call(command, site=site).exit_code == 0
        result = call(command, "--strict", site=site)
        assert result.exit_code == 1
        assert "1 error, 0 warnings" in result.stderr
    site.write(f"-- site.yaml --\n{SITE_YAML}ignore: [ambiguous-mention]\n")
    assert call("build", "--strict", site=site).exit_code == 0


def test_output_option(site: Site, tmp_path: Path) -> None:
    assert call("build", "--output", tmp_path / "out", site=site.write(GOOD)).exit_code == 0
    assert (tmp_path / "out/index.html").exists()
    assert not (site.root / "output").exists()


def test_settings_that_cannot_be_used(site: Site) -> None:
    for command in ("build", "check", "links"):
        result = call(command, site=site.write("-- site.yaml --\ntitle: [\n"))
        assert result.exit_code == 1
        assert "site.yaml:" in result.stderr
        assert "error[bad-yaml]" in result.stderr


def test_a_build_beside_another_is_refused(site: Site) -> None:
    from explainer.publish import build_lock

    with build_lock(site.root.resolve()) as busy:
        assert busy is None
        done = run("build", "--site", site.root)
    assert done.returncode == 1
    assert "error[busy]" in done.stderr


# ---- the clock ------------------------------------------------------------------------------------------------------


def test_source_date_epoch_decides_what_is_future(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(f"-- content/articles/x.md --\n{article('Text.', date='2012-07-06')}\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1341446400")  # 5 July 2012
    assert call("build", site=site).stdout.startswith("0 articles")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1341532800")  # 6 July 2012
    assert call("build", site=site).stdout.startswith("1 article,")


@pytest.mark.parametrize("value", ["tomorrow", "1e9", "²", "9" * 20])
def test_source_date_epoch_that_is_no_time(site: Site, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    result = call("build", site=site)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


# ---- many problems --------------------------------------------------------------------------------------------------


def test_warnings_of_a_kind_are_shown_ten_times_and_counted(site: Site) -> None:
    for number in range(25):
        site.write(f"-- content/glossary/e{number}.md --\n---\nname: Name{number}\nkind: place\n---\n")
    result = call("build", site=site)
    assert result.exit_code == 0
    assert result.stderr.count("warning[missing-summary]: the entry") == 10
    assert "… and 15 more of warning[missing-summary]" in result.stderr
    assert result.stderr.endswith("0 errors, 25 warnings\n")
    assert call("check", "--strict", site=site).stderr.count("[missing-summary]: the entry") == 25
    assert len(call("check", "--format", "jsonl", site=site).stdout.splitlines()) == 25


def test_errors_are_all_shown(site: Site) -> None:
    text = "\n\n".join(f"[x](nowhere{n}.md)" for n in range(25))
    result = call("build", site=site.write(f"-- content/articles/x.md --\n{article(text)}\n"))
    assert result.stderr.count("error[broken-link]") == 25


# ---- check ----------------------------------------------------------------------------------------------------------


def test_check_writes_nothing(site: Site) -> None:
    before = set(site.write(GOOD).root.rglob("*"))
    assert call("check", site=site).exit_code == 0
    assert call("check", site=site.write(BAD)).exit_code == 1
    assert {p.name for p in set(site.root.rglob("*")) - before} == {"y.md"}


def test_check_reads_drafts(site: Site) -> None:
    site.write(f"-- content/articles/x.md --\n{article('[x](nowhere.md)', front='draft: true' + chr(10))}\n")
    assert call("build", site=site).exit_code == 0
    assert call("check", site=site).exit_code == 1


def test_check_of_a_good_site(site: Site) -> None:
    result = call("check", site=site)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems\n", "")


def test_check_as_json(site: Site) -> None:
    result = call("check", "--format", "jsonl", site=site.write(GOOD + BAD))
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(problem) for problem in found] == [
        ["path", "line", "column", "severity", "kind", "message", "hint"]
    ] * 3
    assert found[1] == {
        "path": "content/articles/y.md",
        "line": 7,
        "column": 2,
        "severity": "error",
        "kind": "broken-link",
        "message": "there is no file content/articles/nowhere.md, or it is not published",
        "hint": found[1]["hint"],
    }
    assert [problem["kind"] for problem in found] == ["ambiguous-mention", "broken-link", "unknown-entry"]


def test_check_as_json_of_a_whole_file(site: Site) -> None:
    site.write_bytes("content/articles/x.md", b"\xff\xfe")
    (problem,) = [json.loads(line) for line in call("check", "--format", "jsonl", site=site).stdout.splitlines()]
    assert (problem["kind"], problem["line"], problem["column"]) == ("not-utf8", None, None)


# ---- pipes and terminals --------------------------------------------------------------------------------------------

SLOW = """
import sys, time
import explainer.build, explainer.incremental.again
from explainer.cli import main, terminal

terminal._PATIENCE = 0.2

def slowly(real):
    def slow(root, *, step, **options):
        for number in range(12):
            time.sleep(0.05)
            step(str(number))
        return real(root, step=step, **options)

    return slow

explainer.build.build_site = slowly(explainer.build.build_site)
explainer.incremental.again.build_again = slowly(explainer.incremental.again.build_again)
main(sys.argv[1:])
"""


def test_pipes_get_no_bar_and_no_colour(site: Site) -> None:
    command = [sys.executable, "-c", SLOW, "build", "--site", str(site.write(GOOD + BAD).root)]
    done = subprocess.run(command, capture_output=True, check=False, env=environment(FORCE_COLOR="", TERM="xterm"))
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"building" not in done.stderr
    assert b"error[broken-link]" in done.stderr


def test_pipes_get_utf_8_wherever_they_lead(site: Site) -> None:
    site.write(f"-- content/articles/x.md --\n{article('[حمص](nowhere.md)')}\n")
    done = run("check", "--site", site.root, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "[حمص](nowhere.md)" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_terminal_shows_a_bar_for_a_slow_build(site: Site) -> None:
    seen = in_terminal([sys.executable, "-c", SLOW, "build", "--site", str(site.write(GOOD).root)])
    assert "building" in seen
    assert "━" in seen
    assert SUMMARY.search(seen.replace("\r\n", "\n"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_terminal_shows_no_bar_for_a_quick_command_and_colours_problems(site: Site) -> None:
    seen = in_terminal([sys.executable, "-m", "explainer", "links", "--site", str(site.write(GOOD + BAD).root)])
    assert "building" not in seen
    seen = in_terminal([sys.executable, "-m", "explainer", "build", "--site", str(site.root)])
    assert "\x1b[31m\x1b[1mcontent/articles/y.md:7:2: error[broken-link]" in seen
    plain = in_terminal([sys.executable, "-m", "explainer", "build", "--site", str(site.root)], NO_COLOR="1")
    assert "\x1b[31m" not in plain


def in_terminal(command: list[str], **more: str) -> str:
    """What the command writes when it believes to be in a terminal."""
    import pty

    outer, inner = pty.openpty()
    with subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env=environment(TERM="xterm", **more)
    ) as process:
        os.close(inner)
        seen, begun = b"", time.monotonic()
        while time.monotonic() - begun < 60:
            if select.select([outer], [], [], 0.1)[0]:
                try:
                    data = os.read(outer, 65536)
                except OSError:  # Linux says so when the other end is closed
                    break
                if not data:
                    break
                seen += data
            elif process.poll() is not None:
                break
    os.close(outer)
    return seen.decode()
