"""S11: rights on each object. Every address by every kind of visitor, and forbidden stories by every way to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.makers import at, entry, feed, take
from tests.trust import crawl, invariants
from tests.trust.addresses import Newsroom, newsroom, patterns
from wiredesk.desk import edit, pages
from wiredesk.desk.models import Feed, Licence, Story
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import State
from wiredesk.outlets.site import readers

pytestmark = pytest.mark.django_db
# What is answered by GET, then by POST, to: a stranger, an account without rights, an editor, an administrator.
OURS, ACT, OPEN = (
    "302 403 200 200  405 405 405 405",
    "405 405 405 405  302 403 302 302",
    "200 200 200 200  405 405 405 405",
)
OURS_TO_CHANGE = "302 403 200 200  302 403 200 200"  # a form that is shown and sent at one address
MOVED, TERMS, TO = (
    "301 301 301 301  405 405 405 405",
    "302 302 403 200  302 302 403 200",
    "302 302 302 302  302 302 302 302",
)
GOLDEN = {
    "desk/": OURS,
    "desk/login/": "200 302 302 302  200 302 302 302",
    "desk/logout/": "405 405 405 405  302 302 302 302",
    "desk/story/<int:number>/": OURS,
    "desk/story/<int:number>/act/": ACT,
    "desk/story/<int:number>/carriers/": ACT,
    "desk/story/<int:number>/compare/<int:other>/": OURS,
    "desk/story/<int:number>/freeze/": ACT,
    "desk/whole-text/<int:number>/": "302 403 404 404  302 403 404 404",  # as below
    "desk/conflict/<int:number>/": "302 403 404 404  302 403 404 404",  # there is none
    "desk/story/<int:number>/edit/": OURS_TO_CHANGE,
    "desk/feeds/": OURS,
    "desk/feeds/<int:number>/": OURS,
    "desk/feeds/<int:number>/act/": ACT,
    "desk/delivery/<int:number>/": OURS,
    "push/<str:name>": "405 405 405 405  401 401 401 401",  # no login opens it: whoever pushes has a token
    "desk/alert/<int:number>/settle/": ACT,
    "desk/desk.css": OPEN,
    "admin/": "302 302 200 200  302 302 200 200",
    "admin/login/": "200 200 302 302  200 200 200 200",
    "admin/logout/": "302 302 405 405  302 302 200 200",
    "admin/password_change/": "302 302 200 200  302 302 200 200",
    "admin/password_change/done/": "302 302 200 200  302 302 405 405",
    "admin/autocomplete/": "302 302 403 403  302 302 405 405",
    "admin/jsi18n/": "302 302 200 200  302 302 405 405",
    "admin/r/<path:content_type_id>/<path:object_id>/": "302 302 404 404  302 302 404 404",
    **{
        f"admin/{model}/{page}": TO if page == "<path:object_id>/" else TERMS
        for model in (
            "desk/licence",
            "desk/source",
            "desk/feed",
            "desk/section",
            "desk/outlet",
            "auth/group",
            "auth/user",
        )
        for page in ("", "add/", *(f"<path:object_id>/{act}" for act in ("history/", "delete/", "change/", "")))
    },
    "admin/desk/outlet/<path:object_id>/delete/": "302 302 403 403  302 302 403 403",  # with it its receipts would go
    "admin/desk/feed/add/": "302 302 403 403  302 302 403 403",  # feeds are added by `wiredesk follow`
    "admin/auth/user/<id>/password/": TERMS,
    "admin/^(?P<app_label>desk|auth)/$": "302 302 404 200  302 302 404 200",
    "admin/(?P<url>.*)$": "302 302 404 404  302 302 404 404",
    "static/admin/<path:name>": OPEN,
    "": OPEN,
    "story/<int:number>/<str:slug>/": OPEN,
    "story/<int:number>/": MOVED,
    "archive/": OPEN,
    "archive/<int:year>/<int:month>/": OPEN,
    "sources/": OPEN,
    "popular": OPEN,
    "corrections": OPEN,
    "search": OPEN,
    "s/<str:code>": MOVED,
    "feed.<str:form>": OPEN,
    **{f"{kind}/<str:key>/{rest}": OPEN for kind in ("section", "source", "tag") for rest in ("", "feed.<str:form>")},
    "sitemap.xml": OPEN,
    "robots.txt": OPEN,
    "story/<int:number>/licence.xml": OPEN,
    "story/<int:number>/ninjs.json": OPEN,
    "licence.xml": OPEN,
    ".well-known/tdmrep.json": OPEN,
    "trust.txt": OPEN,
    ".well-known/trust.txt": OPEN,
    "static/site/<str:name>": OPEN,
}


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


@pytest.fixture
def visitors() -> tuple[User | None, ...]:
    """A stranger, an account without rights, an editor, an administrator."""
    users = User.objects
    return None, users.create_user("ann"), users.create_user("noor", is_staff=True), users.create_superuser("ines")


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def test_s11_every_address_answers_every_visitor_as_the_golden_table_says(
    room: Newsroom, visitors: tuple[User | None, ...]
) -> None:
    asked = {}
    clients = [client_of(user) for user in visitors]
    for pattern in patterns():
        address = room.address(pattern)
        got = " ".join(str(client.get(address).status_code) for client in clients)
        posted = " ".join(str(client.post(address).status_code) for client in clients)
        asked[pattern] = f"{got}  {posted}"
        if "logout" in pattern:
            clients = [client_of(user) for user in visitors]

    assert asked == GOLDEN


def test_s11_an_account_without_rights_changes_nothing(room: Newsroom) -> None:
    ann = client_of(User.objects.create_user("ann"))
    number = room.story.pk
    before = (list(Story.objects.values()), list(Feed.objects.values()), list(room.story.alerts.values()))

    ann.post(f"/desk/story/{number}/act/", {"act": "kill"})
    ann.post(f"/desk/story/{number}/edit/", {"headline": "Mine"})
    ann.post(f"/desk/feeds/{room.story.feed_id}/act/", {"act": "pause"})
    ann.post(f"/desk/alert/{room.alert}/settle/")
    ann.post(f"/admin/desk/licence/{room.story.source.licence_id}/delete/", {"post": "yes"})

    assert (list(Story.objects.values()), list(Feed.objects.values()), list(room.story.alerts.values())) == before


CANARY = "Zaunkoenig"
COPY = f"<p>{CANARY} said so in a long text about the harbour, the light and the boats of the night.</p>"
LIMITS = {"extent": "full", "selection": "automatic", "outlets": ["site", "feeds"]}


def forbidden_story(**about: object) -> Story:
    """A story whose every field holds the canary."""
    lantern = feed(licence=about.pop("licence", None) or PRESETS["public-domain"], section="Coast")  # type: ignore[arg-type]  # a licence
    extra = (
        f"<summary>{CANARY} in short</summary><category term='{CANARY} affair'/><author><name>{CANARY} Writer</name></author>"
        f"<rights>{CANARY} rights</rights><source><title>{CANARY} Agency</title></source>{about.pop('extra', '')}"
    )
    link = f"https://origin.example/{CANARY.lower()}"
    take(lantern, entry(1, title=f"Headline {CANARY}", body=COPY, extra=extra, guid=f"urn:{CANARY}", link=link))
    return Story.objects.get()


def by_a_newer_version() -> Story:
    """A story that was out, embargoed by its next version."""
    row = forbidden_story()
    extra = f"<prism:embargoDate>{at(5).isoformat()}</prism:embargoDate>"
    take(
        row.feed,
        entry(1, title=f"Headline {CANARY}", body=COPY + "<p>More.</p>", extra=extra, guid=f"urn:{CANARY}", updated=1),
    )
    return row


def acted(act: Callable[..., Story]) -> Story:
    return act(forbidden_story().pk, by="ines", now=at(), reason=f"{CANARY} asked")


def shut() -> Story:
    """A story that was out until its source's terms changed."""
    row = forbidden_story()
    Licence.objects.filter(sources=row.source).update(extent=0)
    return row


def expired() -> Story:
    row = forbidden_story(extra=f"<prism:expirationDate>{at(1).isoformat()}</prism:expirationDate>")
    Story.objects.filter(pk=row.pk).update(expires_at=at(-0.5), clock_at=None)
    return row


def outdated() -> Story:
    row = forbidden_story(licence=licence_from({**LIMITS, "keep_days": 1}, "a-day"))
    Story.objects.filter(pk=row.pk).update(first_seen_at=at(-30))
    return row


EMBARGO = f"<prism:embargoDate>{at(5).isoformat()}</prism:embargoDate>"
FORBIDDEN: dict[str, tuple[Callable[[], Story], int]] = {
    "held": (lambda: acted(edit.hold), 200),
    "killed": (lambda: acted(edit.kill), 410),
    "waiting": (lambda: forbidden_story(licence=PRESETS["agency-contract"]), 404),
    "embargoed": (lambda: forbidden_story(extra=EMBARGO), 404),
    "embargoed by its next version": (by_a_newer_version, 404),
    "embargoed without an end": (
        lambda: forbidden_story(extra="<prism:embargoDate>until told</prism:embargoDate>"),
        404,
    ),
    "shown by no terms": (lambda: forbidden_story(licence=PRESETS["all-rights-reserved"]), 404),
    "shut by new terms": (shut, 404),
    "for no outlet": (lambda: forbidden_story(licence=licence_from({**LIMITS, "outlets": []}, "none")), 404),
    "expired": (expired, 410),
    "kept too long": (outdated, 410),
}


@pytest.mark.parametrize("why", FORBIDDEN)
def test_s11_a_forbidden_story_is_found_by_no_way_to_ask(why: str) -> None:
    make, status = FORBIDDEN[why]
    row = make()
    take(feed("courier"), entry(2, title="Headline two"))
    stranger = crawl.reader()
    row.refresh_from_db()

    for path in (f"/story/{row.pk}/", f"/story/{row.pk}/headline/"):
        assert stranger.get(path).status_code == status
    assert invariants.shown(stranger, [CANARY], "urn:x", "1") == []
    for guess in (f"urn:{CANARY}", CANARY.lower(), f"headline-{CANARY.lower()}"):
        for path in ("/s/{}", "/story/{}/", "/tag/{}/", "/tag/{}-affair/", "/source/{}/feed.atom"):
            assert stranger.get(path.format(guess)).status_code == 404, path.format(guess)


def test_s11_an_editor_sees_no_more_on_the_site_than_a_stranger() -> None:
    row = acted(edit.kill)
    editor = client_of(User.objects.create_superuser("ines"))

    assert editor.get(f"/story/{row.pk}/").status_code == 410
    assert CANARY.encode() not in editor.get("/").content + editor.get("/search?q=headline").content
    assert CANARY.encode() in editor.get(f"/desk/story/{row.pk}/").content


def test_s11_what_readers_may_have_is_really_found_by_the_crawl() -> None:
    row = forbidden_story()
    crawl.reader().get(row_path(row))
    readers.flush(at())

    found = set(invariants.shown(crawl.reader(), [CANARY]))
    assert {"/", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/archive/", row_path(row)} <= found
    assert {"/popular?window=all", "/section/coast/", "/source/lantern/", "/search?q=Headline"} <= found


def row_path(row: Story) -> str:
    page = pages.page_of(row.pk, now=at())
    assert page
    return page.path


def test_s11_terms_for_the_site_alone_keep_a_story_out_of_feeds() -> None:
    row = forbidden_story(licence=licence_from({**LIMITS, "outlets": ["site"]}, "site-only"))
    stranger = crawl.reader()

    assert Story.objects.get().state == State.LIVE and stranger.get(row_path(row)).status_code == 200
    found = invariants.shown(stranger, [CANARY])
    feeds = [address for address in found if "feed." in address]
    assert found and {stranger.get(address).status_code for address in feeds} <= {404}  # with our latest stories below
