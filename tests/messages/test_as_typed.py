"""What people type is shown exactly as they typed it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.walk import Turn
from bot.messages.fill import fill, fitted, in_a_row, pieces, short
from bot.messages.summary import entry
from tests.engine.playing import Played, exercise_of, play
from tests.examples import examples
from tests.messages.reading import LIBRARY, NOON, WORDS, quoted, read, shown, texts, units, viewer

ONE = exercise_of("[{id: what, type: ask_text, max_chars: 1500}]")
LIST = exercise_of("""
- {id: thoughts, type: ask_list}
- {id: hot, type: choose_from, of: thoughts}
""")
ECHO = exercise_of("""
- {id: what, type: ask_text, max_chars: 1500}
- {id: then, type: ask_text, text: {en: "<b>You</b> wrote “{{ what }}”.", es: "«{{ what }}»"}}
""")
AWKWARD = [
    "<b>bold</b>", "</b>", "<", "&", "&amp;", "&lt;b&gt;", "a < b && c > d", "'quote' \"double\"",
    "{{ what }}", "{% raw %}", "{0} {low} %s", "{# note #}", "<script>alert(1)</script>",
    "<tg-spoiler>x", "שלום עולם", "مرحبا، كيف حالك؟", "👩‍👩‍👧‍👦🏳️‍🌈 5️⃣", "a\nb", "• one", "---",
    "None", "«sí» “no”", "_under_ *star* `code` [x](y)", "\\n \\ /", "x" * 250,
]  # fmt: skip


def _turn(played: Played) -> Turn:
    return Turn(played.run, played.events)


def _history(played: Played) -> str:
    messages = entry(WORDS, played.exercise, played.run, NOON, viewer())
    return "\n\n".join(read(message.text) for message in messages)


@pytest.mark.parametrize("typed", AWKWARD)
def test_an_entry_read_again_is_what_was_typed(typed: str) -> None:
    """/history shows the words of the person and nothing else."""
    assert _history(play(ONE, typed)) == f"Small\n2 Mar, 13:00\n\nwhat\n{typed}"


@settings(max_examples=examples(300))
@given(st.text(min_size=1, max_size=300).filter(lambda text: text.strip() != ""))
def test_any_words_at_all_come_back(typed: str) -> None:
    """Whatever can be typed is shown unchanged in the entry, and in one line where it is quoted."""
    assert _history(play(ONE, typed)).endswith(f"\nwhat\n{typed.strip()}")
    line = " ".join(typed.split())
    thought5 = LIBRARY["cbt.thought5"]
    asked = play(thought5, "x", "sad", "/done", "80", typed)
    if units(line) <= 300:
        message = shown(thought5, _turn(asked))[-1].message
        assert quoted(message.text) == [f"“{line}”"]


@pytest.mark.parametrize("typed", AWKWARD)
def test_an_answer_inside_a_text_is_what_was_typed(typed: str) -> None:
    """A placeholder shows the answer, never markup or logic made of it."""
    assert f"You wrote “{typed}”." in texts(ECHO, _turn(play(ECHO, typed)))


@pytest.mark.parametrize("typed", [each for each in AWKWARD if "\n" not in each])
def test_entries_and_old_answers_are_what_was_typed(typed: str) -> None:
    """The growing list, the list to choose from and the answer before Back show the words."""
    growing = play(LIST, typed)
    assert f"• {short(typed, 160)}" in texts(LIST, _turn(growing))
    choosing = play(LIST, typed, "other", "/done")
    assert f"1. {typed}\n2. other" in texts(LIST, _turn(choosing))
    back = play(ECHO, typed, "/back")
    assert f"Your answer before: “{typed}”" in texts(ECHO, _turn(back))


@pytest.mark.parametrize("typed", AWKWARD)
def test_held_words_are_what_was_typed(typed: str) -> None:
    """Words that came late are quoted while they are held."""
    held = play(ONE, "/pause", typed)
    assert f"You just wrote: “{' '.join(typed.split())}”" in texts(ONE, _turn(held))


@pytest.mark.parametrize(
    ("text", "longest", "kept"),
    [
        ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a  b\nc", 5, "a b c"), ("a bcd", 3, "a…"),
        ("🙂🙂", 4, "🙂🙂"), ("🙂🙂", 3, "🙂…"), ("🙂🙂🙂", 4, "🙂…"), ("", 3, ""),
        ("I👩‍👩‍👧", 8, "I…"), ("hi 👋🏽!", 6, "hi…"), ("🇪🇸🇲🇽", 7, "🇪🇸…"), ("cafés", 5, "caf…"),
        ("❤️❤️", 3, "❤️…"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁥󠁮󠁧󠁿", 16, "🏴󠁧󠁢󠁥󠁮󠁧󠁿…"), (f"z{'́' * 99}", 60, f"z{'́' * 58}…"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_cut_whole(text: str, longest: int, kept: str) -> None:
    """Lengths are counted as Telegram counts them, and nothing that looks like one sign is cut in
    two: a family, a waving hand, a flag, an accent; only where there is nothing but accents."""
    assert short(text, longest) == kept
    assert units(short(text, longest)) <= longest


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_text_fits(text: str, longest: int) -> None:
    """What fits is left alone; what does not becomes a beginning with an ellipsis."""
    cut = fitted(text, longest)
    assert units(cut) <= longest
    assert cut == text if units(text) <= longest else text.startswith(cut.removesuffix("…"))


@given(st.text(alphabet="ab 🙂\u0301", max_size=90), st.integers(40, 60))
def test_pieces_lose_nothing(text: str, longest: int) -> None:
    """Put together again they are the text, and each one fits."""
    found = list(pieces(text, longest))
    assert "".join(found) == text
    assert all(units(each) <= longest for each in found)


def test_an_authors_markup_stays_markup() -> None:
    """Only the answer is escaped, not the words of the author around it."""
    assert fill("<b>{{ what }}</b>", {"what": "<i>"}, ONE, "en") == "<b>&lt;i&gt;</b>"


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        (["sad", "angry"], "sad, angry"),
        (["Will I keep it?", "The test"], "Will I keep it? · The test"),
        (["If he pours, I turn it.", "If not, I go."], "If he pours, I turn it. · If not, I go."),
        (["one"], "one"),
        ([], ""),
    ],
)
def test_sentences_in_one_line_stay_apart(entries: list[str], line: str) -> None:
    """Words are told apart by commas; sentences have commas and ends of their own."""
    assert in_a_row(entries) == line
