"""Which items are one story: the same address, or the same text, perhaps cut, retitled, edited by another house.

Marks are what the shell looks candidates up by; compare() judges two texts and says what its verdict rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from wiredesk.news import clean, grams, passages
from wiredesk.news.item import Item
from wiredesk.news.passages import Passage
from wiredesk.news.wording import Wording

SAME = 0.60  # so much of one text in the other: one copy, merged without asking
ASK = 0.37  # from here on the desk is asked
ALIKE = 0.60  # words of the shorter headline or lead that stand in the other: with short items
WHOLE = 0.90  # of both texts in each other: nothing else has to be alike
MIN_WORDS = 25  # words; a shorter text alone ("Watch live", a weather line) is no proof of one story
LEAD = 40  # words
HEADLINE = 3  # words; fewer name a rubric
# Parameters that say where a reader came from, never what is on the page.
_TRACKING = re.compile(
    r"(utm_|at_|mc_|pk_|mtm_|wt_|ns_|hsa_).{0,80}|fbclid|gclid|dclid|msclkid|igshid|ref|ref_src|source|cmp|cmpid|ito|smid"
    r"|rss|ocid|xtor|guccounter",
    re.IGNORECASE,
)


_PLAIN = re.compile(r"https?://(?:www\.)?(?:m\.)?(?:amp\.)?([a-z0-9.-]{1,250})(/[^?#]{0,1700})")  # most addresses
_NO_LETTER = {code: None for code in range(128) if not re.fullmatch(r"\w", chr(code))}


LIKE_FORM = "like texts of one feed"
Verdict = Literal["same copy", "question", "not", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that shares a mark with an item. `standfirst` and `body` are safe HTML, `by` the kinds of mark shared."""

    headline: str
    standfirst: str = ""
    body: str = ""
    by: frozenset[str]
    is_same_source: bool
    is_killed: bool = False
    is_held: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers are not to see it."""
        return self.is_killed or self.is_held


def marks(item: Item, text: str, *, source: int, is_own_link: bool) -> tuple[str, ...]:
    """What an item can be found again by. `text` is its plain text; `source` qualifies the guid, unique nowhere else.

    `is_own_link` is False where other items of its delivery have the same address.
    """
    found = []
    if item.guid:
        found.append(_mark("guid", f"{source} {item.guid}"))
    if is_own_link and (address := canonical(item.url)):
        found.append(_mark("url", address))
    if text.count(" ") + text.count("\n") >= MIN_WORDS - 1:  # plain text has one of them between two words
        found.append(_mark("text", _letters(text)))
    return tuple(found)


def kind_of(mark: str) -> str:
    """What a mark is made of: url, text or guid."""
    return mark.partition(":")[0]


def best(item: Item, text: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """The story this item is a copy of, or None. Equal text decides; an address or a guid only with like words.

    A page such as /live holds another story every day, and guids are used again.
    """
    for candidate in candidates:
        if "text" in candidate.by or _is_alike(f"{item.headline} {text}", _said(candidate)):
            return candidate
    return None


def _said(candidate: Candidate) -> str:
    return f"{candidate.headline} {clean.text_of(candidate.standfirst)} {clean.text_of(candidate.body)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What compare() says. Containment is directed: how much of one text stands in the other, 0 to 1.

    `why` says in a few words what decided. `passages` are those shared, as they follow in the first text; none where
    the verdict is "not" or "cannot tell".
    """

    verdict: Verdict
    why: str
    one_in_other: float = 0.0
    other_in_one: float = 0.0
    shared_marks: int = 0
    passages: tuple[Passage, ...] = ()

    @property
    def containment(self) -> float:
        """The larger of both: a text that was cut stands whole in the one it was cut from."""
        return max(self.one_in_other, self.other_in_one)

    @property
    def is_merged(self) -> bool:
        """Whether they are one story without asking anybody."""
        return self.verdict == "same copy"


def is_worth_asking(likeness: Likeness, *, is_one_feed: bool, is_withdrawn: bool) -> bool:
    """Whether the desk is asked about two like texts. Forms that one feed fills in anew are no question, unless what
    it sent before was withdrawn: then the same form may be the same story under another guid.
    """
    if likeness.verdict != "question":
        return False
    return not is_one_feed or (is_withdrawn and likeness.why == LIKE_FORM)


def compare(one: Wording, other: Wording, *, is_one_feed: bool = False, with_passages: bool = True) -> Likeness:
    """Judge two texts. Some 0.1 ms; with passages, which only like texts get, a few ms.

    One feed sends an item once: like texts of one (`is_one_feed`) are mostly the same form filled in anew (quakes,
    results, releases), so that only equal ones are merged without asking.
    """
    there = passages.containment(one.grams, other.known)
    here = passages.containment(other.grams, one.known)
    if one.is_short or other.is_short:
        verdict, why = _by_headline_and_lead(one, other, there, here)
    else:
        verdict, why = _by_text(max(there, here), is_speech=one.is_speech or other.is_speech)
    if is_one_feed and verdict == "same copy" and min(there, here) < WHOLE:
        verdict, why = "question", LIKE_FORM
    return Likeness(
        verdict=verdict,
        why=why,
        one_in_other=there,
        other_in_one=here,
        shared_marks=len(set(one.marks).intersection(other.marks)),
        passages=passages.shared(one, other) if with_passages and verdict in ("same copy", "question") else (),
    )


def canonical(url: str) -> str:
    """An address for comparing, never for showing: no scheme, www, fragment, tracking; "" for a home page."""
    if plain := _PLAIN.fullmatch(url):
        path = plain[2].rstrip("/").removesuffix("/amp")
        return f"{plain[1]}{path}?" if path else ""
    parts = urlsplit(url[:2000])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    asked = parse_qsl(parts.query)[:50] if parts.query else ()
    query = urlencode(sorted(pair for pair in asked if not _TRACKING.fullmatch(pair[0]))) if asked else ""
    path = parts.path.rstrip("/").removesuffix("/amp")
    return f"{host}{path}?{query}" if path or query else ""


def _is_alike(one: str, other: str) -> bool:
    """Whether the words of the shorter copy stand in the longer one."""
    few, many = sorted((set(_words(one)), set(_words(other))), key=len)
    return bool(few) and len(few & many) >= ALIKE * len(few)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _letters(text: str) -> str:
    """The letters and digits of a text alone: how it was spaced and quoted says nothing of what it is a copy of."""
    text = text.casefold()
    return text.translate(_NO_LETTER) if text.isascii() else "".join(re.findall(r"\w+", text))


def _mark(kind: str, value: str) -> str:
    return f"{kind}:{blake2b(value.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"


def _by_text(containment: float, *, is_speech: bool) -> tuple[Verdict, str]:
    if containment < ASK:
        return "not", "text"
    if is_speech:
        return "question", "only quoted speech to compare"
    return ("same copy" if containment >= SAME else "question"), "text"


def _by_headline_and_lead(one: Wording, other: Wording, there: float, here: float) -> tuple[Verdict, str]:
    """Short items say too little: their headline and lead have to be alike, and the agency the same."""
    if min(one.count, other.count) >= MIN_WORDS and min(there, here) >= WHOLE:
        return "same copy", "the same text"
    headlines = _likeness(grams.said(one.headline), grams.said(other.headline), at_least=HEADLINE)
    leads = _likeness(one.lead(LEAD), other.lead(LEAD), at_least=HEADLINE)
    given = [likeness for likeness in (headlines, leads) if likeness is not None]
    if not given:
        return "cannot tell", "too short"
    if min(given) < ALIKE:
        return "not", "headline or lead differ"
    return _by_agency(one.agency.casefold(), other.agency.casefold(), is_whole=len(given) > 1)


def _by_agency(one: str, other: str, *, is_whole: bool) -> tuple[Verdict, str]:
    if one and other and one != other:
        return "not", "short, and of two agencies"
    if not (one and other):
        return "question", "short, and its agency unknown"
    return ("same copy", "headline, lead and agency") if is_whole else ("question", "short, one of headline and lead")


def _likeness(one: list[str], other: list[str], *, at_least: int) -> float | None:
    """How much of the shorter stands in the longer, None where one is too short to say."""
    fewer, more = sorted((set(one), set(other)), key=len)
    return len(fewer & more) / len(fewer) if len(fewer) >= at_least else None
