"""Lists of feeds, in and out."""

from __future__ import annotations

import pytest

from tests import corpora
from wiredesk.news import opml
from wiredesk.news.errors import NewsError
from wiredesk.news.opml import Outline

LIST = b"""<opml version="2.0"><body>
<outline text="News"><outline text="Deep"><outline type="rss" text="One" XMLURL="https://a.example/1" htmlUrl="https://a.example/"/></outline></outline>
<outline title="Two" xmlUrl="https://a.example/2"/><outline title="Again" xmlUrl="https://a.example/2"/>
<outline title="Bad" xmlUrl="javascript:x"/></body></opml>"""


def test_feeds_are_read_with_their_folders_each_once() -> None:
    one, two, bad = opml.read(LIST)

    assert one == Outline(
        title="One", xml_url="https://a.example/1", html_url="https://a.example/", folders=("News", "Deep")
    )
    assert (two.title, two.folders, two.error) == ("Two", (), "")
    assert (bad.xml_url, bad.error) == ("", "not a web address: javascript:x")


def test_what_is_written_is_read_again() -> None:
    rows = (
        Outline(title="One", xml_url="https://a.example/1", html_url="https://a.example/", folders=("News",)),
        Outline(title="Two & more", xml_url="https://a.example/2"),
        Outline(title="Three", xml_url="https://a.example/3", folders=("News",)),
    )

    assert set(opml.read(opml.write(rows, title="Mine"))) == set(rows)


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"nothing"])
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(NewsError):
        opml.read(body)


def test_a_list_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MAX_OUTLINES", 1)

    assert len(opml.read(LIST)) == 1


@corpora.present
@pytest.mark.parametrize("path", corpora.files(corpora.TRUST / "hostile-feeds", ".opml"), ids=lambda path: path.name)
def test_a_hostile_list_hurts_nobody(path: corpora.Path) -> None:
    try:
        rows = opml.read(path.read_bytes())
    except NewsError as error:
        assert str(error)
    else:
        assert all(row.error or row.xml_url.startswith(("http://", "https://")) for row in rows)
