"""Why a page is not shown: each has one answer, the same for everybody."""


class SignInFirstError(Exception):
    """Nobody is signed in here, or not any longer: on to the sign-in. `typed` is what they had
    written meanwhile; it is shown once more, so that it can be copied."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


class ForeignFormError(Exception):
    """A form that did not come from a page of ours for this session; nothing was done."""


class TooOftenError(Exception):
    """More requests than anybody reads pages."""
