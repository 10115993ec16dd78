"""Updates come in once they are committed, and nothing that goes wrong loses one."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.errors import BetweenError
from bot.store import tables, updates
from bot.store.vault import KeyGone, SealBroken
from bot.telegram.acks import Acks
from bot.telegram.app import make_bot
from bot.telegram.handling import Handling, Health, first_part
from bot.telegram.poll import Poll, TokenRevoked
from bot.usecases.incoming import Attachment, Incoming, Press, Receipt, Words

MAYA, BEN = 1001, 1002


class Desk:
    """Stands in for the use cases: notes who said what, in the database and in memory."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str]] = []
        self.poisoned: list[tuple[int, str]] = []
        self.woken = 0
        self.conflicts = 0
        self.due: list[datetime] = []
        self.trouble: Callable[[str], Exception | None] = lambda _: None
        self.answer = Receipt()

    def receive(self, session: Session, told: Incoming, now: datetime) -> Receipt:
        """A unit of work like the real one: each update counts once."""
        fresh = updates.first_time(session, told.bot_id, told.update_id, now)
        text = words(told)
        if (error := self.trouble(text)) is not None:
            raise error
        if fresh:
            self.said.append((told.sender.telegram_id, text))
        return self.answer

    def on_poison(self, session: Session, told: Incoming, now: datetime) -> None:
        """The person is told."""
        if (error := self.trouble("told")) is not None:
            raise error
        self.poisoned.append((told.sender.telegram_id, words(told)))

    async def conflict(self) -> bool:
        """Somebody else receives, and stays."""
        self.conflicts += 1
        return False

    def wake(self) -> None:
        """Something was written."""
        self.woken += 1


def words(told: Incoming) -> str:
    """What an update says."""
    match told.what:
        case Words(text):
            return text
        case Press(data):
            return f"press {data}"
        case Attachment(kind):
            return kind
        case other:
            return type(other).__name__.lower()


@pytest.fixture
def desk() -> Desk:
    """A desk."""
    return Desk()


@pytest.fixture
def poll(bot: Any, database: Any, moment: Any, desk: Desk) -> Poll:
    """A poll on the playground that tries again quickly."""
    return make(bot, database, moment, desk)


def make(bot: Any, database: Any, moment: Any, desk: Desk, acks: Acks | None = None) -> Poll:
    """A poll."""
    handling = Handling(
        database,
        desk.receive,
        acks or Acks(bot),
        bot_id=42,
        clock=moment,
        on_wrote=desk.wake,
        on_due=desk.due.append,
        on_poison=desk.on_poison,
        patience=0.02,
    )
    return Poll(bot, handling, clock=moment, on_conflict=desk.conflict, seconds=5, patience=0.02)


async def seen(database: Any) -> int:
    """How many updates are committed."""
    query = select(tables.seen_update)
    return len(await database.run(lambda s: s.connection().execute(query).all()))


async def buried(database: Any) -> list[str]:
    """The errors in the dead-letter table."""
    query = select(tables.dead_letter.c.error)
    found: list[str] = await database.run(lambda s: s.connection().execute(query).scalars().all())
    return found


def waiting(phones: Any) -> int:
    """How many updates Telegram still keeps."""
    return len(phones.playground.world.updates.pending)


async def test_in_order(poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any) -> None:
    """What people wrote before we came up arrives in order, once."""
    for number in range(10):
        for person in (MAYA, BEN):
            phones.playground.say(person, f"{number}")
    async with at_work(poll.run()):
        await eventually(lambda: len(desk.said) == 3 + 20)
    expected = ["command", *(str(number) for number in range(10))]
    for person in (MAYA, BEN):
        assert [text for who, text in desk.said if who == person] == expected
    assert poll.health.last_ok is not None


async def test_the_first_answer_comes_at_once(
    poll: Poll, phones: Any, eventually: Any, at_work: Any
) -> None:
    """On a quiet morning too, so that a bot which has just started is not taken for a dead one."""
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.last_ok is not None)
        phones.playground.say(MAYA, "good morning")
        await eventually(lambda: len(phones.called("getUpdates")) > 1)
    first, *rest = (call["timeout"] for call in phones.called("getUpdates"))
    assert int(first) == 0
    assert {int(each) for each in rest} == {5}


async def test_confirmed_only_after_commit(
    poll: Poll, phones: Any, desk: Desk, database: Any, eventually: Any, at_work: Any
) -> None:
    """While the commit is out, Telegram is not asked for more; a restart gets it all again."""
    away = OperationalError("insert", {}, Exception("gone"))
    desk.trouble = lambda text: away if text == "important" else None
    phones.playground.say(MAYA, "important")
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.troubles > 2)
    offsets = [call.get("offset") for call in phones.called("getUpdates")]
    assert set(offsets) == {None}
    assert desk.said[-1] != (MAYA, "important")


async def test_redelivered_after_a_kill(
    bot: Any, phones: Any, desk: Desk, database: Any, moment: Any, eventually: Any, at_work: Any
) -> None:
    """Killed between commit and confirmation, the batch comes again and counts once."""
    phones.playground.say(MAYA, "once")
    for _ in range(2):
        async with at_work(make(bot, database, moment, desk).run()):
            await eventually(lambda: desk.said.count((MAYA, "once")) == 1)
            await eventually(lambda: seen_all(database))
    assert desk.said.count((MAYA, "once")) == 1


class Slow:
    """Stands in for what handles updates: the first part of a batch, and the rest, are committed
    when we say so."""

    def __init__(self) -> None:
        self.health = Health()
        self.batches: list[list[int]] = []
        self.firsts: asyncio.Queue[None] = asyncio.Queue()
        self.wholes: asyncio.Queue[None] = asyncio.Queue()

    async def take(self, batch: Any, on_first: Callable[[], None] | None = None) -> None:
        """Waits for our word twice if it is asked for the first part, else once."""
        self.batches.append([update["update_id"] for update in batch])
        if on_first is not None:
            await self.firsts.get()
            on_first()
        await self.wholes.get()


async def test_more_is_fetched_while_the_rest_is_at_work(
    bot: Any, phones: Any, moment: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """It confirms the first part and no more; what comes again is not handed over again."""
    slow = Slow()
    poll = Poll(bot, slow, clock=moment, on_conflict=desk.conflict, seconds=5, limit=10)
    for number in range(20):
        phones.playground.say(MAYA, f"{number}")
    waiting_first = waiting(phones)
    async with at_work(poll.run()):
        await eventually(lambda: slow.batches)
        await asyncio.sleep(0.1)
        assert [call.get("offset") for call in phones.called("getUpdates")] == [None]
        slow.firsts.put_nowait(None)
        await eventually(lambda: len(phones.called("getUpdates")) == 2)
        (numbers,) = slow.batches
        first, last = numbers[: first_part(numbers)], numbers[-1]
        assert phones.called("getUpdates")[1]["offset"] == first[-1] + 1
        await asyncio.sleep(0.1)
        assert waiting(phones) == waiting_first - len(first)
        assert len(slow.batches) == 1  # all of one person in order: not before the rest is done
        slow.wholes.put_nowait(None)
        await eventually(lambda: len(slow.batches) == 2)
        assert slow.batches[1] == list(range(last + 1, last + 1 + len(first)))
        for _ in range(19):
            slow.firsts.put_nowait(None)
            slow.wholes.put_nowait(None)
        await eventually(lambda: not waiting(phones))
    assert [number for batch in slow.batches for number in batch] == list(
        range(slow.batches[0][0], slow.batches[0][0] + waiting_first)
    )


async def test_a_full_batch_that_breaks_us_is_not_confirmed(
    bot: Any, phones: Any, moment: Any, desk: Desk
) -> None:
    """Whatever ends the work on it, Telegram keeps it."""

    class Broken(Slow):
        """Raises what no one foresaw."""

        async def take(self, batch: Any, on_first: Callable[[], None] | None = None) -> None:
            raise ZeroDivisionError

    for number in range(20):
        phones.playground.say(MAYA, f"{number}")
    before = waiting(phones)
    poll = Poll(bot, Broken(), clock=moment, on_conflict=desk.conflict, seconds=5, limit=10)
    with pytest.RaisesGroup(ZeroDivisionError):
        await poll.run()
    assert [call.get("offset") for call in phones.called("getUpdates")] == [None]
    assert waiting(phones) == before


async def test_stopped_while_the_rest_is_at_work(
    bot: Any, phones: Any, database: Any, moment: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """What the rest wanted is wanted again after a restart; each update counts once."""
    for number in range(200):
        phones.playground.say(MAYA, f"{number}")
    away = OperationalError("insert", {}, Exception("gone"))
    desk.trouble = lambda text: away if text == "110" else None
    async with at_work(make(bot, database, moment, desk).run()):
        await eventually(lambda: len(phones.called("getUpdates")) > 1)
    desk.trouble = lambda text: None
    async with at_work(make(bot, database, moment, desk).run()):
        await eventually(lambda: not waiting(phones))
    assert sorted(int(text) for _, text in desk.said if text.isdigit()) == list(range(200))


async def seen_all(database: Any) -> bool:
    """Whether the three starts and one message are committed."""
    return await seen(database) == 4


async def test_database_away_for_a_while(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """As long as the database is away nothing is given up; then all is stored."""
    tries = 0

    def trouble(text: str) -> Exception | None:
        nonlocal tries
        tries += text == "hello"
        return BetweenError("not set up yet") if text == "hello" and tries < 6 else None

    desk.trouble = trouble
    phones.playground.say(MAYA, "hello")
    async with at_work(poll.run()):
        await eventually(lambda: (MAYA, "hello") in desk.said)
    assert desk.poisoned == []


async def test_a_poison_update_is_buried_and_the_next_one_handled(
    poll: Poll, phones: Any, desk: Desk, database: Any, eventually: Any, at_work: Any
) -> None:
    """An update that cannot be handled is buried after three tries; the next one is handled."""
    tried = []

    def trouble(text: str) -> Exception | None:
        if text != "poison":
            return None
        tried.append(text)
        return ZeroDivisionError("about someone's words")

    desk.trouble = trouble
    phones.playground.say(MAYA, "before")
    phones.playground.say(MAYA, "poison")
    phones.playground.say(BEN, "after")
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.buried)
        phones.playground.say(MAYA, "later")
        await eventually(lambda: (MAYA, "later") in desk.said)
    assert len(tried) == 3
    assert desk.poisoned == [(MAYA, "poison")]
    assert (BEN, "after") in desk.said
    assert await buried(database) == ["ZeroDivisionError"]
    assert poll.health.buried == 1
    assert desk.woken >= 1


PERSONAL = [(KeyGone("erased"), "KeyGone", 0), (SealBroken("moved"), "SealBroken", 1)]


@pytest.mark.parametrize(("error", "code", "told"), PERSONAL)
async def test_one_persons_seal(
    poll: Poll, phones: Any, desk: Desk, database: Any, eventually: Any, at_work: Any,
    error: Exception, code: str, told: int,
) -> None:  # fmt: skip
    """One person's destroyed key or broken seal stops nobody else."""
    desk.trouble = lambda text: error if text == "mine" or (text == "told" and not told) else None
    phones.playground.say(MAYA, "mine")
    phones.playground.say(BEN, "other")
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.buried)
        await eventually(lambda: poll.health.received)
    assert (BEN, "other") in desk.said
    assert await buried(database) == [code]
    assert len(desk.poisoned) == told


async def test_wrong_master_key_confirms_nothing(
    poll: Poll, phones: Any, desk: Desk, database: Any, eventually: Any, at_work: Any
) -> None:
    """When not even the apology can be sealed, it is no single person's trouble: we wait."""
    desk.trouble = lambda text: SealBroken("wrong key") if text in ("mine", "told") else None
    phones.playground.say(MAYA, "mine")
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.troubles > 2)
    assert len(phones.called("getUpdates")) == 1
    assert await buried(database) == []


FAULTS = ["404", "500_before", "502_after", "reset_after", "truncated", "429"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_get_updates_answers_everything_arrives_once(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any, fault: str
) -> None:
    """Whatever getUpdates answers in between, everything arrives once."""
    phones.playground.faults.add("getUpdates", fault, 1 if fault == "429" else 3)
    phones.playground.say(MAYA, "hello")
    async with at_work(poll.run()):
        await eventually(lambda: (MAYA, "hello") in desk.said)
    assert desk.said.count((MAYA, "hello")) == 1
    assert poll.health.troubles >= 1


async def test_an_update_twice_in_a_batch_counts_once(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """A batch that holds an update twice counts it once."""
    phones.playground.faults.add("getUpdates", "duplicate_updates")
    phones.playground.say(MAYA, "hello")
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.received >= 8)
    assert desk.said.count((MAYA, "hello")) == 1


async def test_a_batch_the_wrong_way_round(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """Updates are handled in the order of their numbers, however they come."""
    phones.playground.faults.add("getUpdates", "reorder_updates")
    for number in range(5):
        phones.playground.say(MAYA, f"{number}")
    async with at_work(poll.run()):
        await eventually(lambda: len(desk.said) == 3 + 5)
    assert [text for who, text in desk.said if who == MAYA] == ["command", *"01234"]


async def test_another_poller_is_an_alarm_and_we_stand_back(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """Another poller is an alarm; we stand back for half a minute and do not fight."""
    phones.playground.faults.add("getUpdates", "409")
    async with at_work(poll.run()):
        await eventually(lambda: desk.conflicts)
        await asyncio.sleep(0.3)
    assert len(phones.called("getUpdates")) == 1


async def test_a_token_refused_twice_is_said_to_be_dead(
    phones: Any, database: Any, moment: Any, desk: Desk
) -> None:
    """A token that getMe refuses as well is dead, and that is said."""
    stranger = make_bot("43:NOBODY", phones.url)
    with pytest.RaisesGroup(pytest.RaisesExc(TokenRevoked, match="BotFather")):
        await make(stranger, database, moment, desk).run()
    assert phones.called("getMe")
    await stranger.shut()


async def test_unreadable_update(
    bot: Any, phones: Any, desk: Desk, database: Any, moment: Any, eventually: Any, at_work: Any
) -> None:
    """What PTB cannot read is buried by its number; the rest of the batch is handled."""

    class Odd:
        """Telegram, sending one thing nobody understands."""

        async def call(self, method: str, parameters: Any, **more: Any) -> Any:
            found = await bot.call(method, parameters, **more)
            first = {"update_id": 1, "message": {"text": 3}}
            return [first, {}, *found] if "offset" not in parameters else found

    poll = make(Odd(), database, moment, desk, Acks(bot))
    phones.playground.say(MAYA, "hello")
    async with at_work(poll.run()):
        await eventually(lambda: (MAYA, "hello") in desk.said)
    (error,) = await buried(database)
    assert error.startswith("unreadable")


async def test_what_was_written_wakes_the_sender_and_what_falls_due_the_clock(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """What was written wakes the sender, and what falls due is told to the clock."""
    at = datetime(2030, 1, 1, tzinfo=UTC)
    desk.answer = Receipt(wrote=True, rings_at=at)
    async with at_work(poll.run()):
        await eventually(lambda: len(desk.due) == 3)
    assert desk.woken == 3
    assert set(desk.due) == {at}


async def test_asks_for_what_it_handles(
    poll: Poll, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """allowed_updates is always given, and no call ever drops what waits."""
    async with at_work(poll.run()):
        await eventually(lambda: poll.health.received)
        phones.playground.say(MAYA, "hello")
        await eventually(lambda: len(phones.called("getUpdates")) > 1)
    for call in phones.called("getUpdates"):
        allowed = ["message", "edited_message", "callback_query", "my_chat_member"]
        assert list(call["allowed_updates"]) == allowed
    assert all("drop_pending_updates" not in params for _, params in phones.calls)
