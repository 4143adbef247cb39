"""The running program and a source that pushes: on the page at once, and nothing lost that was answered with 202."""

from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.test_program import WIREDESK, Home, free_port, get, running, wait_for
from tests.trust import invariants

MORE_STEPS = ["intake.after_parse", "intake.before_commit", "poll.before_commit"]  # the anomaly loop kills there too


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def ninjs(number: int, headline: str = "") -> bytes:
    text = f"<p>The keeper of light {number * 7919} wrote of {number * 104729} boats that came in that night.</p>"
    return json.dumps(
        {
            "uri": f"urn:lantern:{number}",
            "version": "1",
            "versioncreated": "2026-03-26T10:00:00Z",
            "pubstatus": "usable",
            "type": "text",
            "headline": headline or f"Headline {number}",
            "body_html": text,
        }
    ).encode()


def followed(home: Home, name: str = "lantern") -> str:
    """A push feed whose terms let everything out; its token."""
    (record,) = home.records("follow", "--push", name, "--source", "Lantern", "--licence", "public-domain")
    home.run("poll", str(record["id"]))
    return record["token"]


def post(url: str, token: str, body: bytes, **headers: str) -> tuple[int, dict[str, str]]:
    said = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, said), timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, {"error": error.read().decode()}
    except OSError:
        return 0, {}


@contextmanager
def killed_in_the_end(home: Home, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The program, which gets no chance to tidy up."""
    port = free_port()
    command = [WIREDESK, "run", "--bind", f"127.0.0.1:{port}"]
    env = {**home.env, **environment}
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: get(f"http://127.0.0.1:{port}/")[0] == 200)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(10)


def asked(home: Home, query: str) -> list[object]:
    with closing(sqlite3.connect(Path(home.env["WIREDESK_HOME"]) / "wiredesk.sqlite3")) as database:
        return database.execute(query).fetchall()


def test_what_is_pushed_is_on_the_page_when_the_answer_comes(home: Home) -> None:
    token = followed(home)
    with running(home) as site:
        waits = []
        for number in range(1, 21):
            begun = time.monotonic()
            assert post(f"{site}/push/lantern", token, ninjs(number))[0] == 202
            page = get(f"{site}/")[1].decode()
            waits.append(time.monotonic() - begun)
            assert f"Headline {number}<" in page
        packed = gzip.compress(ninjs(30, "Packed & sent"))
        assert post(f"{site}/push/lantern", token, packed, **{"Content-Encoding": "gzip"})[0] == 202
        assert b"Packed &amp; sent" in get(f"{site}/")[1]

    assert sorted(waits)[18] <= 1.0


def test_s7_the_running_program_gives_up_bodies_that_are_too_large(home: Home) -> None:
    token = followed(home)
    with running(home) as site:
        url = f"{site}/push/lantern"
        assert post(url, token, gzip.compress(bytes(100 * 2**20)), **{"Content-Encoding": "gzip"})[0] == 413
        assert post(url, token, bytes(11 * 2**20))[0] == 413
        assert post(f"{site}/desk/login/", "", bytes(13 * 2**20))[0] in (413, 0)
        assert post(url, "wrong", ninjs(1)) == post(f"{site}/push/nobody", "wrong", ninjs(1))
        assert post(url, token, ninjs(1))[0] == 202


def test_f1_killed_after_the_answer_nothing_is_lost(home: Home) -> None:
    token = followed(home)
    answered = 0
    with killed_in_the_end(home) as (site, process):
        for number in range(1, 13):
            answered += post(f"{site}/push/lantern", token, ninjs(number))[0] == 202
        process.send_signal(signal.SIGKILL)

    with running(home) as site:
        wait_for(lambda: asked(home, "select count(*) from desk_story where state = 'live'") == [(answered,)])
    assert answered == 12
    assert invariants.doubled(lambda query: asked(home, query)) == []


@pytest.mark.parametrize(
    "step", ["parcel.after_keep", *(pytest.param(step, marks=pytest.mark.slow) for step in MORE_STEPS)]
)
def test_f1_killed_between_keeping_and_answering_it_is_taken_at_the_next_start_and_once(home: Home, step: str) -> None:
    token = followed(home)
    with killed_in_the_end(home, WIREDESK_FAILPOINT=f"{step}=kill") as (site, process):
        assert post(f"{site}/push/lantern", token, ninjs(1))[0] == 0
        process.wait(10)
    assert asked(home, "select count(*) from desk_parcel") == [(1,)]

    with running(home) as site:
        wait_for(lambda: b"Headline 1" in get(f"{site}/")[1])
        assert post(f"{site}/push/lantern", token, ninjs(1))[0] == 202
    assert asked(home, "select headline, state from desk_story") == [("Headline 1", "live")]
    assert asked(home, "select count(*) from desk_parcel") == [(0,)]
    assert invariants.doubled(lambda query: asked(home, query)) == []


def test_f1_killed_before_it_is_kept_it_was_never_promised(home: Home) -> None:
    token = followed(home)
    with killed_in_the_end(home, WIREDESK_FAILPOINT="parcel.before_commit=kill") as (site, process):
        assert post(f"{site}/push/lantern", token, ninjs(1))[0] == 0
        process.wait(10)

    assert asked(home, "select count(*) from desk_parcel") == [(0,)]


def test_f25_sources_that_push_the_same_at_the_same_time_double_nothing(home: Home) -> None:
    token, other = followed(home), followed(home, "gazette")
    with running(home) as site:
        doors = [(f"{site}/push/lantern", token), (f"{site}/push/gazette", other)] * 2
        with ThreadPoolExecutor(len(doors)) as senders:
            sent = senders.map(lambda door: [post(*door, ninjs(number))[0] for number in range(20)], doors)
            assert list(sent) == [[202] * 20] * 4

    assert asked(home, "select count(*) from desk_story") == [(20,)]
    assert asked(home, "select count(*) from desk_item") == [(40,)]
    assert (
        invariants.doubled(lambda query: asked(home, query)) + invariants.unsound(lambda query: asked(home, query))
        == []
    )


def test_a_token_is_shown_once_and_renewed(home: Home) -> None:
    said = home.run("follow", "--push", "lantern", "--licence", "public-domain", "--source", "Lantern")
    (token,) = [line.split("Bearer ")[1] for line in said.splitlines() if "Bearer" in line]
    assert "/push/lantern" in said and token.startswith("wiredesk-push-")
    assert token not in home.run("follow", "--push", "lantern") + home.run("feeds") + home.run("feeds", "--json")

    with running(home) as site:
        assert post(f"{site}/push/lantern", token, ninjs(1))[0] == 202
        renewed = json.loads(home.run("feeds", "--renew-token", "1", "--json"))["token"]
        assert post(f"{site}/push/lantern", token, ninjs(2))[0] == 401
        assert post(f"{site}/push/lantern", renewed, ninjs(2))[0] == 202
    assert home.records("feeds")[0]["way"] == "push"
    assert "is asked by us" not in home.run("feeds", "--renew-token", "9", code=1)
    assert "small letters" in home.run("follow", "--push", "Lantern Wire", code=1)
    assert "--auth is for feeds" in home.run("follow", "--push", "x", "--auth", "bearer", code=1)


def test_poll_takes_what_was_pushed_and_waits(home: Home) -> None:
    token = followed(home)
    with killed_in_the_end(home, WIREDESK_FAILPOINT="parcel.after_keep=kill") as (site, process):
        post(f"{site}/push/lantern", token, ninjs(1))
        process.wait(10)
    time.sleep(5.2)

    assert json.loads(home.run("poll", "1", "--json"))["events"] == {"new": 1}
    assert home.records("stories")[0]["headline"] == "Headline 1"
