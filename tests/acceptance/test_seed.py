"""The page that started it all, over HTTP: an agency's story, a publisher's retitled copy, a third one cut short.

The page says which part came from whom, and when an editor changes one word, what it discloses changes by itself.
"""

from __future__ import annotations

import http.cookiejar
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.test_program import Home, get, running, wait_for
from tests.wires.origin import Origin, Reply

PARAGRAPHS = (
    "BRENNET, March 3 (Lantern) - The harbour bridge at Brennet reopened to traffic on Tuesday, eight months after a barge "
    "struck its western pier and closed the only road to the outer islands.",
    "Engineers replaced forty metres of deck and both bearings on the damaged side, the port authority said, at a cost of "
    "nine million crowns, a third of it paid by the owner of the barge.",
    "“We counted every ferry crossing,” said harbour master Oren Tallis, whose office moved cars, cattle and post by boat "
    "through the winter. “Tonight nobody has to look at the tide table.”",
    "Traffic will be limited to one lane until the end of April while sensors in the new bearings are watched, and lorries "
    "above twelve tonnes must still take the ferry from Skerry Point.",
)
TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
GUID = "urn:newsml:lantern.example:20260303:bridge"
AGENCY = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{GUID}" version="1" standard="NewsML-G2"
 standardversion="2.33" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"/>
<rightsInfo><copyrightHolder literal="Lantern"><name>Lantern News Agency</name></copyrightHolder>
<copyrightNotice>(c) 2026 Lantern News Agency</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="lantern"><name>Lantern News Agency</name></provider>
<versionCreated>2026-03-03T18:04:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Brennet bridge reopens after eight months</headline><by>Ines Calder</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>
<body>{TEXT}</body></html></inlineXML></contentSet></newsItem>"""
LINE = (
    "Except for the headline, this story has not been edited by Courier staff and is published from a syndicated feed."
)


def rss(title: str, guid: str, headline: str, html: str) -> bytes:
    """A publisher's feed with one story."""
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>
<link>https://{guid}.example/</link><description>x</description><item><guid isPermaLink="false">{guid}-1</guid>
<link>https://{guid}.example/news/1</link><title>{headline}</title><pubDate>Tue, 03 Mar 2026 19:00:00 GMT</pubDate>
<content:encoded><![CDATA[{html}]]></content:encoded></item></channel></rss>""".encode()


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as server:
        yield server


class Editor:
    """Somebody signed in at the desk, with a browser's cookies."""

    def __init__(self, home: Home, url: str) -> None:
        self.url = url
        home.env["DJANGO_SUPERUSER_PASSWORD"] = "a-good-long-word"
        home.run("createsuperuser", "--noinput", "--username", "ines", "--email", "ines@brennet.example")
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.send("/desk/login/", username="ines", password="a-good-long-word")

    def see(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=10) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        """Send a form of a page back, with its token."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.see(path))[0]
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.url + path, body, {"Referer": self.url + path})
        with self.opener.open(request, timeout=10) as answer:
            return str(answer.read().decode())


def test_the_page_says_what_came_from_whom_and_one_changed_word_changes_what_it_says(
    tmp_path: Path, origin: Origin
) -> None:
    home = Home(tmp_path / "home")
    agency = origin.serve("/lantern.xml", Reply(body=AGENCY.encode()))
    courier = rss("Courier", "courier", "At last: Brennet gets its bridge back", f"{TEXT}<p>{LINE}</p>")
    cut = rss("Tide", "tide", "Brennet bridge open", "".join(f"<p>{one}</p>" for one in PARAGRAPHS[:2]))
    home.run("follow", agency, "--source", "Lantern News Agency", "--licence", "cc-by")
    home.run("follow", origin.serve("/courier.rss", Reply(body=courier)), "--source", "Courier", "--licence", "cc-by")
    home.run("follow", origin.serve("/tide.rss", Reply(body=cut)), "--source", "Tide", "--licence", "cc-by")
    with running(home) as url:
        (record,) = home.records("stories")
        path = urllib.parse.urlsplit(record["url"]).path
        page = get(url + path)[1].decode()
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("</head>")[1]))

        assert page.count("<h1") == 1 and "Brennet bridge reopens after eight months" in text
        assert "Lantern News Agency sent this copy" in text and GUID in text
        assert "Headline word for word as received" in text and "Text word for word as received" in text
        assert "The same copy also came from Courier , Tide" in text and LINE not in text
        assert "has not been edited by" in text and "(c) 2026 Lantern News Agency" in text
        linked = json.loads(re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)[0])
        assert (
            linked["isBasedOn"]["identifier"] == GUID and linked["sourceOrganization"]["name"] == "Lantern News Agency"
        )

        editor = Editor(home, url)
        form = editor.see(f"/desk/story/{record['id']}/edit/")
        body = re.findall(r'<textarea name="body"[^>]*>(.*?)</textarea>', form, re.DOTALL)[0]
        changed = body.strip().replace("one lane", "a single lane").replace("&amp;", "&").replace("&quot;", '"')
        editor.send(f"/desk/story/{record['id']}/edit/", headline=record["headline"], body=changed)

        after = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", get(url + path)[1].decode().split("</head>")[1]))
        assert "a single lane" in after and "has not been edited" not in after and "has edited its text" in after
        assert "Headline word for word as received" in after and "Text edited by" in after
        told = json.loads(home.run("story", str(record["id"]), "--provenance", "--json"))["provenance"]
        fates = {field["name"]: (field["fate"], field["received"] == field["shown"]) for field in told["fields"]}
        assert fates["headline"] == ("as received", True) and fates["body"] == ("edited", False)

        editor.send(f"/desk/story/{record['id']}/edit/", headline=record["headline"], body=body.strip())
        wait_for(lambda: b"has not been edited by" in get(url + path)[1])
