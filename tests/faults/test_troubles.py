"""What can happen to a bot besides its own death, with the real thing each time."""

from collections.abc import Awaitable, Callable, Iterator

import pytest

from tests.faults import postgres, scenes, troubles

pytestmark = pytest.mark.long
SCENES = (scenes.foreign_webhook, scenes.second_copy, scenes.goodbye)


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL that may be stopped."""
    with postgres.server() as running:
        yield running


@pytest.mark.parametrize("scene", SCENES, ids=lambda each: each.__name__)
async def test_each_scene_finds_nothing_wrong(scene: Callable[[], Awaitable[list[str]]]) -> None:
    """Each finds nothing wrong; what it looks for stands in its docstring."""
    assert await scene() == []


async def test_a_message_that_breaks_us(server: postgres.Server) -> None:
    """Its author hears one sentence and everybody goes on, handled at once or over an inbox."""
    assert await troubles.poison() == []
    assert await troubles.poison(server.database()) == []


async def test_a_full_disk() -> None:
    """Nothing is acknowledged or confirmed that could not be kept; with room it goes on."""
    if not troubles.can_mount():
        pytest.skip("only root can mount a disk to fill")
    assert await troubles.disk_full() == []


async def test_no_database(server: postgres.Server) -> None:
    """PostgreSQL is gone for a while: all that people wrote meanwhile is handled, in order."""
    assert await troubles.database_gone(server, 5) == []
