"""What a media file really contains, read from its first bytes and headers; never decoded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

OPUS_RATE = 48_000  # Ogg Opus counts in samples of 48 kHz, whatever was recorded (RFC 7845, 4)
_INSIDE = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """`container` is "mp4", "ogg", "mp3" or "" (none we know); `codecs` are those found in it.

    Seconds, width and height are 0 where the header does not say.
    """

    container: str
    codecs: tuple[str, ...] = ()
    seconds: float = 0
    width: int = 0
    height: int = 0


def facts_of(data: bytes) -> MediaFacts:
    """Reads what it is; a broken or unknown file has no container."""
    try:
        if data[4:8] == b"ftyp":
            return _mp4(data)
        if data.startswith(b"OggS"):
            return _ogg(data)
    except (struct.error, IndexError, ValueError):
        return MediaFacts("")
    if data.startswith(b"ID3") or (data[:1] == b"\xff" and len(data) > 1 and data[1] >= 0xE0):
        return MediaFacts("mp3", ("mp3",))
    return MediaFacts("")


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Every box of an MP4 (ISO/IEC 14496-12), those inside others too: name, start, end."""
    at = start
    while at + 8 <= end:
        size, name = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if size == 0 else min(at + size, end)
        if stop < at + head:
            raise ValueError(name)
        yield name, at + head, stop
        if name in _INSIDE:
            yield from _boxes(data, at + head, stop)
        at = stop


def _mp4(data: bytes) -> MediaFacts:
    codecs: list[str] = []
    seconds, width, height = 0.0, 0, 0
    for name, start, _ in _boxes(data, 0, len(data)):
        if name == b"mvhd":
            wide = data[start] == 1
            scale, length = struct.unpack_from(*((">IQ", data, start + 20) if wide
                                                 else (">II", data, start + 12)))  # fmt: skip
            seconds = length / scale if scale else 0.0
        elif name == b"tkhd":
            at = start + (88 if data[start] == 1 else 76)
            found = [each >> 16 for each in struct.unpack_from(">II", data, at)]
            width, height = max(width, found[0]), max(height, found[1])
        elif name == b"stsd":
            codecs.append(data[start + 12 : start + 16].decode("latin-1"))
    return MediaFacts("mp4" if codecs else "", tuple(codecs), seconds, width, height)


def _ogg(data: bytes) -> MediaFacts:
    codec = "opus" if b"OpusHead" in data[:128] else "vorbis" if b"vorbis" in data[:128] else ""
    last = data.rfind(b"OggS")
    (samples,) = struct.unpack_from("<q", data, last + 6)
    head = data.find(b"OpusHead")
    skipped = struct.unpack_from("<H", data, head + 10)[0] if codec == "opus" else 0
    seconds = max(0, samples - skipped) / OPUS_RATE if codec == "opus" else 0.0
    return MediaFacts("ogg", (codec,) if codec else (), seconds)
