"""Numbers as an author writes them: whole ones stay whole."""

from typing import Annotated

from pydantic import AfterValidator, Field


def whole(number: float) -> float:
    """7.0 as 7, 7.5 as it is."""
    return int(number) if number == int(number) else number


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(whole)]
"""A number that may have a fraction; an `int` where it has none."""
