"""What may be an alias, what people type as a time, which hours may be quiet."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.care.alias import LONGEST, Unfit, named, neat, poses_as, poses_as_staff, same, unfit
from bot.care.hours import (
    MINUTES,
    OPEN,
    NotQuiet,
    either,
    later,
    nights,
    not_quiet,
    times,
    within,
)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Heron", None),
        ("Luna de mar", None),
        ("日本", None),
        ("R2", None),
        ("Born in 1990", None),
        ("Luz de la luna", None),
        ("im going to take them", Unfit.SENTENCE),
        ("", Unfit.EMPTY),
        ("?!", Unfit.EMPTY),
        ("\u200b\u200b", Unfit.EMPTY),
        ("\u3164", Unfit.EMPTY),
        ("\u115f\u1160\u2800", Unfit.EMPTY),
        ("x" * (LONGEST + 1), Unfit.LONG),
        ("@heron_90", Unfit.HANDLE),
        ("t.me/heron", Unfit.HANDLE),
        ("heron.example.org", Unfit.LINK),
        ("https://heron", Unfit.LINK),
        ("+34 600 111 222", Unfit.PHONE),
        ("call 600111222", Unfit.PHONE),
        ("٦٠٠١١١٢٢٢", Unfit.PHONE),
    ],
)
def test_an_alias_says_nothing_by_which_one_could_be_found(typed: str, why: Unfit | None) -> None:
    """Names yes; handles, links, numbers and nothing at all no."""
    assert unfit(neat(typed)) is why


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("llámame Luciérnaga", "Luciérnaga"),
        ("Me llamo Luna de mar, por favor", "Luna de mar"),
        ("puedes llamarme Luz", "Luz"),
        ("me dicen Lupita", "Lupita"),
        ("call me Heron please", "Heron"),
        ("My name’s Wren", "Wren"),
        ("Llama", "Llama"),
        ("Call me", "Call me"),
    ],
)
def test_the_words_around_a_name_are_not_part_of_it(typed: str, name: str) -> None:
    """“Llámame Luciérnaga” was what the group then read."""
    assert named(typed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Heron", "HÉRON"),
        ("Luna de mar", "luna-de-mar"),
        ("Dr Rivera", "dr.rivera"),
        ("Heron", "Неrоn"),  # the first, second and fourth letter are Cyrillic
        ("Heron", "ʜᴇʀᴏɴ"),
        ("Heron", "Her0n"),
        ("Heron", neat("Heron\u3164")),
        ("Heron", neat("Her\u034fon\u202e")),
    ],
)
def test_lookalikes_are_the_same(one: str, other: str) -> None:
    """Case, accents, blanks, dots, other alphabets and what cannot be seen make no other person."""
    assert same(one) == same(other)


ROLES = ("dr", "therapist", "team", "your", "el", "equipo")


@pytest.mark.parametrize(
    ("alias", "poses"),
    [
        ("Dr Rivera", True),
        ("Rivera", True),
        ("Dr Rіvera", True),  # with a Ukrainian i
        ("Dr R1vera, therapist", True),
        ("Rivera Inés", True),
        ("Dr Inés", True),
        ("Inés", False),
        ("Rivers", False),
        ("Riverita", False),
        ("Heron", False),
    ],
)
def test_nobody_is_called_like_a_therapist(alias: str, poses: bool) -> None:
    """By title, surname or whole name, however it is spelt; a first name alone is anybody's."""
    assert poses_as(alias, "Dr Inés Rivera", ROLES) is poses


@pytest.mark.parametrize(
    ("alias", "poses"),
    [("Your therapist", True), ("El equipo", True), ("Team Heron", False), ("日本", False)],
)
def test_nobody_is_called_what_staff_are(alias: str, poses: bool) -> None:
    """A title is no name."""
    assert poses_as_staff(alias, ROLES) is poses


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("8", ("08:00",)),
        ("8:30", ("08:30",)),
        ("20h", ("20:00",)),
        ("20h30", ("20:30",)),
        ("8.15", ("08:15",)),
        ("8 pm", ("20:00",)),
        ("8:30p.m.", ("20:30",)),
        ("12 am", ("00:00",)),
        ("12pm", ("12:00",)),
        ("a las 8 de la tarde", ("20:00",)),
        ("24", ("00:00",)),
        ("8 and 20", ("08:00", "20:00")),
        ("8:30 y 20h", ("08:30", "20:00")),
        ("de 22 a 7", ("22:00", "07:00")),
        ("22:00–07:00", ("22:00", "07:00")),
        ("10 pm to 7 am", ("22:00", "07:00")),
        ("8 y media", ("08:30",)),
        ("a las ocho y cuarto de la noche", ("20:15",)),
        ("las 12 menos diez", ("11:50",)),
        ("ocho y diez", ("08:10",)),
        ("8 y 20", ("08:00", "20:00")),
        ("a las ocho y a las veinte", ("08:00", "20:00")),
        ("de diez de la noche a 7", ("22:00", "07:00")),
        ("12 de la noche a 8", ("00:00", "08:00")),
        ("las 2 de la noche", ("02:00",)),
        ("mediodía", ("12:00",)),
        ("las once", ("11:00",)),
        ("once y media de la noche", ("23:30",)),
        ("once a day", ()),
        ("just once", ()),
        ("a la una y media", ("01:30",)),
        ("half past eight", ("08:30",)),
        ("half 8 in the evening", ("20:30",)),
        ("quarter to ten", ("09:45",)),
        ("ten past eight", ("08:10",)),
        ("eight thirty", ("08:30",)),
        ("nine pm", ("21:00",)),
        ("10 at night to 7", ("22:00", "07:00")),
        ("midnight to 8", ("00:00", "08:00")),
        ("22~7", ("22:00", "07:00")),
        ("tonight at nine", ("21:00",)),
        ("nine tonight", ("21:00",)),
        ("evening, like 8?", ("20:00",)),
        ("esta noche a las nueve", ("21:00",)),
        ("por la tarde, sobre las 8 y media", ("20:30",)),
        ("evening 8 and 9 in the morning", ("08:00", "09:00")),
        ("seven or 8 ish", ("07:00", "08:00")),
        ("seven-thirty", ("07:30",)),
        ("twenty to nine", ("08:40",)),
        ("twenty-five past 7", ("07:25",)),
        ("quarter of ten", ("09:45",)),
        ("nine and a half", ("09:30",)),
        ("ten to seven", ("10:00", "07:00")),
        ("at one", ("01:00",)),
        ("one hour", ()),
        ("at once", ()),
        ("about two hours before bed", ()),
        ("8:5", ()),
        ("8:300", ()),
        ("two times is too much", ()),
        ("25", ()),
        ("8:75", ()),
        ("13 pm", ()),
        ("soon", ()),
        ("", ()),
    ],
)
def test_times_as_people_type_them(typed: str, found: tuple[str, ...]) -> None:
    """Both languages, both clocks; what is no time is nothing."""
    assert times(typed) == found


@pytest.mark.parametrize(
    ("typed", "first", "found"),
    [
        ("9", "07:30", ("21:00",)),
        ("nine", "08:00", ("21:00",)),
        ("8", "08:00", ("20:00",)),
        ("las 8 y media", "08:00", ("20:30",)),
        ("09:00", "07:30", ("09:00",)),
        ("9 am", "07:30", ("09:00",)),
        ("21", "07:30", ("21:00",)),
        ("2", "08:00", ("02:00",)),
        ("8", "20:00", ("08:00",)),
        ("9", "21:00", ("09:00",)),
        ("soon", "08:00", ()),
        ("8 and 9", "08:00", ()),
    ],
)
def test_a_second_time_is_not_in_the_same_breath(
    typed: str, first: str, found: tuple[str, ...]
) -> None:
    """Who chose 07:30 and types “9” means the evening."""
    assert later(typed, first) == found


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("7 or 8 ish", True),
        ("a las 8 o a las 9", True),
        ("8 o'clock and 20", False),
        ("8, 20", False),
    ],
)
def test_one_time_or_the_other(typed: str, one: bool) -> None:
    """“7 or 8” is one time and not two."""
    assert either(typed) is one


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("de 10 a 7", ("22:00", "07:00")),
        ("11:30 to 8", ("11:30", "08:00")),
        ("entre las diez y las siete", ("22:00", "07:00")),
        ("12 a 8", ("00:00", "08:00")),
        ("de once a siete", ("23:00", "07:00")),
        ("de once y media a siete y media", ("23:30", "07:30")),
        ("de diez a once", ("10:00", "11:00")),
        ("de 8 a 8", ("20:00", "08:00")),
        ("22 a 22", ("22:00", "22:00")),
        ("9 to 5 pm", ("09:00", "17:00")),
        ("10 am to 7 am", ("10:00", "07:00")),
        ("10:00", ()),
    ],
)
def test_a_night_begins_in_the_evening(typed: str, found: tuple[str, ...]) -> None:
    """“De 10 a 7” was refused as 21 hours of silence."""
    assert nights(typed) == found


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("22:00", "07:00", None),
        ("20:00", "12:00", None),
        ("20:00", "12:01", NotQuiet.LONG),
        ("12:00", "11:59", NotQuiet.LONG),
        ("22:00", "22:00", NotQuiet.EMPTY),
        ("21:00", "08:01", NotQuiet.CHECKIN),
        ("20:00", "07:00", NotQuiet.CHECKIN),
    ],
)
def test_enough_of_a_day_stays_open(start: str, end: str, why: NotQuiet | None) -> None:
    """23 h 59 are refused, and so are hours in which a check-in falls; its end is open again."""
    checkins = ("08:00", "20:00") if why is NotQuiet.CHECKIN else ()
    assert not_quiet(start, end, checkins) is why


CLOCK = some.builds("{:02d}:{:02d}".format, some.integers(0, 23), some.integers(0, 59))


@given(start=CLOCK, end=CLOCK)
def test_accepted_quiet_hours_leave_at_least_the_promised_time(start: str, end: str) -> None:
    """Counted minute by minute, also over midnight."""
    if not_quiet(start, end, ()) is None:
        clocks = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(MINUTES))
        assert sum(not within(at, start, end) for at in clocks) >= OPEN


@given(text=some.text(max_size=60))
def test_whatever_is_typed_raises_nothing(text: str) -> None:
    """And what is found is a time of day."""
    unfit(neat(text))
    for at in times(text):
        assert "00:00" <= at <= "23:59"
