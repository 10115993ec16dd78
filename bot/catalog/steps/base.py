"""What all steps have in common: an id, a way on, words in two registers."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from bot.catalog.text import Text, said

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
"""Lower-case letters, digits and underscores, at most 24: it travels inside a button."""

LOINC = r"^(LA)?\d{1,7}-\d$"


def _checked(code: str) -> str:
    """The last digit of a numeric code follows from the others (LOINC User Guide: mod 10)."""
    digits, _, last = code.partition("-")
    if digits.isdigit():
        doubled = (int(each) * (2 - at % 2) for at, each in enumerate(reversed(digits)))
        if (10 - sum(each // 10 + each % 10 for each in doubled)) % 10 != int(last):
            raise ValueError(f"“{code}” is no LOINC code: a digit is wrong")
    return code


Loinc = Annotated[str, StringConstraints(pattern=LOINC), AfterValidator(_checked)]
"""A code of LOINC (loinc.org): "44261-6" for a question or a score, "LA6568-5" for an option."""


_UNASKED: set[str] = set()


class Part(BaseModel):
    """Base of all parts of an exercise: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def model_post_init(self, _: object) -> None:
        """Nobody asks which fields were written down, and each part would keep a set of them."""
        object.__setattr__(self, "__pydantic_fields_set__", _UNASKED)


class Codes(Part):
    """What others call the same thing. A code that is not certain is left out, never guessed."""

    loinc: Loinc | None = None


class Step(Part):
    """Steps run in file order; `goto` names the step that follows instead."""

    id: StepId
    goto: str | None = None


class Spoken(Part):
    """Words that are shown; `plain` says the same in easier words, for who asked for that."""

    text: Text
    plain: Text | None = None

    def words(self, language: str, plain: bool) -> str:
        """The text in this language, in easier words where they are wanted and there are any."""
        return said(self.plain if plain and self.plain else self.text, language)


class Question(Spoken, Step):
    """A step that waits for the person. `label` is its short name in summaries ("Feelings").

    With `target`, it is passed over for people whose diary does not follow that target.
    """

    label: Text
    example: Text | None = None
    optional: bool = False
    target: StepId | None = None
    codes: Codes = Codes()
