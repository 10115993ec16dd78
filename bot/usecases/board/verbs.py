"""What the buttons of the board do, for members and alumni."""

from collections.abc import Callable

from bot.usecases.board import asking, discussion, library, own
from bot.usecases.scene import Scene

VERBS: dict[str, Callable[[Scene, str], None]] = {
    "board": library.page,
    "board_of": library.lines_page,
    "board_helped": library.helped,
    "board_add": library.add,
    "board_yes": asking.agree,
    "board_no": library.never_mind,
    "board_mine": own.page,
    "board_line": own.line_page,
    "board_take": own.take,
    "board_anew": own.anew,
    **discussion.VERBS,
}
