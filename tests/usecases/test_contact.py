"""The number the team may call: whatever people type of one is taken, also with an extension."""

import pytest

from bot.care.alias import neat
from bot.usecases.profile.contact import _dialled


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("612 345 678", "612 345 678"),
        ("+1 (555) 010-0199", "+1 (555) 010-0199"),
        ("555 123 4567 ext 12", "555 123 4567 ext. 12"),
        ("555-123-4567 ext. 12", "555-123-4567 ext. 12"),
        ("(555) 123-4567, extension 1204", "(555) 123-4567 ext. 1204"),
        ("5551234567x12", "5551234567 ext. 12"),
        ("call me at 555 123 4567 #3", "555 123 4567 ext. 3"),
        ("91 234 56 78, extensión 40", "91 234 56 78 ext. 40"),
        ("mi número es el 11 4321-5678 interno 7", "11 4321-5678 ext. 7"),
        ("2 2345 6789 anexo: 21", "2 2345 6789 ext. 21"),
        ("555 123 4567 or 555 765 4321", None),
        ("555 123 4567 ext 12 or ext 13", None),
        ("ext 12", None),
        ("extension 5551234567", "5551234567"),
        ("tomorrow", None),
    ],
)
def test_one_number_is_taken_with_what_is_dialled_after_it(typed: str, kept: str | None) -> None:
    """Two numbers are asked about again: nobody would know which one to call."""
    assert _dialled(neat(typed)) == kept
