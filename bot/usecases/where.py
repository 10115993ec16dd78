"""Where are you? The country for the help lines, typed instead of tapped."""

from bot.usecases import asked, help_now
from bot.usecases.incoming import What, Words
from bot.usecases.profile import home
from bot.usecases.scene import Scene


def handle(scene: Scene, what: What) -> bool:
    """Takes the name of a country below the list of them; anything else puts the question away."""
    if not asked.is_open(scene, help_now.WHERE):
        return False
    asked.close(scene)
    return isinstance(what, Words) and not what.edited and typed_words(scene, what.text)


def typed_words(scene: Scene, text: str) -> bool:
    """Shows the lines of the country that is named; False where none is."""
    code = home.code_of(scene, text)
    if code is not None:
        help_now.countries(scene, code)
    return code is not None
