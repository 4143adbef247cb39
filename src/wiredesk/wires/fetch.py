"""One request out and its answer in: guarded on every hop, capped in size and time, unpacked by us.

Knows no records.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from types import TracebackType
from urllib.parse import urljoin

import aiohttp
from yarl import URL

import wiredesk
from wiredesk.news.signin import Credentials
from wiredesk.wires import signing
from wiredesk.wires.guard import Guard, Pins, Refused, target_of
from wiredesk.wires.unpack import MAX_BODY, TooLarge, Unpacker

MAX_REDIRECTS = 5
MAX_HEADERS = 64 * 1024
CONNECT = 10.0  # seconds
TOTAL = 60.0
PER_HOST = 2
AT_ONCE = 50
CHUNK = 64 * 1024
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(Exception):
    """Nothing came that could be read. The message is a sentence for editors; `outcome` is a word for scripts."""

    def __init__(self, message: str, outcome: str, *, status: int = 0, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for. `etag` and `last_modified` as an earlier answer gave them.

    `max_bytes` caps the unpacked body. `credentials` go to their own origin and nowhere else.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    max_bytes: int = MAX_BODY
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came. `url` is where it came from in the end; `permanent_url` the same if every redirect was permanent.

    `cut` says that the body broke off before its end. No address and no body has a secret of ours in it.
    """

    url: str
    status: int
    body: bytes = b""
    sha256: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    permanent_url: str = ""
    max_age: timedelta | None = None
    cut: bool = False

    @property
    def not_modified(self) -> bool:
        """Nothing new since the validators that were sent."""
        return self.status == 304


class Fetcher:
    """Fetches, a few at a time from one host.

    Use as an async context manager; `contact_url` stands in the User-Agent.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        contact_url: str,
        per_host: int = PER_HOST,
        total: float = TOTAL,
        connect: float = CONNECT,
    ) -> None:
        self.guard = guard
        self._pins = Pins()
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self._agent = f"Wiredesk/{wiredesk.__version__} (+{contact_url})"
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect, connect=None)
        self._total = total
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Fetcher:
        connector = aiohttp.TCPConnector(
            resolver=self._pins,
            use_dns_cache=False,
            limit=AT_ONCE,
            limit_per_host=0,
            socket_factory=self.guard.socket_for,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=self._timeout,
            headers={"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, br, zstd"},
            max_line_size=MAX_HEADERS // 4,
            max_field_size=MAX_HEADERS // 4,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def fetch(self, request: Request) -> Response:
        """Ask, follow redirects, unpack. Raises FetchError for everything that is no readable answer."""
        try:
            async with asyncio.timeout(self._total):
                return await self._follow(request)
        except TimeoutError:
            raise FetchError("The server took too long to answer.", "timeout") from None
        except Refused as error:
            raise FetchError(str(error), "refused") from None
        except TooLarge as error:
            raise FetchError(str(error), "too-large") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _failure(error) from None

    async def _follow(self, request: Request) -> Response:
        url, is_permanent = request.url, True
        secret = signing.begun(request.credentials, url)
        for _ in range(MAX_REDIRECTS + 1):
            target = target_of(url)
            secret = secret if secret and secret.is_for(url) else None  # once it was left behind it stays there
            async with self._hosts[target.host]:
                addresses = await self.guard.resolve(target)
                self._pins.pin(target, addresses)
                signing.may_travel(secret, addresses)
                answer = await self._ask(url, request, secret)
            if isinstance(answer, Response):
                moved = url if is_permanent and url != request.url else ""
                return _with_move(answer, moved)
            is_permanent = is_permanent and answer.status in _PERMANENT
            url = signing.onward(request.credentials, answer.url)
        raise FetchError(f"The server redirects more than {MAX_REDIRECTS} times.", "redirects")

    async def _ask(self, url: str, request: Request, secret: Credentials | None) -> Response | _Redirect:
        assert self._session is not None, "use the fetcher as a context manager"  # noqa: S101  a programmer's mistake
        headers = {"If-None-Match": request.etag} if request.etag else {}
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if secret:
            headers.update(secret.headers())
        address = secret.address(url) if secret else url
        asked = self._session.get(URL(address, encoded=True), headers=headers, allow_redirects=False)
        async with asked as answer:
            location = answer.headers.get("Location", "")
            if answer.status in _REDIRECTS and location:
                return _Redirect(answer.status, urljoin(url, location.strip()))
            if answer.status == 304 or answer.status == 410:
                return _response(url, answer)
            if answer.status != 200:
                raise _refusal(answer, request, secret)
            body, cut = await _read(answer, request.max_bytes)
            if request.credentials:
                body = request.credentials.hidden(body)
            return _response(url, answer, body, cut=cut)


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    url: str


def _with_move(answer: Response, moved: str) -> Response:
    if not moved:
        return answer
    return Response(**{**{name: getattr(answer, name) for name in answer.__slots__}, "permanent_url": moved})


async def _read(answer: aiohttp.ClientResponse, max_bytes: int) -> tuple[bytes, bool]:
    """The body, unpacked as it comes and given up where it grows too large; and whether it broke off."""
    unpacker = Unpacker(answer.headers.get("Content-Encoding", ""), max_bytes)
    try:
        async for chunk in answer.content.iter_chunked(CHUNK):
            unpacker.feed(chunk)
    except (aiohttp.ClientPayloadError, ConnectionError):
        return unpacker.body(), True
    return unpacker.body(), unpacker.is_cut


def _response(url: str, answer: aiohttp.ClientResponse, body: bytes = b"", *, cut: bool = False) -> Response:
    headers = answer.headers
    return Response(
        url=url,
        status=answer.status,
        body=body,
        sha256=sha256(body).hexdigest(),
        content_type=headers.get("Content-Type", "")[:200],
        etag=headers.get("ETag", "")[:500],
        last_modified=headers.get("Last-Modified", "")[:100],
        max_age=_max_age(headers.get("Cache-Control", "")),
        cut=cut,
    )


def _max_age(value: str) -> timedelta | None:
    for part in value[:400].split(","):
        name, _, seconds = part.strip().partition("=")
        if name.lower() == "max-age" and seconds.strip('"').isdecimal():
            return timedelta(seconds=min(int(seconds.strip('"')), 86_400))
    return None


def _refusal(answer: aiohttp.ClientResponse, request: Request, secret: Credentials | None) -> FetchError:
    retry_after = retry_after_of(answer.headers.get("Retry-After", ""))
    words = {
        401: "The server asks for a login.",
        403: "The server refuses to give the feed out.",
        404: "There is nothing at this address.",
        429: "The server says that it is asked too often.",
        **signing.refused(request.credentials, secret),
    }
    said = words.get(answer.status) or f"The server answered with status {answer.status}."
    return FetchError(said, f"http-{answer.status}", status=answer.status, retry_after=retry_after)


def retry_after_of(value: str) -> timedelta | None:
    """Seconds or a date (RFC 9110 section 10.2.3)."""
    if value.strip().isdecimal():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        wait = parsedate_to_datetime(value) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), timedelta(days=1))


def _failure(error: Exception) -> FetchError:
    """Any failure of the network in words.

    Closed, filtered and unreachable look alike, so that nobody can scan with us.
    """
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = error.certificate_error
        detail = getattr(reason, "verify_message", "") or "it is not trusted"
        return FetchError(f"The server's certificate cannot be accepted: {detail}.", "certificate")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return FetchError("No secure connection to the server could be made.", "tls")
    if isinstance(error, aiohttp.ClientResponseError | aiohttp.http.HttpProcessingError):
        return FetchError("The server's answer is not HTTP.", "malformed")
    if isinstance(error, ValueError) and not isinstance(error, OSError | aiohttp.ClientError):
        return FetchError("The address is malformed.", "malformed")
    return FetchError("The server cannot be reached.", "unreachable")
