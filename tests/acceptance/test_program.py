"""The installed program, as its user runs it: commands, a served site, real feeds over a real socket."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest

from tests import corpora
from tests.wires.origin import Origin, Reply

WIREDESK = str(Path(sys.executable).with_name("wiredesk"))
FEED = b"<rss version='2.0'><channel><title>Wire</title><item><guid isPermaLink='false'>1</guid><title>Ferry sails</title><link>https://a.example/1</link></item></channel></rss>"


class Home:
    """One newsroom with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.env = {**os.environ, "WIREDESK_HOME": str(folder), "WIREDESK_ALLOW_NETWORKS": "127.0.0.0/8"}
        self.env.pop("DJANGO_SETTINGS_MODULE", None)

    def run(self, *words: str, stdin: bytes = b"", code: int = 0) -> str:
        done = subprocess.run([WIREDESK, *words], env=self.env, input=stdin, capture_output=True)
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return done.stdout.decode() + (done.stderr.decode() if code else "")

    def records(self, *words: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self.run(*words, "--json"))
        return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(home: Home, *words: str) -> Iterator[str]:
    """The whole program on a free port, until it is told to stop; it must do so within ten seconds."""
    port = free_port()
    command = [WIREDESK, "run", *words, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: get(url + "/")[0] == 200)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.fixture
def site(home: Home) -> Iterator[str]:
    with running(home) as url:
        yield url


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def wait_for(holds: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]  # any question
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.parametrize("command", ["feeds", "stories", "doctor"])
def test_any_first_command_works_on_an_empty_home(home: Home, command: str) -> None:
    home.run(command)
    assert isinstance(home.records(command), list)


def test_the_first_editor_can_be_made_before_anything_else(home: Home) -> None:
    home.env["DJANGO_SUPERUSER_PASSWORD"] = "a-good-long-word"

    assert "created" in home.run("createsuperuser", "--noinput", "--username", "ines", "--email", "i@brennet.example")


def test_parse_prints_a_line_a_file_and_goes_on_after_a_bad_one(home: Home, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(FEED)
    lines = home.run("parse", str(tmp_path / "none"), str(tmp_path / "good.xml"), code=1).splitlines()

    bad, good = json.loads(lines[0]), json.loads(lines[1])
    assert (bad["file"], "error" in bad) == (str(tmp_path / "none"), True)
    assert (good["format"], good["items"][0]["headline"], good["items"][0]["guid"]) == ("rss2.0", "Ferry sails", "1")
    assert json.loads(home.run("parse", "-", stdin=FEED))["file"] == "-"


def test_parse_reads_an_agencys_json_by_its_profile(home: Home, tmp_path: Path) -> None:
    item = b'{"urn": "urn:x:1", "headline": "Ferry sails", "pubstatus": "usable"}'
    (tmp_path / "own.toml").write_text('code = "own"\n[keys]\nurn = "guid"\nheadline = "headline"\n')

    shipped = json.loads(home.run("parse", "-", "--profile", "dpa", stdin=item))
    own = json.loads(home.run("parse", "-", "--profile", str(tmp_path / "own.toml"), stdin=item))
    assert (shipped["format"], own["format"]) == ("json-dpa", "json-own")
    assert shipped["items"][0]["guid"] == own["items"][0]["guid"] == "urn:x:1"
    refused = home.run("parse", "-", "--profile", "nobody", code=1)
    assert refused.startswith(
        "wiredesk parse: no profile nobody: No such file or directory; a profile is a file or one"
    )


def test_clean_makes_standard_input_safe(home: Home) -> None:
    assert (
        home.run("clean", "--base", "https://a.example/", stdin=b"<a href=x onclick=y>z</a>")
        == '<a href="https://a.example/x" rel="noopener">z</a>\n'
    )


def test_mistakes_are_told_in_one_line(home: Home) -> None:
    assert home.run("story", "7", code=1) == "wiredesk story: there is no story 7\n"
    assert home.run("kill", "7", code=1) == "wiredesk kill: There is no story 7.\n"
    assert "invalid choice" in home.run("stories", "--state", "odd", code=2)
    assert "no licence" in home.run("follow", "https://a.example/", "--licence", "odd", code=1)
    assert "no feed '9'" in home.run("poll", "9", code=1)
    assert "usage: wiredesk" in home.run("--help")


def test_a_feed_is_followed_polled_published_killed(home: Home, site: str) -> None:
    with Origin() as origin:
        origin.serve("/", Reply(body=b"<html><link rel=alternate type='application/rss+xml' href='/feed'></html>"))
        origin.serve(
            "/feed",
            lambda headers: (
                Reply(304) if headers.get("if-none-match") == '"1"' else Reply(body=FEED, headers={"ETag": '"1"'})
            ),
        )
        assert "Following feed 1" in home.run("follow", origin.url, "--section", "Coast")
        assert "Already following" in home.run("follow", origin.url + "/feed")
        polled = json.loads(home.run("poll", "--all", "--json"))
        assert polled["outcomes"] == {"same": 1}
        assert home.run("poll", "1", "--force").startswith("1 feeds asked: 1 unchanged")

    (row,) = home.records("stories")
    assert (row["headline"], row["state"], row["public"], row["extent"]) == ("Ferry sails", "live", "shown", "headline")
    path = urlsplit(row["url"]).path
    wait_for(lambda: get(site + path)[0] == 200, 1)
    assert b"Ferry sails" in get(site + "/")[1]
    home.run("kill", str(row["id"]), "--reason", "wrong")
    assert get(site + path)[0] == 410
    assert b"Ferry sails" not in get(site + "/")[1]
    history = json.loads(home.run("story", str(row["id"]), "--history", "--json"))["history"]
    assert [event["event"] for event in history] == ["new", "publish", "kill"]


def test_a_profile_in_a_file_reads_a_folder_that_is_followed_with_it(home: Home, tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    wire.mkdir()
    (wire / "1.xml").write_bytes(
        b"<row><Id>7</Id><Title>RETTELSE: Ferry sails</Title><Text>&lt;p>It sails.&lt;/p></Text></row>"
    )
    os.utime(wire / "1.xml", (1_700_000_000, 1_700_000_000))
    (tmp_path / "own.toml").write_text(
        'code = "own"\n[labels]\ncorrection = ["RETTELSE"]\n[keys]\nId = "guid"\nTitle = "headline"\nText = "body"\n'
    )

    profile = str(tmp_path / "own.toml")
    said = json.loads(home.run("follow", str(wire), "--profile", profile, "--licence", "public-domain", "--json"))
    assert (said[0]["format"], said[0]["error"]) == ("xml-own", None)
    (row,) = home.records("stories")
    assert row["headline"] == "Ferry sails"
    assert home.run("follow", str(wire), "--profile", "odd.toml", code=1).startswith(
        "wiredesk follow: no profile odd.toml"
    )


def test_a_page_that_is_its_own_feed_is_followed(home: Home) -> None:
    page = """<!doctype html><title>Notes</title><main class="h-feed"><article class="h-entry"><a class="p-name u-url"
      href="/1">Ferry {}</a> <time class="dt-published" datetime="2026-03-02T07:14:00Z"></time></article></main>"""
    words = ["sails", "sails again"]
    with Origin() as origin:
        origin.serve("/notes", lambda _: Reply(body=page.format(words.pop(0) if len(words) > 1 else words[0]).encode()))
        home.run("follow", origin.url + "/notes")
        (feed,) = home.records("feeds")
        assert (feed["title"], feed["format"], feed["items"]) == ("Notes", "h-feed", 1)
        home.run("poll", "--all", "--force")

    (row,) = home.records("stories")
    assert (row["headline"], row["original"]) == ("Ferry sails again", origin.url + "/1")


def test_a_sick_feed_is_named_and_kept(home: Home) -> None:
    with Origin() as origin:
        answers = [Reply(body=FEED), Reply(body=FEED), Reply(body=b"<!doctype html><p>Log in"), Reply(500)]
        origin.serve("/feed", lambda _: answers.pop(0) if len(answers) > 1 else answers[0])
        home.run("follow", origin.url + "/feed")
        for _ in range(3):
            home.run("poll", "--all")

    (feed,) = home.records("feeds")
    assert (feed["health"], feed["error"]) == ("failing", "The server answered with status 500.")
    assert len(home.records("stories")) == 1
    assert "has not been read since" in home.run("doctor", code=1)


def test_f25_two_workers_at_one_feed_double_nothing(home: Home) -> None:
    rows = "".join(f"<item><guid>urn:{n}</guid><title>Item {n}</title></item>" for n in range(60))
    with Origin() as origin:
        origin.serve("/feed", Reply(body=f"<rss version='2.0'><channel>{rows}</channel></rss>".encode()))
        home.run(
            "import",
            "-",
            "--newest",
            "all",
            stdin=f"<opml><body><outline xmlUrl='{origin.url}/feed'/></body></opml>".encode(),
        )
        workers = [
            subprocess.Popen([WIREDESK, "poll", "--all", "--force"], env=home.env, stdout=subprocess.DEVNULL)
            for _ in range(4)
        ]
        assert [worker.wait(60) for worker in workers] == [0, 0, 0, 0]

    assert len(home.records("stories")) == 60


def test_s14_foreign_words_in_errors_are_one_line_without_controls(home: Home) -> None:
    page = b"<!doctype html><link rel=alternate type='application/rss+xml' href='x\x1b[31my'>"
    with Origin() as origin:
        answers = [Reply(body=FEED), Reply(body=FEED), Reply(body=page)]
        origin.serve("/feed", lambda _: answers.pop(0) if len(answers) > 1 else answers[0])
        home.run("follow", origin.url + "/feed")
        home.run("poll", "--all")

    (feed,) = home.records("feeds")
    assert feed["error"].startswith("HTML page, not a feed")
    assert "\x1b" not in home.run("feeds") + home.run("doctor", code=1)


def test_opml_goes_in_and_out(home: Home, tmp_path: Path) -> None:
    (tmp_path / "in.opml").write_text(
        "<opml version='2.0'><body><outline text='News'><outline text='A' xmlUrl='https://a.example/f'/></outline><outline text='B' xmlUrl='file:///etc/passwd'/></body></opml>"
    )

    assert "1 feeds are new, 0 were followed already, 1 cannot" in home.run("import", str(tmp_path / "in.opml"))
    assert "0 feeds are new, 1 were followed" in home.run("import", str(tmp_path / "in.opml"))
    home.run("export", str(tmp_path / "out.opml"))
    assert 'xmlUrl="https://a.example/f"' in (tmp_path / "out.opml").read_text()
    assert home.records("feeds")[0]["section"] == "News"


def test_the_sample_wires_make_a_living_site(home: Home) -> None:
    with running(home, "--sample") as url:
        wait_for(lambda: get(url + "/")[1].count(b"<article") > 20, 30)
        rows = home.records("stories")
        bridge = [row for row in rows if "bridge" in row["headline"].lower() and row["section"] != "Opinion"]
        assert len(bridge) == 1
        carriers = json.loads(home.run("story", str(bridge[0]["id"]), "--json"))["carriers"]
        assert {one["source"] for one in carriers} == {"Lantern News Agency", "Brennet Courier", "Coastline Digest"}
        assert b"Report on harbour funds" not in get(url + "/")[1]
        assert "waiting" in {row["state"] for row in rows}
        assert all(row["url"].startswith(f"{url}/story/") for row in rows)


REAL = [path for path in corpora.files(corpora.FORMATS / "real-feeds-kagi") if ".expect" not in path.name]


@corpora.present
def test_the_real_feeds_are_on_the_site_once_and_a_second_poll_changes_nothing(home: Home, tmp_path: Path) -> None:
    with Origin() as origin:
        for path in REAL:
            etag = f'"{sha256(path.read_bytes()).hexdigest()[:8]}"'
            body = path.read_bytes()
            origin.serve(
                f"/{path.name}",
                lambda headers, body=body, etag=etag: (
                    Reply(304) if headers.get("if-none-match") == etag else Reply(body=body, headers={"ETag": etag})
                ),
            )  # type: ignore[misc]  # one lambda a feed
        rows = "".join(f"<outline text='{path.stem}' xmlUrl='{origin.url}/{path.name}'/>" for path in REAL)
        (tmp_path / "real.opml").write_text(f"<opml version='2.0'><body>{rows}</body></opml>")
        home.run("import", str(tmp_path / "real.opml"), "--newest", "all")
        first = json.loads(home.run("poll", "--all", "--json"))
        stories = home.records("stories")
        second = json.loads(home.run("poll", "--all", "--json"))

    assert (first["outcomes"].get("taken"), first["failed"]) == (len(REAL), [])
    assert sum(first["events"].values()) >= 1_490
    assert second["outcomes"]["same"] >= len(REAL) - 1 and second["events"] == {}
    assert home.records("stories") == stories
    with running(home) as site:
        assert_site_is_valid(site, stories)


def assert_site_is_valid(site: str, stories: list[dict[str, str]]) -> None:
    front = get(site + "/")
    assert front[0] == 200
    some = [urlsplit(row["url"]).path for row in stories if row["public"] == "shown"][::60]
    for path in ("/", *some):
        status, content = get(site + path)
        assert status == 200
        html5lib.HTMLParser(strict=True).parse(content.decode())
    for form in ("atom", "rss"):
        parsed = feedparser.parse(get(f"{site}/feed.{form}")[1])
        assert (bool(parsed.bozo), len(parsed.entries)) == (False, 50)
    assert get(site + urlsplit(stories[0]["short"]).path)[0] == 200
