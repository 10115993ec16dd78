"""python-telegram-bot: `Application` and `ConversationHandler`."""

import logging
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

from tests.bench.load.peers.given import Given, Question, given

Context = ContextTypes.DEFAULT_TYPE
Step = Callable[[Update, Context], Coroutine[Any, Any, int]]
WRITES_EVERY = 1.0
"""Seconds between two writings of the file; PTB's default of 60 would write none in a run."""


def keyboard(question: Question) -> InlineKeyboardMarkup | None:
    """Inline, or none."""
    rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row]
            for row in question.rows]  # fmt: skip
    return InlineKeyboardMarkup(rows) if rows else None


def build(told: Given) -> Application:  # type: ignore[type-arg] # six parameters, all default
    """The whole bot."""
    keyboards = [keyboard(question) for question in told.questions]
    last = len(told.questions) - 1

    async def ask(update: Update, context: Context, number: int) -> int:
        assert update.effective_chat is not None
        sent = await context.bot.send_message(
            update.effective_chat.id,
            told.questions[number].text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboards[number],
        )
        assert context.user_data is not None
        context.user_data["asked"] = sent.message_id
        return ConversationHandler.END if number == last else number

    async def begin(update: Update, context: Context) -> int:
        assert update.callback_query is not None
        assert context.user_data is not None
        context.user_data["answers"] = {}
        await update.callback_query.answer()
        return await ask(update, context, 0)

    def answered(number: int) -> Step:
        async def step(update: Update, context: Context) -> int:
            assert context.user_data is not None
            assert update.effective_chat is not None
            if update.callback_query is not None:
                context.user_data["answers"][number] = update.callback_query.data
                await update.callback_query.answer()
            elif update.message is not None:
                context.user_data["answers"][number] = update.message.text
            if told.tidy:
                await context.bot.edit_message_reply_markup(
                    update.effective_chat.id, context.user_data["asked"]
                )
            return await ask(update, context, number + 1)

        return step

    async def stop(_update: Update, _context: Context) -> int:
        return ConversationHandler.END

    states: dict[object, list[Any]] = {
        number: [
            CallbackQueryHandler(answered(number), pattern=r"^\d+$")
            if question.is_pressed
            else MessageHandler(filters.TEXT & ~filters.COMMAND, answered(number))
        ]
        for number, question in enumerate(told.questions[:last])
    }
    builder = Application.builder().token(told.token).base_url(f"{told.url}/bot")
    if told.concurrent:
        builder = builder.concurrent_updates(told.concurrent)
    if told.store:
        what = PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
        builder = builder.persistence(
            PicklePersistence(told.store, store_data=what, update_interval=WRITES_EVERY)
        )
    application = builder.build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CallbackQueryHandler(begin, pattern=r"^m\.begin\.")],
            states=states,
            fallbacks=[CommandHandler("stop", stop)],
            name="exercise",
            persistent=bool(told.store),
        )
    )
    return application


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    warnings.simplefilter("ignore", PTBUserWarning)  # about per_message and concurrent_updates
    build(given()).run_polling(
        timeout=50, allowed_updates=["message", "callback_query"], poll_interval=0.0
    )
