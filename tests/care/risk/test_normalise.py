"""From what was typed to plain words."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.risk import Rules
from bot.care.risk.titles import without_titles
from bot.catalog.risk.normalise import clean

PLAIN = [
    ("I WANT to die", "i want to die"),
    ("Así, mañana… adiós", "asi manana adios"),
    ("don't", "dont"),
    ("don’t", "dont"),
    ("don`t", "dont"),
    ("one. two! three?", "one . two . three ."),
    ("wait...what", "wait what"),
    ("a\nb", "a . b"),
    ("self-harm/cutting", "self harm cutting"),
    ("k\u200bi\u200bl\u200bl", "kill"),
    ("кill", "kill"),
    ("ｋｉｌｌ", "kill"),
    ("ᴋɪʟʟ", "kill"),
    ("🅺🅸🅻🅻 🅜🅔", "kill me"),
    ("kill\u3164me\u2800now", "kill me now"),
    ("🔪 now", "emojiknife now"),
    ("“quoted”", "quoted"),
    ("", ""),
]

DISGUISED = [
    ("k1ll myself", "kill myself"),
    ("k!ll myself", "kill myself"),
    ("su*c*de", "suicide"),
    ("su1c1de", "suicide"),
    ("k i l l myself", "kill myself"),
    ("k.i.l.l myself", "kill myself"),
    ("k-i-l-l", "kill"),
    ("killlll myself", "kill myself"),
    ("diiiie", "die"),
    ("soooo sad", "so sad"),
    ("9pm on the 4th", "9pm on the 4th"),
    ("a b c", "a b c"),
    ("bl3ak", "bl3ak"),
    ("b l e a k", "b l e a k"),
]


@pytest.mark.parametrize(("typed", "words"), PLAIN)
def test_plain_words(typed: str, words: str) -> None:
    """Capitals, accents, apostrophes, look-alikes and invisible signs do not matter."""
    assert " ".join(clean(typed).split()) == words


@pytest.mark.parametrize(("typed", "words"), DISGUISED)
def test_a_disguised_word_becomes_the_known_one(rules: Rules, typed: str, words: str) -> None:
    """Repeated letters, digits for letters, stars and spaced letters become the known word, if a
    phrase knows it: “bleak” is a word of the net alone."""
    assert " ".join(clean(typed, rules.guess).split()) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('I heard "Killing Me Softly"', "I heard  title "),
        ('she said "I want to die"', 'she said "I want to die"'),
        ('"HELP ME NOW"', '"HELP ME NOW"'),
        ("no quotes", "no quotes"),
    ],
)
def test_a_title_in_quotation_marks_is_set_aside_a_thought_is_not(typed: str, kept: str) -> None:
    """A title in quotation marks is set aside, a quoted thought stays."""
    assert without_titles(typed) == kept


@given(st.text())
def test_the_words_of_any_text_are_plain(text: str) -> None:
    """No capital letter, apostrophe or sign of the ASCII punctuation but the break is left."""
    assert not set("ABCDEFGHIJKLMNOPQRSTUVWXYZ'!?,;:\n\t") & set(clean(text))


def test_no_sign_becomes_a_sentence() -> None:
    """A message of 4,096 signs stays about as long as it was: ﷺ, decomposed, has eighteen."""
    signs = (chr(code) for code in range(sys.maxunicode + 1))
    long = [sign for sign in signs if len(unicodedata.normalize("NFKD", sign)) > 3]
    assert len(long) > 100
    assert max(len(clean(sign)) for sign in long) <= 8
