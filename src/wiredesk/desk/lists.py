"""The lists that come with Wiredesk, each read once: agencies, and what is known of names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from wiredesk.news import agencies, spelling
from wiredesk.news.agencies import Agencies
from wiredesk.news.spelling import Lore


@cache
def known_agencies() -> Agencies:
    """All agencies and syndicators that Wiredesk knows (news/agencies.toml)."""
    return agencies.read(_text("agencies.toml"))


@cache
def known_names() -> Lore:
    """What Wiredesk knows of names (news/names.toml)."""
    return spelling.read(_text("names.toml"))


def _text(name: str) -> str:
    return (files("wiredesk.news") / name).read_text(encoding="utf-8")
