"""Why a page is not shown: each has one answer, the same for everybody."""


class SignInFirstError(Exception):
    """Nobody is signed in here, or not any longer: on to the sign-in."""


class ForeignFormError(Exception):
    """A form that did not come from a page of ours for this session; nothing was done."""


class TooOftenError(Exception):
    """More requests than anybody reads pages."""
