"""Small makers of blocks and pages for tests of whole text."""

from __future__ import annotations

import json
from typing import Any

from wiredesk.news.webpage import Block, Kind, Own

FIRST = "The ferry sailed from Brennet on Tuesday with forty people on board, the harbour master said."
SECOND = "Nobody was hurt when it touched the quay at Sahil, and the boat will be back in service on Friday."
THIRD = "The company that runs it has ordered two more, which are to come from a yard in the north in May."
COPY = (FIRST, SECOND, THIRD)


def block(text: str, kind: Kind = "p", **fields: Any) -> Block:
    """A paragraph, unless told otherwise."""
    return Block(kind=kind, text=text, **fields)


def blocks(*texts: str) -> list[Block]:
    """Paragraphs."""
    return [block(text) for text in texts]


def own(*, scripts: tuple[Any, ...] = (), **fields: Any) -> Own:
    """What a page says of itself; scripts are values, written as JSON here."""
    return Own(scripts=tuple(one if isinstance(one, str) else json.dumps(one) for one in scripts), **fields)


def article(**fields: Any) -> dict[str, Any]:
    """An article in JSON-LD."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
