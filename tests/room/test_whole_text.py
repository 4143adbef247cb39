"""The desk's screen of an unsure whole text, and the selectors of a feed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import wholetext
from wiredesk.desk.models import Feed, Story, WholeText
from wiredesk.desk.wholetext import Got
from wiredesk.news import clean
from wiredesk.news.webpage import Whole

pytestmark = pytest.mark.django_db
TEASER = "The ferry sailed from Brennet on Tuesday with forty people on board…"
TEXT = "The ferry sailed from Brennet on Tuesday with forty people on board, the <b>harbour</b> master said."


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ines", password="a-good-long-word"))
    return client


@pytest.fixture
def asked() -> WholeText:
    lantern = feed(licence=PUBLIC)
    Feed.objects.filter(pk=lantern.pk).update(whole_text=True)
    take(lantern, entry(1, title="Ferry sails", body=f"<p>{TEASER}</p>"))
    (look,) = wholetext.due(at())
    html = clean.safe_html(f"<p>{TEXT}</p><p>It was late.</p>", base="")
    text = clean.text_of(html)
    whole = Whole(html=html, text=text, words=len(text.split()), why=("The text <i>may</i> be cut.",))
    wholetext.settle(look, Got(whole=whole, url=look.url, sha256="0" * 64), at())
    return WholeText.objects.get()


def address(row: WholeText) -> str:
    return f"/desk/whole-text/{row.pk}/"


def test_s11_nobody_sees_it_without_a_login(asked: WholeText) -> None:
    assert Client().get(address(asked)).status_code == 302
    assert Client().post(address(asked), {"act": "accept"}).status_code == 302
    assert WholeText.objects.get().fate == "asked"


def test_s10_no_word_without_a_token(asked: WholeText) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("noor", is_staff=True))

    assert client.post(address(asked), {"act": "accept"}).status_code == 403


def test_the_text_is_seen_beside_what_the_story_shows_with_the_reasons(editor: Client, asked: WholeText) -> None:
    seen = editor.get(address(asked)).content.decode()
    story = editor.get(f"/desk/story/{Story.objects.get().pk}/").content.decode()

    assert "the harbour master said." in seen
    assert TEASER in seen
    assert "The text &lt;i&gt;may&lt;/i&gt; be cut." in seen
    assert address(asked) in story


def test_an_editor_lets_it_be_shown(editor: Client, asked: WholeText) -> None:
    editor.post(address(asked), {"act": "accept"})

    row = Story.objects.get()
    assert clean.text_of(row.body).endswith("It was late.")
    assert row.events.order_by("-id")[0].by == "ines"
    assert "It was taken by ines" in editor.get(address(asked)).content.decode()


def test_an_editor_does_not(editor: Client, asked: WholeText) -> None:
    editor.post(address(asked), {"act": "refuse"})

    assert clean.text_of(Story.objects.get().body) == TEASER
    assert WholeText.objects.get().fate == "refused"
    assert "does not wait" in editor.post(address(asked), {"act": "accept"}, follow=True).content.decode()


def test_strange_acts_do_nothing(editor: Client, asked: WholeText) -> None:
    said = editor.post(address(asked), {"act": "explode"}, follow=True).content.decode()

    assert "could not be understood" in said
    assert WholeText.objects.get().fate == "asked"
    assert editor.get("/desk/whole-text/99999/").status_code == 404


def test_selectors_are_set_in_the_administration_and_reading_pages_is_not(editor: Client) -> None:
    row = feed()
    place = f"/admin/desk/feed/{row.pk}/change/"
    none = {f"sign_in-{name}": count for name, count in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}
    said = {"source": row.source_id, "title": "T", "url": row.url, "identity": "guid", "newest": 20, "whole_text": "on"}

    bad = editor.post(place, {**said, **none, "page_keep": "p["})
    editor.post(place, {**said, **none, "page_keep": ".story", "page_drop": ".box, aside"})

    row.refresh_from_db()
    assert "cannot be read" in bad.content.decode()
    assert (row.page_keep, row.page_drop, row.whole_text) == (".story", ".box, aside", False)
