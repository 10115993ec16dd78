"""Whatever four people do at once, in whatever order, reaches four processes and breaks none."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import Session

from bot.catalog.load import Library
from bot.messages.callback import LONGEST
from bot.messages.pack import LONGEST as LONGEST_TEXT
from bot.messages.pack import units
from bot.playground.html import parse_html
from bot.store import outbox
from bot.store.worker import Database
from bot.usecases import ring
from bot.usecases.incoming import Command, Incoming, Press, Sender, What, Words
from bot.usecases.kit import Kit
from bot.usecases.receive import receive
from tests.catalog.shelf import SHIPPED
from tests.usecases.clockwork import LEO, MAYA, RIVERA
from tests.usecases.couple import Couple, couple

STRANGER = 5000
ROUNDS = 400
AT_ONCE = 8
"""Due moments that ring in one round at most."""
COMMANDS = (
    *("menu", "help", "settings", "pause", "who", "export", "history", "progress", "partner"),
    *("plan", "toolbox", "urge", "language", "cancel", "back", "skip", "done", "alerts", "invite"),
    *("delete_me", "start", "timezone Asia/Kathmandu", "timezone Pacific/Apia"),
)
TYPED = (
    *(
        "yes",
        "no",
        "sí",
        "80",
        "sad",
        "I want to kill myself",
        "help",
        "tomorrow at 9",
        "<b>",
        "🙂",
    ),
    *("las ocho y media", "anna", "stop", "thanks", "call him", "4711", "{{ name }}", "x" * 500),
)
Unit = Callable[[Session], object]


@dataclass
class Crowd:
    """Partners, their therapist and somebody unknown, before several processes."""

    works: Couple
    doors: list[Database]
    dice: random.Random

    def round(self) -> None:
        """Everybody does something, and what is due rings, all in the same moment."""
        works, dice = self.works, self.dice
        if dice.random() < 0.3:
            works.now += timedelta(minutes=dice.choice((1, 10, 60, 600)))
        due = works.database.call(lambda session: ring.look(session, works.now, AT_ONCE)).ripe
        units: list[Unit] = [
            partial(ring.ring, due=each, now=works.now, kit=works.kit) for each in due
        ]
        for who in (MAYA, MAYA, LEO, LEO, RIVERA, STRANGER):
            incoming = Incoming(42, next(works.updates), Sender(who, "en"), self._deed(who))
            units.append(partial(receive, incoming=incoming, now=works.now, kit=works.kit))
        self._together(units)
        works.deliver()

    def _deed(self, who: int) -> What:
        rows = (row for sent in self.works.to(who)[-6:] for row in sent.message.buttons)
        shown = [each.data for row in rows for each in row if each.data]
        kind = self.dice.random()
        if shown and kind < 0.6:
            return Press(self.dice.choice(shown))
        if kind < 0.8:
            return Words(self.dice.choice(TYPED), next(self.works.updates))
        name, _, argument = self.dice.choice(COMMANDS).partition(" ")
        return Command(name, argument)

    def _together(self, units: list[Unit]) -> None:
        gate = Barrier(len(units))

        def go(at: int) -> None:
            gate.wait()
            self.doors[at % len(self.doors)].call(units[at])

        with ThreadPoolExecutor(len(units)) as pool:
            list(pool.map(go, range(len(units))))


@pytest.mark.long
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("seed", range(4))
def test_any_order_at_once(open_database: Callable[..., Database], shipped: Kit, seed: int) -> None:
    """No unit of work raises, no message is refused for what is in it."""
    doors = [open_database(threads=2) for _ in range(4)]
    works = couple(doors[0], shipped)
    works.run(lambda session: works.programme(session, partner_notes=True))
    works.pair_up()
    library = Library(dict(SHIPPED.exercises), (), SHIPPED.tracks)
    works.kit = replace(works.kit, library=library)
    crowd = Crowd(works, doors, random.Random(seed))
    for _ in range(ROUNDS):
        crowd.round()
    for sent in works.sent:
        plain, _ = parse_html(sent.text)
        assert units(plain) <= LONGEST_TEXT
        for button in (each for row in sent.message.buttons for each in row):
            assert button.text.strip()
            assert len((button.data or "").encode()) <= LONGEST
    assert works.database.call(outbox.counts)["failed"] == 0
