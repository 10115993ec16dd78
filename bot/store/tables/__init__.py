"""The tables. Readable columns hold ids, times, states and counts; words are sealed bytes.

Statements of the hot path use the Core tables named here (`tables.run.c.turn`).
"""

from bot.store.tables.alarm import AlertNoticeRow, AlertRow, AuditRow, MailRow, RecentRow
from bot.store.tables.base import Row
from bot.store.tables.content import (
    AnswerRow,
    MeasureTextRow,
    RevisionRow,
    RunRow,
    StaffScoreRow,
    TargetRow,
)
from bot.store.tables.moving import (
    LIVE,
    PENDING,
    SENDING,
    DeadLetterRow,
    DueRow,
    OutboxRow,
    SeenUpdateRow,
)
from bot.store.tables.pairing import (
    NudgeRow,
    PairBlockRow,
    PairRow,
    PairShareRow,
    PairSideRow,
    PairWishRow,
    PartnerPromiseRow,
)
from bot.store.tables.people import (
    ConsentRow,
    GroupRow,
    GroupSessionRow,
    GroupStaffRow,
    InviteRow,
    MemberRow,
    OfficeHoursRow,
    PageLinkRow,
    ParticipantRow,
    PersonKeyRow,
    ProgrammeRow,
    StaffRow,
    StrangerRow,
    TombstoneRow,
)
from bot.store.tables.rehearsing import RehearsalCardRow, RehearsalLineRow, RehearsalRow
from bot.store.tables.timetable import (
    AssignmentRow,
    AttendanceRow,
    BeatRow,
    OccurrenceRow,
    OutageRow,
    ScheduleRow,
)

__all__ = [
    "LIVE",
    "PENDING",
    "SENDING",
    "AlertNoticeRow",
    "AlertRow",
    "AnswerRow",
    "AssignmentRow",
    "AttendanceRow",
    "AuditRow",
    "BeatRow",
    "ConsentRow",
    "DeadLetterRow",
    "DueRow",
    "GroupRow",
    "GroupSessionRow",
    "GroupStaffRow",
    "InviteRow",
    "MailRow",
    "MeasureTextRow",
    "MemberRow",
    "NudgeRow",
    "OccurrenceRow",
    "OfficeHoursRow",
    "OutageRow",
    "OutboxRow",
    "PageLinkRow",
    "PairBlockRow",
    "PairRow",
    "PairShareRow",
    "PairSideRow",
    "PairWishRow",
    "ParticipantRow",
    "PartnerPromiseRow",
    "PersonKeyRow",
    "ProgrammeRow",
    "RecentRow",
    "RehearsalCardRow",
    "RehearsalLineRow",
    "RehearsalRow",
    "RevisionRow",
    "RunRow",
    "ScheduleRow",
    "SeenUpdateRow",
    "StaffRow",
    "StaffScoreRow",
    "StrangerRow",
    "TargetRow",
    "TombstoneRow",
    "metadata",
]

metadata = Row.metadata

participant = metadata.tables["participant"]
person_key = metadata.tables["person_key"]
tombstone = metadata.tables["tombstone"]
stranger = metadata.tables["stranger"]
programme = metadata.tables["programme"]
care_group = metadata.tables["care_group"]
group_session = metadata.tables["group_session"]
office_hours = metadata.tables["office_hours"]
staff = metadata.tables["staff"]
group_staff = metadata.tables["group_staff"]
member = metadata.tables["member"]
invite = metadata.tables["invite"]
consent = metadata.tables["consent"]
page_link = metadata.tables["page_link"]

revision = metadata.tables["revision"]
run = metadata.tables["run"]
answer = metadata.tables["answer"]
measure_text = metadata.tables["measure_text"]
staff_score = metadata.tables["staff_score"]
target = metadata.tables["target"]

seen_update = metadata.tables["seen_update"]
dead_letter = metadata.tables["dead_letter"]
due = metadata.tables["due"]
outbox = metadata.tables["outbox"]

recent = metadata.tables["recent"]
alert = metadata.tables["alert"]
alert_notice = metadata.tables["alert_notice"]
mail = metadata.tables["mail"]
audit = metadata.tables["audit"]

schedule = metadata.tables["schedule"]
occurrence = metadata.tables["occurrence"]
beat = metadata.tables["beat"]
outage = metadata.tables["outage"]
assignment = metadata.tables["assignment"]
attendance = metadata.tables["attendance"]

pair = metadata.tables["pair"]
pair_side = metadata.tables["pair_side"]
pair_share = metadata.tables["pair_share"]
pair_block = metadata.tables["pair_block"]
pair_wish = metadata.tables["pair_wish"]
partner_promise = metadata.tables["partner_promise"]
nudge = metadata.tables["nudge"]

rehearsal = metadata.tables["rehearsal"]
rehearsal_line = metadata.tables["rehearsal_line"]
rehearsal_card = metadata.tables["rehearsal_card"]
