"""Sign-ins and push tokens in the administration: what is typed is sealed, and nothing of it is ever shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import NOW, feed
from wiredesk.desk import endpoints, following, secrets, signins
from wiredesk.desk.following import Wish
from wiredesk.desk.models import Feed, SignIn
from wiredesk.desk.secrets import SecretsError
from wiredesk.news.signin import Credentials, checked

pytestmark = pytest.mark.django_db
CANARY = "Zaunkoenig-4711-geheim"


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.SECRETS_KEY = tmp_path, ""


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ines", password="a-good-long-word"))
    return client


def sent(row: Feed, **said: str) -> dict[str, str]:
    """The form of a feed, as a browser sends it."""
    known = SignIn.objects.filter(feed=row).first()
    form = {
        "source": str(row.source_id),
        "title": row.title,
        "url": row.url,
        "identity": "guid",
        "newest": "20",
        "sign_in-TOTAL_FORMS": "1",
        "sign_in-INITIAL_FORMS": "1" if known else "0",
        "sign_in-MIN_NUM_FORMS": "0",
        "sign_in-MAX_NUM_FORMS": "1",
        "sign_in-0-id": str(known.pk) if known else "",
        "sign_in-0-feed": str(row.pk),
    }
    return form | {name if name == "url" else f"sign_in-0-{name}": value for name, value in said.items()}


def opened(row: Feed) -> Credentials | SecretsError | None:
    return signins.opened([row]).get(row.pk)


def test_a_secret_is_typed_sealed_and_never_shown(chief: Client) -> None:
    row = feed()
    address = f"/admin/desk/feed/{row.pk}/change/"
    assert b"Not set." in chief.get(address).content
    answer = chief.post(address, sent(row, kind="basic", name="ines", secret=CANARY))

    assert answer.status_code == 302
    made = opened(row)
    assert isinstance(made, Credentials)
    assert (made.kind, made.name, made.secret, made.origin) == ("basic", "ines", CANARY, "https://lantern.example:443")
    shown = chief.get(address).content.decode()
    assert "Set, for https://lantern.example:443" in shown
    for text in (shown, chief.get(f"/desk/feeds/{row.pk}/").content.decode(), chief.get("/admin/").content.decode()):
        assert CANARY not in text and SignIn.objects.get().sealed not in text
    assert CANARY not in str(list(LogEntry.objects.values())) + str(list(SignIn.objects.values()))
    assert "secret set" in chief.get(f"/desk/feeds/{row.pk}/").content.decode()


def test_what_is_left_empty_stays_and_what_is_typed_replaces_it(chief: Client) -> None:
    row = feed()
    signins.keep(row, checked("header", "X-Key", CANARY, url=row.url), now=NOW)
    address = f"/admin/desk/feed/{row.pk}/change/"

    assert chief.post(address, sent(row, kind="header", name="X-Other", secret="")).status_code == 302
    made = opened(row)
    assert isinstance(made, Credentials) and (made.name, made.secret) == ("X-Other", CANARY)
    assert chief.post(address, sent(row, kind="bearer", name="", secret="another-token")).status_code == 302
    made = opened(row)
    assert isinstance(made, Credentials) and (made.kind, made.secret) == ("bearer", "another-token")
    assert chief.post(address, sent(row, kind="bearer", name="", secret="", DELETE="on")).status_code == 302
    assert not SignIn.objects.exists()


def test_s5_another_address_gets_no_secret_that_was_not_typed_for_it(chief: Client) -> None:
    row = feed()
    signins.keep(row, checked("bearer", "", CANARY, url=row.url), now=NOW)
    chief.post(
        f"/admin/desk/feed/{row.pk}/change/", sent(row, url="https://evil.example/f", kind="bearer", name="", secret="")
    )

    assert Feed.objects.get().url == "https://evil.example/f"
    made = opened(row)
    assert isinstance(made, Credentials) and made.origin == "https://lantern.example:443"
    assert not made.is_for("https://evil.example/f")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "bearer", "name": "", "secret": ""}, "Type the secret."),
        ({"kind": "bearer", "name": "", "secret": "two words of it"}, "cannot carry"),
        ({"kind": "basic", "name": "", "secret": CANARY}, "A user name is needed"),
        ({"kind": "header", "name": "Host", "secret": CANARY}, "one that no request has"),
        ({"kind": "digest", "name": "", "secret": CANARY}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_without_the_secret(said: dict[str, str], words: str, chief: Client) -> None:
    row = feed()
    answer = chief.post(f"/admin/desk/feed/{row.pk}/change/", sent(row, **said))

    assert answer.status_code == 200 and words in answer.content.decode()
    assert CANARY not in answer.content.decode() and not SignIn.objects.exists()


def test_without_its_key_a_sign_in_has_to_be_typed_again(chief: Client, settings: Any) -> None:
    row = feed()
    signins.keep(row, checked("bearer", "", CANARY, url=row.url), now=NOW)
    (settings.HOME / secrets.FILE).unlink()
    address = f"/admin/desk/feed/{row.pk}/change/"

    kept = chief.post(address, sent(row, kind="header", name="X-Key", secret=""))
    assert kept.status_code == 200 and b"cannot be opened" in kept.content
    assert chief.post(address, sent(row, kind="bearer", name="", secret="another")).status_code == 302
    assert isinstance(opened(row), Credentials)


def pushed() -> Feed:
    return following.follow(Wish(url=endpoints.place("gazette"), way=Feed.Way.PUSH), now=NOW)[0]


def test_a_push_feed_gets_a_new_token_that_one_answer_shows(chief: Client) -> None:
    row = pushed()
    before = endpoints.renew(row, now=NOW)
    act = {"action": "new_token", "_selected_action": [str(row.pk)]}
    answer = chief.post("/admin/desk/feed/", act)

    token = answer.content.decode().split("Bearer ")[1].split("<")[0].strip()
    assert "no-store" in answer["Cache-Control"]
    assert endpoints.feed_for("gazette", token) == row and endpoints.feed_for("gazette", before) is None
    for address in ("/admin/desk/feed/", f"/admin/desk/feed/{row.pk}/change/", f"/desk/feeds/{row.pk}/"):
        assert token not in chief.get(address).content.decode()
    assert token not in str(list(LogEntry.objects.values()))
    assert "token" in LogEntry.objects.get().change_message


def test_s11_nobody_but_an_administrator_renews_a_token() -> None:
    row = pushed()
    token = endpoints.renew(row, now=NOW)
    client = Client()
    client.force_login(User.objects.create_user("olu", is_staff=True))
    client.post("/admin/desk/feed/", {"action": "new_token", "_selected_action": [str(row.pk)]})

    assert endpoints.feed_for("gazette", token) == row


def test_one_feed_at_a_time_and_only_one_that_is_pushed_gets_a_token(chief: Client) -> None:
    asked, row = feed(), pushed()
    for chosen, words in (([asked.pk], "is asked by us"), ([asked.pk, row.pk], "One feed at a time")):
        act = {"action": "new_token", "_selected_action": [str(one) for one in chosen]}
        assert words in chief.post("/admin/desk/feed/", act, follow=True).content.decode()


def test_a_push_feeds_address_and_sign_in_are_not_to_be_changed(chief: Client) -> None:
    row = pushed()
    content = chief.get(f"/admin/desk/feed/{row.pk}/change/").content.decode()

    assert 'name="url"' not in content and "sign_in-0-secret" not in content
    assert "push:gazette" in chief.get(f"/desk/feeds/{row.pk}/").content.decode()
    assert b"pushed" in chief.get("/desk/feeds/").content
