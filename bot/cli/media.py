"""`between media`: make the moving pictures and the bells anew, and look at the clinic's own."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.catalog.media import BELLS, RATE, RHYTHMS, SIDE, rhythm_key
from bot.config import Settings
from bot.errors import BetweenError

if TYPE_CHECKING:
    from bot.reports.ringing import Samples

app = typer.Typer(help="Moving pictures, bells and recordings.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Moving pictures, bells and recordings."""


@app.command()
def render(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to; exercises/media if left out.")
    ] = None,
) -> None:
    """Draw every rhythm and ring every bell into files (needs the development group)."""
    into = folder or Settings().media_dir
    into.mkdir(parents=True, exist_ok=True)
    av = _encoder()
    from bot.reports.ringing import ring

    for seconds in RHYTHMS:
        _said(_film(av, seconds, into / f"{rhythm_key(seconds)}.mp4"))
    for key, bell in BELLS.items():
        _said(_sound(av, ring(bell), into / f"{key}.ogg"))


def _encoder() -> Any:
    try:
        import av
        import numpy as np  # noqa: F401 # the pictures and bells need it, nothing else of ours
    except ImportError:
        raise BetweenError("Rendering needs: pip install av numpy (group dev).") from None
    av.logging.set_level(av.logging.ERROR)
    return av


def _said(path: Path) -> None:
    typer.echo(f"{path.name}: {path.stat().st_size:,} bytes")


def _film(av: Any, seconds: tuple[int, ...], path: Path) -> Path:
    """H.264 in yuv420p without sound, its index in front: what Telegram shows as an animation."""
    from bot.reports.circle import frames

    # One thread and no dates inside: the same pictures give the same file.
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as box:
        stream = box.add_stream("libx264", rate=RATE)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "yuv420p"
        stream.thread_count = 1
        stream.options = {"crf": "26", "preset": "veryslow", "tune": "animation"}
        for pixels in frames(seconds):
            box.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        box.mux(stream.encode())
    return path


def _sound(av: Any, samples: "Samples", path: Path) -> Path:
    """Opus in Ogg, mono: what Telegram plays as a voice note."""
    from bot.reports.ringing import SAMPLES

    with av.open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as box:
        stream = box.add_stream("libopus", rate=SAMPLES, layout="mono")
        stream.bit_rate = 32_000
        size = SAMPLES // 50
        for at in range(0, len(samples), size):
            frame = av.AudioFrame.from_ndarray(samples[None, at : at + size], "s16", "mono")
            frame.sample_rate, frame.pts = SAMPLES, at
            frame.time_base = Fraction(1, SAMPLES)
            box.mux(stream.encode(frame))
        box.mux(stream.encode())
    return path
