"""What an older policy let through is never shown, and made anew from the copy as received."""

from __future__ import annotations

import pytest

from tests.makers import at, entry, feed, take
from wiredesk.desk import pages, renewal
from wiredesk.desk.models import Story, Version
from wiredesk.news import clean

pytestmark = pytest.mark.django_db
OLD = "<p>The <blink>old</blink> policy let <script>alert(1)</script>this out.</p>"


def old_story() -> Story:
    take(feed(), entry(1, body="<p>The harbour light is <em>lit</em> again, says its keeper tonight.</p>"))
    Story.objects.update(policy=clean.POLICY - 1, body=OLD)
    return Story.objects.get()


def test_a_page_shows_nothing_that_only_an_older_policy_allows() -> None:
    story = old_story()

    page = pages.page_of(story.pk, now=at(1))

    assert page
    assert page.body == "<p>The old policy let this out.</p>"


def test_a_story_of_an_older_policy_is_made_anew_from_the_copy_as_received() -> None:
    story = old_story()

    assert renewal.renew() == 1
    story.refresh_from_db()
    assert (story.body, story.policy) == (
        "<p>The harbour light is <em>lit</em> again, says its keeper tonight.</p>",
        clean.POLICY,
    )
    assert renewal.renew() == 0


def test_a_story_whose_copy_is_gone_is_cleaned_as_it_is() -> None:
    story = old_story()
    Version.objects.all().delete()

    renewal.renew()

    story.refresh_from_db()
    assert story.body == "<p>The old policy let this out.</p>"
