"""The base of every error that Between raises on purpose."""


class BetweenError(Exception):
    """Something a person can mend; the message says what and how, in plain words."""
