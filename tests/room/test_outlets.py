"""Outlets in the administration, copies on a story's screen: what is typed is sealed, and nothing of it is ever shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import NOW, at, story
from wiredesk.desk import health, opening
from wiredesk.desk.models import Copy, Outlet, Receipt
from wiredesk.outlets import kinds

pytestmark = pytest.mark.django_db
CANARY = "Eisvogel-4711-geheim"
FORM = {"kind": "wordpress", "address": "https://blog.example/", "told": "user = ines\nbody = {{EntryContent}}\\n<hr>"}


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.SECRETS_KEY = tmp_path, ""


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ines", password="a-good-long-word"))
    return client


def blog() -> Outlet:
    place = kinds.checked("wordpress", "https://blog.example", {"user": "ines", "sections": "coast, sport"}, CANARY)
    return opening.open_outlet("wordpress", place, now=NOW)


def test_an_outlet_is_added_with_a_secret_that_is_sealed_and_never_shown(chief: Client) -> None:
    answer = chief.post("/admin/desk/outlet/add/", {**FORM, "secret": CANARY})
    row = Outlet.objects.get()
    page = chief.get(f"/admin/desk/outlet/{row.pk}/change/").content.decode()

    assert (answer.status_code, row.address) == (302, "https://blog.example")
    assert row.options == {"user": "ines", "body": "{{EntryContent}}\n<hr>"}
    assert opening.place_of(row).secret == CANARY
    assert CANARY not in row.sealed + page and "Set. Type another" in page
    assert "{{EntryContent}}\\n&lt;hr&gt;" in page


def test_what_cannot_work_is_said_in_the_form(chief: Client) -> None:
    without = chief.post("/admin/desk/outlet/add/", FORM).content.decode()
    wrong = chief.post("/admin/desk/outlet/add/", {**FORM, "told": "user = i\nbody = {{Colour}}", "secret": CANARY})

    assert "application password" in without and "means nothing in a template" in wrong.content.decode()
    assert not Outlet.objects.exists() and CANARY not in wrong.content.decode()


def test_a_secret_does_not_go_along_to_another_address(chief: Client) -> None:
    row = blog()
    kept = {"address": row.address, "told": "user = ines\nsections = coast", "is_paused": "on"}
    moved = chief.post(f"/admin/desk/outlet/{row.pk}/change/", {**kept, "address": "https://evil.example"})
    stayed = chief.post(f"/admin/desk/outlet/{row.pk}/change/", kept)

    row.refresh_from_db()
    assert "type it again" in moved.content.decode() and stayed.status_code == 302
    assert (row.address, row.is_paused, row.options["sections"]) == ("https://blog.example", True, ["coast"])
    assert opening.place_of(row).secret == CANARY


def test_an_outlet_cannot_be_deleted_with_its_receipts(chief: Client) -> None:
    row = blog()

    assert chief.post(f"/admin/desk/outlet/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Outlet.objects.exists()


def test_a_storys_screen_tells_where_its_copies_are_and_shows_their_receipts(chief: Client) -> None:
    row, outlet = story(), blog()
    copy = Copy.objects.create(outlet=outlet, story=row, wanted=9, event=3, state="there", changed_at=NOW, seen="there",
                               seen_at=NOW, remote_url="https://blog.example/?p=3", error="It asks us to wait.")  # fmt: skip
    Receipt.objects.create(copy=copy, deed="publish", result="done", event=3, key="k", at=NOW, status=201)
    page = chief.get(f"/desk/story/{row.pk}/").content.decode()

    assert "At outlets" in page and "There, behind" in page and "publish: done (201)" in page
    assert 'href="https://blog.example/?p=3"' in page and "It asks us to wait." in page


def test_the_doctor_tells_of_outlets_that_fail_and_of_copies_that_should_be_gone() -> None:
    row, outlet = story(), blog()
    Outlet.objects.update(error="It cannot be reached.", error_since=NOW)
    Copy.objects.create(outlet=outlet, story=row, wanted=9, event=3, state="there", is_pressing=True, changed_at=NOW)
    found = {finding.about: finding.what for finding in health.findings(at(1))}

    assert "It cannot be reached. 1 copies wait." in found["outlet"]
    assert "taken down" in found["outlets"]
