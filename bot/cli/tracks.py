"""`between exercises tracks`: which tracks and workshops there are, and what each does."""

from collections.abc import Iterator
from typing import Annotated

import typer

from bot.catalog.load import Library, read_library
from bot.catalog.text import said
from bot.catalog.tracks import Offer, Track
from bot.config import Settings
from bot.errors import BetweenError


def tracks(
    name: Annotated[str | None, typer.Argument(help="One track; all of them without it.")] = None,
    lang: Annotated[str, typer.Option(help="en, es …")] = "en",
) -> None:
    """List the tracks, or what one of them offers, guards and tells clinicians."""
    settings = Settings()
    library = read_library(settings.exercises_dir, settings.cache)
    if name is None:
        lines = [_line(library, each, lang) for each in library.tracks.names]
    else:
        lines = list(_shown(library, _track(library, name), lang))
    for line in lines or ["There is no track: exercises/tracks/ is empty."]:
        typer.echo(line)


def _track(library: Library, name: str) -> Track:
    track = library.tracks.find(name)
    if track is None:
        raise BetweenError(f"There is no track “{name}”.{library.tracks.guess(name)}")
    if track.cautious:
        raise BetweenError(f"{name}.yaml cannot be read. Run: between exercises check")
    return track


def _line(library: Library, name: str, lang: str) -> str:
    track = library.tracks.find(name)
    if track is None or track.cautious:
        return f"{name:<12} cannot be read; run: between exercises check"
    ground = f", on {track.overlays[0].track}" if len(track.overlays) > 1 else ""
    return f"{name:<12} {said(track.overlays[-1].title, lang)}{ground} · {track.check_in}"


def _shown(library: Library, track: Track, lang: str) -> Iterator[str]:
    yield _line(library, track.id, lang)
    for offer in Offer:
        ids = [key for key, each in library.exercises.items() if track.offer_of(each) is offer]
        yield f"  {offer.value:<10} {', '.join(sorted(ids)) or 'none'}"
    for overlay in track.overlays:
        for gate in overlay.gates:
            yield f"  gate       {gate.ask.id}: {', '.join(gate.to)}"
        for note in overlay.notes:
            yield f"  note       {said(note, lang)}"
