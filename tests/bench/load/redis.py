"""A Redis server for aiogram's storage, if this computer has one."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path


def missing() -> str:
    """Why it cannot be measured here; "" if it can."""
    if shutil.which("redis-server") is None:
        return "skipped: no redis-server on this computer"
    if find_spec("redis") is None:
        return "skipped: the Python package redis is not installed"
    return ""


@asynccontextmanager
async def redis(folder: Path) -> AsyncIterator[str]:
    """Its address. It writes nothing to the disk: that is in its favour."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *("redis-server", "--port", str(port), "--bind", "127.0.0.1"),
        *("--save", "", "--appendonly", "no", "--dir", str(folder)),
        stdout=asyncio.subprocess.DEVNULL,
    )
    await asyncio.sleep(0.5)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        await process.wait()
