"""Servers that ask who is there, made with aiohttp, on loopback; each keeps what it was sent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from aiohttp import web

from tests.makers import atom, entry

Answer = Callable[[web.Request], web.StreamResponse]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came: path with query, headers by small names."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)


class Door:
    """One server. `answer` may be changed at any time; `asked` are the requests that came."""

    def __init__(self, answer: Answer | None = None, host: str = "127.0.0.1") -> None:
        self.answer = answer or (lambda _: feed_answer())
        self.host = host
        self.asked: list[Asked] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def said(self) -> str:
        """Everything that was sent here, to be searched."""
        return "\n".join(f"{one.path} {one.headers}" for one in self.asked)

    def __enter__(self) -> Door:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result(5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _begin(self) -> int:
        self._runner = web.ServerRunner(
            web.Server(self._talk, access_log=None), handle_signals=False, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, 0).start()
        return int(self._runner.addresses[0][1])

    async def _talk(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(Asked(request.raw_path, {name.lower(): value for name, value in request.headers.items()}))
        return self.answer(request)  # type: ignore[arg-type]  # what it needs, every request has


def feed_answer(number: int = 1, **headers: str) -> web.Response:
    """A feed of one item."""
    return web.Response(body=atom([entry(number)]), content_type="application/atom+xml", headers=headers)


def sent_to(place: str, status: int = 302) -> Answer:
    """A redirect."""
    return lambda _: web.Response(status=status, headers={"Location": place})
