"""Copy laid bare: where in a text the words stand that were written for this story.

Left out: dateline, credits, captions, boilerplate that is listed (houselines.py) or was learned, quoted speech: two
reporters at one press conference quote the same sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from hashlib import blake2b

from wiredesk.news import houselines

Span = tuple[int, int]  # begin and end in a text, in characters
LEARNED_AT = 5  # a paragraph seen in so many stories of one source is that source's boilerplate
LONG_LINE = 1_500  # characters; a longer one may be a whole text whose breaks were lost
TAIL = 1_200  # characters at the end of a text in which its closing lines are looked for
CAPTION = 700  # characters; a longer paragraph is no caption
SPEECH = 5  # words; fewer between quotation marks are a term or a title, and stay
LONGEST_WORD = 12  # letters, on an average of a few words

_PLACE = r"[^\W\d_a-z][\w.'’ -]{1,40}(?:, ?[^\W\d_][\w.'’ -]{1,30}){0,2}"
_DAY = r"(?:[^\W\d_]{3,12}\.? \d{1,2}|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?)"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/|\[[^\[\]\n]{2,40}\])"
_CAPITALS = r"[A-ZÀ-ÖØ-ÞА-Я][A-ZÀ-ÖØ-ÞА-Я.'’ -]{2,40}(?:, ?[^\W\d_][\w.'’ -]{1,30}){0,2}"
_DATELINE = re.compile(
    rf"\s{{0,4}}(?:(?:{_PLACE},? ?(?:{_DAY},? ?)?(?:\d{{4}},? ?)?)?{_AGENCY}\s?(?:\.?[—–―-]{{1,2}}|:)?\s"
    rf"|{_CAPITALS}\s?(?:[—–―-]{{1,2}}|:)\s"
    r"|[【［][^】］\n]{2,30}[】］]"
    r"|[\u4e00-\u9fff]{2,16}\d{1,2}月\d{1,2}日电(?:[（(][^（）()\n]{1,40}[）)])?)"
)
_CLOSING = re.compile(houselines.CLOSING, re.IGNORECASE)
_IN_BRACKETS = re.compile(houselines.PICTURE_CREDIT)
_NAMED_LAST = re.compile(houselines.PICTURE_LINE)
_FIRST_WORD = re.compile(r"[\s(*•|–—-]{0,6}([^\W_]{1,20}|©|_{2})")
_SPEECH = {
    '"': re.compile('"(?=\\S)[^"\n]{12,1500}"(?!\\w)'),
    "“": re.compile("“[^“”\n]{12,1500}(?:”|(?=\n)|\\Z)"),  # left open at a paragraph's end where it goes on in the next
    "„": re.compile("„[^„“”\n]{12,1500}[“”]"),
    "”": re.compile("”[^”\n]{12,1500}”"),
    "«": re.compile("«[^«»\n]{12,1500}»"),
    "»": re.compile("»[^«»\n]{12,1500}[«»]"),
    "「": re.compile("「[^「」\n]{8,1500}」"),
    "『": re.compile("『[^『』\n]{8,1500}』"),
    "‘": re.compile("‘[^‘\n]{12,1500}?’(?!\\w)"),
    " '": re.compile(" '(?=\\w)[^'\n]{12,1500}'(?!\\w)"),
    "\n'": re.compile("\n'(?=\\w)[^'\n]{12,1500}'(?!\\w)"),
}


def paragraph_key(paragraph: str) -> int:
    """By what a paragraph is remembered as boilerplate: 63 bits, however it is spaced, cased, numbered."""
    said = " ".join(re.sub(r"\d{1,9}", "0", paragraph.casefold()).split())
    return int.from_bytes(blake2b(said.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def paragraph_keys(text: str) -> set[int]:
    """The keys of a text's paragraphs, to be counted source by source."""
    return {paragraph_key(text[begin:end]) for begin, end in paragraphs(text)}


def repeated(texts: Iterable[str]) -> frozenset[int]:
    """The keys of the paragraphs that stand in LEARNED_AT stories of one source or more: its boilerplate."""
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update(paragraph_keys(text))
    return frozenset(key for key, times in seen.items() if times >= LEARNED_AT)


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a plain text that are not empty."""
    begin = 0
    for line in text.split("\n"):
        if line:
            yield begin, begin + len(line)
        begin += len(line) + 1


def copy_spans(text: str, *, learned: Set[int] = frozenset()) -> list[Span]:
    """Where the copy stands, quoted speech included, in order. `learned`: keys of its source's boilerplate."""
    spans = [span for span in paragraphs(text) if not _is_boilerplate(text, span, learned)]
    if spans:
        begin, end = spans[0]
        dateline = _DATELINE.match(text, begin, min(end, begin + 160))
        spans[0] = (dateline.end() if dateline else begin, end)
        begin, end = spans[-1]
        spans[-1] = (begin, _closing(text, max(begin, end - TAIL), end))
    return spans


def speech_spans(text: str) -> list[Span]:
    """Where somebody is quoted, in order, marks included."""
    found = [
        (speech.start() + len(mark) - 1, speech.end())
        for mark in _marks_used(text)
        for speech in _SPEECH[mark].finditer(text)
    ]
    return sorted(span for span in found if _is_speech(text.count(" ", *span), span[1] - span[0]))


def _is_speech(spaces: int, length: int) -> bool:
    """Long enough for what somebody said. Words longer than any are stand in a script that puts no spaces."""
    return spaces >= SPEECH - 1 or length > LONGEST_WORD * (spaces + 1)


def outside(spans: Iterable[Span], holes: list[Span]) -> Iterator[Span]:
    """What is left of spans where holes are cut into them. Both are in order."""
    first = 0
    for begin, end in spans:
        while first < len(holes) and holes[first][1] <= begin:
            first += 1
        for hole_begin, hole_end in holes[first:]:
            if hole_begin >= end:
                break
            if hole_begin > begin:
                yield begin, hole_begin
            begin = max(begin, hole_end)
        if begin < end:
            yield begin, end


def _closing(text: str, begin: int, end: int) -> int:
    """Where the house begins to speak in the last line of a text, else its end."""
    tail = text[begin:end].lower()
    if not any(sign in tail for sign in houselines.CLOSING_SIGNS):
        return end  # most texts, and ten times as fast as the search
    closing = _CLOSING.search(text, begin, end)
    return closing.start() if closing else end


def _marks_used(text: str) -> list[str]:
    """Which quotation marks open a quotation here: German “ and French » close what English “ and Danish » open."""
    used = [mark for mark in ('"', "「", "『", "‘", " '", "\n'") if mark in text]
    used += ["„"] if "„" in text else ["“"] if "“" in text else ["”"] if "”" in text else []
    first = {mark: text.find(mark) for mark in "«»" if mark in text}
    return used + sorted(first, key=first.__getitem__)[:1]


def _is_boilerplate(text: str, span: Span, learned: Set[int]) -> bool:
    begin, end = span
    if end - begin > LONG_LINE:
        return False
    if first := _FIRST_WORD.match(text, begin, end):
        listed = houselines.LINES.get(first[1].casefold())
        if listed and listed.match(text, first.start(1), end):
            return True
    if end - begin <= CAPTION and _is_caption(text, begin, end):
        return True
    return bool(learned) and paragraph_key(text[begin:end]) in learned


def _is_caption(text: str, begin: int, end: int) -> bool:
    """A picture's caption or credit: it ends with who took it. It belongs to the picture, not to the copy."""
    last = text[end - 1]
    if last in ".!?”\"'’…":
        return False
    if last == ")":
        opening = text.rfind("(", max(begin, end - 120), end)
        return opening >= 0 and _IN_BRACKETS.fullmatch(text, opening, end) is not None
    ending = text[max(begin, end - 120) : end]
    return ("/" in ending or ":" in ending or "hoto" in ending) and _NAMED_LAST.search(ending) is not None
