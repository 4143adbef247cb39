"""Statuses of a Mastodon account: a headline and a short link, edited in place, deleted when the story goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import quote

from wiredesk.news import template
from wiredesk.news.call import Call, Courier, Reply
from wiredesk.news.outgoing import Deed, Outcome, Place, Post
from wiredesk.news.page import Page
from wiredesk.outlets import kind
from wiredesk.outlets.kind import BadOutlet, Look

OPTIONS: Mapping[str, str] = {
    "text": "template of a status (default: labels, {{EntryTitle}}, {{FeedTitle}} and {{EntryUrl}})",
    "visibility": "public (default), unlisted or private",
    "length": "the longest status that the server takes (default: 500)",
}
CANNOT: Mapping[Deed, str] = {}
TEXT = "{{headline}} ({{source}})\n\n{{url}}"
VISIBLE = ("public", "unlisted", "private")
LENGTH, OF_A_LINK = 500, 23  # characters; every address counts as so many
A_PAGE, PAGES = 40, 10  # of the account's latest statuses, when one has to be looked for


def checked(place: Place) -> Place:
    """Needs an access token with the right to write statuses (and to read them, to find one after a lost reply)."""
    kind.known_options(place, OPTIONS)
    if not place.secret:
        raise BadOutlet("Mastodon needs an access token as the secret.")
    if place.options.get("visibility", "public") not in VISIBLE:
        raise BadOutlet(f"The visibility is one of: {', '.join(VISIBLE)}.")
    length = str(place.options.get("length", LENGTH))
    if not length.isdecimal() or not 100 <= int(length) <= 100_000:
        raise BadOutlet("The length of a status is a number from 100 to 100000.")
    text = template.check(place.options.get("text", ""))
    if text and not any(f"{{{{{name}}}}}" in text.replace(" ", "") for name in ("url", "EntryUrl")):
        raise BadOutlet("The text of a status has to hold {{EntryUrl}}: a status is found again by it.")
    return replace(place, address=kind.web_address(place))


async def publish(courier: Courier, place: Place, post: Post) -> Outcome:
    """A new status. Mastodon knows the key for an hour; after a try that was cut off the account is looked through."""
    if post.is_unsure:
        there = await _find(courier, place, post)
        if isinstance(there, Outcome):
            return there
        if there:
            return await update(courier, place, replace(post, remote_id=there))
    body = kind.as_json({**_status(place, post), "visibility": place.options.get("visibility", "public")})
    headers = {"Idempotency-Key": post.copy_key}
    return _judged(await _ask(courier, place, "POST", "/api/v1/statuses", body, headers), body)


async def update(courier: Courier, place: Place, post: Post) -> Outcome:
    """The same status with another text; those who boosted it are told by Mastodon."""
    body = kind.as_json(_status(place, post))
    return _judged(await _ask(courier, place, "PUT", f"/api/v1/statuses/{post.remote_id}", body), body)


async def retract(courier: Courier, place: Place, post: Post) -> Outcome:
    """Deleted; the server asks the others that have it to do the same."""
    number: str | Outcome | None = post.remote_id
    if post.is_unsure or not number:  # the one we know may be of an earlier time, and gone
        number = await _find(courier, place, post) or post.remote_id
    if isinstance(number, Outcome):
        return number
    if not number:
        return Outcome(result="missing", said="The account has no status of this story.")
    reply = await _ask(courier, place, "DELETE", f"/api/v1/statuses/{number}")
    return replace(_judged(reply, f"DELETE {number}".encode()), remote_id=number)


async def verify(courier: Courier, place: Place, post: Post) -> Look:
    """Ask the account's own server, as a stranger. What other servers do with a deletion cannot be seen."""
    if not post.remote_id:
        return Look(seen="unknown", said="It has no number at Mastodon.")
    return await kind.seen_at(courier, f"{place.address}/api/v1/statuses/{post.remote_id}")


def text_of(place: Place, page: Page, uri: str) -> str:
    """The words of a status, as long as the server takes: the headline gives way, never the link."""
    wanted = place.options.get("text") or TEXT
    given = template.ingredients(page, uri)
    labelled = f"{given['labels'].upper()}: {page.headline}" if page.labels == ("Corrected",) else page.headline
    given["headline"] = labelled
    text = template.as_text(wanted, given).strip()
    too_many = _length(text, uri) - int(place.options.get("length", LENGTH))
    if too_many > 0:
        given = {name: value if name in ("url", "headline", "source") else "" for name, value in given.items()}
        given["headline"] = labelled[: max(len(labelled) - too_many - 1, 20)].rstrip() + "…"
        text = template.as_text(wanted, given).strip()
    return text


def _length(text: str, uri: str) -> int:
    return len(text) - text.count(uri) * (len(uri) - OF_A_LINK)


def _status(place: Place, post: Post) -> dict[str, Any]:
    assert post.page is not None  # noqa: S101  only a shown page is published
    said = {"status": text_of(place, post.page, post.uri)}
    language = post.page.language.split("-")[0].lower()
    return said | ({"language": language} if len(language) == 2 else {})


async def _find(courier: Courier, place: Place, post: Post) -> str | Outcome | None:
    """The number of this story's status among the account's latest, by the link that it holds."""
    reply = await _ask(courier, place, "GET", "/api/v1/accounts/verify_credentials")
    account = kind.read_json(reply)
    if reply.status != 200 or not isinstance(account, dict):
        return _judged(reply, b"")
    path = f"/api/v1/accounts/{account.get('id')}/statuses?limit={A_PAGE}&exclude_reblogs=true"
    last = ""
    for _ in range(PAGES):
        reply = await _ask(courier, place, "GET", f"{path}&max_id={last}" if last else path)
        said = kind.read_json(reply)
        if reply.status != 200 or not isinstance(said, list):
            return _judged(reply, b"")
        statuses = [one for one in said if isinstance(one, dict)]
        for one in statuses:
            if f'href="{post.uri}"' in str(one.get("content")):
                return str(one.get("id"))
        if len(said) < A_PAGE or not statuses:
            return None
        last = quote(str(statuses[-1].get("id")), safe="")
    return None


async def _ask(
    courier: Courier,
    place: Place,
    method: Literal["GET", "POST", "PUT", "DELETE"],
    path: str,
    body: bytes = b"",
    more: Mapping[str, str] | None = None,
) -> Reply:
    headers = {"Authorization": f"Bearer {place.secret}", "Accept": "application/json", **(more or {})}
    if body:
        headers["Content-Type"] = "application/json"
    call = Call(method=method, url=f"{place.address}{path}", headers=headers, body=body, has_secret=True)
    return await courier.call(call)


def _judged(reply: Reply, sent: bytes) -> Outcome:
    said = kind.read_json(reply)
    told = said if isinstance(said, dict) else {}
    if reply.status in (404, 410) and told.get("error"):
        hash_ = kind.hashed(sent) if sent else ""
        return Outcome(result="missing", status=reply.status, sent=hash_, said="Mastodon has no such status any more.")
    found = kind.judged(reply, name="Mastodon", said=str(told.get("error") or ""), sent=sent)
    if found.result != "done":
        return found
    if not told:
        return replace(found, result="barred", said="What answers at this address is not Mastodon's API.")
    return replace(found, remote_id=str(told.get("id") or ""), remote_url=str(told.get("url") or ""))
