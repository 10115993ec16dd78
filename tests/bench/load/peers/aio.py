"""aiogram 3: `Dispatcher`, its finite state machine in memory or in Redis."""

import asyncio
import logging
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.load.peers.given import Given, Question, given


def keyboard(question: Question) -> InlineKeyboardMarkup | None:
    """Inline, or none."""
    rows = [[InlineKeyboardButton(text=text, callback_data=data) for text, data in row]
            for row in question.rows]  # fmt: skip
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def build(told: Given, bot: Bot) -> Dispatcher:
    """The whole bot."""
    dispatcher = Dispatcher(storage=storage(told))
    keyboards = [keyboard(question) for question in told.questions]
    last = len(told.questions) - 1
    states = [State(f"q{number}", "exercise") for number in range(last)]

    async def ask(chat: int, state: FSMContext, number: int, kept: dict[str, Any]) -> None:
        # Before the question is out: these participants answer at once.
        if number == last:
            await state.clear()
        else:
            await state.update_data(kept)
            await state.set_state(states[number])
        text = told.questions[number].text
        sent = await bot.send_message(chat, text, reply_markup=keyboards[number])
        if told.tidy:
            await state.update_data(asked=sent.message_id)

    async def tidy(chat: int, state: FSMContext) -> None:
        if told.tidy:
            asked = await state.get_value("asked")
            await bot.edit_message_reply_markup(chat_id=chat, message_id=asked)

    @dispatcher.callback_query(F.data.startswith("m.begin."))
    async def begin(press: CallbackQuery, state: FSMContext) -> None:
        await press.answer()
        await ask(press.from_user.id, state, 0, {})

    def add(number: int) -> None:
        async def pressed(press: CallbackQuery, state: FSMContext) -> None:
            await press.answer()
            await tidy(press.from_user.id, state)
            await ask(press.from_user.id, state, number + 1, {f"a{number}": press.data})

        async def written(message: Message, state: FSMContext) -> None:
            await tidy(message.chat.id, state)
            await ask(message.chat.id, state, number + 1, {f"a{number}": message.text})

        if told.questions[number].is_pressed:
            dispatcher.callback_query.register(pressed, states[number], F.data.regexp(r"^\d+$"))
        else:
            dispatcher.message.register(written, states[number], F.text)

    for number in range(last):
        add(number)
    return dispatcher


def storage(told: Given) -> BaseStorage:
    """In memory, or where it is told."""
    if not told.store:
        return MemoryStorage()
    from aiogram.fsm.storage.redis import RedisStorage

    return RedisStorage.from_url(told.store)


async def run(told: Given) -> None:
    """Until it is killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(told.url), limit=256)
    bot = Bot(told.token, session, DefaultBotProperties(parse_mode=ParseMode.HTML))
    await build(told, bot).start_polling(bot, polling_timeout=50)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(run(given()))
