"""The desk: nobody in without a login, every act with a name, nothing by GET, nothing foreign unescaped."""

from __future__ import annotations

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import alerts, intake
from wiredesk.desk.models import Alert, Delivery, Event, Feed, Licence, Story
from wiredesk.news.licence import CHOICES
from wiredesk.news.presets import PRESETS

pytestmark = pytest.mark.django_db
SCREENS = [
    "/desk/",
    "/desk/?state=all",
    "/desk/?state=live&words=a",
    "/desk/feeds/",
    "/desk/story/1/",
    "/desk/story/1/edit/",
    "/desk/feeds/1/",
    "/admin/",
    "/admin/desk/licence/add/",
    "/admin/desk/source/",
    "/admin/desk/feed/",
]
POSTS = [
    "/desk/story/1/act/",
    "/desk/story/1/carriers/",
    "/desk/story/1/freeze/",
    "/desk/feeds/1/act/",
    "/desk/alert/1/settle/",
    "/desk/logout/",
]


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ines", password="a-good-long-word"))
    return client


@pytest.fixture
def row() -> Story:
    lantern = feed(licence=PRESETS["agency-contract"])
    Feed.objects.filter(pk=lantern.pk).update(error="<script>x</script>", error_since=at(), failures=2)
    take(lantern, entry(1, title="Ferry <script>alert(1)</script> sails"))
    alerts.tell("copy", "Look <b>here</b>", at=at(), story=Story.objects.get())
    return Story.objects.get()


def here(address: str, row: Story) -> str:
    return address.replace("story/1/", f"story/{row.pk}/").replace("feeds/1/", f"feeds/{row.feed_id}/")


@pytest.mark.parametrize("address", SCREENS)
def test_s11_nobody_sees_a_screen_without_a_login(address: str, row: Story) -> None:
    answer = Client().get(here(address, row))

    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("address", POSTS)
def test_s10_no_act_without_a_token(address: str, row: Story) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("noor", is_staff=True))

    assert client.post(here(address, row), {"act": "kill"}).status_code == 403


@pytest.mark.parametrize("address", POSTS)
def test_s10_no_act_by_get(address: str, editor: Client, row: Story) -> None:
    assert editor.get(here(address, row)).status_code == 405


@pytest.mark.parametrize("address", SCREENS)
def test_every_screen_answers_and_shows_foreign_text_as_text(address: str, editor: Client, row: Story) -> None:
    answer = editor.get(here(address, row))

    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content and b"<script>x" not in answer.content
    if address.startswith("/desk/"):
        html5lib.HTMLParser(strict=True).parse(answer.content.decode())
        assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (["publish"], "live"),
        (["publish", "hold"], "held"),
        (["publish", "hold", "release"], "live"),
        (["kill"], "killed"),
    ],
)
def test_an_act_is_done_in_the_editors_name(acts: list[str], state: str, editor: Client, row: Story) -> None:
    for act in acts:
        editor.post(f"/desk/story/{row.pk}/act/", {"act": act, "reason": "so"})

    row.refresh_from_db()
    assert row.state == state
    assert Event.objects.filter(by="ines", text="so").count() == len(acts)


def test_what_cannot_be_done_is_said(editor: Client, row: Story) -> None:
    assert b"nothing to release" in editor.post(f"/desk/story/{row.pk}/act/", {"act": "release"}, follow=True).content
    assert b"nothing was done" in editor.post(f"/desk/story/{row.pk}/act/", {"act": "explode"}, follow=True).content
    assert (
        b"nothing was done" in editor.post(f"/desk/feeds/{row.feed_id}/act/", {"act": "explode"}, follow=True).content
    )


def test_a_headline_of_our_own(editor: Client, row: Story) -> None:
    editor.post(f"/desk/story/{row.pk}/edit/", {"headline": "Ferry sails at last"})

    row.refresh_from_db()
    assert row.headline == "Ferry sails at last"


def test_the_copy_stands_under_the_headline_with_its_pictures_as_links(editor: Client) -> None:
    take(feed(), entry(1, body="<h1>Again</h1><p><img src='https://p.example/a.jpg' alt='The quay'></p>"))

    content = editor.get(f"/desk/story/{Story.objects.get().pk}/").content.decode()
    assert content.count("<h1") == 1 and "<img" not in content
    assert "Picture: The quay (p.example)" in content


def test_the_queue_flags_an_embargo_until_it_lifts(editor: Client) -> None:
    ends = f"<prism:embargoDate>{at(5).isoformat()}</prism:embargoDate>"
    take(feed(), entry(1, extra=ends))
    assert b'class="flag">embargo' in editor.get("/desk/?state=all").content

    Story.objects.update(embargo_at=at(-1))
    assert b'class="flag">embargo' not in editor.get("/desk/?state=all").content


def test_the_screen_that_is_open_is_marked(editor: Client, row: Story) -> None:
    for address in ("/desk/", "/desk/feeds/"):
        assert f'<a href="{address}" aria-current="page">' in editor.get(address).content.decode()


def test_feeds_are_paused_resumed_and_asked(editor: Client, row: Story) -> None:
    for act, paused in (("pause", True), ("resume", False), ("ask", False)):
        editor.post(f"/desk/feeds/{row.feed_id}/act/", {"act": act})
        assert Feed.objects.get(pk=row.feed_id).is_paused is paused


def test_an_alert_is_settled(editor: Client, row: Story) -> None:
    editor.post(f"/desk/alert/{Alert.objects.get().pk}/settle/")

    assert Alert.objects.get().settled_at


def test_s4_refused_bytes_are_a_file_and_never_a_page(editor: Client, row: Story) -> None:
    intake.take(Feed.objects.get(), b"<!doctype html><script>alert(1)</script>", now=at())
    answer = editor.get(f"/desk/delivery/{Delivery.objects.exclude(error='').get().pk}/")

    assert answer["Content-Type"].startswith("text/plain")
    assert "attachment" in answer["Content-Disposition"] and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/desk/../..//evil.example",
        "\thttps://evil.example",
        "http:evil.example",
        "///evil.example",
        "/%2f/evil.example",
        "https:/evil.example",
        "\\\\evil.example",
        "http://127.0.0.1@evil.example",
        "/desk//\n.evil",
        "data:x",
    ],
)
def test_s9_no_redirect_leads_away(there: str, editor: Client, row: Story) -> None:
    away = editor.post(f"/desk/story/{row.pk}/act/", {"act": "kill", "next": there})
    login = Client().post("/desk/login/", {"username": "ines", "password": "a-good-long-word", "next": there})

    assert (
        away["Location"].startswith("/desk/")
        and "evil.example" not in away["Location"].split("?")[0].replace("/desk/", "", 1)
        or away["Location"].startswith("/desk/")
    )
    assert login.status_code == 302
    assert login["Location"][0] == "/" and login["Location"][1:2] not in ("/", "\\")


def test_s16_the_session_changes_at_login_and_logout_is_a_post() -> None:
    User.objects.create_user("noor", password="a-good-long-word")
    client = Client()
    client.get("/desk/login/")
    client.post("/desk/login/", {"username": "noor", "password": "a-good-long-word"})
    first = client.cookies["sessionid"].value
    client.post("/desk/logout/")
    client.post("/desk/login/", {"username": "noor", "password": "a-good-long-word"})

    assert client.cookies["sessionid"].value not in ("", first)
    assert client.cookies["sessionid"]["httponly"] and client.cookies["sessionid"]["samesite"] == "Lax"


def test_the_admin_keeps_licences_with_outlets_as_boxes(editor: Client) -> None:
    fields = {
        "name": "partner",
        "title": "Partner",
        "extent": 2,
        "words": 50,
        "selection": 1,
        "obeys_embargo": "on",
        "outlets": ["site"],
        "keep_days": "",
        "credit": "",
        "url": "",
        "territories": "de, AT",
        "languages": "",
        **{name: 0 for name in CHOICES if name not in ("extent", "selection")},
    }
    wrong = editor.post("/admin/desk/licence/add/", {**fields, "languages": "german language"})
    answer = editor.post("/admin/desk/licence/add/", fields)

    assert wrong.status_code == 200 and b"languages is a list of codes" in wrong.content
    assert answer.status_code == 302
    kept = Licence.objects.get(name="partner").as_value()
    assert (kept.outlets, kept.territories, kept.languages) == (("site",), ("DE", "AT"), ())
    assert (
        b'value="DE, AT"' in editor.get(f"/admin/desk/licence/{Licence.objects.get(name='partner').pk}/change/").content
    )
    assert editor.get("/static/admin/css/base.css").status_code == 200
    assert editor.get("/static/admin/..%2f..%2f__init__.py").status_code == 404
    assert "script-src 'self'" in editor.get("/admin/")["Content-Security-Policy"]


def test_two_stories_that_may_be_one_are_compared_and_joined(editor: Client) -> None:
    take(feed("courier", PUBLIC), entry(1, title="Ferry sails"))
    take(feed("tide", PUBLIC), entry(2, title="Ferry leaves", body="<p>Quite another text of it.</p>"))
    one, other = Story.objects.order_by("id")
    alerts.tell("same-copy", "Is it the same copy?", at=at(), story=one, other=other)
    address = f"/desk/story/{one.pk}/compare/{other.pk}/"

    assert address in editor.get("/desk/?state=all").content.decode()
    assert "Ferry leaves" in editor.get(address).content.decode()
    editor.post(f"/desk/story/{other.pk}/carriers/", {"act": "join", "into": one.pk})
    assert Story.objects.get(pk=other.pk).joined_to == one
    editor.post(f"/desk/story/{other.pk}/carriers/", {"act": "unjoin"})
    assert Story.objects.get(pk=other.pk).joined_to is None
    for wrong in ({"act": "odd"}, {"act": "join", "into": "x"}, {"act": "lead", "carrier": 10**9}, {"act": "join"}):
        assert editor.post(f"/desk/story/{one.pk}/carriers/", wrong).status_code == 302
