"""Reading feeds: our parser against feedparser as it is and against a bare walk over the tree."""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import feedparser
from lxml import etree

from bench.origin import document
from wiredesk.news import formats
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading.repair import parser

ROUNDS = 7
CORPORA = Path(os.environ.get("WIREDESK_CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora")


def walk(body: bytes) -> None:
    """The least that can be done: a tree, and every element touched."""
    try:
        root = etree.fromstring(body, parser())
    except etree.XMLSyntaxError:
        root = etree.fromstring(body, parser(recover=True))
    for element in () if root is None else root.iter():
        _ = element.tag, element.text, element.attrib.items()


def read(body: bytes) -> None:
    """Our parser, all fields."""
    try:
        formats.parse(body)
    except NewsError:
        return


def peer(body: bytes) -> None:
    """feedparser as shipped; handed a file, since bytes might be taken for a name."""
    feedparser.parse(BytesIO(body))


def inputs() -> dict[str, list[bytes]]:
    """Real feeds where they are at hand, else feeds of our own making; and one of a hundred items."""
    folder = CORPORA / "formats"
    real = [path.read_bytes() for path in sorted((folder / "real-feeds-kagi").glob("*")) if ".expect" not in path.name]
    full = folder / "own-perf" / "full100.xml"
    return {
        "real": real or [document(feed, 20, shift=0) for feed in range(60)],
        "full100": [full.read_bytes() if full.exists() else document(1, 100, shift=0)],
    }


def seconds(work: Callable[[bytes], None], bodies: list[bytes]) -> float:
    """One pass over all bodies."""
    begun = time.perf_counter()
    for body in bodies:
        work(body)
    return time.perf_counter() - begun


def medians(bodies: list[bytes]) -> dict[str, float]:
    """All three, turn by turn, so that a busy moment hits each of them alike."""
    works = {"wiredesk": read, "walk": walk, "feedparser": peer}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            gc.collect()
            times[name].append(seconds(work, bodies))
    return {name: statistics.median(some) for name, some in times.items()}


def main() -> None:
    """Measure, print a table, and last one JSON object."""
    figures: dict[str, dict[str, float]] = {}
    ratios: dict[str, float] = {}
    for title, bodies in inputs().items():
        found = medians(bodies)
        figures[title] = {name: round(value * 1000, 2) for name, value in found.items()}
        prefix = "" if title == "real" else f"{title}_"
        ratios[f"{prefix}feedparser"] = round(found["feedparser"] / found["wiredesk"], 1)
        ratios[f"{prefix}walk"] = round(found["wiredesk"] / found["walk"], 2)
        print(
            f"{title:8} {len(bodies):3} documents  "
            + "  ".join(f"{name} {ms} ms" for name, ms in figures[title].items())
        )
    print(json.dumps({"bench": "parse", "milliseconds": figures, "ratios": ratios}))


if __name__ == "__main__":
    main()
