"""Reads every file of a folder as a feed, in a process of its own: `python -m tests.trust.read_hostile FOLDER`.

Prints one JSON line a file: its name, seconds, megabytes that the process grew to so far, and all that was read of it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from wiredesk.news import formats, opml
from wiredesk.news.errors import NewsError
from wiredesk.news.face import face


def main(folder: Path) -> None:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sorted(folder.iterdir()):
        body, begun = path.read_bytes(), time.perf_counter()
        said = ""
        try:
            if path.suffix == ".opml":
                said = repr(opml.read(body))
            else:
                delivery = formats.parse(body, url="https://feed.example/")
                said = json.dumps(formats.as_json(delivery))[:100_000]
                said += repr([face(item, base="https://feed.example/") for item in delivery.items[:20]])[:100_000]
        except NewsError as error:
            said = f"refused: {error}"
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024
        print(json.dumps({"name": path.name, "seconds": time.perf_counter() - begun, "mb": grown, "said": said}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
