"""Stories that were cleaned by an older policy are cleaned again, from the copy as it was received (TRUST 4.1)."""

from __future__ import annotations

from django.db import transaction

from wiredesk.desk import provenance
from wiredesk.desk.models import Story
from wiredesk.failpoints import failpoint
from wiredesk.news import clean
from wiredesk.news.provenance import HTML, in_force


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
    """Standfirst and body of the version that the story shows; of what we have, where that is gone or was edited."""
    came, edited = provenance.received(story), in_force(provenance.edits_of(story))
    standfirst, body = (
        clean.safe_html(getattr(story, name), base=story.url)
        if came is None or name in edited
        else str(getattr(came.face, name))
        for name in HTML
    )
    return standfirst, body
