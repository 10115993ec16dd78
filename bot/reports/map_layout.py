"""Where each step stands in the picture of an exercise: in layers, from the top down, untangled.

After Sugiyama, Tagawa and Toda (1981): every step stands below all that lead to it, and an arrow
that passes layers has a place of its own in each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.catalog.exercise import Exercise

WIDE, HIGH, APART, BELOW, MARGIN = 216, 54, 28, 64, 40
"""Pixels: a box, the room between boxes of a layer, between layers, and around everything."""
LANE = 26
"""Pixels: what an arrow takes that passes a layer."""
SWEEPS = 8

Nodes = list[list[str]]
"""The nodes of each layer from left to right: ids of steps, and `~` names for passing arrows."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another, with what is said or holds on the way."""

    start: str
    end: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layer and the middle (pixels from the left) of each node, and the nodes that each arrow
    passes on its way down; an arrow without a way leads back."""

    layer: dict[str, int]
    x: dict[str, float]
    ways: dict[Arrow, tuple[str, ...]]

    @property
    def width(self) -> float:
        """Pixels from the left to the right margin."""
        return max(at + _width(name) / 2 for name, at in self.x.items()) + MARGIN

    @property
    def height(self) -> int:
        """Pixels with both margins."""
        return (max(self.layer.values()) + 1) * (HIGH + BELOW) - BELOW + 2 * MARGIN


def laid_out(exercise: Exercise, arrows: Iterable[Arrow]) -> Layout:
    """Finds a place for every step, so that few arrows cross."""
    arrows = tuple(arrows)
    layer = _layers(exercise, arrows)
    ways = {arrow: _way(arrow, layer) for arrow in arrows if layer[arrow.end] > layer[arrow.start]}
    nodes, links = _nodes(exercise, layer, ways.values())
    _untangle(nodes, links)
    return Layout(layer, _across(nodes, links), ways)


def _layers(exercise: Exercise, arrows: Iterable[Arrow]) -> dict[str, int]:
    """How far down each step stands: below every step that leads to it and comes before it."""
    coming: dict[str, list[str]] = {}
    for arrow in arrows:
        if exercise.places[arrow.start] < exercise.places[arrow.end]:
            coming.setdefault(arrow.end, []).append(arrow.start)
    layer: dict[str, int] = {}
    for step in exercise.steps:
        layer[step.id] = max((layer[name] + 1 for name in coming.get(step.id, ())), default=0)
    return layer


def _way(arrow: Arrow, layer: dict[str, int]) -> tuple[str, ...]:
    """The nodes an arrow passes, one in each layer; arrows to one step share their lane."""
    first, last = layer[arrow.start], layer[arrow.end]
    lanes = (f"~{arrow.start}.{arrow.end}.{at}" for at in range(first + 1, last))
    return (arrow.start, *lanes, arrow.end)


def _nodes(
    exercise: Exercise, layer: dict[str, int], ways: Iterable[tuple[str, ...]]
) -> tuple[Nodes, list[tuple[str, str]]]:
    nodes: Nodes = [[] for _ in range(max(layer.values()) + 1)]
    for step in exercise.steps:
        nodes[layer[step.id]].append(step.id)
    links: list[tuple[str, str]] = []
    for way in ways:
        for at, name in enumerate(way[1:-1], layer[way[0]] + 1):
            nodes[at].append(name)
        links += pairwise(way)
    return nodes, links


def _untangle(nodes: Nodes, links: list[tuple[str, str]]) -> None:
    """Orders each layer by where its neighbours stand, down and up again, so that few cross."""
    above, below = _neighbours(links)
    for sweep in range(SWEEPS):
        near = above if sweep % 2 == 0 else below
        place = {name: at for row in nodes for at, name in enumerate(row)}
        for row in nodes if sweep % 2 == 0 else reversed(nodes):

            def key(name: str) -> float:
                return median([place[each] for each in near.get(name, ())] or [place[name]])  # noqa: B023 # used at once

            row.sort(key=key)
            place.update({name: at for at, name in enumerate(row)})


def _across(nodes: Nodes, links: list[tuple[str, str]]) -> dict[str, float]:
    """The middle of each node in pixels: near its neighbours, never over the one beside it."""
    above, below = _neighbours(links)
    x: dict[str, float] = {}
    for row in nodes:
        at = float(MARGIN)
        for name in row:
            x[name] = at + _width(name) / 2
            at += _width(name) + APART
    for sweep in range(SWEEPS):
        near = above if sweep % 2 == 0 else below
        for row in nodes if sweep % 2 == 0 else reversed(nodes):
            wanted = [median([x[each] for each in near.get(name, ())] or [x[name]]) for name in row]
            _spread(row, wanted, x)
    left = min(x[name] - _width(name) / 2 for row in nodes for name in row) - MARGIN
    return {name: at - left for name, at in x.items()}


def _spread(row: list[str], wanted: list[float], x: dict[str, float]) -> None:
    """Puts a layer as near to what is wanted as its order and the widths allow."""
    right = float("-inf")
    for name, at in zip(row, wanted, strict=True):
        x[name] = max(at, right + _width(name) / 2)
        right = x[name] + _width(name) / 2 + APART
    shift = sum(at - x[name] for name, at in zip(row, wanted, strict=True)) / len(row)
    for name in row:
        x[name] += shift


def _neighbours(links: list[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for start, end in links:
        above.setdefault(end, []).append(start)
        below.setdefault(start, []).append(end)
    return above, below


def _width(name: str) -> int:
    return LANE if name.startswith("~") else WIDE


def top(layer: int) -> int:
    """Where the boxes of a layer begin, in pixels from above."""
    return MARGIN + layer * (HIGH + BELOW)
