"""Outlets from the command line and through kill -9: told once, taken down in time, no secret said."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.test_program import Home, get, running, wait_for
from tests.makers import atom, entry
from tests.outlets.places import Mastodon, Place, Webhook, WordPress

ROOT = Path(__file__).resolve().parents[2]
OUTLETS = [ROOT / "src/wiredesk/outlets/deliver.py", ROOT / "src/wiredesk/desk/delivering.py"]
CANARY = "Nebelkraehe-4711-geheim"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "home")
    found.env["WIREDESK_SECRET_OF_OUTLET"] = CANARY
    return found


@pytest.fixture
def wires(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "wires"
    folder.mkdir()
    yield folder


def write(folder: Path, *entries: str) -> None:
    half = folder / ".half"
    half.write_bytes(atom(entries))
    half.rename(folder / f"{len(list(folder.glob('*.atom')))}.atom")


def test_a_story_reaches_an_outlet_and_a_kill_from_the_command_line_takes_it_down(home: Home, wires: Path) -> None:
    with Webhook() as hook, WordPress() as blog:
        home.run("follow", str(wires), "--licence", "public-domain")
        home.run("outlets", "add", "webhook", hook.url, "--secret", CANARY)
        blog.PASSWORD = CANARY  # type: ignore[misc]  # of this one
        said = home.run(
            "outlets", "add", "wordpress", blog.url, "--set", "user=ines", "--secret-env", "WIREDESK_SECRET_OF_OUTLET"
        )
        assert CANARY not in said
        with running(home) as site:
            write(wires, entry(1, title="Ferry sails at nine"))
            wait_for(lambda: blog.up() and hook.told())
            number = str(home.records("stories")[0]["id"])
            home.run("kill", number, "--reason", "It is not true.")
            begun = time.monotonic()
            wait_for(lambda: not blog.up() and len(hook.told()) == 2)
            took = time.monotonic() - begun
            wait_for(lambda: all(not one["behind"] for one in home.records("copies")))
            copies = home.records("copies", number)
            still_up = home.records("copies", "--live")
            page = get(site + "/")[1]

    assert took < 5
    assert [one["action"] for one in hook.told().values()] == ["publish", "retract"]
    assert {one["kind"]: (one["state"], one["seen"]) for one in copies} == {
        "webhook": ("gone", "unknown"),
        "wordpress": ("gone", "gone"),
    }
    assert [one["deed"] for one in copies[0]["receipts"]][-1] == "publish"  # type: ignore[index]  # the first of all
    assert still_up == []
    assert CANARY.encode() not in page + json.dumps([*copies, *home.records("outlets")]).encode()
    files = [path for path in Path(home.env["WIREDESK_HOME"]).rglob("*") if path.is_file()]
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]


def test_copies_that_are_still_up_are_found_by_looking(home: Home, wires: Path) -> None:
    with WordPress() as blog:
        write(wires, entry(1, title="Ferry sails at nine"))
        home.run("follow", str(wires), "--licence", "public-domain")
        home.run("outlets", "add", "wordpress", blog.url, "--set", "user=ines", "--secret", blog.PASSWORD)
        with running(home):
            write(wires, entry(2, title="Nine boats"))
            wait_for(blog.up)
        kept = dict(blog.posts)
        number = next(str(one["id"]) for one in home.records("stories") if one["headline"] == "Nine boats")
        home.run("kill", number)
        before = json.loads(home.run("copies", "--live", "--json", code=1).partition("\nwiredesk")[0])
        with running(home):
            wait_for(lambda: not blog.up())
            wait_for(lambda: not home.records("copies", "--behind"))
        assert home.records("copies", "--live") == []
        blog.posts.update(kept)  # somebody there has put it back
        after = json.loads(home.run("copies", "--live", "--json", code=1).partition("\nwiredesk")[0])

    assert [(one["headline"], one["seen"]) for one in before] == [("Nine boats", "there")]
    assert [(one["headline"], one["seen"]) for one in after] == [("Nine boats", "there")]


def test_a_webhook_without_a_secret_is_given_one_that_is_shown_once(home: Home) -> None:
    (made,) = home.records("outlets", "add", "webhook", "https://partner.example/hook")
    (listed,) = home.records("outlets")

    assert made["secret"].startswith("whsec_") and "secret" not in listed and listed["has_secret"]
    assert (listed["kind"], listed["health"], listed["copies"]) == ("webhook", "new", 0)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "fax", "https://a.example", "--secret", "x"], 1, "there are: webhook, wordpress, mastodon, email"),
        (["add", "webhook"], 2, "say what and where"),
        (["add", "webhook", "https://a.example", "--set", "colour"], 2, "NAME=VALUE"),
        (["add", "wordpress", "https://a.example", "--secret", "x"], 1, "option user"),
        (["add", "mastodon", "https://a.example", "--secret-env", "NOT_THERE"], 1, "no environment variable"),
        (["pause", "9"], 1, "no outlet '9'"),
        (["burn"], 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(home: Home, words: list[str], code: int, said: str) -> None:
    assert said in home.run("outlets", *words, code=code)


def test_an_outlet_is_paused_and_told_again_and_there_is_one_of_each(home: Home) -> None:
    home.run("outlets", "add", "webhook", "https://partner.example/hook")
    assert "already" in home.run("outlets", "add", "webhook", "https://partner.example/hook", code=1)
    home.run("outlets", "pause", "1")
    paused = home.records("outlets")[0]["health"]
    home.run("outlets", "resume", "1")

    assert (paused, home.records("outlets")[0]["health"]) == ("paused", "new")
    assert home.run("copies") == "No copies.\n" and home.records("copies", "--behind", "--live") == []
    assert "no story 7" in home.run("copies", "7", code=1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty database, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    Home(folder).run("outlets")
    return folder


def live(home: Path, place: Place, *, hour: int = 1, **environment: str) -> int:
    """A story's life at an outlet, as far as it comes."""
    env = {**os.environ, "WIREDESK_HOME": str(home), "WIREDESK_ALLOW_NETWORKS": "127.0.0.0/8", "HOUR": str(hour)}
    env |= environment
    words = [sys.executable, "-m", "tests.acceptance.script_of_a_delivery", place.kind, place.url]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode


def steps(home: Path, place: Place) -> list[str]:
    log = home.parent / f"{home.name}.log"
    live(home, place, WIREDESK_FAILPOINT_LOG=str(log))
    return log.read_text().split()


def ended(home: Path, place: Place) -> dict[str, object]:
    """What there is in the end: at the outlet, and in the records."""
    with closing(sqlite3.connect(home / "wiredesk.sqlite3")) as database:
        copies = database.execute("select state, is_unsure, wanted = event, round from desk_copy").fetchall()
        done = database.execute("select deed from desk_receipt where result in ('done', 'missing') order by id")
        receipts = [row[0] for row in done.fetchall()]
    if isinstance(place, Webhook):
        there: list[object] = sorted((one["event"], one["action"]) for one in place.told().values())
    else:
        there = list(place.up())  # type: ignore[attr-defined]  # the others have it
    return {"there": there, "copies": copies, "receipts": receipts}


ALL_STEPS = [
    pytest.param(kind, "outlet.", marks=pytest.mark.slow, id=kind.kind) for kind in (WordPress, Webhook, Mastodon)
]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("kind", "steps_like"), [(WordPress, "outlet.after_send"), *ALL_STEPS])
def test_f1_killed_at_any_step_of_a_delivery_nothing_is_lost_or_doubled(
    kind: type[Place], steps_like: str, tmp_path: Path, empty: Path
) -> None:
    with kind() as place:
        passed = steps(Path(shutil.copytree(empty, tmp_path / "whole")), place)
        expected = ended(tmp_path / "whole", place)
    assert (expected["copies"], expected["receipts"]) == ([("gone", 0, 1, 1)], ["publish", "update", "retract"])

    for number in [at for at, name in enumerate(passed, 1) if name.startswith(steps_like)]:
        home = Path(shutil.copytree(empty, tmp_path / str(number)))
        with kind() as place:
            assert live(home, place, WIREDESK_FAILPOINT=f"*:{number}=kill") == -9
            most = 0 if isinstance(place, Webhook) else len(place.up())  # type: ignore[attr-defined]
            assert live(home, place, hour=2) == 0
            assert most <= 1
            assert ended(home, place) == expected, f"killed at step {number}, {passed[number - 1]}"


def test_f1_every_step_of_a_delivery_is_passed(tmp_path: Path, empty: Path) -> None:
    named = {name for path in OUTLETS for name in re.findall(r'failpoint\("([a-z_.]+)"\)', path.read_text())}
    with WordPress() as place:
        assert named == {
            step
            for step in steps(Path(shutil.copytree(empty, tmp_path / "whole")), place)
            if step.startswith("outlet.")
        }
