"""The way in: from Telegram's hands, by the poll or the webhook, to what handles an update."""

from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.store.rivals import Rival
from bot.telegram.acks import Acks
from bot.telegram.fetch import Fetch
from bot.telegram.floods import Floods
from bot.telegram.handling import Handling
from bot.telegram.inbox import Inbox
from bot.telegram.poll import Poll
from bot.telegram.webhook import Webhook
from bot.telegram.working import Working
from bot.usecases import rivals
from bot.usecases.apologise import apologise
from bot.usecases.staff_chat import sent
from bot.wiring.waking import FETCH
from bot.wiring.web import place_of

if TYPE_CHECKING:
    from bot.wiring.house import House

_log = structlog.get_logger(__name__)


class WayIn:
    """Made once the house has its way out, which answers go by."""

    def __init__(self, house: "House") -> None:
        settings = house.settings
        self._house = house
        self.floods = Floods(house.clock.steady)
        self.acks = Acks(house.bot, still=house.way_out.sender.pacer.stop)
        self.fetch = Fetch(
            house.bot,
            house.database,
            house.kit.vault,
            partial(sent.read, kit=house.kit),
            clock=house.clock,
            on_receipt=house.settle,
        )
        self.handling = Handling(
            house.database,
            house.receive,
            self.acks,
            bot_id=house.bot_id,
            clock=house.clock,
            on_wrote=house.wake,
            on_due=house.waking.expect,
            on_poison=partial(apologise, kit=house.kit),
            on_fetch=partial(house.waking.wake, FETCH),
            on_handed=house.way_out.handed,
        )
        self.working = Working(
            house.database,
            self.handling,
            house.kit.vault,
            bot_id=house.bot_id,
            clock=house.clock,
        )
        self.intake: Handling | Inbox = self.handling
        if not house.roles.everything:
            self.intake = Inbox(
                *(house.database, house.kit.vault),
                bot_id=house.bot_id,
                clock=house.clock,
                health=self.handling.health,
            )
        self.place = place_of(settings, house.kit.vault)
        self.webhook = Webhook(
            house.bot,
            path=self.place.path,
            address=settings.webhook_url,
            secret=self.place.secret,
            health=self.handling.health,
            clock=house.clock,
            on_rival=self._rival,
        )
        self.poll = Poll(
            house.bot,
            self.intake,
            clock=house.clock,
            on_conflict=self.webhook.in_the_way,
            seconds=settings.poll_seconds,
        )

    async def _rival(self, kind: Rival) -> None:
        house = self._house
        told = partial(rivals.notice, kind=kind, now=house.clock(), kit=house.kit)
        try:
            wrote = await house.database.run(lambda session: told(session, house.bot_id))
        except SQLAlchemyError as error:  # it is in the log, and comes again
            _log.error("rival_not_noted", error=type(error).__name__)
            return
        if wrote:
            house.wake()
