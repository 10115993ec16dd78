"""The people's side over HTTP: what the page and the tests do with phones, clock and faults."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground import people
from bot.playground.errors import NotPossibleError
from bot.playground.message import Json
from bot.playground.person import Person
from bot.playground.phones import bot_shown, chat_shown, person_shown
from bot.playground.world import World

LONGEST_WAIT = 60.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What is not possible becomes `{"error": sentence}` with its status."""
    try:
        return await handler(request)
    except NotPossibleError as error:
        return web.json_response({"error": str(error)}, status=error.status)


async def read_body(request: web.Request) -> Json:
    """The JSON object of a request, empty when there is none; NotPossibleError (400) otherwise."""
    raw = await request.read()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise NotPossibleError("The body is not JSON.", 400) from None
    if not isinstance(body, dict):
        raise NotPossibleError("The body is not a JSON object.", 400)
    return body


def number(value: Any, name: str) -> int:
    """`value` as an integer; NotPossibleError (400) naming `name` when it is none."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise NotPossibleError(f"{name} must be a whole number.", 400) from None


def _first_name(body: Json) -> str:
    """NotPossibleError where it is missing."""
    name = str(body.get("first_name") or "").strip()
    if not name:
        raise NotPossibleError("first_name is missing.", 400)
    return name[:64]


class PeopleApi:
    """The phones over HTTP; it only translates, `people` does the work."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, app: web.Application) -> None:
        """Everything below /api/people, and the bot as phones see it."""
        one = "/api/people/{id:\\d+}"
        app.router.add_get("/api/people", self.list_people)
        app.router.add_post("/api/people", self.add_person)
        app.router.add_post(f"{one}/messages", self.send)
        app.router.add_post(f"{one}/files", self.send_file)
        app.router.add_post(f"{one}/presses", self.press)
        app.router.add_post(f"{one}/votes", self.vote)
        app.router.add_post(f"{one}/reactions", self.react)
        app.router.add_get(f"{one}/chat", self.read_chat)
        app.router.add_get(f"{one}/commands", self.commands)
        app.router.add_post(f"{one}/language", self.change_language)
        app.router.add_post(f"{one}/name", self.change_name)
        app.router.add_post(f"{one}/block", self.block)
        app.router.add_post(f"{one}/unblock", self.unblock)
        app.router.add_post(f"{one}/leave_telegram", self.leave_telegram)
        app.router.add_post(f"{one}/read", self.read)
        app.router.add_get(f"{one}/bot", self.bot)

    async def list_people(self, _request: web.Request) -> web.Response:
        """All phones that are here: [{id, first_name, language_code, username, started, blocked,
        unread}]."""
        here = (chat for chat in self._world.chats.values() if not chat.person.elsewhere)
        return web.json_response([person_shown(chat) for chat in here])

    async def add_person(self, request: web.Request) -> web.Response:
        """A fresh phone from {"first_name", "language_code", "username"?, "id"?}."""
        body = await read_body(request)
        name = _first_name(body)
        given = body.get("id")
        person = Person(
            id=number(given, "id") if given else self._world.free_id(),
            first_name=name,
            language_code=str(body.get("language_code") or "en")[:12],
            username=str(body["username"])[:32] if body.get("username") else None,
        )
        return web.json_response(person_shown(self._world.welcome(person)), status=201)

    async def send(self, request: web.Request) -> web.Response:
        """{"text"} says something, {"text", "edit": id} edits, {"kind"} sends a sample file."""
        body, person_id = await read_body(request), self._id(request)
        if "kind" in body and body["kind"] != "text":
            message = people.send(self._world, person_id, str(body["kind"]))
        elif "edit" in body:
            edited = number(body["edit"], "edit")
            message = people.edit(self._world, person_id, edited, str(body.get("text") or ""))
        else:
            message = people.say(self._world, person_id, str(body.get("text") or ""))
        return web.json_response({"message_id": message.message_id})

    async def send_file(self, request: web.Request) -> web.Response:
        """The body is a file that the person sends as a document; ?name= and ?caption= go along."""
        name = request.query.get("name") or "file"
        caption = request.query.get("caption") or ""
        data = await request.read()
        message = people.send_file(self._world, self._id(request), name, data, caption)
        return web.json_response({"message_id": message.message_id})

    async def press(self, request: web.Request) -> web.Response:
        """{"message_id", "data", "force"?} taps a button: {"callback_query_id"}."""
        body = await read_body(request)
        message_id, data = number(body.get("message_id"), "message_id"), str(body.get("data", ""))
        force = body.get("force") is True
        query = people.press(self._world, self._id(request), message_id, data, force=force)
        return web.json_response({"callback_query_id": query})

    async def vote(self, request: web.Request) -> web.Response:
        """{"message_id", "options": [0, ...]} votes in a poll."""
        body = await read_body(request)
        options = [number(option, "options") for option in body.get("options") or []]
        message_id = number(body.get("message_id"), "message_id")
        people.vote(self._world, self._id(request), message_id, options)
        return web.json_response({})

    async def react(self, request: web.Request) -> web.Response:
        """{"message_id", "emoji"} reacts to a message; an empty emoji takes it back."""
        body = await read_body(request)
        message_id = number(body.get("message_id"), "message_id")
        people.react(self._world, self._id(request), message_id, str(body.get("emoji") or ""))
        return web.json_response({})

    async def read_chat(self, request: web.Request) -> web.Response:
        """The chat: messages, toasts, keyboards, and `seq`, the number of the last change.

        Every change of any chat has a number that only grows. `?after=<seq>` answers only what
        changed after that number (new, edited and deleted messages alike, each once, in its
        newest state); without `after`, everything. `&wait=<seconds>` (at most 60) holds the
        answer until this chat has changed after `after`. Pass the `seq` of the last answer. (The id
        of a message will do too: the number of a change is never lower than the ids so far.)
        """
        chat, feed = self._world.chat_of(self._id(request)), self._world.feed
        after = number(request.query.get("after") or 0, "after")
        wait = min(number(request.query.get("wait") or 0, "wait"), LONGEST_WAIT)
        until = feed.time() + wait
        while chat.seq <= after and not feed.closed and (left := until - feed.time()) > 0:
            await feed.wait(left)
        return web.json_response(chat_shown(self._world, chat, after))

    async def commands(self, request: web.Request) -> web.Response:
        """The command list this person sees."""
        person = self._world.chat_of(self._id(request)).person
        return web.json_response(self._world.profile.commands_for(person.id, person.language_code))

    async def change_language(self, request: web.Request) -> web.Response:
        """{"language_code"}: the person switches the language of their Telegram."""
        body, chat = await read_body(request), self._world.chat_of(self._id(request))
        self._world.speak(chat, str(body.get("language_code") or "en")[:12])
        return web.json_response(person_shown(chat))

    async def change_name(self, request: web.Request) -> web.Response:
        """{"first_name"}: the person calls themselves something else in their Telegram."""
        body, chat = await read_body(request), self._world.chat_of(self._id(request))
        self._world.rename(chat, _first_name(body))
        return web.json_response(person_shown(chat))

    async def block(self, request: web.Request) -> web.Response:
        """The person blocks the bot."""
        people.block(self._world, self._id(request), blocked=True)
        return web.json_response({})

    async def unblock(self, request: web.Request) -> web.Response:
        """The person lets the bot in again."""
        people.block(self._world, self._id(request), blocked=False)
        return web.json_response({})

    async def leave_telegram(self, request: web.Request) -> web.Response:
        """The person deletes their Telegram account."""
        people.leave_telegram(self._world, self._id(request))
        return web.json_response({})

    async def read(self, request: web.Request) -> web.Response:
        """The person has seen everything."""
        self._world.read(self._world.chat_of(self._id(request)))
        return web.json_response({})

    async def bot(self, request: web.Request) -> web.Response:
        """The bot as this person's phone shows it."""
        person = self._world.chat_of(self._id(request)).person
        return web.json_response(bot_shown(self._world, person.language_code))

    def _id(self, request: web.Request) -> int:
        return int(request.match_info["id"])
