"""SQLite's journal is emptied of what was erased; nobody waits for whoever is in the way."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.store.database import migrate, open_engine
from bot.store.erasure import empty_log


@pytest.mark.parametrize("held", [True, False])
def test_a_reader_that_stays_does_not_hold_up_the_clock(tmp_path: Path, held: bool) -> None:
    """Litestream reads for as long as it runs, and the clock asks at every beat: at ten seconds
    each, whatever is due would come so much later."""
    url = f"sqlite:///{tmp_path / 'between.db'}"
    migrate(url)
    engine, reader, asked = open_engine(url), open_engine(url), list[str]()
    with closing(reader.raw_connection()) as reading:
        if held:
            reading.cursor().execute("BEGIN")
            reading.cursor().execute("SELECT count(*) FROM participant").fetchone()
        with engine.begin() as writing:
            writing.execute(text("CREATE TABLE more (what TEXT)"))
        event.listen(engine, "checkout", lambda raw, *_: raw.set_trace_callback(asked.append))
        assert empty_log(engine) is not held
        reading.rollback()
    waits = [int(each) for line in asked for each in re.findall(r"busy_timeout=(\d+)", line)]
    assert waits[0] < 1_000 <= waits[-1]  # a moment for this, as before for everything else
    assert empty_log(engine)
    assert not (tmp_path / "between.db-wal").stat().st_size
    engine.dispose()
    reader.dispose()
