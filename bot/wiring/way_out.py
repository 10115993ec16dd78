"""The way out: what draws, sends and posts, and how it learns that something waits."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.mail.postman import Postman
from bot.reports.drawing import Drawing
from bot.store.offices import Office
from bot.telegram.rates import Rates
from bot.telegram.sender import Sender
from bot.wiring.election import who_is_there
from bot.wiring.outside import limits, mail_server

if TYPE_CHECKING:
    from bot.wiring.house import House


class WayOut:
    """Made once the house has its bot, its database and its kit."""

    def __init__(self, house: "House") -> None:
        settings = house.settings
        self._house = house
        self.drawing = Drawing()
        self.sender = Sender(
            house.bot,
            house.database,
            house.kit.vault,
            owner=house.name,
            clock=house.clock,
            draw=self.drawing.draw,
            build=house.documents.build,
            media=house.kit.media,
            alive=who_is_there(settings),
            rates=Rates(limits(settings)),
        )
        server = mail_server(settings)
        self.postman = (
            None
            if server is None
            else Postman(server, house.database, house.kit.vault, clock=house.clock)
        )

    def sends(self) -> datetime | None:
        """Now, while it is for us to send."""
        house = self._house
        ours = Office.SENDER in house.roles.offices(house.settings)
        return house.clock() if ours and house.offices.holds(Office.SENDER) else None

    def filled(self, _: str) -> None:
        """Something new waits to go out from here."""
        self.sender.wake()
        if self.postman is not None:
            self.postman.wake()

    def handed(self) -> Callable[[], None]:
        """Updates are being handled, here where messages go out, too: the sender looks for their
        answers in the same transaction. What else waits for the outbox is woken as ever."""
        if not (self._house.database.is_in_order and self.sends()):
            return self._house.wake
        number = self.sender.follow()

        def wrote() -> None:
            if not self.sender.follows(number):
                self._house.wake()
            elif self.postman is not None:
                self.postman.wake()

        return wrote
