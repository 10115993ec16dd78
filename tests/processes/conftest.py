"""A PostgreSQL database of its own for each test, and the room for processes on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.processes.crew import Crew, on_stage


@pytest.fixture
def database_kind() -> str:
    """Several processes need PostgreSQL."""
    return "postgresql"


@pytest.fixture
async def stage(
    database_url: str, tmp_path: Path
) -> AsyncIterator[tuple[Crew, aiohttp.ClientSession]]:
    """People with phones, and a crew without processes."""
    async with on_stage(tmp_path, database_url) as both:
        yield both
