"""The tables, split by noun. Whoever needs a record imports it from here."""

from __future__ import annotations

from wiredesk.desk.models.alert import Alert
from wiredesk.desk.models.feed import Body, Delivery, Drop, Feed
from wiredesk.desk.models.hit import Hit
from wiredesk.desk.models.index import KnownName, Mark, Related, SourceLine, StoryTerm, WordMark
from wiredesk.desk.models.item import Item, Version
from wiredesk.desk.models.outlet import Copy, Outlet, Receipt
from wiredesk.desk.models.pull import Pull
from wiredesk.desk.models.source import FiledTerms, Licence, Source
from wiredesk.desk.models.story import (
    Advice,
    Carrier,
    Checked,
    Conflict,
    Edit,
    Event,
    Section,
    Story,
    Tag,
)
from wiredesk.desk.models.way import Endpoint, Parcel, SignIn
from wiredesk.desk.models.wholetext import PageWatch, WholeText

__all__ = [
    "Advice",
    "Alert",
    "Body",
    "Carrier",
    "Checked",
    "Conflict",
    "Copy",
    "Delivery",
    "Drop",
    "Edit",
    "Endpoint",
    "Event",
    "Feed",
    "FiledTerms",
    "Hit",
    "Item",
    "KnownName",
    "Licence",
    "Mark",
    "Outlet",
    "PageWatch",
    "Parcel",
    "Pull",
    "Receipt",
    "Related",
    "Section",
    "SignIn",
    "Source",
    "SourceLine",
    "Story",
    "StoryTerm",
    "Tag",
    "Version",
    "WholeText",
    "WordMark",
]
