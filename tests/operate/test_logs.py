"""With LOG_JSON each line is one object, also what libraries say."""

import json
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]
SAYS = """
import logging, structlog
from bot.config import Settings
from bot.wiring import listen
listen(Settings(bot_token="42:a-token-that-nobody-may-read"))
structlog.get_logger("ours").info("running", roles="all")
logging.getLogger("uvicorn.error").info("Started server process [7]")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("asyncio").exception("with 42:a-token-that-nobody-may-read")
"""


def test_what_libraries_say_is_an_object_a_line_as_well() -> None:
    """A traceback of asyncio is one line with its level; the greeting of the web server is none."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), "LOG_JSON": "true"}
    done = subprocess.run(
        [sys.executable, "-c", SAYS], env=env, capture_output=True, text=True, check=True
    )
    ours, theirs = (json.loads(line) for line in done.stderr.splitlines())
    assert (ours["event"], ours["level"]) == ("running", "info")
    assert theirs["level"] == "error"
    assert "ZeroDivisionError" in theirs["event"]
    assert "a-token-that" not in done.stderr
