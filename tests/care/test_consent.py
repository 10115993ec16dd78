"""What counts as agreed: tables of what was said, by which words."""

import pytest

from bot.care.consent import Given, Scope, allowed, to_ask_again
from bot.catalog.consents import SWITCHES, Consent, Consents

WORDS = {"en": "words", "es": "palabras"}
YES, NO, OLD = Given(True, 3), Given(False, 3), Given(True, 1)


def texts(since: int = 2) -> Consents:
    """All scopes in their third version, of which `since` last changed the meaning."""
    return Consents(
        texts={
            scope: Consent(
                scope=scope, version=3, since=since, label=WORDS, why=WORDS, happens=WORDS
            )
            for scope in Scope
        }
    )


@pytest.mark.parametrize(
    ("frame", "reads", "counts"),
    [
        (YES, YES, True),
        (YES, NO, False),
        (YES, None, False),
        (None, YES, False),
        (NO, YES, False),
        (YES, OLD, False),
        (YES, Given(True, 2), True),
        (OLD, YES, False),
    ],
)
def test_only_a_yes_to_words_that_still_mean_the_same_counts(
    frame: Given | None, reads: Given | None, counts: bool
) -> None:
    """Never asked is no; taken back is no; a yes to other words is no; without the frame, no."""
    said = {Scope.FRAME: frame, Scope.THERAPIST_READS: reads}
    given = {scope: word for scope, word in said.items() if word is not None}
    assert allowed(Scope.THERAPIST_READS, given, texts()) is counts


@pytest.mark.parametrize("scope", SWITCHES)
def test_one_yes_never_covers_another_use(scope: Scope) -> None:
    """Each switch is for one thing."""
    given = {Scope.FRAME: YES, scope: YES}
    assert [each for each in SWITCHES if allowed(each, given, texts())] == [scope]


def test_only_a_yes_to_words_that_changed_their_meaning_is_asked_again() -> None:
    """A no stays a no, what was never asked is not pressed upon anybody, small changes pass."""
    given = {
        Scope.FRAME: YES,
        Scope.THERAPIST_READS: OLD,
        Scope.PARTNER_TICKS: Given(False, 1),
        Scope.BOARD_LINES: Given(True, 2),
    }
    assert to_ask_again(given, texts()) == (Scope.THERAPIST_READS,)
    assert to_ask_again(given, texts(since=1)) == ()
    assert to_ask_again({**given, Scope.FRAME: OLD}, texts()) == (Scope.FRAME,)


def test_the_sha_is_that_of_the_words_shown() -> None:
    """Two languages are two texts; another word is another text."""
    text = texts().texts[Scope.BOARD_LINES]
    changed = text.model_copy(update={"happens": {"en": "other words", "es": "palabras"}})
    assert text.sha("en") != text.sha("es")
    assert text.sha("en") != changed.sha("en")
    assert text.sha("es") == changed.sha("es")
