"""Calls and mails out to outlets: guarded like every fetch, capped in size and time, no redirect followed.

Knows no records and no outlets. A connection is used once: a call that is not to be done twice cannot meet a stale one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType

import aiohttp
from yarl import URL

import wiredesk
from wiredesk.news.call import Call, Mail, Reply, Undelivered
from wiredesk.wires import mailing
from wiredesk.wires.fetch import CONNECT, MAX_HEADERS, retry_after_of
from wiredesk.wires.guard import Address, Guard, Pins, Refused, target_of

TOTAL = 20.0  # seconds for one call
MAX_REPLY = 2**20
AT_ONCE = 50
_RESET = "x-ratelimit-reset"  # when Mastodon lets us ask again; it sends no Retry-After
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Courier:
    """Carries what outlets say. Use as an async context manager. `mail_guard` is the guard of mail servers' ports."""

    def __init__(
        self,
        guard: Guard,
        mail_guard: Guard,
        *,
        contact_url: str,
        total: float = TOTAL,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._guard, self._mail_guard = guard, mail_guard
        self._pins = Pins()
        self._agent = f"Wiredesk/{wiredesk.__version__} (+{contact_url})"
        self._total = total
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Courier:
        connector = aiohttp.TCPConnector(
            resolver=self._pins,
            use_dns_cache=False,
            limit=AT_ONCE,
            force_close=True,
            socket_factory=self._guard.socket_for,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
            headers={"User-Agent": self._agent, "Accept-Encoding": "identity"},
            max_line_size=MAX_HEADERS // 4,
            max_field_size=MAX_HEADERS // 4,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def call(self, call: Call) -> Reply:
        """Ask, and give back the answer, whatever its status. Raises Undelivered where none comes."""
        try:
            async with asyncio.timeout(self._total):
                target = target_of(call.url)
                addresses = await self._guard.resolve(target)
                _may_travel(call.has_secret and target.scheme == "http", addresses, self._guard)
                self._pins.pin(target, addresses)
                return await self._ask(call)
        except Refused as error:
            raise Undelivered(str(error), was_sent=False) from None
        except _NOT_SENT as error:
            raise Undelivered(_words(error), was_sent=False) from None
        except TimeoutError:
            raise Undelivered("The server took too long to answer.", was_sent=True) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Undelivered(_words(error), was_sent=True) from None

    async def _ask(self, call: Call) -> Reply:
        assert self._session is not None, "use the courier as a context manager"  # noqa: S101  a programmer's mistake
        asked = self._session.request(
            call.method,
            URL(call.url, encoded=True),
            headers=dict(call.headers),
            data=call.body or None,
            allow_redirects=False,
        )
        async with asked as answer:
            body = b""
            async for chunk in answer.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > MAX_REPLY:
                    body = body[:MAX_REPLY]
                    break
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(status=answer.status, headers=headers, body=body, retry_after=self._asked_to_wait(headers))

    def _asked_to_wait(self, headers: Mapping[str, str]) -> timedelta | None:
        if "retry-after" in headers:
            return retry_after_of(headers["retry-after"])
        try:
            return max(datetime.fromisoformat(headers[_RESET]) - self._clock(), timedelta())
        except (KeyError, ValueError, TypeError):
            return None

    async def mail(self, mail: Mail) -> Reply:
        """Hand over a mail. The reply's status is the SMTP reply code; Undelivered where there is none."""
        try:
            target = target_of(f"http://{mail.host}:{mail.port}/")  # the same rules for hosts
            addresses = await self._mail_guard.resolve(target)
            is_own = _is_own(addresses, self._mail_guard)
        except Refused as error:
            raise Undelivered(str(error), was_sent=False) from None
        work = mailing.hand_over
        return await asyncio.to_thread(work, mail, str(addresses[0]), is_own=is_own, timeout=self._total / 4)


def _is_own(addresses: list[Address], guard: Guard) -> bool:
    """Whether all of these are on networks that the operator opened."""
    return all(guard.is_allowed(address) for address in addresses)


def _may_travel(is_plain: bool, addresses: list[Address], guard: Guard) -> None:
    if is_plain and not _is_own(addresses, guard):
        raise Refused("The secret is not sent over plain http, where others can read it; use https.")


def _words(error: Exception) -> str:
    """Closed, filtered and unreachable look alike, so that nobody can scan with us."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "The server's certificate cannot be accepted."
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError):
        return "The connection broke off before the answer was here."
    return "The server cannot be reached."
