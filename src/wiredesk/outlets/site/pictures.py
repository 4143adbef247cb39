"""Foreign pictures, sound and film as links: a page view asks nobody but us. Safe HTML in, safe HTML out."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

_TAG = re.compile(r"<(/?)(a|img|picture|video|audio|source|track)((?:\s[a-z-]+(?:=\"[^\"]*\")?)*)\s*>")
_ATTRIBUTE = re.compile(r"\s([a-z-]+)=\"([^\"]*)\"")
_WORDS = {"img": "Picture", "video": "Film", "audio": "Sound"}


def as_links(safe: str) -> str:
    """Safe HTML in which every media element is a plain link to where it is, named by its alternative text.

    One that stands in a link already is named only: a link in a link is not HTML.
    """
    if "<" not in safe:
        return safe
    is_in_link = False

    def shown(tag: re.Match[str]) -> str:
        nonlocal is_in_link
        if tag[2] == "a":
            is_in_link = not tag[1]
            return tag[0]
        return _link(tag, is_in_link)

    return _TAG.sub(shown, safe)


def _link(tag: re.Match[str], is_in_link: bool) -> str:
    closing, name, rest = tag.groups()
    said = {found[1]: unescape(found[2]) for found in _ATTRIBUTE.finditer(rest)}
    address = said.get("src", "")
    host = urlsplit(address).hostname or ""
    if closing or name not in _WORDS or not host:
        return ""
    words = said.get("alt") or said.get("title")
    text = f"{_WORDS[name]}: {words}" if words else _WORDS[name]
    if is_in_link:
        return f'<span class="elsewhere">{escape(text)}</span> '
    return f'<a class="elsewhere" href="{escape(address)}" rel="noopener">{escape(text)} ({escape(host)})</a> '
