"""Positions for drawings: readable when opened, the same on every run.

Each connected component is laid out by itself (Fruchterman–Reingold of rustworkx over the nodes that have more than
one neighbour, single neighbours in rings around theirs), circles are pushed apart until none overlap, and components
are packed in rows, largest first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import rustworkx as rx

Point = tuple[float, float]
_UNIT = 40.0
"""Distance that one node needs, in the units of the drawing (Gephi's default node has diameter 10 to 20)."""
_SEED = 20220720
_PAIR_BUDGET = 6e8
"""Node pairs that the springs may compare: about 3 s on one core."""


def positions(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, Point]:
    """X and y of every node, rounded to one decimal; independent of the order of nodes and edges."""
    neighbours: dict[str, set[str]] = {node: set() for node in sorted(nodes)}
    for one, other in edges:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    placed = [_component(part, neighbours) for part in _components(neighbours)]
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in _pack(placed).items()}


def _components(neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    parts = []
    for start in neighbours:
        if start in seen:
            continue
        part, stack = [], [start]
        seen.add(start)
        while stack:
            node = stack.pop()
            part.append(node)
            fresh = neighbours[node] - seen
            seen |= fresh
            stack += fresh
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _component(part: Sequence[str], neighbours: Mapping[str, set[str]]) -> dict[str, Point]:
    core = [node for node in part if len(neighbours[node]) > 1] or [part[0]]
    members = set(core)
    leaves: dict[str, list[str]] = defaultdict(list)
    for node in part:
        if node not in members:
            leaves[next(iter(neighbours[node]))].append(node)
    radii = {node: _ring_radius(len(leaves[node])) for node in core}
    centres = _spread(_springs(core, neighbours, radii), radii)
    result = dict(centres)
    for node, around in sorted(leaves.items()):
        result.update(_rings(centres[node], sorted(around)))
    return result


def _springs(
    core: Sequence[str], neighbours: Mapping[str, set[str]], radii: Mapping[str, float]
) -> dict[str, Point]:
    if len(core) == 1:
        return {core[0]: (0.0, 0.0)}
    index = {node: number for number, node in enumerate(core)}
    graph = rx.PyGraph[str, float]()
    graph.add_nodes_from(list(core))
    graph.add_edges_from(
        [
            (number, index[other], 1.0)
            for node, number in index.items()
            for other in sorted(neighbours[node] & index.keys())
            if number < index[other]
        ]
    )
    rounds = max(10, min(300, int(_PAIR_BUDGET / len(core) ** 2)))
    scale = int(1.1 * math.sqrt(sum(radius**2 for radius in radii.values())))
    laid = rx.spring_layout(graph, num_iter=rounds, seed=_SEED, scale=scale)
    return {node: (float(laid[number][0]), float(laid[number][1])) for node, number in index.items()}


def _ring_radius(leaves: int) -> float:
    """Radius of the circle that a node takes with its leaves around it."""
    rings, room = 0, leaves
    while room > 0:
        rings += 1
        room -= _ring_size(rings)
    return _UNIT * (0.6 + rings)


def _ring_size(ring: int) -> int:
    return int(2 * math.pi * ring)


def _rings(centre: Point, leaves: Sequence[str]) -> dict[str, Point]:
    result: dict[str, Point] = {}
    ring, rest = 0, list(leaves)
    while rest:
        ring += 1
        here, rest = rest[: _ring_size(ring)], rest[_ring_size(ring) :]
        for number, node in enumerate(here):
            angle = 2 * math.pi * number / len(here) + 0.5 * ring
            result[node] = (
                centre[0] + _UNIT * ring * math.cos(angle),
                centre[1] + _UNIT * ring * math.sin(angle),
            )
    return result


def _spread(points: Mapping[str, Point], radii: Mapping[str, float]) -> dict[str, Point]:
    """Circles pushed apart until none overlap (at most 60 rounds)."""
    names = list(points)
    xs, ys = [points[name][0] for name in names], [points[name][1] for name in names]
    sizes = [radii[name] for name in names]
    cell = 2 * max(sizes)
    for _ in range(60):
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in range(len(names)):
            grid[int(xs[number] // cell), int(ys[number] // cell)].append(number)
        moved = False
        for (column, row), here in grid.items():
            for near in _near(grid, column, row):
                x, y, reach = xs[near], ys[near], sizes[near] - 0.01
                for a in here:  # most pairs lie apart: the square tells, without a call
                    if a >= near or (xs[a] - x) ** 2 + (ys[a] - y) ** 2 >= (sizes[a] + reach) ** 2:
                        continue
                    _push(a, near, xs, ys, sizes)
                    x, y, moved = xs[near], ys[near], True
        if not moved:
            break
    return {name: (xs[number], ys[number]) for number, name in enumerate(names)}


def _near(grid: Mapping[tuple[int, int], list[int]], column: int, row: int) -> list[int]:
    around = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return [number for key in around if key in grid for number in grid[key]]


def _push(a: int, b: int, xs: list[float], ys: list[float], sizes: Sequence[float]) -> None:
    dx, dy = xs[b] - xs[a], ys[b] - ys[a]
    distance = math.hypot(dx, dy)
    overlap = sizes[a] + sizes[b] - distance
    if distance == 0:
        dx, dy, distance = 1.0, 0.0, 1.0
    share = 0.5 * overlap / distance
    xs[a], ys[a] = xs[a] - dx * share, ys[a] - dy * share
    xs[b], ys[b] = xs[b] + dx * share, ys[b] + dy * share


def _pack(parts: Sequence[Mapping[str, Point]]) -> dict[str, Point]:
    """Components in rows, so that the whole is about as wide as it is high."""
    boxes = []
    for part in parts:
        left, top = min(x for x, _ in part.values()), min(y for _, y in part.values())
        width = max(x for x, _ in part.values()) - left + 1.5 * _UNIT
        height = max(y for _, y in part.values()) - top + 1.5 * _UNIT
        boxes.append((part, left, top, width, height))
    line = max(
        [box[3] for box in boxes] + [1.3 * math.sqrt(sum(box[3] * box[4] for box in boxes))], default=0
    )
    result: dict[str, Point] = {}
    x = y = depth = 0.0
    for part, left, top, width, height in boxes:
        if x > 0 and x + width > line:
            x, y, depth = 0.0, y + depth, 0.0
        result.update({node: (px - left + x, py - top + y) for node, (px, py) in part.items()})
        x, depth = x + width, max(depth, height)
    return result
