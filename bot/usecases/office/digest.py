"""The digest of a member of staff's groups: numbers only, nobody's name and nobody's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.store import alerts, brought, open_items, rollcall
from bot.usecases.kit import Kit
from bot.usecases.office.quiet import quiet_ones
from bot.usecases.office.reader import Reader, own_groups
from bot.usecases.office.today import ASKED_BACK

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Figures:
    """The last seven days of some groups, and what waits in them now."""

    groups: int
    members: int
    practised: int
    quiet: int
    alerts: int
    newcomers: int
    lines: int
    answers: int
    pairs: int
    reported: int
    returning: int
    brought: int

    @property
    def waiting(self) -> int:
        """How much there is to do."""
        people = self.alerts + self.newcomers + self.reported + self.returning
        return people + self.lines + self.answers + self.pairs


def figures(session: Session, kit: Kit, reader: Reader, now: datetime) -> Figures:
    """What the digest says."""
    mine = own_groups(session, reader)
    ids = [each.id for each in mine]
    here = {each.person for each in rollcall.present(session, kit.vault, ids)}
    done = rollcall.finished(session, ids, now - WEEK, now)
    theirs = [each for each in alerts.all_open(session) if each.group in reader.groups]
    to_bring = (
        many
        for group in mine
        for many, _ in brought.counts(
            session, [group.id], now.astimezone(ZoneInfo(group.zone)).date()
        ).values()
    )
    return Figures(
        groups=len(mine),
        members=len(here),
        practised=len({each.person for each in done} & here),
        quiet=len(quiet_ones(session, kit, mine, now)),
        alerts=len(theirs),
        newcomers=sum(each.many for each in open_items.newcomers(session, ids)),
        lines=sum(each.many for each in open_items.held_lines(session, ids)),
        answers=sum(each.many for each in open_items.shown_answers(session, ids)),
        pairs=sum(each.many for each in open_items.proposed_pairs(session, ids)),
        reported=sum(each.many for each in open_items.reported_pairs(session, ids)),
        returning=len(open_items.returning(session, ids, now - ASKED_BACK)),
        brought=sum(to_bring),
    )
