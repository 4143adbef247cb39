"""88 real feeds: every value on which at least three of four parsers agree, against ours (FORMATS section 6)."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from tests import corpora
from wiredesk.news import clean, formats
from wiredesk.news.item import Item, Person

FEEDS = [path for path in corpora.files(corpora.FORMATS / "real-feeds-kagi") if not path.name.endswith(".expect.json")]
CLASSIFIED = tomllib.loads((Path(__file__).parent / "real-feeds.toml").read_text())
ITEMS, SHARE = 1505, 0.99


def letters(text: str) -> str:
    """Text as the expectations keep it: word characters only."""
    return re.sub(r"\W", "", text)


def plain(html: str) -> str:
    """The text of a body, without the labels that the cleaner gives to embedded films."""
    safe = clean.safe_html(html, base="https://feed.example/")
    return letters(clean.text_of(re.sub(r"<figure data-embed=[^>]*>.*?</figure>", "", safe)))


def ours(item: Item) -> dict[str, Any]:
    """Our values under the names of the expectations."""
    moment = item.published or item.updated
    body = item.body or item.summary
    writer = item.authors[0] if item.authors else Person()
    return {
        "title": letters(item.headline),
        "link": item.url,
        "id": item.guid or item.url,
        "when": int(moment.utc.timestamp()) if moment and moment.utc else None,
        "author": [letters(part) for part in (writer.name, writer.email)],
        "tags": sorted({letters(subject.code or subject.name) for subject in item.subjects}),
        "enc": sorted(media.href for media in item.media if media.rendition == "enclosure"),
        "body": {"len": len(plain(body)), "sha1": sha1(plain(body).encode()).hexdigest()},  # noqa: S324  as the corpus has it
    }


def differences(path: Path) -> Iterator[tuple[str, bool]]:
    """Each expected value of a feed, as (place, whether ours is the same)."""
    expected = json.loads(path.with_name(f"{path.stem}.expect.json").read_text())
    delivery = formats.parse(path.read_bytes(), url=expected.get("url", ""))
    yield f"{path.stem} - entries", len(delivery.items) == expected["entries"]
    for number, (wanted, item) in enumerate(zip(expected["items"], delivery.items, strict=False)):
        mine = ours(item)
        for field, value in wanted.items():
            yield f"{path.stem} {number} {field}", same(field, value, mine.get(field))


def same(field: str, wanted: Any, mine: Any) -> bool:
    if field == "title":
        return letters(str(wanted or "")) == str(mine)
    if field == "author":  # the other parsers leave name and address in one string, in either order
        name, address = mine
        return str(wanted or "") in (name, address, name + address, address + name)
    if field == "tags":
        return sorted({letters(str(tag)) for tag in wanted}) == mine
    if field == "enc":
        return sorted(str(one) for one in wanted) == mine
    return bool(wanted == mine)


@corpora.present
def test_every_item_of_the_real_feeds_is_read() -> None:
    deliveries = [formats.parse(path.read_bytes()) for path in FEEDS]

    assert sum(len(delivery.items) for delivery in deliveries) == ITEMS


@corpora.present
def test_ninety_nine_of_a_hundred_values_are_as_expected_and_the_rest_is_classified() -> None:
    found = [row for path in FEEDS for row in differences(path)]
    differing = Counter(" ".join(place.split()[::2]) for place, is_same in found if not is_same)

    assert 1 - differing.total() / len(found) >= SHARE
    assert dict(differing) == {place: row["count"] for place, row in CLASSIFIED.items()}
    assert {row["right"] for row in CLASSIFIED.values()} <= {"ours", "theirs", "order"}
