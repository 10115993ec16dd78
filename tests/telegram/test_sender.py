"""The outbox on its way: order, urgency, and what is done with each answer of Telegram."""

import asyncio
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.config import TOP, Settings
from bot.messages.message import Button, Frame, Message
from bot.playground import people
from bot.store import outbox
from bot.store.outbox import Kind, Letter
from bot.telegram.app import make_bot
from bot.telegram.rates import UNLIMITED, Limit, Limits, Rates
from bot.telegram.sender import Sender
from bot.wiring.outside import limits

MAYA, BEN, CARLA = 1001, 1002, 1003


async def sent(office: Any) -> bool:
    """Whether everything is settled."""
    return set(await office.states()) <= {"sent", "failed", "uncertain", "cancelled"}


async def test_order_per_person(office: Any, phones: Any, eventually: Any) -> None:
    """What one person is sent arrives in the order in which it was queued."""
    for number in range(12):
        for person in (MAYA, BEN, CARLA):
            await office.queue(person, f"{number}")
    async with office.sending():
        await eventually(lambda: sent(office))
    for person in (MAYA, BEN, CARLA):
        assert phones.texts(person) == [str(number) for number in range(12)]


async def test_order_survives_faults(office: Any, phones: Any, eventually: Any) -> None:
    """A message that must be sent again keeps what comes after it waiting."""
    for number in range(4):
        await office.queue(MAYA, f"{number}")
    phones.playground.faults.add("sendMessage", "404")
    phones.playground.faults.add("sendMessage", "429", retry_after=1)
    async with office.sending() as sender:
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA) == ["0", "1", "2", "3"]
    assert (sender.counts.later, sender.counts.slowed, sender.counts.sent) == (1, 1, 4)


async def test_strictly_by_class(office: Any, phones: Any, eventually: Any) -> None:
    """With many waiting, alerts and replies go before check-ins, nudges and bulk."""
    for person, kind in zip((MAYA, BEN, CARLA), (Kind.BULK, Kind.CHECKIN, Kind.ALERT), strict=True):
        await office.queue(person, kind.name, kind)
    slowly = Limits(Limit(10, 1), None, None)
    async with office.sending(slowly):
        await eventually(lambda: sent(office))
    assert [call["text"] for call in phones.called("sendMessage")] == ["ALERT", "CHECKIN", "BULK"]


async def test_a_wave_does_not_delay_a_reply(office: Any, phones: Any, eventually: Any) -> None:
    """A reply that comes in the middle of a wave of check-ins does not wait for the wave."""
    for number in range(60):
        await office.queue((MAYA, BEN)[number % 2], str(number), Kind.CHECKIN)
    limits = Limits(Limit(50, 5), None, Limit(15, 1))
    async with office.sending(limits) as sender:
        await eventually(lambda: len(phones.called("sendMessage")) >= 3)
        before = len(phones.called("sendMessage"))
        await office.queue(CARLA, "reply")
        sender.wake()
        await eventually(lambda: phones.texts(CARLA))
    assert len(phones.called("sendMessage")) <= before + 6


async def test_a_full_chat_blocks_no_other(office: Any, phones: Any, eventually: Any) -> None:
    """Who has had their burst waits a second each; the others are served meanwhile."""
    for number in range(5):
        await office.queue(MAYA, f"m{number}")
    for number in range(2):
        await office.queue(BEN, f"b{number}")
    async with office.sending(Limits(None, Limit(1, 3), None)):
        await eventually(lambda: len(phones.texts(MAYA)) == 5)
    assert phones.texts(MAYA) == [f"m{number}" for number in range(5)]
    chats = [call["chat_id"] for call in phones.called("sendMessage")]
    assert (chats[:5].count(MAYA), chats[:5].count(BEN)) == (3, 2)


async def test_429_pauses_one_chat(office: Any, phones: Any, eventually: Any) -> None:
    """Told to slow down for one chat, the sender obeys there and goes on elsewhere."""
    phones.playground.faults.add("sendMessage", "429", retry_after=2)
    await office.queue(MAYA, "slow")
    begun = asyncio.get_running_loop().time()
    async with office.sending() as sender:
        await eventually(lambda: sender.counts.slowed)
        await office.queue(BEN, "quick")
        sender.wake()
        await eventually(lambda: phones.texts(MAYA))
        assert asyncio.get_running_loop().time() - begun > 1.9
    assert [call["chat_id"] for call in phones.called("sendMessage")] == [MAYA, BEN, MAYA]


async def test_pause_of_all_tries_with_an_alert(office: Any, phones: Any, eventually: Any) -> None:
    """While everything is paused, an alert still goes; it shows whether all is well again."""
    phones.playground.faults.add("sendMessage", "429", retry_after=40)
    await office.queue(MAYA, "first")
    async with office.sending(tick=0.1) as sender:
        await eventually(lambda: sender.counts.slowed)
        await office.queue(BEN, "reply")
        await office.queue(CARLA, "alert", Kind.ALERT)
        sender.wake()
        await eventually(lambda: phones.texts(CARLA))
        await asyncio.sleep(0.3)
    assert phones.texts(BEN) == []


async def test_who_blocked_the_bot_is_unreachable_and_nothing_more_is_tried(
    office: Any, phones: Any, eventually: Any
) -> None:
    """Who blocked the bot is noted as unreachable, and nothing more is tried."""
    await office.queue(MAYA, "one")
    await office.queue(MAYA, "two")
    await office.queue(BEN, "other")
    people.block(phones.playground.world, MAYA, blocked=True)
    async with office.sending() as sender:
        await eventually(lambda: sent(office))
    assert await office.states() == ["cancelled", "cancelled", "sent"]
    assert sender.counts.unreachable == 1
    assert len([call for call in phones.called("sendMessage") if call["chat_id"] == MAYA]) == 1


UNKNOWN = [(Kind.REPLY, 2, "sent"), (Kind.NUDGE, 1, "uncertain")]


@pytest.mark.parametrize("fault", ["502_after", "reset_after", "truncated"])
@pytest.mark.parametrize(("kind", "copies", "state"), UNKNOWN)
async def test_of_unknown_fate_a_reply_is_sent_again_and_a_nudge_is_not(
    office: Any, phones: Any, eventually: Any, fault: str, kind: Kind, copies: int, state: str
) -> None:
    """Perhaps delivered: a reply is sent once more; a nudge is not, and is called uncertain."""
    phones.playground.faults.add("sendMessage", fault)
    await office.queue(MAYA, "perhaps", kind)
    async with office.sending(tick=0.1) as sender:
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA) == ["perhaps"] * copies
    assert await office.states() == [state]
    assert sender.counts.uncertain == 1


QUESTION = Message(text="<b>How?</b>", buttons=((Button(text="Well", data="1.1.a"),),))


async def redraw(office: Any, eventually: Any, text: str) -> None:
    """Ask, then ask the same again in the place of the first."""
    asks = {"asks_run": UUID(int=7), "asks_turn": 1}
    await office.queue(MAYA, QUESTION, **asks)
    async with office.sending():
        await eventually(lambda: sent(office))
    await office.queue(MAYA, QUESTION.model_copy(update={"text": text}), redraws=True, **asks)


async def test_a_redrawn_question_takes_the_place_of_the_one_that_stands(
    office: Any, phones: Any, eventually: Any
) -> None:
    """A question redrawn takes the place of the one that stands, buttons included."""
    await redraw(office, eventually, "And now?")
    async with office.sending():
        await eventually(lambda: sent(office))
    (shown,) = phones.shown(MAYA)
    assert shown["text"] == "And now?"
    assert shown["buttons"]
    assert (await office.rows())[1].message_id == shown["message_id"]


async def test_edit_already_so(office: Any, phones: Any, eventually: Any) -> None:
    """An edit that changes nothing has succeeded."""
    await redraw(office, eventually, QUESTION.text)
    async with office.sending():
        await eventually(lambda: sent(office))
    assert await office.states() == ["sent", "sent"]
    assert (await office.rows())[1].message_id is not None


async def test_edit_gone_then_new(office: Any, phones: Any, eventually: Any) -> None:
    """If the message to edit is gone, a new one takes its place."""
    await redraw(office, eventually, "And now?")
    (shown,) = phones.shown(MAYA)
    await office.bot.delete_message(MAYA, shown["message_id"])
    async with office.sending():
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA)[-1] == "And now?"
    assert (await office.rows())[1].message_id != shown["message_id"]


async def test_edit_unknown_is_simply_repeated(office: Any, phones: Any, eventually: Any) -> None:
    """An edit made twice is one edit, so an unknown one is made again at no risk."""
    await redraw(office, eventually, "And now?")
    phones.playground.faults.add("editMessageText", "502_after")
    async with office.sending(tick=0.1) as sender:
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA) == ["And now?"]
    assert sender.counts.uncertain == 0


async def test_plain_text(office: Any, phones: Any, eventually: Any) -> None:
    """HTML that Telegram cannot read is our bug: the words arrive all the same."""
    await office.queue(MAYA, "<b>one &amp; <i>two</b>")
    async with office.sending() as sender:
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA) == ["one & two"]
    assert (sender.counts.plain, sender.counts.sent) == (1, 1)


async def test_what_telegram_never_takes_has_failed_and_the_next_goes_on(
    office: Any, phones: Any, eventually: Any
) -> None:
    """What Telegram will never take has failed, and what comes after it goes on."""
    await office.queue(MAYA, "x" * 5000)
    too_long = ((Button(text="b", data="x" * 65),),)
    await office.queue(BEN, Message(text="b", buttons=too_long))
    await office.queue(MAYA, "next")
    async with office.sending() as sender:
        await eventually(lambda: sent(office))
    assert await office.states() == ["failed", "failed", "sent"]
    assert sender.counts.failed == 2


async def test_a_picture_is_drawn_just_before_it_is_sent(
    office: Any, phones: Any, eventually: Any
) -> None:
    """A picture is drawn just before it is sent; the text stands under it."""
    chart = {"title": "mood"}
    message = Message(text="<b>Mood</b>", picture=chart, buttons=QUESTION.buttons)
    await office.queue(MAYA, message)
    async with office.sending():
        await eventually(lambda: sent(office))
    (shown,) = phones.shown(MAYA)
    assert shown["caption"] == "Mood"
    assert shown["buttons"]
    assert phones.called("sendPhoto")


async def test_picture_not_drawn(office: Any, phones: Any, eventually: Any) -> None:
    """If the picture cannot be drawn, the words go without it."""

    async def broken(_: dict[str, Any]) -> bytes:
        raise ValueError("no such chart")

    await office.queue(MAYA, Message(text="Mood", picture={"title": "x"}))
    async with office.sending(draw=broken) as sender:
        await eventually(lambda: sent(office))
    assert phones.texts(MAYA) == ["Mood"]
    assert sender.counts.undrawn == 1


async def test_body_of_no_message(office: Any, phones: Any, eventually: Any) -> None:
    """A body that is no message fails alone; the sender lives on."""

    class Torn(Message):
        def model_dump_json(self, **_: Any) -> str:
            return "{"

    await office.queue(MAYA, Torn(text=""))
    await office.queue(BEN, "fine")
    async with office.sending() as sender:
        await eventually(lambda: sent(office))
    assert await office.states() == ["failed", "sent"]
    assert sender.counts.broken == 1


async def test_killed_while_sending(
    office: Any, phones: Any, eventually: Any, moment: Any, database_kind: str
) -> None:
    """Claimed and then killed: a reply goes out after the restart, a nudge is left uncertain."""
    await office.queue(MAYA, "reply")
    await office.queue(BEN, "nudge", Kind.NUDGE)
    lease = timedelta(seconds=30 if database_kind == "sqlite" else 0.1)
    await office.database.run(
        lambda s: outbox.claim(s, office.vault, owner="dead", now=moment(), lease=lease)
    )
    assert await office.states() == ["sending", "sending"]
    await asyncio.sleep(0.15)
    async with office.sending(owner="reborn"):
        await eventually(lambda: sent(office))
    assert await office.states() == ["sent", "uncertain"]
    assert phones.texts(MAYA) == ["reply"]
    assert phones.texts(BEN) == []


async def one_is_sent(office: Any) -> bool:
    """Whether anything is known to have arrived."""
    return "sent" in await office.states()


async def test_takes_over_from_a_sender_that_is_gone(
    office: Any, phones: Any, eventually: Any, moment: Any
) -> None:
    """What a sender held that is there no more need not wait for its lease; a living one's does."""
    await office.queue(MAYA, "of the dead")
    await office.queue(BEN, "of the living")
    for owner, many in (("dead", 1), ("living", 2)):
        await office.database.run(
            lambda s, owner=owner, many=many: outbox.claim(
                s, office.vault, owner=owner, now=moment(), lease=timedelta(hours=1), limit=many
            )
        )
    async with office.sending(owner="heir", alive=lambda _: {"living", "heir"}):
        # The phone has it before that is written down.
        await eventually(lambda: one_is_sent(office))
    assert phones.texts(MAYA) == ["of the dead"]
    assert await office.states() == ["sent", "sending"]
    assert phones.texts(BEN) == []


async def test_can_go_on_after_it_was_drained(office: Any, phones: Any, eventually: Any) -> None:
    """Whoever lost the office and wins it again sends as before."""
    sender = office.sender()
    for text in ("before", "after"):
        await office.queue(MAYA, text)
        task = asyncio.ensure_future(sender.run())
        await eventually(lambda: sent(office))
        assert await sender.drain(3)
        await task
    assert phones.texts(MAYA) == ["before", "after"]


async def test_stopping_waits_for_what_is_in_flight_and_leaves_the_rest(
    office: Any, phones: Any, eventually: Any
) -> None:
    """Stopping waits for what is in flight, records it, and leaves the rest pending."""
    phones.playground.faults.add("sendMessage", "delay", 1, seconds=0.3)
    await office.queue(MAYA, "in flight")
    await office.queue(MAYA, "after")
    sender = office.sender()
    task = asyncio.ensure_future(sender.run())
    await eventually(lambda: phones.called("sendMessage"))
    assert await sender.drain(3)
    await task
    assert await office.states() == ["sent", "pending"]


async def test_drain_gives_back_what_waits(office: Any, phones: Any, eventually: Any) -> None:
    """What was claimed but still waits for its turn is pending again at once."""
    for person in (MAYA, BEN, CARLA):
        await office.queue(person, "check in", Kind.CHECKIN)
    sender = office.sender(Limits(None, None, Limit(0.3, 1)))
    task = asyncio.ensure_future(sender.run())
    await eventually(lambda: phones.called("sendMessage"))
    await asyncio.sleep(0.1)
    assert await sender.drain(3)
    await task
    assert sorted(await office.states()) == ["pending", "pending", "sent"]


async def test_dead_token_keeps_every_row(office: Any, phones: Any, eventually: Any) -> None:
    """A token that Telegram refuses loses nothing: the rows wait."""
    stranger = make_bot("43:NOBODY", phones.url)
    living, office.bot = office.bot, stranger
    await office.queue(MAYA, "wait")
    async with office.sending() as sender:
        await eventually(lambda: sender.counts.later)
        await asyncio.sleep(0.1)
    assert await office.states() == ["pending"]
    office.bot = living
    await stranger.shut()


async def test_moving_words_begin_and_stop(office: Any, phones: Any, eventually: Any) -> None:
    """Words move after the message was sent, until the next message to that person."""
    frames = tuple(Frame(seconds=5, text=f"frame {number}") for number in range(3))
    await office.queue(MAYA, Message(text="Breathe", frames=frames))
    async with office.sending() as sender:
        await eventually(lambda: sender.pacer.moving())
        await office.queue(MAYA, "next")
        sender.wake()
        await eventually(lambda: len(phones.texts(MAYA)) == 2)
        assert not sender.pacer.moving()


async def test_every_wake_counts(office: Any, phones: Any, eventually: Any) -> None:
    """A message queued while another one is being recorded does not wait for the next look."""
    async with office.sending(tick=30) as sender:
        for number in range(15):
            await office.queue((MAYA, BEN, CARLA)[number % 3], str(number))
            sender.wake()
            await eventually(lambda number=number: len(phones.called("sendMessage")) > number)
        await eventually(lambda: sent(office))


async def test_claims_behind_what_writes(office: Any, phones: Any, eventually: Any) -> None:
    """Told before it is written that a message may come, the sender needs no second call, where
    one thread does everything in order."""
    await office.person(MAYA)
    async with office.sending(tick=30) as sender:
        await eventually(lambda: sender.follows(0))
        for text in ("one", "two", "three"):
            writing = asyncio.ensure_future(office.queue(MAYA, text))
            await asyncio.sleep(0)
            number = sender.follow()
            assert not sender.follows(number)
            await writing
            if not office.database.is_in_order:
                assert not sender.follows(number)
                sender.wake()
            await eventually(lambda text=text: phones.texts(MAYA)[-1:] == [text])
    assert phones.texts(MAYA) == ["one", "two", "three"]


async def test_claims_what_is_written_later_than_it_was_asked(
    office: Any, phones: Any, eventually: Any
) -> None:
    """A claim may wait behind what writes: what bears the time of its writing is due by then."""
    maya, database = await office.person(MAYA), office.database
    free = threading.Event()

    def write(session: Session) -> None:
        free.wait(20)
        at = office.clock()
        body = Message(text="just now").model_dump_json()
        letter = Letter(key="now", person=maya, kind=Kind.REPLY, body=body, not_before=at)
        outbox.enqueue(session, office.vault, letter, at)

    await office.queue(BEN, "before")
    async with office.sending(tick=30) as sender:
        await eventually(lambda: sent(office))  # nothing is left for it to do
        writing = database.submit(write)
        number = sender.follow()
        await eventually(lambda: sender.follows(number))
        free.set()
        await writing
        await eventually(lambda: phones.texts(MAYA) == ["just now"])


async def test_tries_again_after_a_second_or_two(
    office: Any, phones: Any, eventually: Any, moment: Any
) -> None:
    """What was certainly not sent is tried again soon, and the row says why it waits."""
    phones.playground.faults.add("sendMessage", "404")
    await office.queue(MAYA, "later")
    before = moment()
    async with office.sending() as sender:
        await eventually(lambda: sender.counts.later)
        await eventually(lambda: pending(office))
    (row,) = await office.rows()
    assert (row.not_before - before).total_seconds() > 0.5
    assert (row.not_before - moment()).total_seconds() <= 2
    assert (row.error, row.attempts) == ("HTTP 404", 1)


async def pending(office: Any) -> bool:
    """Whether everything waits."""
    return set(await office.states()) == {"pending"}


class Flaky:
    """A database that is away now and then, as seen by the sender."""

    def __init__(self, database: Any) -> None:
        self.database = database
        self.away = 0

    async def run(self, unit: Any, **more: Any) -> Any:
        """As the real one, unless it is away."""
        if self.away:
            self.away -= 1
            raise OperationalError("update", {}, Exception("gone"))
        return await self.database.run(unit, **more)


async def test_results_outlive_an_absent_database(
    office: Any, phones: Any, eventually: Any
) -> None:
    """A result that cannot be recorded is kept until it can; nothing is sent twice for it."""
    flaky = Flaky(office.database)
    phones.playground.on_call(lambda method, *_: setattr(flaky, "away", 3))
    await office.queue(MAYA, "once")
    away: Any = flaky
    sender = Sender(
        office.bot,
        away,
        office.vault,
        owner="me",
        clock=office.clock,
        draw=office.draw,
        build=office.build,
        rates=Rates(UNLIMITED),
        tick=0.1,
    )
    task = asyncio.ensure_future(sender.run())
    await eventually(lambda: sent(office))
    assert await sender.drain(3)
    await task
    assert phones.texts(MAYA) == ["once"]
    assert await office.states() == ["sent"]


def test_what_a_clinic_runs_with_keeps_below_telegrams_limit() -> None:
    """The rate of the settings as they come is that of the limits: 28 in any second. The sender had
    its headroom, and what was set at the start took it away again."""
    shipped = limits(Settings(_env_file=None))
    assert shipped == Limits()
    assert shipped.overall == Limit(24, 4)
    example = (TOP / ".env.example").read_text(encoding="utf-8")
    assert "SENDS_PER_SECOND=24" in example.splitlines()
