"""Agency before publisher, then who lets us show more, then fuller text, then who came first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.news.makers import at, licence
from wiredesk.news import lead
from wiredesk.news.lead import Claim
from wiredesk.news.licence import Extent, Selection


def claim(item: int = 1, **fields: Any) -> Claim:
    given = {"item": item, "is_agency": False, "licence": licence(), "words": 400, "came": at(item)}
    return Claim(**{**given, **fields})


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (claim(2, is_agency=True, words=90), claim(1)),
        (claim(2), claim(1, licence=licence(extent=Extent.EXCERPT, words=30))),
        (claim(2, words=600), claim(1)),
        (claim(1), claim(2, words=430)),
        (claim(2), claim(1, is_agency=True, licence=licence(extent=Extent.NOTHING))),
        (claim(2), claim(1, is_agency=True, is_usable=False)),
        (claim(1), claim(2, came=at(1))),
    ],
)
def test_the_better_item_leads_whichever_came_first(better: Claim, worse: Claim) -> None:
    assert lead.precedes(better, worse) and not lead.precedes(worse, better)
    assert lead.first([worse, better]) == lead.first([better, worse]) == better


def test_a_story_has_an_item() -> None:
    with pytest.raises(ValueError, match="without an item"):
        lead.first([])


def test_what_an_editor_has_to_choose_takes_over_nothing_that_readers_see() -> None:
    chosen = claim(licence=licence(selection=Selection.HUMAN))

    assert lead.may_take_over(claim(), is_out=True) and lead.may_take_over(chosen, is_out=False)
    assert not lead.may_take_over(chosen, is_out=True)
