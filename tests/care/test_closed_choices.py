"""What counts as chosen: options and suggested words, never own words, never what alarms."""

from bot.care.closed_choices import Choice, choices
from bot.catalog.exercise import Exercise
from tests.engine.playing import exercise_of

STEPS = """
- {id: moods, type: ask_list, label: {en: Feelings, es: Emociones},
   text: {en: Which?, es: ¿Cuáles?}, suggest: {en: [sad, angry], es: [tristeza, enojo]}}
- id: traps
  type: ask_many
  own: true
  label: {en: Traps, es: Trampas}
  text: {en: Which?, es: ¿Cuáles?}
  options:
    - {id: none, label: {en: None, es: Ninguna}, alone: true}
    - {id: all, label: {en: All or nothing, es: Todo o nada}}
- id: signs
  type: ask_many
  label: {en: Signs, es: Señales}
  text: {en: Which?, es: ¿Cuáles?}
  options:
    - {id: hurt, label: {en: I hurt myself, es: Me hice daño}}
    - {id: fine, label: {en: Fine, es: Bien}}
- {id: end, type: finish}
"""
HEAD = """
id: test.tapped
signals: [{reason: hurt, tier: crisis, when: {answer: signs, is: hurt}}]
"""


def tapped(answers: dict[str, object], spoken: str = "en", head: str = HEAD) -> list[Choice]:
    """What is counted of these answers, read in Spanish."""
    exercise: Exercise = exercise_of(STEPS, head)
    return list(choices(exercise, answers, spoken, "es"))


def test_tapped_words_are_told_in_the_reader_s_language() -> None:
    """Whichever language the exercise was done in."""
    sad = [Choice("Emociones", "tristeza")]
    assert tapped({"moods": ("sad",)}) == sad
    assert tapped({"moods": ("tristeza",)}, "es") == sad


def test_own_words_are_nobodys_statistics() -> None:
    """A word that was typed is left out, in lists and among options."""
    assert tapped({"moods": ("my sister Ana",), "traps": ("what Ana did", "all")}) == [
        Choice("Trampas", "Todo o nada")
    ]


def test_none_of_these_and_what_alarms_are_left_out() -> None:
    """Neither is a theme; a question that can raise a signal is never counted."""
    assert tapped({"traps": ("none",), "signs": ("hurt", "fine")}) == []


def test_a_safety_plan_and_a_questionnaire_are_left_out() -> None:
    """Whatever was tapped in them."""
    for modality in ("safety", "measure"):
        assert tapped({"moods": ("sad",)}, head=f"{HEAD}modality: {modality}") == []


def test_a_skipped_question_counts_nothing() -> None:
    """Neither do answers that are no lists."""
    assert tapped({"moods": None, "traps": "all"}) == []
