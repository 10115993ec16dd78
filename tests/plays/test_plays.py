"""Every exercise played through in every language, compared word for word.

A transcript is called `<exercise>.<language>.txt`, or `<exercise>.<variant>.<language>.txt` for
another way through it. What the person gives stands after "> ", and what an earlier exercise
brought along after "< ". For a new one, write only these lines and run
`pytest tests/plays --update-plays`.
"""

from pathlib import Path

import pytest

from bot.catalog.load import read_library
from bot.cli.play import Play, transcript
from bot.config import Settings
from bot.messages.words import Words
from tests.plays.transcripts import brought_of, inputs_of

HERE = Path(__file__).parent
LIBRARY = read_library(Settings().exercises_dir, Settings().cache)
TITLES = {name: exercise.title for name, exercise in LIBRARY.exercises.items()}
WORDS = Words(Settings().prompts_dir, Settings().cache)


def _named(file: Path) -> tuple[str, str]:
    family, name, *_, language, _ = file.name.split(".")
    return f"{family}.{name}", language


@pytest.mark.parametrize("file", sorted(HERE.glob("*.txt")), ids=lambda file: file.stem)
def test_the_conversation_reads_as_it_is_written(file: Path, rewrite: bool) -> None:
    """The bot says in each exercise exactly what was read and found good."""
    written = file.read_text(encoding="utf-8")
    name, language = _named(file)
    exercise = LIBRARY.exercises[name]
    play = Play(WORDS, exercise, language, TITLES, brought=brought_of(exercise, written))
    said = transcript(play, inputs_of(written))
    if rewrite:
        file.write_text(said, encoding="utf-8")
    else:
        assert said == written
    assert play.is_over, "a play goes on to an end"


def test_every_exercise_has_a_play_in_every_language() -> None:
    """No exercise is shipped that nobody has gone through."""
    played = {_named(file) for file in HERE.glob("*.txt")}
    assert played == {
        (name, language)
        for name, exercise in LIBRARY.exercises.items()
        for language in exercise.languages
    }
