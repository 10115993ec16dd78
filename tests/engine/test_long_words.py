"""Words as long as Telegram lets them be are read in no time: everybody waits behind them."""

from time import process_time

import pytest

from bot.engine.answer.reading import folded, parted
from bot.engine.number import are_two, out_of, typed_decimal, typed_number
from bot.engine.remark import before_remark, has_remark
from bot.messages.places import find

LONGEST = 4096
SECONDS = 0.3
"""What went wrong here took from one to eight; usual is a hundredth of this."""


@pytest.mark.parametrize("sign", [" ", "\n", "!", "a, ", "no ", "1 o ", "and "])
def test_a_page_of_one_sign(sign: str) -> None:
    """Pasted, or meant to be a nuisance: between two words of nobody's."""
    text = f"evening{sign * (LONGEST // len(sign) - 10)}x"
    began = process_time()
    assert typed_number(text) is None
    assert typed_decimal(text, 1, "h") is None
    assert out_of(text) is None
    assert not are_two(text)
    before_remark(text)
    has_remark(text)
    parted([text], {folded(text[:9]): "evening"})
    assert find(text, "en").zone is None
    assert process_time() - began < SECONDS
