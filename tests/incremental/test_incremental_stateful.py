"""Any edits in any order: after every step a build that goes on equals one that begins from nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from explainer.incremental import kept
from tests.incremental import edits
from tests.incremental.bench import open_bench, short_lists
from tests.incremental.edits import Edit, Editing, apply

STEPS_IN_CI, STEPS_IN_SOAK, STEPS_EACH = 300, 10_000, 25

OPEN = ("/", "/articles/a-fire/", "/articles/c-family/", "/glossary/ada-roth/", "/glossary/lund/", "/about/")
"""Pages that somebody may look at in the preview."""

_NUMBERS = st.integers(0, 29)


def edits_among(kinds: Mapping[str, Editing]) -> st.SearchStrategy[Edit]:
    return st.builds(Edit, st.sampled_from(sorted(kinds)), _NUMBERS, _NUMBERS)


WITHOUT_MISTAKES = {kind: edit for kind, edit in edits.EDITS.items() if kind not in {*edits.MISTAKES, *edits.MENDING}}


class EditedSite(RuleBasedStateMachine):
    """A site that is edited and built, edited and built."""

    steps: ClassVar[int] = 0
    """Builds compared by all machines."""

    @initialize(
        bare=st.sampled_from([True, True, True, False]),
        on_disk=st.booleans(),
        short=st.booleans(),
        open_at=st.lists(st.sampled_from(OPEN), max_size=2, unique=True),
    )
    def begin(self, *, bare: bool, on_disk: bool, short: bool, open_at: list[str]) -> None:
        self.around = ExitStack()
        folder = self.around.enter_context(tempfile.TemporaryDirectory())
        if short:
            self.around.enter_context(short_lists())
        self.version = self.around.enter_context(patch.object(kept, "tool_version", return_value="first"))
        self.bench = self.around.enter_context(open_bench(Path(folder) / "site", bare=bare, on_disk=on_disk))
        self.bench.open_at = tuple(open_at)

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            type(self).steps += self.bench.steps
            self.around.close()

    def edit(self, *made: Edit) -> None:
        apply(self.bench.workshop, made)
        self.bench.check()

    # ---- one edit, by family ----------------------------------------------------------------------------------------

    @rule(edit=edits_among(edits.FRONT_MATTER))
    def front_matter(self, edit: Edit) -> None:
        self.edit(edit)

    @rule(edit=edits_among(edits.BODIES))
    def bodies(self, edit: Edit) -> None:
        self.edit(edit)

    @rule(edit=edits_among(edits.FILES))
    def files(self, edit: Edit) -> None:
        self.edit(edit)

    @rule(edit=edits_among(edits.SITE))
    def site(self, edit: Edit) -> None:
        self.edit(edit)

    @rule(edit=edits_among(edits.THEME))
    def theme(self, edit: Edit) -> None:
        self.edit(edit)

    @rule(edit=edits_among(edits.FILE_SYSTEM))
    def file_system(self, edit: Edit) -> None:
        self.edit(edit)

    # ---- several, and mistakes --------------------------------------------------------------------------------------

    @rule(made=st.lists(edits_among(WITHOUT_MISTAKES), min_size=2, max_size=4))
    def several_edits(self, made: list[Edit]) -> None:
        self.edit(*made)

    @rule(mistake=edits_among(edits.MISTAKES), meanwhile=st.lists(edits_among(WITHOUT_MISTAKES), max_size=2))
    def mistake_that_is_mended(self, mistake: Edit, meanwhile: list[Edit]) -> None:
        for edit in (mistake, *meanwhile, Edit("mend")):
            self.edit(edit)

    @rule(edit=edits_among(WITHOUT_MISTAKES), moment=st.integers(0, 60))
    def edit_during_a_build(self, edit: Edit, moment: int) -> None:
        """The build that is under way may see either state; the next one must see the later."""
        left = [moment]

        def step(_path: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                apply(self.bench.workshop, [edit])

        self.bench.build(step)
        self.bench.check()

    # ---- around the builds ------------------------------------------------------------------------------------------

    @rule()
    def new_process(self) -> None:
        self.bench.reopen()
        self.bench.check()

    @rule()
    def deleted_cache(self) -> None:
        self.bench.delete_cache()
        self.bench.check()

    @rule(version=st.integers(0, 3))
    def other_version(self, version: int) -> None:
        self.version.return_value = f"version {version}"
        self.bench.reopen()
        self.bench.begin_from_nothing()
        self.bench.check()

    @rule()
    def turn_preview(self) -> None:
        """Pages are told of it: all may be rendered."""
        self.bench.preview = not self.bench.preview
        self.bench.begin_from_nothing()
        self.bench.check()

    @rule()
    def turn_frozen(self) -> None:
        self.bench.frozen = not self.bench.frozen
        self.bench.check()


def run(steps: int) -> None:
    """Random machines until so many steps were made; tells how many."""
    EditedSite.steps = 0
    profile = settings(
        max_examples=steps // STEPS_EACH + 2,
        stateful_step_count=STEPS_EACH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(EditedSite, settings=profile)
    assert EditedSite.steps >= steps


def test_any_edits_in_any_order(record_steps: Callable[[int], None]) -> None:
    run(STEPS_IN_CI)
    record_steps(EditedSite.steps)


@pytest.mark.soak
def test_any_edits_for_a_long_time(record_steps: Callable[[int], None]) -> None:
    run(STEPS_IN_SOAK)
    record_steps(EditedSite.steps)
