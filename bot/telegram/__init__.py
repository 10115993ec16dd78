"""Telegram in and out; the only room that imports python-telegram-bot."""

import os

# Without it PTB warns, each time Telegram asks us to slow down, that a number becomes a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")
