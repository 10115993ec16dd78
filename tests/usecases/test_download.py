"""The copy behind a private page: read in one short transaction, made after it, given once."""

import io
import zipfile
from functools import partial

from bot.store import page_links
from bot.store.worker import Database
from bot.usecases import export
from bot.usecases.download import download
from bot.usecases.kit import Kit
from tests.usecases.clockwork import CORE, MAYA, Clockwork


def test_it_is_made_once_nobody_waits_for_the_database(database: Database, shipped: Kit) -> None:
    """Made inside the transaction, a year of entries held up everybody's answers for a second."""
    works = Clockwork(database, shipped).build(CORE)
    me = works.id_of(MAYA)
    token = database.call(lambda s: page_links.make(s, me, export.WHAT, works.now))
    take = partial(download, token=token, now=works.now, kit=works.kit)
    pack = database.call(take)
    assert pack is not None
    assert database.call(take) is None
    with zipfile.ZipFile(io.BytesIO(pack())) as made:
        assert "between.html" in made.namelist()
