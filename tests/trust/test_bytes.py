"""S5 to S8: what hostile bytes may cost and where they may lead: no other client, no entity, no bomb, no slow page."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import corpora
from tests.acceptance.test_program import Home, get, running
from tests.makers import atom, entry
from tests.wires.origin import Origin, Reply

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wiredesk"
CLIENTS = {"aiohttp", "httpx", "requests", "urllib3", "urllib.request", "http.client", "socket", "ftplib", "pycurl"}
# TRUST section 5: one guard for the whole system. The fetcher, the courier (calls to outlets) and the channel that FTP, SFTP
# and IMAP speak through connect to what it has judged; mail goes to the address that the courier had judged. The last one
# listens, and asks nobody.
BEHIND_THE_GUARD = {"wires/fetch.py", "wires/courier.py", "wires/channel.py"}
ALLOWED = {"wires/guard.py", *BEHIND_THE_GUARD, "wires/mailing.py", "management/commands/run.py"}
FEEDS = corpora.files(corpora.TRUST / "hostile-feeds")
LISTENER = b"http://127.0.0.1:21499"


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_s5_no_module_but_the_fetcher_and_its_guard_can_ask_the_network() -> None:
    asking = {
        str(path.relative_to(SOURCE)): imports(path) & CLIENTS
        for path in SOURCE.rglob("*.py")
        if any(name == client or name.startswith(f"{client}.") for name in imports(path) for client in CLIENTS)
    }

    assert set(asking) <= ALLOWED
    for name in BEHIND_THE_GUARD:
        assert "wiredesk.wires.guard.Guard" in imports(SOURCE / name), name


EXTRA = {
    "entity-in-attribute.xml": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "LISTENER/a">]><rss version="2.0"><channel><item><title a="&x;">&x;</title></item></channel></rss>',
    "atom-entity.xml": b'<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>&x;</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">&x;</div></content></entry></feed>',
    "public-id.xml": b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "LISTENER/rss-0.91.dtd"><rss version="0.91"><channel><item><title>T</title></item></channel></rss>',
    "schema.xml": b'<rss version="2.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x LISTENER/x.xsd" xsi:noNamespaceSchemaLocation="LISTENER/y.xsd"><channel><item><title>T</title></item></channel></rss>',
    "xinclude-xml.xml": b'<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><xi:include href="LISTENER/z"/><item><title>T</title><xi:include href="LISTENER/w" parse="text"/></item></channel></rss>',
    "parameter.opml": b'<!DOCTYPE opml [<!ENTITY % p SYSTEM "LISTENER/p"> %p;]><opml version="2.0"><body><outline text="x" xmlUrl="https://a.example/f"/></body></opml>',
    "utf16.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>'.encode(
        "utf-16"
    ),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, object]], list[str]]:
    """Every hostile feed read in one process of its own, and what was asked of the server that they name."""
    folder = tmp_path_factory.mktemp("hostile")
    with Origin() as origin:
        here = origin.url.encode()
        for path in FEEDS:
            if path.name != "MANIFEST.json":
                (folder / path.name).write_bytes(path.read_bytes().replace(LISTENER, here))
        for name, body in EXTRA.items():
            (folder / name).write_bytes(body.replace(b"LISTENER", here))
        command = [sys.executable, "-m", "tests.trust.read_hostile", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
        asked = [path for path, _ in origin.asked]
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()], asked


def test_s6_no_entity_dtd_or_include_reads_a_file_or_asks_a_server(
    read: tuple[list[dict[str, object]], list[str]],
) -> None:
    rows, asked = read

    assert asked == []
    assert len(rows) >= len(EXTRA)
    assert [row["name"] for row in rows if "root:" in str(row["said"]) or "/bin/" in str(row["said"])] == []


def test_s6_s7_a_hostile_feed_takes_less_than_two_seconds_and_two_hundred_megabytes(
    read: tuple[list[dict[str, object]], list[str]],
) -> None:
    slow = [row for row in read[0] if float(str(row["seconds"])) >= 2]
    large = [row for row in read[0] if float(str(row["mb"])) >= 200]

    assert [(row["name"], row["seconds"]) for row in slow] == []
    assert [(row["name"], row["mb"]) for row in large[:1]] == []


@pytest.mark.slow
@corpora.present
def test_s7_a_bomb_on_the_wire_costs_less_than_fifty_megabytes(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with Origin() as origin:
        origin.serve("/0", Reply(body=atom([entry(1)])))
        for number, name in enumerate(("bomb-gzip.gz", "bomb-gzip-double.gz"), 1):
            bomb = (corpora.TRUST / "hostile-feeds" / name).read_bytes()
            origin.serve(f"/{number}", Reply(body=bomb, headers={"Content-Encoding": "gzip"}))
        rows = "".join(f"<outline xmlUrl='{origin.url}/{path}'/>" for path in range(3))
        home.run("import", "-", stdin=f"<opml><body>{rows}</body></opml>".encode())
        plain, bombed, twice = (peak(home, number) for number in ("1", "2", "3"))

    assert (bombed - plain < 50, twice - plain < 50) == (True, True)
    assert [row["health"] for row in home.records("feeds")] == ["good", "failing", "failing"]


def peak(home: Home, number: str) -> float:
    """The most memory that one poll takes, in megabytes."""
    code = "import sys, resource, atexit; from wiredesk.cli import main; atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)); main()"
    done = subprocess.run([sys.executable, "-c", code, "poll", number], env=home.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1]) / 1024


def worst() -> list[str]:
    """The HTML of the corpora that is slowest to clean."""
    found = []
    for case in json.loads((corpora.TRUST / "html_worst_case.json").read_text())["cases"]:
        part = case["repeat"]
        body = "".join(part % n if "%d" in part else part for n in range(case["n"]))
        found.append(case.get("prefix", "") + body + case.get("suffix", ""))
    return found


@corpora.present
def test_s8_the_site_answers_while_the_worst_html_is_cleaned(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    waits: list[float] = []
    with Origin() as origin, running(home) as site:
        slow = [entry(n, body=f"{n} {html}") for n, html in enumerate(worst() * 2)]
        url = origin.serve("/worst", Reply(body=atom(slow)))
        followed = f"<opml><body><outline xmlUrl='{url}'/></body></opml>".encode()
        home.run("import", "-", "--licence", "public-domain", stdin=followed)
        end, page = time.monotonic() + 30, b""
        while page.count(b"<article") < len(slow):
            assert time.monotonic() < end
            begun = time.monotonic()
            page = get(site + "/")[1]
            waits.append(time.monotonic() - begun)

    assert len(waits) > 5
    assert max(waits) < 1
