"""What the picture behind /progress shows: how strong it felt before and after, how often by week.

Every word comes with the figures; nothing here knows a language. `drawn_chart` draws it.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(_Fact):
    """Strength before and after one exercise, 0 to 100; `at` is local time, only its order and
    label matter."""

    at: datetime
    label: str
    before: float
    after: float


class Bar(_Fact):
    """How many exercises in one week."""

    label: str
    count: int


class Chart(_Fact):
    """Everything that is drawn, words included."""

    title: str
    y_label: str
    before: str
    after: str
    pairs: tuple[Pair, ...]
    bars_title: str
    bars_label: str
    bars: tuple[Bar, ...]
    language: str = "en"
