"""Structured logs without anybody's words."""

import json
import logging
from datetime import UTC, datetime

import structlog

from bot.config import Settings
from bot.telegram import scrub


class _Foreign(logging.Formatter):
    """With LOG_JSON what libraries say is one object a line too, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Our own lines are objects already; any other becomes one."""
        said = super().format(record)
        if said.startswith('{"'):
            return said
        level, at = record.levelname.lower(), datetime.fromtimestamp(record.created, UTC)
        line = {"event": said, "logger": record.name, "level": level, "timestamp": at.isoformat()}
        return json.dumps(line)


def listen(settings: Settings) -> None:
    """Structured logs without anybody's words: ids, steps, codes. The token is scrubbed.

    They go through the standard library's handlers, which swallow what goes wrong with the log
    itself: a full disk behind stderr must not end the bot.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Foreign() if settings.log_json else logging.Formatter("%(message)s"))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in ("apscheduler", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            scrub.install(settings.bot_token.get_secret_value(), [handler]),
            last,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
