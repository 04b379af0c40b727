"""How likely each entry is meant that a candidate may name, from the evidence on it.

The weights of a reading's evidence are logits and are added up. What says whether there is a mention at all goes
through the logistic function, as in a regression; where several entries claim the mention, each has its share of that by
a softmax over all the weights. The weights are set by hand, clue by clue, not learnt, so that every score can be told
in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from explainer.annotate.clues import evidence_for
from explainer.annotate.find import Candidate
from explainer.annotate.reasons import Clue, Evidence, Method
from explainer.annotate.scene import Scene, question_of
from explainer.read.schema import EntryKind
from explainer.types import EntryId

MODEL_WEIGHT = 2.2
"""What a model's opinion on the kind adds, in logits."""


class Reading(NamedTuple):
    """One entry that a mention may name, and what speaks for it."""

    entry: EntryId
    """The entry that is meant in this reading."""
    method: Method
    """What the written form is to the entry."""
    score: float
    """From 0 to 1: how likely the mention names this entry."""
    evidence: tuple[Evidence, ...]
    """In the order of the clues; the first is always on the form."""


def score(number: int, candidate: Candidate, scene: Scene) -> tuple[Reading, ...]:
    """All readings of a candidate, likeliest first. `number` is its place among the article's candidates."""
    question = question_of(number, candidate, scene)
    if len(candidate.forms) == 1:
        form = candidate.forms[0]
        evidence = evidence_for(question, form, scene, contested=False)
        return (Reading(form.entry, form.method, round(_is_one(evidence), 4), evidence),)
    return _shared(
        Reading(form.entry, form.method, 0.0, evidence_for(question, form, scene, contested=True))
        for form in candidate.forms
    )


def hear(readings: Sequence[Reading], kind: EntryKind, scene: Scene) -> tuple[Reading, ...]:
    """The readings once a model has said what kind of thing it sees."""
    article = "an" if kind[0] in "aeiou" else "a"
    opinion = Evidence(Clue.MODEL, MODEL_WEIGHT, f"the model sees {article} {kind}")
    return _shared(
        r._replace(evidence=(*r.evidence, opinion)) if scene.lexicon.kinds[r.entry] is kind else r for r in readings
    )


def _shared(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """With scores: how likely there is a mention at all, times the reading's share (a softmax of the weights)."""
    weighed = [(math.exp(sum(e.weight for e in r.evidence)), r) for r in readings]
    total = sum(strength for strength, _ in weighed)
    scored = (r._replace(score=round(_is_one(r.evidence) * strength / total, 4)) for strength, r in weighed)
    return tuple(sorted(scored, key=lambda r: (-r.score, r.entry)))


def _is_one(evidence: Iterable[Evidence]) -> float:
    """How likely there is a mention of anything at all, from 0 to 1: the logistic function of what is not relative."""
    return 1 / (1 + math.exp(-sum([e.weight for e in evidence if e.clue not in _RELATIVE])))


_RELATIVE = frozenset(clue for clue in Clue if clue.is_relative)
