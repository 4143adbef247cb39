"""A program of somebody else's that is told of every story: one POST of JSON for each change, signed.

Signed as Standard Webhooks asks (webhook-id, webhook-timestamp, webhook-signature), so that its libraries can check it.
The key stands in Idempotency-Key too: the same message has the same key, however often it has to be sent.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wiredesk.news.call import Call, Courier
from wiredesk.news.outgoing import Deed, Outcome, Place, Post
from wiredesk.outlets import kind, ninjs
from wiredesk.outlets.kind import Look

OPTIONS: Mapping[str, str] = {}
CANNOT: Mapping[Deed, str] = {
    Deed.VERIFY: "What the program behind a webhook made of a message cannot be seen from here.",
}
PREFIX = "whsec_"  # of a secret in base64, as Standard Webhooks writes them
_CHANGES = {"correction": "correction", "refile": "refile"}


def checked(place: Place) -> Place:
    """An address and a secret are all it needs."""
    kind.known_options(place, OPTIONS)
    kind.web_address(place)
    if not place.secret:
        raise kind.BadOutlet("A webhook needs a secret, with which its messages are signed.")
    return replace(place, address=place.address.strip())


async def publish(courier: Courier, place: Place, post: Post) -> Outcome:
    """Tell of a new story. Whoever gets the same webhook-id twice has it already."""
    return await _tell(courier, place, post)


async def update(courier: Courier, place: Place, post: Post) -> Outcome:
    """Tell of a story as it stands now."""
    return await _tell(courier, place, post)


async def retract(courier: Courier, place: Place, post: Post) -> Outcome:
    """Tell that a story has to be taken down: its uri and status, and no copy."""
    return await _tell(courier, place, post)


async def verify(courier: Courier, place: Place, post: Post) -> Look:
    """Not to be known."""
    return Look(seen="unknown", said=CANNOT[Deed.VERIFY])


def message(post: Post) -> dict[str, Any]:
    """The body. `item` is ninjs 3.0; `event` grows: a message with a lesser one than was seen for this uri is old."""
    said: dict[str, Any] = {
        "type": f"story.{post.deed}",
        "action": post.deed.value,
        "change": _CHANGES.get(post.what, post.what),
        "event": post.event,
        "timestamp": post.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "uri": post.uri,
        "site": {"name": post.site_name, "url": post.site_url},
        "item": _item(post),
    }
    if post.page and post.page.corrections:
        told = [{"at": one.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "text": one.text} for one in post.page.corrections]
        said["corrections"] = told
    return said | ({"instead": post.instead} if post.instead else {})


def _item(post: Post) -> dict[str, Any]:
    if post.page:
        return ninjs.document(post.page, site_url=post.site_url, now=post.at)
    return ninjs.withdrawn(post.uri, post.status, now=post.at)


def signature(secret: str, key: str, timestamp: int, body: bytes) -> str:
    """v1, and the HMAC-SHA256 over id, timestamp and body, in base64. A secret that is no whsec_ is taken as it is."""
    signed = f"{key}.{timestamp}.".encode() + body
    return f"v1,{b64encode(hmac.digest(_key(secret), signed, 'sha256')).decode()}"


def _key(secret: str) -> bytes:
    if secret.startswith(PREFIX):
        try:
            return b64decode(secret.removeprefix(PREFIX), validate=True)
        except NotBase64:
            pass
    return secret.encode()


async def _tell(courier: Courier, place: Place, post: Post) -> Outcome:
    body, now = kind.as_json(message(post)), int(post.at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": post.key,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(place.secret, post.key, now, body),
        "Idempotency-Key": f'"{post.key}"',
        "Wiredesk-Event": post.deed.value,
    }
    reply = await courier.call(Call(method="POST", url=place.address, headers=headers, body=body))
    if reply.status in (404, 410):
        said = "There is nobody at the webhook's address any more." if reply.status == 410 else _NOBODY
        return Outcome(result="barred", status=reply.status, sent=kind.hashed(body), said=said)
    return kind.judged(reply, name="The webhook", sent=body)


_NOBODY = "There is nothing at the webhook's address."
