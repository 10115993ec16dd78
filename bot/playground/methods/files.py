"""Where the bot finds a file it was sent."""

from bot.playground.call import Call
from bot.playground.errors import bad_request
from bot.playground.message import Json
from bot.playground.registry import method
from bot.playground.world import World

LARGEST = 20 * 1024 * 1024


@method("getFile")
def get_file(world: World, call: Call) -> Json:
    """The path of a file under /file/bot<token>/; 400 above 20 MB."""
    file = world.files.by_id.get(call.words("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > LARGEST:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }
