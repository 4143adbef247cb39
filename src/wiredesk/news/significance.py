"""Whether a new text corrects the old one, refiles it or brings news. The agency's own label wins over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from itertools import chain, product
from typing import Literal, NamedTuple, TypeVar

from rapidfuzz.distance import Indel

from wiredesk.news import boring
from wiredesk.news.align import Op, common, opcodes
from wiredesk.news.facts import RESPELLED, Names, Passage, denying_parts, differ, facts
from wiredesk.news.tokens import core, key_of, paragraphs

KEPT = 0.6  # so much of a sentence's words must stand again for it to count as kept
MAX_REFILED = 2  # words that are spelled otherwise
MAX_SENTENCES = 60  # that went or came; with more, the text was written anew
MAX_LETTERS = 200_000  # of what lies between the first and the last change
MAX_WORDS = 20_000  # of them; in scripts without spaces each letter is one

_NUMBER, _NAME, _QUOTE = "#", "@", '"'
T = TypeVar("T")
Verdict = Literal["refile", "correction", "update"]


class _Span(NamedTuple):
    passage: Passage  # the paragraph that a sentence stands in
    first: int
    last: int  # the word behind its last one

    def written(self) -> tuple[str, ...]:
        return tuple(self.passage.keys[self.first : self.last])


class _Sentence(NamedTuple):
    """`keys` are its words without punctuation, the first one in lower case, with a sign where speech begins; `shape`
    has one sign for all numbers and one for all names, and `facts` is what these signs stand for.
    """

    span: _Span
    keys: tuple[str, ...]
    shape: tuple[str, ...]
    facts: tuple[str, ...]


def significance(old: str, new: str) -> Verdict:
    """Judge two plain texts by their sentences.

    In kept sentences a changed number, name, place, day, quotation or negation makes a correction, whatever else is
    new. Otherwise new, lost, rewritten or moved sentences make an update, and up to two words spelled otherwise a
    refile.
    """
    old, new = _middles(old, new)
    if len(old) + len(new) > MAX_LETTERS:
        return "update"
    (before, after), _ = paragraphs(old, new)
    head, tail = common(before, after)
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    keys = [key_of(text) for text in before], [key_of(text) for text in after]
    if keys[0] != keys[1] and sorted(keys[0]) == sorted(keys[1]):
        return "update"
    before, after = _without_common(before, after, key_of), _without_common(after, before, key_of)
    names = Names(old, new)
    passages = [[*_passages(texts)] for texts in (before, after)]
    if sum(len(one.raw) for one in chain(*passages)) > MAX_WORDS:
        return "update"
    spans = [[*_spans(some)] for some in passages]
    apart = _without_common(spans[0], spans[1], _Span.written), _without_common(spans[1], spans[0], _Span.written)
    if max(map(len, apart)) > MAX_SENTENCES:
        return "update"
    was, now = (_sentences(some if any(apart) else every, names) for some, every in zip(apart, spans, strict=True))
    lost, came = _without_common(was, now, _keys), _without_common(now, was, _keys)
    pairs = _pairs(lost, came)
    respelled = [_respelled(*pair, names) for pair in pairs]
    if None in respelled:
        return "correction"
    if len(pairs) != max(len(lost), len(came)) or sum(count or 0 for count in respelled) > MAX_REFILED:
        return "update"
    return "refile" if lost or [one.keys for one in was] == [one.keys for one in now] else "update"


def _middles(old: str, new: str) -> tuple[str, str]:
    """Large texts without the lines that they begin and end with alike."""
    if len(old) + len(new) <= MAX_LETTERS:
        return old, new
    head, tail = common(old, new)
    head = old.rfind("\n", 0, head) + 1
    line = old.find("\n", len(old) - tail) if tail else -1
    tail = len(old) - line if line >= 0 else 0
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _without_common(some: list[T], others: list[T], key: Callable[[T], Hashable]) -> list[T]:
    """Those of a list that the other one has not, or not as often."""
    left = Counter(map(key, others))
    out = []
    for one in some:
        left[key(one)] -= 1
        if left[key(one)] < 0:
            out.append(one)
    return out


def _keys(sentence: _Sentence) -> tuple[str, ...]:
    return sentence.keys


def _passages(texts: list[str]) -> Iterator[Passage]:
    """Paragraphs without datelines and boilerplate."""
    for text in texts:
        if not boring.is_boilerplate(text):
            yield Passage(text[len(boring.dateline(text)) :])


def _spans(passages: list[Passage]) -> Iterator[_Span]:
    """The sentences of paragraphs."""
    for passage in passages:
        first = 0
        for place in range(len(passage.keys)):
            if passage.ends(place) or place + 1 == len(passage.keys):
                yield _Span(passage, first, place + 1)
                first = place + 1


def _sentences(spans: list[_Span], names: Names) -> list[_Sentence]:
    return [sentence for span in spans if (sentence := _sentence(span, names)).keys]


def _sentence(span: _Span, names: Names) -> _Sentence:
    passage, first, last = span
    keys, shape, known = [], [], []
    opened = {quote.start for quote in passage.quotes}
    for place in range(first, last):
        if place in opened:
            keys.append(_QUOTE)
        if word := core(passage.keys[place]):
            said = facts(passage, (place,), names)
            named = said.names + said.places + said.perhaps
            keys.append(word if place > first else word.lower())
            shape.append(_NUMBER if said.numbers else _NAME if named else word.lower())
            known += said.numbers or named
    return _Sentence(span, tuple(keys), tuple(shape), tuple(known))


def _pairs(lost: list[_Sentence], came: list[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    """Which of the lost sentences were kept, as which of those that came: the most alike first."""
    ranked = sorted(
        (-_share(before, after), abs(i - j), i, j)
        for (i, before), (j, after) in product(enumerate(lost), enumerate(came))
    )
    pairs: dict[int, int] = {}
    for share, _, i, j in ranked:
        if -share >= KEPT and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(lost[i], came[j]) for i, j in sorted(pairs.items())]


def _share(one: _Sentence, other: _Sentence) -> float:
    """How much of two sentences is the same, facts standing for each other if at least one other word does not."""
    most = max(len(one.keys), len(other.keys))
    same = sum((Counter(one.keys) & Counter(other.keys)).values())
    alike = Counter(one.shape) & Counter(other.shape)
    has_words = any(sign not in (_NUMBER, _NAME) for sign in alike)
    return max(same, sum(alike.values()) if has_words else 0) / most


def _respelled(old: _Sentence, new: _Sentence, names: Names) -> int | None:
    """How many words of a kept sentence are spelled otherwise; None where a fact has changed."""
    ops = opcodes(old.span.written(), new.span.written())
    if ops is None:
        return MAX_REFILED + 1
    changed = [op for op in ops if op[0] != "equal"]
    before = facts(old.span.passage, [old.span.first + place for op in changed for place in range(op[1], op[2])], names)
    after = facts(new.span.passage, [new.span.first + place for op in changed for place in range(op[3], op[4])], names)
    if differ(before, after) or _is_swapped(old, new) or _denies_otherwise(old, new):
        return None
    return sum(_words_changed(old, new, op) for op in changed)


def _is_swapped(old: _Sentence, new: _Sentence) -> bool:
    """Whether facts have changed places and nothing else has: "Ines told Omar", "Omar told Ines"."""
    return old.shape == new.shape and old.facts != new.facts and sorted(old.facts) == sorted(new.facts)


def _denies_otherwise(old: _Sentence, new: _Sentence) -> bool:
    return denying_parts("".join(old.span.written())) != denying_parts("".join(new.span.written()))


def _words_changed(old: _Sentence, new: _Sentence, op: Op) -> int:
    """How many words one change touches. A word without capitals in its script may be a name: if it became another
    one altogether, nobody can say that only its spelling has changed.
    """
    before = [word for key in old.span.written()[op[1] : op[2]] if (word := core(key))]
    after = [word for key in new.span.written()[op[3] : op[4]] if (word := core(key))]
    is_unknown = any(word.lower() == word.upper() and word.isalpha() for word in before + after)
    if is_unknown and Indel.normalized_similarity("".join(before), "".join(after)) < RESPELLED:
        return MAX_REFILED + 1
    return max(len(before), len(after))
