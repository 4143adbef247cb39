"""S9 and S10: no redirect leads away, nothing changes without a token, and reading changes nothing at all."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.trust import crawl
from tests.trust.addresses import Newsroom, newsroom, patterns
from wiredesk.desk import edit, pages
from wiredesk.desk.models import Story
from wiredesk.news import links
from wiredesk.news.story import State

pytestmark = pytest.mark.django_db
PASSWORD = "a-good-long-word"
AWAY = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example/desk/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\thttps://evil.example",
    "/\t/evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/desk/",
]
BY_TOKEN = {"push/<str:name>": (401, 405)}  # asks for a token of its own, which no browser sends by itself
HERE = ["/desk/", "/desk/feeds/", "/desk/?state=all&words=a%20b", "/desk/story/1/"]


@pytest.fixture
def room(settings: Any) -> Newsroom:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: there are many logins here
    User.objects.create_superuser("ines", password=PASSWORD)
    return newsroom()


def chief() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="ines"))
    return client


def leads_away(location: str) -> bool:
    """Whether a browser that is given this address would leave the site: it reads \\ as / and drops white space."""
    location = re.sub(r"^//+", "//", re.sub(r"[\x00-\x20]", "", location).replace("\\", "/"))
    parts = urlsplit(location)
    return parts.netloc != "testserver" and bool(parts.scheme or parts.netloc)


def test_s9_the_test_itself_knows_what_leads_away() -> None:
    assert [there for there in [*AWAY, *HERE] if leads_away(there)] == AWAY


@pytest.mark.parametrize("there", AWAY)
def test_s9_no_open_redirect_by_any_of_fourteen_shapes(there: str, room: Newsroom) -> None:
    login = {"username": "ines", "password": PASSWORD, "next": there}
    query = f"?next={quote(there)}"
    number, feed = room.story.pk, room.story.feed_id
    answers = [
        chief().post(f"/desk/story/{number}/act/", {"act": "hold", "next": there}),
        chief().post(f"/desk/story/{number}/edit/{query}", {"headline": "x", "next": there}),
        chief().post(f"/desk/feeds/{feed}/act/{query}", {"act": "ask", "next": there}),
        chief().post(f"/desk/alert/{room.alert}/settle/{query}", {"next": there}),
        Client().post("/desk/login/", login),
        Client().post(f"/desk/login/{query}", {**login, "next": ""}),
        chief().get(f"/desk/login/{query}"),
        Client().post("/admin/login/", login),
        chief().get(f"/admin/login/{query}"),
        chief().post("/desk/logout/", {"next": there}),
        chief().post(f"/desk/logout/{query}"),
        chief().get(f"/admin/desk/feed/{quote(there, safe='')}/"),
    ]

    for answer in answers:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/") and not leads_away(answer["Location"]), answer["Location"]
    for address in (
        f"/s/{quote(there, safe='')}",
        f"/s/{there}",
        f"/{there}",
        f"/story/{number}/{quote(there, safe='')}/",
    ):
        answer = Client().get(address)
        assert answer.status_code in (200, 301, 404)  # 200: the notice of the story now held
        assert not leads_away(answer.get("Location", ""))


@pytest.mark.parametrize("there", HERE)
def test_s9_addresses_of_our_own_are_gone_back_to(there: str, room: Newsroom) -> None:
    back = chief().post(f"/desk/story/{room.story.pk}/act/", {"act": "hold", "next": there})
    login = Client().post("/desk/login/", {"username": "ines", "password": PASSWORD, "next": there})

    assert (back["Location"], login["Location"]) == (there, there)


def test_s9_a_short_link_leads_to_its_story_or_to_a_notice(room: Newsroom) -> None:
    code = f"/s/{links.code(room.story.pk)}"
    page = pages.page_of(room.story.pk, now=room.story.first_seen_at)
    found = Client().get(code)
    edit.kill(room.story.pk, by="ines", now=room.story.first_seen_at)

    assert page and (found.status_code, found["Location"]) == (301, page.path)
    assert (Client().get(code).status_code, Client().get(code).get("Location")) == (410, None)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_s10_no_unsafe_method_without_a_token_at_any_address(method: str, room: Newsroom) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="ines"))
    before = contents()

    answers = {
        pattern: client.generic(method, room.address(pattern), b"act=kill&post=yes&next=/desk/").status_code
        for pattern in patterns()
    }

    assert {pattern: status for pattern, status in answers.items() if status not in BY_TOKEN.get(pattern, (403,))} == {}
    assert contents() == before


def test_s10_a_token_of_somebody_else_is_none(room: Newsroom) -> None:
    client, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    for one in (client, other):
        one.force_login(User.objects.get(username="ines"))
        one.get(f"/desk/story/{room.story.pk}/")
    act = {"act": "kill", "csrfmiddlewaretoken": other.cookies["csrftoken"].value}
    answer = client.post(f"/desk/story/{room.story.pk}/act/", act)
    own = {"act": "kill", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}

    assert answer.status_code == 403 and Story.objects.get().state == State.LIVE
    assert client.post(f"/desk/story/{room.story.pk}/act/", own).status_code == 302
    assert Story.objects.get().state == State.KILLED


def contents() -> dict[str, str]:
    """A hash of every table but the readers counted."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table != "desk_hit":
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names from the database itself
                found[table] = sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return found


@pytest.mark.parametrize("who", ["a stranger", "an administrator"])
def test_s10_a_crawl_by_get_changes_nothing_in_the_database(who: str, room: Newsroom) -> None:
    client = chief() if who == "an administrator" else crawl.reader()
    asked = [room.address(pattern) for pattern in patterns()] + [*crawl.addresses(), "/desk/?state=all", "/admin/desk/"]
    before = contents()
    seen = [address for address, _ in crawl.outputs(client, asked)]

    assert len(seen) > 90 and len(before) > 15
    assert contents() == before


def test_s10_logging_out_is_a_post(room: Newsroom) -> None:
    client = chief()

    assert client.get("/desk/logout/").status_code == client.get("/admin/logout/").status_code == 405
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/logout/").status_code == 302
    assert client.get("/desk/").status_code == 302


def test_s10_every_form_of_ours_carries_its_token(room: Newsroom) -> None:
    client = chief()
    pages_ = ["/desk/?state=all", f"/desk/story/{room.story.pk}/", f"/desk/feeds/{room.story.feed_id}/", "/desk/feeds/"]
    forms = [form for address in pages_ for form in forms_of(client.get(address).content.decode())]
    forms += forms_of(Client().get("/desk/login/").content.decode())

    assert len(forms) > 8
    assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []


def forms_of(html: str) -> list[str]:
    """The forms that post."""
    return [unescape(form) for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.DOTALL)]
