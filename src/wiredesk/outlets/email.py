"""Mail to people who want each story in their letter box: the story, a mail for each correction, one when it is killed.

A mail cannot be changed or taken back. Its Message-ID is the key, so that one sent twice is one to those who look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from wiredesk.news import clean, template
from wiredesk.news.call import Courier, Mail, Reply
from wiredesk.news.outgoing import Deed, Outcome, Place, Post
from wiredesk.news.page import Page
from wiredesk.outlets import feed_forms, kind
from wiredesk.outlets.kind import BadOutlet, Look

OPTIONS: Mapping[str, str] = {
    "to": "who gets the mails, with commas between",
    "from": "the address they come from",
    "user": "the name to log in with, where the server asks for a login; the secret is its password",
    "subject": "template of the subject (default: {{EntryTitle}})",
    "text": "template of the text (default: headline, text, credit and link)",
}
CANNOT: Mapping[Deed, str] = {
    Deed.UPDATE: "A mail cannot be changed; only a correction is told, by another mail.",
    Deed.RETRACT: "A mail cannot be taken back; its readers are asked to delete it, by another mail.",
    Deed.VERIFY: "Whether a mail was read or deleted cannot be seen from here.",
}
SUBJECT = "{{headline}}"
TEXT = "{{headline}}\n\n{{content}}\n\n{{credit}}\n{{disclosure}}\n{{url}}"
PORTS: Mapping[str, int] = {"smtps": 465, "smtp": 587}
MAX_TO = 100
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


def checked(place: Place) -> Place:
    """smtps://HOST or smtp://HOST (STARTTLS), a sender and whom it goes to."""
    kind.known_options(place, OPTIONS)
    parts = urlsplit(place.address)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or parts.path.strip("/"):
        raise BadOutlet("The address is that of a mail server: smtps://HOST, or smtp://HOST:PORT with STARTTLS.")
    to = _listed(place.options.get("to", ""))
    if not to or len(to) > MAX_TO:
        raise BadOutlet(f"The option to names who gets the mails: one to {MAX_TO} addresses.")
    for one in (*to, place.options.get("from", "")):
        if not _ADDRESS.fullmatch(one):
            raise BadOutlet("The options to and from hold mail addresses: name@host.")
    if bool(place.options.get("user")) != bool(place.secret):
        raise BadOutlet("A login needs both: the option user, and its password as the secret.")
    for name in ("subject", "text"):
        template.check(place.options.get(name, ""))
    return place


async def publish(courier: Courier, place: Place, post: Post) -> Outcome:
    """The story, as far as its terms let it go out by mail."""
    assert post.page is not None  # noqa: S101  only a shown page is published
    given = template.ingredients(post.page, post.uri, content=feed_forms.with_credit(post.page))
    subject = template.as_text(place.options.get("subject") or SUBJECT, given)
    return await _send(courier, place, post, subject, template.as_text(place.options.get("text") or TEXT, given))


async def update(courier: Courier, place: Place, post: Post) -> Outcome:
    """A mail of its own for a correction; nothing for anything else."""
    assert post.page is not None  # noqa: S101  only a shown page is published
    if post.what != "correction":
        return Outcome(result="cannot", said=CANNOT[Deed.UPDATE])
    return await _send(courier, place, post, f"CORRECTION: {post.page.headline}", _correction(post, post.page))


async def retract(courier: Courier, place: Place, post: Post) -> Outcome:
    """A mail that asks not to use it any more. It names the story by its link alone: its words are what has to go."""
    if post.status == "withheld":
        subject, said = f"HOLD: {post.uri}", "This story is being checked. Please do not use it until you hear from us."
    else:
        subject, said = f"KILL: {post.uri}", "This story was withdrawn. Please delete it and do not use it."
    instead = f"\nIn its place: {post.instead}\n" if post.instead else ""
    outcome = await _send(courier, place, post, subject, f"{said}\n{post.uri}\n{instead}")
    return replace(outcome, result="told", said=CANNOT[Deed.RETRACT]) if outcome.result == "done" else outcome


async def verify(courier: Courier, place: Place, post: Post) -> Look:
    """Not to be known."""
    return Look(seen="unknown", said=CANNOT[Deed.VERIFY])


def _correction(post: Post, page: Page) -> str:
    told = "\n".join(one.text for one in page.corrections[-3:] if one.text)
    body = clean.text_of(feed_forms.with_credit(page))
    return f"A correction to: {page.headline}\n\n{told}\n\nThe story as it stands now:\n\n{body}\n\n{post.uri}\n"


def message(place: Place, post: Post, subject: str, text: str) -> bytes:
    """A mail as it goes out (RFC 5322). All mails of one story are one thread."""
    host = place.options["from"].rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = place.options["from"]
    mail["To"] = ", ".join(_listed(place.options["to"]))
    mail["Subject"] = " ".join(subject.split())[:300]
    mail["Date"] = format_datetime(post.at)
    is_first = post.deed is Deed.PUBLISH
    mail["Message-ID"] = f"<{post.copy_key if is_first else post.key}@{host}>"
    if not is_first:
        mail["References"] = f"<{post.copy_key}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{text.strip()}\n")
    return mail.as_bytes()


async def _send(courier: Courier, place: Place, post: Post, subject: str, text: str) -> Outcome:
    parts = urlsplit(place.address)
    body = message(place, post, subject, text)
    mail = Mail(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        security="tls" if parts.scheme == "smtps" else "starttls",
        sender=place.options["from"],
        recipients=tuple(_listed(place.options["to"])),
        message=body,
        user=place.options.get("user", ""),
        password=place.secret,
    )
    return _judged(await courier.mail(mail), body)


def _judged(reply: Reply, sent: bytes) -> Outcome:
    """SMTP's reply codes (RFC 5321 section 4.2): 2 done, 4 later, 5 never."""
    said, hash_ = reply.body.decode("utf-8", "replace")[: kind.MAX_SAID], kind.hashed(sent)
    told = f"The mail server says: {reply.status} {said}"
    if 200 <= reply.status < 300:
        return Outcome(result="done", status=reply.status, sent=hash_)
    if reply.status in (530, 534, 535, 538):
        return Outcome(result="barred", status=reply.status, sent=hash_, said=told)
    if 400 <= reply.status < 500:
        return Outcome(result="busy", status=reply.status, sent=hash_, said=told)
    return Outcome(result="refused", status=reply.status, sent=hash_, said=told)


def _listed(addresses: str) -> list[str]:
    return [one.strip() for one in addresses.split(",") if one.strip()]
