"""Same copy: quality on labelled articles, CPU a text, and the look-up in an index of a million stories."""

from __future__ import annotations

import argparse
import gc
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.news.copytexts import OTHER, STORY
from tests.news.gates import labelled
from tests.news.gates.test_related import pairs as related_pairs
from tests.news.gates.test_same_copy import real, synthetic

from wiredesk.news import marks, match, wording

LIMIT_TEXT_MS, LIMIT_LOOK_UP_MS = 1.2, 5.0
WORDS = range(1_400, 1_601)  # of the texts that are timed
ROUNDS = 7
SLICES = 512  # the index is written in the order of its keys, so that it is made in minutes
KNOWN = 2_000  # stories whose marks are remembered, to be found again
ASKED = 2_000
MARKS = (
    8,
    25,
    45,
    62,
    80,
    101,
    126,
    155,
    190,
    240,
    311,
    375,
)  # an item's, as wire articles have them; last: 1,500 words
STOCK, STOCK_SHARE = 20_000, 0.15  # phrases that fill their place in the index, and how much of an item is made of them
QUERY = "SELECT mark, story FROM mark WHERE mark IN (SELECT value FROM json_each(?))"


def main() -> None:
    """Measure all three, print each, and last one JSON object."""
    parser = argparse.ArgumentParser(prog="script/bench match", description=__doc__)
    parser.add_argument("--stories", type=int, default=1_000_000, metavar="N", help="in the index (default: a million)")
    parser.add_argument("--keep", metavar="FILE", help="where the index stays, to be used again (some 3 GB)")
    asked = parser.parse_args()
    figures: dict[str, object] = {}
    if labelled.REAL.is_file():
        figures["quality"] = quality()
    else:
        print("quality: the corpora are not here", file=sys.stderr)
    figures["text_ms"], figures["text_first_ms"], figures["compare_ms"] = cpu()
    with tempfile.TemporaryDirectory() as folder:
        figures |= look_up(Path(asked.keep or Path(folder) / "marks.db"), asked.stories)
    figures["ratios"] = {
        "limit.text": round(float(str(figures["text_ms"])) / LIMIT_TEXT_MS, 2),
        "limit.look_up": round(float(str(figures["look_up_p95_ms"])) / LIMIT_LOOK_UP_MS, 2),
    }
    print(json.dumps(figures))


def quality() -> dict[str, dict[str, float]]:
    """What the gates measure, for the whole and both halves."""
    said: dict[str, dict[str, float]] = {}
    for name, half in (("whole", None), ("half 1", 0), ("half 2", 1)):
        wire, variants = real(half), synthetic(half)
        precision, recall = related_pairs(half)
        said[name] = {
            "real_copies": len(wire.copies),
            "real_f1": wire.f1,
            "real_recall_at_99": wire.recall_at(0.99),
            "real_merged_precision": wire.precision(wire.merged),
            "real_merged_recall": wire.recall(wire.merged),
            "synthetic_f1": variants.f1,
            "related_precision": precision,
            "related_recall": recall,
        }
        said[name] = {key: round(value, 4) for key, value in said[name].items()}
        print(f"{name:7}", "  ".join(f"{key} {value:g}" for key, value in said[name].items()))
    return said


def cpu() -> tuple[float, float, float]:
    """CPU in ms: reading a text of 1,500 words, its words known or never seen before; comparing two."""
    texts = long_texts()
    gc.collect()
    gc.freeze()  # what the quality's measuring left behind is not this measuring's to collect
    rounds: list[float] = []
    for _ in range(ROUNDS + 1):
        begun = time.process_time()
        for text in texts:
            wording.of(text)
        rounds.append((time.process_time() - begun) / len(texts) * 1e3)
    read = [wording.of(text) for text in texts]
    begun = time.process_time()
    for one, other in zip(read, read[1:], strict=False):
        match.compare(one, other)
    compared = (time.process_time() - begun) / (len(read) - 1) * 1e3
    first, again = rounds[0], median(rounds[1:])
    print(f"a text of 1,500 words: {again:.2f} ms ({first:.2f} with words never seen); two compared: {compared:.2f} ms")
    return round(again, 3), round(first, 3), round(compared, 3)


def long_texts() -> list[str]:
    """Articles of about 1,500 words; where the corpora are not here, some of our own words in other orders."""
    if labelled.SYNTHETIC.is_file():
        docs = labelled.synthetic()[0]
        return [doc["text"] for doc in docs if len(doc["text"].split()) in WORDS]
    chance, words = random.Random(1), f"{STORY} {OTHER}".split()
    return [" ".join(chance.choices(words, k=1_500)) for _ in range(100)]


def look_up(path: Path, stories: int) -> dict[str, object]:
    """Time what intake asks of the index for an item: fetch, rank, and what to keep; and whether the story is found."""
    known, asked = plan(stories)
    seconds = 0.0 if path.exists() else build(path, stories, known)
    file = sqlite3.connect(path)
    file.executescript("PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;")  # as Wiredesk opens its database
    (rows,) = file.execute("SELECT count(*) FROM mark").fetchone()
    times, cpu_times, long_times, found = [], [], [], 0
    for story, mine in asked:
        begun, used = time.perf_counter(), time.process_time()
        led = file.execute(QUERY, (json.dumps(mine),)).fetchall()
        ranked = marks.rank(led)
        marks.to_keep(mine, led)
        cpu_times.append(time.process_time() - used)
        times.append(time.perf_counter() - begun)
        if len(mine) == MARKS[-1]:
            long_times.append(times[-1])
        found += ranked[:1] == [story] if story is not None else not ranked
    file.close()
    figures: dict[str, object] = {
        "stories": stories,
        "rows": rows,
        "index_mb": round(path.stat().st_size / 2**20),
        "look_up_median_ms": _ms(times, 0.5),
        "look_up_p95_ms": _ms(times, 0.95),
        "look_up_p95_cpu_ms": _ms(cpu_times, 0.95),
        "look_up_1500_words_p95_ms": _ms(long_times, 0.95),
        "look_up_right": round(found / len(asked), 4),
    }
    print(f"index of {stories:,} stories, {rows:,} rows, {figures['index_mb']} MB, made in {seconds:.0f} s")
    print("  ".join(f"{key} {value}" for key, value in figures.items() if key.startswith("look_up")))
    return figures


def _ms(times: list[float], share: float) -> float:
    return round(sorted(times)[int(share * (len(times) - 1))] * 1e3, 2)


def plan(stories: int) -> tuple[dict[int, list[int]], list[tuple[int | None, list[int]]]]:
    """Some stories with their marks, and what is asked: every other time a copy, cut or edited, of one of them."""
    chance = random.Random(2)
    stock = stock_marks()
    known = {chance.randrange(stories): _marks(chance, chance.choice(MARKS)) for _ in range(KNOWN)}
    asked: list[tuple[int | None, list[int]]] = []
    for number in range(ASKED):
        size = chance.choice(MARKS)
        own = _marks(chance, size)
        mine = own[int(size * STOCK_SHARE) :] + chance.sample(stock, int(size * STOCK_SHARE))
        story = None
        if number % 2:
            story, theirs = chance.choice(list(known.items()))
            kept = chance.sample(theirs, max(marks.ENOUGH, int(len(theirs) * chance.uniform(0.4, 1))))
            mine = (kept + mine)[: max(size, len(kept))]
        asked.append((story, mine))
    return known, asked


def stock_marks() -> list[int]:
    return _marks(random.Random(3), STOCK)


def _marks(chance: random.Random, number: int) -> list[int]:
    return [chance.getrandbits(61) << 2 for _ in range(number)]


def build(path: Path, stories: int, known: dict[int, list[int]]) -> float:
    """Write the index: each story has the marks of a wire article, each stock phrase as many stories as are let in."""
    begun, chance = time.perf_counter(), random.Random(4)
    per_slice = stories * sum(MARKS[:-1]) // len(MARKS[:-1]) // SLICES
    fixed = [(mark, story) for story, theirs in known.items() for mark in theirs]
    fixed += [(mark, chance.randrange(stories)) for mark in stock_marks() for _ in range(marks.COMMON)]
    fixed.sort()
    file = sqlite3.connect(path)
    file.executescript("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    file.execute("CREATE TABLE mark (mark INTEGER, story INTEGER, PRIMARY KEY (mark, story)) WITHOUT ROWID")
    for rows in _slices(chance, fixed, per_slice, stories):
        file.executemany("INSERT OR IGNORE INTO mark VALUES (?, ?)", rows)
    file.commit()
    file.close()
    return time.perf_counter() - begun


def _slices(
    chance: random.Random, fixed: list[tuple[int, int]], per_slice: int, stories: int
) -> Iterator[list[tuple[int, int]]]:
    width, place = 2**63 // SLICES, 0
    for number in range(SLICES):
        low = number * width
        rows = [(low + (chance.getrandbits(52) << 2), int(chance.random() * stories)) for _ in range(per_slice)]
        end = place
        while end < len(fixed) and fixed[end][0] < low + width:
            end += 1
        rows += fixed[place:end]
        rows.sort()
        place = end
        yield rows


if __name__ == "__main__":
    main()
