"""Every address of the URLconf, each with something real at it, so that none can be added without being looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.urls import URLPattern, URLResolver, get_resolver

from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import alerts
from wiredesk.desk.models import Delivery, Outlet, Section, Story
from wiredesk.news import links


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The patterns of the URLconf, in order."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield f"{before}{one.pattern}"
        else:
            yield from patterns(one, f"{before}{one.pattern}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """One row of everything, so that every address has something to show."""

    story: Story
    alert: int
    delivery: int
    outlet: int
    user: int
    group: int

    def address(self, pattern: str) -> str:
        """A pattern with its places filled in."""
        model = pattern.split("/")[2] if pattern.count("/") > 2 else ""
        objects = {
            "feed": self.story.feed_id,
            "source": self.story.source_id,
            "licence": self.story.source.licence_id,
            "section": self.story.section_id,
            "outlet": self.outlet,
            "group": self.group,
        }
        number = self.alert if "alert" in pattern else self.delivery if "delivery" in pattern else self.story.pk
        said = {
            "<int:number>": self.story.feed_id if "feeds/" in pattern else number,
            "<int:other>": self.story.pk,
            "<str:slug>": self.story.slug,
            "<str:code>": links.code(self.story.pk),
            "<str:form>": "atom",
            "<str:key>": "lantern" if "source" in pattern else "coast" if "section" in pattern else "ferry",
            "<int:year>": f"{self.story.order_at:%Y}",
            "<int:month>": f"{self.story.order_at:%m}",
            "<path:content_type_id>/<path:object_id>": f"1/{self.story.pk}",
            "<path:object_id>": objects.get(model, self.user),
            "<id>": self.user,
            "<path:name>": "css/base.css",
            "<str:name>": "site.css",
            "^(?P<app_label>desk|auth)/$": "desk/",
            "(?P<url>.*)$": "nothing-of-ours/",
        }
        for place, value in said.items():
            pattern = pattern.replace(place, str(value))
        return f"/{pattern}"


def newsroom() -> Newsroom:
    """A newsroom with a story that is out, a delivery, an alert, a user."""
    take(feed(licence=PUBLIC, section="Coast"), entry(1, extra="<category term='Ferry'/>"))
    story = Story.objects.select_related("source").get()
    alerts.tell("copy", "Look here", at=at(), story=story)
    assert Section.objects.get().slug == "coast"
    return Newsroom(
        story=story,
        alert=story.alerts.get().pk,
        delivery=Delivery.objects.get().pk,
        outlet=Outlet.objects.create(kind="webhook", address="https://partner.example/hook", created_at=at()).pk,
        user=User.objects.create_user("olu").pk,
        group=Group.objects.create(name="writers").pk,
    )
