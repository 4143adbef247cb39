"""88 real feeds: every value on which at least three of four parsers agree, against ours (FORMATS section 6)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from tests import corpora
from wiredesk.news import clean, formats
from wiredesk.news.item import Item

FEEDS = [path for path in corpora.files(corpora.FORMATS / "real-feeds-kagi") if not path.name.endswith(".expect.json")]
CLASSIFIED = tomllib.loads((Path(__file__).parent / "real-feeds.toml").read_text())
ITEMS, SHARE = 1505, 0.99


def letters(text: str) -> str:
    """Text as the expectations keep it: word characters only."""
    return re.sub(r"\W", "", text)


def plain(html: str) -> str:
    return letters(clean.text_of(clean.safe_html(html, base="https://feed.example/")))


def ours(item: Item) -> dict[str, Any]:
    """Our values under the names of the expectations."""
    moment = item.published or item.updated
    body = item.body or item.summary
    return {
        "title": letters(item.headline),
        "link": item.url,
        "id": item.guid or item.url,
        "when": moment.utc.strftime("%Y-%m-%dT%H:%M:%S") if moment and moment.utc else None,
        "author": letters(item.authors[0].name or item.authors[0].email) if item.authors else "",
        "tags": sorted({letters(subject.code or subject.name) for subject in item.subjects}),
        "enc": sorted(media.href for media in item.media if media.rendition == "enclosure"),
        "body": {"len": len(plain(body)), "sha1": sha1(plain(body).encode()).hexdigest()},  # noqa: S324  as the corpus has it
    }


def differences(path: Path) -> Iterator[tuple[str, bool]]:
    """Each expected value of a feed, as (place, whether ours is the same)."""
    expected = json.loads(path.with_name(f"{path.stem}.expect.json").read_text())
    delivery = formats.parse(path.read_bytes(), url=expected.get("url", ""))
    yield f"{path.stem} entries", len(delivery.items) == expected["entries"]
    for number, (wanted, item) in enumerate(zip(expected["items"], delivery.items, strict=False)):
        mine = ours(item)
        for field, value in wanted.items():
            yield f"{path.stem} {number} {field}", same(field, value, mine.get(field))


def same(field: str, wanted: Any, mine: Any) -> bool:
    if field in ("title", "author"):
        return letters(str(wanted or "")) == str(mine)
    if field == "tags":
        return sorted({letters(str(tag)) for tag in wanted}) == mine
    if field == "when":
        return str(wanted or "")[:19] == str(mine or "")[:19]
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
    differing = [place for place, is_same in found if not is_same]

    assert 1 - len(differing) / len(found) >= SHARE
    assert sorted(set(differing) - set(CLASSIFIED)) == []


@corpora.present
@pytest.mark.parametrize("place", sorted(CLASSIFIED))
def test_a_classified_difference_is_still_there(place: str) -> None:
    path = next(path for path in FEEDS if path.stem == place.split()[0])

    assert CLASSIFIED[place]["right"] in ("ours", "theirs", "order")
    assert (place, False) in list(differences(path))
