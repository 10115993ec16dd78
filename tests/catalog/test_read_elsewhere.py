"""What a start takes with it: what is kept is read, and nothing that would read it anew."""

import os
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.catalog.load_risk import FILE, prepare_risk
from bot.config import Settings
from bot.store.master_key import create_master_key
from bot.wiring.content import read_elsewhere, warm
from tests.few_phrases import with_few_phrases

TODAY = date(2026, 11, 27)
_START = """
import sys
from datetime import date
from bot.config import Settings
from bot.wiring.content import make_kit
make_kit(Settings(), date(2026, 11, 27)).rules
told = ("ruamel", "sqlalchemy.dialects.postgresql", "bot.catalog.read_risk")
print([name for name in told if name in sys.modules])
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A cache in which all content is kept; the phrases were read there by another process."""
    folder = tmp_path_factory.mktemp("kept")
    content = with_few_phrases(folder)
    settings = Settings(cache_dir=folder / "cache", exercises_folder=content)
    anew = partial(read_elsewhere, settings)
    made, problems = prepare_risk(settings.risk_dir, settings.cache, anew)
    assert problems == ()
    assert made().vocabulary
    warm(settings, TODAY)
    return settings


def test_phrases_are_read_by_another_process(settings: Settings) -> None:
    """Whoever starts with phrases that were changed has them read, and finds them kept."""
    assert (settings.cache / FILE).is_file()
    prepare_risk(settings.risk_dir, settings.cache, lambda: pytest.fail("they were read again"))


def test_a_start_from_what_is_kept(settings: Settings, tmp_path: Path) -> None:
    """It needs no reader of YAML, no compiler of phrases, and no PostgreSQL where there is none."""
    key = tmp_path / "master.key"
    tmp_path.chmod(0o700)
    create_master_key(key)
    ended = subprocess.run(
        [sys.executable, "-c", _START],
        env={
            **os.environ,
            "CACHE_DIR": str(settings.cache),
            "EXERCISES_FOLDER": str(settings.exercises_folder),
            "MASTER_KEY_FILE": str(key),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.strip() == "[]", ended.stderr
