"""Of candidates that overlap, the longest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter

from explainer.annotate.find import Candidate
from explainer.annotate.forms import Form
from explainer.types import EntryId


def merge(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of one range as one, with the forms of all; each entry by its strongest form."""
    merged: dict[tuple[int, int, int], Candidate] = {}
    for candidate in candidates:
        place = candidate[:3]
        known = merged.get(place)
        if known is None:
            merged[place] = candidate
        elif known.target is None:
            entries = {f.entry for f in known.forms if not f.is_short}
            forms = (*known.forms, *(f for f in candidate.forms if f.entry not in entries))
            best: dict[EntryId, Form] = {}
            for form in sorted(forms, key=lambda f: f.is_short):
                best.setdefault(form.entry, form)
            merged[place] = Candidate(*place, tuple(best.values()))
    return list(merged.values())


def select_longest(candidates: Iterable[Candidate]) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Candidates that do not overlap, in reading order, and those that a chosen one overlaps.

    The author's links come first, then the longest, then the first. What a covered candidate names only by a short
    form, or what the one over it names too, says nothing new and is left out of both; so is all that an author's link
    covers.

    This is not the usual longest match, which goes from left to right and would take “South Sudan” of “South Sudan
    Liberation Movement” before the longer “Sudan Liberation Movement” is seen.
    """
    chosen: list[Candidate] = []
    covered: list[Candidate] = []
    rows: dict[int, tuple[list[int], list[Candidate]]] = {}  # what is chosen in each passage, in order, by its ends
    for candidate in sorted(candidates, key=_by_length):
        passage, start, end, _, _ = candidate
        ends, row = rows.setdefault(passage, ([], []))
        place = bisect_right(ends, start)
        over = row[place] if place < len(row) and row[place].start < end else None
        if over is None:
            ends.insert(place, end)
            row.insert(place, candidate)
            chosen.append(candidate)
        elif over.target is None:
            entries = {f.entry for f in over.forms}
            own = tuple(f for f in candidate.forms if f.entry not in entries)
            if not all(f.is_short for f in own):
                covered.append(candidate._replace(forms=own))
    return _in_order(chosen), _in_order(covered)


def _by_length(candidate: Candidate) -> tuple[bool, int, int, int, bool]:
    passage, start, end, forms, target = candidate
    return target is None, start - end, passage, start, not forms


def _in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=_PLACE))


_PLACE = itemgetter(0, 1, 2)
