"""Sample attachments a phone can send: a drawn picture, a second of sound, a sticker."""

import struct
import zlib
from collections.abc import Callable
from functools import lru_cache

from bot.playground.chat import Chat
from bot.playground.errors import NotPossibleError
from bot.playground.files import Files, StoredFile
from bot.playground.message import Json

RATE = 8000
SECONDS = 2


def sample_content(files: Files, chat: Chat, kind: str) -> Json:
    """The Bot API content of a sample `kind`; NotPossibleError (400) for an unknown kind."""
    if kind == "contact":
        phone = {"phone_number": "+15550100", "first_name": chat.person.first_name}
        return {"contact": phone | {"user_id": chat.person.id}}
    if kind == "location":
        return {"location": {"latitude": 48.2082, "longitude": 16.3738}}
    maker = _MAKERS.get(kind)
    if maker is None:
        known = ", ".join(["contact", "location", *_MAKERS])
        raise NotPossibleError(f"A phone cannot send a {kind}. Known: {known}.", 400)
    return {kind: maker(files)}


def _facts(file: StoredFile) -> Json:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }


def _photo(files: Files) -> list[Json]:
    sizes = [(160, 120), (640, 480)]
    made = [files.add("photo", "photo.png", drawing(*size)) for size in sizes]
    return [
        _facts(file) | {"width": width, "height": height}
        for file, (width, height) in zip(made, sizes, strict=True)
    ]


def _voice(files: Files) -> Json:
    file = files.add("voice", "voice.wav", hum())
    return _facts(file) | {"duration": SECONDS, "mime_type": "audio/ogg"}


def _audio(files: Files) -> Json:
    file = files.add("audio", "hum.wav", hum())
    return _facts(file) | {"duration": SECONDS, "mime_type": file.mime, "title": "Hum"}


def _video(files: Files) -> Json:
    file = files.add("video", "clip.mp4", b"\0\0\0\x18ftypmp42 a playground clip")
    shape = {"width": 640, "height": 360, "duration": SECONDS}
    return _facts(file) | shape | {"mime_type": "video/mp4", "file_name": file.name}


def _video_note(files: Files) -> Json:
    file = files.add("video", "note.mp4", b"\0\0\0\x18ftypmp42 a playground note")
    return _facts(file) | {"length": 240, "duration": SECONDS}


def _document(files: Files) -> Json:
    file = files.add("document", "notes.txt", b"Notes from a phone in the playground.\n")
    return _facts(file) | {"file_name": file.name, "mime_type": "text/plain"}


def _sticker(files: Files) -> Json:
    file = files.add("sticker", "sticker.png", drawing(256, 256))
    shape: Json = {"type": "regular", "width": 256, "height": 256}
    return _facts(file) | shape | {"is_animated": False, "is_video": False, "emoji": "🙂"}


_MAKERS: dict[str, Callable[[Files], Json | list[Json]]] = {
    "voice": _voice,
    "photo": _photo,
    "sticker": _sticker,
    "document": _document,
    "video": _video,
    "audio": _audio,
    "video_note": _video_note,
}


@lru_cache
def drawing(width: int, height: int) -> bytes:
    """A PNG: evening sky over a hill."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        sky = y / height
        for x in range(width):
            hill = y > height * (0.72 - 0.16 * (1 - (2 * x / width - 1) ** 2))
            near = (x - width * 0.7) ** 2 + (y - height * 0.35) ** 2 < (height * 0.11) ** 2
            if near and not hill:
                rows += bytes((255, 236, 200))
            elif hill:
                rows += bytes((38, 92, 84))
            else:
                rows += bytes((int(110 + 140 * sky), int(150 + 30 * sky), int(190 - 70 * sky)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )


@lru_cache
def hum() -> bytes:
    """A WAV: two seconds of a quiet tone."""
    tone = bytes(128 + (8 if (n // 20) % 2 else -8) for n in range(RATE * SECONDS))
    form = struct.pack("<HHIIHH", 1, 1, RATE, RATE, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(tone)) + tone
    return b"RIFF" + struct.pack("<I", len(body)) + body
