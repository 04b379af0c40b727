"""The stages of annotating one text: functions of a draft, each of which fills in its own part.

Here stands what each stage takes from the draft; the work itself is in the modules of their names, and their order in
`explainer.annotate`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.decide import Resolution, Told, Witness, covered, decide
from explainer.annotate.expand import NO_CANDIDATES, Expansion, expand_matches
from explainer.annotate.find import Match, find_matches
from explainer.annotate.languages import Language
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.policy import LinkPolicy, Outcome, outcomes_of
from explainer.annotate.review import Placed
from explainer.annotate.scene import scene_of
from explainer.annotate.text import Passage
from explainer.types import EntryId


class Task(Struct, frozen=True):
    """A text, and what it is annotated with."""

    passages: tuple[Passage, ...]
    """The text, block by block, in reading order."""
    lexicon: Lexicon
    """The glossary's forms."""
    language: Language
    """The tables of the text's language."""
    surfaces: Mapping[str, EntryId]
    """What `resolve` says, by the key of each surface form."""
    title: frozenset[EntryId]
    """Entries that the text is about from its beginning."""
    witness: Witness | None
    """Who is asked in contested cases; None where there is no model."""
    verdicts: Placed
    """Where the verdicts of a review stand in it."""
    policy: LinkPolicy | None
    """None where nothing is to become a link."""


class Draft(Struct, frozen=True):
    """What the stages have found out so far."""

    task: Task
    """What is given; no stage changes it."""
    matches: tuple[Match, ...] = ()
    """After `find`: places where a form stands; they may overlap."""
    candidates: Expansion = NO_CANDIDATES
    """After `expand`: ranges that may name an entry, each with its forms."""
    resolutions: tuple[Resolution, ...] = ()
    """In reading order; a longer one stands before those that it covers."""
    outcomes: tuple[Outcome, ...] = ()
    """For each resolution: whether it is linked, and why."""


Stage: TypeAlias = Callable[[Draft], Draft]


def find(draft: Draft) -> Draft:
    """Every place where a form of the glossary stands as whole words."""
    task = draft.task
    return replace(draft, matches=find_matches(task.passages, task.lexicon, task.language))


def expand(draft: Draft) -> Draft:
    """What the text makes of them: whom it introduces, and what may therefore be read as whom."""
    task = draft.task
    candidates = expand_matches(
        draft.matches,
        task.passages,
        task.lexicon,
        task.language,
        surfaces=task.surfaces,
        title=task.title,
        verdicts=task.verdicts,
    )
    return replace(draft, candidates=candidates)


def score_and_decide(draft: Draft) -> Draft:
    """Which entry each candidate names. What is decided on one is evidence for the next, so each is scored in its turn."""
    task, chosen, beneath = draft.task, draft.candidates.chosen, draft.candidates.covered
    scene = scene_of(chosen, task.passages, task.lexicon, task.language, title=task.title)
    told = Told(task.surfaces, task.verdicts.spans(task.passages))
    decided = [r for r in decide(chosen, scene, told, task.witness) if not r.is_noise]
    decided += (covered(candidate) for candidate in beneath if candidate.forms)
    return replace(draft, resolutions=tuple(sorted(decided, key=_in_reading_order)))


def _in_reading_order(resolution: Resolution) -> tuple[int, int, int]:
    candidate = resolution.candidate
    return candidate.passage, candidate.start, -candidate.end


def apply_policy(draft: Draft) -> Draft:
    """Which of them become links; none where the task has no policy."""
    task = draft.task
    if task.policy is None:
        return draft
    return replace(draft, outcomes=outcomes_of(draft.resolutions, task.passages, task.policy))
