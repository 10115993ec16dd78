"""Numbers, the way people type them: on a scale, for each of several things, from a list."""

import pytest

from bot.engine.event import Asked, Why
from bot.engine.number import typed_number
from bot.engine.remark import before_remark
from tests.engine.playing import Edit, Press, Step, play

SCALE = "[{id: tense, type: ask_scale, scale: {min: 0, max: 100, by: 10}}]"
EACH = """
- {id: moods, type: ask_list}
- {id: strength, type: rate_each, of: moods, scale: {min: 0, max: 100, by: 10}}
- {id: note, type: ask_text}
"""
FROM = """
- {id: thoughts, type: ask_list}
- {id: hot, type: choose_from, of: thoughts}
- {id: note, type: ask_text}
"""


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("80", 80), (" 80 ", 80), ("80%", 80), ("80 %", 80), ("80.", 80), ("80!", 80),
        ("８０", 80), ("٨٠", 80), ("८०", 80), ("80/100", 80), ("8/10", 8), ("80 / 100", 80),
        ("5/5", 5), ("4 out of 5", 4), ("7 de 10", 7), ("3/4", None), ("1 de mayo", None),
        ("+80", 80), ("-1", -1), ("−1", -1), ("0", 0), ("-0", 0), ("007", 7), ("150", 150),
        ("8.5", None), ("8,5", None), ("ochenta", 80), ("Eighty.", 80), ("", None),
        ("tres", 3), ("thirty-five", 35), ("treinta y cinco", 35), ("dieciséis", 16),
        ("veintidos", 22), ("thirteen", 13), ("ten年", None), ("como un siete", 7),
        ("maybe seven", 7), ("a hundred", 100), ("cero", 0), ("seven or eight", None),
        ("five seven", None), ("one day", None), ("treinta y", None), ("veinte tres cinco", None),
        ("eight out of 10", 8), ("siete de diez", 7),
        (" ", None), ("-", None), ("%", None), ("8 0", None), ("1e2", None), ("½", None),
        ("80 or 90", None), ("9" * 5, None), ("9" * 5000, None), ("0x10", None), ("🙂", None),
        ("about 65?", 65), ("maybe a 7", 7), ("I think 40", 40), ("~80", 80), ("¿70?", 70),
        ("unos 65", 65), ("como un 7", 7), ("más o menos 60", 60), ("quizá 50…", 50),
        ("50 or so", 50), ("I'd say 6", 6), ("60 o así", 60), ("unos 40 o por ahí", 40),
        ("a solid six", 6), ("7ish", 7), ("sevenish", 7), ("it’s a 6", 6), ("still 6", 6),
        ("just a 2", 2), ("3 :(", 3), ("3 😞", 3), ("(7)", 7), ("7️⃣", 7), ("7 out of ten", 7),
        ("un 6 hoy", 6), ("es un siete", 7), ("sigo en 4", 4), ("pues un 5", 5), ("uf, 8", 8),
        ("un 6, creo", 6), ("supongo que 4", 4), ("yo diría 5", 5), ("entre 5 y 6", None),
        ("alrededor de 7", 7), ("7 sobre 10", 7), ("3 days without sleep", None),
        ("bout a 4", 4), ("not 7", None), ("no 7", None), ("1 today, 8 now", None),
        ("no sé, 60", 60), ("idk 60", 60), ("not sure, maybe 6", 6), ("bajó a 40", 40),
        ("down to 40", 40), ("dropped to 40", 40), ("le doy un 7", 7), ("65 percent", 65),
        ("65 por ciento", 65), ("level 6", 6), ("from 80 to 40", None), ("it was a 7", None),
        ("mas o menos 7", 7), ("quiza un 6", 6), ("yo creo que un 7", 7), ("le pongo un 6", 6),
        ("un 6 por ahí", 6), ("6 y pico", 6), ("nivel 7", 7), ("7 puntos", 7), ("al 80", 80),
        ("ochenta por ciento", 80), ("80 percent", 80), ("bastante, un 6", 6), ("mal, un 3", 3),
        ("pues no sé, un 6", 6), ("pretty bad, 7", 7), ("un poco mejor, 4", 4),
        ("ha subido a 8", 8),
        ("ha subido 3", None), ("mejor que 7", None), ("mal", None), ("mal 3 días", None),
        ("like 70 or 80", None), ("unos 60 o 70", None), ("about", None), ("como siempre", None),
    ],
)  # fmt: skip
def test_a_typed_number(typed: str, number: int | None) -> None:
    """Whole numbers count in every script and dress, and in words; anything else is no number."""
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("80 because my ex called", "80"), ("8, porque me llamó mi ex", "8"),
        ("70. my boss yelled", "70"), ("8 - bad day today", "8"), ("8 (my ex called)", "8"),
        ("un 7, la verdad", "un 7"), ("8\nmy ex called", "8"), ("7 pero mejor que ayer", "7"),
        ("80 because I slept 3 hours", "80"), ("7, una mala noche", "7"),
        ("8, no, 7", None), ("8, no more than that", None), ("3, days", None), ("1, 2, 3", None),
        ("3 days without sleep", None), ("40 (was 80)", None), ("10, I took ten pills", None),
        ("6 porque", None), ("4:30", None), ("7.5", None), ("80", None), ("7, más o menos", None),
    ],
)  # fmt: skip
def test_what_stands_before_a_remark(typed: str, number: str | None) -> None:
    """A reason is left out; what may be another number, a unit or a correction is not."""
    assert before_remark(typed) == (typed if number is None else number)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("80", 80), ("80%", 80), ("８０", 80), ("٨٠", 80), ("80/100", 80), ("85", 85),
        ("0", 0), ("100", 100), (Press("70"), 70), (Press("75"), 75),
    ],
)  # fmt: skip
def test_a_number_on_the_scale_is_the_answer(given: Step, kept: int) -> None:
    """A typed number counts like a pressed one, and may lie between two buttons."""
    assert play(SCALE, given).answers == {"tense": kept}


@pytest.mark.parametrize(
    ("typed", "most", "kept"),
    [
        ("7/10", 100, 70), ("7 out of ten", 100, 70), ("siete de diez", 100, 70), ("4/5", 100, 80),
        ("80/100", 10, 8), ("80%", 10, 8), ("80 %!", 10, 8), ("un 70 de cien", 10, 7),
        ("4/5", 5, 4), ("7/10", 10, 7), ("70%", 100, 70), ("5 sobre 10", 100, 50), ("8", 100, 8),
        ("0/10", 100, 0),
    ],
)  # fmt: skip
def test_a_number_out_of_another_keeps_its_size(typed: str, most: int, kept: int) -> None:
    """“7/10” below a scale up to 100 is seventy, not seven."""
    by = max(1, most // 10)
    steps = f"[{{id: tense, type: ask_scale, scale: {{min: 0, max: {most}, by: {by}}}}}]"
    assert play(steps, typed).answers == {"tense": kept}


@pytest.mark.parametrize(
    ("typed", "why"),
    [("75/100", Why.NOT_WHOLE), ("75 %", Why.NOT_WHOLE), ("12/10", Why.OUT_OF_RANGE)],
)
def test_a_share_that_no_step_of_the_scale_is_gets_asked_again(typed: str, why: Why) -> None:
    """Nothing is rounded for anybody."""
    assert play("[{id: tense, type: ask_scale, scale: {min: 0, max: 10}}]", typed).refused is why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("-1", Why.OUT_OF_RANGE), ("101", Why.OUT_OF_RANGE), ("150", Why.OUT_OF_RANGE),
        (Press("110"), Why.OUT_OF_RANGE), (Press("-10"), Why.OUT_OF_RANGE),
        ("bastante", Why.NOT_A_NUMBER), ("", Why.NOT_A_NUMBER),
        ("8.5", Why.NOT_WHOLE), ("9,5", Why.NOT_WHOLE), ("siete y medio", Why.NOT_WHOLE),
        ("60 or 70", Why.TWO_NUMBERS), ("unos 6 o 7", Why.TWO_NUMBERS), ("6-7", Why.TWO_NUMBERS),
        ("siete u ocho", Why.TWO_NUMBERS), ("entre 5 y 6", Why.TWO_NUMBERS),
        ("six, maybe seven", Why.TWO_NUMBERS),
        ("good or bad", Why.NOT_A_NUMBER), ("idk", Why.UNSURE), ("ni idea", Why.UNSURE),
        ("9" * 4000, Why.NOT_A_NUMBER), (Press("yes"), Why.NOT_A_NUMBER),
        ("/skip", Why.NOT_A_NUMBER), ("/done", Why.NOT_A_NUMBER), ("/keep", Why.PICK_ONE),
    ],
)  # fmt: skip
def test_what_lies_off_the_scale_is_refused_with_its_ends(given: Step, why: Why) -> None:
    """The refusal says from where to where the scale goes; nothing is kept."""
    refused = play(SCALE, given)
    assert refused.refused is why
    assert refused.answers == {}
    if why is not Why.PICK_ONE:
        ends = [(getattr(each, "low", 0), getattr(each, "high", 0)) for each in refused.events[:1]]
        assert ends == [(0, 100)]


def _item(steps: str, *inputs: Step) -> str | None:
    asked = [each for each in play(steps, *inputs).events if isinstance(each, Asked)]
    return asked[-1].item


def test_each_entry_is_rated_in_turn() -> None:
    """Typed and pressed numbers both count, in the order of the list."""
    assert _item(EACH, "sad\nangry", "/done") == "sad"
    assert _item(EACH, "sad\nangry", "/done", "80") == "angry"
    done = play(EACH, "sad\nangry", "/done", "80", Press("60"))
    assert done.answers["strength"] == {"sad": 80, "angry": 60}
    assert done.run.cursor == "note"


def test_back_inside_the_ratings_takes_the_last_one_off() -> None:
    """The first Back asks the last rated entry again, the next one leads to the list."""
    once = ("sad\nangry\nnumb", "/done", "80", "60", "/back")
    assert _item(EACH, *once) == "angry"
    assert play(EACH, *once).run.draft.ratings == {"sad": 80}
    assert play(EACH, *once, "/back").run.draft.ratings == {}
    listed = play(EACH, *once, "/back", "/back")
    assert (listed.run.cursor, listed.items) == ("moods", ["sad", "angry", "numb"])


def test_a_rating_taken_off_by_back_can_be_kept() -> None:
    """What was just given is offered again, also where an older number had been corrected."""
    back = play(EACH, "sad\nangry\nnumb", "/done", "80", "60", "/back")
    assert [each.previous for each in back.events if isinstance(each, Asked)] == [60]
    corrected = ("sad\nangry\nnumb", "/done", "80", "60", "50", "/back", "75", "/back")
    again = play(EACH, *corrected)
    assert [each.previous for each in again.events if isinstance(each, Asked)] == [75]
    kept = play(EACH, *corrected, "/keep", "/keep", "/keep")
    assert kept.answers["strength"] == {"sad": 75, "angry": 60, "numb": 50}


def test_ratings_begun_are_kept_when_the_person_stops() -> None:
    """The numbers given so far stand with the rest of what was written."""
    stopped = play(EACH, "sad\nangry", "/done", "80", "/stop")
    assert stopped.answers["strength"] == {"sad": 80}


def test_keep_repeats_each_rating_given_before() -> None:
    """After Back over the whole set, Keep takes over one old number at a time."""
    back = ("sad\nangry", "/done", "80", "60", "/back")
    asked = [each for each in play(EACH, *back).events if isinstance(each, Asked)]
    assert [each.previous for each in asked] == [80]
    after = play(EACH, *back, "/keep", "70")
    assert after.answers["strength"] == {"sad": 80, "angry": 70}


def test_an_entry_that_is_new_on_the_list_has_nothing_to_keep() -> None:
    """Ratings follow the words: after the list changed, old ones fit where words are the same."""
    changed = ("sad\nangry", "/done", "80", "60", "/back", "/back", "numb", "/done")
    after = play(EACH, *changed, "/keep", "/keep", "/keep")
    assert after.refused is Why.PICK_ONE
    assert after.run.draft.ratings == {"sad": 80, "angry": 60}


@pytest.mark.parametrize(
    ("edits", "ratings"),
    [
        ([Edit(2, "70")], {"sad": 70}),
        ([Edit(2, "a lot")], {"sad": 80}),
        ([Edit(2, "170")], {"sad": 80}),
        ([Edit(1, "sad")], {"sad": 80}),
    ],
)
def test_an_edited_number_corrects_its_rating(edits: list[Edit], ratings: dict[str, int]) -> None:
    """An edit counts for the entry that message rated, never for the next one."""
    assert play(EACH, "sad\nangry", "/done", "80", *edits).run.draft.ratings == ratings


@pytest.mark.parametrize(
    ("given", "hot"),
    [
        (Press("i1"), "No one cares"), ("2", "No one cares"), ("2.", "No one cares"),
        ("no one cares", "No one cares"), ("No one cares!", "No one cares"), ("10", "10"),
    ],
)  # fmt: skip
def test_one_entry_is_chosen(given: Step, hot: str) -> None:
    """A press, a typed place and the typed words all choose; the words go before the place."""
    chosen = play(FROM, "I fail\nNo one cares\n10", "/done", given)
    assert chosen.answers["hot"] == hot


@pytest.mark.parametrize("given", ["0", "4", "-1", "", "none", Press("i3"), Press("i"), Press("x")])
def test_what_is_not_on_the_list_cannot_be_chosen(given: Step) -> None:
    """Anything else is answered with the same question."""
    refused = play(FROM, "I fail\nNo one cares\n10", "/done", given)
    assert (refused.refused, refused.run.cursor) == (Why.PICK_ONE, "hot")


def test_a_list_of_one_is_chosen_from_without_asking() -> None:
    """Nobody is asked to pick one of one, and Back passes over it too."""
    after = play(FROM, "I fail", "/done")
    assert (after.answers["hot"], after.run.cursor) == ("I fail", "note")
    assert after.kinds() == ["Answered", "Answered", "Asked"]
    back = play(FROM, "I fail", "/done", "/back")
    assert (back.run.cursor, back.items) == ("thoughts", ["I fail"])


def test_the_choice_made_before_is_kept_only_while_it_is_on_the_list() -> None:
    """Keep offers the old choice; once its words are gone there is nothing to keep."""
    chosen = ("I fail\nNo one cares", "/done", "1", "/back")
    assert play(FROM, *chosen, "/keep").answers["hot"] == "I fail"
    gone = play(FROM, "I fail\nNo one", "/done", "2", "/back", "/back", "/back", "/keep")
    assert gone.refused is Why.PICK_ONE


@pytest.mark.parametrize(
    "typed",
    ["didn’t sleep", "i didn't sleep", "No sleep.", "none", "no he dormido nada", "no dormí"],
)
def test_a_night_without_sleep_is_nought(typed: str) -> None:
    """“About how many hours did you sleep?”: whoever did not was asked to tap a number."""
    steps = "[{id: slept, type: ask_number, min: 0, max: 24, unit: {en: hours, es: horas}}]"
    assert play(steps, typed).answers == {"slept": 0}


@pytest.mark.parametrize(
    ("low", "typed", "kept"),
    [
        ("{en: not at all, es: nada}", "no", 0),
        ("{en: not at all, es: nada}", "None.", 0),
        ("{en: none, es: ninguna}", "para nada", 0),
        ("{en: not there, es: nada}", "not at all", 0),
        ("{en: very low, es: por los suelos}", "none", None),
        ("{en: very low, es: por los suelos}", "no", None),
        ("{en: not at all, es: nada}", "not really", None),
        ("{en: not at all, es: nada}", "didn't sleep", None),
        ("{en: not at all, es: nada}", "sin dormir", None),
    ],
)
def test_a_no_is_nought_where_the_scale_begins_with_nothing(
    low: str, typed: str, kept: int | None
) -> None:
    """“Shame?” “No”; but nobody’s mood is none."""
    high = "{en: as strong as can be, es: lo más fuerte posible}"
    steps = f"[{{id: shame, type: ask_scale, scale: {{min: 0, max: 5, low: {low}, high: {high}}}}}]"
    assert play(steps, typed).answers == ({} if kept is None else {"shame": kept})


def test_a_no_to_what_may_be_skipped_is_no_number() -> None:
    """“And at its worst?” “No” is not “gone”; “none” is."""
    low = "low: {en: none, es: nada}, high: {en: all, es: todo}"
    step = f"{{id: worst, type: ask_scale, optional: true, scale: {{min: 0, max: 5, {low}}}}}"
    assert play(f"[{step}]", "no").answers == {}
    assert play(f"[{step}]", "none").answers == {"worst": 0}
