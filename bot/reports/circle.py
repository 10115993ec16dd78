"""A breath to look at: a soft circle that grows, stays and shrinks, as plain pixels."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.catalog.media import RATE, SIDE

Pixels = NDArray[np.uint8]

# Quiet on a white and on a black screen: nothing brighter than a cloudy sky, no pure black.
GROUND, DISC, GLOW, RING = (
    np.array(each, dtype=np.float64)
    for each in ((27, 38, 50), (126, 178, 178), (44, 66, 78), (62, 84, 96))
)
SMALL, LARGE = 0.36, 0.80  # of half the side


def moves(seconds: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    """From which size to which each phase goes (0 small, 1 large)."""
    match len(seconds):
        case 2:
            return ((0, 1), (1, 0))
        case 3:
            return ((0, 1), (1, 1), (1, 0))
        case _:
            return ((0, 1), (1, 1), (1, 0), (0, 0))


def frames(seconds: tuple[int, ...]) -> Iterator[Pixels]:
    """All pictures of one breath, SIDE × SIDE × 3; the last leads back to the first."""
    for lasts, (low, high) in zip(seconds, moves(seconds), strict=True):
        for tick in range(lasts * RATE):
            part = tick / (lasts * RATE)
            eased = (1 - np.cos(np.pi * part)) / 2
            yield picture(low + (high - low) * eased, part if low == high else None)


def picture(size: float, held: float | None) -> Pixels:
    """One moment: how large (0 to 1), and while it stays, how much of that time is over."""
    half = SIDE / 2
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5 - half
    far = np.hypot(x, y) / half
    radius = SMALL + (LARGE - SMALL) * size
    image = np.broadcast_to(GROUND, (SIDE, SIDE, 3)).copy()
    image = _over(image, GLOW, 0.8 * np.clip(1 - (far - radius) / 0.16, 0, 1) ** 2)
    image = _over(image, RING, _edge(np.abs(far - LARGE - 0.08), 0.010))
    image = _over(image, DISC, _edge(far, radius) * (0.80 + 0.20 * np.clip(far / radius, 0, 1)))
    if held is not None:  # a thin line goes round while nothing moves: it shows how long
        turn = (np.arctan2(x, -y) / (2 * np.pi)) % 1
        line = _edge(np.abs(far - LARGE - 0.08), 0.014) * (turn <= held)
        image = _over(image, DISC, line)
    return np.asarray(np.clip(np.rint(image), 0, 255), dtype=np.uint8)


def _edge(far: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """1 inside, 0 outside, with an edge two pixels soft."""
    return np.asarray(np.clip((radius - far) * SIDE / 4 + 0.5, 0, 1))


def _over(
    image: NDArray[np.float64], colour: NDArray[np.float64], cover: NDArray[np.float64]
) -> NDArray[np.float64]:
    share = cover[..., None]
    return np.asarray(image * (1 - share) + colour * share)
