"""NewsML-G2, what decides on use first: status, embargo, signals, notes; then texts in all their forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wiredesk.news import formats
from wiredesk.news.errors import NewsError
from wiredesk.news.formats import newsmlg2
from wiredesk.news.formats.reading import draft, repair
from wiredesk.news.item import Date, Delivery, EdNote, Item, Media, Ref, Rights
from wiredesk.news.profile import Notes, Profile

NAR = "http://iptc.org/std/nar/2006-10-01/"
IPTC = '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"/>'
LAN = Profile(
    schemes={
        "note": "http://lan.example/note/",
        "signal": "http://lan.example/sig/",
        "relation": "http://lan.example/rel/",
    },
    notes=Notes(public=("readers",), correction_text=("correction", "kill"), private=("desk",)),
    relations={"http://lan.example/rel/replaces": "substitute", "supersedes": "substitute"},
    labels={"advisory": ("ADVISORY", "http://lan.example/genre/memo"), "lift": ("lifted",), "hold": ("stop",)},
    blocks=("# NOTEBOOK", "Not for publication"),
)
SCHEMES = "".join(
    f'<scheme alias="{alias}" uri="http://lan.example/{name}/"/>'
    for alias, name in (("n", "note"), ("s", "sig"), ("r", "rel"), ("g", "genre"), ("p", "pc"))
)


def document(meta: str = "", content: str = "", rest: str = "", catalog: str = IPTC) -> bytes:
    inner = (
        f"{catalog}<catalog>{SCHEMES}</catalog><itemMeta>{meta}</itemMeta><contentMeta>{content}</contentMeta>{rest}"
    )
    return f'<newsItem xmlns="{NAR}" guid="urn:1" version="1">{inner}</newsItem>'.encode()


def item(meta: str = "", content: str = "", rest: str = "", *, catalog: str = IPTC, profile: Profile = LAN) -> Item:
    return formats.parse(document(meta, content, rest, catalog), url="https://lan.example/f/", profile=profile).items[0]


def with_text(inner: str, **about: Profile) -> Item:
    return item(rest=f"<contentSet>{inner}</contentSet>", **about)  # type: ignore[arg-type]  # only the profile


def codes(thing: Item | Delivery) -> list[str]:
    return [note.code for note in thing.notes]


@pytest.mark.parametrize(
    ("sent", "status", "notes"),
    [
        ("", "usable", []),
        ("<pubStatus/>", "usable", []),
        ('<pubStatus qcode="stat:usable"/>', "usable", []),
        ('<pubStatus qcode="stat:Withheld"/>', "withheld", []),
        ('<pubStatus qcode="stat:cancelled"/>', "canceled", []),
        ('<pubStatus uri="https://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "canceled", []),
        ('<pubStatus qcode="stat:embargod"/>', "withheld", ["unknown-status"]),
        ('<pubStatus qcod="stat:usable"/>', "withheld", ["unknown-status"]),
        ("<pubStatus><name>usable</name></pubStatus>", "withheld", ["unknown-status"]),
        ('<pubStatus qcode="g:usable"/>', "withheld", ["unknown-status"]),
        ('<pubStatus qcode="g:canceled"/>', "canceled", []),
        ('<pubStatus qcode="nobody:usable"/>', "usable", []),
        ('<pubStatus qcode="stat:canceled"/><pubStatus qcode="stat:usable"/>', "canceled", []),
    ],
)
def test_a_status_is_a_word_of_a_vocabulary(sent: str, status: str, notes: list[str]) -> None:
    found = item(sent)

    assert (found.status, codes(found)) == (status, notes)


def test_a_profile_may_know_more_words_of_status_and_another_vocabulary() -> None:
    own = Profile(status={"dropped": "canceled", "http://lan.example/genre/fine": "usable"})
    theirs = Profile(schemes={"status": "http://lan.example/genre"})

    assert item('<pubStatus qcode="stat:Dropped"/>', profile=own).status == "canceled"
    assert item('<pubStatus qcode="g:fine"/>', profile=own).status == "usable"
    assert item('<pubStatus qcode="g:usable"/>', profile=theirs).status == "usable"


def test_without_the_standard_catalog_an_alias_means_nothing() -> None:
    found = item('<provider qcode="nprov:X"/>', '<subject qcode="medtop:17000000"/>', catalog="")

    assert (found.subjects[0].name, found.subjects[0].code, found.subjects[0].scheme) == ("", "medtop:17000000", "")
    assert item(content='<subject uri="nowhere"/>').subjects[0].code == "nowhere"


@pytest.mark.parametrize("sent", ["<embargoed/>", "<embargoed> </embargoed>", "<embargoed>tonight</embargoed>"])
def test_an_embargo_without_a_time_that_can_be_read_has_no_end(sent: str) -> None:
    found = item(sent)

    assert found.embargo == "undefined"
    assert codes(found) == (["unreadable-embargo"] if "tonight" in sent else [])


def test_an_embargo_is_a_moment_wherever_it_is_written() -> None:
    found = item("<embargoed>2026-03-04T10:00:00+01:00</embargoed>").embargo

    assert isinstance(found, Date)
    assert found.utc == datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "signals", "status"),
    [
        ('<signal qcode="sig:correction"/>', ("correction",), "usable"),
        ('<signal qcode="s:Update"/>', ("update",), "usable"),
        ('<signal qcode="nobody:correction"/>', ("correction",), "usable"),
        ('<signal qcode="g:correction"/>', (), "usable"),
        ('<signal qcode="s:rush"/>', (), "usable"),
        ('<signal qcode="s:stop"/>', ("hold",), "withheld"),
        ('<signal qcode="s:kill"/><pubStatus qcode="stat:usable"/>', ("kill",), "canceled"),
        ('<itemClass qcode="g:memo"/>', ("advisory",), "withheld"),
        ('<itemClass qcode="g:lifted"/>', (), "usable"),
    ],
)
def test_signals_are_told_in_our_words(sent: str, signals: tuple[str, ...], status: str) -> None:
    found = item(sent)

    assert (found.signals, found.status) == (signals, status)


def test_a_genre_may_make_a_text_an_advisory() -> None:
    found = item(content='<genre qcode="genre:x"><name>Advisory</name></genre>')

    assert (found.signals, found.status) == (("advisory",), "withheld")


def test_a_label_never_lifts_what_the_status_forbids() -> None:
    found = item(
        '<pubStatus qcode="stat:withheld"/><signal qcode="sig:correction"/>',
        "<headline>UPDATE 2-Ferry sails</headline>",
    )

    assert (found.status, found.signals, found.headline) == ("withheld", ("update", "correction"), "Ferry sails")


@pytest.mark.parametrize(
    ("attributes", "public"),
    [
        ("", False),
        ('role="n:readers"', True),
        ('roleuri="http://lan.example/note/readers"', True),
        ('role="n:desk"', False),
        ('role="g:readers"', False),
        ('role="nobody:readers"', False),
        ('role="readers"', True),
        ('role="n:readers" pubconstraint="p:nonpublic"', False),
        ('role="n:readers" pubconstraint="p:public p:embargo"', False),
        ('role="n:readers" pubconstrainturi="http://lan.example/pc/nonpublic"', False),
        ('role="n:readers" pubconstraint="p:public"', True),
    ],
)
def test_a_note_is_public_only_by_the_role_that_the_profile_names(attributes: str, public: bool) -> None:
    note = item(f"<edNote {attributes}>Ferries sail.</edNote>").ednotes[0]

    assert (note.text, note.public) == ("Ferries sail.", public)


def test_a_profile_without_a_vocabulary_of_notes_names_roles_by_their_codes() -> None:
    plain = Profile(notes=Notes(public=("readers", "x:Sent"), private=("http://lan.example/note/other",)))

    roles = [
        note.public
        for note in item(
            '<edNote role="n:readers">1</edNote><edNote role="x:sent">2</edNote><edNote role="n:other">3</edNote>',
            profile=plain,
        ).ednotes
    ]

    assert roles == [True, True, False]


def test_a_public_note_that_holds_a_private_part_stays_private() -> None:
    note = item('<edNote role="n:readers">Sails.\nNOT FOR PUBLICATION: 555-0100</edNote>').ednotes[0]

    assert not note.public


def test_correction_text_makes_a_correction_where_no_signal_says_more() -> None:
    note = '<edNote role="n:correction">The name is Marrow.</edNote>'

    assert item(note).signals == ("correction",)
    assert item(note).ednotes == (EdNote(text="The name is Marrow.", role="correction", public=True),)
    assert item(note + '<signal qcode="sig:update"/>').signals == ("update",)
    assert item(note + '<pubStatus qcode="stat:canceled"/>').signals == ()
    assert item('<edNote role="n:kill">Wrong.</edNote>').signals == ()


def test_a_link_means_what_the_profile_says() -> None:
    found = item('<link rel="r:replaces" residref="urn:0" version="7"/>')

    assert found.refs == (Ref(rel="substitute", id="urn:0", version="7"),)
    assert found.signals == ("substitute",)
    assert item('<link rel="r:supersedes" residref="urn:0"/>').refs[0].rel == "substitute"
    assert item('<link rel="g:supersedes" residref="urn:0"/>').refs[0].rel == "http://lan.example/genre/supersedes"
    assert item('<link rel="r:replaces"/>').signals == ()


def test_there_is_an_end_to_references() -> None:
    refs = "".join(f'<itemRef residref="urn:{number}"/>' for number in range(2100))
    body = f'<packageItem xmlns="{NAR}" guid="urn:p"><groupSet><group id="a">{refs}</group></groupSet></packageItem>'

    found = formats.parse(body.encode()).items[0]

    assert (len(found.refs), codes(found)) == (2000, ["too-many-refs"])


def test_there_is_an_end_to_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newsmlg2, "MAX_ITEMS", 1)
    body = f'<newsMessage xmlns="{NAR}"><itemSet><newsItem guid="1"/><newsItem guid="2"/></itemSet></newsMessage>'

    delivery = formats.parse(body.encode())

    assert ([one.guid for one in delivery.items], delivery.lossy) == (["1"], True)
    assert codes(delivery) == ["too-many-items"]


def test_what_is_too_much_in_a_header_is_noted_with_the_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MAX_EXTRA", 1)

    delivery = formats.parse(f'<newsMessage xmlns="{NAR}"><header><origin>MMS</origin></header></newsMessage>'.encode())

    assert [(note.code, note.where) for note in delivery.notes] == [("too-much-extra", "header")]


def test_the_package_of_the_standard_has_its_items_outside_groups() -> None:
    body = f'<packageItem xmlns="{NAR}"><groupSet root="x"/><itemRef residref="N1"/></packageItem>'.encode()

    assert formats.parse(body).items[0].refs == (Ref(rel="group", id="N1"),)


@pytest.mark.parametrize(
    ("headlines", "headline", "subhead"),
    [
        ('<headline rank="2">B</headline><headline rank="1">A</headline>', "A", ""),
        ('<headline role="g:kicker">K</headline>', "K", ""),
        ('<headline role="g:subtitle">S</headline><headline role="g:main">M</headline>', "M", "S"),
        ('<headline xml:lang="de">D</headline><headline xml:lang="en-GB">E</headline>', "E", ""),
        ('<headline xml:lang="de">D</headline><headline>N</headline>', "N", ""),
        ('<headline role="g:sub">S</headline>', "Ferry-1", "S"),
    ],
)
def test_the_headline_is_told_by_role_rank_and_language(headlines: str, headline: str, subhead: str) -> None:
    found = item("<title>Ferry-1</title>", f'<language tag="en"/>{headlines}')

    assert (found.headline, found.subhead) == (headline, subhead)


def test_a_language_without_a_tag_is_the_document_s() -> None:
    body = document("", '<language name="x"/>').replace(b' guid="urn:1"', b' xml:lang="fr" guid="urn:1"')

    assert formats.parse(body).items[0].language == "fr"


@pytest.mark.parametrize(
    ("inner", "body"),
    [
        ("<p>Nar paragraph</p><p>and more</p>", "<p>Nar paragraph</p><p>and more</p>"),
        ('<div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div>', '<div><p>a</p></div>'),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><body><header>x</header><p>a</p></body></html>', "<header>x</header><p>a</p>"),
        ('<html xmlns=""><head/><body>t<header><h1>x</h1></header> u</body></html>', "t u"),
        ("<html><body/></html>", ""),
        ("plain &lt;3 text", "<p>plain &lt;3 text</p>"),
        ("&lt;p&gt;escaped&lt;/p&gt;", "<p>escaped</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_inline_xml_may_hold_html_in_many_ways(inner: str, body: str) -> None:
    assert with_text(f"<inlineXML>{inner}</inlineXML>").body == body


@pytest.mark.parametrize(
    ("attributes", "text", "body"),
    [
        ("", "One\n\nTwo\nlines", "<p>One</p><p>Two lines</p>"),
        ('contenttype="text/plain"', "One\n   Two", "<p>One</p><p>Two</p>"),
        ('contenttype="text/plain"', f"{'x' * 121}\nTwo", f"<p>{'x' * 121}</p><p>Two</p>"),
        ('contenttype="text/html"', "a &amp;amp; b", "a &amp; b"),
        ('contenttype="application/xhtml+xml"', "&lt;p&gt;a", "<p>a"),
    ],
)
def test_inline_data_is_text_or_html(attributes: str, text: str, body: str) -> None:
    assert with_text(f"<inlineData {attributes}>{text}</inlineData>").body == body


@pytest.mark.parametrize(
    "inner",
    [
        '<inlineData contenttype="image/png">AAAA</inlineData>',
        '<inlineData contenttype="text/plain" encoding="encd:base64">AAAA</inlineData>',
        '<inlineXML contenttype="application/sportsml+xml"><sports-content/></inlineXML>',
        "<inlineXML><events/></inlineXML>",
    ],
)
def test_content_that_is_no_text_is_kept_and_noted(inner: str) -> None:
    found = with_text(inner)

    assert (found.body, codes(found)) == ("", ["unread-content"])
    assert found.extra


def test_the_page_s_title_is_the_last_resort_for_a_headline() -> None:
    page = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferry</title></head><body>a</body></html></inlineXML>'

    assert with_text(page).headline == "Ferry"


@pytest.mark.parametrize(
    ("inner", "body", "note"),
    [
        ("<inlineXML><div><p>a</p><section><p>Not for publication: x</p><p>555</p></section><p>z</p></div></inlineXML>",
         "<div><p>a</p>", "Not for publication: x\n555\nz"),
        ("<inlineXML><p>a</p><p/><p># Notebook</p><p>555</p></inlineXML>", "<p>a</p><p></p>", "# Notebook\n555"),
        ("<inlineData>a\n# NOTEBOOK\n555</inlineData>", "<p>a</p>", "# NOTEBOOK\n555"),
        ('<inlineData contenttype="text/html">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;# notebook 555&lt;/p&gt;</inlineData>',
         "<p>a</p>", "# notebook 555"),
        ("<inlineXML><nitf><body><body.content><p>a</p><p># NOTEBOOK</p></body.content></body></nitf></inlineXML>",
         "<p>a</p>", "# NOTEBOOK"),
    ],
)  # fmt: skip
def test_parts_that_are_not_for_publication_leave_the_text(inner: str, body: str, note: str) -> None:
    found = with_text(inner)

    assert (found.body, found.ednotes) == (body, (EdNote(text=note, role="block"),))


NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
 <head><title>T</title><docdata management-status="embargoed"><date.issue norm="20260302T070000Z"/>
  <date.release norm="20260302T090000Z"/><date.expire norm="20260402T000000Z"/><doc.copyright holder="Lantern"/>
  <ed-msg info="Call the desk" msg-type="advisory"/><ed-msg/></docdata></head>
 <body><body.head><hedline><hl1>Ferry <num>2</num> sails</hl1><hl2>Again</hl2></hedline><byline>By Ines <byttl>Reporter</byttl></byline>
  <dateline><location>Harrow Bay</location></dateline><abstract><p>Short</p></abstract></body.head>
 <body.content><p lede="true">A &lt; <person>Oda</person> &amp; <a href="https://a.example/?a=1&amp;b">it</a>.<br/></p><hl2>More</hl2>
  <media media-type="image"><media-reference source="https://a.example/p.jpg" mime-type="image/jpeg" width="9" alternate-text="A ship"/>
   <media-reference source=""/><media-caption>The ferry</media-caption><media-producer>Cy</media-producer></media>
  <note noteclass="editorsnote"><body.content><p>Desk only</p></body.content></note><note>Flat</note><note/>
  <x:odd xmlns:x="http://x.example/">odd</x:odd> tail</body.content></body></nitf></inlineXML>"""


def test_nitf_fills_what_the_envelope_leaves_empty() -> None:
    found = with_text(NITF)

    assert (found.headline, found.subhead, found.byline) == ("Ferry 2 sails", "Again", "By Ines Reporter")
    assert (found.dateline, found.summary) == ("Harrow Bay", "<p>Short</p>")
    assert '<p>A &lt; Oda &amp; <a href="https://a.example/?a=1&amp;b">it</a>.<br></p><h2>More</h2>' in found.body
    assert found.body.endswith("odd tail")
    assert found.media == (
        Media(
            href="https://a.example/p.jpg",
            type="image/jpeg",
            medium="image",
            width="9",
            caption="The ferry",
            alt="A ship",
            credit="Cy",
        ),
    )
    assert found.ednotes == (
        EdNote(text="Desk only", role="editorsnote"),
        EdNote(text="Flat"),
        EdNote(text="Call the desk", role="advisory"),
    )
    assert found.rights == (Rights(scope="item", holder="Lantern"),)
    moments = [date.utc for date in (found.published, found.embargo, found.expiry) if isinstance(date, Date)]
    assert moments == [
        datetime(2026, 3, 2, 7, tzinfo=UTC),
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 4, 2, tzinfo=UTC),
    ]


def test_the_envelope_is_heard_before_the_nitf_in_it() -> None:
    found = item(
        "<firstCreated>2026-03-01T00:00:00Z</firstCreated><embargoed/>",
        "<headline>Envelope</headline><located><name>Sele</name></located>",
        f"<rightsInfo><copyrightNotice>(c) L</copyrightNotice></rightsInfo><contentSet>{NITF}</contentSet>",
    )

    assert (found.headline, found.embargo, found.rights[0].notice) == ("Envelope", "undefined", "(c) L")
    assert found.published and found.published.raw == "2026-03-01T00:00:00Z"
    assert (found.dateline, len(found.rights)) == ("Harrow Bay", 1)


@pytest.mark.parametrize(("status", "ours"), [("canceled", "canceled"), ("withheld", "withheld"), ("usable", "usable")])
def test_a_kill_inside_counts(status: str, ours: str) -> None:
    found = with_text(
        f'<inlineXML><nitf xmlns=""><head><docdata management-status="{status}"/></head></nitf></inlineXML>'
    )

    assert (found.status, found.body, found.embargo) == (ours, "", None)


def test_an_embargo_inside_without_a_time_has_no_end() -> None:
    found = with_text(
        '<inlineXML><nitf xmlns=""><head><docdata management-status="embargoed"/></head></nitf></inlineXML>'
    )

    assert found.embargo == "undefined"


def test_nitf_may_be_its_text_alone() -> None:
    assert with_text('<inlineXML><body.content xmlns=""><p>a</p></body.content></inlineXML>').body == "<p>a</p>"


def picture(nature: str, content: str, remote: str) -> Item:
    return item(f'<itemClass qcode="ninat:{nature}"/>', content, f"<contentSet>{remote}</contentSet>")


def test_a_picture_has_its_description_as_caption() -> None:
    found = picture("picture", "<description>Ferry</description>", '<remoteContent href="https://a.example/p"/>')

    assert found.media == (Media(href="https://a.example/p", medium="image", caption="Ferry"),)
    assert found.summary == ""


def test_a_text_has_its_description_as_summary() -> None:
    assert picture("text", "<description>Ferry<br/>sails</description>", "").summary == "Ferry<br>sails"


def test_a_caption_without_a_picture_is_noted() -> None:
    assert codes(picture("picture", "<description>Ferry</description>", "")) == ["media-without-object"]


@pytest.mark.parametrize(("sent", "urgency"), [("5", 5), ("0", None), ("high", None), ("", None)])
def test_an_urgency_is_one_to_nine(sent: str, urgency: int | None) -> None:
    assert item(content=f"<urgency>{sent}</urgency>").urgency == urgency


def test_a_credit_line_alone_is_a_right() -> None:
    assert item(content="<creditline>Cy</creditline>").rights == (Rights(scope="item", credit="Cy"),)


def test_dates_of_the_content_stand_in_for_those_of_the_item() -> None:
    found = item(
        content="<contentCreated>2026-03-01T00:00:00Z</contentCreated><contentModified>2026-03-02T00:00:00Z</contentModified>"
    )

    assert found.published and found.updated
    assert (found.published.raw, found.updated.raw) == ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")


def test_hops_without_a_number_stand_as_sent_and_strangers_are_kept() -> None:
    found = item(rest='<hopHistory><hop><party literal="a"/><own xmlns="urn:x"/></hop></hopHistory>')

    assert ([credit.id for credit in found.credit], [one.qname for one in found.extra]) == (["a"], ["{urn:x}own"])


def test_there_is_an_end_to_schemes() -> None:
    many = "".join(f'<scheme alias="a{number}" uri="http://lan.example/{number}/"/>' for number in range(1200))

    subjects = item(
        content='<subject qcode="a0:1"/><subject qcode="a1199:1"/>', catalog=f"<catalog>{many}</catalog>"
    ).subjects

    assert [subject.scheme for subject in subjects] == ["http://lan.example/0/", ""]


@pytest.mark.parametrize("root", ["conceptItem", "knowledgeItem", "planningItem", "catalogItem"])
def test_items_that_are_no_copy_are_named(root: str) -> None:
    delivery = formats.parse(f'<{root} xmlns="{NAR}" guid="urn:1"/>'.encode())

    assert (delivery.items, codes(delivery), delivery.format) == ((), ["other-item"], "newsmlg2")


def test_another_namespace_is_another_format() -> None:
    with pytest.raises(NewsError, match="the document is <newsitem>"):
        formats.parse(b'<newsItem xmlns="http://x.example/" guid="1"/>')


def test_a_cut_message_keeps_its_last_item_and_marks_it() -> None:
    whole = f'<newsMessage xmlns="{NAR}"><itemSet><newsItem guid="1"/><newsItem guid="2"><itemMeta>'.encode()
    delivery = formats.parse(whole + b'<pubStatus qcode="x:canceled"/><signal')

    assert [(one.guid, one.status, one.lossy) for one in delivery.items] == [
        ("1", "usable", False),
        ("2", "canceled", True),
    ]


def test_junk_after_an_item_is_cut_off() -> None:
    delivery = formats.parse(document("<title>T</title>") + b"junk <")

    assert (codes(delivery), delivery.lossy, delivery.items[0].headline) == (["less-than", "trailing-junk"], False, "T")
    assert repair.ROOT.search("junk<g2:newsItem>")


def test_an_address_of_another_scheme_is_no_address_of_a_person() -> None:
    found = item(
        content='<creator uri="javascript://x/y"><name>A</name></creator><creator qcode="nobody:b"><name>B</name></creator>'
        '<contributor qcode="n:c"/><contributor qcode="nobody:d"/>'
    )

    assert [(one.name, one.uri) for one in found.authors] == [("A", ""), ("B", ""), ("", "http://lan.example/note/c")]
    assert [dict(one.attributes) for one in found.extra if one.attributes] == [
        {"uri": "javascript://x/y"},
        {"qcode": "nobody:b"},
        {"qcode": "nobody:d"},
    ]


def test_a_flood_of_headlines_and_oddities_is_read_in_time() -> None:
    headlines = "".join(f'<headline rank="{number}">H{number}</headline>' for number in range(20_000))
    odd = "".join(f'<pubStatus qcode="stat:x{number}"/>' for number in range(20_000))

    found = item(odd, headlines)

    assert (found.headline, found.status) == ("H0", "withheld")
    assert len(found.notes) == 200


def test_nitf_may_hold_xhtml() -> None:
    inner = '<nitf><body><body.content><p xmlns="http://www.w3.org/1999/xhtml">a</p></body.content></body></nitf>'

    assert with_text(f"<inlineXML>{inner}</inlineXML>").body == "<p>a</p>"
