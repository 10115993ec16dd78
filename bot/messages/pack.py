"""Fitting long things into Telegram's messages without cutting anybody's words in two."""

LONGEST = 4096
"""Telegram's limit for one message: UTF-16 code units after the markup is read."""
CAPTION = 1024
"""The same for the words below a picture."""
ROOM = 3800
"""What we fill at most, so that markup and a heading never tip it over."""


def units(text: str) -> int:
    """The length as Telegram counts it, markup included (so never too little)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def packed(paragraphs: list[str], joint: str = "\n\n") -> list[str]:
    """Paragraphs of Telegram HTML, each complete in itself, put together into few messages."""
    messages: list[str] = []
    for paragraph in paragraphs:
        joined = f"{messages[-1]}{joint}{paragraph}" if messages else paragraph
        if messages and units(joined) <= ROOM:
            messages[-1] = joined
        else:
            messages.append(paragraph)
    return messages
