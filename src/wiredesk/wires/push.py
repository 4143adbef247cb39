"""POST /push/NAME: copy that a source sends us. Kept first, then taken at once, then answered (docs/how-to/push.md)."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from threading import BoundedSemaphore

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wiredesk.desk import endpoints, parcels
from wiredesk.desk.models import Feed
from wiredesk.wires.settle import Answer, Asked, settle
from wiredesk.wires.unpack import MAX_BODY, TooLarge, Unpacker

log = logging.getLogger("wiredesk.push")
AT_ONCE = 16
PATIENCE = 5.0  # seconds that one more waits for its turn
_CHUNK = 64 * 1024
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate", "br", "zstd")
_TYPES = re.compile(
    r"|(?:application|text)/(?:json|xml|plain)|application/octet-stream|[\w.-]{1,60}/[\w.-]{1,100}\+(?:json|xml)"
)
_turns = BoundedSemaphore(AT_ONCE)


class Declined(Exception):
    """What was sent is not taken. `status` is the answer; `wait` are seconds after which to try again."""

    def __init__(self, status: int, said: str, *, wait: int = 0, **headers: str) -> None:
        super().__init__(said)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if wait:
            self.headers["Retry-After"] = str(wait)


@csrf_exempt  # who may send is told by a token that no browser sends by itself
@require_POST
def push(request: HttpRequest, name: str) -> JsonResponse:
    """202: it is on our disk, and read. 401, 413, 415, 429, 503: nothing was kept. 422: kept, and cannot be read."""
    try:
        feed = endpoints.feed_for(name, _token(request))
        if feed is None:
            raise Declined(401, "No feed is pushed here with this token.", WWW_Authenticate='Bearer realm="push"')
        return _in_turn(request, feed)
    except Declined as declined:
        return _answer(declined.status, {"error": str(declined)}, declined.headers)


def _token(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "")[:1000].partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _in_turn(request: HttpRequest, feed: Feed) -> JsonResponse:
    """So many at a time, since each holds a body in memory."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Declined(429, "Too much is sent at once.", wait=2)
    try:
        if parcels.is_full(feed):
            raise Declined(429, "Too much waits here already to be taken.", wait=60)
        return _received(feed, *_read(request), content_type=_content_type(request))
    finally:
        _turns.release()


def _content_type(request: HttpRequest) -> str:
    said = request.headers.get("Content-Type", "")
    if not _TYPES.fullmatch(said[:400].partition(";")[0].strip().lower()):
        raise Declined(415, "Send XML, JSON or plain text, and say so in Content-Type.", Accept_Post="*/*")
    return said


def _read(request: HttpRequest) -> tuple[bytes, str]:
    """The body, unpacked; and what is wrong with its packing, where the bytes as they came are all there is."""
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise Declined(415, "This Content-Encoding is not read.", Accept_Encoding="gzip, br, zstd")
    unpacker, came = Unpacker(encoding, MAX_BODY), []
    try:
        while chunk := request.read(_CHUNK):
            came.append(chunk)
            unpacker.feed(chunk)
    except TooLarge:
        raise Declined(
            413, f"The body is larger than {MAX_BODY // 2**20} MB, or unpacks to far more than was sent."
        ) from None
    if unpacker.is_cut:
        return b"".join(came), f"What was sent as {encoding} breaks off, or is none."
    return unpacker.body(), ""


def _received(feed: Feed, raw: bytes, fault: str, *, content_type: str) -> JsonResponse:
    now = datetime.now(UTC)
    try:
        parcel, is_new = parcels.keep(feed, raw, now=now, content_type=content_type, fault=fault)
    except (OperationalError, OSError):
        log.exception("feed %s: what was pushed could not be kept", feed.pk)
        raise Declined(503, "It cannot be kept at the moment.", wait=60) from None
    said: dict[str, object] = {"sha256": parcel.body_id, "bytes": len(raw)}
    if is_new and not feed.is_paused:
        asked = _taken(Answer(feed=feed, parcel=parcel), now)
        if asked and asked.outcome == "refused":
            return _answer(422, {**said, "error": asked.error})
    return _answer(202, said)


def _taken(answer: Answer, now: datetime) -> Asked | None:
    """Take it now; where that cannot be, the engine does, which finds it due in some seconds."""
    try:
        (asked,) = settle([answer], now)
    except Exception:  # it is kept: the sender has done its part, whatever becomes of ours
        log.exception("feed %s: what was pushed is kept and could not be taken yet", answer.feed.pk)
        return None
    if asked.error:
        log.warning("feed %s: what was pushed was refused: %s", asked.feed.pk, asked.error)
    elif asked.events:
        log.info("feed %s: %s", asked.feed.pk, ", ".join(f"{count} {kind}" for kind, count in asked.events.items()))
    return asked


def _answer(status: int, said: dict[str, object], headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store", **(headers or {})})
