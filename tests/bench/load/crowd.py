"""Simulated participants: each waits for the next question, then answers it."""

import asyncio
import itertools
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from tests.bench.load.loopback import DATE, Loopback, message
from tests.bench.load.script import BEGIN, TURNS

PATIENCE = 120.0
"""Seconds until a bench gives up on a bot."""
MENU = {"inline_keyboard": [[{"text": "Begin", "callback_data": BEGIN}]]}


@dataclass(slots=True)
class _Person:
    at: int = 0
    acted: float = 0.0


@dataclass
class Crowd:
    """So many chats are open at a time; who is through makes place for the next one.

    People take turns, so that nobody writes faster than a person can.
    """

    telegram: Loopback
    people: Sequence[int]
    pace: float = 0.0
    """Updates a second all together; 0: as fast as answers come."""
    stop_at: int = len(TURNS)
    """How far each goes: fewer turns leave everybody in the middle."""
    enough: int = 1
    """So many through, and `through` is set."""
    through: asyncio.Event = field(default_factory=asyncio.Event)
    waits: list[float] = field(default_factory=list)
    """Seconds from an update to the reply to it."""
    finished: int = 0
    strange: Counter[str] = field(default_factory=Counter)
    """First words of what nobody waited for."""
    open: dict[int, _Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._next = itertools.cycle(self.people)
        self._press = itertools.count(1)
        self._ready: deque[int] = deque()
        self._held: dict[int, tuple[int, str, Any]] = {}
        self.telegram.on_sent = self._sent

    def open_chats(self, many: int) -> None:
        """So many people begin."""
        for _ in range(many):
            self._begin()

    async def has_answers(self, many: int) -> None:
        """Waits for so many replies; a busy computer may be slow at first."""
        async with asyncio.timeout(PATIENCE):
            while len(self.waits) < many:  # noqa: ASYNC110 # a figure is no event
                await asyncio.sleep(0.1)

    async def keep_pace(self, seconds: float) -> None:
        """Lets whoever is ready act, evenly spread, for so long."""
        began = perf_counter()
        for number in itertools.count():
            due = began + number / self.pace
            if due - began > seconds:
                return
            if (wait := due - perf_counter()) > 0:
                await asyncio.sleep(wait)
            if self._ready:
                self._act(self._ready.popleft())

    def _begin(self) -> None:
        if len(self.open) == len(self.people):
            return
        person = next(self._next)
        while person in self.open:
            person = next(self._next)
        self.open[person] = _Person()
        self._turn(person)

    def _turn(self, person: int) -> None:
        if self.pace:
            self._ready.append(person)
        else:
            self._act(person)

    def _act(self, person: int) -> None:
        who = self.open[person]
        who.acted = perf_counter()
        if who.at == 0:
            number = self.telegram.message_id()
            self._presses(person, BEGIN, message(person, number, "Menu", MENU))
            return
        turn = TURNS[who.at - 1]
        if turn.say:
            says(self.telegram, person, turn.say)
        else:
            held = self._held[person]
            self._presses(person, _labelled(held[2], turn.press), message(person, *held))

    def _sent(self, chat: int, number: int, text: str, markup: Any) -> None:
        if chat not in self.people:
            return  # somebody of an earlier crowd, whom a bot that was killed still owed a message
        who = self.open.get(chat)
        if who is None or TURNS[who.at].seen not in text:
            self.strange[text[:40]] += 1
            return
        self.waits.append(perf_counter() - who.acted)
        self._held[chat] = (number, text, markup)
        who.at += 1
        if who.at < self.stop_at:
            self._turn(chat)
            return
        self.finished += 1
        if self.finished >= self.enough:
            self.through.set()
        if self.stop_at == len(TURNS):
            del self.open[chat]
        self._begin()

    def _presses(self, person: int, data: str, below: dict[str, Any]) -> None:
        self.telegram.put(
            {
                "callback_query": {
                    "id": str(next(self._press)),
                    "from": _user(person),
                    "message": below,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )


def says(telegram: Loopback, person: int, text: str) -> None:
    """Somebody writes something."""
    telegram.put(
        {
            "message": {
                "message_id": telegram.message_id(),
                "from": _user(person),
                "chat": {"id": person, "type": "private", "first_name": "P"},
                "date": DATE,
                "text": text,
            }
        }
    )


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"}


def _labelled(markup: Any, label: str) -> str:
    for row in markup["inline_keyboard"]:
        for button in row:
            if button["text"] == label:
                return str(button["callback_data"])
    raise LookupError(label)
