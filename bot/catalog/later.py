"""What comes back later: the review of a plan, on the moment the person chose."""

from pydantic import Field, model_validator

from bot.catalog.steps.asking import Scale
from bot.catalog.steps.base import Part, StepId
from bot.catalog.text import Text

MONTH = 31 * 24 * 60


class Later(Part):
    """At a moment the person chose, the bot writes again.

    `when` is an `ask_when` step; `offset_minutes` moves the moment (negative: before it). `quote`
    lists the answers that are shown then. `ask` names the exercise that is offered; without it the
    message only reminds. `text` is said above the quoted answers.
    """

    when: StepId
    offset_minutes: int = Field(default=0, ge=-MONTH, le=MONTH)
    ask: str | None = None
    quote: tuple[StepId, ...] = ()
    text: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Later":
        if self.ask is None and not self.quote and self.text is None:
            raise ValueError("what comes later needs ask:, quote: or text:")
        return self


class Given(Part):
    """An answer brought along from the exercise that promised this one.

    It is known from the first step on, as words; with `scale`, as a number on that scale; with
    `list: true`, as a list that may be empty.
    """

    id: StepId
    label: Text
    scale: Scale | None = None
    list: bool = False
