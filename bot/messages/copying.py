"""Words put together from answers, for the person to copy: a button, or a message to tap."""

from collections.abc import Mapping

from markupsafe import escape

from bot.catalog.exercise import Exercise
from bot.catalog.markup import PLACEHOLDER, placeholders
from bot.catalog.steps import Finish
from bot.catalog.text import said
from bot.engine.run import Run, Value
from bot.messages.fill import shown
from bot.messages.message import Button, Message
from bot.messages.pack import packed, units
from bot.messages.words import Words

COPIED = 256
"""So much Telegram puts on the clipboard by a button."""


def script(exercise: Exercise, text: str, answers: Mapping[str, Value], language: str) -> str:
    """The author's words with the answers in them; a line whose answer is empty is left out."""
    lines = []
    for line in text.splitlines():
        names = placeholders(line)
        found = [shown(exercise, name, answers.get(name), language) for name in names]
        if all(found):
            between = PLACEHOLDER.split(line)[::2]
            lines.append(
                "".join(part for pair in zip(between, [*found, ""], strict=True) for part in pair)
            )
    return "\n".join(lines).strip()


def copied(
    words: Words, exercise: Exercise, run: Run, end: Finish, messages: list[Message]
) -> list[Message]:
    """The last messages of an exercise with the words to copy: on a button where they fit, else
    in a message of their own, which may be copied and forwarded.
    """
    if end.copies is None:
        return messages
    text = script(exercise, said(end.copies.text, run.language), run.answers, run.language)
    if not text:
        return messages
    label = end.copies.label
    name = said(label, run.language) if label else words.word(run.language, "buttons.copy")
    if units(text) <= COPIED:
        row = (Button(text=name, copy_text=text),)
        return [*messages[:-1], _with(messages[-1], (row, *messages[-1].buttons))]
    blocks = packed([str(escape(line)) for line in text.splitlines()], joint="\n")
    way_on = messages[-1].buttons
    texts = [Message(text=f"<code>{block}</code>") for block in blocks]
    return [*messages[:-1], _with(messages[-1], ()), *texts[:-1], _with(texts[-1], way_on)]


def _with(message: Message, buttons: tuple[tuple[Button, ...], ...]) -> Message:
    return message.model_copy(update={"buttons": buttons})
