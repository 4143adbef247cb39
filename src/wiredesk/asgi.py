"""The web half as an ASGI application, with a cap on what anybody may send."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application

MAX_REQUEST = 12 * 2**20  # bytes: the longest body that a view takes, and room around it
_SAID = b"The request is too large.\n"
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Capped:
    """An application to which no body longer than the cap is handed: Django would write all of it to the disk first."""

    def __init__(self, app: App, most: int = MAX_REQUEST) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        came = 0

        async def capped() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return message if came <= self.most else {"type": "http.disconnect"}

        is_declared_so = _declared(scope) > self.most
        if not is_declared_so:
            await self.app(scope, capped, send)
        if is_declared_so or came > self.most:
            await _refuse(send)


def _declared(scope: Message) -> int:
    """The length of the body as its head says; 0 where it says none."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() and len(said) < 20 else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _SAID})


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiredesk.settings")
application = Capped(get_asgi_application())  # type: ignore[arg-type]  # asgiref says the same in other words
