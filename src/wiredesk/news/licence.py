"""What a source lets us do, as data: the licence, its presets, one from a file. Unknown means the most restrictive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal

from wiredesk.news.errors import NewsError

Outlet = Literal["site", "feeds"]
OUTLETS: tuple[Outlet, ...] = ("site", "feeds")
MAX_WORDS = 10_000
MAX_DAYS = 36_500


class Extent(IntEnum):
    """How much of a story: each value holds all before it."""

    NOTHING = 0
    HEADLINE = 1
    EXCERPT = 2
    FULL = 3


class Selection(IntEnum):
    """Who lets a story of this source out: an editor, or the system by itself."""

    HUMAN = 0
    AUTOMATIC = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a source lets us do. `words` is the length of an excerpt, `keep_days` how long a story stays (None: always).

    `outlets` names every outlet that may have it, `credit` is the line the source asks for, `url` has the full terms.
    """

    name: str
    extent: Extent = Extent.NOTHING
    words: int = 0
    selection: Selection = Selection.HUMAN
    obeys_embargo: bool = True
    keep_days: int | None = None
    outlets: tuple[Outlet, ...] = ()
    credit: str = ""
    url: str = ""
    title: str = ""


PRESETS: Mapping[str, Licence] = {
    licence.name: licence
    for licence in (
        Licence(name="all-rights-reserved", title="All rights reserved"),
        Licence(
            name="headline-and-link",
            title="Headline and link",
            extent=Extent.HEADLINE,
            selection=Selection.AUTOMATIC,
            outlets=OUTLETS,
        ),
        Licence(
            name="cc-by",
            title="Creative Commons Attribution 4.0",
            extent=Extent.FULL,
            selection=Selection.AUTOMATIC,
            outlets=OUTLETS,
            url="https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            name="cc-by-nd",
            title="Creative Commons Attribution-NoDerivatives 4.0",
            extent=Extent.FULL,
            outlets=OUTLETS,
            url="https://creativecommons.org/licenses/by-nd/4.0/",
        ),
        Licence(
            name="public-domain",
            title="Public domain",
            extent=Extent.FULL,
            selection=Selection.AUTOMATIC,
            outlets=OUTLETS,
            url="https://creativecommons.org/publicdomain/mark/1.0/",
        ),
        Licence(name="agency-contract", title="Agency contract", extent=Extent.FULL, keep_days=30, outlets=("site",)),
    )
}
DEFAULT = PRESETS["headline-and-link"]


def licence_from(terms: Mapping[str, Any], name: str) -> Licence:
    """A licence from a file's keys (those of Licence; choices by name). NewsError names the key that is wrong."""
    known = {"extent", "words", "selection", "obeys_embargo", "keep_days", "outlets", "credit", "url", "title", "name"}
    for key in terms:
        if key not in known:
            raise NewsError(f"licence {name}: unknown key {key!r}; known are {', '.join(sorted(known))}")
    return Licence(
        name=name,
        extent=_chosen(terms, "extent", Extent, Extent.NOTHING),
        selection=_chosen(terms, "selection", Selection, Selection.HUMAN),
        words=_number(terms, "words", MAX_WORDS) or 0,
        keep_days=_number(terms, "keep_days", MAX_DAYS),
        obeys_embargo=_embargo(terms, name),
        outlets=_outlets(terms, name),
        credit=_text(terms, "credit"),
        url=_text(terms, "url"),
        title=_text(terms, "title") or name,
    )


def _chosen(terms: Mapping[str, Any], key: str, among: type[Any], default: Any) -> Any:
    value = terms.get(key)
    if value is None:
        return default
    try:
        return among[str(value).upper()]
    except KeyError:
        choices = ", ".join(choice.name.lower() for choice in among)
        raise NewsError(f"licence: {key} is one of {choices}, not {value!r}") from None


def _number(terms: Mapping[str, Any], key: str, most: int) -> int | None:
    value = terms.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise NewsError(f"licence: {key} is a whole number from 0 to {most}, not {value!r}")
    return value


def _embargo(terms: Mapping[str, Any], name: str) -> bool:
    value = terms.get("obeys_embargo", True)
    if not isinstance(value, bool):
        raise NewsError(f"licence {name}: obeys_embargo is true or false, not {value!r}")
    return value


def _outlets(terms: Mapping[str, Any], name: str) -> tuple[Outlet, ...]:
    """Not named means none: what a licence does not open stays shut."""
    value = terms.get("outlets", ())
    if isinstance(value, str) or not all(outlet in OUTLETS for outlet in value):
        raise NewsError(f"licence {name}: outlets is a list of {', '.join(OUTLETS)}, not {value!r}")
    return tuple(outlet for outlet in OUTLETS if outlet in value)


def _text(terms: Mapping[str, Any], key: str) -> str:
    value = terms.get(key, "")
    if not isinstance(value, str):
        raise NewsError(f"licence: {key} is text, not {value!r}")
    return value.strip()
