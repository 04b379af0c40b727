"""The documentation is tried: every block is run, or says why not (see `blocks`)."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from explainer.cli import main
from explainer.diagnostics import Severity, format_diagnostic
from explainer.read.content import read_settings
from explainer.read.schema import ArticleMeta, EntryMeta, PageMeta, Settings
from explainer.read.validate import validate
from explainer.read.yaml import parse_yaml
from explainer.render.words import parse_words
from explainer.types import SourcePath
from tests.docs.blocks import IN_A_NEW_SITE, PAGES, ROOT, Block, blocks_of, why_not_run
from tests.sites import NOW, Site, article

SCHEMAS = {"site.yaml": Settings, "article": ArticleMeta, "entry": EntryMeta, "page": PageMeta}


@pytest.mark.parametrize("document", PAGES, ids=lambda p: p.name)
def test_blocks(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.delenv("NO_COLOR", raising=False)
    if IN_A_NEW_SITE in document.read_text(encoding="utf-8"):
        run("explainer init site")
        os.chdir("site")
    for block in blocks_of(document):
        if not block.not_run:
            try_block(block)


def try_block(block: Block) -> None:
    """Do what the block's language and place ask for."""
    if block.info or not block.file:
        tries = {
            "sh": try_commands,
            "console": try_console,
            "python": try_python,
            "pycon": try_pycon,
            "json": try_json,
            "toml": lambda b: tomllib.loads(b.text),
            "yaml": try_yaml,
            "markdown": try_markdown,
            "text": lambda _block: None,
        }
        assert block.language in tries, f"{block}: say how this is run, or why not"
        tries[block.language](block)
    else:
        location = Path(block.file)
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_text(block.text, encoding="utf-8", newline="\n")
        build(block)


def build(block: Block, *, path: str = "") -> None:
    """The site can be built; no diagnostic is in the file `path`."""
    built = Site(Path.cwd()).build(preview=True)
    problems = [d for d in built.diagnostics if d.severity is Severity.ERROR or d.path == path]
    assert not problems, f"{block}:\n" + "\n".join(format_diagnostic(d, built.texts) for d in problems)


def run(command: str) -> str:
    """What a command prints. `explainer` runs in this process, from the current folder."""
    name, *arguments = shlex.split(command, comments=True)
    if name == "cd":
        os.chdir(arguments[0])
        return ""
    assert name == "explainer", f"“{command}”: add it to NOT_RUN, with a reason"
    result = CliRunner().invoke(main, arguments, prog_name="explainer", catch_exceptions=False)
    return result.output + (f"[exit code {result.exit_code}]\n" if result.exit_code else "")


def try_commands(block: Block) -> None:
    for command in block.text.splitlines():
        if command.strip() and not why_not_run(command):
            output = run(command)
            assert "[exit code" not in output, f"{block}: {command}\n{output}"


def try_console(block: Block) -> None:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        if why_not_run(command):
            continue
        output = run(command)
        assert matches(expected.strip("\n"), output.strip("\n")), f"{block}: {command}\n{output}"


def matches(expected: str, output: str) -> bool:
    """Whether an output is the expected one, where `…` stands for anything."""
    lines = [r"(?:.*\n)*?.*" if line == "…" else re.escape(line).replace("…", ".*") for line in expected.splitlines()]
    return re.fullmatch("\n".join(lines), output) is not None


def try_python(block: Block) -> None:
    exec(compile(block.text, str(block), "exec"), {"__name__": "docs"})  # noqa: S102 - our own documentation


def try_pycon(block: Block) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, str(block), str(block.page), block.line)
    wrong: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=wrong.append)
    assert not wrong, "".join(wrong)


def try_json(block: Block) -> None:
    json.loads(block.text)


def try_yaml(block: Block) -> None:
    if block.info == "words":
        parse_words(block.text)
        return
    if block.info == "other":
        yaml.safe_load(block.text)
        return
    assert block.info in SCHEMAS, f"{block}: say what this is (yaml article), or name its file in the line before"
    path = SourcePath(str(block))
    _, problems = validate(SCHEMAS[block.info], parse_yaml(block.text, path), path)
    assert not problems, "\n".join(format_diagnostic(d, {path: block.text}) for d in problems)


def try_markdown(block: Block) -> None:
    assert read_settings(Path.cwd())[0] is not None, f"{block}: there is no site to build it in"
    path = "content/articles/example.md"
    Site(Path.cwd()).write(f"-- {path} --\n{article(block.text)}")
    build(block, path=path)
    Path(path).unlink()


def test_what_is_not_run_says_why() -> None:
    """A reason is a sentence's worth, and a block that is run needs none."""
    blocks = [b for page in PAGES for b in blocks_of(page)]
    assert blocks
    assert [str(b) for b in blocks if b.not_run and len(b.not_run.split()) < 4] == []


@pytest.mark.parametrize(("language", "text"), [("", "x"), ("nginx", "server {}"), ("yaml", "a: 1"), ("sh", "rm -r x")])
def test_a_block_that_says_neither_is_refused(language: str, text: str) -> None:
    block = Block(page=ROOT / "README.md", line=1, language=language, info="", text=text, not_run="", file="")
    with pytest.raises(AssertionError):
        try_block(block)


def test_outputs_are_compared() -> None:
    assert matches("a\n…\nd", "a\nb\nc\nd")
    assert matches("1 article, … seconds", "1 article, 0.3 seconds")
    assert not matches("a\n…\nd", "a\nb\nc")
    assert not matches("a", "a\nb")


# ---- links ----------------------------------------------------------------------------------------------------------

_CODE = re.compile(r"^( *)(`{3,}).*?^\1\2`*[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")


@pytest.mark.parametrize("document", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    wrong = []
    for target in _LINK.findall(_CODE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        location = (document.parent / path).resolve() if path else document
        if (
            not location.exists()
            or not location.is_relative_to(ROOT)
            or (fragment and fragment not in set(anchors(location)))
        ):
            wrong.append(target)
    assert wrong == []


def anchors(page: Path) -> Iterator[str]:
    """The ids that code hosts give to headings."""
    text = re.sub(
        r"^( *)(`{3,}).*?^\1\2`*[ \t]*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    seen: dict[str, int] = {}
    for heading in re.findall(r"^#{1,6} +(.+?)\s*$", text, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        yield f"{slug}-{seen[slug]}" if slug in seen else slug
        seen[slug] = seen.get(slug, 0) + 1
