"""lemon24/reader asks every feed once: `python -m bench.peers.reader_round BASE FEEDS DATABASE`."""

from __future__ import annotations

import sys

from reader import make_reader


def main(base: str, feeds: int, path: str) -> None:
    """One round; the first one adds the feeds."""
    with make_reader(path) as reader:
        for feed in range(feeds):
            reader.add_feed(f"{base}/feed/{feed}.xml", exist_ok=True)
        for _ in reader.update_feeds_iter(workers=10, scheduled=False):
            pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
