"""The limits, as properties of whole sequences of sends."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.outbox import Kind
from bot.telegram.rates import UNLIMITED, Limit, Limits, Rates

LIMITS = Limits(Limit(24, 4), Limit(1, 3), Limit(15, 3))

wishes = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(Kind), st.floats(0, 0.5)), max_size=150
)


def send_all(rates: Rates, wished: list[tuple[int, Kind, float]]) -> list[tuple[float, int, Kind]]:
    """Send each as soon as it is allowed; when, to whom, what."""
    now, gone = 100.0, []
    for chat, kind, pause in wished:
        now += pause
        while (wait := rates.when(chat, kind, now)) > 0:
            now += wait
        rates.take(chat, kind, now)
        gone.append((now, chat, kind))
    return gone


def never_more(times: list[float], limit: Limit) -> bool:
    """In no window are there more than its burst and what flowed in meanwhile."""
    return all(
        last - first + 1 <= limit.burst + limit.per_second * (times[last] - times[first]) + 1e-3
        for first in range(len(times))
        for last in range(first, len(times))
    )


@given(wishes)
def test_never_more_than_the_cap(wished: list[tuple[int, Kind, float]]) -> None:
    """No window of any length holds more than the cap: overall, per chat, and of what may wait."""
    gone = send_all(Rates(LIMITS), wished)
    assert never_more([at for at, _, _ in gone], Limit(24, 4))
    assert never_more([at for at, _, kind in gone if kind >= Kind.CHECKIN], Limit(15, 3))
    for person in range(1, 6):
        assert never_more([at for at, chat, _ in gone if chat == person], Limit(1, 3))


@given(wishes)
def test_never_starves(wished: list[tuple[int, Kind, float]]) -> None:
    """Whatever went before, the next message is allowed within the slowest limit's step."""
    rates = Rates(LIMITS)
    gone = send_all(rates, wished)
    now = gone[-1][0] if gone else 100.0
    assert all(rates.when(chat, kind, now) <= 1.0 + 1e-3 for chat in range(7) for kind in Kind)


@given(wishes)
def test_room_is_what_may_leave(wished: list[tuple[int, Kind, float]]) -> None:
    """`room` replies to fresh chats may leave at once, and one more may not."""
    rates = Rates(LIMITS)
    gone = send_all(rates, wished)
    now = (gone[-1][0] if gone else 100.0) + 0.01
    room = rates.room(now)
    assert room is not None
    for chat in range(1000, 1000 + room):
        assert rates.when(chat, Kind.REPLY, now) == 0
        rates.take(chat, Kind.REPLY, now)
    assert rates.when(2000, Kind.REPLY, now) > 0


def test_a_wave_of_check_ins_leaves_room() -> None:
    """While check-ins wait for their share, a reply to somebody else goes at once."""
    rates = Rates(LIMITS)
    for chat in range(3):
        rates.take(chat, Kind.CHECKIN, 100.0)
    assert rates.when(50, Kind.CHECKIN, 100.0) > 0
    assert rates.when(50, Kind.REPLY, 100.0) == 0


def test_429_pauses_one_chat() -> None:
    """Telegram's complaint about one chat stops that chat, for exactly as long, and no other."""
    rates = Rates(LIMITS)
    rates.slow_down(1, 5, 100.0, 0.5)
    assert rates.when(1, Kind.ALERT, 100.0) == 5.5
    assert rates.when(2, Kind.REPLY, 100.0) == 0
    assert rates.when(1, Kind.REPLY, 105.5) == 0


def test_three_chats_pause_all() -> None:
    """Complaints about three chats in ten seconds stop everything but an alert, the trial."""
    rates = Rates(LIMITS)
    for chat in (1, 2, 3):
        rates.slow_down(chat, 5, 100.0 + chat, 0)
    assert rates.when(9, Kind.REPLY, 103.0) == 5
    assert rates.when(9, Kind.ALERT, 103.0) == 0
    assert rates.room(103.0) == 1


def test_same_chat_or_slowly_pauses_no_other() -> None:
    """Three complaints about one chat, or spread over a minute, are that chat's own business."""
    same, slow = Rates(LIMITS), Rates(LIMITS)
    for turn in range(3):
        same.slow_down(1, 5, 100.0 + turn, 0)
        slow.slow_down(turn, 5, 100.0 + 20 * turn, 0)
    assert same.when(9, Kind.REPLY, 102.0) == 0
    assert slow.when(9, Kind.REPLY, 141.0) == 0


def test_a_long_wait_pauses_all() -> None:
    """A retry_after of half a minute or more is about the bot, not about a chat."""
    rates = Rates(LIMITS)
    rates.slow_down(1, 30, 100.0, 1)
    assert rates.when(9, Kind.BULK, 100.0) == 31


def test_memory_is_bounded() -> None:
    """Chats that have been quiet are forgotten, which changes nothing for them."""
    rates = Rates(Limits(None, Limit(1, 3), None))
    for chat in range(10_000):
        rates.take(chat, Kind.REPLY, 100.0 + chat)
    assert rates.remembered() <= 512


def test_a_bench_switches_every_limit_off() -> None:
    """A bench switches every limit off."""
    rates = Rates(UNLIMITED)
    for _ in range(1000):
        rates.take(1, Kind.BULK, 0.0)
    assert rates.when(1, Kind.BULK, 0.0) == 0
    assert rates.room(0.0) is None
