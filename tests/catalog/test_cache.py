"""What was made from the content files is kept, and never used when it is not true any more."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.care.risk import screen
from bot.catalog import cache
from bot.catalog.load_risk import FILE, load_risk, prepare_risk
from bot.catalog.risk import Rules, Tier
from bot.config import Settings

LINES = Path(__file__).parent.parent / "care" / "risk" / "lines" / "ours.jsonl"
PHRASES = """
language: en
words: {i: [i, im]}
families:
  - {id: f, category: c, tier: crisis, reason: r, say: [<i> ..2 jump, "end <i>?"]}
"""


class Reading:
    """A folder with phrases, its cache, and how often the phrases were really read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache, self.times = folder / "risk", folder / "cache", 0
        self.folder.mkdir()
        self.write(PHRASES)

    def write(self, phrases: str) -> None:
        """Changes the phrases."""
        (self.folder / "en.yaml").write_text(phrases, encoding="utf-8")

    def __call__(self) -> Rules:
        """The rules, which must have no problems."""
        make, problems = prepare_risk(self.folder, self.cache, self._count)
        assert problems == ()
        return make()

    def _count(self) -> None:
        self.times += 1


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Phrases, and nothing kept yet."""
    return Reading(tmp_path)


def test_kept_rules_find_the_same(tmp_path: Path) -> None:
    """For every line the screen is measured with, kept rules say exactly what fresh ones say."""
    folder, kept = Settings().risk_dir, tmp_path / "cache"
    fresh, problems = load_risk(folder, kept)
    assert problems == ()
    assert (kept / FILE).is_file(), "nothing could be kept"
    first = (kept / FILE).read_bytes().partition(b" ")[0].decode()
    now = cache.key_of((*sorted(folder.glob("*.yaml")), *sorted(folder.glob("*.tsv"))))
    assert first == now + cache.code(), "the phrases or the code were changed meanwhile"
    make, _ = prepare_risk(folder, kept, lambda: pytest.fail("the phrases were read again"))
    again = make()
    texts = [json.loads(line)["text"] for line in LINES.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 400
    for text in texts:
        assert screen(text, again) == screen(text, fresh), text


def test_read_once(reading: Reading) -> None:
    """The second process does not read the phrases; what is kept is for this user only."""
    reading()
    assert screen("I will just jump", reading()).tier is Tier.CRISIS
    assert reading.times == 1
    assert (reading.cache / FILE).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in reading.cache.iterdir()] == [FILE]


def test_changed_phrases_are_read(reading: Reading) -> None:
    """A phrase a clinician changed counts from the next start on."""
    reading()
    reading.write(PHRASES.replace("jump", "fall"))
    assert screen("I will just jump", reading()).tier is Tier.NONE
    assert screen("I will just fall", reading()).tier is Tier.CRISIS
    assert reading.times == 2


def test_another_file_is_read(reading: Reading) -> None:
    """One more language counts, and one taken away does not."""
    reading()
    more = reading.folder / "es.yaml"
    more.write_text(PHRASES.replace("en", "es").replace("jump", "salto"), encoding="utf-8")
    assert screen("i salto", reading()).tier is Tier.CRISIS
    more.unlink()
    assert screen("i salto", reading()).tier is Tier.NONE
    assert reading.times == 3


def test_a_problem_is_told_every_time(reading: Reading) -> None:
    """Phrases with a problem are never kept: it is told again, with its line, until mended."""
    reading.write(PHRASES.replace("<i> ..2 jump", "<nobody> jump"))
    first = load_risk(reading.folder, reading.cache)[1]
    again = load_risk(reading.folder, reading.cache)[1]
    assert [(each.code, each.line) for each in first] == [("RISK_004", 5)]
    assert again == first
    assert not reading.cache.exists()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _one_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-30] ^= 1
    file.write_bytes(data)


def _foreign(file: Path) -> None:
    file.write_text("{}", encoding="utf-8")


def _binary(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\n\xff")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [_cut, _one_bit, _foreign, _binary, _empty, _folder])
def test_a_broken_file_is_ignored(reading: Reading, spoil: Callable[[Path], None]) -> None:
    """A file that is not exactly what was written is as if it was not there."""
    reading()
    spoil(reading.cache / FILE)
    assert screen("I will just jump", reading()).tier is Tier.CRISIS
    assert reading.times == 2


def test_a_broken_file_is_written_anew(reading: Reading) -> None:
    """After that it is kept again."""
    reading()
    _cut(reading.cache / FILE)
    reading()
    reading()
    assert reading.times == 2


def test_other_code_reads_anew(reading: Reading, tmp_path: Path) -> None:
    """What another version of the code kept has another key: every module of bot/catalog counts."""
    copy = tmp_path / "catalog"
    shutil.copytree(cache.HERE, copy)
    before = cache.key_of(cache.sources())
    assert cache.key_of(sorted(copy.rglob("*.py"))) == before
    for source in sorted(copy.rglob("*.py")):
        text = source.read_bytes()
        source.write_bytes(text + b"#")
        assert cache.key_of(sorted(copy.rglob("*.py"))) != before, source
        source.write_bytes(text)
    reading()
    first = (reading.cache / FILE).read_bytes().partition(b" ")[0].decode()
    assert cache.code() == before
    assert first == cache.key_of(sorted(reading.folder.iterdir())) + before
    assert cache.recall(reading.cache / FILE, before) is None


def test_a_folder_that_cannot_be_written(reading: Reading) -> None:
    """Where nothing can be kept (a file is in the way, or no rights), the phrases are just read."""
    reading.cache.write_text("", encoding="utf-8")
    assert screen("I will just jump", reading()).tier is Tier.CRISIS
    assert screen("I will just jump", reading()).tier is Tier.CRISIS
    assert reading.times == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(reading: Reading) -> None:
    """A folder without the right to write is no error."""
    reading.cache.mkdir(mode=0o500)
    assert screen("I will just jump", reading()).tier is Tier.CRISIS
    assert not any(reading.cache.iterdir())
