"""Polling many feeds: CPU and memory against a bare pycurl + lxml + SQLite loop and against `reader`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

ROUNDS = (("all_new", "a"), ("all_304", "a"), ("one_new", "b"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one program took: seconds, seconds of CPU (with its children), peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: float


def measure(command: list[str], env: dict[str, str]) -> Cost:
    """Run a program to its end; it must succeed."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


@contextmanager
def origin(feeds: int, items: int) -> Iterator[str]:
    """The feed server, on a free port of loopback."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bench.origin", str(port), str(feeds), str(items)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout and process.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def ask(address: str) -> dict[str, int]:
    """One of the server's own answers."""
    with urllib.request.urlopen(address, timeout=10) as response:
        answer: dict[str, int] = json.load(response)
        return answer


def rounds(name: str, command: list[str], base: str, feeds: int, env: dict[str, str]) -> dict[str, Cost]:
    """All three rounds of one program, each checked by the server's own count."""
    costs = {}
    for title, state in ROUNDS:
        ask(f"{base}/state/{state}")
        costs[title] = measure(command, env)
        count, expected = ask(f"{base}/count"), "304" if title == "all_304" else "200"
        if count[expected] != feeds:
            print(f"{name}, {title}: the server counted {count}", file=sys.stderr)
        cost = costs[title]
        print(f"{name:9} {title:8} {cost.wall:7.2f} s {cost.cpu:7.2f} s CPU {cost.peak_mb:6.0f} MB")
    return costs


def idle(commands: dict[str, list[str]], env: dict[str, str]) -> dict[str, float]:
    """What each program takes with no feed to ask: seconds of CPU for starting and ending, the least of three."""
    return {name: min(measure(command, env).cpu for _ in range(3)) for name, command in commands.items()}


def opml(base: str, feeds: int) -> str:
    """The feeds as a list to import."""
    lines = "".join(f'<outline type="rss" text="Source {n}" xmlUrl="{base}/feed/{n}.xml"/>' for n in range(feeds))
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>bench</title></head><body>{lines}</body></opml>'


def main() -> None:
    """Measure, print a table, and last one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--without-reader", action="store_true", help="skip the slow peer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, origin(options.feeds, options.items) as base:
        here = Path(folder)
        env = {**os.environ, "WIREDESK_HOME": f"{folder}/home", "WIREDESK_ALLOW_NETWORKS": "127.0.0.0/8"}
        wiredesk = str(Path(sys.executable).with_name("wiredesk"))
        (here / "feeds.opml").write_text(opml(base, options.feeds))
        subprocess.run([wiredesk, "import", f"{folder}/feeds.opml"], env=env, check=True, stdout=subprocess.DEVNULL)
        commands = {
            "limit": [sys.executable, "-m", "bench.peers.limit", base, str(options.feeds), f"{folder}/limit.sqlite3"],
            "wiredesk": [wiredesk, "poll", "--all"],
        }
        if not options.without_reader:
            path = f"{folder}/reader.sqlite3"
            commands["reader"] = [sys.executable, "-m", "bench.peers.reader_round", base, str(options.feeds), path]
        costs = {name: rounds(name, command, base, options.feeds, env) for name, command in commands.items()}
        started = idle(without_feeds(commands), env)
    print(json.dumps(figures(costs, started, options.feeds, options.items)))


def without_feeds(commands: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same programs with nothing to do: after a round no feed of ours is due, the limit is told of no feed."""
    limit = commands["limit"]
    return {"wiredesk": commands["wiredesk"][:-1], "limit": [*limit[:-2], "0", limit[-1]]}


def figures(costs: dict[str, dict[str, Cost]], started: dict[str, float], feeds: int, items: int) -> dict[str, object]:
    """All figures and the ratios: our CPU over the limit's, the peer's CPU over ours.

    `limit` counts whole programs, `limit_round` a round alone, as in a program that runs all day: what a program takes
    with no feed to ask is taken off both sides.
    """
    ours, limit = costs["wiredesk"], costs["limit"]
    ratios: dict[str, object] = {
        "limit": {title: round(ours[title].cpu / limit[title].cpu, 2) for title, _ in ROUNDS},
        "limit_round": {
            title: round((ours[title].cpu - started["wiredesk"]) / (limit[title].cpu - started["limit"]), 2)
            for title, _ in ROUNDS
        },
    }
    if "reader" in costs:
        ratios["reader"] = {title: round(costs["reader"][title].cpu / ours[title].cpu, 2) for title, _ in ROUNDS}
    return {
        "bench": "poll",
        "feeds": feeds,
        "items": items,
        "cpu_seconds": {
            name: {title: round(cost.cpu, 2) for title, cost in some.items()} for name, some in costs.items()
        },
        "start_seconds": {name: round(seconds, 2) for name, seconds in started.items()},
        "ratios": ratios,
        "peak_mb": round(max(cost.peak_mb for cost in ours.values())),
    }


if __name__ == "__main__":
    main()
