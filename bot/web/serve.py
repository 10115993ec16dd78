"""Serving the private pages: one more room of the house, on a port of its own."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.errors import BetweenError


class _Quiet(uvicorn.Server):
    """Leaves SIGINT and SIGTERM to the house, which ends this room like the others."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing to capture."""
        yield


class Web:
    """Holds the port from the start, so that its number is known before anything is served."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_server((host, port), reuse_port=False)
        except OSError as error:
            raise BetweenError(
                f"The private pages cannot be served at {host}:{port} ({error.strerror})."
                " Set WEB_PORT to a free port."
            ) from None
        # Accepted connections inherit it; asyncio sets it only where a socket names its protocol.
        # Without it the body of each answer waits 40 ms for the browser to confirm the headers.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.address = f"http://{host}:{self._socket.getsockname()[1]}"

    async def run(self, app: ASGIApp) -> None:
        """Serves until cancelled. No access log: addresses hold tokens."""
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = _Quiet(config)
        try:
            await server.serve(sockets=[self._socket])
        finally:
            self.close()

    def close(self) -> None:
        """Lets go of the port."""
        self._socket.close()
