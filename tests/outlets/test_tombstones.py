"""Whoever follows our Atom feed is told what was withdrawn: by its id, and only of what stood there."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import at, entry, feed, take
from wiredesk.desk import edit, intake, tombstones
from wiredesk.desk.models import Feed, Mark, Story, WordMark
from wiredesk.desk.pages import Shelf
from wiredesk.news import formats, links
from wiredesk.news.licence_file import licence_from
from wiredesk.news.story import State

pytestmark = pytest.mark.django_db
SITE_ONLY = licence_from({"extent": "full", "outlets": ["site"], "selection": "automatic"}, "site-only")


def kill(row: Story) -> None:
    edit.kill(row.pk, by="ines", now=at(1))


def atom() -> bytes:
    return Client().get("/feed.atom").content


def test_a_killed_story_leaves_a_tombstone_that_holds_its_id_alone() -> None:
    take(feed(), entry(1, title="Not true at all"), entry(2))
    row = Story.objects.get(headline="Not true at all")
    kill(row)
    read = formats.parse(atom(), url="https://desk.example/feed.atom")

    assert [stone.guid for stone in read.tombstones] == [f"http://127.0.0.1:8000/s/{links.code(row.pk)}"]
    assert b"Not true" not in atom() and len(read.items) == 1


def test_a_tombstone_names_the_story_as_its_entry_did_and_another_newsroom_takes_it_down() -> None:
    take(feed(), entry(1, title="Not true at all"))
    row = Story.objects.get()
    before = atom()
    kill(row)
    after = atom()
    Story.objects.update(state=State.WAITING, headline="Ours, of another time", joined_to=None)
    Mark.objects.all().delete()  # so that the other newsroom's intake knows nothing of this one's story
    WordMark.objects.all().delete()
    to = feed("partner")
    intake.take(to, before, now=at(2), url=to.url)
    theirs = Story.objects.get(source__slug="partner")
    intake.take(Feed.objects.get(pk=to.pk), after, now=at(3), url=to.url)

    stood = theirs.state
    theirs.refresh_from_db()
    assert (stood, theirs.state) == (State.LIVE, State.KILLED)


def test_what_never_stood_in_a_feed_has_no_tombstone() -> None:
    take(feed("lantern", SITE_ONLY), entry(1))
    take(feed("courier"), entry(2, extra="<prism:embargoDate>2099-01-01T00:00:00Z</prism:embargoDate>"))
    for row in Story.objects.all():
        kill(row)

    assert b"deleted-entry" not in atom()


def test_a_story_that_is_released_is_an_entry_again() -> None:
    take(feed(), entry(1))
    row = Story.objects.get()
    kill(row)
    edit.release(row.pk, by="ines", now=at(2))

    assert b"deleted-entry" not in atom() and b"<entry" in atom()


def test_a_tombstone_stands_in_the_feeds_in_which_the_story_stood_and_not_for_ever() -> None:
    take(feed("lantern"), entry(1))
    take(feed("courier"), entry(2))
    row = Story.objects.get(source__slug="lantern")
    kill(row)
    shelves = [Shelf(), Shelf(kind="source", key="lantern"), Shelf(kind="source", key="courier")]

    assert [len(tombstones.of_shelf(shelf, now=at(2))) for shelf in shelves] == [1, 1, 0]
    assert tombstones.of_shelf(Shelf(), now=at(24 * 40)) == ()
