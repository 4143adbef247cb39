"""S12: no name that a stranger chose leads to another place: lists of feeds, files of a folder, our own files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import corpora
from tests.makers import NOW, at, atom, entry, feed
from wiredesk.desk.models import Delivery, Feed, Story
from wiredesk.news import opml
from wiredesk.wires import folder
from wiredesk.wires.settle import Answer, Asked, settle

PLACES = [
    "../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:/etc/passwd",
    "\\\\host\\share\\feed",
    "C:\\feeds\\a.xml",
    "php://filter/resource=/etc/passwd",
    "jar:file:///a.jar!/b",
    "gopher://127.0.0.1/",
    "ftp://a.example/feed",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "//a.example/feed",
    "feed",
    "~/feeds",
]


def outline(place: str) -> bytes:
    said = place.replace("&", "&amp;").replace("<", "&lt;")
    return f"<opml version='2.0'><body><outline text='..' xmlUrl='{said}' htmlUrl='{said}'/></body></opml>".encode()


@pytest.mark.parametrize("place", PLACES)
def test_s12_a_list_of_feeds_names_web_addresses_or_nothing(place: str) -> None:
    (found,) = opml.read(outline(place))

    assert (found.xml_url, found.html_url) == ("", "")
    assert found.error.startswith("not a web address")


@corpora.present
def test_s12_a_hostile_list_reads_no_file() -> None:
    rows = opml.read((corpora.TRUST / "hostile-feeds" / "opml-xxe.opml").read_bytes())

    assert rows and "root:" not in str(rows)
    assert {row.xml_url.partition(":")[0] for row in rows if not row.error} <= {"http", "https"}


def put(path: Path | bytes, body: bytes) -> None:
    with open(path, "wb") as file:
        file.write(body)
    os.utime(path, (NOW.timestamp() - 100, NOW.timestamp() - 100))


def looked_into(place: Path) -> Asked:
    """One look of a feed that is a folder."""
    row = feed(newest=None)
    Feed.objects.filter(pk=row.pk).update(way=Feed.Way.FOLDER, url=str(place))
    row.refresh_from_db()
    return settle([Answer(feed=row)], at(1))[0]


@pytest.mark.django_db
def test_s12_links_and_folders_inside_a_folder_lead_nowhere(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for one in (inside, outside, inside / "deep"):
        one.mkdir()
    put(outside / "secret.xml", atom([entry(1, title="Secret")]))
    put(inside / "deep" / "b.xml", atom([entry(2, title="Deep")]))
    (inside / "straight.xml").symlink_to(outside / "secret.xml")
    (inside / "around.xml").symlink_to(Path("../out/secret.xml"))
    (inside / "hop.xml").symlink_to(inside / "straight.xml")
    (inside / "all").symlink_to(outside)
    (inside / "passwd.xml").symlink_to("/etc/passwd")
    os.mkfifo(inside / "pipe.xml")
    put(inside / "a.xml", atom([entry(3, title="Open")]))

    asked = looked_into(inside)

    assert (asked.outcome, asked.error) == ("taken", "")
    assert list(Story.objects.values_list("headline", flat=True)) == ["Open"]
    assert list(Delivery.objects.values_list("name", flat=True)) == ["a.xml"]


@pytest.mark.django_db
def test_s12_a_file_may_have_any_name_and_harms_no_other(tmp_path: Path) -> None:
    names = [
        b"caf\xe9.xml",
        b"a..%2f..%2fetc.xml",
        b"a..\\up.xml",
        b"a\nb\x1b[31m.xml",
        b"$(id).xml",
        "\u202elmx.a".encode(),
        b"x" * 255,
    ]
    for number, name in enumerate(names):
        put(os.fsencode(tmp_path) + b"/" + name, atom([entry(number, title=f"File {number}")]))
    put(tmp_path / "broken\x1b.xml", b"<!doctype html><p>x")

    asked = looked_into(tmp_path)
    again = settle([Answer(feed=Feed.objects.get())], at(2))[0]

    assert Story.objects.count() == len(names)
    assert "\x1b" not in asked.error and asked.error.endswith("HTML page, not a feed")
    assert again.outcome == "same"
    assert Delivery.objects.filter(name=r"caf\xe9.xml").exists()


def test_s12_ten_thousand_files_are_looked_through_and_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10_000):
        (tmp_path / str(number)).touch()
    monkeypatch.setattr(folder, "MAX_FILES", 1_000)

    assert sum(1 for _ in folder.scan(tmp_path, {}, NOW.timestamp() + 10**6)) == 1_000


OURS = [
    "..%2f..%2fsettings.py",
    "../settings.py",
    "%2e%2e/settings.py",
    "/etc/passwd",
    "..\\settings.py",
    "css/../../__init__.py",
    "css",
    "",
    "site.py",
    "site.css/../../views.py",
    "\x00",
    "a" * 5000,
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_s12_our_own_files_are_the_only_ones_given_out(name: str) -> None:
    for place in ("/static/site/", "/static/admin/"):
        answer = Client().get(f"{place}{name}")
        assert answer.status_code == 404, place
        assert b"import" not in answer.content


@pytest.mark.django_db
def test_s12_no_folder_is_opened_from_the_web(tmp_path: Path) -> None:
    row = feed()
    Feed.objects.filter(pk=row.pk).update(way=Feed.Way.FOLDER, url=str(tmp_path))
    chief = Client()
    chief.force_login(User.objects.create_superuser("ines"))
    fields = {"source": row.source_id, "title": "T", "url": "/etc", "identity": "guid", "newest": 20}

    answer = chief.post(f"/admin/desk/feed/{row.pk}/change/", fields)

    assert answer.status_code == 302
    assert Feed.objects.get().url == str(tmp_path)
