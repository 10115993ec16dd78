"""Messages with a file: photos, voice messages, documents, animations, videos."""

from typing import Any

from bot.playground.call import Call
from bot.playground.errors import ApiError, bad_request
from bot.playground.files import StoredFile, is_opus
from bot.playground.message import Json
from bot.playground.methods.sending import deliver
from bot.playground.registry import method
from bot.playground.texts import caption_of
from bot.playground.world import World

LARGEST_UPLOAD = 50 * 1024 * 1024
PHOTO_LARGEST = 10 * 1024 * 1024
NAMES = {"photo": "Photo", "voice": "VoiceNote", "animation": "Animation", "video": "Video"}
PLAYS = {"animation": ("video/mp4", "image/gif"), "voice": ("audio/ogg", "audio/mpeg", "video/mp4")}
"""What a file must be to be shown as this; anything else arrives as a document."""
DEFAULT_NAMES = {"photo": "photo.jpg", "voice": "voice.oga", "animation": "animation.mp4"}


def stored_file(world: World, call: Call, kind: str, value: Any) -> StoredFile:
    """The file a call points at: an upload, or one that was sent before."""
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    text = str(value)
    if text.startswith("attach://"):
        upload = call.files.get(text.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        if len(upload.data) > (PHOTO_LARGEST if kind == "photo" else LARGEST_UPLOAD):
            raise ApiError(413, "Request Entity Too Large")
        return world.files.add(kind, upload.name or DEFAULT_NAMES.get(kind, "file"), upload.data)
    if text.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content: the playground stays on this computer")
    if text not in world.files.by_id:
        raise bad_request("wrong file identifier/HTTP URL specified")
    found = world.files.by_id[text]
    if kind in NAMES and found.kind in NAMES and kind != found.kind:
        raise bad_request(f"can't use file of type {NAMES[found.kind]} as {NAMES[kind]}")
    return found


def file_content(kind: str, file: StoredFile, params: Json) -> Json:
    """The Bot API field that describes `file` as a `kind`."""
    facts: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }
    if kind in PLAYS and not _plays(kind, file):
        kind = "document"
    width, height = file.size
    duration = file.seconds or int(params.get("duration") or 0)
    moving = {"width": width or 640, "height": height or 360, "duration": duration}
    named = {"file_name": file.name, "mime_type": file.mime}
    match kind:
        case "photo" if not width:
            raise bad_request("IMAGE_PROCESS_FAILED")
        case "photo" if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        case "photo":
            return {"photo": [facts | {"width": width, "height": height}]}
        case "voice":
            return {"voice": facts | {"duration": duration, "mime_type": file.mime}}
        case "animation":
            return {"animation": facts | moving | named, "document": facts | named}
        case "video":
            return {"video": facts | moving | named}
    return {"document": facts | named}


def _plays(kind: str, file: StoredFile) -> bool:
    if kind == "voice" and file.mime == "audio/ogg":
        return is_opus(file.data)
    return file.mime in PLAYS[kind]


def content_of(world: World, call: Call, kind: str, params: Json, field: str) -> Json:
    """A file message: the file, its caption, whether it is covered."""
    file = stored_file(world, call, kind, params.get(field))
    content = file_content(kind, file, params) | caption_of(params)
    return content | ({"has_media_spoiler": True} if params.get("has_spoiler") else {})


def _send(world: World, call: Call, kind: str) -> Json:
    chat = world.open_chat(call.params.get("chat_id"))
    content = content_of(world, call, kind, call.params, kind)
    return world.as_bot_api(chat, deliver(world, call, chat, content))


@method("sendPhoto")
def send_photo(world: World, call: Call) -> Json:
    """A picture; 400 IMAGE_PROCESS_FAILED when the bytes are none."""
    return _send(world, call, "photo")


@method("sendDocument")
def send_document(world: World, call: Call) -> Json:
    """A file to keep."""
    return _send(world, call, "document")


@method("sendVoice")
def send_voice(world: World, call: Call) -> Json:
    """A voice message."""
    return _send(world, call, "voice")


@method("sendAnimation")
def send_animation(world: World, call: Call) -> Json:
    """A silent, looping picture."""
    return _send(world, call, "animation")


@method("sendVideo")
def send_video(world: World, call: Call) -> Json:
    """A video."""
    return _send(world, call, "video")
