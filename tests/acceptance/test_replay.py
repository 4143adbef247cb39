"""`wiredesk replay`: recorded deliveries, and what readers would have seen after each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import corpora
from tests.makers import atom, entry

WIREDESK = str(Path(sys.executable).with_name("wiredesk"))
CHAINS = corpora.FORMATS / "own-chains"
READ = sorted(path.name for path in CHAINS.iterdir() if path.is_dir()) if CHAINS.is_dir() else []


def replay(*words: str, home: Path, code: int = 0) -> list[dict[str, Any]]:
    env = {**os.environ, "WIREDESK_HOME": str(home)}
    done = subprocess.run([WIREDESK, "replay", *words], env=env, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()] if code == 0 else [{"error": done.stderr}]


def test_a_recorded_wire_is_replayed_and_leaves_nothing_behind(tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    wire.mkdir()
    (wire / "1.atom").write_bytes(atom([entry(1)]))
    (wire / "2.atom").write_bytes(atom([entry(1, title="CORRECTED: Headline 1", updated=0)]))
    (wire / "3.atom").write_bytes(atom([entry(1, title="KILL: Headline 1", updated=0.1)]))

    first, second, third = replay(str(wire), home=tmp_path / "home")

    assert [one["items"][0]["event"] for one in (first, second, third)] == ["new", "correction", "kill"]
    assert first["public"]["1"]["headline"] == "Headline 1"
    assert (second["public"]["1"]["corrections"], third["public"]["1"]) == (1, {"state": "gone"})
    assert not (tmp_path / "home" / "wiredesk.sqlite3").exists()


def test_steps_say_when_and_what_cannot_be_replayed_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "1.atom").write_bytes(
        atom([entry(1, extra="<prism:embargoDate>2026-03-05T06:00:00Z</prism:embargoDate>")])
    )
    steps = tmp_path / "steps"
    steps.write_text(
        '{"steps": [{"file": "1.atom", "at": "2026-03-05T05:00:00Z"}, {"file": null, "at": "2026-03-05T06:00:00Z"}]}'
    )

    before, after = replay(str(tmp_path), "--steps", str(steps), home=tmp_path / "home")

    assert (before["public"]["1"]["state"], after["public"]["1"]["state"]) == ("hidden", "shown")
    assert (after["file"], after["at"]) == (None, "2026-03-05T06:00:00Z")
    for words in ((str(tmp_path / "none"),), (str(tmp_path), "--steps", str(tmp_path / "1.atom"))):
        (error,) = replay(*words, home=tmp_path / "home", code=1)
        assert error["error"].count("\n") == 1


@corpora.present
@pytest.mark.parametrize("chain", READ)
def test_a_chain_gives_after_every_file_what_it_says(chain: str, tmp_path: Path) -> None:
    steps = json.loads((CHAINS / chain / "expect.json").read_bytes())["steps"]
    script, profile = str(CHAINS / chain / "expect.json"), str(CHAINS / "ena.profile.json")

    lines = replay(str(CHAINS / chain), "--steps", script, "--profile", profile, home=tmp_path)

    stories: dict[str, str] = {}
    for step, line in zip(steps, lines, strict=True):
        assert happened(step["expect"]) == happened(line["items"]), step["file"]
        for wanted in step["expect"]:
            story = next(one["story"] for one in line["items"] if one["id"] == wanted["id"])
            if wanted["story"]:
                assert stories.setdefault(wanted["story"], str(story)) == str(story)
        for name, wanted in step["public"].items():
            assert_public(line["public"].get(stories.get(name, ""), {"state": "hidden"}), wanted, stories)
        assert len(line["alerts"]) >= len(step.get("alerts", ()))


@corpora.present
@pytest.mark.parametrize("chain", READ)
def test_a_chain_that_comes_twice_changes_nothing_the_second_time(chain: str, tmp_path: Path) -> None:
    steps = json.loads((CHAINS / chain / "expect.json").read_bytes())["steps"]
    end = datetime.fromisoformat(steps[-1]["at"])
    again = [
        {"file": one["file"], "at": f"{end + timedelta(seconds=place):%Y-%m-%dT%H:%M:%SZ}"}
        for place, one in enumerate(steps)
    ]
    doubled = [one for step in steps for one in (step, step)]

    twice = replayed(chain, [*steps, *again], tmp_path)
    each_twice = replayed(chain, doubled, tmp_path)

    first, second = twice[: len(steps)], twice[len(steps) :]
    assert [one for line in second for one in line["items"] if one["event"] != "nothing"] == []
    assert second[-1]["public"] == first[-1]["public"] == each_twice[-1]["public"]
    assert [one for line in each_twice[1::2] for one in line["items"] if one["event"] != "nothing"] == []


def replayed(chain: str, steps: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    script = folder / "steps"
    script.write_text(json.dumps({"steps": steps}))
    profile = str(CHAINS / "ena.profile.json")
    return replay(str(CHAINS / chain), "--steps", str(script), "--profile", profile, home=folder / "home")


def happened(items: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    keys = ("id", "event", "by", "lifts", "replaces")
    return {tuple(one.get(key) for key in keys) for one in items}


def assert_public(shown: dict[str, Any], wanted: dict[str, Any], stories: dict[str, str]) -> None:
    text = f"{shown.get('headline', '')} {' '.join(shown.get('text', '').split())}"
    assert shown["state"] == wanted["state"]
    assert shown.get("headline") == wanted.get("headline", shown.get("headline"))
    assert [said for said in wanted.get("has", ()) if said not in text] == []
    assert [said for said in wanted.get("lacks", ()) if said in text] == []
    if wanted["state"] == "shown":
        assert shown["corrections"] == wanted.get("corrections", shown["corrections"])
    if "replaced_by" in wanted:
        assert shown["replaced_by"] == stories[wanted["replaced_by"]]
