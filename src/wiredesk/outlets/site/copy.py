"""Copy made ready for our own pages: its headings under our headline, its media as links, its opening for the front."""

from __future__ import annotations

import re

from wiredesk.news import clean
from wiredesk.news.page import Page
from wiredesk.outlets.site import pictures

OPENING_WORDS = 90
OPENING_PARAGRAPHS = 3
_SHORT = 40  # characters; a shorter line is a heading, a caption or a cell, not the beginning of a story
_FIRST_HEADING = re.compile(r"<(/?)h1(?=[\s>])")


def ready(safe: str) -> str:
    """Safe HTML as it stands on a story's page, where the headline is the only h1."""
    return pictures.as_links(_FIRST_HEADING.sub(r"<\1h2", safe))


def opening(page: Page) -> tuple[str, ...]:
    """The first paragraphs of a page's body as plain text; nothing more than the page itself shows."""
    lines = clean.text_of(clean.excerpt(page.body, OPENING_WORDS)).splitlines()
    return tuple(line for line in lines if len(line) >= _SHORT)[:OPENING_PARAGRAPHS]
