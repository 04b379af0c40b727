"""What people use, `explainer build` and the preview, through any edits: what they publish, show and tell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from stat import S_ISDIR
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from msgspec.structs import replace

from explainer.build import Built, build_site
from explainer.cli import serve, terminal
from explainer.diagnostics import Severity, format_diagnostic, has_errors
from explainer.incremental.store import Store
from explainer.publish import Content
from explainer.serve import Touched, Waiting
from explainer.serve.shown import Shown, advance, advance_pages
from tests.cli.runner import call
from tests.incremental.compare import contents
from tests.incremental.edits import EDITS, MENDING, Edit, apply
from tests.incremental.test_incremental_stateful import OPEN, edits_among
from tests.incremental.workshop import Seen, Workshop, open_workshop
from tests.sites import Site
from tests.whole.pages import tree_of

STEPS, STEPS_EACH = 60, 15

GOOD_OR_BAD = edits_among({kind: edit for kind, edit in EDITS.items() if kind not in MENDING})


class EditedSite(RuleBasedStateMachine):
    """A site that is edited; whatever gives errors is taken back, so that the next state is a good one."""

    steps: ClassVar[int] = 0
    preview: ClassVar[bool]

    @initialize()
    def begin(self) -> None:
        self.around = ExitStack()
        self.workshop: Workshop = open_workshop(Path(self.around.enter_context(tempfile.TemporaryDirectory())) / "site")
        self.patch = self.around.enter_context(pytest.MonkeyPatch.context())
        self.open()
        self.good: Mapping[str, Seen] = self.workshop.state()
        self.check()

    def teardown(self) -> None:
        if hasattr(self, "around"):
            self.around.close()

    def open(self) -> None:
        """Whatever the program keeps from one build to the next."""

    def compare(self, clean: Built) -> None:
        """Let the program build, and fail unless it does as a clean build would."""
        raise NotImplementedError

    def check(self) -> bool:
        """Whether the site is without errors."""
        type(self).steps += 1
        now = self.workshop.now
        self.patch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
        clean = build_site(self.workshop.root, now=now, preview=self.preview, answers={})
        self.compare(clean)
        return not has_errors(clean.diagnostics)

    @rule(edit=GOOD_OR_BAD, old_times=st.booleans())
    def edit(self, edit: Edit, *, old_times: bool) -> None:
        apply(self.workshop, [edit])
        if self.check():
            self.good = self.workshop.state()
            return
        self.workshop.restore(self.good, old_times=old_times)
        self.workshop.spoiled.clear()
        assert self.check()

    @rule()
    def no_edit(self) -> None:
        self.check()


class Commanded(EditedSite):
    """Built by `explainer build`."""

    preview = False

    def open(self) -> None:
        self.published: dict[str, bytes] = {}

    def compare(self, clean: Built) -> None:
        result = call("build", site=Site(self.workshop.root))
        if not has_errors(clean.diagnostics):
            self.published = contents(clean.files)
        assert tree_of(self.workshop.root / "output") == self.published
        if not (self.workshop.root / "site.yaml").exists():
            assert result.exit_code == terminal.USAGE
            return
        told = terminal.diagnostic_lines(clean.diagnostics, clean.texts, strict=False)
        if has_errors(clean.diagnostics):
            told = (*told, "nothing was published")
        assert result.stderr.rstrip("\n") == "\n".join(told).rstrip("\n")
        assert bool(result.exit_code) == has_errors(clean.diagnostics)

    @rule(which=st.integers(0, 99))
    def damage(self, which: int) -> None:
        """Something else changes what was published; the next build puts it right."""
        path = sorted(self.published)[which % len(self.published)]
        file = self.workshop.root / "output" / path
        file.write_bytes(b"damaged" if which % 2 else file.read_bytes().swapcase())
        self.check()


class Previewed(EditedSite):
    """Built by `explainer serve`."""

    preview = True

    def open(self) -> None:
        self.site = serve._Site(self.workshop.root, Store(), Touched())
        self.shown = Shown()
        self.looks: Mapping[str, tuple[int, ...]] = {}

    def watch(self) -> None:
        """What a watcher would tell of: every path that is there now and was not, or looks different, or is gone."""
        root = self.workshop.root
        every = (*root.glob("site.yaml"), *(root / "content").rglob("*"), *(root / "templates").rglob("*"))
        statuses = {str(path): path.lstat() for path in every}
        looks = {
            path: (s.st_mode, s.st_ino, *((s.st_size, s.st_mtime_ns, s.st_ctime_ns) if not S_ISDIR(s.st_mode) else ()))
            for path, s in statuses.items()
        }
        known = self.looks.keys() | looks.keys()
        self.site.touched.add({path for path in known if self.looks.get(path) != looks.get(path)})
        self.looks = looks

    def compare(self, clean: Built) -> None:
        self.watch()
        build = self.site.build(Waiting(frozenset(OPEN), self.show_first))
        before = self.shown
        errors = [d for d in clean.diagnostics if d.severity is Severity.ERROR]
        assert build.problems == tuple(format_diagnostic(d, clean.texts) for d in errors)
        assert (None if build.files is None else contents(build.files)) == (None if errors else contents(clean.files))
        self.shown, news = advance(before, build)
        assert (self.shown, news) == advance(before, replace(build, changed=None))

    def show_first(self, pages: Mapping[str, Content]) -> None:
        self.shown, changed = advance_pages(self.shown, pages)
        assert changed <= pages.keys()


def run(machine: type[EditedSite]) -> int:
    """Random machines; how many builds were compared."""
    machine.steps = 0
    profile = settings(
        max_examples=STEPS // STEPS_EACH + 2,
        stateful_step_count=STEPS_EACH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=profile)
    return machine.steps


def test_build_publishes_and_tells_what_a_clean_build_does(record_steps: Callable[[int], None]) -> None:
    record_steps(run(Commanded))
    assert Commanded.steps >= STEPS


def test_a_medium_that_is_saved_again_is_asked_for_again() -> None:
    machine = Previewed()
    machine.begin()
    try:
        before = machine.shown
        for path, is_told in {"content/articles/a-fire.md": False, "content/media/quay.png": True}.items():
            machine.workshop.write(path, machine.workshop.bytes_of(path))
            machine.check()
            assert (machine.shown.version != before.version) == is_told
    finally:
        machine.teardown()


def test_preview_shows_and_tells_what_a_clean_build_does(record_steps: Callable[[int], None]) -> None:
    record_steps(run(Previewed))
    assert Previewed.steps >= STEPS
