"""What each kind says on the wire, which options it takes, and what it owns up to being unable to do."""

from __future__ import annotations

import asyncio
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.makers import at
from tests.outlets.newsroom import SECRET, courier
from tests.outlets.places import Mastodon, Place, Webhook, WordPress
from wiredesk.news.call import Call, Mail, Undelivered
from wiredesk.news.outgoing import Deed, Outcome, Post
from wiredesk.news.outgoing import Place as Where
from wiredesk.news.page import Page
from wiredesk.news.story import Correction, Name
from wiredesk.outlets import email, kinds, mastodon, webhook, wordpress
from wiredesk.outlets.kind import BadOutlet, Look

pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd")
URI = "https://desk.example/s/abcdefgh"


def page(**changes: Any) -> Page:
    base = Page(
        id=7, code="abcdefgh", path="/story/7/ferry/", public="shown", headline="Ferry sails", body="<p>It left at nine.</p>",
        is_whole=True, published=at(-1), source=Name(name="Lantern", slug="lantern"), credit_line="Lantern",
        disclosure="Not edited here.", language="en-GB", snippet="It left at nine.",
    )  # fmt: skip
    return replace(base, **changes)


def post(deed: Deed = Deed.PUBLISH, **changes: Any) -> Post:
    base = Post(
        deed=deed, key="k1", copy_key="c1", event=5, what="publish", uri=URI, story=7, site_url="https://desk.example",
        site_name="The Desk", status="usable", at=at(0), page=page() if deed is not Deed.RETRACT else None,
    )  # fmt: skip
    return replace(base, **changes)


def run(deed: Any, place: Where, said: Post) -> Any:
    async def go() -> Any:
        async with courier() as carrying:
            return await deed(carrying, place, said)

    return asyncio.run(go())


def wordpress_at(place: Place, **options: str) -> Where:
    return kinds.checked("wordpress", place.url, {"user": WordPress.USER, **options}, WordPress.PASSWORD)


def mastodon_at(place: Place, **options: str) -> Where:
    return kinds.checked("mastodon", place.url, options, Mastodon.TOKEN)


def test_a_webhook_message_is_signed_as_standard_webhooks_asks() -> None:
    with Webhook() as place:
        outcome = run(webhook.publish, Where(address=place.url, secret=SECRET), post())
        asked = place.asked[0]

    key, moment = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
    signed = f"{key}.{moment}.".encode() + asked.body
    secret = b64decode(SECRET.removeprefix("whsec_"))
    expected = b64encode(hmac.new(secret, signed, "sha256").digest()).decode()
    assert asked.headers["webhook-signature"] == f"v1,{expected}"
    assert (asked.headers["idempotency-key"], int(moment)) == ('"k1"', int(at(0).timestamp()))
    assert (outcome.result, len(outcome.sent)) == ("done", 64)


@pytest.mark.parametrize("secret", ["plain words", "whsec_not base64!"])
def test_a_secret_that_is_no_base64_is_taken_as_it_is(secret: str) -> None:
    expected = hmac.new(secret.encode(), b"k.1.body", "sha256").digest()

    assert webhook.signature(secret, "k", 1, b"body") == f"v1,{b64encode(expected).decode()}"


def test_a_correction_and_a_substitute_are_told() -> None:
    corrected = page(corrections=(Correction(at=at(0), text="It left at ten."),))
    said = webhook.message(post(Deed.UPDATE, page=corrected, what="correction"))
    gone = webhook.message(post(Deed.RETRACT, status="canceled", instead="https://desk.example/story/8/x/"))

    assert (said["change"], said["corrections"][0]["text"]) == ("correction", "It left at ten.")
    assert (gone["action"], gone["instead"], gone["item"]["pubStatus"]) == (
        "retract",
        "https://desk.example/story/8/x/",
        "canceled",
    )


@pytest.mark.parametrize(
    ("status", "result"),
    [(200, "done"), (204, "done"), (301, "barred"), (400, "refused"), (401, "barred"), (403, "barred"), (404, "barred"),
     (408, "unsure"), (410, "barred"), (422, "refused"), (429, "busy"), (500, "unsure"), (503, "unsure")],
)  # fmt: skip
def test_what_a_status_means(status: int, result: str) -> None:
    with Webhook(status=status) as place:
        outcome = run(webhook.publish, Where(address=place.url, secret=SECRET), post())

    assert (outcome.result, outcome.status) == (result, status)
    assert outcome.result == "done" or outcome.said


def test_nobody_can_say_what_became_of_a_webhook_or_a_mail() -> None:
    for kind, module in (("webhook", webhook), ("email", email)):
        look = run(module.verify, Where(address="https://a.example"), post(Deed.VERIFY))
        assert isinstance(look, Look) and (look.seen, look.said) == ("unknown", kinds.KINDS[kind].CANNOT[Deed.VERIFY])


def test_a_wordpress_post_has_the_credit_a_link_and_our_sign_and_its_templates_are_cleaned() -> None:
    with WordPress() as place:
        text = "{{EntryContent}}<script>alert(1)</script><p onclick='x'>{{EntryTitle}}, {{FeedTitle}}</p>"
        run(wordpress.publish, wordpress_at(place, body=text, status="pending"), post(page=page(headline="A <b> & c")))
        (made,) = place.posts.values()

    assert (made["title"], made["status"]) == ("A <b> & c", "pending")
    assert made["content"].startswith("<p>It left at nine.</p><p>A &lt;b&gt; &amp; c, Lantern</p>")
    assert "script" not in made["content"] and "onclick" not in made["content"]
    assert made["content"].endswith(f"<!-- wiredesk {URI} -->")
    assert made["slug"] == "a-b-c-7"


def test_a_wordpress_update_leaves_the_status_to_the_people_there() -> None:
    with WordPress() as place:
        where = wordpress_at(place)
        outcome = run(wordpress.publish, where, post())
        place.posts[11]["status"] = "private"
        run(wordpress.update, where, post(Deed.UPDATE, remote_id=outcome.remote_id, page=page(headline="Later")))

        assert (place.posts[11]["title"], place.posts[11]["status"]) == ("Later", "private")


def test_another_post_with_our_words_is_not_taken_for_ours() -> None:
    with WordPress() as place:
        place.posts[3] = {"id": 3, "title": "Theirs", "content": "Theirs", "slug": "ferry-sails-7", "status": "publish"}
        run(wordpress.publish, wordpress_at(place), post(is_unsure=True))

        assert [one["title"] for one in place.posts.values()] == ["Theirs", "Ferry sails"]


def test_what_is_not_wordpress_is_told_so() -> None:
    with Webhook(status=200) as place:
        outcome = run(wordpress.publish, wordpress_at(place), post())

    assert outcome.result == "barred" and "not WordPress" in outcome.said


def test_a_retraction_that_finds_nothing_says_so() -> None:
    with WordPress() as place, Mastodon() as other:
        first = run(wordpress.retract, wordpress_at(place), post(Deed.RETRACT, is_unsure=True))
        second = run(mastodon.retract, mastodon_at(other), post(Deed.RETRACT, is_unsure=True))

    assert (first.result, second.result) == ("missing", "missing")


@pytest.mark.parametrize("deed", ["publish", "retract"])
def test_looking_for_a_copy_that_fails_puts_nothing_there(deed: str) -> None:
    with WordPress() as place, Mastodon() as other:
        place.faults.append("broken")
        other.faults.append("broken")
        said = post(Deed(deed), is_unsure=True)
        results = [
            run(getattr(wordpress, deed), wordpress_at(place), said).result,
            run(getattr(mastodon, deed), mastodon_at(other), said).result,
        ]

        assert (results, place.posts, other.statuses) == (["unsure", "unsure"], {}, {})


def test_verify_looks_with_no_password_and_as_a_reader() -> None:
    with WordPress() as place:
        where = wordpress_at(place)
        outcome = run(wordpress.publish, where, post())
        known = post(Deed.VERIFY, remote_id=outcome.remote_id, remote_url=outcome.remote_url)
        place.asked.clear()
        there = run(wordpress.verify, where, known)
        place.posts.clear()
        gone = run(wordpress.verify, where, known)
        unknown = run(wordpress.verify, where, replace(known, remote_id=""))

        assert [look.seen for look in (there, gone, unknown)] == ["there", "gone", "unknown"]
        assert not any("authorization" in one.headers for one in place.asked)


def test_a_status_is_as_long_as_the_server_takes_and_keeps_its_link() -> None:
    where = Where(address="https://m.example")
    short = mastodon.text_of(where, page(), URI)
    long = mastodon.text_of(where, page(headline="Ferry " * 200, labels=("Corrected",)), URI)

    assert short == f"Ferry sails (Lantern)\n\n{URI}"
    assert long.startswith("CORRECTED: Ferry") and long.endswith(f"… (Lantern)\n\n{URI}")
    assert len(long) - len(URI) + 23 <= 500


def test_a_status_says_its_language_and_goes_out_under_a_key() -> None:
    with Mastodon() as place:
        run(mastodon.publish, mastodon_at(place, visibility="unlisted"), post())
        asked = place.asked[0]

    assert (asked.json["language"], asked.json["visibility"]) == ("en", "unlisted")
    assert asked.headers["idempotency-key"] == "c1"


def test_mastodons_own_way_to_say_wait_is_understood() -> None:
    with Mastodon() as place:
        place.faults.append("busy")
        outcome = run(mastodon.publish, mastodon_at(place), post())

    assert (outcome.result, outcome.retry_after and outcome.retry_after.total_seconds()) == ("busy", 120)


@pytest.mark.parametrize(
    ("kind", "address", "options", "secret", "said"),
    [
        ("fax", "https://a.example", {}, "", "no outlet of the kind fax"),
        ("webhook", "https://a.example", {}, "", "needs a secret"),
        ("webhook", "ftp://a.example", {}, "s", "begins with https"),
        ("webhook", "https://ines:x@a.example", {}, "s", "no user name"),
        ("webhook", "https://a.example", {"colour": "red"}, "s", "no option colour"),
        ("wordpress", "https://a.example", {}, "s", "needs the option user"),
        ("wordpress", "https://a.example", {"user": "i", "status": "trash"}, "s", "status of new posts"),
        ("wordpress", "https://a.example", {"user": "i", "body": "{{Colour}}"}, "s", "means nothing"),
        ("mastodon", "https://a.example", {}, "", "access token"),
        ("mastodon", "https://a.example", {"visibility": "direct"}, "s", "visibility"),
        ("mastodon", "https://a.example", {"length": "5"}, "s", "length"),
        ("mastodon", "https://a.example", {"text": "{{EntryTitle}}"}, "s", "has to hold"),
        ("email", "https://a.example", {}, "", "mail server"),
        ("email", "smtps://a.example", {"from": "a@b.example"}, "", "one to 100"),
        ("email", "smtps://a.example", {"to": "a@b.example, no", "from": "a@b.example"}, "", "name@host"),
        ("email", "smtps://a.example", {"to": "a@b.example", "from": "a@b.example", "user": "i"}, "", "needs both"),
    ],
)
def test_an_outlet_that_cannot_work_is_refused_in_words(
    kind: str, address: str, options: dict[str, str], secret: str, said: str
) -> None:
    with pytest.raises(BadOutlet, match=said):
        kinds.checked(kind, address, options, secret)


@pytest.mark.parametrize("call", [True, False])
def test_no_outlet_is_reached_past_the_guard(call: bool) -> None:
    from wiredesk.wires.courier import Courier
    from wiredesk.wires.guard import Guard

    async def go() -> None:
        async with Courier(Guard(), Guard(), contact_url="https://desk.example") as strict:
            if call:
                await strict.call(Call(method="POST", url=place.url, body=b"{}"))
            else:
                await strict.mail(Mail(host="127.0.0.1", port=25, security="tls", sender="a@b.c", recipients=("a@b.c",), message=b""))  # fmt: skip

    with Webhook() as place, pytest.raises(Undelivered, match="not on the public internet") as caught:
        asyncio.run(go())
    assert (place.asked, caught.value.was_sent) == ([], False)


def test_a_secret_is_not_sent_over_plain_http_to_somebody_elses_network() -> None:
    from wiredesk.wires.courier import Courier
    from wiredesk.wires.guard import Guard

    async def lookup(host: str) -> list[str]:
        return ["93.184.215.14"]

    async def go() -> None:
        guard = Guard(lookup=lookup, own=frozenset)
        async with Courier(guard, guard, contact_url="https://desk.example") as strict:
            await strict.call(Call(method="GET", url="http://blog.example/", has_secret=True))

    with pytest.raises(Undelivered, match="plain http"):
        asyncio.run(go())


class Letterbox:
    """A mail server that keeps what it takes; `answers` are given instead of 250, one by one."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.to: list[list[str]] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(bytes(envelope.content or b""))
        self.to.append(list(envelope.rcpt_tos))
        return "250 taken"

    def mails(self) -> list[Message]:
        return [message_from_bytes(one) for one in self.taken]


class Server(Controller):
    """aiosmtpd's, whose port may be any free one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def let_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"right", handled=False)


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with_box = Letterbox()
    server = Server(with_box, hostname="127.0.0.1", port=0, auth_require_tls=False, authenticator=let_in)
    server.start()
    with_box.port = server.port  # type: ignore[attr-defined]  # where it is
    yield with_box
    server.stop()


def letters(box: Any, **more: str) -> Where:
    options = {"to": "ann@paper.example, bo@paper.example", "from": "desk@wire.example", **more}
    secret = options.pop("password", "")
    return kinds.checked("email", f"smtp://127.0.0.1:{box.port}", options, secret)


def test_a_story_a_correction_and_a_kill_are_three_mails_of_one_thread(box: Letterbox) -> None:
    where = letters(box)
    corrected = page(headline="Ferry sails at ten", corrections=(Correction(at=at(0), text="It left at ten."),))
    outcomes: list[Outcome] = [
        run(email.publish, where, post()),
        run(email.update, where, post(Deed.UPDATE, key="k2", what="edit")),
        run(email.update, where, post(Deed.UPDATE, key="k3", what="correction", page=corrected)),
        run(email.retract, where, post(Deed.RETRACT, key="k4", status="canceled")),
    ]
    first, second, third = box.mails()

    assert [one.result for one in outcomes] == ["done", "cannot", "done", "told"]
    assert [one["Subject"] for one in box.mails()] == ["Ferry sails", "CORRECTION: Ferry sails at ten", f"KILL: {URI}"]
    assert first["Message-ID"] == second["References"] == third["References"] == "<c1@wire.example>"
    assert box.to[0] == ["ann@paper.example", "bo@paper.example"]
    assert "It left at ten." in second.get_payload() and "Ferry" not in str(third.get_payload())


def test_a_held_story_and_one_with_a_substitute_are_told_so(box: Letterbox) -> None:
    run(email.retract, letters(box), post(Deed.RETRACT, status="withheld"))
    run(email.retract, letters(box), post(Deed.RETRACT, status="canceled", instead="https://desk.example/story/8/x/"))
    held, replaced = box.mails()

    assert held["Subject"].startswith("HOLD: ")
    assert "https://desk.example/story/8/x/" in str(replaced.get_payload())


def test_a_headline_cannot_add_headers_to_a_mail(box: Letterbox) -> None:
    run(email.publish, letters(box), post(page=page(headline="Ferry\r\nBcc: eve@evil.example")))
    (mail,) = box.mails()

    assert (mail["Bcc"], mail["Subject"]) == (None, "Ferry Bcc: eve@evil.example")


@pytest.mark.parametrize(
    ("answer", "result"), [("451 try later", "busy"), ("552 too large", "refused"), ("421 closing", "busy")]
)
def test_what_a_mail_server_answers_is_understood(box: Letterbox, answer: str, result: str) -> None:
    box.answers.append(answer)

    assert run(email.publish, letters(box), post()).result == result


@pytest.mark.parametrize(("password", "result"), [("right", "done"), ("wrong", "barred")])
def test_a_mail_server_that_asks_for_a_login_gets_one(box: Letterbox, password: str, result: str) -> None:
    outcome = run(email.publish, letters(box, user="desk", password=password), post())

    assert outcome.result == result
    assert "wrong" not in outcome.said and "desk" not in outcome.said


def test_a_mail_server_that_is_not_there_was_sent_nothing() -> None:
    where = kinds.checked("email", "smtp://127.0.0.1:1", {"to": "a@b.example", "from": "a@b.example"}, "")

    with pytest.raises(Undelivered) as caught:
        run(email.publish, where, post())
    assert not caught.value.was_sent
