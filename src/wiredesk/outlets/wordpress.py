"""Posts of a WordPress site, by its REST API (wp/v2) with an application password.

WordPress keeps no key of ours that could be asked for, so each post has our number in its slug, which can; and a
comment in its text that says whose it is. Both are looked for before a second post could be made of one story.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode

from wiredesk.news import links, template
from wiredesk.news.call import Call, Courier, Reply
from wiredesk.news.outgoing import Deed, Outcome, Place, Post
from wiredesk.news.page import Page
from wiredesk.outlets import feed_forms, kind
from wiredesk.outlets.kind import BadOutlet, Look

OPTIONS: Mapping[str, str] = {
    "user": "the name of the WordPress user whose application password the secret is",
    "title": "template of the title (default: {{EntryTitle}})",
    "body": "template of the text, in HTML (default: {{EntryContent}} and a link to the story here)",
    "status": "publish (default), pending or draft: what becomes of a new post",
}
CANNOT: Mapping[Deed, str] = {}
STATUSES = ("publish", "pending", "draft")
TITLE = "{{EntryTitle}}"
BODY = '{{EntryContent}}<p><a href="{{EntryUrl}}">{{disclosure}}</a></p>'
_ANY = "publish,future,draft,pending,private"
_NO_SUCH_POST = "rest_post_invalid_id"
_IN_TRASH = "rest_already_trashed"


def checked(place: Place) -> Place:
    """Needs the user's name and an application password."""
    kind.known_options(place, OPTIONS)
    if not place.options.get("user") or not place.secret:
        raise BadOutlet("WordPress needs the option user, and an application password of that user as the secret.")
    if place.options.get("status", "publish") not in STATUSES:
        raise BadOutlet(f"The status of new posts is one of: {', '.join(STATUSES)}.")
    for name in ("title", "body"):
        template.check(place.options.get(name, ""))
    return replace(place, address=kind.web_address(place))


async def publish(courier: Courier, place: Place, post: Post) -> Outcome:
    """A new post, unless an earlier try, or a hold, has left one."""
    there = await _find(courier, place, post) if post.is_unsure or post.remote_id else None
    if isinstance(there, Outcome):
        return there
    new = {"status": place.options.get("status", "publish")}
    if there:
        return await _write(courier, place, post, f"/posts/{there}", new)
    return await _write(courier, place, post, "/posts", {**new, "slug": slug(post)})


async def update(courier: Courier, place: Place, post: Post) -> Outcome:
    """The same post, at the same address; its status is left to the people there."""
    return await _write(courier, place, post, f"/posts/{post.remote_id}", {})


async def retract(courier: Courier, place: Place, post: Post) -> Outcome:
    """A held story becomes a draft, which can come back; a withdrawn one is deleted for good, past the trash."""
    number: str | Outcome | None = post.remote_id
    if post.is_unsure or not number:
        number = await _find(courier, place, post) or post.remote_id
    if isinstance(number, Outcome):
        return number
    if not number:
        return Outcome(result="missing", said="WordPress has no post of this story.")
    if post.status == "withheld":
        body = kind.as_json({"status": "draft"})
        return replace(_judged(await _ask(courier, place, "POST", f"/posts/{number}", body), body), remote_id=number)
    reply = await _ask(courier, place, "DELETE", f"/posts/{number}?force=true")
    return replace(_judged(reply, f"DELETE {number}".encode()), remote_id=number)


async def verify(courier: Courier, place: Place, post: Post) -> Look:
    """Ask for the post without a password, and for its page, as readers would."""
    if not post.remote_id:
        return Look(seen="unknown", said="It has no number at WordPress.")
    reply = await courier.call(Call(method="GET", url=_url(place, f"/posts/{post.remote_id}")))
    if 200 <= reply.status < 300:
        return Look(seen="there", status=reply.status)
    if reply.status not in (401, 403, 404, 410):
        return Look(seen="unknown", status=reply.status, said=f"WordPress answered with status {reply.status}.")
    if post.remote_url:
        return await kind.seen_at(courier, post.remote_url)
    return Look(seen="gone", status=reply.status)


def slug(post: Post) -> str:
    """The last part of a post's address: words for people, and our number to find it by."""
    words = links.slug(post.page.headline) if post.page else ""
    return f"{words}-{post.story}" if words.isascii() and words else f"story-{post.story}"


def sign(post: Post) -> str:
    """What says in a post's text that it is ours, unseen by readers."""
    return f"<!-- wiredesk {post.uri} -->"


async def _write(courier: Courier, place: Place, post: Post, path: str, more: Mapping[str, str]) -> Outcome:
    assert post.page is not None  # noqa: S101  only a shown page is published
    body = kind.as_json({**_content(place, post, post.page), **more})
    return _judged(await _ask(courier, place, "POST", path, body), body)


def _content(place: Place, post: Post, page: Page) -> dict[str, str]:
    given = template.ingredients(page, post.uri, content=feed_forms.with_credit(page))
    text = template.as_html(place.options.get("body") or BODY, given)
    return {
        "title": template.as_text(place.options.get("title") or TITLE, given),
        "content": f"{text}\n{sign(post)}",
        "excerpt": page.snippet,
    }


async def _find(courier: Courier, place: Place, post: Post) -> str | Outcome | None:
    """The number of this story's post: the one we know, else found by slug, else by what its text says; or None.

    The one we know may be of an earlier time, and gone.
    """
    if post.remote_id:
        reply = await _ask(courier, place, "GET", f"/posts/{post.remote_id}?context=edit")
        if reply.status == 200:
            return post.remote_id
        if not _is_missing(reply):
            return _judged(reply, b"")
    asked = {"search": f"wiredesk {post.uri}", "status": _ANY, "context": "edit", "per_page": "20"}
    for query in ({**asked, "search": ""} | {"slug": slug(post)}, asked):
        reply = await _ask(courier, place, "GET", f"/posts?{urlencode({k: v for k, v in query.items() if v})}")
        if reply.status != 200:
            return _judged(reply, b"")
        for one in _posts(kind.read_json(reply)):
            if sign(post) in str(_field(one, "content")):
                return str(one.get("id"))
    return None


def _posts(said: Any) -> list[dict[str, Any]]:
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _field(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return str(value.get("raw") or "") if isinstance(value, dict) else ""


async def _ask(
    courier: Courier, place: Place, method: Literal["GET", "POST", "DELETE"], path: str, body: bytes = b""
) -> Reply:
    pair = f"{place.options.get('user', '')}:{place.secret}".encode()
    headers = {"Authorization": f"Basic {b64encode(pair).decode()}", "Accept": "application/json"}
    if body:
        headers["Content-Type"] = "application/json"
    return await courier.call(Call(method=method, url=_url(place, path), headers=headers, body=body, has_secret=True))


def _url(place: Place, path: str) -> str:
    return f"{place.address}/wp-json/wp/v2{path}"


def _is_missing(reply: Reply) -> bool:
    said = kind.read_json(reply)
    code = said.get("code") if isinstance(said, dict) else ""
    return reply.status in (404, 410) and code in (_NO_SUCH_POST, _IN_TRASH)


def _judged(reply: Reply, sent: bytes) -> Outcome:
    said = kind.read_json(reply)
    told = said if isinstance(said, dict) else {}
    if _is_missing(reply):
        return Outcome(
            result="missing", status=reply.status, sent=kind.hashed(sent), said="WordPress has no such post any more."
        )
    found = kind.judged(reply, name="WordPress", said=str(told.get("message") or ""), sent=sent)
    if found.result != "done":
        return found
    if not told:
        return replace(found, result="barred", said="What answers at this address is not WordPress's REST API.")
    number = told.get("id")
    return replace(found, remote_id=str(number or ""), remote_url=str(told.get("link") or ""))
