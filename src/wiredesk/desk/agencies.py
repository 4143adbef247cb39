"""The shipped list of agencies, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from wiredesk.news import agencies
from wiredesk.news.agencies import Agencies


@cache
def known() -> Agencies:
    """All agencies and syndicators that Wiredesk knows (news/agencies.toml)."""
    return agencies.read((files("wiredesk.news") / "agencies.toml").read_text(encoding="utf-8"))
