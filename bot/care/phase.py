"""Where somebody is on their way through the programme, and what changes with it."""

from enum import StrEnum


class Phase(StrEnum):
    """Intake: the first steps. Active. Step-down: fewer messages. Discharged: what was written
    stays for a while. Alumni: discharged, and one hello a week because they wanted it."""

    INTAKE = "intake"
    ACTIVE = "active"
    STEP_DOWN = "step_down"
    DISCHARGED = "discharged"
    ALUMNI = "alumni"


STEP_DOWN_DAYS = (0, 2, 4)
"""At step-down the first check-in comes on Mondays, Wednesdays and Fridays; the second ends."""
KEPT_DAYS = (1, 5)
"""The two exercises that stay come on Tuesdays and Saturdays, one each."""
ALUMNI_EVERY = 7
"""Days between two hellos after discharge."""


def phase_of(standing: str, step: str | None, *, arriving: bool) -> Phase:
    """The phase of a participant. `step` is what their place in the group says (see
    `store.members`); `arriving` that the first steps are not all taken."""
    if standing == "discharged":
        return Phase.ALUMNI if step == Phase.ALUMNI else Phase.DISCHARGED
    if standing != "member" or arriving:
        return Phase.INTAKE
    return Phase.STEP_DOWN if step == Phase.STEP_DOWN else Phase.ACTIVE
