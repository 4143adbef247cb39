"""Which of the items that carry a story readers see: agency before publisher, then who lets us show more, then fuller
text, then who came first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wiredesk.news.licence import Extent, Licence, Selection

FULLER = 1.25  # so much longer a text has to be to count as fuller: credits and boilerplate make no difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an item has to show for itself: `words` of its text, when it `came` (aware, UTC), its source's terms."""

    item: int
    is_agency: bool
    licence: Licence
    words: int
    came: datetime
    is_usable: bool = True


def precedes(one: Claim, other: Claim) -> bool:
    """Whether one is to be shown rather than the other."""
    if one.is_usable != other.is_usable:
        return one.is_usable
    if one.is_agency != other.is_agency and _shown(one) is not Extent.NOTHING and _shown(other) is not Extent.NOTHING:
        return one.is_agency
    if _shown(one) != _shown(other):
        return _shown(one) > _shown(other)
    if max(one.words, other.words) > FULLER * min(one.words, other.words):
        return one.words > other.words
    return (one.came, one.item) < (other.came, other.item)


def first(claims: Iterable[Claim]) -> Claim:
    """The one that leads. ValueError where there is none."""
    every = sorted(claims, key=lambda claim: (claim.came, claim.item))
    if not every:
        raise ValueError("a story without an item")
    leading = every[0]
    for claim in every[1:]:
        if precedes(claim, leading):
            leading = claim
    return leading


def may_take_over(one: Claim, *, is_out: bool) -> bool:
    """Whether it may become the lead by itself: not where its terms want an editor's choice for what readers see."""
    return not is_out or one.licence.selection is Selection.AUTOMATIC


def _shown(claim: Claim) -> Extent:
    return claim.licence.extent
