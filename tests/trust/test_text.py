"""S14, S18, S20: what strangers wrote is shown as it is, and what we send on is clean: pages, headers, feeds, lists, log."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import feedparser
import pytest
from django.core.management import call_command
from django.test import Client
from lxml import etree

from tests import corpora
from tests.acceptance.test_program import WIREDESK, Home, free_port, get, wait_for
from tests.makers import at, atom, entry, feed, take
from tests.trust import crawl, markup
from tests.wires.origin import Origin, Reply
from wiredesk.desk import edit, intake
from wiredesk.desk.models import Story
from wiredesk.news import links
from wiredesk.news.errors import NewsError

HOSTILE = corpora.TRUST / "hostile-feeds"
SHOWN = {
    "csv-formula.xml": '=HYPERLINK("http://evil.example","x")',
    "template-inject.xml": '{{7*7}} {% include "/etc/passwd" %} ${7*7} {0.__class__} %s %n',
    "sql.xml": "'); DROP TABLE x;--",
    "log-inject.xml": "x ERROR root logged in[31m 2026 ok",
}


def plain_text(page: str) -> str:
    return " ".join(markup.text_of(page).split())


@pytest.mark.django_db
@corpora.present
@pytest.mark.parametrize("name", SHOWN)
def test_s18_formulas_templates_sql_and_headers_are_shown_as_they_are(name: str) -> None:
    lantern = feed(newest=None)
    intake.take(lantern, (HOSTILE / name).read_bytes(), now=at(), url=lantern.url)
    take(lantern, entry(9))
    row = Story.objects.exclude(headline="Headline 9").get()
    edit.headline(row.pk, f"{row.headline} ", by="ines", now=at())
    reader = crawl.reader()
    said = SHOWN[name]

    for address in ("/", links.path(row.pk, row.slug), "/source/lantern/", "/search?q=" + re.findall(r"\w+", said)[0]):
        answer = reader.get(address)
        assert said in plain_text(answer.content.decode()), address
        assert not {"set-cookie", "x"} & {header.lower() for header in answer.headers}
    for form in ("atom", "rss"):
        parsed = feedparser.parse(reader.get(f"/feed.{form}").content)
        assert said in [" ".join(unescape(one.title).split()) for one in parsed.entries], form
    assert said in [one["title"] for one in json.loads(reader.get("/feed.json").content)["items"]]
    assert Story.objects.count() == 2


INJECTED = [
    "\r\nSet-Cookie: a=b",
    "%0d%0aSet-Cookie:a=b",
    "\nLocation: https://evil.example",
    "\x00",
    "\u2028x",
    "é\r\n",
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", INJECTED)
def test_s18_no_header_is_made_of_what_was_asked_or_taken(text: str) -> None:
    take(feed(section="Coast"), entry(1, title=f"Headline {text}", link=f"https://origin.example/{text}"))
    row = Story.objects.get()
    plain = {name for name in crawl.reader().get("/nothing-at-all").headers}

    for address in (
        f"/story/{row.pk}/{text}/",
        f"/s/{links.code(row.pk)}",
        f"/s/{text}",
        f"/search?q={text}",
        f"/feed.{text}",
        "/",
    ):
        answer = Client().get(address.replace("\r", "%0d").replace("\n", "%0a"))
        assert set(answer.headers) <= plain | {"Location", "ETag", "Access-Control-Allow-Origin"}, address
        assert not any("\n" in value or "\r" in value for value in answer.headers.values())
        assert answer.status_code in (200, 301, 404) and not answer.cookies


@pytest.mark.django_db
def test_s18_words_of_a_search_are_words_and_no_pattern() -> None:
    take(feed(newest=None), entry(1, title="One hundred % sure_thing"), entry(2, title="Nothing of it"))
    reader = crawl.reader()

    for query, found in (
        ("%25", 1),
        ("_", 1),
        ("sure_thing", 1),
        ("s%25g", 0),
        ("' OR '1'='1", 0),
        ("\\", 0),
        ("%00", 0),
    ):
        assert reader.get(f"/search?q={query}").content.count(b"<article") == found, query


FOUL = "a\x85b ]]> c\ud7ff\ufffe\u202ed\x7f\x9be <?php x ?> <!DOCTYPE x> <!-- y --> <?xml-stylesheet href='z'?> &#x1b; &lt;!ENTITY q 'w'&gt;"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def foul() -> None:
    """Stories of every hostile feed, and one whose every field is foul."""
    number = 0
    for path in corpora.files(HOSTILE, ".xml", ".json"):
        if path.name not in ("many-items.xml", "MANIFEST.json", "deep-html.xml", "deep-elements.xml", "huge-text.xml"):
            lantern = feed(f"hostile{(number := number + 1)}", newest=3)
            try:
                intake.take(lantern, path.read_bytes(), now=at(), url=lantern.url)
            except NewsError:
                continue
    said = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]", "", FOUL)
    text = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    extra = f"<category term='{text.replace(chr(39), '')}'/><author><name>{text}</name></author><rights>{text}</rights><source><title>{text}</title></source>"
    take(feed("foul", section=said), entry(1, title=said, body=f"<p>{said}</p>", extra=extra, guid="urn:foul"))


def fed() -> Iterator[tuple[str, bytes]]:
    """Every XML and JSON document that we send."""
    reader = crawl.reader()
    shelves = [address for address in crawl.shelves() if "feed." in address]
    for address in [*crawl.LISTS, *shelves]:
        answer = reader.get(address)
        if answer.status_code == 200 and "html" not in answer["Content-Type"] and "plain" not in answer["Content-Type"]:
            yield address, answer.content


@pytest.mark.django_db
def test_s20_what_we_send_holds_nothing_of_their_machinery_and_is_read_by_a_second_parser() -> None:
    foul()
    seen = 0

    for address, body in fed():
        if "well-known" in address:
            continue  # one line of ours, without any copy
        seen += 1
        text = body.decode("utf-8")
        assert _CONTROLS.search(text) is None, address
        if address.endswith("feed.json"):
            assert json.loads(text)["version"] == "https://jsonfeed.org/version/1.1"
            continue
        assert (text.count("<?"), text.count("<!"), "]]>" in text) == (1, 0, False), address
        assert text.startswith("<?xml version='1.0' encoding='utf-8'?>")
        tree = etree.fromstring(body, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))
        assert tree.getroottree().docinfo.internalDTD is None
        if "feed." in address:
            parsed = feedparser.parse(body)
            entries = len(tree.findall(".//item")) + len(tree.findall(".//{http://www.w3.org/2005/Atom}entry"))
            assert (bool(parsed.bozo), len(parsed.entries)) == (False, entries), address
            assert len({one.id for one in parsed.entries}) == entries
    assert seen >= 10


@pytest.mark.django_db
def test_s20_the_list_of_feeds_that_we_give_out_is_clean(tmp_path: Path) -> None:
    foul()
    call_command("export", str(tmp_path / "out.opml"))
    text = (tmp_path / "out.opml").read_text()

    assert _CONTROLS.search(text) is None and text.count("<?") == 1 and "<!" not in text and "]]>" not in text
    assert etree.fromstring(text.encode()).findall(".//outline")


@pytest.mark.django_db
def test_s20_pages_hold_no_control_characters() -> None:
    foul()
    for row in Story.objects.all():
        for address in (links.path(row.pk, row.slug), "/"):
            text = crawl.reader().get(address).content.decode("utf-8")
            assert [one for one in text if unicodedata.category(one) == "Cc" and one not in "\n\t"] == [], address


LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING) wiredesk[a-z.]*: [^\x00-\x1f\x7f-\x9f\u2028\u2029]*"
)


@corpora.present
def test_s14_one_line_of_the_log_for_one_event_whatever_strangers_say(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    drops = tmp_path / "drops"
    drops.mkdir()
    page = b"<!doctype html><link rel=alternate type='application/rss+xml' href='x\n\x1b[31mERROR root\r'>"
    with Origin() as origin:
        origin.serve("/log", Reply(body=(HOSTILE / "log-inject.xml").read_bytes()))
        origin.serve("/page", Reply(body=page))
        origin.serve("/away", Reply(302, headers={"Location": "http://127.0.0.1:1/\x1b[31m%0d%0aX"}))
        origin.serve(
            "/many", Reply(body=atom([entry(1, title="KILL: \x85y\u2028z"), entry(2, title="ADVISORY: x\x85y")]))
        )
        rows = "".join(
            f"<outline text='a&#10;b' xmlUrl='{origin.url}/{path}'/>" for path in ("log", "page", "away", "many")
        )
        home.run("import", "-", stdin=f"<opml><body>{rows}</body></opml>".encode())
        home.run("follow", str(drops), "--source", "Drops")
        drop = drops / "x\n2026-01-01 00:00:00,000 INFO wiredesk: all is well\x1b[2J.xml"
        drop.write_bytes(b"<!doctype html>")
        os.utime(drop, (1, 1))
        with closing(sqlite3.connect(tmp_path / "home" / "wiredesk.sqlite3")) as database:
            database.execute("update desk_feed set next_poll_at = '2020-01-01 00:00:00'")
            database.commit()
        lines = log_of(home, tmp_path / "log", origin)

    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len([line for line in lines if " failed: " in line]) >= 3
    assert len(lines) < 40


def log_of(home: Home, log: Path, origin: Origin) -> list[str]:
    """What the program logs while it asks every feed and is asked odd things."""
    port = free_port()
    with log.open("w") as file:
        process = subprocess.Popen(
            [WIREDESK, "run", "--bind", f"127.0.0.1:{port}"], env=home.env, stdout=file, stderr=file
        )
        try:
            wait_for(lambda: {"/log", "/page", "/away", "/many"} <= {path for path, _ in origin.asked})
            for odd in ("/%0a%1b[31m", "/search?q=%1b%0a", "/s/%0d%0aX", "/story/1/%1b/"):
                get(f"http://127.0.0.1:{port}{odd}")
            wait_for(lambda: log.read_text().count(" failed: ") >= 3)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)
    said = [line for line in log.read_text().split("\n") if line]
    return [line for line in said if "Wiredesk is on " not in line and "Nobody can log in" not in line]
