"""The steps of publishing, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from explainer.diagnostics import Diagnostic
from explainer.publish.apply import carry_out, clear_stale, os_problem, stage, staged_files, staging_folder
from explainer.publish.guard import check_contents, check_names, check_place
from explainer.publish.paths import JOURNAL, MANIFEST, Place, fold_of, place_of
from explainer.publish.plan import Plan, make_plan, plan_of_changes
from explainer.publish.record import Entry, changed_lines, manifest_bytes, read_record
from explainer.publish.scan import scan_output
from explainer.publish.source import Content, altered_files, measure


class Published(Struct, frozen=True):
    """How many files of output a build wrote, found as they should be, and deleted."""

    written: int
    unchanged: int
    deleted: int


def publish_site(  # noqa: PLR0913
    files: Mapping[str, Content],
    *,
    output: Path,
    site_root: Path,
    keep: Sequence[str] = (),
    known: Mapping[str, Entry] | None = None,
    looks_as_left: Callable[[str], bool] | None = None,
) -> Published | tuple[Diagnostic, ...]:
    """Makes the output folder hold exactly `files`, besides what is its owner's.

    `files`: output paths (`articles/x/index.html`) → bytes, or a file to be copied. `output`: absolute, or relative to
    `site_root`. `keep`: paths inside output that are never touched, as are names with a dot at its top.
    `known`: digests and sizes of some of the files, whose bytes are asked for only where they have to be written. The
    caller holds `build_lock`. `looks_as_left`: whether the file at a path in output looks as when it was published; the
    others are read, for an edit may have kept their size. Returns counts, or why nothing was published.
    """
    place = place_of(output, site_root, keep)
    try:
        return _publish(files, place, known or {}, looks_as_left)
    except OSError as error:
        return (os_problem(error, place),)


def _publish(
    files: Mapping[str, Content],
    place: Place,
    known: Mapping[str, Entry],
    looks_as_left: Callable[[str], bool] | None,
) -> Published | tuple[Diagnostic, ...]:
    if refused := check_place(place):
        return (refused,)
    fold, record = fold_of(place.output), read_record(place.output)
    found = scan_output(place, fold=fold)
    if refused := check_names(files, place, fold=fold) or check_contents(files, record, found, place, fold=fold):
        return (refused,)
    clear_stale(place)
    wanted, problems = measure(files, place=place, known=known)
    if problems:
        return problems
    altered = () if looks_as_left is None else altered_files(place.output, record, found, looks_as_left)
    plan = make_plan(wanted, record, found, fold=fold, altered=frozenset(altered))
    if not (plan.touched or record.has_journal or record.entries != wanted or not record.has_manifest):
        return Published(written=0, unchanged=plan.unchanged, deleted=0)
    return _carry_out(files, plan, wanted, place)


def _carry_out(
    files: Mapping[str, Content], plan: Plan, wanted: Mapping[str, Entry], place: Place
) -> Published | tuple[Diagnostic, ...]:
    place.output.mkdir(parents=True, exist_ok=True)
    with staging_folder(place) as staging:
        if refused := check_names(files, place, fold=fold_of(staging)):  # a new output folder had nothing to ask
            return (refused,)
        staged = staged_files(plan, staging)
        entries, problems = stage(files, staged, plan, place)
        if problems:
            return problems
        carry_out(plan, manifest_bytes({**wanted, **entries}), staged, staging, place.output)
    deleted = len(plan.in_the_way) + len(plan.deleted)
    return Published(written=len(plan.written), unchanged=plan.unchanged, deleted=deleted)


def publish_changes(files: Mapping[str, Content], *, output: Path, site_root: Path) -> bool:
    """Puts other files in the place of some that an earlier build published, and looks at nothing else.

    For a caller who holds `build_lock` and knows that output is as that build left it. Returns False, and leaves all to
    `publish_site`, where that cannot be, or where anything goes wrong.
    """
    place = place_of(output, site_root, ())
    try:
        return check_place(place) is None and not (place.output / JOURNAL).exists() and _change(files, place)
    except OSError:
        return False


def _change(files: Mapping[str, Content], place: Place) -> bool:
    manifest = (place.output / MANIFEST).read_bytes()
    clear_stale(place)
    plan = plan_of_changes(files)
    if not plan.touched:
        return True
    with staging_folder(place) as staging:
        staged = staged_files(plan, staging)
        entries, problems = stage(files, staged, plan, place)
        changed = changed_lines(manifest, entries)
        if problems or changed is None:
            return False
        carry_out(plan, changed, staged, staging, place.output)
    return True
