"""A kill pushed to the running program: how long until its story is gone from page and feed, and from six outlets.

Each story came through ten feeds. The outlets are servers in this process that speak the real protocols: two webhooks,
two WordPress sites, two Mastodon accounts.
"""

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
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from socket import socket
from typing import Any

from tests.outlets.places import Asked, Mastodon, Place, Webhook, WordPress

from bench.push import WIREDESK, is_up, p95

GOAL = 5.0  # seconds from the first byte of the kill until nothing is left anywhere, p95
PATIENCE = 60.0
FEEDS = 10
WORDS = "harbour lantern ferry keeper mill choir bridge council quay winter night boats river island market".split()
SECRETS = {"webhook": "whsec_c2hoaCBub2JvZHkga25vd3M=", "wordpress": WordPress.PASSWORD, "mastodon": Mastodon.TOKEN}


def document(number: int, status: str) -> bytes:
    """A ninjs item with a text of its own, or word that it is canceled."""
    text = " ".join(f"{WORDS[(number * 31 + n * n) % len(WORDS)]}{number * 7919 + n}" for n in range(300))
    item = {
        "uri": f"urn:bench:{number}",
        "version": "1" if status == "usable" else "2",
        "versioncreated": "2026-03-26T10:00:00Z" if status == "usable" else "2026-03-26T11:00:00Z",
        "pubstatus": status,
        "type": "text",
        "headline": f"Bench {number}.",
        "body_html": "".join(f"<p>{text[start : start + 400]}</p>" for start in range(0, len(text), 400)),
    }
    return json.dumps(item).encode()


@contextmanager
def newsroom(places: list[Place]) -> Iterator[tuple[str, list[str]]]:
    """The whole program with its feeds and outlets: its address and the feeds' tokens."""
    with tempfile.TemporaryDirectory() as home, socket() as probe:
        env = {**os.environ, "WIREDESK_HOME": home, "WIREDESK_LOG_LEVEL": "ERROR"}
        env["WIREDESK_ALLOW_NETWORKS"] = "127.0.0.0/8"

        def told(*words: str) -> Any:
            done = subprocess.run([WIREDESK, *words, "--json"], env=env, check=True, capture_output=True)
            return json.loads(done.stdout)[0]

        feeds = range(FEEDS)
        tokens = [told("follow", "--push", f"bench{n}", "--licence", "public-domain")["token"] for n in feeds]
        for place in places:
            options = ["--set", "user=ines"] if place.kind == "wordpress" else []
            told("outlets", "add", place.kind, place.url, "--secret", SECRETS[place.kind], *options)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen([WIREDESK, "run", "--bind", f"127.0.0.1:{port}"], env=env, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            until(lambda: is_up(url))
            yield url, tokens
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            sys.exit("it did not happen in a minute")
        time.sleep(0.01)


def push(url: str, feed: int, token: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/push/bench{feed}", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 202


def said(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


class Heard(Webhook):
    """A webhook's program that keeps what stands: headlines by the stories' addresses, less what was retracted."""

    def __init__(self) -> None:
        super().__init__()
        self.stories: dict[str, str] = {}

    def did(self, asked: Asked) -> Any:
        message = asked.json
        if message["action"] == "retract":
            self.stories.pop(message["uri"], None)
        else:
            self.stories[message["uri"]] = message["item"]["headlines"][0]["value"]
        return super().did(asked)

    def up(self) -> list[str]:
        return list(self.stories.values())


def has(place: Any, headline: str) -> bool:
    """Whether a story stands at an outlet, as far as it can be seen there."""
    return any(headline in text for text in place.up())


def killed(url: str, token: str, number: int, places: list[Place]) -> tuple[float, float]:
    """Seconds until readers have it no more, and until no outlet has."""
    headline = f"Bench {number}."
    stories = json.loads(said(f"{url}/feed.json")[1])["items"]
    address = next((item["url"] for item in stories if item["title"] == headline), "")
    begun = time.perf_counter()
    push(url, 0, token, document(number, "canceled"))
    until(lambda: not address or said(address)[0] == 410)
    until(lambda: headline not in said(f"{url}/feed.atom")[1])
    at_home = time.perf_counter() - begun
    until(lambda: not any(has(place, headline) for place in places))
    return at_home, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args()
    with ExitStack() as stack:
        places: list[Place] = [stack.enter_context(kind()) for kind in (Heard, WordPress, Mastodon) for _ in range(2)]
        url, tokens = stack.enter_context(newsroom(places))
        begun = time.perf_counter()
        for number in range(asked.kills):
            for feed, token in enumerate(tokens):
                push(url, feed, token, document(number, "usable"))
        until(lambda: all(has(place, f"Bench {n}.") for n in (0, asked.kills - 1) for place in places))
        out = time.perf_counter() - begun
        order = [number for pair in zip(range(asked.kills), range(asked.kills)[::-1], strict=True) for number in pair]
        times = [killed(url, tokens[0], number, places) for number in dict.fromkeys(order)]
    home, everywhere = [one[0] for one in times], [one[1] for one in times]
    figures = {
        "kills": asked.kills,
        "feeds": FEEDS,
        "outlets": len(places),
        "published_s": round(out, 1),
        "home_ms": {"p50": round(statistics.median(home) * 1e3), "p95": round(p95(home) * 1e3)},
        "everywhere_ms": {"p50": round(statistics.median(everywhere) * 1e3), "p95": round(p95(everywhere) * 1e3)},
        "ratios": {"goal": round(p95(everywhere) / GOAL, 3)},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
