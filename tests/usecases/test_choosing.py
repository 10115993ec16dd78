"""What a programme chooses for a track: how far it may go, and that every door follows it."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.catalog.tracks import Held, Offer
from bot.store import enabled, staff
from bot.usecases.offering import Offering, is_open
from bot.usecases.office import choosing
from bot.usecases.office.choosing import AS_WRITTEN, Placed
from bot.usecases.office.reader import NotYoursError, Reader
from bot.usecases.office.typed import UnfitError
from bot.usecases.phases.staying import _fitting
from bot.usecases.scene import Scene
from tests.catalog.shelf import SHIPPED
from tests.usecases.chat import Chat
from tests.usecases.test_reviewing import at_page, employ
from tests.usecases.test_tracks import labels_of, titles_of, tracked

Open = Callable[..., Chat]
CORE, AVAILABLE, HIDDEN = Offer.CORE, Offer.AVAILABLE, Offer.HIDDEN


@pytest.mark.parametrize(
    ("track", "exercise", "offers", "held"),
    [
        ("trauma", "safe.plan", (), Held.ALWAYS),
        ("addiction", "check.core", (), Held.ALWAYS),
        ("addiction", "cbt.solve_review", (), Held.FOLLOWS),
        ("trauma", "mind.ground54321", (CORE, AVAILABLE), Held.CORE),
        ("alcohol", "sud.surf", (CORE, AVAILABLE), Held.CORE),
        ("trauma", "cbt.thought7", (), Held.CLOSED),
        ("trauma", "mind.bodyscan", (), Held.CLOSED),
        ("trauma", "pos.gratitude", (HIDDEN,), Held.PRESENT),
        ("addiction", "pos.gratitude", (CORE, AVAILABLE, HIDDEN), None),
        ("trauma", "sud.surf", (CORE, AVAILABLE, HIDDEN), None),
    ],
)
def test_how_far_a_choice_may_go(
    track: str, exercise: str, offers: tuple[Offer, ...], held: Held | None
) -> None:
    """It never opens what a file holds back, and hides no core and nothing that keeps safe."""
    found = SHIPPED.tracks.find(track)
    assert found is not None
    latitude = found.latitude(SHIPPED.exercises[exercise])
    assert (latitude.offers, latitude.held) == (offers, held)


@pytest.mark.parametrize(
    ("chosen", "track", "exercise", "offer"),
    [
        ({("trauma", "sud.surf"): HIDDEN}, "trauma", "sud.surf", HIDDEN),
        ({("trauma", "sud.surf"): CORE}, "trauma", "sud.surf", CORE),
        ({("trauma", "sud.surf"): HIDDEN}, "addiction", "sud.surf", CORE),
        ({("addiction", "breath.box"): HIDDEN}, "alcohol", "breath.box", HIDDEN),
        (
            {("addiction", "breath.box"): HIDDEN, ("alcohol", "breath.box"): CORE},
            *("alcohol", "breath.box", CORE),
        ),
        ({("addiction", "mind.bodyscan"): CORE}, "food", "mind.bodyscan", HIDDEN),
        ({("trauma", "cbt.thought7"): CORE}, "trauma", "cbt.thought7", Offer.ADAPTED),
        ({("trauma", "mind.ground54321"): HIDDEN}, "trauma", "mind.ground54321", CORE),
        ({("trauma", "safe.plan"): HIDDEN}, "trauma", "safe.plan", CORE),
    ],
)
def test_which_word_counts(
    chosen: dict[tuple[str, str], Offer], track: str, exercise: str, offer: Offer
) -> None:
    """A choice before the file of its own track, a workshop before its ground; a row from before
    the file changed counts no further than the file lets it."""
    found = SHIPPED.tracks.find(track)
    assert found is not None
    assert found.offer_of(SHIPPED.exercises[exercise], chosen) is offer


def _choose(chat: Chat, exercise: str, track: str, wanted: str, **more: Any) -> bool:
    given = {"track": track, "offer": wanted, "why": "Not in this house", "stood": AS_WRITTEN}
    done: bool = at_page(chat, _form, exercise, given | more, chat.now)
    return done


def _form(session: Any, kit: Any, reader: Reader, exercise: str, form: Any, now: Any) -> bool:
    return choosing.choose(
        *(session, kit, reader, kit.library.exercises[exercise]),
        *(form["track"], form["offer"], form["why"], form["stood"], now),
    )


def _stands(chat: Chat, exercise: str, track: str) -> Placed:
    found: tuple[Placed, ...] = at_page(chat, choosing.placed, SHIPPED.exercises[exercise])
    return next(each for each in found if each.track == track)


def _may_review(chat: Chat) -> None:
    """Dr Rivera has the right to review exercises."""

    def give(session: Any) -> None:
        for each in staff.everybody(session, chat.kit.vault):
            staff.set_reviewer(session, each.id, may=True)

    chat.run(give)


@pytest.fixture
def maya(chat: Open) -> Chat:
    """Maya in the trauma track; her therapist has the right to review."""
    found = _at_work(chat)
    _may_review(found)
    return found


def _at_work(chat: Open) -> Chat:
    """Maya in the trauma track, with Dr Rivera at the pages."""
    found = tracked(chat, "trauma")
    found.run(lambda session: employ(session, found))
    return found


@pytest.mark.both
def test_every_door_follows_the_choice(maya: Chat) -> None:
    """Hidden, it leaves the menu, the search, /urge and an old button, each saying why; one press
    brings it back."""
    assert "Surfing an urge" in titles_of(maya)
    maya.say("/urge")
    begin = next(
        each for each in labels_of(maya.messages[-1]) if each.startswith("Surfing an urge")
    )
    assert _choose(maya, "sud.surf", "trauma", "hidden")
    assert "Surfing an urge" not in titles_of(maya)
    maya.say("surfing an urge")
    assert "“Surfing an urge” – hidden for now: ask your therapist" in maya.messages[-2].text
    maya.say("/urge")
    assert not any(each.startswith("Surfing an urge") for each in labels_of(maya.messages[-1]))
    maya.press(begin)
    assert "hidden for now" in maya.last
    assert _choose(maya, "sud.surf", "trauma", AS_WRITTEN, stood="hidden", why="")
    assert "Surfing an urge" in titles_of(maya)


def test_nothing_leads_to_what_is_hidden(maya: Chat) -> None:
    """Not what is offered after another exercise, and not what somebody may keep at step-down."""
    assert _choose(maya, "sud.craving", "trauma", "hidden")

    def look(session: Any) -> None:
        scene = Scene(session, maya.kit, maya.person(session), maya.now, "look")
        refusing = maya.kit.library.exercises["rp.refuse"]
        offered = Offering(scene).titles_after(refusing)
        assert "sud.surf" in offered
        assert "sud.craving" not in offered
        assert not is_open(scene, "sud.craving")
        assert "sud.craving" not in {each.id for each in _fitting(scene)}

    maya.run(look)


def test_what_is_hidden_opens_for_one_person(maya: Chat) -> None:
    """As what a file hides does; the others keep reading why."""
    assert _choose(maya, "sud.surf", "trauma", "hidden")

    def give(session: Any) -> None:
        enabled.enable(
            session, maya.person(session).id, "sud.surf", maya.person(session).id, maya.now
        )

    maya.run(give)
    assert "Surfing an urge" in titles_of(maya)


def test_a_choice_takes_no_warning_away(maya: Chat) -> None:
    """What the trauma track warns everybody of is asked before, also first in the lists."""
    assert _choose(maya, "breath.box", "trauma", "core")
    assert titles_of(maya).index("Box breathing") < titles_of(maya).index("Body basics")
    maya.press("Box breathing")
    assert "touches on" in maya.last


@pytest.mark.both
def test_a_second_press_changes_nothing_and_an_old_page_is_told(maya: Chat) -> None:
    """The same again is fine; what somebody else chose meanwhile is not undone unseen."""
    assert _choose(maya, "sud.surf", "trauma", "hidden")
    assert _choose(maya, "sud.surf", "trauma", "hidden", why="Once more")
    placed = _stands(maya, "sud.surf", "trauma")
    assert placed.chosen is not None
    assert (placed.chosen.by, placed.chosen.why) == ("Dr Rivera", "Not in this house")
    assert (placed.offer, placed.written, placed.own) == (HIDDEN, AVAILABLE, True)
    assert not _choose(maya, "sud.surf", "trauma", "core")
    assert _stands(maya, "sud.surf", "trauma").offer is HIDDEN


@pytest.mark.parametrize(
    ("exercise", "track", "more", "code"),
    [
        ("mind.ground54321", "trauma", {"offer": "hidden"}, "core"),
        ("cbt.thought7", "trauma", {"offer": "available"}, "closed"),
        ("safe.plan", "trauma", {"offer": "hidden"}, "always"),
        ("sud.surf", "trauma", {"offer": "adapted"}, "choice"),
        ("sud.surf", "trauma", {"offer": ""}, "choice"),
        ("sud.surf", "trauma", {"why": ""}, "why"),
        ("sud.surf", "trauma", {"why": "x" * 501}, "long"),
    ],
)
def test_what_cannot_be_chosen(
    maya: Chat, exercise: str, track: str, more: dict[str, str], code: str
) -> None:
    """Each has its sentence, in both languages, and nothing is kept."""
    with pytest.raises(UnfitError) as refused:
        _choose(maya, exercise, track, "hidden", **more)
    assert refused.value.code == code
    assert _stands(maya, exercise, track).chosen is None
    for language in ("en", "es"):
        assert maya.kit.words.short(language)["office_library"]["choosing"]["problems"][code]


@pytest.mark.both
def test_only_with_the_right(chat: Open) -> None:
    """Neither a therapist without it, nor for a track that is not there."""
    maya = _at_work(chat)
    with pytest.raises(NotYoursError):
        _choose(maya, "sud.surf", "trauma", "hidden")
    _may_review(maya)
    with pytest.raises(NotYoursError):
        _choose(maya, "sud.surf", "../etc", "hidden")
    assert _choose(maya, "sud.surf", "trauma", "hidden")
