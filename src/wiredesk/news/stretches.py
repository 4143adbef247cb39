"""Two states of one paragraph as stretches of whole words: what stayed, what changed, and why that matters."""

from __future__ import annotations

from typing import NamedTuple

from wiredesk.news import boring
from wiredesk.news.align import Op, common, opcodes
from wiredesk.news.facts import Names, Passage, denying_parts, facts, reasons
from wiredesk.news.words import Words, encoded, folded, words_of

LONG = 20_000  # letters of a paragraph of which only what stands between the first and last change is cut into words
_SLIDE = 12  # words by which an insertion may be shown earlier, so that it begins with a sentence
_AROUND = 3  # words around a change in which parts of words may deny it
_SENTENCE_ENDS = (".", "!", "?", '."', '!"', '?"', "。")


class Stretch(NamedTuple):
    """Words at one place of both states, as written; white space after them included.

    A stretch that stayed may still be written otherwise. `note` says why a change is boring, "" if it is not.
    """

    is_equal: bool
    before: str
    after: str
    matters: tuple[str, ...] = ()
    note: str = ""


def stretches(old: str, new: str, names: Names, *, most: int, is_near_top: bool = False) -> list[Stretch] | None:
    """The stretches of two states of a paragraph; None where more than `most` letters would have to be compared by word."""
    found: list[Stretch] = []
    if is_near_top and (lines := (boring.dateline(old), boring.dateline(new))) != ("", ""):
        found.append(_dateline(*lines))
        old, new = old[len(lines[0]) :], new[len(lines[1]) :]
    head = tail = ""
    if max(len(old), len(new)) > LONG:
        head, old, new, tail = _without_ends(old, new)
    rest = _compared(old, new, names) if len(old) + len(new) <= most else None
    if rest is None:
        return None
    ends = [[Stretch(True, end, end)] if end else [] for end in (head, tail)]
    return found + ends[0] + rest + ends[1]


def _dateline(old: str, new: str) -> Stretch:
    is_equal = folded(old).split() == folded(new).split()
    return Stretch(is_equal, old, new, (), "" if old == new else "typography" if is_equal else "dateline")


def _without_ends(old: str, new: str) -> tuple[str, str, str, str]:
    """What two long texts begin with alike, what is between, and what they end with alike; cut at white space only."""
    head, tail = common(old, new)
    cut = old.rfind(" ", 0, head) + 1
    begin, old, new = old[:cut], old[cut:], new[cut:]
    place = old.find(" ", len(old) - tail) if tail else -1
    if place < 0:
        return begin, old, new, ""
    tail = len(old) - place
    return begin, old[:-tail], new[:-tail], old[-tail:]


def _compared(old: str, new: str, names: Names) -> list[Stretch] | None:
    before, after = words_of(old), words_of(new)
    ops = opcodes(*encoded(before.keys, after.keys))
    if ops is None:
        return None
    passages = Passage(before), Passage(after)
    found: list[Stretch] = []
    for op in _slid(_tidy(ops), after):
        _, i1, i2, j1, j2 = op
        texts = _written(before, i1, i2), _written(after, j1, j2)
        if op[0] == "equal":
            found += _stayed(before, after, op) if texts[0] != texts[1] else [Stretch(True, *texts)]
        else:
            found.append(Stretch(False, *texts, _why(*passages, op, names)))
    return found


def _tidy(ops: list[Op]) -> list[Op]:
    """Without islands: words that stayed between two larger changes are read with them."""
    tidy: list[Op] = []
    for place, op in enumerate(ops):
        is_island = op[0] == "equal" and tidy and place + 1 < len(ops)
        if is_island and _size(op) < min(_size(tidy[-1]), _size(ops[place + 1])):
            op = ("replace", *op[1:])
        if tidy and op[0] != "equal" and tidy[-1][0] != "equal":
            _, i1, _, j1, _ = tidy.pop()
            op = ("replace", i1, op[2], j1, op[4])
        tidy.append(op)
    return tidy


def _size(op: Op) -> int:
    return max(op[2] - op[1], op[4] - op[3])


def _slid(ops: list[Op], new: Words) -> list[Op]:
    """Insertions shown from where a sentence begins, if the same words can be read so."""
    keys = new.keys
    out = list(ops)
    for place in range(1, len(out) - 1):
        (tag, i1, i2, j1, j2), before, after = out[place], out[place - 1], out[place + 1]
        if tag != "insert":
            continue
        most = min(_SLIDE, before[2] - before[1])
        step = 0
        while step <= most and not keys[j1 - step - 1].endswith(_SENTENCE_ENDS):
            if step == most or keys[j1 - step - 1] != keys[j2 - step - 1]:
                step = 0
                break
            step += 1
        if 0 < step < before[2] - before[1]:
            out[place - 1] = ("equal", before[1], i1 - step, before[3], j1 - step)
            out[place] = ("insert", i1 - step, i2 - step, j1 - step, j2 - step)
            out[place + 1] = ("equal", after[1] - step, after[2], after[3] - step, after[4])
    return out


def _written(words: Words, first: int, last: int) -> str:
    return "".join([word + gap for word, gap in zip(words.raw[first:last], words.gaps[first:last], strict=True)])


def _stayed(old: Words, new: Words, op: Op) -> list[Stretch]:
    """Words that stayed but are written otherwise somewhere: what is before that, the place itself, what is after."""
    _, i1, i2, j1, _ = op
    count = i2 - i1
    apart = [step for step in range(count) if old.raw[i1 + step] != new.raw[j1 + step]]
    spaces = [step for step in range(count - 1) if old.gaps[i1 + step] != new.gaps[j1 + step]]
    if not apart and not spaces:  # only the white space before the next change
        return [Stretch(True, _written(old, i1, i2), _written(new, j1, op[4]))]
    first = min(apart[:1] + spaces[:1])
    last = max([step + 1 for step in apart[-1:]] + [step + 2 for step in spaces[-1:]])
    note = "typography" if apart else "white space"
    cuts = [(0, first, ""), (first, last, note), (last, count, "")]
    return [
        Stretch(True, _written(old, i1 + a, i1 + b), _written(new, j1 + a, j1 + b), (), said)
        for a, b, said in cuts
        if a < b
    ]


def _why(old: Passage, new: Passage, op: Op, names: Names) -> tuple[str, ...]:
    """Why a change matters."""
    _, i1, i2, j1, j2 = op
    found = reasons(facts(old, range(i1, i2), names), facts(new, range(j1, j2), names))
    if "negation" not in found:
        around = (
            "".join(old.words.raw[max(0, i1 - _AROUND) : i2 + _AROUND]),
            "".join(new.words.raw[max(0, j1 - _AROUND) : j2 + _AROUND]),
        )
        if denying_parts(around[0]) != denying_parts(around[1]):
            found += ("negation",)
    return found
