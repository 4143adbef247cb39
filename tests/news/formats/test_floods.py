"""Hostile documents in every format: each is read, or refused in words, in time that grows with its size and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.news.formats import floods
from wiredesk.news import formats
from wiredesk.news.errors import NewsError
from wiredesk.news.profile import Profile

# All that a profile can make a reader look for.
DIALECT = Profile(
    code="LNT",
    boilerplate=("more at lantern", r"_{3,10}$", r"[A-Z]{2,4}/[A-Z]{2,4} \d{4}$"),
    blocks=("Desk only", "# NOTEBOOK"),
    labels={"correction": ("RETTELSE",), "advisory": ("DESK:1",)},
    topics={"04??????": "04000000", "S*": "15000000"},
    datelines=(r"([^()]{2,60}?) \(LNT\) - ",),
    bylines=(r"Written by (.{3,60})$",),
    item_names={"number": "LNT nnn"},
)
SMALL, LARGE = 2**19, 5 * 2**20
EVERY = [*((f"{place}, {flood}", make) for place, flood, make in floods.xml()), *floods.others()]


def read(body: bytes, seconds: float, dialect: Profile | None) -> None:
    before = time.process_time()
    try:
        delivery = formats.parse(body, url="https://lantern.example/", profile=dialect)
    except NewsError as error:
        assert str(error)
    else:
        assert len(formats.as_json(delivery)["items"]) == len(delivery.items)
    assert time.process_time() - before < seconds


@pytest.mark.parametrize("make", [make for _, make in EVERY], ids=[name for name, _ in EVERY])
def test_half_a_megabyte_of_anything_is_read_or_refused_in_time(make: Callable[[int], bytes]) -> None:
    read(make(SMALL), 4, DIALECT)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", [None, DIALECT], ids=["plain", "dialect"])
@pytest.mark.parametrize("make", [make for _, make in EVERY], ids=[name for name, _ in EVERY])
def test_five_megabytes_of_anything_are_read_or_refused_in_time(
    make: Callable[[int], bytes], dialect: Profile | None
) -> None:
    read(make(LARGE), 15, dialect)
