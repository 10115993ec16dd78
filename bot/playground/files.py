"""The files that were sent: their bytes, their ids, and what they really contain."""

import re
import secrets
import struct
from dataclasses import dataclass
from itertools import count

from bot.playground.errors import bad_request

FOLDERS = {"photo": "photos", "voice": "voice", "animation": "animations", "video": "videos"}
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
EXTENSIONS |= {"audio/ogg": "oga", "audio/mpeg": "mp3", "video/mp4": "mp4"}
EXTENSIONS |= {"application/pdf": "pdf", "audio/wav": "wav"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One uploaded file. `mime` is read from the bytes, never believed from the sender."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; (0, 0) when this is no picture we can read."""
        return picture_size(self.data)

    @property
    def seconds(self) -> int:
        """How long an MP4 or Ogg Opus lasts, as its header says; 0 when it does not."""
        return round(length(self.data))


class Files:
    """Every file by its id and by its path. It has state: an upload stays downloadable."""

    def __init__(self) -> None:
        self._numbers = count(1)
        # Another playground knows nothing of these ids, as another bot would not.
        self._mark = secrets.token_hex(4)
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self.by_unique_id: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, data: bytes) -> StoredFile:
        """Keep `data`; refuses an empty file as Telegram does."""
        if not data:
            raise bad_request("file must be non-empty")
        number, mime = next(self._numbers), sniff(data)
        safe = re.sub(r"[^\w.\- ]+", "_", name)[:120] or "file"
        extension = EXTENSIONS.get(mime) or safe.rpartition(".")[2][:8] or "bin"
        path = f"{FOLDERS.get(kind, 'documents')}/file_{number}.{extension}"
        file_id, unique_id = f"PG{self._mark}{number:08d}", f"PGu{self._mark}{number:08d}"
        stored = StoredFile(file_id, unique_id, kind, safe, mime, data, path)
        self.by_id[stored.file_id] = stored
        self.by_path[path] = stored
        self.by_unique_id[stored.unique_id] = stored
        return stored


def sniff(data: bytes) -> str:
    """The media type by the first bytes; application/octet-stream when unknown."""
    match data[:12]:
        case head if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return "image/png"
        case head if head.startswith(b"\xff\xd8\xff"):
            return "image/jpeg"
        case head if head.startswith((b"GIF87a", b"GIF89a")):
            return "image/gif"
        case head if head[:4] == b"RIFF" and head[8:] == b"WEBP":
            return "image/webp"
        case head if head[:4] == b"RIFF" and head[8:] == b"WAVE":
            return "audio/wav"
        case head if head.startswith(b"OggS"):
            return "audio/ogg"
        case head if head.startswith((b"ID3", b"\xff\xfb")):
            return "audio/mpeg"
        case head if head[4:8] == b"ftyp":
            return "video/mp4"
        case head if head.startswith(b"%PDF-"):
            return "application/pdf"
    return "application/octet-stream"


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG; a square guess for WebP; else (0, 0)."""
    match sniff(data):
        case "image/png" if len(data) >= 24:
            width, height = struct.unpack(">II", data[16:24])
            return width, height
        case "image/gif" if len(data) >= 10:
            width, height = struct.unpack("<HH", data[6:10])
            return width, height
        case "image/jpeg":
            return _jpeg_size(data)
        case "image/webp":
            return 512, 512
        case "video/mp4" if (at := data.find(b"tkhd")) > 0 and len(data) >= at + 88:
            start = at + (92 if data[at + 4] == 1 else 80)
            width, height = struct.unpack(">II", data[start : start + 8])
            return width >> 16, height >> 16
    return 0, 0


def length(data: bytes) -> float:
    """Seconds of an MP4 (from mvhd) or an Ogg Opus (from its last page); else 0."""
    if sniff(data) == "video/mp4" and (at := data.find(b"mvhd")) > 0 and len(data) >= at + 24:
        scale, ticks = struct.unpack(">II", data[at + 16 : at + 24])
        return float(ticks / scale) if scale else 0.0
    if is_opus(data):
        return int.from_bytes(data[(last := data.rfind(b"OggS")) + 6 : last + 14], "little") / 48000
    return 0.0


def is_opus(data: bytes) -> bool:
    """Whether this is Opus in Ogg, what a voice note must be (or MP3, or M4A)."""
    return data.startswith(b"OggS") and b"OpusHead" in data[:128]


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
