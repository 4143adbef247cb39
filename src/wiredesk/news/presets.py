"""Licences that come with the program, each with its real conditions; docs/how-to/licences.md says whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wiredesk.news.licence import (
    Editing,
    Extent,
    Images,
    Indexing,
    Licence,
    Link,
    Mining,
    Pixel,
    Position,
    Selection,
)
from wiredesk.news.surface import OUTLETS

_CC = "https://creativecommons.org/licenses/"
# Creative Commons 4.0: everything may be done that the letters after it do not take away; credit and link are owed.
_BY = Licence(
    name="cc-by",
    title="Creative Commons Attribution 4.0",
    url=f"{_CC}by/4.0/",
    extent=Extent.FULL,
    editing=Editing.FREE,
    headline_may_change=True,
    images=Images.ALL,
    selection=Selection.AUTOMATIC,
    outlets=OUTLETS,
    republish=True,
    commercial=True,
    comments=True,
    indexing=Indexing.OWN,
    mining=Mining.ALLOWED,
    credit_position=Position.END,
)
_FREE = replace(
    _BY,
    name="public-domain",
    title="Public domain",
    url="https://creativecommons.org/publicdomain/mark/1.0/",
    link=Link.FREE,
)


def _cc(letters: str, words: str) -> Licence:
    """One of the six: NC takes commerce away, ND changes. Those that take something away wait for an editor."""
    is_nd, is_nc = "nd" in letters.split("-"), "nc" in letters.split("-")
    return replace(
        _BY,
        name=f"cc-{letters}",
        title=f"Creative Commons {words} 4.0",
        url=f"{_CC}{letters}/4.0/",
        editing=Editing.NONE if is_nd else Editing.FREE,
        headline_may_change=not is_nd,
        commercial=not is_nc,
        mining=Mining.RESERVED if is_nc or is_nd else Mining.ALLOWED,
        selection=Selection.HUMAN if is_nc or is_nd else Selection.AUTOMATIC,
    )


# A newsroom that gives its stories away one by one: https://www.propublica.org/steal-our-stories and its like.
_GIVEN = Licence(
    name="",
    extent=Extent.FULL,
    editing=Editing.STYLE,
    outlets=("site", "email"),
    commercial=True,
    comments=True,
    indexing=Indexing.ORIGINAL,
)

PRESETS: Mapping[str, Licence] = {
    licence.name: licence
    for licence in (
        Licence(name="all-rights-reserved", title="All rights reserved"),
        Licence(
            name="headline-and-link",
            title="Headline and link",
            extent=Extent.HEADLINE,
            headline_may_change=True,
            selection=Selection.AUTOMATIC,
            outlets=OUTLETS,
            commercial=True,
            indexing=Indexing.OWN,
            credit_position=Position.END,
        ),
        _FREE,
        replace(
            _FREE,
            name="government",
            title="Government work, free to use",
            url="",
            link=Link.REQUIRED,
            selection=Selection.HUMAN,
            images=Images.CREDITED,
        ),
        replace(
            _FREE, name="cc0", title="Creative Commons Zero", url="https://creativecommons.org/publicdomain/zero/1.0/"
        ),
        _BY,
        _cc("by-sa", "Attribution-ShareAlike"),
        _cc("by-nd", "Attribution-NoDerivatives"),
        _cc("by-nc", "Attribution-NonCommercial"),
        _cc("by-nc-sa", "Attribution-NonCommercial-ShareAlike"),
        _cc("by-nc-nd", "Attribution-NonCommercial-NoDerivatives"),
        # Cuts and photographs need leave, the line stands on top, nothing is passed on, the original is canonical.
        # So may a counter: some versions of such terms ask for one, and what is not certain is taken as asked for.
        replace(
            _GIVEN,
            name="propublica-like",
            title="Republished one by one, credit on top",
            pixel=Pixel.REQUIRED,
        ),
        # A page counter is a condition, and images have licences of their own.
        replace(
            _GIVEN,
            name="the-conversation-like",
            title="Republished unchanged, with the source's page counter",
            pixel=Pixel.REQUIRED,
        ),
        # Free for newsrooms that take no money for it; the credit is a link.
        replace(
            _GIVEN,
            name="kff-like",
            title="Republished free of charge, credit with link",
            commercial=False,
            credit_position=Position.END,
        ),
        # CC BY 3.0; pictures are often by others and free only with their credit.
        replace(
            _BY,
            name="global-voices-like",
            title="Creative Commons Attribution 3.0, pictures by others",
            url=f"{_CC}by/3.0/",
            selection=Selection.HUMAN,
            images=Images.CREDITED,
        ),
        Licence(
            name="agency-contract",
            title="Agency contract",
            extent=Extent.FULL,
            editing=Editing.SHORTEN,
            headline_may_change=True,
            keep_days=30,
            outlets=("site",),
            commercial=True,
            comments=True,
            indexing=Indexing.OWN,
            link=Link.FREE,
            credit_position=Position.END,
        ),
        # Members' weblogs: they asked to be here, and theirs is the page to find.
        Licence(
            name="planet",
            title="Planet of members' weblogs",
            extent=Extent.FULL,
            images=Images.ALL,
            selection=Selection.AUTOMATIC,
            outlets=("site", "feeds"),
            indexing=Indexing.ORIGINAL,
            credit_position=Position.END,
        ),
    )
}
DEFAULT = PRESETS["headline-and-link"]
