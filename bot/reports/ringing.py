"""A bell to listen to: partials that fade, each at its own pace, as plain samples."""

import numpy as np
from numpy.typing import NDArray

from bot.catalog.media import Bell

Samples = NDArray[np.int16]

SAMPLES = 48_000
"""In a second; what Opus works with."""
LOUDEST = 0.30
"""Of full scale: a bell that nobody starts at."""
APART = 2.5
"""Seconds between two strokes."""

# Chosen by ear, not in whole ratios: that is what makes it a bowl and not a string.
PARTIALS = ((1.0, 1.0, 1.0), (2.71, 0.45, 0.55), (5.15, 0.18, 0.30), (8.43, 0.06, 0.16))
"""Height, strength and lasting of each partial against the lowest."""
_BEAT = 0.6  # hertz between the twins of a mode: the slow waver of a bowl


def ring(bell: Bell) -> Samples:
    """Mono, 16 bits; soft at the start, silent at the end."""
    length = int(bell.seconds * SAMPLES)
    sound = np.zeros(length)
    for stroke in range(bell.strokes):
        begins = int(stroke * APART * SAMPLES)
        sound[begins:] += _stroke(bell, length - begins)
    fade = np.clip(np.arange(length)[::-1] / (0.5 * SAMPLES), 0, 1)
    sound = sound * fade
    return np.asarray(sound / np.abs(sound).max() * LOUDEST * 32767, dtype=np.int16)


def _stroke(bell: Bell, length: int) -> NDArray[np.float64]:
    t = np.arange(length) / SAMPLES
    sound = np.zeros(length)
    for height, strength, lasting in PARTIALS:
        fading = np.exp(-t * 4.2 / (bell.seconds * lasting))
        for twin in (-_BEAT / 2, _BEAT / 2):
            sound += strength / 2 * fading * np.sin(2 * np.pi * (bell.hertz * height + twin) * t)
    return np.asarray(sound * np.clip(t / 0.012, 0, 1))
