"""People as they are on a phone: patient, in a hurry, called by a check-in and tapping twice."""

import asyncio
from abc import ABC, abstractmethod

from bot.playground import Playground
from bot.usecases.set_up import Known
from tests.faults.phones import Arrived, Phone, Phones

EXERCISE = "mind.ground54321"
MOOD = "How is your mood"
"""In the first question of a check-in."""
STEPS: tuple[str, ...] = ("distress_before", "see", "feel", "hear", "smell")
"""Five answers to five questions; the sixth question acknowledges the fifth answer."""
NUMBERS = [f"· {number}/" for number in range(1, len(STEPS) + 2)]


class Somebody(ABC):
    """Who goes through something and knows what they said, and up to where it was acknowledged."""

    steps: tuple[str, ...]

    def __init__(self, phone: Phone, given: list[object]) -> None:
        self.phone = phone
        self.person = phone.person
        self.given = given
        self.acknowledged = 0

    @abstractmethod
    async def go_through(self) -> None:
        """All of it."""


class Participant(Somebody):
    """Goes through an exercise and answers each question once it is there. Somebody in a hurry
    types all answers as soon as the first question stands, as who knows the exercise may do."""

    steps = STEPS

    def __init__(self, phone: Phone, *, hurries: bool = False) -> None:
        words = [f"{step} of {phone.person}" for step in STEPS[1:]]
        super().__init__(phone, [phone.person % 11, *words])
        self._hurries = hurries

    async def go_through(self) -> None:
        """/start, the exercise, five answers."""
        self.phone.say("/start")
        begin = f"m.begin.{EXERCISE}"
        self.phone.press(await self.phone.offered(begin), begin)
        await self.phone.sees(NUMBERS[0])
        if self._hurries:
            for answer in self.given:
                self.phone.say(str(answer))
        for number, answer in enumerate(self.given):
            if not self._hurries:
                self.phone.say(str(answer))
            await self.phone.sees(NUMBERS[number + 1])
            self.acknowledged = number + 1


class Called(Somebody):
    """Waits for the check-in of the day and taps the first answer twice, as thumbs do."""

    steps = ("mood",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone, [3 + phone.person % 7])

    async def go_through(self) -> None:
        """The check-in comes by itself; two taps are one answer."""
        question = await self.phone.sees(MOOD)
        data = _key(question, str(self.given[0]))
        self.phone.press(question, data)
        self.phone.press(question, data)
        await self.phone.sees("how much anxiety")
        self.acknowledged = 1


def _key(message: Arrived, label: str) -> str:
    """The data of the button with this label."""
    found = (key for row in message.keys for key in row if key["text"] == label)
    return str(next(found)["callback_data"])


class Crowd:
    """Everybody, a few hundred at a time, and how far all of them are."""

    def __init__(self, playground: Playground, *, at_once: int) -> None:
        self.phones = Phones(playground)
        self.people: list[Somebody] = []
        self._room = asyncio.Semaphore(at_once)

    def walks(self, known: Known, *, hurries: bool) -> None:
        """One more who goes through an exercise."""
        self.people.append(Participant(self.phones.of(known.telegram_id), hurries=hurries))

    def is_called(self, known: Known) -> None:
        """One more who waits for a check-in."""
        self.people.append(Called(self.phones.of(known.telegram_id)))

    @property
    def steps(self) -> int:
        """How many answers there are to give."""
        return sum(len(each.given) for each in self.people)

    @property
    def done(self) -> int:
        """How many were acknowledged so far."""
        return sum(each.acknowledged for each in self.people)

    @property
    def unheard(self) -> int:
        """How many words and taps the bot has not confirmed to have heard."""
        return self.phones.unheard

    async def go_through(self) -> None:
        """Until everybody is through."""
        async with asyncio.TaskGroup() as group:
            for each in self.people:
                group.create_task(self._through(each))

    async def _through(self, somebody: Somebody) -> None:
        if isinstance(somebody, Called):
            await somebody.go_through()  # they only wait; that costs nobody anything
            return
        async with self._room:
            await somebody.go_through()
