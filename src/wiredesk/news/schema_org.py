"""What a page says of its article in JSON-LD (schema.org/Article and its kinds), of whatever shape it comes in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wiredesk.news.item import Value

MAX_SCRIPT = 512 * 2**10  # characters
MAX_NODES = 2_000
MAX_DEPTH = 12
MAX_NAMES = 5


class Article(Value, frozen=True, kw_only=True):
    """An article in JSON-LD; "" for what is not said. `is_free`: isAccessibleForFree, None where it is not said;
    `is_partly_closed`: some hasPart is not free. `words` is its wordCount, `body` its articleBody.
    """

    headline: str = ""
    byline: str = ""
    published: str = ""
    image: str = ""
    description: str = ""
    body: str = ""
    words: int = 0
    is_free: bool | None = None
    is_partly_closed: bool = False


NONE = Article()


def article(scripts: Iterable[str]) -> Article:
    """The article that a page's scripts tell of: the one that tells most, the first of equals."""
    found = [node for script in scripts for node in _nodes(_loaded(script)) if _is_article(node)]
    made = [_made(node) for node in found]
    return max(made, key=_told, default=NONE)


def _told(one: Article) -> int:
    return sum(bool(value) for value in (one.headline, one.byline, one.published, one.image, one.is_free is not None))


def _loaded(script: str) -> Any:
    """JSON, forgiving what pages get wrong: line breaks in strings, comment signs around it."""
    text = script[:MAX_SCRIPT].strip().removeprefix("<!--").removesuffix("-->")
    text = text.strip().removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object, the outer ones first, as far down as anybody writes them."""
    waiting, count = [(value, 0)], 0
    while waiting and count < MAX_NODES:
        one, depth = waiting.pop(0)
        count += 1
        if isinstance(one, dict):
            yield one
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        if depth < MAX_DEPTH:
            waiting += [(each, depth + 1) for each in inner if isinstance(each, dict | list)]


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.rpartition("/")[2].endswith(("Article", "BlogPosting", "Report"))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _made(node: Mapping[str, Any]) -> Article:
    parts = node.get("hasPart")
    return Article(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        byline=", ".join(list(dict.fromkeys(_names(node.get("author") or node.get("creator"))))[:MAX_NAMES]),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        image=_address(node.get("image")) or _address(node.get("thumbnailUrl")),
        description=_text(node.get("description")),
        body=_text(node.get("articleBody")),
        words=_number(node.get("wordCount")),
        is_free=_truth(node.get("isAccessibleForFree")),
        is_partly_closed=any(
            isinstance(part, dict) and _truth(part.get("isAccessibleForFree")) is False
            for part in (parts if isinstance(parts, list) else [parts])
        ),
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> Iterator[str]:
    """Who wrote it. Addresses that stand for names say nothing to readers."""
    for one in value if isinstance(value, list) else [value]:
        name = _text(one)
        if name and "://" not in name:
            yield name


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
        return _address(value) if isinstance(value, list) else _text(value)
    return _text(value)


def _number(value: Any) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _truth(value: Any) -> bool | None:
    said = str(value).rpartition("/")[2].strip().lower() if isinstance(value, bool | str) else ""
    return {"true": True, "yes": True, "false": False, "no": False}.get(said)
