"""The tables. Readable columns hold ids, times, states and counts; words are sealed bytes.

Statements of the hot path use the Core tables named here (`tables.run.c.turn`).
"""

from bot.store.tables.alarm import AlertNoticeRow, AlertRow, AuditRow, MailRow, RecentRow
from bot.store.tables.authoring import ContentNoticeRow, TrialRow
from bot.store.tables.away import AwayRow
from bot.store.tables.base import Row
from bot.store.tables.board import BoardHelpedRow, BoardLineRow, DiscussionRow
from bot.store.tables.briefing import BroughtRow, DigestRow
from bot.store.tables.comments import CommentRow
from bot.store.tables.content import (
    AnswerRow,
    EnabledRow,
    MeasureTextRow,
    RevisionRow,
    RunRow,
    SparedRow,
    StaffScoreRow,
    TargetRow,
)
from bot.store.tables.exporting import ExportRow
from bot.store.tables.moving import (
    LIVE,
    PENDING,
    SENDING,
    TROUBLE,
    DeadLetterRow,
    DueRow,
    MediaFileRow,
    OutboxRow,
    SeenUpdateRow,
    ShownButtonsRow,
)
from bot.store.tables.office import (
    EmergencyRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SignInRow,
    StaffSessionRow,
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
    PreferenceRow,
    ProgrammeRow,
    StaffRow,
    StrangerRow,
    TombstoneRow,
)
from bot.store.tables.receiving import InboxRow, RivalRow
from bot.store.tables.rehearsing import RehearsalCardRow, RehearsalLineRow, RehearsalRow
from bot.store.tables.reviewing import ReviewRow, TrackChoiceRow
from bot.store.tables.timetable import (
    AssignmentRow,
    AttendanceRow,
    BeatRow,
    OccurrenceRow,
    OutageRow,
    ScheduleRow,
)
from bot.store.tables.vitals import VitalRow
from bot.store.tables.workshops import EnrolmentRow, LessonRow, PinnedToolRow

__all__ = [
    "LIVE",
    "PENDING",
    "SENDING",
    "TROUBLE",
    "AlertNoticeRow",
    "AlertRow",
    "AnswerRow",
    "AssignmentRow",
    "AttendanceRow",
    "AuditRow",
    "AwayRow",
    "BeatRow",
    "BoardHelpedRow",
    "BoardLineRow",
    "BroughtRow",
    "CommentRow",
    "ConsentRow",
    "ContentNoticeRow",
    "DeadLetterRow",
    "DigestRow",
    "DiscussionRow",
    "DueRow",
    "EmergencyRow",
    "EnabledRow",
    "EnrolmentRow",
    "ExportRow",
    "GroupRow",
    "GroupSessionRow",
    "GroupStaffRow",
    "InboxRow",
    "InviteRow",
    "LessonRow",
    "MailRow",
    "MeasureTextRow",
    "MediaFileRow",
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
    "PinnedToolRow",
    "PreferenceRow",
    "ProgrammeRow",
    "RecentRow",
    "RecoveryCodeRow",
    "RehearsalCardRow",
    "RehearsalLineRow",
    "RehearsalRow",
    "ReviewRow",
    "RevisionRow",
    "RivalRow",
    "RunRow",
    "ScheduleRow",
    "SecondFactorRow",
    "SeenUpdateRow",
    "ShownButtonsRow",
    "SignInRow",
    "SparedRow",
    "StaffRow",
    "StaffScoreRow",
    "StaffSessionRow",
    "StrangerRow",
    "TargetRow",
    "TombstoneRow",
    "TrackChoiceRow",
    "TrialRow",
    "VitalRow",
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
preference = metadata.tables["preference"]
page_link = metadata.tables["page_link"]

revision = metadata.tables["revision"]
run = metadata.tables["run"]
answer = metadata.tables["answer"]
measure_text = metadata.tables["measure_text"]
staff_score = metadata.tables["staff_score"]
target = metadata.tables["target"]
enabled = metadata.tables["enabled"]
spared = metadata.tables["spared"]
comment = metadata.tables["comment"]

inbox = metadata.tables["inbox"]
rival = metadata.tables["rival"]
seen_update = metadata.tables["seen_update"]
dead_letter = metadata.tables["dead_letter"]
due = metadata.tables["due"]
outbox = metadata.tables["outbox"]
shown_buttons = metadata.tables["shown_buttons"]
media_file = metadata.tables["media_file"]

recent = metadata.tables["recent"]
alert = metadata.tables["alert"]
alert_notice = metadata.tables["alert_notice"]
mail = metadata.tables["mail"]
audit = metadata.tables["audit"]

schedule = metadata.tables["schedule"]
occurrence = metadata.tables["occurrence"]
beat = metadata.tables["beat"]
vital = metadata.tables["vital"]
outage = metadata.tables["outage"]
assignment = metadata.tables["assignment"]
attendance = metadata.tables["attendance"]

trial = metadata.tables["trial"]
content_notice = metadata.tables["content_notice"]
brought = metadata.tables["brought"]
digest = metadata.tables["digest"]
enrolment = metadata.tables["enrolment"]
lesson = metadata.tables["lesson"]
pinned_tool = metadata.tables["pinned_tool"]
pair = metadata.tables["pair"]
pair_side = metadata.tables["pair_side"]
pair_share = metadata.tables["pair_share"]
pair_block = metadata.tables["pair_block"]
pair_wish = metadata.tables["pair_wish"]
partner_promise = metadata.tables["partner_promise"]
nudge = metadata.tables["nudge"]
board_line = metadata.tables["board_line"]
board_helped = metadata.tables["board_helped"]
discussion = metadata.tables["discussion"]

rehearsal = metadata.tables["rehearsal"]
rehearsal_line = metadata.tables["rehearsal_line"]
rehearsal_card = metadata.tables["rehearsal_card"]
export = metadata.tables["export"]

sign_in = metadata.tables["sign_in"]
staff_session = metadata.tables["staff_session"]
second_factor = metadata.tables["second_factor"]
recovery_code = metadata.tables["recovery_code"]
emergency = metadata.tables["emergency"]
away = metadata.tables["away"]
review = metadata.tables["review"]
track_choice = metadata.tables["track_choice"]
