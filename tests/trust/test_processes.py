"""F1, F23, F25: the program itself, killed over HTTP, while a story is withdrawn, and eight times at once."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.test_program import WIREDESK, Home, get, running, wait_for
from tests.makers import at, atom, entry
from tests.trust import invariants
from tests.wires.origin import Origin, Reply
from wiredesk.news import links

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["Zaunkoenig", "Rotkehlchen", "Wintergoldhahn"]
STONE = f"<at:deleted-entry ref='urn:1' when='{at(1).isoformat()}'/>"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def ask(home: Home) -> invariants.Ask:
    """Questions to the store of another process."""

    def answered(query: str) -> list[object]:
        with closing(sqlite3.connect(Path(home.env["WIREDESK_HOME"]) / "wiredesk.sqlite3")) as database:
            return database.execute(query).fetchall()

    return answered


def follow(home: Home, *urls: str) -> None:
    rows = "".join(f"<outline xmlUrl='{url}'/>" for url in urls)
    document = f"<opml><body><outline text='Coast'>{rows}</outline></body></opml>".encode()
    home.run("import", "-", "--licence", "public-domain", "--newest", "all", stdin=document)


def broken_off(home: Home, step: str, *words: str) -> int:
    """A command during which the process is killed at a step."""
    env = {**home.env, "WIREDESK_FAILPOINT": f"{step}=kill"}
    return subprocess.run([WIREDESK, *words], env=env, capture_output=True).returncode


# The anomaly loop kills at these too, with folders for feeds.
MORE_STEPS = [
    "poll.before_commit",
    "intake.after_parse",
    "intake.before_commit",
    "intake.after_commit",
]


def headlines(home: Home) -> list[tuple[str, str]]:
    return sorted(ask(home)("select headline, state from desk_story"))


@pytest.mark.parametrize(
    "step", ["poll.after_fetch", *(pytest.param(step, marks=pytest.mark.slow) for step in MORE_STEPS)]
)
def test_f1_killed_while_a_server_is_asked_nothing_is_lost_or_doubled(home: Home, step: str) -> None:
    expected = [(f"Headline {number}", "live") for number in range(1, 6)]
    with Origin() as origin:
        follow(
            home, origin.serve("/f", Reply(body=atom([entry(number) for number in range(1, 6)]), headers={"ETag": "1"}))
        )
        assert broken_off(home, step, "poll", "--all") == -9
        assert invariants.doubled(ask(home)) + invariants.unsound(ask(home)) == []
        home.run("poll", "--all")

    assert headlines(home) == expected
    assert invariants.doubled(ask(home)) + invariants.unsound(ask(home)) == []


class Site:
    """The running program with stories that readers have seen in every place, each with a word of its own."""

    def __init__(self, home: Home, url: str) -> None:
        self.home, self.url = home, url

    def find(self, word: str) -> tuple[int, str, list[str]]:
        """A story's number, its short link's code, and every place at which readers find it."""
        number = dict(ask(self.home)("select headline, id from desk_story"))[f"Headline {word}"]
        code = links.code(number)
        asked = ["/", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/corrections", "/archive/", "/sources/"]
        asked += [f"/popular?window={window}" for window in ("day", "all")] + ["/search?q=Headline", f"/s/{code}"]
        asked += ["/section/coast/", "/section/coast/feed.rss", f"/archive/{at():%Y/%m}/", "/archive/"]
        asked += [f"/tag/{word.lower()}/", f"/tag/{word.lower()}/feed.json", f"/story/{number}/"]
        asked += [f"/story/{number}/headline-{word.lower()}/", f"/story/{number + 1}/"]
        slugs = set(re.findall(rb'/source/([^/"]+)/', get(f"{self.url}/sources/")[1]))
        return number, code, asked + [f"/source/{slug.decode()}/{rest}" for slug in slugs for rest in ("", "feed.atom")]

    def saying(self, asked: list[str], word: str) -> list[str]:
        return [address for address in asked if word.encode() in get(self.url + address)[1]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = Home(tmp_path_factory.mktemp("site"))
    stories = [
        entry(n, title=f"Headline {word}", body=f"<p>{word} said so.</p>", extra=f"<category term='{word}'/>")
        for n, word in enumerate(WORDS)
    ]
    with Origin() as origin, running(home) as url:
        follow(home, origin.serve("/f", Reply(body=atom([*stories, entry(9)]))))
        wait_for(lambda: WORDS[0].encode() in get(url + "/")[1])
        yield Site(home, url)


def test_f23_a_kill_cut_off_before_its_commit_has_not_happened_and_then_happens_everywhere(site: Site) -> None:
    word = WORDS[0]
    number, code, asked = site.find(word)
    before = site.saying(asked, word)

    assert broken_off(site.home, "edit.before_commit", "kill", str(number)) == -9
    assert site.saying(asked, word) == before and len(before) > 12
    begun = time.monotonic()
    site.home.run("kill", str(number), "--reason", f"{word} asked for it")

    assert site.saying(asked, word) == []
    assert time.monotonic() - begun < 60
    assert get(f"{site.url}/s/{code}")[0] == get(f"{site.url}/story/{number}/")[0] == 410
    assert b"has been withdrawn" in get(f"{site.url}/s/{code}")[1]
    assert b"Headline 9" in get(f"{site.url}/")[1]


def test_f23_from_the_moment_a_kill_is_told_no_reader_gets_the_story(site: Site) -> None:
    word = WORDS[1]
    number, _, asked = site.find(word)
    late: list[str] = []
    is_killed, is_over = threading.Event(), threading.Event()

    def read() -> None:
        while not is_over.is_set():
            for address in asked:
                was_killed = is_killed.is_set()
                said = get(site.url + address)[1]
                if was_killed and word.encode() in said:
                    late.append(address)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    site.home.run("kill", str(number))
    is_killed.set()
    time.sleep(1)
    is_over.set()
    for reader in readers:
        reader.join()

    assert late == []


def test_f23_whoever_keeps_our_answers_keeps_them_for_a_minute_at_most_and_is_told_of_the_kill(site: Site) -> None:
    word = WORDS[2]
    number, _, asked = site.find(word)
    kept = {}
    for address in asked:
        with urllib.request.urlopen(site.url + address, timeout=5) as answer:
            ages = [int(age) for age in re.findall(r"max-age=(\d+)", answer.headers.get("Cache-Control", "no-cache"))]
            assert max(ages, default=0) <= 60, address
            kept[address] = answer.headers.get("ETag", "")
    site.home.run("kill", str(number))

    for address in (address for address in ("/feed.atom", "/feed.rss", "/feed.json") if kept[address]):
        asking = urllib.request.Request(site.url + address, headers={"If-None-Match": kept[address]})
        with urllib.request.urlopen(asking, timeout=5) as answer:
            assert (answer.status, word.encode() in answer.read()) == (200, False)


@pytest.mark.slow
def test_f23_a_withdrawal_by_the_source_that_is_cut_off_is_obeyed_at_the_next_look(home: Home) -> None:
    with Origin() as origin:
        follow(home, origin.serve("/f", Reply(body=atom([entry(1), entry(2)]))))
        home.run("poll", "--all")
        origin.serve("/f", Reply(body=atom([entry(2), entry(3), STONE])))
        assert broken_off(home, "intake.before_commit", "poll", "--all") == -9
        home.run("poll", "--all")

    assert headlines(home) == [("Headline 1", "killed"), ("Headline 2", "live"), ("Headline 3", "live")]
    assert ask(home)("select count(*) from desk_event where kind = 'kill'") == [(1,)]
    assert invariants.doubled(ask(home)) == []


@pytest.mark.parametrize("rounds", [20, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
def test_f25_eight_workers_at_one_feed_double_nothing(home: Home, rounds: int) -> None:
    with Origin() as origin:
        count = 0

        def answer(_: dict[str, str]) -> Reply:
            nonlocal count
            count += 1
            return Reply(body=atom([entry(number) for number in range(count // 8, count // 8 + 20)]))

        follow(home, origin.serve("/f", answer))
        command = [sys.executable, "-m", "tests.trust.ask_often", "8", str(rounds)]
        done = subprocess.run(command, cwd=ROOT, env=home.env, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert invariants.doubled(ask(home)) + invariants.unsound(ask(home)) == []
    (stories,) = ask(home)("select count(*), count(distinct headline) from desk_story")
    assert stories[0] == stories[1] > 20
