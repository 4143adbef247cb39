"""Whole text of a web page: which blocks are its copy, which of two readings holds, and whether it is sure.

The extractors are in wires.webpages; here their answers are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set

from wiredesk.news import agency, bare, clean, editing, furniture, grams, pagefacts, paywall, schema_org
from wiredesk.news.agencies import Agencies
from wiredesk.news.webpage import HEADINGS, Block, Field, Own, Whole, html_of, text_of

LEADING = 6  # blocks at the top of a text among which its headline and stamps stand
LEAD = 160  # characters; a longer block is the copy's beginning
PROSE_WORDS = 12
MUCH_MORE = 1.5  # of the prose that the first extractor found, and it stopped too early
DISAGREES = 0.2  # of the words
HEADLINE_LETTERS = 15  # a shorter one may begin a sentence
MORE_OF_HEADLINE = 25  # letters of a site's name behind it
MOSTLY_LINKS = 0.85
MOST_LEARNED = 0.3  # of a text's words
SHORT = 200
LEAST_WORDS = 15
_BETWEEN = re.compile(r"[^\w\s]{1,100}")


def judged(
    own: Own,
    first: Sequence[Block],
    second: Sequence[Block] | None,
    *,
    url: str,
    feed: Mapping[str, str] | None = None,
) -> Whole:
    """The copy of a page from what two extractors read, in the order of the page.

    `second` is None where an editor's selectors say what the copy is, and nobody else is asked.
    """
    article = schema_org.article(own.scripts)
    facts = pagefacts.chosen(own, article, url, feed)
    headlines = _headlines(own, article, facts.headline)
    bylines = frozenset(name for name in (facts.byline.value.casefold(), article.byline.casefold()) if name)
    read, copy = first, copy_of(first, headlines, bylines)
    apart = None
    if second is not None:
        other = copy_of(second, headlines, bylines)
        if _prose(other) > MUCH_MORE * _prose(copy):
            read, copy, other = second, other, copy
        apart = disagreement(text_of(copy), text_of(other))
    html = clean.safe_html(html_of(copy), base=url)
    text = clean.text_of(html)
    words = clean.word_count(text)
    why = [*_doubts(words, apart), *paywall.signs(own, article, read, copy, words)]
    return Whole(facts=facts, text=text, html=html, words=words, other=apart, why=tuple(why))


def copy_of(blocks: Sequence[Block], headlines: Collection[str], bylines: frozenset[str]) -> list[Block]:
    """The blocks that are copy: without furniture, what only repeats headline, date or byline, and loose ends.

    `headlines` and `bylines` as the page gives them elsewhere, folded and casefolded.
    """
    some = [block for block in blocks if not furniture.is_furniture(block.text)]
    top: list[Block] = []
    place = 0
    for place, block in enumerate(some):  # noqa: B007  where it stopped is used below
        is_headline = _is_headline(block.text, headlines)
        if place >= LEADING or (len(block.text) > LEAD and not is_headline):
            break
        if not is_headline and not furniture.is_stamp(block.text, bylines):
            top.append(block)
    else:
        place = len(some)
    return _without_loose_ends([*top, *some[place:]])


def without_learned(html: str, learned: Set[int], agencies: Agencies, *, base: str) -> str:
    """Safe HTML without the paragraphs that its source prints under everything (`learned`: keys of news.bare).

    Credits stay, however often they come: they are owed. Where much of the text would go, the stories of its source are
    alike, and nothing goes.
    """
    kept = [block for block in editing.blocks(html) if not _is_learned(clean.text_of(block), learned, agencies)]
    left = editing.html_of(kept, base=base)
    words = clean.word_count(clean.text_of(html))
    return left if clean.word_count(clean.text_of(left)) >= (1 - MOST_LEARNED) * words else html


def _is_learned(text: str, learned: Set[int], agencies: Agencies) -> bool:
    is_known = bool(text) and bare.paragraph_key(text) in learned
    return is_known and not agency.whose(agency.Copy(text=text), agencies).role


def disagreement(one: str, other: str) -> float:
    """The share of words that only one of two texts has, of those of the longer one. 0: the same words; 1: none."""
    words, others = (Counter(clean.words(_BETWEEN.sub(" ", text.casefold()))) for text in (one, other))
    most = max(words.total(), others.total())
    return 1 - (words & others).total() / most if most else 0.0


def _doubts(words: int, apart: float | None) -> list[str]:
    if not words:
        return ["No copy was found on the page."]
    doubts = [f"Only {words} {'word was' if words == 1 else 'words were'} found."] if words < LEAST_WORDS else []
    if apart is not None and apart > DISAGREES:
        doubts.append(f"A second extractor disagrees on {round(100 * apart)} % of the words.")
    return doubts


def _headlines(own: Own, article: schema_org.Article, headline: Field) -> tuple[str, ...]:
    """Every headline that the page gives itself, folded."""
    meta = (own.meta.get(name, "") for name in pagefacts.META["headline"])
    return tuple(filter(None, map(_folded, (headline.value, article.headline, *meta, *own.titles))))


def _folded(text: str) -> str:
    return " ".join(grams.said(text))


def _is_headline(text: str, headlines: Collection[str]) -> bool:
    """Whether a block is the headline again, or its beginning, or with the site's name behind it."""
    said = _folded(text)
    return any(
        said == one
        or (len(said) >= HEADLINE_LETTERS and one.startswith(said))
        or (len(one) >= HEADLINE_LETTERS and said.startswith(one) and len(said) < len(one) + MORE_OF_HEADLINE)
        for one in headlines
    )


def _without_loose_ends(some: list[Block]) -> list[Block]:
    """Without what ends a page and no copy: headings with nothing below, short lines of links alone."""
    end = len(some)
    while end > 2 and _is_loose(some[end - 1]):
        end -= 1
    return some[:end]


def _is_loose(block: Block) -> bool:
    return block.kind in HEADINGS or (block.linked > MOSTLY_LINKS and len(block.text) < SHORT)


def _prose(blocks: Sequence[Block]) -> int:
    """How many words stand in whole sentences that are no list of links."""
    return sum(clean.word_count(block.text) for block in blocks if _is_prose(block))


def _is_prose(block: Block) -> bool:
    is_text = block.kind not in HEADINGS and block.linked < 0.4 and furniture.is_ended(block.text)
    return is_text and clean.word_count(block.text) >= PROSE_WORDS
