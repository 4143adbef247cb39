"""Somebody else's systems, made up for tests: they speak the real protocols over real sockets, and fail as told.

A fault is named before it happens and happens once: `down` (nothing listens), `slow`, `busy` (429), `broken` (500),
`lost` (the deed is done and the connection cut before a word of the answer), `half` (cut in the middle of the answer).
"""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64encode
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def said(status: int, value: Any, **headers: str) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(value).encode(), content_type="application/json", headers=headers
    )


class Place:
    """A web server in a thread of its own; a kind of outlet answers in `did`."""

    kind = ""

    def __init__(self) -> None:
        self.faults: deque[str] = deque()
        self.asked: list[Asked] = []
        self.wait = "120"  # seconds, as Retry-After says when it is busy
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def did(self, asked: Asked) -> web.Response:
        """What this place does about a request."""
        raise NotImplementedError

    def made(self, method: str) -> list[Asked]:
        """The requests of one method."""
        return [one for one in self.asked if one.method == method]

    def __enter__(self) -> Any:
        self._thread.start()
        self.go_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go_down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def go_up(self) -> None:
        """Listen, at the same port as before."""
        self.port = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result(5)

    def go_down(self) -> None:
        """Nothing listens any more."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)

    async def _begin(self) -> int:
        server = web.Server(self._talk, access_log=None)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        return int(self._runner.addresses[0][1])

    async def _talk(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Asked(request.method, request.path_qs, headers, body)
        self.asked.append(asked)
        fault = self.faults.popleft() if self.faults else ""
        if fault == "busy":
            return said(429, {"error": "Too many requests"}, **{"Retry-After": self.wait})
        if fault == "broken":
            return said(500, {"message": "It broke."})
        if fault == "slow":
            await asyncio.sleep(1.5)
        answer = self.did(asked)
        if fault in ("lost", "half"):
            return await self._cut(request, answer, is_half=fault == "half")
        return answer

    async def _cut(self, request: web.BaseRequest, answer: web.Response, *, is_half: bool) -> web.StreamResponse:
        """Break the connection off, in the middle of the answer or before it."""
        body = answer.body if isinstance(answer.body, bytes) else b""
        stream = web.StreamResponse(status=answer.status, headers={"Content-Length": str(len(body))})
        if is_half:
            await stream.prepare(request)
            await stream.write(body[: len(body) // 2])
        assert request.transport is not None
        request.transport.close()
        return stream


class Webhook(Place):
    """Somebody's program that takes stories in."""

    kind = "webhook"

    def __init__(self, status: int = 204) -> None:
        super().__init__()
        self.status = status

    def did(self, asked: Asked) -> web.Response:
        return web.Response(status=self.status)

    def told(self) -> dict[str, Any]:
        """Messages by their key, each once, in the order of their first coming."""
        return {one.headers["webhook-id"]: one.json for one in self.asked if one.method == "POST"}


class WordPress(Place):
    """The posts of a WordPress, as wp/v2 has them. `posts` is what is stored there."""

    kind = "wordpress"
    USER, PASSWORD = "ines", "abcd EFGH ijkl"

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[int, dict[str, Any]] = {}
        self._next = 11

    def up(self) -> list[str]:
        """Titles of what readers can see."""
        return [post["title"] for post in self.posts.values() if post["status"] == "publish"]

    def did(self, asked: Asked) -> web.Response:
        path, _, query = asked.path.partition("?")
        if path == "/":
            number = int(parse_qs(query)["p"][0])
            is_up = self.posts.get(number, {}).get("status") == "publish"
            return web.Response(status=200 if is_up else 404, text="A page.")
        prefix = "/wp-json/wp/v2/posts"
        if not path.startswith(prefix):
            return web.Response(status=404, text="Nothing.")
        pair = b64encode(f"{self.USER}:{self.PASSWORD}".encode()).decode()
        is_in = asked.headers.get("authorization") == f"Basic {pair}"
        if asked.method != "GET" and not is_in:
            return said(401, {"code": "rest_cannot_create", "message": "Sorry, you are not allowed to do that."})
        rest = path.removeprefix(prefix).strip("/")
        return self._one(asked, int(rest), query, is_in=is_in) if rest else self._all(asked, query, is_in=is_in)

    def _all(self, asked: Asked, query: str, *, is_in: bool) -> web.Response:
        if asked.method == "POST":
            number, self._next = self._next, self._next + 1
            self.posts[number] = {"id": number, "status": "draft", "slug": "", **asked.json}
            return said(201, self._shown(number))
        wanted = {name: values[0] for name, values in parse_qs(query).items()}
        if wanted.get("context") == "edit" and not is_in:
            return said(401, {"code": "rest_forbidden_context", "message": "Sorry."})
        found = [
            number
            for number, post in self.posts.items()
            if post["status"] in wanted.get("status", "publish").split(",")
            and wanted.get("slug", post["slug"]) == post["slug"]
            and all(word in post["content"] for word in wanted.get("search", "").split())
        ]
        return said(200, [self._shown(number) for number in found])

    def _one(self, asked: Asked, number: int, query: str, *, is_in: bool) -> web.Response:
        if number not in self.posts:
            return said(404, {"code": "rest_post_invalid_id", "message": "Invalid post ID.", "data": {"status": 404}})
        if asked.method == "POST":
            self.posts[number].update(asked.json)
        if asked.method == "DELETE":
            shown = self._shown(number)
            if "force=true" in query:
                del self.posts[number]
                return said(200, {"deleted": True, "previous": shown})
            self.posts[number]["status"] = "trash"
            return said(200, shown)
        if self.posts[number]["status"] != "publish" and not is_in:
            return said(401, {"code": "rest_forbidden", "message": "Sorry, you are not allowed to do that."})
        return said(200, self._shown(number))

    def _shown(self, number: int) -> dict[str, Any]:
        post = self.posts[number]
        texts = {name: {"raw": post.get(name, ""), "rendered": post.get(name, "")} for name in ("title", "content")}
        link = f"{self.url}/?p={number}"
        return {"id": number, "status": post["status"], "slug": post["slug"], "link": link, **texts}


class Mastodon(Place):
    """One account's statuses. A key that was seen gives back the status that it made, as Mastodon does for an hour."""

    kind = "mastodon"
    TOKEN = "a-token-of-ours"

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[str, dict[str, Any]] = {}
        self.forgets_keys = False
        self._keys: dict[str, str] = {}
        self._next = 109

    def up(self) -> list[str]:
        return [one["text"] for one in self.statuses.values()]

    def did(self, asked: Asked) -> web.Response:
        path = asked.path.partition("?")[0]
        is_in = asked.headers.get("authorization") == f"Bearer {self.TOKEN}"
        if not path.startswith("/api/v1/"):
            return web.Response(status=404, text="Nothing.")
        if not is_in and not (asked.method == "GET" and path.startswith("/api/v1/statuses/")):
            return said(401, {"error": "The access token is invalid"})
        match path.removeprefix("/api/v1/").split("/"):
            case ["accounts", "verify_credentials"]:
                return said(200, {"id": "7", "acct": "desk"})
            case ["accounts", "7", "statuses"]:
                return said(200, [self._shown(number) for number in reversed(self.statuses)])
            case ["statuses"] if asked.method == "POST":
                return self._made(asked)
            case ["statuses", number] if number in self.statuses:
                return self._one(asked, number)
        return said(404, {"error": "Record not found"})

    def _made(self, asked: Asked) -> web.Response:
        key = asked.headers.get("idempotency-key", "")
        number = self._keys.get(key, "") if not self.forgets_keys else ""
        if not number:
            number, self._next = str(self._next), self._next + 1
            self.statuses[number] = {"text": asked.json["status"], **asked.json}
            self._keys[key] = number
        return said(200, self._shown(number))

    def _one(self, asked: Asked, number: str) -> web.Response:
        shown = self._shown(number)
        if asked.method == "PUT":
            self.statuses[number]["text"] = asked.json["status"]
            return said(200, self._shown(number))
        if asked.method == "DELETE":
            del self.statuses[number]
        return said(200, shown)

    def _shown(self, number: str) -> dict[str, Any]:
        text = self.statuses[number]["text"]
        html = " ".join(f'<a href="{word}">{word}</a>' if word.startswith("http") else word for word in text.split())
        return {"id": number, "url": f"{self.url}/@desk/{number}", "content": f"<p>{html}</p>"}
