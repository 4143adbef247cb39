"""Stories that were cleaned by an older policy are cleaned again, from the copy as it was received (TRUST 4.1)."""

from __future__ import annotations

from django.db import transaction

from wiredesk.desk.models import Carrier, Item, Story, Version
from wiredesk.failpoints import failpoint
from wiredesk.news import clean
from wiredesk.news.face import face
from wiredesk.news.identity import Stand
from wiredesk.news.item import Item as Copy


def renew(limit: int = 100) -> int:
    """Clean some stories of an older policy again; how many. Desk.rows shows none of them as it is meanwhile."""
    old = list(Story.objects.exclude(policy=clean.POLICY).order_by("policy", "id")[:limit])
    for story in old:
        standfirst, body = _cleaned(story)
        with transaction.atomic():
            same = Story.objects.filter(pk=story.pk, policy=story.policy, body=story.body)  # unless intake was there
            same.update(standfirst=standfirst, body=body, policy=clean.POLICY)
            failpoint("renewal.before_commit")
    return len(old)


def _cleaned(story: Story) -> tuple[str, str]:
    """Standfirst and body of the state that stands for the story's lead; of what we have, where that is gone."""
    lead = Item.objects.filter(carrier__story=story, carrier__role=Carrier.Role.LEAD).first()
    hash_ = Stand.read(lead.state).hash if lead else ""
    version = Version.objects.filter(item=lead, content_hash=hash_).order_by("-number").first() if lead else None
    if version is None:
        return clean.safe_html(story.standfirst, base=story.url), clean.safe_html(story.body, base=story.url)
    copy = Copy(summary=version.summary, body=version.body, body_base=version.body_base, url=version.url)
    made = face(copy, base=version.delivery.url or story.feed.url)
    return made.standfirst, made.body
