"""Every surface that copy can appear on, and the outlet that each belongs to: what a licence opens, it opens by outlet.

A new surface is a line here, a line in `OUTLET_OF`, and a row in the table of tests/news/test_surfaces.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

Outlet = Literal["site", "feeds", "api", "email", "channels", "partners"]
OUTLETS: tuple[Outlet, ...] = ("site", "feeds", "api", "email", "channels", "partners")


class Surface(StrEnum):
    """One place where a story, or a part of it, can be seen. Those that are not built yet are judged all the same."""

    PAGE = "page"  # the story's own address
    LIST = "list"  # front, section, source, topic, month, popular, corrections
    SEARCH = "search"
    FEEDS = "feeds"  # our feeds out
    API = "api"
    EMAIL = "email"
    METADATA = "metadata"  # OpenGraph and JSON-LD in a page's head
    SITEMAP = "sitemap"
    IMAGE = "image"  # the address of a picture
    SHORTLINK = "shortlink"
    OUTLETS = "outlets"  # channels of others: chat, social networks, another system's site
    EXPORT = "export"  # what partners are given


OUTLET_OF: Mapping[Surface, Outlet] = {
    Surface.PAGE: "site",
    Surface.LIST: "site",
    Surface.SEARCH: "site",
    Surface.FEEDS: "feeds",
    Surface.API: "api",
    Surface.EMAIL: "email",
    Surface.METADATA: "site",
    Surface.SITEMAP: "site",
    Surface.IMAGE: "site",
    Surface.SHORTLINK: "site",
    Surface.OUTLETS: "channels",
    Surface.EXPORT: "partners",
}
# The surface of each outlet that shows most: if it shows nothing, none of that outlet does.
WIDEST: Mapping[Outlet, Surface] = {
    "site": Surface.PAGE,
    "feeds": Surface.FEEDS,
    "api": Surface.API,
    "email": Surface.EMAIL,
    "channels": Surface.OUTLETS,
    "partners": Surface.EXPORT,
}
# A story's own address: the only place where readers are told that a story was withdrawn, or is being checked.
OWN_ADDRESS = frozenset((Surface.PAGE, Surface.SHORTLINK))
# Where a story whose time is over may still stand with headline and link.
REMAINING = OWN_ADDRESS | {Surface.METADATA}
