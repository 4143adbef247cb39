"""Bytes that are not as they should be: encodings, repairs, caps, dates, addresses."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from wiredesk.news import formats
from wiredesk.news.errors import NewsError, NotAFeed
from wiredesk.news.formats.reading import common, dates, decode, draft, names, text, urls
from wiredesk.news.item import Delivery, Person, as_json
from wiredesk.news.profile import Profile


def rss(inner: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>T</title>{inner}</channel></rss>".encode()


def item(inner: str) -> bytes:
    return rss(f"<item>{inner}</item>")


def codes(delivery: Delivery) -> set[str]:
    return {note.code for note in delivery.notes}


def headline(body: bytes, **about: str) -> str:
    return formats.parse(body, **about).items[0].headline  # type: ignore[arg-type]  # only text arguments


CAFE = "<rss version='2.0'><channel><item><title>Caf\u00e9 \u2019</title></item></channel></rss>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert headline(CAFE.encode(encoding)) == "Café ’"


def test_an_ebcdic_document_names_its_code_page() -> None:
    plain = "<?xml version='1.0' encoding='cp500'?>" + CAFE.replace(" \u2019", "")

    assert headline(plain.encode("cp500")) == "Café"
    assert decode.decode("<?xml version='1.0'?><a/>".encode("cp037")).encoding == "cp037"


def test_bytes_that_are_utf8_are_utf8_whatever_is_declared() -> None:
    delivery = formats.parse(b"<?xml version='1.0' encoding='iso-8859-1'?>" + CAFE.encode())

    assert (delivery.items[0].headline, delivery.encoding) == ("Café ’", "utf-8")
    assert "charset-overridden" in codes(delivery)


def test_what_http_says_counts_before_what_xml_says() -> None:
    body = b"<?xml version='1.0' encoding='koi8-r'?>" + CAFE.encode("cp1252")
    delivery = formats.parse(body, content_type="text/xml; charset=ISO-8859-1")

    assert (delivery.items[0].headline, delivery.encoding, delivery.how) == ("Café ’", "cp1252", "http")


def test_the_agencys_charset_counts_first_and_one_that_does_not_fit_is_passed_over() -> None:
    body = b"<?xml version='1.0' encoding='cp1252'?>" + CAFE.encode("cp1252")

    assert formats.parse(body, profile=Profile(charset={"xml": "mac_roman"})).how == "profile"
    assert formats.parse(body, content_type="text/xml; charset=ascii_8bit_of_nobody").how == "xml"
    assert formats.parse(body, content_type="text/xml; charset=shift_jis").how == "xml"


def test_undeclared_bytes_are_cp1252_or_damaged_utf8() -> None:
    fallback = formats.parse(CAFE.encode("cp1252"))
    damaged = formats.parse(
        (CAFE.replace("Caf", "\u00e9" * 60 + " " + "\u00e9 " * 40)).encode().replace(b"title>", b"title>\xff ", 1)
    )

    assert (fallback.encoding, "bad-bytes" in codes(fallback), fallback.lossy) == ("cp1252", True, False)
    assert (damaged.encoding, "bad-bytes" in codes(damaged), damaged.lossy) == ("utf-8", True, True)


def test_bytes_that_cp1252_leaves_undefined_are_kept() -> None:
    assert decode.decode(b"\x81\x93 <a/>").text == "\x81\u201c <a/>"


def test_stateful_codecs_only_if_named_and_utf7_never() -> None:
    japanese = "<rss version='2.0'><channel><item><title>\u65e5\u672c</title></item></channel></rss>".encode(
        "iso-2022-jp"
    )
    declared = b"<?xml version='1.0' encoding='iso-2022-jp'?>"

    assert headline(declared + japanese) == "日本"
    assert formats.parse(declared + b"\x1b\x1b" + CAFE.replace("\u00e9", "e").replace("\u2019", "").encode()).items
    assert headline(item("<title>+ADw-</title>"), content_type="text/xml; charset=utf-7") == "+ADw-"


def test_broken_utf16_is_damage() -> None:
    assert formats.parse(CAFE.encode("utf-16-le").replace("\u00e9".encode("utf-16-le"), b"\x00\xd8")).lossy


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b" \n", "empty"),
        (b"\x1f\x8b\x08", "compressed bytes where text was expected"),
        (b"https://a.example/feed", "not a feed"),
        (b"[1, 2]", "JSON, not a feed"),
        (b"{broken", "the JSON cannot be read"),
        (b"[" * 100_000, "the JSON cannot be read"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "deeper than 64 levels"),
        (b"<opml/>", "the document is <opml>"),
        (b"<!DOCTYPE html><p>x", "HTML page, not a feed"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "HTML page, not a feed"),
        (b"x" * (10 * 2**20 + 1), "larger than 10 MB"),
        (b"<", "the XML cannot be read"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: bytes, reason: str) -> None:
    with pytest.raises(NewsError, match=reason):
        formats.parse(body)


def test_many_comments_before_a_page_cost_no_time() -> None:
    before = time.process_time()

    with pytest.raises(NewsError):
        formats.parse(b"<!---->" * 1_000 + b"<x")
    assert time.process_time() - before < 5


def test_a_page_names_its_feeds_in_the_error() -> None:
    page = b"<html><link rel=alternate type='application/rss+xml' href=/feed><link rel=stylesheet href=x></html>"

    with pytest.raises(NotAFeed) as refused:
        formats.parse(page, url="https://a.example/")
    assert refused.value.offers == ("https://a.example/feed",)


@pytest.mark.parametrize(
    ("body", "code", "title"),
    [
        (item("<title>a &nbsp;&eacute; &nosuch; b</title>"), "entities", "a é &nosuch; b"),
        (item("<title>AT&T</title>"), "ampersand", "AT&T"),
        (item("<title>AT&T &amp; more</title>"), "ampersand", "AT&T & more"),
        (item("<title>a < b</title>"), "less-than", "a < b"),
        (item("<title>a</title><dc:creator>x</dc:creator><odd:y/>"), "undeclared-prefix", "a"),
        (item("<title>a&#0;&#xD800;&#X41;\x01</title>"), "control-characters", "aA"),
        (item("<title>a</title>") + b"<p>more", "trailing-junk", "a"),
        (b"<b>Warning</b> " + item("<title>a</title>"), "leading-junk", "a"),
        (
            rss(
                "<item><title>&co; &deep;</title></item>",
                "<!DOCTYPE rss [<!ENTITY co 'Lantern'><!ENTITY deep '&co;'>]>",
            ),
            "bad-doctype",
            "Lantern &deep;",
        ),
        (item("<title>caf\u0092e &#150;</title>"), "c1", "caf’e –"),
    ],
)
def test_a_repair_is_made_and_named(body: bytes, code: str, title: str) -> None:
    delivery = formats.parse(body)

    assert (delivery.items[0].headline, delivery.lossy) == (title, False)
    assert code in codes(delivery)


def test_a_document_type_without_entities_is_no_fault() -> None:
    assert formats.parse(rss("", "<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'x.dtd'>")).notes == ()


def test_what_stands_in_cdata_is_left_alone() -> None:
    assert (
        formats.parse(item("<title>x &</title><description><![CDATA[<b>&nbsp;</b>]]></description>")).items[0].body
        == "<b>&nbsp;</b>"
    )


def test_a_cut_document_keeps_its_whole_items_and_marks_the_last() -> None:
    delivery = formats.parse(b"<rss version='2.0'><channel><item><title>One</title></item><item><title>Tw")

    assert delivery.lossy
    assert [(one.headline, one.lossy) for one in delivery.items] == [("One", False), ("Tw", True)]
    assert delivery.items[1].notes[-1].code == "incomplete"


@pytest.mark.parametrize("tail", ["", " \n", "<link>", "</chan"])
def test_a_document_that_breaks_off_after_an_item_has_lost_none_of_it(tail: str) -> None:
    delivery = formats.parse(f"<rss version='2.0'><channel><item><title>One</title></item>{tail}".encode())

    assert (delivery.lossy, [(one.headline, one.lossy) for one in delivery.items]) == (True, [("One", False)])


def test_a_cut_document_without_items_is_only_lossy() -> None:
    assert formats.parse(b"<rss version='2.0'><channel><title>T").items == ()


def test_caps_are_kept_and_said() -> None:
    many = formats.parse(rss("<item/>" * 5_001))
    media = formats.parse(item("".join(f"<enclosure url='https://a.example/{n}'/>" for n in range(101))))
    long = formats.parse(item(f"<description>{'x' * (2 * 2**20 + 9)}</description>"))
    extra = formats.parse(item(f"<y xmlns='urn:y'>{'x' * 16_001}</y>"))

    assert (len(many.items), many.lossy, "too-many-items" in codes(many)) == (5_000, True, True)
    assert (len(media.items[0].media), media.items[0].notes[0].code) == (100, "too-many-media")
    assert (len(long.items[0].body), long.items[0].lossy) == (2 * 2**20, True)
    assert (extra.items[0].extra, extra.items[0].notes[0].code) == ((), "too-much-extra")


def test_markup_is_written_out_no_further_than_a_text_may_be_long() -> None:
    many = "<p>x</p>" * 300_000
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{many}</content></entry></feed>"
    (read,) = formats.parse(body.encode()).items

    assert (len(read.body), read.lossy) == (text.MAX_TEXT, True)


def test_caps_hold_in_every_format() -> None:
    entries = "<entry><id>1</id></entry>" * 5_001
    atom = formats.parse(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())
    rows = ",".join(["{}"] * 5_001)
    feed = formats.parse(
        f'{{"version":"https://jsonfeed.org/version/1","items":[{rows}],"big":"{"x" * 16_001}"}}'.encode()
    )

    assert (len(atom.items), atom.lossy) == (5_000, True)
    assert (len(feed.items), feed.lossy, feed.feed.extra) == (5_000, True, ())
    assert "duplicate-guid" in codes(atom)


def test_a_json_feed_without_items_is_empty_with_a_note() -> None:
    delivery = formats.parse(b'{"version":"https://jsonfeed.org/version/1","home_page_url":true,"items":{}}')

    assert (delivery.items, codes(delivery)) == ((), {"wrong-type"})


def test_half_a_surrogate_pair_in_json_is_no_character() -> None:
    body = b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a\\ud83db","_x":"\\ud83d"}]}'
    delivery = formats.parse(body)

    assert delivery.items[0].headline == "a?b"
    assert '"headline":"a?b"' in as_json(delivery.items[0])


def test_an_unknown_element_keeps_a_thousand_attributes() -> None:
    many = " ".join(f"a{number}=''" for number in range(1_100))
    delivery = formats.parse(rss(item(f"<odd {many}/>")))

    assert len(delivery.items[0].extra[0].attributes) == 1_000


def test_rss_1_has_its_items_beside_the_channel() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel><title>T</title><link>https://a.example/</link></channel><image><url>/i.png</url></image>
    <item rdf:about="urn:1"><title>One</title></item></rdf:RDF>"""
    delivery = formats.parse(body)

    assert (delivery.format, delivery.feed.image) == ("rss1.0", "https://a.example/i.png")
    assert (delivery.items[0].guid, delivery.items[0].guid_kind, delivery.items[0].headline) == (
        "urn:1",
        "opaque",
        "One",
    )


def test_older_dialects_are_named() -> None:
    netscape = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><item/></rdf:RDF>"

    assert formats.parse(netscape).format == "rss0.9"
    assert formats.parse(b"<rss><channel><item/></channel></rss>").format == "rss"
    assert formats.parse(b"<feed xmlns='http://purl.org/atom/ns#'><entry/></feed>").format == "atom0.3"


def test_atom_without_a_namespace_and_single_entries_are_read() -> None:
    assert (
        formats.parse(b"<feed><link rel='self' href='x'/><entry><id>1</id><odd/></entry></feed>").items[0].guid == "1"
    )
    assert formats.parse(b"<entry xmlns='http://www.w3.org/2005/Atom'><id>1</id></entry>").items[0].guid == "1"
    stone = formats.parse(b"<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='1' when='x'/>")
    assert [one.guid for one in stone.tombstones] == ["1"]


def test_a_prefix_means_nothing_and_a_namespace_everything() -> None:
    body = b"<rss version='2.0' xmlns:title=' HTTPS://search.yahoo.com/mrss '><channel><item><title:title>media</title:title><TITLE>T</TITLE></item></channel></rss>"

    assert formats.parse(body).items[0].headline == "T"
    assert names.canonical("{urn:x}a") == "{urn:x}a"


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2026-03-02T07:14:05.25Z", "2026-03-02 07:14:05"),
        ("2026-03-02T07:14:05-03:30", "2026-03-02 10:44:05"),
        ("2026-03-02T07:14:05", "2026-03-02 07:14:05"),
        ("Mon, 02 Mar 2026 07:14:00 -0330", "2026-03-02 10:44:00"),
        ("Mon, 02 Mar 2026 07:14:00 GMT", "2026-03-02 07:14:00"),
        ("2026-03-02 07:14:00", "2026-03-02 07:14:00"),
        ("2026/03/02", "2026-03-02 00:00:00"),
        ("2026-03", "2026-03-01 00:00:00"),
        ("20260302T071400Z", "2026-03-02 07:14:00"),
        ("20260302T071400+0100", "2026-03-02 06:14:00"),
        ("02 March 2026", "2026-03-02 00:00:00"),
        ("Mon, 2 March 2026 7:14 GMT", "2026-03-02 07:14:00"),
        ("Fri, 02 Mar 26 07:14:00 EST", "2026-03-02 12:14:00"),
        ("02 Mar 99 07:14:00 +05:30", "1999-03-02 01:44:00"),
        ("Mon Mar 2 07:14:00 2026", "2026-03-02 07:14:00"),
        ("March 2, 2026", "2026-03-02 00:00:00"),
        ("2026-03-02T24:00:00Z", "2026-03-03 00:00:00"),
        ("2026-03-02T23:59:60Z", "2026-03-03 00:00:00"),
        ("2026-03-02T07:14:00 QQQ", "2026-03-02 07:14:00"),
        ("2026-03-02T07:14:00+99:00", "2026-03-02 07:14:00"),
    ],
)
def test_a_date_as_feeds_write_it(raw: str, utc: str) -> None:
    read = dates.read(raw)

    assert read and read.utc and f"{read.utc:%Y-%m-%d %H:%M:%S}" == utc


@pytest.mark.parametrize(
    "raw",
    [
        "0001-01-01T00:00:00Z",
        "1970-01-01",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "soon",
        "32 Foo 2026",
        "2026-13-40",
        "9999-12-31",
        "9999-12-31T23:59:59-10:00",
    ],
)
def test_what_is_no_date_has_no_time_and_keeps_its_words(raw: str) -> None:
    read = dates.read(raw)

    assert read and (read.raw, read.utc, read.how) == (raw, None, "absent")


def test_a_missing_zone_is_the_profiles() -> None:
    read = dates.read("2026-03-02 07:00", timezone(timedelta(hours=2)))

    assert read and (read.utc, read.how) == (datetime(2026, 3, 2, 5, tzinfo=UTC), "assumed")
    assert dates.read("  ") is None


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("/y z", "https://b.example/y%20z"),
        (" https://a.exa\nmple/x ", "https://a.example/x"),
        ("http://münchen.example/ä", "http://xn--mnchen-3ya.example/%C3%A4"),
        ("javascript:x", ""),
        ("", ""),
        ("http://[::1", ""),
        ("http://" + "ü" * 80 + ".example/", ""),
        ("https://a.example/" + "x" * 5000, ""),
    ],
)
def test_an_address_is_made_absolute_or_dropped(href: str, absolute: str) -> None:
    assert urls.absolute(href, "https://b.example/") == absolute


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("Ines <i@a.example>", Person(name="Ines", email="i@a.example")),
        ("i@a.example (Ines)", Person(name="Ines", email="i@a.example")),
        ("Ines&amp;Co", Person(name="Ines&Co")),
        (" ", None),
    ],
)
def test_a_person_is_read_from_one_line(said: str, person: Person | None) -> None:
    assert common.person(said) == person


def test_markup_of_foreign_elements_is_html_again() -> None:
    body = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml' xml:lang='en'><x:p>a<x:img src='s'/>b &lt;</x:p></x:div></content></entry></feed>"

    assert formats.parse(body).items[0].body == '<p>a<img src="s">b &lt;</p>'
    assert text.plain_of("<!-- c --> a <b>b</b>") == "a b"


def test_a_note_is_made_once() -> None:
    context = draft.Context()
    for _ in range(2):
        context.note("c", "t")
    made = draft.Draft()
    for _ in range(2):
        made.note("c", "t")

    assert (len(context.notes), len(made.notes)) == (1, 1)


ODD = b"""<rss version="2.0" xml:base="https://base.example/x/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><ttl>often</ttl><title>T</title><item>
 <itunes:author>Speaker</itunes:author><itunes:author>Again</itunes:author>
 <comments/><wfw:commentRss/><itunes:duration/><media:thumbnail/><itunes:image/>
 <content:encoded>Full</content:encoded><description>After</description><description>Third</description>
 <summary>odd</summary><author>A</author><author>A</author></item>
 <item><description>Only</description><description>Second</description><x:item xmlns:x="urn:x">inner</x:item></item>
 <item xmlns="http://purl.org/rss/1.0/"><title>Other namespace</title></item>
</channel></rss>"""


def test_odd_and_empty_elements_set_nothing_and_lose_nothing() -> None:
    delivery = formats.parse(ODD)
    first, second, third = delivery.items

    assert delivery.feed.ttl is None
    assert [person.name for person in first.authors] == ["Speaker", "A"]
    assert (first.body, first.summary, first.body_base) == ("Full", "After", "https://base.example/x/")
    assert (first.comments, first.media) == (None, ())
    assert (second.body, second.body_kind, second.body_base) == ("Only", "unknown", "https://base.example/x/")
    assert third.headline == "Other namespace"


def test_odd_atom_is_read_too() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <odd>x</odd><entry><id>1</id><content:encoded>c</content:encoded><source><author/></source></entry>
    <entry><id>2</id><content type="xhtml"><p>a <b>b</b></p></content></entry><entry><id>3</id><title>a <b>b</b></title></entry></feed>"""
    one, two, three = formats.parse(body).items

    assert (one.body, one.body_base, one.authors) == ("c", "https://base.example/", ())
    assert two.body == "<p>a <b>b</b></p>"
    assert three.headline == "a b"
    assert formats.parse(body).feed.extra[0].text == "x"


def test_text_inside_markup_is_text() -> None:
    assert formats.parse(item("<guid>a<b>b</b></guid><title>x</title>")).items[0].guid == "ab"
    assert formats.parse(item("<description>a <b>b</b></description>")).items[0].body == "a <b>b</b>"


def test_a_declaration_alone_is_no_feed() -> None:
    with pytest.raises(NewsError):
        formats.parse(b"<?xml version='1.0'?>")


def test_a_date_that_only_begins_with_a_year_is_read_by_no_form() -> None:
    assert dates.read("2026 was a good year") == dates.Date(raw="2026 was a good year")


def test_a_stateful_codec_that_does_not_fit_is_passed_over() -> None:
    body = b"<?xml version='1.0' encoding='iso-2022-jp'?><rss><channel><item><title>a\x1b$zz\xff</title></item></channel></rss>"

    assert formats.parse(body).encoding == "cp1252"


def test_names_beyond_what_is_remembered_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MAX_NAMES", 0)

    assert formats.parse(item("<title>a</title><never-seen-before>b</never-seen-before>")).items[0].extra[0].text == "b"


def test_podcasts_name_categories_and_summaries_in_their_own_way() -> None:
    spaces = "xmlns:i='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    found = formats.parse(
        item(
            f"<category/><i:category {spaces} text='News'><i:category text='Daily'/><i:category/></i:category>"
            f"<i:summary {spaces}>The ferry, heard.</i:summary>"
        )
    ).items[0]

    assert [subject.name for subject in found.subjects] == ["News", "Daily"]
    assert found.summary == "The ferry, heard."


def test_an_item_has_a_base_and_a_language() -> None:
    found = formats.parse(
        rss("<item xml:base='https://a.example/b/' xml:lang='fr'><description>text</description></item>")
    ).items[0]

    assert (found.body_base, found.language) == ("https://a.example/b/", "fr")
