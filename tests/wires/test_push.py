"""POST /push/NAME: what is answered to what, what is kept, and what becomes of it."""

from __future__ import annotations

import gzip
import json
import threading
from hashlib import sha256
from typing import Any

import brotli
import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import NOW, PUBLIC, at, atom, entry
from tests.trust import invariants
from tests.trust.test_deliveries import DELIVERIES, FINAL
from wiredesk import failpoints, tasks
from wiredesk.desk import endpoints, following, health, intake, parcels
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Alert, Body, Delivery, Feed, Parcel, Story
from wiredesk.news.errors import NewsError
from wiredesk.wires import push
from wiredesk.wires.settle import Answer, settle

pytestmark = pytest.mark.django_db
NINJS = {
    "uri": "urn:lantern:1",
    "version": "1",
    "versioncreated": "2026-03-26T10:00:00Z",
    "pubstatus": "usable",
    "type": "text",
    "headline": "Ferry sails",
    "body_html": "<p>The ferry sails at noon, said the keeper of the light.</p>",
}
G2 = b"""<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:lantern:2" version="1" standard="NewsML-G2"
 standardversion="2.30"><catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"/><itemMeta><itemClass qcode="ninat:text"/><provider literal="Lantern"/>
<versionCreated>2026-03-26T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Choir sings</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The choir sings on.</p></body></html></inlineXML></contentSet></newsItem>"""
WIRE = b"\x01lnt0412 4 ovr 20 lnt0412\r\n\x02Mill turns=\r\n   The mill turns again, its owner said on Monday.\r\n\x03260930 mar 26\x04"


class Sender:
    """A source that pushes with its token."""

    def __init__(self, name: str = "lantern") -> None:
        wish = Wish(url=endpoints.place(name), way=Feed.Way.PUSH, title=name, licence=PUBLIC, newest=None)
        self.feed = following.follow(wish, now=NOW)[0]
        self.name = name
        self.token = endpoints.renew(self.feed, now=NOW)

    def push(self, body: bytes, kind: str = "application/json", **headers: str) -> Any:
        said = {"authorization": f"Bearer {self.token}", **headers}
        return Client().post(f"/push/{self.name}", body, content_type=kind, headers=said)


@pytest.fixture
def sender() -> Sender:
    return Sender()


def ninjs(**changes: Any) -> bytes:
    return json.dumps({**NINJS, **changes}).encode()


@pytest.mark.parametrize(
    ("body", "kind", "headline"),
    [
        (ninjs(), "application/json; charset=utf-8", "Ferry sails"),
        (ninjs(), "application/ninjs+json", "Ferry sails"),
        (G2, "application/vnd.iptc.g2.newsitem+xml", "Choir sings"),
        (G2, "text/xml", "Choir sings"),
        (WIRE, "text/plain", "Mill turns"),
        (WIRE, "application/octet-stream", "Mill turns"),
        (atom([entry(1)]), "application/atom+xml", "Headline 1"),
        (atom([entry(1)]), "", "Headline 1"),
    ],
)
def test_copy_in_any_format_is_on_the_site_when_the_answer_comes(
    body: bytes, kind: str, headline: str, sender: Sender
) -> None:
    answer = sender.push(body, kind)

    assert (answer.status_code, answer.json()) == (202, {"sha256": sha256(body).hexdigest(), "bytes": len(body)})
    assert headline in Client().get("/").content.decode()
    assert Delivery.objects.get().is_taken and not Parcel.objects.exists()
    sender.feed.refresh_from_db()
    assert (sender.feed.error, sender.feed.failures, bool(sender.feed.last_good_at)) == ("", 0, True)


def test_the_same_bytes_again_are_one_item(sender: Sender) -> None:
    for body in (ninjs(), ninjs(), G2, ninjs(), WIRE, WIRE):
        assert sender.push(body, "application/octet-stream").status_code == 202

    assert sorted(Story.objects.values_list("headline", flat=True)) == ["Choir sings", "Ferry sails", "Mill turns"]


def test_an_update_is_pushed_and_an_older_state_that_comes_late_reverts_nothing(sender: Sender) -> None:
    newer = ninjs(version="2", versioncreated="2026-03-26T11:00:00Z", headline="Ferry sails late")
    for body in (ninjs(), newer, ninjs()):
        sender.push(body)

    assert list(Story.objects.values_list("headline", flat=True)) == ["Ferry sails late"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(4)), again=st.lists(st.integers(0, 3), max_size=3))
def test_f16_pushes_doubled_and_reordered_double_and_revert_nothing(order: list[int], again: list[int]) -> None:
    with transaction.atomic():
        sender = Sender()
        for number in [*order, *again]:
            assert sender.push(atom(DELIVERIES[number]), "application/atom+xml").status_code == 202

        shown = {row.headline: row.state for row in Story.objects.exclude(headline__startswith="Mill")}
        assert shown == FINAL
        assert invariants.doubled() + invariants.disordered() == []
        transaction.set_rollback(True)


def test_more_than_the_newest_twenty_are_taken_at_first_sight(sender: Sender) -> None:
    sender.push(atom([entry(number) for number in range(30)]), "text/xml")

    assert Story.objects.count() == 30


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress], ids=["gzip", "br"])
def test_a_packed_body_is_unpacked(pack: Any, sender: Sender) -> None:
    encoding = "gzip" if pack is gzip.compress else "br"

    assert sender.push(pack(ninjs()), **{"content-encoding": encoding}).status_code == 202
    assert Body.objects.get().raw() == ninjs()


@pytest.mark.parametrize(
    "body", [b"<!doctype html><p>Log in", b'{"a": 1}', b"words", b""], ids=["html", "json", "words", "empty"]
)
def test_what_cannot_be_read_is_kept_and_said_everywhere(body: bytes, sender: Sender) -> None:
    answer = sender.push(body, "text/plain")

    (refused,) = Delivery.objects.all()
    assert (answer.status_code, answer.json()["error"]) == (422, refused.error)
    assert refused.error and refused.body.raw() == body
    assert not Parcel.objects.exists()
    sender.feed.refresh_from_db()
    assert sender.feed.error == refused.error
    found = {one.what for one in health.findings(at())}
    assert any("has not been read since" in one and refused.error in one for one in found)
    assert "1 deliveries could not be read; their bytes are kept." in found


def test_what_cannot_be_read_is_in_the_queue_once_however_often_it_comes(sender: Sender) -> None:
    for _ in range(3):
        assert sender.push(b"words", "text/plain").status_code == 422
    assert sender.push(b"other words", "text/plain").status_code == 422
    assert Delivery.objects.count() == 2

    assert sender.push(ninjs()).status_code == 202
    sender.feed.refresh_from_db()
    assert (sender.feed.error, sender.feed.failures) == ("", 0)


def test_packing_that_breaks_off_is_kept_as_it_came(sender: Sender) -> None:
    cut = gzip.compress(ninjs())[:-12]
    answer = sender.push(cut, **{"content-encoding": "gzip"})

    assert answer.status_code == 422 and "breaks off" in answer.json()["error"]
    assert Delivery.objects.get().body.raw() == cut and not Story.objects.exists()


def test_an_item_that_breaks_off_is_told_since_nobody_sends_it_again(sender: Sender) -> None:
    rss = b"<rss version='2.0'><channel><item><guid>1</guid><title>A</title></item><item><guid>2</guid><title>Half of"
    assert sender.push(rss, "text/xml").status_code == 202

    assert "What was pushed breaks off" in Alert.objects.get().text


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/jpeg",
        "x",
        "application/pdf",
    ],
)
def test_a_type_that_is_no_copy_is_not_taken(kind: str, sender: Sender) -> None:
    assert sender.push(ninjs(), kind).status_code == 415
    assert not Body.objects.exists()


@pytest.mark.parametrize("encoding", ["compress", "gzip, gzip", "aes128gcm"])
def test_packing_that_is_not_read_is_not_taken(encoding: str, sender: Sender) -> None:
    answer = sender.push(ninjs(), **{"content-encoding": encoding})

    assert (answer.status_code, answer["Accept-Encoding"]) == (415, "gzip, br, zstd")


@pytest.mark.parametrize(("encoding", "body"), [("gzip", gzip.compress(bytes(60 * 2**20))), ("", bytes(11 * 2**20))])
def test_s7_a_body_that_is_or_unpacks_too_large_is_given_up(encoding: str, body: bytes, sender: Sender) -> None:
    assert sender.push(body, **{"content-encoding": encoding}).status_code == 413
    assert not Body.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "patch"])
def test_copy_is_posted(method: str, sender: Sender) -> None:
    assert getattr(Client(), method)("/push/lantern").status_code == 405


def test_s11_f17_an_unknown_name_and_a_wrong_token_cannot_be_told_apart(sender: Sender) -> None:
    gazette = Sender("gazette")
    asked = {
        "wrong": ("/push/lantern", "Bearer wiredesk-push-guess"),
        "another's": ("/push/lantern", f"Bearer {gazette.token}"),
        "none": ("/push/lantern", ""),
        "other scheme": ("/push/lantern", f"Basic {sender.token}"),
        "unknown": ("/push/nobody", f"Bearer {sender.token}"),
        "odd": ("/push/N%00body;--", f"Bearer {sender.token}"),
        "long": (f"/push/{'a' * 3000}", f"Bearer {'x' * 3000}"),
    }
    answers, costs = {}, {}
    for case, (path, said) in asked.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post(path, ninjs(), content_type="application/json", headers={"authorization": said})
        answers[case] = (answer.status_code, answer.content, sorted(answer.headers.items()))
        costs[case] = len(queries)

    assert len(set(map(str, answers.values()))) == 1
    assert answers["wrong"][0] == 401 and ("WWW-Authenticate", 'Bearer realm="push"') in answers["wrong"][2]
    assert set(costs.values()) == {1}
    assert not Body.objects.exists()


def test_of_a_token_only_the_hash_is_kept_and_a_new_one_takes_its_place(sender: Sender) -> None:
    old = sender.token
    assert old not in str(list(sender.feed.endpoint.__dict__.values())) + str(Feed.objects.values())

    sender.token = endpoints.renew(sender.feed, now=NOW)
    assert sender.push(ninjs()).status_code == 202
    sender.token = old
    assert sender.push(ninjs()).status_code == 401


@pytest.mark.parametrize("name", ["", "Lantern", "a/b", "-a", "a b", "a" * 70, "ä"])
def test_a_name_stands_in_an_address(name: str) -> None:
    with pytest.raises(NewsError):
        endpoints.place(name)


def test_a_paused_feed_keeps_what_is_pushed_until_it_is_resumed(sender: Sender) -> None:
    Feed.objects.update(is_paused=True)
    assert sender.push(ninjs()).status_code == 202
    tasks.take_parcels(at(1))
    assert not Story.objects.exists() and sender.feed.parcels.count() == 1
    assert any("have waited to be taken" in one.what for one in health.findings(at(1)))

    Feed.objects.update(is_paused=False)
    tasks.take_parcels(at(1))
    assert Story.objects.get().headline == "Ferry sails"
    assert not Parcel.objects.exists()


def test_too_much_that_waits_is_answered_with_a_time_to_wait(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MAX_WAITING", 2)
    Feed.objects.update(is_paused=True)
    assert [sender.push(ninjs(uri=f"urn:{n}")).status_code for n in range(3)] == [202, 202, 429]
    assert sender.push(ninjs())["Retry-After"] == "60"


def test_too_many_at_once_are_answered_with_a_time_to_wait(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = threading.BoundedSemaphore(1)
    monkeypatch.setattr(push, "_turns", turns)
    monkeypatch.setattr(push, "PATIENCE", 0.01)
    turns.acquire()
    busy = sender.push(ninjs())
    turns.release()

    assert (busy.status_code, busy["Retry-After"]) == (429, "2")
    assert sender.push(ninjs()).status_code == 202
    assert sender.push(b"words", "image/png").status_code == 415 and turns.acquire(blocking=False), (
        "each turn is given back"
    )


def test_what_cannot_be_kept_is_not_promised(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failpoints, "_armed", failpoints._Armed("parcel.before_commit=full", ""))

    answer = sender.push(ninjs())
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert not Parcel.objects.exists() and not Story.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_and_cannot_be_taken_now_is_taken_later(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = Sender()
    monkeypatch.setattr(failpoints, "_armed", failpoints._Armed("intake.after_parse=full", ""))
    assert sender.push(ninjs()).status_code == 202
    assert not Story.objects.exists() and Parcel.objects.get().tries == 1
    monkeypatch.setattr(failpoints, "_armed", None)

    tasks.take_parcels(NOW)
    assert not Story.objects.exists(), "the request's own turn is not over"
    tasks.take_parcels(at(1))
    assert Story.objects.get().headline == "Ferry sails"


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_costs_no_copy_and_does_not_stop_what_comes_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sender = Sender()
    monkeypatch.setattr(failpoints, "_armed", failpoints._Armed("intake.after_parse=raise", ""))
    answer = sender.push(ninjs())
    monkeypatch.setattr(failpoints, "_armed", None)

    assert answer.status_code == 422 and "Wiredesk itself failed" in answer.json()["error"]
    assert Delivery.objects.get().body.raw() == ninjs() and not Parcel.objects.exists()
    assert sender.push(G2, "text/xml").status_code == 202


def test_a_parcel_that_was_begun_too_often_is_refused_and_those_behind_it_are_taken(sender: Sender) -> None:
    parcels.keep(sender.feed, ninjs(), now=at(-1), content_type="application/json")
    parcels.keep(sender.feed, G2, now=at(-1), content_type="text/xml")
    Parcel.objects.filter(pk=Parcel.objects.order_by("pk")[0].pk).update(tries=parcels.MAX_TRIES)

    tasks.take_parcels(at())
    assert list(Story.objects.values_list("headline", flat=True)) == ["Choir sings"]
    assert Delivery.objects.exclude(error="").get().error == "It could not be taken 5 times."


def test_a_parcel_is_taken_by_one_alone(sender: Sender) -> None:
    for number in range(3):
        parcels.keep(sender.feed, ninjs(uri=f"urn:{number}"), now=at(-1))
    first, second = parcels.claim(at()), parcels.claim(at())
    assert (len(first), second) == (3, [])
    assert len({id(one.feed) for one in first}) == 1

    settle([Answer(feed=one.feed, parcel=one) for one in first], at())
    again = settle([Answer(feed=one.feed, parcel=one) for one in first], at())
    assert [asked.outcome for asked in again] == ["same"] * 3
    assert Delivery.objects.count() == 3


def test_no_more_is_claimed_at_once_than_memory_holds(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE_BYTES", 600)
    for number in range(4):
        parcels.keep(sender.feed, ninjs(uri=f"urn:{number}"), now=at(-1))

    assert [len(parcels.claim(at())) for _ in range(3)] == [2, 2, 0]


@pytest.mark.django_db(transaction=True)
def test_a_large_parcel_is_taken_outside_one_long_transaction() -> None:
    sender = Sender()
    many = atom([entry(number, body=f"<p>{'Long words of it. ' * 900}{number}</p>") for number in range(90)])
    assert len(many) > 2**20
    assert sender.push(many, "text/xml").status_code == 202
    assert Story.objects.count() == 90 and not Parcel.objects.exists()


def test_raw_bytes_that_wait_are_not_forgotten(sender: Sender) -> None:
    Feed.objects.update(is_paused=True)
    sender.push(ninjs())
    tasks.drop_old_bodies(at(24 * 90))

    assert Parcel.objects.get().body.raw() == ninjs()


def test_f1_the_transaction_that_keeps_is_on_the_disk_before_it_returns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,), "NORMAL elsewhere"


@pytest.mark.django_db(transaction=True)
def test_f1_a_parcel_is_kept_with_full_durability(monkeypatch: pytest.MonkeyPatch) -> None:
    sender, seen = Sender(), []

    def look(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            seen.append((name, cursor.fetchone()[0]))

    monkeypatch.setattr(parcels, "failpoint", look)
    parcels.keep(sender.feed, ninjs(), now=NOW)
    assert seen == [("parcel.before_commit", 2), ("parcel.after_keep", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_nobody_gives_up_leaves_the_parcel(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = Sender()

    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(intake, "take", locked)
    assert sender.push(ninjs()).status_code == 202
    assert Parcel.objects.count() == 1
