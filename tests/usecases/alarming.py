"""What the tests of alerts share: words of danger, and what a therapist does with an item."""

from tests.usecases.theatre import RIVERA, Theatre

CRISIS = "I am going to kill myself tonight"
CONCERN = "Sometimes I wish I would not wake up"


def opens(theatre: Theatre, pin: str = "4711") -> None:
    """Dr Rivera opens the item and chooses a PIN for it."""
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, pin)
    theatre.does(RIVERA, pin)


def closes(theatre: Theatre) -> None:
    """Dr Rivera takes it and ends it with a note."""
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, she is with her sister")
