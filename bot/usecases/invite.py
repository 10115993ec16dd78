"""An invitation is opened: `/start` with a code, typed, tapped or scanned."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.catalog.consents import Scope
from bot.store import audit, groups, invites, members, newcomers, people, staff, strangers
from bot.store.invites import Invite
from bot.store.people import Participant, Standing
from bot.usecases import alert as alarms
from bot.usecases import consented, door, pending, probe, staff_chat, staff_commands
from bot.usecases.office import sessions
from bot.usecases.scene import Scene

HOUR = timedelta(hours=1)
TRIES = 5
"""So many wrong codes an hour; then this person's right ones wait too, and nobody else's."""


def open_with(scene: Scene, code: str, telegram_id: int) -> bool:
    """Lets somebody in, or says why not; False where they should just see where they are.

    Wrong, used and expired get the same sentence, so that nobody learns which codes were real.
    """
    found = invites.find(scene.session, scene.kit.vault, code)
    if found is not None and found.used_by == scene.person.id:
        return False
    if scene.person.standing is Standing.MEMBER:
        group = groups.of_person(scene.session, scene.person.id)
        scene.say("here_already", group=group.name if group is not None else "")
        return False
    if staff_chat.is_at_work(scene):
        # Their own link, tried out: it must stay good for the person it is meant for.
        works = found is not None and found.is_open(scene.now)
        scene.say("staff/link", works=works)
        return True
    tried = strangers.tries(scene.session, scene.person.id, scene.now, HOUR)
    if tried < TRIES and found is not None and _let_in(scene, found, telegram_id):
        return True
    if tried <= TRIES:  # one answer for each of the first, one that asks to wait, then silence
        _no_good(scene)
    return True


def _let_in(scene: Scene, found: Invite, telegram_id: int) -> bool:
    match scene.person.standing, found:
        case Standing.STRANGER | Standing.PENDING | Standing.DISCHARGED, Invite(staff=None):
            return _into_group(scene, found)
        case Standing.STRANGER | Standing.PENDING | Standing.STAFF, Invite(group=None):
            return _into_staff(scene, found, telegram_id)
    return False


def _into_group(scene: Scene, found: Invite) -> bool:
    session, person = scene.session, scene.person
    if found.group is None or not invites.use(session, found.id, person.id, scene.now):
        return False
    _ask_anew_who_reads(scene, found.group)
    before = members.get(session, scene.kit.vault, person.id)
    if before is not None and person.standing is Standing.DISCHARGED:
        pending.remember(scene, before.group)
    code = pending.fresh_code(scene)
    newcomers.arrive(session, scene.kit.vault, person.id, found.group, code, scene.now)
    people.set_standing(session, person.id, Standing.PENDING)
    scene.person = replace(person, standing=Standing.PENDING)
    if not pending.is_coming_back(scene):
        door.forget_after(scene, pending.PATIENCE)
        group = groups.group(session, found.group)
        _lives_by(scene, group.zone if group is not None else None)
    pending.welcome(scene)
    _tell(scene, found)
    return True


def _ask_anew_who_reads(scene: Scene, group: UUID) -> None:
    """Whoever comes back into another group let the therapists of the one before read. Others look
    after this one, and would find everything before anybody asks."""
    session, kit, person = scene.session, scene.kit, scene.person.id
    before = members.get(session, kit.vault, person)
    moves = before is not None and before.group != group
    if moves and consented.agreed(session, kit, person, needs=Scope.THERAPIST_READS):
        consented.decide(scene, Scope.THERAPIST_READS, granted=False)


def _tell(scene: Scene, found: Invite) -> None:
    """Whoever invited learns that somebody came, wanted or not: the link may have gone astray. Of
    an invitation from the command line all therapists of the group learn it."""
    for staff_id in _looking_after(scene, found):
        person = people.look(scene.session, staff_id)
        if person is not None and person.standing is Standing.STAFF:
            scene.beside(person).say("staff/arrived", own=found.made_by is not None)


def _looking_after(scene: Scene, found: Invite) -> list[UUID]:
    if found.made_by is not None:
        return [found.made_by]
    session, vault = scene.session, scene.kit.vault
    theirs = staff.of_group(session, vault, found.group) if found.group is not None else []
    return [each.id for each in theirs or staff.leads(session, vault)]


def _into_staff(scene: Scene, found: Invite, telegram_id: int) -> bool:
    session, vault = scene.session, scene.kit.vault
    place = staff.get(session, vault, found.staff) if found.staff is not None else None
    if place is None or not place.active:
        return False
    if not invites.use(session, found.id, place.id, scene.now):
        return False
    invites.void_place(session, place.id)
    held = people.look(session, place.id)
    account = people.telegram_id_of(session, vault, place.id)
    if held is not None:  # they may have lost the phone they had
        sessions.sign_out_everywhere(session, place.id, scene.now)
    taken = people.take_place(session, vault, place.id, telegram_id, scene.person, scene.now)
    people.set_standing(session, taken.id, Standing.STAFF)
    scene.person = replace(taken, standing=Standing.STAFF)
    programme = groups.programme(session)
    _lives_by(scene, programme.zone if programme is not None else None)
    probe.plan_for(session, taken.id, scene.now)
    alarms.look_again(session, scene.now)
    audit.write(
        session,
        actor=place.id,
        subject=None,
        action="staff.joined",
        reason=place.role.value,
        now=scene.now,
    )
    staff_chat.welcome(scene, place)
    if held is not None and account is not None and account != telegram_id:
        _leave_chat(scene, held, account)
    return True


def _leave_chat(scene: Scene, held: Participant, account: int) -> None:
    """The account they had keeps a list of commands that nothing answers any more; and if it was
    not they who opened the link, this is the only place where they would learn it."""
    session, kit = scene.session, scene.kit
    stranger = people.welcome(session, kit.vault, account, held.language, held.zone, scene.now)
    before = scene.beside(stranger)
    staff_commands.take_back(before)
    before.say("staff/elsewhere")
    door.forget_after(before, door.DAY)


def _lives_by(scene: Scene, zone: str | None) -> None:
    """The clock of the clinic, which is nearer than the one of this computer: whoever waits and
    writes of danger is told until when somebody reads, and staff read when it was."""
    if zone is not None:
        people.set_zone(scene.session, scene.person.id, zone)
        scene.person = replace(scene.person, zone=zone)


def _no_good(scene: Scene) -> None:
    tried = strangers.failed(scene.session, scene.person.id, scene.now, HOUR)
    if scene.person.standing is Standing.STRANGER:
        door.forget_after(scene, door.DAY)
    scene.say("no_good", wait=tried > TRIES)
