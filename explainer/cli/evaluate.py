"""`explainer evaluate`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    from explainer.annotate import Decision
    from explainer.diagnostics import Diagnostic
    from explainer.read.content import Content
    from explainer.report.evaluate import Case, Evaluation, Tally
    from explainer.types import SourcePath

_SHOWN = 10
"""Errors of each sort that are shown to people unless they ask for more."""


@click.command("evaluate")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@terminal.site_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or one JSON object."
)
@click.option("--linked-only", is_flag=True, help="Judge what becomes a link, not every mention of an entry.")
@click.option("--labelled-part", is_flag=True, help="Judge an article from its first label to its last only.")
@click.option(
    "--errors",
    "shown",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Errors of each sort that are shown.  [default: {_SHOWN} as text, all as JSON]",
)
def command(  # noqa: PLR0913
    *, gold: Path, site: Path, form: str, linked_only: bool, labelled_part: bool, shown: int | None
) -> None:
    """Measure the linking against what people decided, in GOLD, a file of JSON lines."""
    from explainer.annotate import annotate_articles  # noqa: PLC0415  # `--help` must not wait for it
    from explainer.diagnostics import Severity, sort_diagnostics  # noqa: PLC0415
    from explainer.read.content import read_content  # noqa: PLC0415
    from explainer.report.evaluate import evaluate, in_labelled_part  # noqa: PLC0415
    from explainer.report.gold import parse_gold  # noqa: PLC0415

    terminal.output_texts()
    terminal.require_site(site)
    path, text, problems = _read(gold)
    with terminal.progress(site) as step, terminal.answers(site) as answers:
        read = read_content(site.resolve(), now=terminal.current_time(), unpublished=True, step=step)
        errors = tuple(d for d in read.diagnostics if d.severity is Severity.ERROR)
        if read.content is None or errors or problems:
            _stop((*errors, *problems), {**read.texts, path: text})
        labels, problems = parse_gold(text, path, read.content)
        if problems:
            _stop(sort_diagnostics(problems), {path: text})
        annotations = annotate_articles(read.content, answers=answers, step=step)
    terminal.print_diagnostics(annotations.diagnostics, read.texts, strict=False)
    decisions = {source: _judged(a.decisions, linked_only=linked_only) for source, a in annotations.by_path.items()}
    result = evaluate(labels, in_labelled_part(labels, decisions) if labelled_part else decisions)
    if form == "json":
        click.echo(json.dumps(_as_json(result, read.content, shown), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(result, read.content, _SHOWN if shown is None else shown):
            click.echo(terminal.visible(line))


def _read(gold: Path) -> tuple[SourcePath, str, tuple[Diagnostic, ...]]:
    """The gold file under the name that it was given, its text, and why it cannot be read."""
    from explainer.diagnostics import Diagnostic, Kind  # noqa: PLC0415
    from explainer.types import SourcePath  # noqa: PLC0415

    path = SourcePath(gold.as_posix())
    try:
        return path, gold.read_bytes().decode("utf-8"), ()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text: byte 0x{error.object[error.start]:02X} at offset {error.start}"
        return path, "", (Diagnostic(Kind.NOT_UTF8, path, message, "save the file as UTF-8"),)
    except OSError as error:
        message = f"{gold} cannot be read: {error.strerror}"
        raise click.UsageError(message) from error


def _stop(problems: tuple[Diagnostic, ...], texts: Mapping[SourcePath, str]) -> NoReturn:
    """Nothing is measured where the labels or the texts cannot be trusted."""
    terminal.print_diagnostics(problems, texts, strict=False)
    sys.exit(terminal.PROBLEMS)


def _judged(decisions: tuple[Decision, ...], *, linked_only: bool) -> tuple[Decision, ...]:
    return tuple(d for d in decisions if d.linked) if linked_only else decisions


def _as_text(result: Evaluation, content: Content, shown: int) -> Iterator[str]:
    sources = {c.source for c in result.cases}
    yield f"{terminal.number(len(sources), 'article')}; right, wrong and missed are mentions"
    yield ""
    yield f"{'':14}precision  recall     F1   right  wrong  missed"
    yield from (_row(kind, tally) for kind, tally in (*result.by_kind.items(), ("all", result.overall)))
    for title, cases in _sorts(result):
        yield f"\n{title}: {len(cases):,}"
        for case in cases[:shown]:
            yield from _told(case, content)
        if 0 < shown < len(cases):
            yield f"  … and {len(cases) - shown:,} more"


def _row(kind: str, tally: Tally) -> str:
    shares = f"{tally.precision:10.1%} {tally.recall:7.1%} {tally.f1:6.1%}"
    return f"{kind:13}{shares} {tally.right:7,} {tally.wrong:6,} {tally.missed:7,}"


def _sorts(result: Evaluation) -> Iterator[tuple[str, list[Case]]]:
    """The errors by what went wrong, in the order of the words for it."""
    from explainer.report.evaluate import Fault, Outcome  # noqa: PLC0415

    for outcome in (Outcome.WRONG, Outcome.MISSED):
        for fault in Fault:
            cases = [c for c in result.errors if c.outcome is outcome and c.fault is fault]
            if cases:
                yield f"{outcome}, {fault}", cases


def _told(case: Case, content: Content) -> Iterator[str]:
    record = _case_as_json(case, content)
    found = f"{case.got} was found" if case.got else ""
    meant = f"{case.expected} is meant" if case.expected else ""
    said = ", ".join(filter(None, (found, meant)))
    yield f"  {case.source}:{record['line']}:{record['column']}  {' '.join(case.text.split())}: {said}"
    yield f"      {record['sentence']}"


def _as_json(result: Evaluation, content: Content, shown: int | None) -> dict[str, object]:
    errors = [c for _, cases in _sorts(result) for c in cases[:shown]]
    errors.sort(key=lambda c: (c.source, c.start, c.end))
    return {
        "articles": len({c.source for c in result.cases}),
        "overall": _tally_as_json(result.overall),
        "kinds": {kind: _tally_as_json(tally) for kind, tally in result.by_kind.items()},
        "errors": [_case_as_json(c, content) for c in errors],
    }


def _tally_as_json(tally: Tally) -> dict[str, object]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "wrong": tally.wrong,
        "missed": tally.missed,
    }


def _case_as_json(case: Case, content: Content) -> dict[str, object]:
    from explainer.diagnostics import line_and_column  # noqa: PLC0415
    from explainer.report.quote import sentence_in_file  # noqa: PLC0415

    article = next(a for a in content.articles if a.path == case.source)
    line, column = line_and_column(article.text, case.start)
    return {
        "source": case.source,
        "start": case.start,
        "end": case.end,
        "line": line,
        "column": column,
        "text": case.text,
        "outcome": case.outcome,
        "fault": case.fault,
        "expected": case.expected,
        "got": case.got,
        "kind": case.kind,
        "sentence": sentence_in_file(article.text, case.start, case.end),
    }
