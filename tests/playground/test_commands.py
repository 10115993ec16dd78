"""Which commands and texts a person sees, by scope and language."""

from typing import Any

import pytest

MAYA, LEO = 1001, 1002


def listed(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"About {name}"} for name in names]


@pytest.mark.usefixtures("started")
async def test_narrowest_scope_and_own_language(bot: Any, desk: Any) -> None:
    """The person's own chat beats private chats, which beat the default; own language first."""

    async def seen(person: int) -> list[str]:
        return [c["command"] for c in await desk.get(f"people/{person}/commands")]

    assert await seen(MAYA) == []
    await bot.do("setMyCommands", commands=listed("default"))
    await bot.do("setMyCommands", commands=listed("por_defecto"), language_code="es")
    assert (await seen(MAYA), await seen(LEO)) == (["default"], ["por_defecto"])
    private = {"type": "all_private_chats"}
    await bot.do("setMyCommands", commands=listed("private"), scope=private)
    assert (await seen(MAYA), await seen(LEO)) == (["private"], ["private"])
    own = {"type": "chat", "chat_id": MAYA}
    await bot.do("setMyCommands", commands=listed("assign"), scope=own)
    assert (await seen(MAYA), await seen(LEO)) == (["assign"], ["private"])
    assert await bot.do("getMyCommands", scope=own) == listed("assign")
    await bot.do("deleteMyCommands", scope=own)
    await bot.do("deleteMyCommands", scope=private)
    assert (await seen(MAYA), await seen(LEO)) == (["default"], ["por_defecto"])
    await desk.post(f"people/{MAYA}/language", language_code="es-MX")
    assert await seen(MAYA) == ["por_defecto"]


async def test_texts_by_language(bot: Any, desk: Any) -> None:
    """Name and descriptions are shown in the person's language, else in the one for all."""
    await bot.do("setMyName", name="Between")
    await bot.do("setMyDescription", description="Between two sessions")
    await bot.do("setMyDescription", description="Entre dos sesiones", language_code="es")
    await bot.do("setMyShortDescription", short_description="Practice")
    assert (await desk.get(f"people/{LEO}/bot"))["description"] == "Entre dos sesiones"
    assert (await desk.get(f"people/{MAYA}/bot"))["description"] == "Between two sessions"
    assert (await bot.do("getMyShortDescription"))["short_description"] == "Practice"
    assert "too long" in await bot.refusal("setMyDescription", description="x" * 513)
    await bot.do("setChatMenuButton", menu_button={"type": "commands"})
    assert (await bot.do("getChatMenuButton"))["type"] == "commands"
