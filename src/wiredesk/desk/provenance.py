"""What a story was received as: the version of its lead item whose copy it shows, and the edits made of it here."""

from __future__ import annotations

from wiredesk.desk import pagetexts
from wiredesk.desk.models import Carrier, Edit, Story, Version
from wiredesk.news import provenance
from wiredesk.news.face import face
from wiredesk.news.provenance import Provenance, Received
from wiredesk.news.story import Name
from wiredesk.news.story import Story as Value


def of(row: Story, value: Value) -> Provenance | None:
    """Where each field of a story comes from; None where its copy is no longer kept."""
    came = received(row)
    return provenance.of(value, came, edits_of(row)) if came else None


def received(row: Story) -> Received | None:
    """The version whose copy a story shows, as it came."""
    lead = Carrier.objects.filter(story=row, role=Carrier.Role.LEAD).first()
    return received_by(lead) if lead else None


def received_by(carrier: Carrier) -> Received | None:
    """The version of a carrier's item that counts, as it came."""
    versions = Version.objects.select_related("delivery", "item__feed__source")
    version = versions.filter(item_id=carrier.item_id, number=carrier.number).first()
    if version is None:
        return None
    copy, delivery, feed = version.as_value(), version.delivery, version.item.feed
    made = face(copy, base=delivery.url or feed.url)
    if feed.whole_text:
        copy, made = pagetexts.traced(carrier.item_id, copy, made)
    return Received(
        copy=copy,
        face=made,
        number=version.number,
        at=version.received_at,
        delivery=delivery.body_id,
        source=Name(name=feed.source.name, slug=feed.source.slug, url=feed.source.url),
        feed=feed.title,
    )


def edits_of(row: Story) -> tuple[provenance.Edit, ...]:
    """Every edit of a story, the oldest first."""
    edits = Edit.objects.filter(story=row).order_by("id")
    return tuple(
        provenance.Edit(field=edit.field, base=edit.base, ours=edit.ours, by=edit.by, at=edit.at) for edit in edits
    )
