"""Relations as a picture: generations in rows, the rest below, drawn at build time.

A layered drawing after Sugiyama, Tagawa and Toda (1981), in its simplest form: rows by generation, their order by the
mean of their neighbours, places by packing. It is small and deterministic, and says nothing that the list before it does
not, so it is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from explainer.render.generations import Graph, ordered, rows_of
from explainer.render.views import (
    PictureLabel,
    PictureNode,
    PicturePath,
    Relation,
    RelationsPicture,
    TextLine,
)

FEWEST_NODES, MOST_NODES, MOST_IN_ROW = 3, 16, 6
LINE, PAD, SIDE_GAP, ROW_GAP, ARC = 16, 9, 20, 62, 26
"""In units of the drawing, which are pixels where it has its full size."""
LONGEST_LINE = 118
_NARROW, _WIDE = frozenset("iljtfrI.,'’-() "), frozenset("mwMW@%")


def draw_relations(
    relations: Sequence[Relation], kind_of: Callable[[str], str], *, main: str = "", mirrored: bool = False
) -> RelationsPicture | None:
    """The picture of some relations; None where there are too few for one, or too many.

    `kind_of`: the kind of an entry by its id; `main`: the id of the entry that it is about; `mirrored`: from right to
    left.
    """
    graph = Graph.of(relations)
    if not FEWEST_NODES <= len(graph.nodes) <= MOST_NODES:
        return None
    rows = ordered(rows_of(graph), graph)
    if any(len(row) > MOST_IN_ROW for row in rows):
        return None
    return _Drawing(graph, rows, main, kind_of).drawn(mirrored=mirrored)


# ---- places ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def meets(self, other: _Box) -> bool:
        apart = self.x >= other.x + other.width or other.x >= self.x + self.width
        return not (apart or self.y >= other.y + other.height or other.y >= self.y + self.height)


@dataclass(slots=True)
class _Drawing:
    graph: Graph
    rows: list[list[str]]
    main: str
    kind_of: Callable[[str], str]
    boxes: dict[str, _Box] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: list[tuple[_Box, str]] = field(default_factory=list)
    width: float = 0

    def drawn(self, *, mirrored: bool) -> RelationsPicture:
        self._place()
        paths = tuple(self._paths())
        bottom = max(box.y + box.height for box in self.boxes.values())
        return RelationsPicture(
            width=round(self.width),
            height=round(bottom) + 2,
            mirrored=mirrored,
            nodes=tuple(self._node(n, mirrored=mirrored) for n in self.graph.nodes),
            paths=paths,
            labels=tuple(
                PictureLabel(self._across(b.middle, mirrored), round(b.y + 11), text) for b, text in self.labels
            ),
        )

    def _across(self, x: float, mirrored: bool) -> int:  # noqa: FBT001
        return round(self.width - x if mirrored else x)

    def _place(self) -> None:
        self.lines = {n: wrapped(link.name) for n, link in self.graph.nodes.items()}
        sizes = {n: max(map(text_width, some)) + 2 * PAD for n, some in self.lines.items()}
        totals = [sum(sizes[n] for n in row) + SIDE_GAP * (len(row) - 1) for row in self.rows]
        self.width = max(totals) + 4
        row_of = {n: k for k, row in enumerate(self.rows) for n in row}
        top: float = 2 + (ARC if any(row_of[a] == row_of[b] == 0 for a, b in self._arcs()) else 0)
        for row, total in zip(self.rows, totals, strict=True):
            height = max(len(self.lines[n]) for n in row) * LINE + 2 * PAD
            begin = self._beginning(row, sizes, total)
            for node in row:
                self.boxes[node] = _Box(begin, top, sizes[node], height)
                begin += sizes[node] + SIDE_GAP
            top += height + ROW_GAP

    def _beginning(self, row: list[str], sizes: Mapping[str, float], total: float) -> float:
        """Where a row begins: under what it hangs on, as far as there is room."""
        around = self.graph.neighbours()
        x, shifts = 0.0, list[float]()
        for node in row:
            above = [self.boxes[o].middle for o in around[node] if o in self.boxes]
            shifts += [sum(above) / len(above) - (x + sizes[node] / 2)] if above else []
            x += sizes[node] + SIDE_GAP
        wanted = sum(shifts) / len(shifts) if shifts else (self.width - total) / 2
        return min(max(wanted, 2), self.width - total - 2)

    def _node(self, node: str, *, mirrored: bool) -> PictureNode:
        box, lines = self.boxes[node], self.lines[node]
        first = box.y + (box.height - LINE * len(lines)) / 2 + 12
        texts = tuple(
            TextLine(self._across(box.middle, mirrored), round(first + LINE * n), t) for n, t in enumerate(lines)
        )
        left = self.width - box.x - box.width if mirrored else box.x
        sort = "main" if node == self.main else self.kind_of(node)
        return PictureNode(round(left), round(box.y), round(box.width), round(box.height), sort, texts)

    # ---- lines

    def _arcs(self) -> list[tuple[str, str]]:
        apart = [(a, b) for a, b in self.graph.siblings if not self.graph.have_a_parent_in_common(a, b)]
        return [*apart, *((a, b) for a, b, _ in self.graph.others), *self.graph.spouses]

    def _paths(self) -> Iterable[PicturePath]:
        for parent, child in self.graph.parents:
            above, below = self.boxes[parent], self.boxes[child]
            start, end = above.y + above.height, below.y
            yield PicturePath(
                f"M{_p(above.middle, start)}V{end - ROW_GAP / 3:.0f}H{below.middle:.0f}V{end:.0f}", "parent"
            )
        for one, other in self.graph.spouses:
            yield PicturePath(self._beside(one, other, 2), "spouse")
        for one, other in self.graph.siblings:
            if not self.graph.have_a_parent_in_common(one, other):
                yield PicturePath(self._beside(one, other, 0), "sibling")
        for one, other, words in self.graph.others:
            yield PicturePath(self._line(one, other, words), "other")

    def _beside(self, one: str, other: str, half: int) -> str:
        """Between two of one row: neighbours by a straight line, doubled for a couple; others by an arc."""
        left, right = sorted((self.boxes[one], self.boxes[other]), key=lambda b: b.x)
        if left.y != right.y or right.x - left.x - left.width > SIDE_GAP + 1:
            return self._line(one, other, "")
        start, end, y = left.x + left.width, right.x, left.y + left.height / 2
        return "".join(f"M{_p(start, y + d)}H{end:.0f}" for d in ({-half, half} if half else {0}))

    def _line(self, one: str, other: str, words: str) -> str:
        a, b = sorted((self.boxes[one], self.boxes[other]), key=lambda box: (box.y, box.x))
        if a.y == b.y:
            self._label(words, (a.middle + b.middle) / 2, a.y - ARC / 2 - 8)
            return f"M{_p(a.middle, a.y)}Q{_p((a.middle + b.middle) / 2, a.y - ARC)} {_p(b.middle, b.y)}"
        start, end = (a.middle, a.y + a.height), (b.middle, b.y)
        for share in (0.5, 0.65, 0.35, 0.8):
            x, y = (s + (e - s) * share for s, e in zip(start, end, strict=True))
            if self._label(words, x, y - 7):
                break
        return f"M{_p(*start)}L{_p(*end)}"

    def _label(self, words: str, x: float, y: float) -> bool:
        """Put words at a place, if nothing else is there."""
        width = text_width(words) * 0.85 + 8
        x = min(max(x, width / 2), self.width - width / 2)
        box = _Box(x - width / 2, y, width, 14)
        if not words or any(box.meets(o) for o in (*self.boxes.values(), *(b for b, _ in self.labels))):
            return False
        self.labels.append((box, words))
        return True


def _p(x: float, y: float) -> str:
    return f"{x:.0f} {y:.0f}"


# ---- text -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)  # a name is drawn on the pages of all that are related to it
def text_width(text: str) -> float:
    """About as wide as a text of 13 units stands in a sans-serif face, rather more than less."""
    return sum(
        4.6 if c in _NARROW else 12 if c in _WIDE else 13.5 if ord(c) > 0x2E7F else 9.4 if c.isupper() else 7.9
        for c in text
    )


@lru_cache(maxsize=4096)
def wrapped(name: str) -> tuple[str, ...]:
    """A name in lines; a word that is longer than a line has one for itself."""
    lines: list[str] = []
    for word in name.split():
        if lines and text_width(f"{lines[-1]} {word}") <= LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) or ("",)
