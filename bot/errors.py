"""The base of every error that Between raises on purpose."""


class BetweenError(Exception):
    """Something a person can mend; the message says what and how, in plain words."""


class DatabaseAway(BetweenError):  # noqa: N818  (it names what happened)
    """An update could not be stored for now; whoever brought it should bring it again."""
