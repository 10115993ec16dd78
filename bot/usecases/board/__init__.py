"""The group board: what helped in a situation, one good thing of the week, answers to a question.

Without a name, text only, and read by a therapist before anybody else.
"""

from bot.usecases.board.asking import ASKS, is_asked
from bot.usecases.board.library import handle, page
from bot.usecases.board.telling import TOLD
from bot.usecases.board.verbs import VERBS

__all__ = ["ASKS", "TOLD", "VERBS", "handle", "is_asked", "page"]
