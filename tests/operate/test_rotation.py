"""A new master key takes the old one's place; killed at any moment, nothing becomes unreadable."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import BetweenError
from bot.store import backup, rotation
from bot.store.database import open_engine
from bot.store.master_key import load_master_key, next_to
from bot.store.restoring import restore
from bot.store.vault import SealBroken, Vault
from tests.cli.terminal import between, set_up
from tests.operate.dying import rotate_and_die
from tests.operate.world import ANN, BEN, NOW, World

MANY = range(900_000_000, 900_000_030)


def _rotate(world: World) -> None:
    engine = open_engine(world.url)
    rotation.rotate(engine, world.key, lambda *_: None)
    engine.dispose()


def _standing(world: World) -> rotation.Standing:
    engine = open_engine(world.url)
    found = rotation.standing(engine, world.key)
    engine.dispose()
    return found


def test_everything_opens_with_the_new_key_and_nothing_with_the_old(world: World) -> None:
    """The keys are wrapped anew; what was sealed by them is not touched; people are found."""
    old = world.vault
    _rotate(world)
    assert load_master_key(world.key).version == 2
    assert all(world.knows(number) for number in (ANN, BEN))
    with pytest.raises(SealBroken, match="version 2"):
        world.do(old.check)
    found = _standing(world)
    assert (found.version, found.to, found.wraps) == (2, None, {2: 2})
    assert [each.name for each in found.old] == ["master.key.1"]


def test_killed_at_any_moment_the_bot_can_run_and_the_rotation_goes_on(world: World) -> None:
    """kill -9 before each single step, until only the last one is left to be killed at."""
    for number in MANY:
        world.welcome(number)
    kills = 0
    while load_master_key(world.key).version == 1:
        assert rotate_and_die(world.url, world.key, steps=kills)
        kills += 1
        world.do(world.vault.check)
        world.welcome(910_000_000 + kills)  # the bot runs meanwhile, and takes somebody in
        assert all(world.knows(number) for number in (ANN, BEN, MANY[7], 910_000_000 + kills))
    assert kills >= 8
    found = _standing(world)
    assert (found.version, found.to, set(found.wraps)) == (2, None, {2})
    assert all(world.knows(number) for number in (ANN, BEN, *MANY))


def test_a_second_rotation_waits_until_the_old_key_is_destroyed(world: World) -> None:
    """Whoever types it again after a kill at the very end does not begin anew."""
    _rotate(world)
    with pytest.raises(BetweenError, match="shred -u"):
        _rotate(world)
    world.key.with_name("master.key.1").unlink()
    _rotate(world)
    assert load_master_key(world.key).version == 3
    assert world.knows(ANN)


def test_another_key_file_of_that_name_is_never_lost(world: World) -> None:
    """A file called like the old key, with something else in it, stops the rotation's last step."""
    aside = world.key.with_name("master.key.1")
    before = world.key.read_bytes()
    engine = open_engine(world.url)

    def puts_it_there(*_: object) -> None:
        aside.write_text("1 " + "ab" * 32 + "\n")

    with pytest.raises(BetweenError, match="another key"):
        rotation.rotate(engine, world.key, puts_it_there)
    engine.dispose()
    assert world.key.read_bytes() == before
    assert world.knows(BEN)


def test_an_unfinished_rotation_whose_new_key_is_missing_stops_the_start(world: World) -> None:
    """A service that is handed the old file alone must not serve half of the people."""
    for number in MANY:
        world.welcome(number)
    assert rotate_and_die(world.url, world.key, steps=9)
    assert set(_standing(world).wraps) == {1, 2}
    next_to(world.key).rename(world.key.parent / "lost")
    with pytest.raises(SealBroken, match="keys rotate"):
        world.do(Vault(load_master_key(world.key)).check)


def test_whoever_was_erased_before_stays_erased_after(world: World, tmp_path: Path) -> None:
    """The list of erased people outlives a rotation, also for a backup made with the old key."""
    old = world.vault
    backup.save(world.url, tmp_path / "copy", lambda *_: None)
    world.erase(ANN)
    _rotate(world)
    world.erase(BEN)
    when, told = NOW + timedelta(days=3), lambda *_: None
    with pytest.raises(SealBroken, match="version 1"):
        restore(world.url, tmp_path / "copy", world.vault, world.listed, when, told)
    restore(world.url, tmp_path / "copy", old, world.listed, when, told)
    (world.key.parent / "master.key.1").replace(world.key)
    assert not any(world.knows(number) for number in (ANN, BEN))


@pytest.mark.long
def test_as_an_operator_types_it(tmp_path: Path) -> None:
    """Status, rotate, and what is to be done with the old key."""
    set_up(tmp_path)
    done = between(tmp_path, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert "version 2 now" in done.stdout
    assert "shred -u keys/master.key.1" in done.stdout
    shown = between(tmp_path, "keys", "status").stdout
    assert re.search(r"version 2.*\n.*An old key lies at keys/master\.key\.1", shown)
