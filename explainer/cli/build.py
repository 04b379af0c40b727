"""`explainer build`."""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from explainer.cli import terminal

if TYPE_CHECKING:
    import datetime as dt

    from explainer.build import Counts
    from explainer.incremental.built import BuiltAgain
    from explainer.incremental.fresh import Answer, Found, Left, Question
    from explainer.incremental.pages import PageFile
    from explainer.incremental.workers import Workers
    from explainer.search import IndexFiles


_PRUNED_EVERY = 50
"""Builds after which what was drawn long ago is thrown away."""


class Options(NamedTuple):
    """What was asked for."""

    root: Path
    output: Path
    strict: bool
    frozen: bool
    workers: int | None
    engine: str
    scheduler: str | None
    verify: bool
    timings: bool
    trace: Path | None

    @property
    def wants_work(self) -> bool:
        """Whether it is no answer that nothing has changed."""
        return self.verify or self.timings or self.trace is not None


@click.command("build")
@terminal.site_option
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Where the site goes.  [default: output]"
)
@terminal.strict_option
@click.option("--frozen", is_flag=True, help="Fail where a mention in an article is undecided.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes that do the work.  [default: one for each core]"
)
@click.option(
    "--engine", type=click.Choice(["processes", "dask"]), default="processes", show_default=True, help="What they are."
)
@click.option("--scheduler", metavar="tcp://HOST:PORT", help="Let the workers of a running Dask cluster do the work.")
@click.option("--verify", is_flag=True, help="Compare the pages with those of a clean build, byte for byte.")
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.option(
    "--trace", type=click.Path(dir_okay=False, path_type=Path), help="Write a trace that Chrome and Perfetto show."
)
def command(site: Path, output: Path | None, **options: Any) -> None:
    """Build the site into output/.

    Only what is not as it was is made again. Nothing is published while there are errors: the last good output stays as
    it is.
    """
    begun = time.monotonic()
    terminal.output_texts()
    terminal.require_site(site)
    sys.exit(_build(Options(site.resolve(), (output or site / "output").absolute(), **options), begun))


def _build(options: Options, begun: float) -> int:
    from explainer.incremental import fresh  # noqa: PLC0415  # `--help` must not wait for it

    question = fresh.Question(str(options.output), options.strict, options.frozen)
    now = terminal.current_time()
    found = fresh.look_around(options.root, question, now)
    answer = None if options.wants_work else found.answer
    if answer is None:
        answer = _build_again(options, question, now, found, begun)
    if answer is None:
        return terminal.PROBLEMS
    terminal.print_lines(answer.problems)
    click.echo(f"{answer.summary}, {time.monotonic() - begun:.1f} seconds")
    return 0


def _build_again(options: Options, question: Question, now: dt.datetime, found: Found, begun: float) -> Answer | None:
    from explainer.diagnostics import has_errors  # noqa: PLC0415  # not needed where nothing is to be done
    from explainer.incremental import fresh  # noqa: PLC0415
    from explainer.publish import build_lock  # noqa: PLC0415

    with build_lock(options.root) as busy:
        if busy is not None:
            terminal.print_diagnostics((busy,), {}, strict=options.strict)
            return None
        fresh.forget(options.root)
        built = _make(options, now, found)
        problems = terminal.diagnostic_lines(built.diagnostics, built.texts, strict=options.strict)
        if has_errors(built.diagnostics, strict=options.strict):
            terminal.print_lines((*problems, "nothing was published"))
            return None
        if options.verify and not _is_clean(options, built, now):
            return None
        published = _publish(options, built, problems, found)
        if published is None:
            return None
        answer = fresh.Answer(problems, summary_of(built.counts), built.timezone, built.day)
        with built.timings.stage("remember"):
            if not built.depends_on_folder:
                paths, stamps = published
                fresh.remember(options.root, question, answer, paths, found.sources, built.number, stamps)
    _tell_timings(options, built, time.monotonic() - begun)
    return answer


def _make(options: Options, now: dt.datetime, found: Found) -> BuiltAgain:
    """Every page of the site, from what was kept where that can be read."""
    import sqlite3  # noqa: PLC0415

    from explainer.images import FolderDepot  # noqa: PLC0415
    from explainer.incremental.again import build_again  # noqa: PLC0415
    from explainer.incremental.kept import CACHE, kept_store  # noqa: PLC0415
    from explainer.incremental.values import NoValueError  # noqa: PLC0415
    from explainer.publish import cache_folder, kept_answers  # noqa: PLC0415

    gc.freeze()  # what has been imported stays, so it need not be looked through
    root, path = options.root, cache_folder(options.root) / CACHE
    depot = FolderDepot(path.with_name("drawn"))
    with terminal.progress(root) as step, kept_answers(root) as answers, _workers(options) as workers:

        def build() -> BuiltAgain:
            store = kept_store(path)
            return build_again(
                root,
                store=store,
                now=now,
                frozen=options.frozen,
                answers=answers,
                depot=depot,
                step=step,
                workers=workers,
                stamps=found.sources.stamps,
            )

        try:
            built = build()
        except (sqlite3.DatabaseError, NoValueError):  # damaged in a way that did not show when it was opened
            path.unlink(missing_ok=True)
            built = build()
    if built.number % _PRUNED_EVERY == 0:
        depot.prune()
    return built


@contextmanager
def _workers(options: Options) -> Iterator[Workers]:
    """Who reads, links and renders."""
    from explainer.incremental.workers import Processes, cores  # noqa: PLC0415

    count = options.workers or cores()
    if options.engine == "processes" and options.scheduler is None:
        yield Processes(count)
        return
    from explainer.incremental.cluster import NoClusterError, cluster_at, cluster_here  # noqa: PLC0415

    cluster = cluster_here(count) if options.scheduler is None else cluster_at(options.scheduler)
    try:
        with cluster as workers:
            yield workers
    except NoClusterError as problem:
        raise click.UsageError(str(problem)) from problem


def _index(options: Options, built: BuiltAgain, sizes: Mapping[str, PageFile]) -> IndexFiles | None:
    """What readers search, where the site has search; None where it cannot be made, which is told.

    `sizes`: what is known of every page.
    """
    from explainer.publish import cache_folder  # noqa: PLC0415
    from explainer.search import IndexFiles, SearchProblem, bytes_of, index_of  # noqa: PLC0415

    searched = {path: file.searched for path, file in sizes.items() if file.searched}
    if not searched:
        return IndexFiles()

    def page(path: str) -> bytes:
        """As it was published, which is quicker than to render it again; as it is rendered, where that is another."""
        try:
            data = (options.output / path).read_bytes()
        except OSError:
            data = b""
        known = sizes[path].sha256
        return data if hashlib.sha256(data).hexdigest() == known else bytes_of(built.files[path])

    with built.timings.stage("index for search"):
        try:
            return index_of(searched, page, cache=cache_folder(options.root))
        except SearchProblem as problem:
            terminal.print_diagnostics((problem.diagnostic,), {}, strict=options.strict)
            return None


def _publish(
    options: Options, built: BuiltAgain, problems: tuple[str, ...], found: Found
) -> tuple[Iterable[str], Mapping[str, str] | None] | None:
    """The paths of all that is published now, and the stamps of what lies there, where they are known.

    None where nothing was published, and why has been told.
    """
    from explainer.incremental.fresh import looks_as_published  # noqa: PLC0415
    from explainer.publish import Entry, publish_changes, publish_site  # noqa: PLC0415

    with built.timings.stage("publish"):
        left, changed = _since_left(options, built, found)
        if left and publish_changes(changed, output=options.output, site_root=options.root):
            return left.paths, left.renewed(changed)
    sizes = built.sizes()
    index = _index(options, built, sizes)
    if index is None:
        return None
    files = index.beside(built.files)
    known = {path: Entry(file.sha256, file.size) for path, file in sizes.items()}
    with built.timings.stage("publish"):
        published = publish_site(
            files,
            output=options.output,
            site_root=options.root,
            keep=built.keep,
            known={**known, **index.sizes},
            looks_as_left=looks_as_published(options.root, str(options.output)),
        )
    if isinstance(published, tuple):
        terminal.print_lines(problems)
        terminal.print_diagnostics(published, {}, strict=options.strict)
        return None
    return files, None


def _since_left(options: Options, built: BuiltAgain, found: Found) -> tuple[Left | None, Mapping[str, bytes]]:
    """What the output folder holds, and the files that are different now.

    None where that has to be found out there, or where an index has to be made.
    """
    from explainer.publish import cache_folder  # noqa: PLC0415
    from explainer.search import is_right_for  # noqa: PLC0415

    if built.changed is None:
        return None, {}
    left = found.left()
    if left is None or (left.output, left.build) != (str(options.output), built.number - 1):
        return None, {}
    return left if is_right_for(built.changed, cache=cache_folder(options.root)) else None, built.changed


def _is_clean(options: Options, built: BuiltAgain, now: dt.datetime) -> bool:
    """Whether a clean build beside makes the same; if not, what was kept is thrown away."""
    from explainer.build import build_site  # noqa: PLC0415
    from explainer.incremental.kept import CACHE  # noqa: PLC0415
    from explainer.incremental.verify import SHOWN, differences  # noqa: PLC0415

    clean = build_site(options.root, now=now, frozen=options.frozen)
    found = list(differences(built, clean))
    if not found:
        click.echo(f"verified: {terminal.number(len(clean.files), 'file')} as in a clean build", err=True)
        return True
    (options.root / ".explainer" / CACHE).unlink(missing_ok=True)
    more = len(found) - SHOWN
    terminal.print_lines([*found[:SHOWN], *([f"… and {more:,} more"] if more > 0 else [])])
    click.echo(
        "this is not what a clean build makes: a bug in explainer. What was kept has been deleted; the next build is"
        " clean. Nothing was published.",
        err=True,
    )
    return False


def _tell_timings(options: Options, built: BuiltAgain, seconds: float) -> None:
    from explainer.incremental.timings import chrome_trace, table  # noqa: PLC0415

    if options.timings:
        click.echo(table(built.timings, seconds), err=True)
    if options.trace is not None:
        options.trace.write_text(chrome_trace(built.timings), encoding="utf-8")


def summary_of(counts: Counts) -> str:
    """What there is, on one line."""
    parts = (
        terminal.number(counts.articles, "article"),
        terminal.number(counts.entries, "entry", "entries"),
        terminal.number(counts.mentions, "mention"),
        terminal.number(counts.links, "link"),
        f"{counts.ambiguous:,} ambiguous",
    )
    return ", ".join(parts)


def summary(counts: Counts, seconds: float) -> str:
    """The one line that a good build prints."""
    return f"{summary_of(counts)}, {seconds:.1f} seconds"
