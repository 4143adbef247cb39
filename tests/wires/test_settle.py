"""What the network answered becomes records: together where it can be, each alone where one fails."""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import Any

import pytest

from tests.makers import NOW, atom, entry, feed
from wiredesk import failpoints
from wiredesk.desk.models import Delivery, Feed, Item, Story
from wiredesk.wires import settle as settling
from wiredesk.wires.fetch import FetchError, Response
from wiredesk.wires.settle import Answer, settle

pytestmark = pytest.mark.django_db


def answer(to: Feed, body: bytes, **about: Any) -> Answer:
    digest = sha256(body).hexdigest()
    return Answer(feed=to, response=Response(**{"url": to.url, "status": 200, "body": body, "sha256": digest, **about}))


def test_many_answers_are_settled_in_order_and_each_feed_learns_when_it_is_asked_again() -> None:
    lantern, gazette, post = feed("lantern"), feed("gazette"), feed("post")

    asked = settle(
        [
            answer(lantern, atom([entry(1)]), etag='"1"'),
            Answer(feed=gazette, error=FetchError("The server cannot be reached.", "unreachable")),
            answer(post, b"<html></html>"),
        ],
        NOW,
    )

    assert [one.outcome for one in asked] == ["taken", "failed", "refused"]
    assert [row.next_poll_at > NOW for row in Feed.objects.all()] == [True, True, True]
    assert [row.etag for row in Feed.objects.order_by("id")] == ['"1"', "", ""]
    assert [row.failures for row in Feed.objects.order_by("id")] == [0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_failure_among_many_answers_leaves_all_of_them_settled_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feeds = [feed(name) for name in ("lantern", "gazette", "post")]
    monkeypatch.setattr(failpoints, "_armed", failpoints._Armed("*:5=raise", ""))

    with caplog.at_level(logging.CRITICAL):
        asked = settle([answer(to, atom([entry(number)])) for number, to in enumerate(feeds)], NOW)

    assert [one.outcome for one in asked] == ["taken"] * 3
    assert (Story.objects.count(), Item.objects.count(), Delivery.objects.count()) == (3, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_is_said_on_its_feed_and_hurts_no_other(caplog: pytest.LogCaptureFixture) -> None:
    lantern, gazette = feed("lantern"), feed("gazette")
    no_address: Any = None  # what our own fetcher would never hand over

    with caplog.at_level(logging.CRITICAL):
        asked = settle([answer(lantern, atom([entry(1)]), url=no_address), answer(gazette, atom([entry(2)]))], NOW)

    lantern.refresh_from_db()
    assert [one.outcome for one in asked] == ["failed", "taken"]
    assert (lantern.error, lantern.failures) == ("Wiredesk itself failed on this; its log says how.", 1)
    assert lantern.next_poll_at > NOW
    assert list(Story.objects.values_list("headline", flat=True)) == ["Headline 2"]


def test_a_long_body_does_not_keep_the_others_in_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "_GROUP", 1_000)
    feeds = [feed(name) for name in ("lantern", "gazette", "post")]
    answers = [answer(to, body) for to, body in zip(feeds, (b"x" * 600, b"y" * 600, b"z" * 300), strict=True)]

    groups = list(settling._groups(answers))

    assert [len(group) for group in groups] == [1, 2]
