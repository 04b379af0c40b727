"""`explainer review`: the walk from end to end, with keys of a test's own and in a real terminal; and `build --frozen`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import pytest

from explainer.cli.editor import editor_command
from explainer.cli.review import _walk
from explainer.cli.review_ask import ask_entry
from explainer.cli.review_desk import Desk
from explainer.report.review import Matter
from tests.cli.runner import call, environment
from tests.sites import Site, article, entry

REVIEW = "content/review.yaml"
BODY = "Munaf Tlass and Mustafa Tlass met in Homs. Then Tlass spoke to the army for an hour."

ACCEPTED = """\
# Verdicts of “explainer review”; they may be edited by hand.
- article: x
  exact: Munaf Tlass
  suffix: " and Mustafa Tlass met in Homs."
  entry: munaf-tlass
"""


@pytest.fixture
def full(site: Site) -> Site:
    """A site with one article: three automatic links and one undecided mention."""
    for identifier, name, kind in ENTRIES:
        site.write(f"-- content/glossary/{identifier}.md --\n{entry(name, kind)}\n")
    return site.write(f"-- content/articles/x.md --\n{article(BODY, title='The family')}\n")


ENTRIES = [
    ("munaf-tlass", "Munaf Tlass", "person"),
    ("mustafa-tlass", "Mustafa Tlass", "person"),
    ("homs", "Homs", "place"),
]


def review(
    site: Site,
    keys: str,
    *,
    only: tuple[str, ...] = (),
    matters: tuple[Matter, ...] = tuple(Matter),
    answers: Iterable[str] = (),
) -> Desk:
    """A walk with these keys (`!` is Ctrl-C), and answers to the question for an entry."""
    left, said = list(keys), iter(answers)

    def key() -> str:
        if not left or left[0] == "!":
            raise KeyboardInterrupt
        return left.pop(0)

    desk = Desk(site.root, only=only, matters=matters, key=key, ask=lambda _question: next(said))
    desk.load()
    _walk(desk, "text")
    return desk


def written(site: Site) -> str:
    return (site.root / REVIEW).read_text(encoding="utf-8")


def decisions(site: Site) -> dict[str, str]:
    found = call("links", "--format", "jsonl", site=site).stdout.splitlines()
    return {d["text"]: f"{d['entry']} {d['method']}" for d in map(json.loads, found)}


def choices(site: Site) -> list[str]:
    """The entries that the undecided mention may be, in the order in which they are shown."""
    (line,) = call("review", "--list", "--undecided", "--format", "jsonl", site=site).stdout.splitlines()
    return json.loads(line)["candidates"]


def listed(site: Site, *options: str) -> list[tuple[str, str]]:
    lines = call("review", "--list", "--format", "jsonl", *options, site=site).stdout.splitlines()
    return [(r["text"], r["matter"]) for r in map(json.loads, lines)]


# ---- the walk -------------------------------------------------------------------------------------------------------


def test_each_verdict_is_in_the_file_at_once(full):
    review(full, "a!")
    assert written(full) == ACCEPTED


def test_the_whole_walk(full, capsys):
    second = choices(full)[1]
    review(full, "aasx9a2")
    assert [line for line in written(full).splitlines() if "entry" in line] == [
        "  entry: munaf-tlass",
        "  entry: mustafa-tlass",
        f"  entry: {second}",
    ]
    assert decisions(full) == {
        "Munaf Tlass": "munaf-tlass review",
        "Mustafa Tlass": "mustafa-tlass review",
        "Homs": "homs name",
        "Tlass": f"{second} review",
    }
    shown = capsys.readouterr().out
    assert "The family" in shown
    assert "Then [[Tlass]] spoke to the army" in shown
    assert shown.endswith("3 verdicts written, 1 left to review\n")
    assert listed(full) == [("Homs", "new link")]


def test_undo_takes_the_verdict_out_of_the_file(full):
    review(full, "asauq")
    assert written(full) == ACCEPTED
    review(full, "auq")
    assert written(full) == ACCEPTED


def test_a_verdict_that_is_given_again_replaces_the_first(full):
    review(full, "abrq")
    assert written(full) == ACCEPTED.replace("entry: munaf-tlass", "entry: null")


def test_what_others_wrote_in_the_file_stays(full):
    mine = "# ours\n- {article: x, exact: Homs, entry: null} # the other Homs\n\n# to be continued\n"
    full.write(f"-- {REVIEW} --\n{mine}")
    review(full, "aq")
    added = ACCEPTED.partition("\n")[2]
    assert written(full) == mine.replace("Homs\n", f"Homs\n{added}", 1)
    assert [p.name for p in (full.root / "content").iterdir() if "review" in p.name] == ["review.yaml"]


def test_a_verdict_is_read_from_the_file_as_it_is_now(full):
    """Somebody else may have added one while the walk went on."""
    other = "- {article: x, exact: Homs, entry: homs}\n"
    keys = iter("aaq")

    def key() -> str:
        if not (full.root / REVIEW).exists():
            full.write(f"-- {REVIEW} --\n{other}")
        return next(keys)

    desk = Desk(full.root, only=(), matters=tuple(Matter), key=key)
    desk.load()
    _walk(desk, "text")
    assert written(full).startswith(other)
    assert written(full).count("- ") == 3


def test_a_name_that_is_settled_settles_those_behind_it(full):
    full.write(f"-- content/articles/x.md --\n{article(BODY + ' ' + BODY.replace('Munaf Tlass and', 'He and'))}\n")
    before = listed(full)
    desk = review(full, "r" + "q")
    assert ("Mustafa Tlass", "new link") in before
    assert [i.decision.text for i in desk.items()] == [text for text, _ in listed(full)]


def test_only_some_articles_and_matters(full):
    full.write(f"-- content/articles/sub/y.md --\n{article('He was in Homs for a day.')}\n")
    assert listed(full, "--undecided") == [("Tlass", "undecided")]
    assert ("Tlass", "undecided") not in listed(full, "--new")
    for name in ("sub/y", "content/articles/sub/y.md", "./content/articles/sub/y.md"):
        assert listed(full, name) == [("Homs", "new link")]
    review(full, "r", only=("sub/y",))
    assert "article: sub/y\n" in written(full)
    assert listed(full, "sub/y") == []


def test_another_entry(full):
    review(full, "eeq", answers=["homz", "", "homs"])
    assert "entry: homs\n" in written(full)


@pytest.mark.parametrize(
    ("answers", "entry_id"),
    [
        (["2"], "mustafa-tlass"),
        (["munaf-tlass"], "munaf-tlass"),
        (["mun"], "munaf-tlass"),
        (["MUNAF TLASS"], "munaf-tlass"),
        (["m", "mu", "mus"], "mustafa-tlass"),
        (["nobody", "9", "homs"], "homs"),
        ([""], None),
    ],
)
def test_how_an_entry_may_be_named(full, capsys, answers, entry_id):
    desk = Desk(full.root, only=(), matters=(Matter.UNDECIDED,))
    desk.load()
    (item,) = desk.items()
    item_first = item.choices[0].entry
    if entry_id == "mustafa-tlass" and answers == ["2"]:
        entry_id = next(c.entry for c in item.choices if c.entry != item_first)
    left = iter(answers)
    assert ask_entry(item, desk.site.entries, read=lambda _question: next(left)) == entry_id
    assert capsys.readouterr().out.count("there is no entry") == len(answers) - 1


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("munat-tlass", "did you mean “munaf-tlass”"),
        ("mu", "there are munaf-tlass and mustafa-tlass"),
        ("munav", "did you mean"),
    ],
)
def test_an_entry_that_is_not_there(full, capsys, answer, hint):
    desk = Desk(full.root, only=(), matters=(Matter.UNDECIDED,))
    desk.load()
    left = iter([answer, ""])
    ask_entry(desk.items()[0], desk.site.entries, read=lambda _question: next(left))
    assert hint in capsys.readouterr().out


# ---- the editor -----------------------------------------------------------------------------------------------------

EDIT = """\
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
path.write_text(path.read_text(encoding="utf-8").replace("Munaf Tlass and", "New words. Munaf Tlass and"), encoding="utf-8")
"""


def test_the_file_is_opened_and_read_again(full, tmp_path, monkeypatch):
    (tmp_path / "edit.py").write_text(EDIT, encoding="utf-8")
    python = sys.executable.replace("\\", "/")
    monkeypatch.setenv("VISUAL", f'"{python}" "{(tmp_path / "edit.py").as_posix()}"')
    review(full, "oaq")
    assert 'prefix: "New words. "\n' in written(full)


def test_what_else_was_saved_in_the_editor_counts_too(full, tmp_path, monkeypatch):
    glossary = (full.root / "content/glossary/munaf-tlass.md").as_posix()
    (tmp_path / "edit.py").write_text(f"import os\nos.remove({glossary!r})\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{(tmp_path / "edit.py").as_posix()}"')
    review(full, "oaq")
    assert "exact: Mustafa Tlass\n" in written(full)


def test_settings_that_were_broken_in_the_editor_end_the_walk(full, tmp_path, monkeypatch, capsys):
    (tmp_path / "edit.py").write_text(f"open({str(full.root / 'site.yaml')!r}, 'w').write('title: [')\n")
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{(tmp_path / "edit.py").as_posix()}"')
    review(full, "oa")
    assert "has errors now" in capsys.readouterr().out
    assert not (full.root / REVIEW).exists()


def test_an_editor_that_changes_nothing_leaves_the_walk_as_it_was(full, monkeypatch):
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" -c ""')
    review(full, "aouq")
    assert "- article" not in written(full), "the verdict can still be taken back"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("", "neither VISUAL nor EDITOR"),
        ("no-such-editor", "cannot be started"),
        ('vim "', "quotation marks are not in pairs"),
        ("false", "status 1"),
    ],
)
def test_without_an_editor_the_place_is_told(full, monkeypatch, capsys, command, told):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    review(full, "oq")
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("vim", ["vim", "+7", "x.md"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "x.md"]),
        ("code", ["code", "--wait", "--goto", "x.md:7:3"]),
        ("code -w", ["code", "-w", "--goto", "x.md:7:3"]),
        ("hx", ["hx", "x.md:7:3"]),
        ("subl --new-window", ["subl", "--new-window", "--wait", "x.md:7:3"]),
        ("my-editor", ["my-editor", "x.md"]),
    ],
)
def test_the_line_is_told_to_editors_that_are_known(command, words):
    assert editor_command(command, Path("x.md"), line=7, column=3) == words


# ---- lists ----------------------------------------------------------------------------------------------------------


def test_a_list_for_people(full):
    result = call("review", "--list", site=full)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "content/articles/x.md"
    assert lines[-1] == "1 undecided, 3 new links"


def test_stale_verdicts_are_listed_and_removed(full):
    gone = '- {article: x, exact: Assad, prefix: "so ", entry: null}\n'
    full.write(f"-- {REVIEW} --\n# kept\n{gone}- {{article: old, exact: Homs, entry: homs}}\n{ACCEPTED}")
    lines = call("review", "--stale", site=full).stdout.splitlines()
    assert lines[:2] == ["content/review.yaml:2  x  no entry", "    so [[Assad]]"]
    assert lines[2] == "content/review.yaml:3  old  homs"
    assert lines[-1] == "2 stale"
    record = json.loads(call("review", "--stale", "--format", "jsonl", site=full).stdout.splitlines()[0])
    assert record == {"line": 2, "article": "x", "exact": "Assad", "prefix": "so ", "suffix": "", "entry": None}
    assert call("review", "--prune", site=full).stdout == "2 stale verdicts removed\n"
    assert written(full) == f"# kept\n{ACCEPTED}"
    assert call("review", "--prune", site=full).stdout == "0 stale verdicts removed\n"
    assert call("review", "--stale", site=full).stdout == "no verdict is stale\n"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("content/articles/sub/x.md", b"\xff"),
        ("content/articles/sub/x.md", b" " * 2_000_001),
        ("content/articles/sub/x.md/y", b""),
        ("content/articles/sub/x.md", b"---\ntitle: [x\n---\nHoms\n"),
    ],
    ids=["not UTF-8", "too large", "a folder", "no front matter"],
)
def test_verdicts_on_an_article_that_cannot_be_read_are_not_stale(full, path, data):
    """Nothing is known of it, so that nothing may be removed."""
    kept = "- {article: sub/x, exact: Homs, entry: homs}\n"
    full.write(f"-- {REVIEW} --\n{kept}").write_bytes(path, data)
    result = call("review", "--prune", site=full)
    assert (result.exit_code, result.stdout) == (1, "0 stale verdicts removed\n")
    assert written(full) == kept
    assert "stale-verdict" not in call("check", site=full).stderr


def test_of_two_verdicts_on_one_place_the_first_is_stale(full):
    twice = '- {article: x, exact: Homs, suffix: ". Then", entry: homs}\n'
    full.write(f"-- {REVIEW} --\n{twice}{twice}")
    assert call("review", "--stale", site=full).stdout.splitlines()[0] == "content/review.yaml:1  x  homs"
    assert "or another verdict has its place" in call("check", site=full).stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes tell of their ends in another way")
def test_a_list_whose_reader_has_gone_blames_no_file(full):
    full.write(f"-- content/articles/long.md --\n{article(BODY * 2000)}\n")
    command = [sys.executable, "-m", "explainer", "review", "--list", "--site", str(full.root)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False)
    os.close(writing)
    assert done.stderr == b""


# ---- what is refused ------------------------------------------------------------------------------------------------


def test_without_a_terminal(full):
    result = call("review", site=full)
    assert result.exit_code == 2
    assert "--list" in result.stderr


def test_an_article_that_is_not_there(full):
    full.write(f"-- content/articles/the-family.md --\n{article('x')}\n")
    result = call("review", "--list", "the-familly", site=full)
    assert result.exit_code == 2
    assert "did you mean “the-family”?" in result.stderr


def test_an_article_with_errors_is_there_and_its_errors_are_told(full):
    full.write("-- content/articles/broken.md --\n---\ntitle: [x\n---\nHoms\n")
    result = call("review", "--list", "broken", site=full)
    assert (result.exit_code, result.stdout) == (1, "nothing to review\n")
    assert "bad-yaml" in result.stderr


def test_a_folder_that_cannot_be_written_to(full, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    full.write(f"-- {REVIEW} --\n- {{article: x, exact: Gone, entry: homs}}\n")
    monkeypatch.setattr(Path, "write_text", refuse)
    result = call("review", "--prune", site=full)
    assert (result.exit_code, result.stderr) == (1, f"{REVIEW} was not changed: Permission denied\n")


def test_a_file_with_errors_is_not_written_to(full):
    text = "- {article: x, exact: Homs, entri: homs}\n"
    full.write(f"-- {REVIEW} --\n{text}")
    result = call("review", "--prune", site=full)
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert written(full) == text


def test_a_file_that_cannot_be_changed_item_by_item(full):
    text = "[{article: x, exact: Gone, entry: homs}]\n"
    full.write(f"-- {REVIEW} --\n{text}")
    result = call("review", "--prune", site=full)
    assert result.exit_code == 1
    assert "was not changed: its list is written in brackets" in result.stderr
    assert written(full) == text


def test_errors_elsewhere_are_told_and_do_not_stop_a_review(full):
    full.write(f"-- content/articles/y.md --\n{article('Homs.', front='nothing: x' + chr(10))}\n")
    result = call("review", "--list", site=full)
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert "4 new links" in result.stdout


# ---- build --frozen -------------------------------------------------------------------------------------------------


def test_a_frozen_build_leaves_nothing_open(full):
    assert call("build", site=full).exit_code == 0
    result = call("build", "--frozen", site=full)
    assert result.exit_code == 1
    assert (
        "content/articles/x.md:7:49: error[undecided-mention]: “Tlass” is undecided: several entries fit"
        in result.stderr
    )
    assert "explainer review" in result.stderr
    assert "ambiguous-mention" not in result.stderr
    assert "nothing was published" in result.stderr
    review(full, "1", matters=(Matter.UNDECIDED,))
    assert call("build", "--frozen", "--strict", site=full).exit_code == 0


@pytest.mark.parametrize("settled", ["[Tlass](entry:munaf-tlass)", "[Tlass]{.nolink}"])
def test_the_text_may_settle_it_too(full, settled):
    full.write(f"-- content/articles/x.md --\n{article(BODY.replace('Then Tlass', f'Then {settled}'))}\n")
    assert call("build", "--frozen", site=full).exit_code == 0


def test_drafts_and_headings_may_be_open(full):
    full.write(f"-- content/articles/d.md --\n{article(BODY, front='draft: true' + chr(10))}\n")
    full.write(
        f"-- content/articles/x.md --\n{article(BODY.replace('Then Tlass', 'Then he') + chr(10) * 2 + '## On Tlass')}\n"
    )
    assert call("build", "--frozen", site=full).exit_code == 0


# ---- in a terminal --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("end", ["q", "\x03", "\x04"], ids=["q", "Ctrl-C", "Ctrl-D"])
def test_in_a_terminal(full, end):
    output, status = in_a_terminal(
        full, ["a accept", "a", "2 of 4", "e", "number, id or name", "hom\t\n", "3 of 4", end]
    )
    assert status == 0
    assert "2 verdicts written" in output
    assert max(len(click.unstyle(line)) for line in output.splitlines()) <= 80
    assert written(full).count("- article") == 2
    assert "  exact: Mustafa Tlass\n" in written(full)
    assert written(full).endswith("entry: homs\n")


def in_a_terminal(site: Site, talk: list[str]) -> tuple[str, int]:
    """Run the command in a pseudo-terminal; wait for one text, send the next, and so on. What it showed, its status."""
    import pty
    import subprocess
    import time

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "explainer", "review", "--site", str(site.root)]
    process = subprocess.Popen(
        words,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", COLUMNS="80"),
        start_new_session=True,
    )
    os.close(theirs)
    shown, waiting = "", list(talk)
    begun = time.monotonic()
    seen = 0
    while time.monotonic() - begun < 60:
        try:
            data = os.read(ours, 65536)
        except OSError:  # the other side was closed
            break
        shown += data.decode("utf-8", "replace")
        if not data:
            break
        while len(waiting) > 1 and waiting[0] in shown[seen:]:
            seen = len(shown)
            time.sleep(0.2)  # for the program to ask for the key that its text announces
            os.write(ours, waiting[1].encode())
            waiting = waiting[2:]
    os.close(ours)
    return shown.replace("\r", ""), process.wait(timeout=30)
