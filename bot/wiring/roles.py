"""What a process does of all there is to do: everything, or one part beside other processes."""

from collections.abc import Iterable
from enum import StrEnum

from bot.config import Settings
from bot.errors import BetweenError
from bot.store.offices import Office


class Role(StrEnum):
    """A part of the work. `worker` and `web` can be many; of the others one at a time is active."""

    ALL = "all"
    POLL = "poll"
    WEB = "web"
    WORKER = "worker"
    CLOCK = "clock"
    SENDER = "sender"


class Roles:
    """The roles of one process."""

    def __init__(self, roles: Iterable[Role] = (Role.ALL,)) -> None:
        self._roles = frozenset(roles) or frozenset({Role.ALL})

    def __contains__(self, role: Role) -> bool:
        return self.everything or role in self._roles

    def __str__(self) -> str:
        return ",".join(sorted(self._roles))

    @property
    def everything(self) -> bool:
        """Whether this process does all there is to do, without an inbox between its parts."""
        return Role.ALL in self._roles

    def offices(self, settings: Settings) -> list[Office]:
        """What this process stands for election for. Where Telegram brings updates to the web,
        the web looks after the webhook."""
        receives = Role.POLL in self or (Role.WEB in self and bool(settings.webhook_url))
        wanted = {
            Office.POLL: receives,
            Office.CLOCK: Role.CLOCK in self,
            Office.SENDER: Role.SENDER in self,
        }
        return [office for office, stands in wanted.items() if stands]

    def check(self, settings: Settings) -> None:
        """Raises BetweenError in plain words where the settings do not allow these roles."""
        if settings.is_sqlite and not self.everything:
            raise BetweenError(
                "On SQLite one process does everything: leave --role out, or set DATABASE_URL to"
                " PostgreSQL to run several."
            )
        if Role.WEB in self and not self.everything and settings.web_port is None:
            raise BetweenError("The role web serves pages: set WEB_PORT to the port it may use.")


def roles_of(asked: Iterable[str]) -> Roles:
    """From the command line: names, each alone or several with commas between."""
    names = [name.strip() for each in asked for name in each.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Role)]
    if unknown:
        known = ", ".join(Role)
        raise BetweenError(f"There is no role {unknown[0]}. There are: {known}.")
    return Roles(Role(name) for name in names)
