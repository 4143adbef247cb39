"""The table of rights is what the code says; and the site as it runs is what the table says."""

from __future__ import annotations

import pytest
from django.test import Client
from script.rights_table import PLACE, SIX, document

from tests.makers import at, entry, feed, take
from wiredesk.desk import edit, gate, pages
from wiredesk.desk.models import Story
from wiredesk.desk.rows import as_value
from wiredesk.news.licence import Extent
from wiredesk.news.presets import PRESETS
from wiredesk.news.story import State
from wiredesk.news.surface import Surface

COPY = "<p>Zaunkoenig opened his mouth and told of the harbour, of the light and of the boats of that night.</p>"


def test_the_reference_of_rights_is_made_from_the_code() -> None:
    assert PLACE.read_text(encoding="utf-8") == document(), "run .venv/bin/python script/rights_table.py"


def told(content: str, row: Story) -> Extent:
    """How much of a story is in an answer."""
    if "Zaunkoenig" in content:
        return Extent.FULL
    return Extent.HEADLINE if row.headline in content else Extent.NOTHING


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIX)
def test_each_of_six_sources_is_on_every_surface_that_is_built_what_the_gate_says(name: str) -> None:
    take(feed(licence=PRESETS[name]), entry(1, title="Harbour light", body=COPY))
    row = Story.objects.get()
    if row.state == State.WAITING:
        edit.publish(row.pk, by="ines", now=at())
    value = as_value(Story.objects.get(), now=at())
    leave = {surface: gate.leave(value, surface, at()) for surface in Surface}
    page, client = pages.page_of(row.pk, now=at()), Client()
    assert page

    answers = {
        Surface.PAGE: client.get(page.path),
        Surface.LIST: client.get("/source/lantern/"),
        Surface.SEARCH: client.get("/search?q=harbour"),
        Surface.FEEDS: client.get("/feed.json"),
    }
    for surface, answer in answers.items():
        assert told(answer.content.decode(), row) == leave[surface].extent, surface
    assert (page.path in client.get("/sitemap.xml").content.decode()) is (leave[Surface.SITEMAP].public == "shown")
    assert client.get(f"/s/{page.code}").status_code == 301 and leave[Surface.SHORTLINK].public == "shown"
    head = answers[Surface.PAGE].content.decode().split("<body")[0]
    assert ("og:title" in head) is page.has_card is (leave[Surface.METADATA].public == "shown")
