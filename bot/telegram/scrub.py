"""Keeps the bot's token out of every log line."""

import logging
import re
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

_TOKEN: Final = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}")
_IN_URL: Final = re.compile(r"(/(?:file/)?bot)\d+(?::|%3[Aa])[A-Za-z0-9_-]+")
_HIDDEN: Final = "[token]"
_TALKATIVE: Final = ("httpx", "httpcore", "aiohttp", "telegram")
_formatter: Final = logging.Formatter()


class Scrub(logging.Filter):
    """A filter for handlers (a logger's filter would not see its children's records)."""

    def __init__(self, token: str = "") -> None:
        super().__init__()
        self._token = token

    def clean(self, text: str) -> str:
        """Take out the configured token and whatever looks like one."""
        if self._token:
            text = text.replace(self._token, _HIDDEN)
        if ":" in text or "%3" in text:
            text = _TOKEN.sub(_HIDDEN, _IN_URL.sub(rf"\1{_HIDDEN}", text))
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the message with its arguments, the exception and the stack; keep the record."""
        message = record.getMessage()
        if (cleaned := self.clean(message)) != message:
            record.msg, record.args = cleaned, ()
        if record.exc_info and record.exc_info[0]:
            text = record.exc_text or _formatter.formatException(record.exc_info)
            if (cleaned := self.clean(text)) != text:
                record.exc_text, record.exc_info = cleaned, None
        elif record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def __call__(
        self, _logger: Any, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Clean a structlog event; put it after the processors that format exceptions."""
        for name, value in event.items():
            event[name] = self._value(value)
        return event

    def _value(self, value: Any) -> Any:
        match value:
            case str():
                return self.clean(value)
            case None | bool() | int() | float():
                return value
            case _:
                text = str(value)
                return cleaned if (cleaned := self.clean(text)) != text else value


def install(token: str, handlers: Iterable[logging.Handler] | None = None) -> Scrub:
    """Clean what `handlers` (else the root's) write, and quieten the libraries that log URLs."""
    scrub = Scrub(token)
    for handler in handlers if handlers is not None else logging.getLogger().handlers:
        handler.addFilter(scrub)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return scrub
