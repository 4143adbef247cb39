"""Copy made ready for our own pages: its headings under our headline, its media as links, its opening for the front."""

from __future__ import annotations

import re

from wiredesk.news import clean
from wiredesk.news.page import Page
from wiredesk.news.provenance import Field
from wiredesk.outlets.site import pictures

OPENING_WORDS = 90
OPENING_PARAGRAPHS = 3
# What readers call the fields of a story, where that is not the field's own name.
_PARTS = {"body": "Text", "url": "Address", "tags": "Topics", "updated": "Time of update", "published": "Time"}
_SHORT = 40  # characters; a shorter line is a heading, a caption or a cell, not the beginning of a story
_FIRST_HEADING = re.compile(r"<(/?)h1(?=[\s>])")


def ready(safe: str) -> str:
    """Safe HTML as it stands on a story's page, where the headline is the only h1."""
    return pictures.as_links(_FIRST_HEADING.sub(r"<\1h2", safe))


def parts(page: Page) -> tuple[tuple[str, Field], ...]:
    """The fields of a page as readers call them, with where each comes from."""
    fields = page.provenance.fields if page.provenance else ()
    return tuple((_PARTS.get(field.name, field.name.capitalize()), field) for field in fields)


def opening(page: Page) -> tuple[str, ...]:
    """The first paragraphs of a page's body as plain text; nothing more than the page itself shows."""
    lines = clean.text_of(clean.excerpt(page.body, OPENING_WORDS)).splitlines()
    return tuple(line for line in lines if len(line) >= _SHORT)[:OPENING_PARAGRAPHS]
