"""Who is related to whom: relations as a graph, and its nodes in rows, generation by generation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from explainer.render.views import EntryLink, Relation
from explainer.site.kinship import Tie

_SWEEPS = 4


def once_each(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Without what was said from the other side: “son of” after “father of”, “sister of” after “brother of”."""
    seen: dict[tuple[frozenset[str], str], Relation] = {}
    for r in relations:
        tie, pair = Tie(r.tie), frozenset((r.subject.id, r.object.id))
        match tie:
            case Tie.PARENT | Tie.CHILD:
                said = "parent"
            case Tie.OTHER:
                said = f"other {r.type}"  # friends of one another
            case _:
                said = tie
        key = pair, said
        seen.setdefault(key, r)
    return tuple(seen.values())


@dataclass(slots=True)
class Graph:
    """Entries by id, in the order in which they are named, and the ties between them."""

    nodes: dict[str, EntryLink] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)
    """Parent and child."""
    spouses: list[tuple[str, str]] = field(default_factory=list)
    siblings: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[str, str, str]] = field(default_factory=list)
    """Subject, object and what the one is to the other."""

    @staticmethod
    def of(relations: Sequence[Relation]) -> Graph:
        graph = Graph()
        for r in once_each(relations):
            if r.subject.id == r.object.id:
                continue
            graph.nodes.setdefault(r.subject.id, r.subject)
            graph.nodes.setdefault(r.object.id, r.object)
            graph.add(r.subject.id, r.object.id, r.type, Tie(r.tie))
        return graph

    def add(self, subject: str, target: str, words: str, tie: Tie) -> None:
        match tie:
            case Tie.PARENT:
                self.parents.append((subject, target))
            case Tie.CHILD:
                self.parents.append((target, subject))
            case Tie.SPOUSE:
                self.spouses.append((subject, target))
            case Tie.SIBLING:
                self.siblings.append((subject, target))
            case Tie.OTHER:
                self.others.append((subject, target, words))

    def steps(self) -> dict[str, list[tuple[str, int]]]:
        """For every node its family, each with the generations between."""
        out: dict[str, list[tuple[str, int]]] = {node: [] for node in self.nodes}
        edges = [(a, b, 1) for a, b in self.parents] + [(a, b, 0) for a, b in (*self.spouses, *self.siblings)]
        for one, other, step in edges:
            out[one].append((other, step))
            out[other].append((one, -step))
        return out

    def neighbours(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {node: [] for node in self.nodes}
        pairs = (*self.parents, *self.spouses, *self.siblings, *((a, b) for a, b, _ in self.others))
        for one, other in pairs:
            out[one].append(other)
            out[other].append(one)
        return out

    def have_a_parent_in_common(self, one: str, other: str) -> bool:
        return bool({p for p, c in self.parents if c == one} & {p for p, c in self.parents if c == other})


# ---- rows -----------------------------------------------------------------------------------------------------------


def rows_of(graph: Graph) -> list[list[str]]:
    """Families by generation, one beside the other; below them what is no family's, by its distance."""
    level = _generations(graph)
    deepest = max(level.values(), default=-1)
    around, ahead = graph.neighbours(), [n for n in graph.nodes if n in level]
    if not ahead:
        hub = max(graph.nodes, key=lambda n: len(around[n]))
        level[hub], ahead, deepest = 0, [hub], 0
    depth = dict.fromkeys(ahead, deepest)
    for node in ahead:  # grows while it is gone through
        for other in around[node]:
            if other not in level:
                level[other] = depth[other] = depth[node] + 1
                ahead.append(other)
    rows = [[n for n in graph.nodes if level.get(n, deepest + 1) == r] for r in range(max(level.values()) + 2)]
    return [row for row in rows if row]


def _generations(graph: Graph) -> dict[str, int]:
    steps, level = graph.steps(), dict[str, int]()
    for start in graph.nodes:
        if start in level or not steps[start]:
            continue
        family = {start: 0}
        ahead = [start]
        for node in ahead:
            for other, step in steps[node]:
                if other not in family:
                    family[other] = family[node] + step
                    ahead.append(other)
        oldest = min(family.values())
        level |= {node: generation - oldest for node, generation in family.items()}
    return level


def ordered(rows: list[list[str]], graph: Graph) -> list[list[str]]:
    """Each row in the order of its neighbours' places, so that few lines cross; couples side by side."""
    around = graph.neighbours()
    for sweep in range(_SWEEPS):
        for number in range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1):
            places = {n: i / len(row) for k, row in enumerate(rows) if k != number for i, n in enumerate(row)}
            rows[number] = _by_neighbours(rows[number], places, around)
    return [_couples_together(row, graph.spouses) for row in rows]


def _by_neighbours(row: list[str], places: Mapping[str, float], around: Mapping[str, list[str]]) -> list[str]:
    own = {n: i / len(row) for i, n in enumerate(row)}

    def mean(node: str) -> float:
        found = [places[o] for o in around[node] if o in places]
        return sum(found) / len(found) if found else own[node]

    return sorted(row, key=lambda n: (round(mean(n), 6), own[n]))


def _couples_together(row: list[str], spouses: Iterable[tuple[str, str]]) -> list[str]:
    row = list(row)
    for one, other in spouses:
        if one in row and other in row and abs(row.index(one) - row.index(other)) > 1:
            row.remove(other)
            row.insert(row.index(one) + 1, other)
    return row
