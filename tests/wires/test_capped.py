"""No body longer than the cap is handed to the application, whatever its head says of its length."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from wiredesk.asgi import Capped, Message


def ask(chunks: list[bytes], length: str | None = None, most: int = 100) -> tuple[int, int, bool]:
    """The status of the answer, the bytes that the application was handed, and whether it was called."""
    sent: list[Message] = []
    handed = 0
    was_called = False
    left = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    left.append({"type": "http.request", "body": b"", "more_body": False})

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal handed, was_called
        was_called = True
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            handed += len(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return

    async def receive() -> Message:
        return left.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-length", length.encode())] if length is not None else []
    asyncio.run(Capped(app, most)({"type": "http", "headers": headers}, receive, send))  # type: ignore[arg-type]  # names only
    return int(sent[0]["status"]), handed, was_called


@pytest.mark.parametrize(
    ("sizes", "length", "expected"),
    [
        ([40, 60], "100", (200, 100, True)),
        ([40, 60], None, (200, 100, True)),
        ([40, 61], None, (413, 40, True)),
        ([101], None, (413, 0, True)),
        ([1], "101", (413, 0, False)),
        ([40, 61], "1", (413, 40, True)),
        ([40, 61], "odd", (413, 40, True)),
        ([], None, (200, 0, True)),
    ],
)
def test_s7_a_body_is_counted_as_it_comes(
    sizes: list[int], length: str | None, expected: tuple[int, int, bool]
) -> None:
    assert ask([bytes(size) for size in sizes], length) == expected
