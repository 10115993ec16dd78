"""Every exercise under every track, walked along every way: gates and items lead nowhere wrong."""

from collections.abc import Iterator

import pytest

from bot.catalog.steps import Finish, Question, Timed
from bot.catalog.tracks import Adapted, merge
from bot.engine.advance import advance
from bot.engine.event import Stopped
from bot.engine.given import STOP, Pressed
from bot.engine.run import Status
from tests.catalog.shelf import SHIPPED
from tests.engine.playing import NOON
from tests.engine.walking import every_turn


def _ways() -> Iterator[tuple[str, str]]:
    """Every exercise with every track whose ways differ from those walked already: words alone
    lead nowhere else. That no track breaks an exercise, `tests/catalog/test_tracks.py` tells."""
    seen: set[tuple[str, ...]] = set()
    for track in SHIPPED.tracks.names:
        overlaid = SHIPPED.tracks.find(track)
        assert overlaid is not None
        for name, exercise in SHIPPED.exercises.items():
            merged = merge(exercise, overlaid)
            asked = tuple(
                step.id for step in merged.steps if isinstance(step, Question | Timed | Finish)
            )
            known = asked == tuple(
                step.id for step in exercise.steps if isinstance(step, Question | Timed | Finish)
            )
            if not known and (name, *asked) not in seen:
                seen.add((name, *asked))
                yield name, track


@pytest.mark.parametrize(("name", "track"), list(_ways()))
def test_every_way_under_a_track_comes_to_an_end(name: str, track: str) -> None:
    """Whatever is chosen, skipped or cut short, the person arrives; no step is never seen."""
    merged = SHIPPED.tracks.adapt(SHIPPED.exercises[name], track)
    turns = list(every_turn(merged))
    asked = {turn.run.cursor for turn in turns if turn.run.is_open}
    ended = {turn.run.cursor for turn in turns if not turn.run.is_open}
    assert asked == {step.id for step in merged.steps if isinstance(step, Question | Timed)}
    assert ended == {step.id for step in merged.steps if isinstance(step, Finish)}


def test_every_exercise_is_the_same_walk_or_walked_here() -> None:
    """The other pairs have the steps of the core in its order, which is walked on its own."""
    walked = len(list(_ways()))
    pairs = len(SHIPPED.tracks.names) * len(SHIPPED.exercises)
    assert 20 < walked < pairs == 15 * len(SHIPPED.exercises)


TRAUMA = SHIPPED.tracks.find("trauma")
assert TRAUMA is not None
OFFERED = [key for key, each in SHIPPED.exercises.items() if TRAUMA.offer_of(each) is not None]


@pytest.mark.parametrize("name", OFFERED)
def test_a_stop_works_from_every_state_of_the_trauma_track(name: str) -> None:
    """Half a list, a running timer, a gate, a question never answered: one word ends it."""
    merged = SHIPPED.tracks.adapt(SHIPPED.exercises[name], "trauma")
    assert isinstance(merged, Adapted)
    assert merged.is_stop_word("stop")
    for turn in every_turn(merged, entries=(1,)):
        if turn.run.is_open:
            after = advance(merged, turn.run, Pressed(turn.run.turn, STOP), NOON)
            assert after.run.status is Status.STOPPED
            assert any(isinstance(each, Stopped) for each in after.events)
            assert after.run.due_at is None
