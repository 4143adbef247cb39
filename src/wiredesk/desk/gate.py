"""The gate that every surface asks: rights.leave as this site stands, in its country and with what it earns."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from wiredesk.news import rights
from wiredesk.news.licence import Licence
from wiredesk.news.rights import Here, Leave
from wiredesk.news.story import Standing, Story
from wiredesk.news.surface import WIDEST, Surface


def here() -> Here:
    """Whose site this is, as the settings say."""
    return Here(territory=settings.TERRITORY, commercial=settings.COMMERCIAL)


def leave(story: Story, surface: Surface, now: datetime) -> Leave:
    """How much of a story may be shown on a surface at `now`, by the licence it came under."""
    return rights.leave(story, story.licence, surface, now, here=here())


def is_open(story: Standing, licence: Licence, now: datetime) -> bool:
    """Whether some outlet may show the story at `now`."""
    place = here()
    return any(
        rights.leave(story, licence, WIDEST[outlet], now, here=place).public == "shown" for outlet in licence.outlets
    )
