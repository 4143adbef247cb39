"""Readable differences: CPU for pairs of long articles and their edits, by kind of edit, and words that were cut."""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from wiredesk.news.diff import differences
from wiredesk.news.significance import significance

CORPORA = Path(os.environ.get("WIREDESK_CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora")
SIZE = 9_000  # characters of an article
ARTICLES = 60
ROUNDS = 5
HUGE = 5 * 2**20
NUMBER = re.compile(r"\d+")
Edit = Callable[[str, random.Random], str]


def articles() -> list[str]:
    """Articles of about nine kilobytes, from real paragraphs where they are at hand, else from words of our own."""
    path = CORPORA / "stories" / "wire-real.json"
    pick = random.Random(4)
    if path.exists():
        texts = [doc["text"] for doc in json.loads(path.read_text(encoding="utf-8"))["docs"]]
        paragraphs = [line for text in texts for line in text.split("\n") if 40 < len(line) < 1_500]
    else:
        words = (
            "the bridge harbour board said on Monday that 21 boats of Harrow Bay had not sailed and would wait".split()
        )
        paragraphs = [" ".join(pick.choices(words, k=60)).capitalize() + f" {n}." for n in range(2_000)]
    made = []
    for _ in range(ARTICLES):
        rows: list[str] = []
        while sum(map(len, rows)) < SIZE:
            rows.append(pick.choice(paragraphs))
        made.append("\n\n".join(rows))
    return made


def one_number(text: str, pick: random.Random) -> str:
    """What a correction is: one figure."""
    found = list(NUMBER.finditer(text))
    one = pick.choice(found) if found else None
    return f"{text[: one.start()]}{int(one[0]) + 7}{text[one.end() :]}" if one else text + " 7"


def some_words(text: str, pick: random.Random, count: int = 12) -> str:
    """What an editor does: a dozen words here and there."""
    words = text.split(" ")
    for _ in range(count):
        words[pick.randrange(len(words))] = pick.choice(("harbour", "not", "Omar", "21", "late on Monday", ""))
    return " ".join(words)


def paragraphs_about(text: str, pick: random.Random) -> str:
    """What a later write-through does: paragraphs gone, new, in another place, and edited."""
    rows = text.split("\n\n")
    rows.pop(pick.randrange(len(rows)))
    rows.insert(pick.randrange(len(rows)), "The harbour board of Harrow Bay said that it would look into all of this.")
    rows.insert(0, rows.pop())
    return some_words("\n\n".join(rows), pick, 20)


def everywhere(text: str, pick: random.Random) -> str:
    """The most that is still the same article: every tenth word another."""
    return some_words(text, pick, len(text) // 60)


def unlike(text: str, pick: random.Random) -> str:
    """Another article: the same words in another order."""
    words = text.split()
    pick.shuffle(words)
    return "\n\n".join(" ".join(words[start : start + 60]) for start in range(0, len(words), 60))


EDITS: dict[str, Edit] = {
    "number": one_number,
    "words": some_words,
    "writethrough": paragraphs_about,
    "everywhere": everywhere,
}


def milliseconds(old: str, new: str) -> float:
    """CPU of one difference: the least of a few, since what else the machine does is not ours."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        differences(old, new)
        best = min(best, time.process_time() - begun)
    return best * 1000


def cuts(old: str, new: str) -> int:
    """How many strings of the changes are not made of whole words of the text they are from."""
    had, has = set(old.split()), set(new.split())
    changes = differences(old, new).changes
    return sum(not (set(one.before.split()) <= had and set(one.after.split()) <= has) for one in changes)


def huge() -> dict[str, float]:
    """Seconds for texts of five megabytes of the worst shapes, difference and judgement together."""
    pick = random.Random(5)
    words = [f"word{pick.randrange(50_000)}" for _ in range(700_000)]
    one_line = " ".join(words)[:HUGE]
    rows = "\n\n".join(" ".join(words[start : start + 60]) for start in range(0, len(words), 60))[:HUGE]
    shapes = {
        "one_line_one_word": (one_line, one_line.replace(words[350_000], "other", 1)),
        "one_line_shuffled": (one_line, " ".join(sorted(words))[:HUGE]),
        "paragraphs_all_edited": (rows, re.sub(r"word(\d)\d*\n", r"other\1\n", rows)),
        "paragraphs_reversed": (rows, "\n\n".join(rows.split("\n\n")[::-1])),
        "letters": ("a\n" * (HUGE // 2), "a\nb\n" * (HUGE // 4)),
        "no_spaces": ("".join(chr(0x4E00 + pick.randrange(3_000)) for _ in range(HUGE // 3)), "港" * (HUGE // 3)),
    }
    found = {}
    for name, (old, new) in shapes.items():
        begun = time.process_time()
        differences(old, new)
        between = time.process_time()
        significance(old, new)
        found[name] = round(between - begun, 2)
        found[f"{name}_judged"] = round(time.process_time() - between, 2)
    return found


def main() -> None:
    """Measure, print a table, and last one JSON object."""
    texts = articles()
    figures: dict[str, dict[str, float]] = {}
    every: list[float] = []
    cut = 0
    for name, edit in EDITS.items():
        pick = random.Random(6)
        pairs = [(text, edit(text, pick)) for text in texts]
        taken = sorted(milliseconds(*pair) for pair in pairs)
        cut += sum(cuts(*pair) for pair in pairs)
        every += taken
        figures[name] = {"median": round(statistics.median(taken), 3), "p95": round(taken[len(taken) * 95 // 100], 3)}
        print(f"{name:14} median {figures[name]['median']:7.3f} ms   p95 {figures[name]['p95']:7.3f} ms")
    every.sort()
    whole = {"median": round(statistics.median(every), 3), "p95": round(every[len(every) * 95 // 100], 3)}
    pick = random.Random(7)
    other = sorted(milliseconds(text, unlike(text, pick)) for text in texts)
    print(f"{'all of them':14} median {whole['median']:7.3f} ms   p95 {whole['p95']:7.3f} ms   words cut {cut}")
    result = {
        "bench": "diff",
        "article_bytes": SIZE,
        "milliseconds": {**figures, "all": whole, "unlike": {"p95": round(other[len(other) * 95 // 100], 3)}},
        "words_cut": cut,
        "seconds_5mb": huge() if "--quick" not in sys.argv else {},
        "ratios": {"median_of_limit": round(whole["median"] / 0.5, 2), "p95_of_limit": round(whole["p95"] / 2, 2)},
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
