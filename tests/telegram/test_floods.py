"""Who sends faster than anybody types or taps, told from who is only quick."""

from bot.telegram.floods import Floods
from bot.usecases.incoming import Command, Flood, Incoming, Sender

MAYA, LEO = 1, 2


class Watch:
    """A clock that is moved by hand, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _sends(floods: Floods, who: int) -> Flood:
    return floods.marked(Incoming(42, 1, Sender(who), Command("menu"))).flood


def test_two_taps_a_second_for_half_a_minute_are_nobodys_flood() -> None:
    """A diary of taps, done in a hurry."""
    watch = Watch()
    floods = Floods(watch)
    for _ in range(60):
        assert _sends(floods, MAYA) is Flood.NONE
        watch.now += 0.5


def test_it_begins_once_and_ends_by_itself() -> None:
    """The sixty-first at once is too much; a minute later all is as before."""
    watch = Watch()
    floods = Floods(watch)
    found = [_sends(floods, MAYA) for _ in range(200)]
    assert found[:60] == [Flood.NONE] * 60
    assert found[60:] == [Flood.BEGINS, *[Flood.GOES_ON] * 139]
    assert _sends(floods, LEO) is Flood.NONE
    watch.now += 60
    assert _sends(floods, MAYA) is Flood.NONE


def test_nobody_is_remembered_for_long() -> None:
    """A hundred thousand strangers leave no memory behind."""
    watch = Watch()
    floods = Floods(watch)
    for who in range(100_000):
        _sends(floods, who)
        watch.now += 0.01
    assert len(floods._people) < 10_000
