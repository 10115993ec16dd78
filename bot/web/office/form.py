"""What a form of a page brings: text by name, as a browser sends it."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

KIND = "application/x-www-form-urlencoded"
FIELDS = 500
"""No form of ours has more."""


class Form(Mapping[str, str]):
    """Fields by name; of a field sent more than once this is the last, and `all` gives each."""

    def __init__(self, fields: Sequence[tuple[str, str]] = ()) -> None:
        self._fields = tuple(fields)
        self._last = dict(self._fields)

    def __getitem__(self, name: str) -> str:
        return self._last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, in their order: ticked boxes of one name."""
        return tuple(value for each, value in self._fields if each == name)


def read_form(kind: str, body: bytes) -> Form | None:
    """A form as it was sent; None for what no form of ours sends.

    No value holds a NUL, which PostgreSQL does not keep; line ends are plain.
    """
    if kind.partition(";")[0].strip().lower() not in (KIND, ""):
        return None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return None
    return Form([(_plain(name), _plain(value)) for name, value in pairs])


def _plain(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
