"""Copy pushed to the running program: how long until the answer, and until readers have it on the front page."""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

GOAL = 1.0  # seconds from the first byte sent to the story on the page, p95
WIREDESK = str(Path(sys.executable).with_name("wiredesk"))
WORDS = "harbour lantern ferry keeper mill choir bridge council quay winter night boats river island market".split()


def document(number: int, words: int) -> bytes:
    """A ninjs item with a text of its own."""
    text = " ".join(f"{WORDS[(number * 31 + n * n) % len(WORDS)]}{number * 7919 + n}" for n in range(words))
    item = {
        "uri": f"urn:bench:{number}",
        "version": "1",
        "versioncreated": "2026-03-26T10:00:00Z",
        "pubstatus": "usable",
        "type": "text",
        "headline": f"Bench {number}.",
        "body_html": "".join(f"<p>{text[start : start + 400]}</p>" for start in range(0, len(text), 400)),
    }
    return json.dumps(item).encode()


@contextmanager
def newsroom() -> Iterator[tuple[str, str]]:
    """The whole program with one push feed that publishes by itself: its address and the feed's token."""
    with tempfile.TemporaryDirectory() as home, socket() as probe:
        env = {**os.environ, "WIREDESK_HOME": home, "WIREDESK_LOG_LEVEL": "ERROR"}
        command = [WIREDESK, "follow", "--push", "bench", "--licence", "public-domain", "--json"]
        (record,) = json.loads(subprocess.run(command, env=env, check=True, capture_output=True).stdout)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen([WIREDESK, "run", "--bind", f"127.0.0.1:{port}"], env=env, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            while not is_up(url):
                time.sleep(0.1)
            yield url, record["token"]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def is_up(url: str) -> bool:
    try:
        return bool(page(url))
    except OSError:
        return False


def page(url: str) -> str:
    with urllib.request.urlopen(f"{url}/", timeout=10) as answer:
        return str(answer.read().decode())


def pushed(url: str, token: str, number: int, words: int) -> tuple[float, float]:
    """Seconds until the answer, and until the front page has it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/push/bench", document(number, words), headers)
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 202
    answered = time.perf_counter() - begun
    while f"Bench {number}." not in page(url):
        time.sleep(0.01)
    return answered, time.perf_counter() - begun


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pushes", type=int, default=200)
    parser.add_argument("--words", type=int, default=800)
    asked = parser.parse_args()
    with newsroom() as (url, token):
        times = [pushed(url, token, number, asked.words) for number in range(asked.pushes)]
    answers, shown = [one[0] for one in times], [one[1] for one in times]
    figures = {
        "pushes": asked.pushes,
        "answer_ms": {"p50": round(statistics.median(answers) * 1e3, 1), "p95": round(p95(answers) * 1e3, 1)},
        "page_ms": {"p50": round(statistics.median(shown) * 1e3, 1), "p95": round(p95(shown) * 1e3, 1)},
        "ratios": {"goal": round(p95(shown) / GOAL, 3)},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
