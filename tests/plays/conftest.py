"""`pytest tests/plays --update-plays` writes the transcripts anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Read every changed transcript before keeping it: it is what a person will see."""
    parser.addoption("--update-plays", action="store_true", help="write the transcripts anew")


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether the transcripts are to be written rather than compared."""
    return bool(request.config.getoption("update_plays", default=False))
