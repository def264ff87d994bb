"""A static picture of an entity graph, as SVG, or as PNG by way of it.

Nodes without a fact are left out. The layout is that of the exports, stretched sideways because labels are wide. Each
label takes the first free place around its node, further out with a thin line to it where all near ones are taken;
relation names stand on edges where there is room. The font is named, not shipped: Noto Sans CJK SC or what the system
has for Chinese.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from kg.errors import UsageError
from kg.graph.layout import Point, positions
from kg.graph.load import load_graph
from kg.knowledge.ontology import load_ontology

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, sans-serif"
_SIZE, _SMALL = 13.0, 9.0
_STRETCH = (2.6, 1.25)
_LONGEST = 18
_MARGIN = 90.0
_LEGEND = 34.0
_CELL = 60.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Dot:
    name: str
    label: str
    full: str
    color: str
    x: float
    y: float
    radius: float
    leftward: bool


def draw(source: Path, target: Path) -> Path:
    """Draw a `graph.graphml` or `graph.gexf` into an `.svg` or `.png` file; the path written.

    Raises UsageError for another ending or a graph without facts, InputError when the graph cannot be read.
    """
    ending = target.suffix.lower()
    if ending not in {".svg", ".png"}:
        raise UsageError(
            f"cannot draw {ending or 'a file without ending'}", where=str(target), hint="Use .svg or .png."
        )
    svg = picture(source)
    if ending == ".svg":
        target.write_text(svg, encoding="utf-8")
        return target
    try:
        import resvg_py
    except ImportError:
        hint = "Install the extra: pip install 'lgkg[draw]'; or draw an .svg."
        raise UsageError("PNG needs resvg-py", where=str(target), hint=hint) from None
    target.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=False)))
    return target


def picture(source: Path) -> str:
    """The picture as SVG text; the same file gives the same text."""
    graph = load_graph(source)
    edges = [(a, b, str(data.get("label", ""))) for a, b, data in graph.edges(data=True) if a != b]
    if not edges:
        raise UsageError("the graph has no facts to draw", where=str(source))
    degree = Counter(end for a, b, _ in edges for end in (a, b))
    laid = positions(sorted(degree), [(a, b) for a, b, _ in edges])
    around: dict[str, list[float]] = defaultdict(list)
    for a, b, _ in edges:
        around[a].append(laid[b][0])
        around[b].append(laid[a][0])
    dots = {
        name: _dot(name, graph.nodes[name], degree[name], laid[name], around[name]) for name in sorted(degree)
    }
    labels = _Labels(dots)
    nodes = _nodes(dots, labels, degree)  # names find their places before the words on the edges
    lines = [*_edges(dots, edges, labels), *nodes]
    return _frame(dots, lines, {str(graph.nodes[name].get("type", "")) for name in dots})


def _dot(
    name: str, data: Mapping[str, object], degree: int, point: Point, neighbours: Sequence[float]
) -> _Dot:
    full = str(data.get("label", name))
    short = full if len(full) <= _LONGEST else full[: _LONGEST - 1] + "…"
    ontology = load_ontology()
    known = ontology.types.get(str(data.get("type", "")))
    mean = sum(neighbours) / len(neighbours)
    x, y = point[0] * _STRETCH[0], point[1] * _STRETCH[1]
    return _Dot(
        name,
        short,
        full,
        known.color if known else "#999999",
        x,
        y,
        4 + 1.6 * math.sqrt(degree),
        point[0] < mean,
    )


def _width(text: str, size: float) -> float:
    return sum(size if ord(char) > 0x2E80 or char in "“”…" else 0.56 * size for char in text)


class _Labels:
    """Boxes already taken, in a grid, so that a free place is found quickly."""

    def __init__(self, dots: Mapping[str, _Dot]) -> None:
        self._grid: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for dot in dots.values():
            self.take((dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius))

    def take(self, box: Box) -> None:
        for cell in _cells(box):
            self._grid[cell].append(box)

    def free(self, box: Box) -> bool:
        box = (box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1)
        return not any(_overlap(box, other) for cell in _cells(box) for other in self._grid.get(cell, ()))

    def place(self, dot: _Dot) -> tuple[Box, bool]:
        """The box of the dot's label, and whether it stands so far off that a line must lead to it."""
        width, height = _width(dot.label, _SIZE), 1.15 * _SIZE
        for ring in range(14):
            gap = dot.radius + 3.5 + ring * 0.8 * _SIZE
            for x, y in _around(gap, width, height, leftward=dot.leftward):
                box = (dot.x + x, dot.y + y, dot.x + x + width, dot.y + y + height)
                if self.free(box):
                    self.take(box)
                    return box, ring > 0
        box = (dot.x + dot.radius, dot.y - height / 2, dot.x + dot.radius + width, dot.y + height / 2)
        self.take(box)
        return box, False


def _around(gap: float, width: float, height: float, *, leftward: bool) -> Iterator[Point]:
    """Upper left corners of a box around a dot: the side away from its neighbours, the other, below, above, corners."""
    slant = 0.7 * gap
    sides = [(gap, -height / 2), (-gap - width, -height / 2)]
    yield from reversed(sides) if leftward else sides
    yield -width / 2, gap
    yield -width / 2, -gap - height
    for x in (slant, -slant - width):
        for y in (slant, -slant - height):
            yield x, y


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // _CELL) for side in box)
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _nodes(dots: Mapping[str, _Dot], labels: _Labels, degree: Mapping[str, int]) -> list[str]:
    lines = []
    for name in sorted(dots, key=lambda name: (-degree[name], name)):
        dot = dots[name]
        box, far = labels.place(dot)
        if far:
            x, y = min(max(dot.x, box[0]), box[2]), min(max(dot.y, box[1]), box[3])
            lines.append(f'<path class="lead" d="M{dot.x:.1f} {dot.y:.1f}L{x:.1f} {y:.1f}"/>')
        lines.append(
            f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.1f}" fill="{dot.color}">'
            f"<title>{escape(dot.full)}</title></circle>"
        )
        lines.append(f'<text x="{box[0]:.1f}" y="{box[3] - 0.22 * _SIZE:.1f}">{escape(dot.label)}</text>')
    return lines


def _edges(dots: Mapping[str, _Dot], edges: list[tuple[str, str, str]], labels: _Labels) -> list[str]:
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for a, b, label in edges:
        pairs[a, b].add(label)
    lines = []
    for (a, b), names in sorted(pairs.items()):
        one, other = dots[a], dots[b]
        length = math.hypot(other.x - one.x, other.y - one.y) or 1.0
        end = max(0.0, 1 - (other.radius + 3) / length)
        x, y = one.x + (other.x - one.x) * end, one.y + (other.y - one.y) * end
        lines.append(f'<path class="edge" d="M{one.x:.1f} {one.y:.1f}L{x:.1f} {y:.1f}"/>')
        text = "、".join(sorted(names))
        width = _width(text, _SMALL)
        middle_x, middle_y = (one.x + other.x) / 2, (one.y + other.y) / 2
        box = (middle_x - width / 2, middle_y - _SMALL / 2, middle_x + width / 2, middle_y + _SMALL / 2)
        if length > width + one.radius + other.radius + 6 and labels.free(box):
            labels.take(box)
            lines.append(f'<text class="kind" x="{box[0]:.1f}" y="{box[3] - 1:.1f}">{escape(text)}</text>')
    return lines


def _frame(dots: Mapping[str, _Dot], lines: list[str], types: set[str]) -> str:
    reach = _width("字" * (_LONGEST + 1), _SIZE)  # a label may stand wholly on either side of the outmost dot
    left = min(dot.x for dot in dots.values()) - _MARGIN / 2 - reach
    right = max(dot.x for dot in dots.values()) + _MARGIN / 2 + reach
    top = min(dot.y for dot in dots.values()) - _MARGIN
    bottom = max(dot.y for dot in dots.values()) + _MARGIN
    legend, x = [], left + 24
    for code, entity_type in load_ontology().types.items():
        if code in types:
            label = entity_type.term.label_zh
            legend.append(f'<circle cx="{x:.1f}" cy="{bottom:.1f}" r="6" fill="{entity_type.color}"/>')
            legend.append(f'<text x="{x + 11:.1f}" y="{bottom + 5:.1f}">{label}</text>')
            x += 34 + _width(label, _SIZE)
    size = (right - left, bottom - top + _LEGEND)
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]:.0f}" height="{size[1]:.0f}" '
                f'viewBox="{left:.1f} {top:.1f} {size[0]:.1f} {size[1]:.1f}">'
            ),
            (
                "<defs><marker id='tip' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='6' markerHeight='6' orient='auto'>"
                "<path d='M0 0L8 4L0 8z' fill='#8a8a8a'/></marker></defs>"
            ),
            (
                f"<style>text{{font:{_SIZE:g}px {FONT};fill:#1a1a1a;paint-order:stroke;stroke:#fff;stroke-width:3px}} text.kind{{font-size:{_SMALL:g}px;fill:#666}}"
                " .edge{stroke:#b5b5b5;fill:none;marker-end:url(#tip)} .lead{stroke:#777;stroke-width:.6;stroke-dasharray:2 2}"
                " circle{stroke:#fff;stroke-width:1}</style>"
            ),
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}" fill="#fff"/>',
            *lines,
            *legend,
            "</svg>",
            "",
        ]
    )
