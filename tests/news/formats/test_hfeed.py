"""Pages that are their own feed: h-feed, h-entry and classic hAtom."""

from __future__ import annotations

import contextlib
import random
import time
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import mf2py
import pytest
from lxml import etree

from tests.data.hfeed import everything
from wiredesk.news import formats
from wiredesk.news.errors import NewsError, NotAFeed
from wiredesk.news.formats.reading import html
from wiredesk.news.formats.reading import microformats as mf
from wiredesk.news.item import Item
from wiredesk.news.profile import Profile

URL = "https://lantern.example/notes/"
EVERYTHING = (Path(__file__).resolve().parents[2] / "data" / "hfeed" / "everything.html").read_bytes()


def said(body: str | bytes, **options: Any) -> dict[str, Any]:
    raw = body.encode() if isinstance(body, str) else body
    return formats.as_json(formats.parse(raw, url=URL, **options))


def entry(inside: str, *, around: str = "") -> dict[str, Any]:
    """The one item of a page with one entry."""
    (item,) = said(f"<!doctype html><title>Page</title>{around}<div class=h-entry>{inside}</div>")["items"]
    return dict(item)


def item(inside: str) -> Item:
    return formats.parse(f"<html><div class=h-entry>{inside}</div>".encode(), url=URL).items[0]


def assert_holds(actual: dict[str, Any], expected: dict[str, Any]) -> None:
    assert {name: actual.get(name) for name in expected} == expected


def test_all_that_an_h_feed_says_is_read() -> None:
    delivery = said(EVERYTHING)

    first, second, third, fourth = delivery["items"]
    assert (delivery["format"], delivery["lossy"]) == ("h-feed", False)
    assert_holds(delivery["feed"], everything.FEED)
    assert_holds(first, everything.FIRST)
    assert_holds(second, everything.SECOND)
    assert_holds(third, everything.THIRD)
    assert_holds(fourth, everything.FOURTH)
    assert first["origin"]["headline"]["path"] == "p-name"


def test_an_entry_that_is_deleted_is_a_tombstone_and_no_item() -> None:
    delivery = said(EVERYTHING)

    assert delivery["tombstones"] == everything.STONES
    assert [stone["guid"] for stone in said("<html><p class=h-entry><b class=p-deleted>yes</b>")["tombstones"]] == []
    (stone,) = said("<html><p class=h-entry id=a><b class=u-deleted>yes</b>")["tombstones"]
    assert stone == {"guid": f"{URL}#a"}


def test_the_first_h_feed_with_entries_is_the_feed_and_others_are_noted() -> None:
    page = "<html><div class=h-feed></div>{}<div class=h-feed><a class=h-entry href=/2>Two</a></div>"

    assert [one["headline"] for one in said(page.format(""))["items"]] == ["Two"]
    assert "other-feeds" in [note["code"] for note in said(EVERYTHING)["notes"]]


def test_entries_without_a_feed_around_them_are_a_feed_with_the_page_s_title() -> None:
    delivery = said(
        "<html lang=da><title> Notes </title><link rel=canonical href=/n><p class=h-entry>A</p><p class=h-entry>B</p>"
    )

    assert [one["headline"] for one in delivery["items"]] == ["A", "B"]
    assert_holds(delivery["feed"], {"title": "Notes", "url": "https://lantern.example/n", "language": "da"})


def test_an_h_feed_without_entries_is_an_empty_feed() -> None:
    assert said("<html><main class=h-feed><h1 class=p-name>Quiet</h1></main>")["items"] == []


@pytest.mark.parametrize("start", ["<div class=h-feed>", "<article class='x'>", "<?xml version='1.0'?>\n<html>"])
def test_markup_that_is_no_whole_page_may_hold_entries_too(start: str) -> None:
    assert said(f"{start}<p class=h-entry>A<br>b")["items"][0]["headline"] == "A b"


def test_well_formed_xhtml_is_read_as_a_page() -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p class="h-entry">A</p><script/></body></html>'

    assert said(page)["items"][0]["headline"] == "A"
    assert said(page.replace("html", "div"))["items"][0]["headline"] == "A"


def test_classic_names_count_where_a_page_names_no_feed() -> None:
    page = """<html>{}<div class="hfeed"><div class="hentry" id="p1"><h2 class="entry-title p-3">Old
      <a rel="bookmark nofollow" href="/old">names</a></h2><span class="author vcard"><a class="fn url" href="/ada">Ada</a></span>
      <abbr class="published" title="2026-03-02T07:14:00Z">2 March</abbr><p class="entry-summary">Short</p>
      <div class="entry-content"><p class="p-name">Long</p></div><a rel="tag" href="/t">harbour</a></div></div>"""

    (found,) = said(page.format(""))["items"]
    assert_holds(
        found,
        {
            "headline": "Old names",
            "url": "https://lantern.example/old",
            "summary": "Short",
            "body": '<p class="p-name">Long</p>',
            "authors": [{"name": "Ada", "uri": "https://lantern.example/ada"}],
            "subjects": [{"name": "harbour"}],
        },
    )
    assert found["published"]["utc"] == "2026-03-02T07:14:00Z"
    with pytest.raises(NotAFeed, match="HTML page, not a feed; it names https://lantern.example/feed"):
        said(page.format("<link rel=alternate type=application/rss+xml href=/feed>"))


def test_a_classic_entry_without_a_title_has_none_implied() -> None:
    (found,) = said("<html><div class=hentry>Only words <a href=/x>x</a></div>")["items"]

    assert (found["headline"], found["url"], found["guid_kind"]) == ("", "", "made")


def test_a_page_that_is_a_feed_and_names_others_says_so() -> None:
    page = "<html><link rel=alternate type=application/rss+xml href=/feed><p class=h-entry>A</p>"

    assert {"code": "feeds-named", "text": "the page names https://lantern.example/feed"} in said(page)["notes"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><p>h-entry",
        "<html><p class='not-h-entry h-full'>x",
        "<html><!-- h-entry -->",
        "<html><p class=h-card>h-entry",
    ],
)
def test_a_page_without_entries_is_no_feed(page: str) -> None:
    with pytest.raises(NotAFeed, match="HTML page, not a feed"):
        said(page)


def test_words_of_style_sheets_are_no_roots_and_no_properties() -> None:
    found = entry("<div class='h-full'><b class='p-name'>Ferry</b></div><i class='p-4 u-'>x</i>")

    assert found["headline"] == "Ferry"
    assert found["extra"] == [{"qname": "p-4", "text": "x"}]


@pytest.mark.parametrize(
    ("inside", "headline"),
    [
        ("<img alt='A ferry' src=x>", "A ferry"),
        ("<p><img alt='A ferry' src=x></p>", "A ferry"),
        ("<abbr title='A ferry'>f.</abbr>", "A ferry"),
        ("A <script>x</script><style>y</style><img alt=ferry src=x> sails", "A ferry sails"),
        ("<b class=p-name><i class=value>A</i> <i class=value-title title=' ferry'></i></b>", "Aferry"),
        ("<data class=p-name value='A ferry'>x</data>", "A ferry"),
        ("<area class=p-name alt='A ferry'>", "A ferry"),
        ("<i class=p-category>a</i> words", ""),
        ("<i class=e-content>a</i> words", ""),
        ("<b class='p-name'>Same  words</b><i class=e-content>Same words</i>", ""),
        ("<b class='p-name'></b>", ""),
    ],
)
def test_the_name_of_an_entry_is_said_or_implied(inside: str, headline: str) -> None:
    assert entry(inside)["headline"] == headline


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<a href=1>x</a> <b>y</b>", f"{URL}1"),
        ("<p><a href=1>x</a></p>", f"{URL}1"),
        ("<a href=1>x</a> <a href=2>y</a>", ""),
        ("<a href=1 class=h-card>x</a>", ""),
        ("<a href=1>x</a> <i class=u-photo>/p</i>", ""),
        ("<a class=u-url href=javascript:x>x</a>", ""),
        ("<object class=u-url data=1></object>", f"{URL}1"),
        ("<video class=u-url poster=1></video>", f"{URL}1"),
        ("<i class=u-url> 1 </i>", f"{URL}1"),
        ("<i class=u-url><i class=value>1</i>0</i>", f"{URL}1"),
        ("<i class='u-url h-cite'><a class=u-url href=1>x</a></i>", f"{URL}1"),
    ],
)
def test_the_address_of_an_entry_is_said_or_implied(inside: str, url: str) -> None:
    assert entry(inside)["url"] == url


@pytest.mark.parametrize(
    ("inside", "raw"),
    [
        ("<time class=dt-published datetime=2026-03-02T07:14Z>x</time>", "2026-03-02T07:14Z"),
        ("<time class=dt-published>2026-03-02</time>", "2026-03-02"),
        ("<data class=dt-published value=2026-03-02>x</data>", "2026-03-02"),
        ("<i class=dt-published><i class=value>2026-03-02</i>, <i class=value>07:14</i> <i class=value>+01:00</i></i>",
         "2026-03-02 07:14+01:00"),
        ("<i class=dt-published><i class=value>07:14</i> on <i class=value>2026-03-02</i></i>", "2026-03-02 07:14"),
        ("<i class=dt-published><time class=value datetime=2026-03-02>x</time></i>", "2026-03-02"),
    ],
)  # fmt: skip
def test_a_date_may_stand_in_one_place_or_in_parts(inside: str, raw: str) -> None:
    assert entry(inside)["published"]["raw"] == raw


def test_a_date_without_a_zone_is_read_in_the_agency_s_and_says_so() -> None:
    east = Profile(clock=timezone(timedelta(hours=2)))
    page = b"<html><p class=h-entry><time class=dt-published>2026-03-02 07:14</time>"

    published = formats.parse(page, profile=east).items[0].published
    assert published is not None
    assert published.utc is not None
    assert (published.utc.hour, published.how) == (5, "assumed")


def test_a_name_link_or_card_may_be_an_author() -> None:
    found = entry(
        "<a class=p-author href=/ada>Ada</a><a class=p-author href=mailto:bo@x.example>Bo</a><i class=p-author></i>"
        "<a class='p-author h-card' href=/cy>Cy</a><i class='p-author h-card'></i>"
        "<i class='p-author h-card'><b class=u-email>dee@x.example</b></i>"
    )

    assert found["authors"] == [
        {"name": "Ada", "uri": "https://lantern.example/ada"},
        {"name": "Bo"},
        {"name": "Cy", "uri": "https://lantern.example/cy"},
        {"email": "dee@x.example"},
    ]


def test_what_has_no_field_or_no_sense_is_kept_or_left_out() -> None:
    found = entry(
        "<a class=u-like-of href=/l>x</a><a class=u-repost-of href=javascript:x>x</a><a class=u-audio>x</a>"
        "<i class=p-category></i><i class=p-location>Port  Ember</i><i class=p-publication>Post</i><i class=p-publication></i>"
        "<a class=u-license></a><a class=u-syndication></a><i class=p-content>a &lt; b</i><a class=u-x-y href=/z>z</a>"
    )

    assert found["refs"] == [{"rel": "like-of", "id": "https://lantern.example/l"}]
    assert (found["places"], found["credit"], found["body"]) == (["Port Ember"], [{"name": "Post"}], "a &lt; b")
    assert found["extra"] == [{"qname": "u-x-y", "text": "/z"}]
    assert [name for name in ("rights", "subjects") if name in found] == []


def test_too_many_unknown_properties_are_dropped_with_a_note() -> None:
    found = item("".join(f"<p class=p-odd>{'x' * 1000}{n}" for n in range(20)))

    assert (len(found.extra), [note.code for note in found.notes]) == (15, ["too-much-extra"])


def test_a_page_says_its_charset_where_the_server_does_not() -> None:
    page = "<html><meta charset=windows-1251><p class=h-entry>Порт</p>".encode("cp1251")

    assert said(page)["items"][0]["headline"] == "Порт"
    assert said(page, content_type="text/html; charset=windows-1252")["items"][0]["headline"] == "Ïîðò"


def test_links_of_a_page_are_read_up_to_a_number() -> None:
    many = "".join(f"<link rel=next href=/{n}>" for n in range(300))
    delivery = said(f"<html>{many}<a rel=license href=javascript:x>x</a><a rel=me href=/>me</a><p class=h-entry>A")

    assert len(delivery["feed"]["links"]) == 200
    assert "rights" not in delivery["feed"]


def test_more_entries_than_a_delivery_may_have_are_cut_off() -> None:
    delivery = said("<html>" + "<p class=h-entry>x" * 5_001)

    assert (len(delivery["items"]), delivery["lossy"]) == (5_000, True)


def flood(name: str) -> str:
    return {
        "deep": "<p class=h-entry>x</p>" + "<div>" * 900_000,
        "deep roots": "<div class='h-entry p-name'>" * 180_000,
        "nested properties": "<div class=h-entry>"
        + "<div class='p-name p-category e-content'>" * 190
        + "word " * 900_000,
        "attributes": "<p class=h-entry>x</p><p " + " ".join(f"a{n}=1" for n in range(400_000)) + ">",
        "classes": f"<p class='h-entry {' p-odd' * 800_000}'>",
        "values": "<div class=h-entry>" + "<i class=p-category>x" * 230_000,
        "entries": "<p class=h-entry>x" * 270_000,
        "base64": f"<div class=h-entry><img class=u-photo src='data:image/png;base64,{'A' * 5_000_000}'>",
        "entities": "<p class=h-entry>" + "&amp;" * 1_000_000,
        "comments": "<p class=h-entry>x" + "<!-- " * 1_000_000,
        "value classes": "<div class=h-entry><b class=dt-published>" + "<i class=value>1</i>" * 220_000,
        "tables": "<div class=h-entry>" + "<table><tr><td class=p-name>" * 170_000,
        "open tags": "<p class=h-entry>" + "<" * 5_000_000,
    }[name]


@pytest.mark.parametrize(
    "name",
    ["deep", "deep roots", "nested properties", "attributes", "classes", "values", "entries", "base64", "entities",
     "comments", "value classes", "tables", "open tags"],
)  # fmt: skip
def test_five_hostile_megabytes_are_read_or_refused_in_time(name: str) -> None:
    body = f"<!doctype html>{flood(name)}"[: 5 * 2**20].encode()
    before = time.process_time()

    try:
        delivery = formats.parse(body, url=URL)
    except NewsError:
        pass
    else:
        assert len(delivery.items) >= 1
    assert time.process_time() - before < 10


def test_a_page_larger_than_five_megabytes_is_refused() -> None:
    with pytest.raises(NewsError, match="HTML page larger than 5 MB"):
        said("<html><p class=h-entry>" + "x" * (5 * 2**20))


def test_what_is_left_out_of_a_page_makes_it_lossy() -> None:
    delivery = said("<html><p class=h-entry>A</p>" + "<b>" * 300 + "x")

    assert (delivery["lossy"], [note["code"] for note in delivery["notes"]]) == (True, ["cut"])
    assert html.read("") is None
    assert html.read("<!-- only -->") is None


def test_an_element_beyond_the_caps_is_left_out_with_all_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_ELEMENTS", 3)

    page = html.read("<p>a<b>b<i>c</i></b></p>d")
    assert page is not None
    assert (page.is_cut, "".join(page.root.itertext())) == (True, "ad")


def test_what_a_parser_leaves_open_is_closed() -> None:
    builder = html._Builder()
    builder.start("p", {})
    builder.data("a")
    builder.close()

    assert builder.root is not None
    assert etree.tostring(builder.root) == b"<p>a</p>"


def test_names_and_characters_that_no_tree_can_hold_are_left_out() -> None:
    page = html.read("<p title='&#1;a'>&#xffff;x<o:p a:b=1 @x=1 _y=2>z</o:p></p>")

    assert page is not None
    assert etree.tostring(page.root) == b'<html><body><p title="a">x<span _y="2">z</span></p></body></html>'


def test_a_page_with_changed_bytes_is_read_or_refused() -> None:
    chance = random.Random(11)
    for _ in range(300):
        body = bytearray(EVERYTHING)
        for _ in range(chance.randrange(1, 20)):
            body[chance.randrange(len(body))] = chance.choice(b"\0<>\"'&/!-\xff\xc2\x85A \t\n")
        with contextlib.suppress(NewsError):
            formats.parse(bytes(body[: chance.randrange(1, len(body))]), url=URL)


def test_more_values_of_one_property_than_are_read_are_left_out() -> None:
    found = mf.read(html.read("<p class=h-entry>" + "<i class=p-odd></i>" * 1_001).root[0][0])  # type: ignore[union-attr]

    assert len(found.properties["odd"]) == 1_000


# What a reader of microformats that others wrote makes of the same pages.
SAME = [
    "<div class=h-entry><a class='u-url p-name' href=/1>One</a><p class=p-summary>Short</p></div>",
    "<div class=h-entry><b class=p-name>One</b><i class=p-category>a</i><i class='p-category x'>b</i></div>",
    "<a class=h-entry href=/1>One</a>",
    "<div class=h-entry><img class=u-photo src=/p.jpg alt=P></div>",
    "<div class=h-entry><abbr class=p-name title='Long name'>L</abbr></div>",
    "<div class=h-entry><div class='p-author h-card'><a class='p-name u-url' href=/ada>Ada</a></div>Text</div>",
    "<div class=h-entry><p class=p-name>Outer</p><div class='u-comment h-cite'><b class=p-name>Inner</b></div></div>",
    "<div class=hentry><b class=entry-title>Old</b><abbr class=published title=2026-03-02>x</abbr></div>",
]


@pytest.mark.parametrize("page", [*SAME, EVERYTHING.decode()])
def test_properties_are_those_that_mf2py_finds(page: str) -> None:
    theirs = [one for one in _walked(mf2py.parse(doc=page, url=URL)["items"]) if "h-entry" in one["type"]]
    read = html.read(page)
    assert read is not None
    ours = [mf.read(one) for one in read.root.iter() if mf.root_of(one) == "h-entry"]

    assert [_ours(one) for one in ours] == [_theirs(one["properties"]) for one in theirs]


def _walked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every root in the order of the document, those that are values of properties left out."""
    found = []
    for one in items:
        found += [one, *_walked(one.get("children", []))]
    return found


def _theirs(properties: dict[str, list[Any]]) -> dict[str, list[str]]:
    plain = {
        name: [one if isinstance(one, str) else one.get("value", "") for one in values if one]
        for name, values in properties.items()
    }
    found = {name: [" ".join(one.split()) for one in plain.get(name, []) if one] for name in _COMPARED}
    return {**found, "published": [one[:16] for one in found["published"]]}


_COMPARED = ("name", "summary", "category", "published")


def _ours(found: mf.Microformat) -> dict[str, list[str]]:
    said = {name: [_value(one) for one in found.properties.get(name, [])] for name in _COMPARED}
    name = mf.name_of(found)
    return {**said, "name": [name] if name else [], "published": [one[:16] for one in said["published"]]}


def _value(found: mf.Found) -> str:
    if found.kind == "dt":
        return mf.time_of(found.element)
    return mf.href_of(found.element) if found.kind == "u" else mf.line_of(found.element)


def test_elements_that_the_reader_of_html_never_closed_are_closed_at_the_end() -> None:
    builder = html._Builder()
    builder.start("div", {})
    builder.start("p", {"class": "e-content"})
    builder.data("Copy.")
    builder.close()

    assert builder.root is not None and [one.tag for one in builder.root.iter()] == ["div", "p"]
