"""Choosing, branching, and the answers that stand at the end."""

import pytest

from bot.catalog.condition import All, AnyOf, Compare
from bot.engine.event import Finished, Why
from bot.engine.holds import holds
from bot.engine.run import Value
from tests.engine.playing import Press, Step, exercise_of, play

YES_NO = """
- id: faint
  type: ask_choice
  options:
    - {id: "yes", label: {en: "Yes", es: "Sí"}, goto: softer}
    - {id: "no", label: {en: "No", es: "No"}}
    - {id: unsure, label: {en: "Not sure", es: "¿No lo sé?"}}
- {id: go, type: ask_text, goto: end}
- {id: softer, type: ask_text}
- {id: end, type: finish}
"""
WAYS = """
- id: way
  type: ask_choice
  options: [{id: long, goto: moods}, {id: short, goto: note}]
- {id: moods, type: ask_list}
- {id: strength, type: rate_each, of: moods, scale: {min: 0, max: 10}}
- {id: heaviest, type: choose_from, of: moods}
- {id: note, type: ask_text, optional: true}
- {id: strong, type: branch, when: {answer: strength, at_least: 8}, then: care, else: end}
- {id: care, type: ask_text}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("given", "language", "chosen"),
    [
        (Press("yes"), "en", "yes"), ("yes", "en", "yes"), ("YES!", "en", "yes"),
        ("Not  sure.", "en", "unsure"), ("Sí", "es", "yes"), ("si", "es", "yes"),
        ("SÍ", "es", "yes"), ("No lo se", "es", "unsure"), ("no", "es", "no"),
        ("ＹＥＳ", "en", "yes"), ("yeah", "en", "yes"), ("Sí, claro", "es", "yes"),
        ("nope", "en", "no"), ("idk", "en", "unsure"), ("I don’t know", "en", "unsure"),
        ("no sé", "es", "unsure"), ("maybe", "en", "unsure"), ("Quizás…", "es", "unsure"),
        ("un poco", "es", "unsure"), ("Kind of.", "en", "unsure"),
        ("Yes, it is.", "en", "yes"), ("pues no", "es", "no"), ("Pues sí.", "es", "yes"),
        ("la verdad es que no", "es", "no"),
    ],
)  # fmt: skip
def test_an_option_is_pressed_or_typed(given: Step, language: str, chosen: str) -> None:
    """A typed label counts without case, accents and full stop."""
    assert play(YES_NO, given, language=language).answers == {"faint": chosen}


@pytest.mark.parametrize(
    ("typed", "language", "chosen"),
    [
        ("yes i drank", "en", "yes"), ("Yeah, last night.", "en", "yes"),
        ("yes it's in the kitchen", "en", "yes"), ("sí, bebí anoche", "es", "yes"),
        ("sí bebí", "es", "yes"), ("si, bebi", "es", "yes"),
        ("no i didn't", "en", "no"), ("No, I’m not", "en", "no"),
        ("nope, not today", "en", "no"), ("no, hoy no", "es", "no"),
        ("no, no he bebido", "es", "no"), ("No no lo hice", "es", "no"),
        ("no, no lo tengo", "es", "no"), ("no, para nada", "es", "no"), ("para nada", "es", "no"),
        ("no, no la he visto", "es", "no"),
        ("no, no lo sé", "es", None),
        ("no, no he bebido todavía", "es", None), ("no, no estoy segura", "es", None),
        ("yes but only one", "en", None), ("yes and no", "en", None), ("yes i guess", "en", None),
        ("no one", "en", None), ("no problem", "en", None), ("no but nearly", "en", None),
        ("yes i don't feel safe", "en", None), ("yes i dont", "en", None),
        ("sí, creo", "es", None), ("sí o no", "es", None),
        ("si me dejan", "es", None), ("si bebo, no", "es", None),
        ("no i'm not sure", "en", None), ("none of them", "en", "no"), ("nada de eso", "es", "no"),
        ("none", "en", None), ("no, not yet", "en", None), ("no, todavía no", "es", None),
    ],
)  # fmt: skip
def test_a_sentence_may_begin_with_its_yes(typed: str, language: str, chosen: str | None) -> None:
    """“Did you drink?” “Yes i drank” was met with “I can’t tell which answer that is”; what takes
    itself back is asked again."""
    assert play(YES_NO, typed, language=language).answers == ({"faint": chosen} if chosen else {})


REST = """
- id: rest
  type: ask_choice
  options:
    - {id: enough, label: {en: That is enough, es: Con esto basta}}
    - {id: cannot, label: {en: I cannot leave now, es: Ahora no puedo irme}}
    - {id: dont, label: {en: I don’t want it, es: No lo quiero}}
    - {id: not_said, label: {en: I’d rather not say, es: Prefiero no decirlo}}
    - {id: some, label: {en: A little, es: Un poco}}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("typed", "language", "chosen"),
    [
        ("that's enough", "en", "enough"), ("That’s enough!", "en", "enough"),
        ("thats enough", "en", "enough"), ("i can't leave", "en", "cannot"),
        ("can not leave", "en", None), ("I do not want it", "en", "dont"),
        ("i dont want it", "en", "dont"), ("I'd rather not say", "en", "not_said"),
        ("idk", "en", "not_said"), ("no sé", "es", "not_said"),
        ("prefiero no decirlo", "es", "not_said"), ("prefiero no decir", "es", "not_said"),
        ("prefer not to say", "en", "not_said"), ("mejor no", "es", "not_said"),
        ("that", "en", "enough"),
        ("a bit", "en", "some"), ("a little bit", "en", "some"), ("un poquito", "es", "some"),
    ],
)  # fmt: skip
def test_a_label_counts_however_its_words_are_drawn_together(
    typed: str, language: str, chosen: str | None
) -> None:
    """“That's enough” below [That is enough] was met with “I can’t tell which answer that is”; and
    whoever does not know would rather not say."""
    played = play(REST, typed, language=language)
    assert played.answers == ({"rest": chosen} if chosen else {})


DONE = """
- id: done
  type: ask_choice
  options:
    - {id: "yes", label: {en: I did it, es: Lo hice}}
    - {id: partly, label: {en: In part, es: En parte}}
    - {id: not_yet, label: {en: Not yet, es: Todavía no}}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("typed", "language"),
    [("a medias", "es"), ("Más o menos.", "es"), ("un poco", "es"), ("half of it", "en")],
)
def test_in_part_has_many_names(typed: str, language: str) -> None:
    """“A medias” below [En parte] was met with “I can’t tell which answer that is”."""
    assert play(DONE, typed, language=language).answers == {"done": "partly"}


HOW_FAR = DONE.replace('"yes"', "done")


@pytest.mark.parametrize(
    ("typed", "language", "chosen"),
    [
        ("no", "es", "not_yet"), ("Pues no.", "es", "not_yet"), ("nope", "en", "not_yet"),
        ("no, no lo hice", "es", "not_yet"), ("todavía no", "es", "not_yet"),
        ("sí", "es", "done"), ("Yes!", "en", "done"), ("sí pero a medias", "es", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_the_ends_of_how_far(typed: str, language: str, chosen: str | None) -> None:
    """“No” below “¿Hasta dónde llegaste?” [Lo hice] [En parte] [Todavía no] was asked again."""
    assert play(HOW_FAR, typed, language=language).answers == ({"done": chosen} if chosen else {})


@pytest.mark.parametrize("form", [DONE, HOW_FAR])
@pytest.mark.parametrize(
    ("typed", "language", "chosen"),
    [
        ("sí, en parte", "es", "partly"), ("Sí, un poco.", "es", "partly"),
        ("sí la mitad", "es", "partly"), ("yes, half of it", "en", "partly"),
        ("yes, partly", "en", "partly"), ("yes, I did some of it", "en", None),
        ("sí, me costó un poco", "es", None),
    ],
)  # fmt: skip
def test_a_yes_that_says_how_much_is_no_whole_one(
    form: str, typed: str, language: str, chosen: str | None
) -> None:
    """“Sí, en parte”, below [Lo hice] [En parte] [Todavía no], was kept as [Lo hice]."""
    assert play(form, typed, language=language).answers == ({"done": chosen} if chosen else {})


@pytest.mark.parametrize(("typed", "language"), [("sí, un poco", "es"), ("yes, a bit", "en")])
def test_so_it_is_where_the_middle_is_called_otherwise(typed: str, language: str) -> None:
    """“Sí, un poco”, below “¿Te ayudó?” [No] [Un poco] [Sí], was kept as [Sí]."""
    helped = DONE.replace("partly", "some")
    assert play(helped, typed, language=language).answers == {"done": "some"}


@pytest.mark.parametrize("typed", ["yes, I did it this morning", "Yes, with my sister"])
def test_a_yes_that_does_not_is_one(typed: str) -> None:
    """More words alone do not make it less."""
    assert play(HOW_FAR, typed, language="en").answers == {"done": "done"}


DRINKS = """
- id: drinks
  type: ask_choice
  options:
    - {id: few, label: {en: "1 or 2", es: "1 o 2"}}
    - {id: some, label: {en: "3 to 9", es: "3 a 9"}}
    - {id: many, label: {en: "10 or more", es: "10 o más"}}
    - {id: month, label: {en: "20 to 30 a month", es: "20 a 30 al mes"}}
    - {id: week, label: {en: "25 a week", es: "25 a la semana"}}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("given", "chosen"),
    [("1", "few"), ("2", "few"), ("7", "some"), ("10", "many"), ("20", "month"),
     ("25", None), ("0", None), ("15", None)],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_number_names_the_label_it_stands_in(
    given: str, chosen: str | None, language: str
) -> None:
    """“3” is “3 minutes”, and “2” lies in “1 or 2”; where two labels hold it, none is guessed."""
    played = play(DRINKS, given, language=language)
    assert played.answers == ({"drinks": chosen} if chosen else {})


@pytest.mark.parametrize(
    ("typed", "language"),
    [("siete", "es"), ("unas siete", "es"), ("seven", "en"), ("maybe 7", "en")],
)
def test_a_number_may_be_spelt(typed: str, language: str) -> None:
    """“Tres”, below [1 minuto] [3 minutos] [5 minutos], was asked again."""
    assert play(DRINKS, typed, language=language).answers == {"drinks": "some"}


@pytest.mark.parametrize(
    "given", ["", "hm", "Yesterday", "0", Press("Yes"), Press(""), Press("!go"), "/skip"]
)
def test_anything_else_is_no_option(given: Step) -> None:
    """What fits no option keeps the question open."""
    refused = play(YES_NO, given)
    assert (refused.refused, refused.answers) == (Why.PICK_ONE, {})


@pytest.mark.parametrize(("option", "cursor"), [("yes", "softer"), ("no", "go"), ("unsure", "go")])
def test_an_option_leads_to_its_step(option: str, cursor: str) -> None:
    """An option with a goto leads there, the others on to the next step; Keep does the same."""
    assert play(YES_NO, Press(option)).run.cursor == cursor
    assert play(YES_NO, Press(option), "/back", "/keep").run.cursor == cursor


@pytest.mark.parametrize(
    ("inputs", "answers"),
    [
        (["short", "hm"], {"way": "short", "note": "hm"}),
        (["short", "/skip"], {"way": "short", "note": None}),
        (
            ["long", "sad", "/done", "5", "/skip"],
            {"way": "long", "moods": ("sad",), "strength": {"sad": 5}, "heaviest": "sad",
             "note": None},
        ),
        (["long", "sad", "/done", "5", "/back", "/back", "/back", "short", "hm"],
         {"way": "short", "note": "hm"}),
        (["long", "sad", "/done", "9", "/back", "/back", "/back", "short", "hm"],
         {"way": "short", "note": "hm"}),
        (["short", "hm", "/back"], {"way": "short", "note": "hm"}),
    ],
)  # fmt: skip
def test_answers_of_a_way_left_by_back_are_gone(
    inputs: list[str], answers: dict[str, Value]
) -> None:
    """At the end stand the answers of the way that was gone, asked or taken silently, no other."""
    assert play(WAYS, *inputs).answers == answers


def test_a_branch_does_not_see_a_way_that_was_left() -> None:
    """A strong feeling of a way left by Back does not lead into the care step."""
    strong = ("long", "sad", "/done", "9")
    assert play(WAYS, *strong, "/skip").run.cursor == "care"
    left = play(WAYS, *strong, "/back", "/back", "/back", "short", "hm")
    assert isinstance(left.events[-1], Finished)


ANSWERS: dict[str, Value] = {
    "word": "calm", "number": 70, "each": {"sad": 80, "angry": 20}, "several": ("one", "two"),
    "skipped": None, "none": (), "zero": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare(answer="word", is_="calm"), True),
        (Compare(answer="word", is_="Calm"), False),
        (Compare(answer="number", is_=70), True),
        (Compare(answer="number", is_="70"), False),
        (Compare(answer="number", at_least=70), True),
        (Compare(answer="number", at_least=71), False),
        (Compare(answer="number", at_most=70), True),
        (Compare(answer="number", at_most=69), False),
        (Compare(answer="number", at_least=60, at_most=80), True),
        (Compare(answer="number", at_least=80, at_most=90), False),
        (Compare(answer="each", at_least=80), True),
        (Compare(answer="each", at_most=79), False),
        (Compare(answer="several", is_="two"), True),
        (Compare(answer="several", is_="three"), False),
        (Compare(answer="several", at_least=1), False),
        (Compare(answer="several", is_="empty"), False),
        (Compare(answer="skipped", is_="empty"), True),
        (Compare(answer="none", is_="empty"), True),
        (Compare(answer="never", is_="empty"), True),
        (Compare(answer="never", at_most=100), False),
        (Compare(answer="skipped", at_least=0), False),
        (Compare(answer="zero", is_="empty"), False),
        (Compare(answer="zero", at_most=0), True),
        (All(all=(Compare(answer="word", is_="calm"), Compare(answer="number", is_=70))), True),
        (All(all=(Compare(answer="word", is_="calm"), Compare(answer="number", is_=1))), False),
        (AnyOf(any=(Compare(answer="word", is_="no"), Compare(answer="number", is_=70))), True),
        (AnyOf(any=(Compare(answer="word", is_="no"), Compare(answer="number", is_=1))), False),
    ],
)
def test_words_compare_exactly_and_numbers_by_size(
    condition: Compare | All | AnyOf, expected: bool
) -> None:
    """Words and ids compare exactly, numbers by size, several ratings by the highest."""
    assert holds(condition, exercise_of(YES_NO), ANSWERS) is expected


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("2", "They will fire me"), ("el segundo", "They will fire me"),
        ("La segunda", "They will fire me"), ("the second one", "They will fire me"),
        ("first", "They all laugh"), ("el último pensamiento", "Me too"),
        ("they will fire me.", "They will fire me"), ("they all", "They all laugh"),
        ("they", None), ("el cuarto", None), ("fire me", None), ("me", None), ("", None),
    ],
)  # fmt: skip
def test_an_entry_is_named_as_people_name_it(typed: str, entry: str | None) -> None:
    """By its number, its place or its first words; never by words from its middle."""
    entries = "They all laugh\nThey will fire me\nMe too"
    chosen = play(WAYS, "long", entries, "/done", "5", "5", "5", typed)
    assert chosen.answers.get("heaviest") == entry
