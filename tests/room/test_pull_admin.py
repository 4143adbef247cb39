"""The administration of remote folders and mailboxes: what can be set there, and what never comes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import NOW, feed
from wiredesk.desk import pulls
from wiredesk.desk.models import Feed, Pull
from wiredesk.desk.pulls import Setting

pytestmark = pytest.mark.django_db
KEY, OTHER = f"SHA256:{'a' * 43}", f"SHA256:{'b' * 43}"


def row(way: Feed.Way, url: str, **setting: Any) -> Feed:
    made = feed()
    Feed.objects.filter(pk=made.pk).update(way=way, url=url)
    made.refresh_from_db()
    pulls.keep(made, Setting(**setting))
    return made


def change(of: Feed, **fields: object) -> tuple[int, str]:
    chief = Client()
    chief.force_login(User.objects.create_superuser("ines"))
    address = f"/admin/desk/feed/{of.pk}/change/"
    if not fields:
        return 0, chief.get(address).content.decode()
    forms = {f"{name}-{part}_FORMS": 0 for name in ("sign_in", "pull") for part in ("TOTAL", "INITIAL")}
    about = {"source": of.source_id, "title": "T", "identity": "guid", "newest": 20}
    own = {"pull-TOTAL_FORMS": 1, "pull-INITIAL_FORMS": 1, "pull-0-id": of.pull.pk, "pull-0-feed": of.pk}
    answer = chief.post(
        address, {**forms, **about, **own, **{f"pull-0-{name}": value for name, value in fields.items()}}
    )
    return answer.status_code, answer.content.decode()


def test_senders_of_a_mailbox_stand_in_lines_and_are_checked() -> None:
    made = row(Feed.Way.MAILBOX, "imaps://mail.example/INBOX", senders=["old.example"])

    status, _ = change(made, senders="Wire@Coast.example\n\nlantern.example", authserv_id="mx.paper.example")

    assert status == 302
    assert (Pull.objects.get().senders, Pull.objects.get().authserv_id) == (
        ["wire@coast.example", "lantern.example"],
        "mx.paper.example",
    )


@pytest.mark.parametrize(("senders", "why"), [("nobody", "A sender is an address"), ("", "Name the senders")])
def test_senders_that_are_none_are_refused(senders: str, why: str) -> None:
    made = row(Feed.Way.MAILBOX, "imaps://mail.example/INBOX", senders=["old.example"])

    status, page = change(made, senders=senders, authserv_id="")

    assert (status, why in page, Pull.objects.get().senders) == (200, True, ["old.example"])


def test_a_new_host_key_is_shown_and_confirming_it_starts_the_feed_again() -> None:
    made = row(Feed.Way.SFTP, "sftp://wire.example/out", host_keys=[KEY])
    pulls.stop(made, OTHER, now=NOW)

    _, page = change(made)
    assert f"The server now shows {OTHER}" in page
    User.objects.all().delete()
    assert [change(made, host_keys="MD5:aa")[0], Pull.objects.get().is_stopped] == [200, True]
    User.objects.all().delete()
    assert [change(made, host_keys=f"{KEY} {OTHER}=")[0], Pull.objects.get().is_stopped] == [302, False]


def test_a_private_key_and_the_state_of_reading_stand_in_no_form(settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    made = row(Feed.Way.SFTP, "sftp://wire.example/out", host_keys=[KEY], key="-----BEGIN PRIVATE KEY-----")

    _, page = change(made)

    assert "PRIVATE KEY" not in page
    assert Pull.objects.get().sealed_key not in page
    assert 'name="url"' not in page
    assert "senders" not in page


def test_a_folder_has_no_server() -> None:
    made = feed()

    assert "pull-0-" not in change(made)[1]
