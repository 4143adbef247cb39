"""NITF 3.x: one document is one item, and may do something to another."""

from __future__ import annotations

import pytest

from tests.news.formats.wires import everything, nitf, plain
from wiredesk.news import formats
from wiredesk.news.item import EdNote, Ref


def test_all_that_a_document_says_is_read() -> None:
    delivery, expected = everything("nitf", "xml")

    item = plain(delivery.items[0])
    assert (delivery.format, len(delivery.items)) == ("nitf", 1)
    assert {name: item.get(name, "usable") for name in expected.ITEM} == expected.ITEM
    assert " ".join(item["body"].split()) == expected.BODY
    assert [one["qname"].rpartition("}")[2] for one in item["extra"]] == expected.KEPT


def test_nothing_that_is_for_editors_is_in_the_text() -> None:
    delivery, _ = everything("nitf", "xml")

    item = delivery.items[0]
    assert "555-" not in item.body + item.summary + item.headline + item.byline
    assert [note.text for note in item.ednotes if note.public and "555-" in note.text] == []


@pytest.mark.parametrize(
    ("word", "status", "noted"),
    [
        ("", "usable", False),
        ("Usable", "usable", False),
        ("withheld", "withheld", False),
        ("cancelled", "canceled", False),
        ("spiked", "canceled", False),
        ("uncertain", "withheld", True),
    ],
)
def test_a_status_is_read_by_the_agencys_words_and_an_unknown_one_withholds(
    word: str, status: str, noted: bool
) -> None:
    item = nitf("<doc-id id-string='A'/>", "<p>x</p>", about=f"management-status='{word}'")

    assert (item.status, "unknown-status" in [note.code for note in item.notes]) == (status, noted)


@pytest.mark.parametrize(
    ("word", "refs"),
    [
        ("", [Ref(rel="management-doc", id="B")]),
        ("usable", [Ref(rel="management-doc", id="B"), Ref(rel="lift", id="B")]),
        ("withheld", [Ref(rel="management-doc", id="B"), Ref(rel="hold", id="B")]),
        ("nonsense", [Ref(rel="management-doc", id="B"), Ref(rel="hold", id="B")]),
        ("canceled", [Ref(rel="substitute", id="B"), Ref(rel="kill", id="B")]),
    ],
)
def test_what_becomes_of_the_document_that_is_named_is_a_ref(word: str, refs: list[Ref]) -> None:
    about = f"management-doc-idref='B' management-idref-status='{word}'"
    item = nitf("<doc-id id-string='A'/>", "<p>Copy.</p>", about=about)

    assert (list(item.refs), item.status) == (refs, "usable")
    assert ("substitute" in item.signals) == (word == "canceled")


@pytest.mark.parametrize(
    ("head", "top", "body"),
    [
        ("", "<hedline><hl1>KILL: boats</hl1></hedline>", "<p>x</p>"),
        ("", "", "<p>Editors: the report is wrong.</p>"),
        ("<ed-msg msg-type='advisory' info='x'/>", "", "<p>x</p>"),
    ],
)
def test_a_usable_document_that_kills_another_and_speaks_to_editors_is_not_shown(
    head: str, top: str, body: str
) -> None:
    about = "management-status='usable' management-doc-idref='B' management-idref-status='canceled'"
    item = nitf(head, body, top=top, about=about)

    assert item.status != "usable"
    assert item.refs == (Ref(rel="management-doc", id="B"), Ref(rel="kill", id="B"))
    assert "substitute" not in item.signals


def test_a_label_never_makes_a_status_milder() -> None:
    item = nitf(about="management-status='canceled'", top="<hedline><hl1>UPDATE 2-HOLD: Boats</hl1></hedline>")

    assert (item.status, item.headline, item.signals) == ("canceled", "Boats", ("hold", "update"))


def test_a_substitute_names_what_it_stands_for() -> None:
    item = nitf("<ed-msg msg-type='Substitute'/>", "<p>Copy.</p>", about="management-doc-idref='B'")

    assert (item.status, item.signals, item.refs) == ("usable", ("substitute",), (Ref(rel="substitute", id="B"),))


@pytest.mark.parametrize(
    ("head", "status", "embargo"),
    [
        ("", "embargoed", "undefined"),
        ("<date.release norm='soon'/>", "usable", "undefined"),
        ("<date.release/>", "usable", None),
    ],
)
def test_an_embargo_without_a_time_that_can_be_read_has_none(head: str, status: str, embargo: str | None) -> None:
    assert nitf(head, "<p>x</p>", about=f"management-status='{status}'").embargo == embargo


def test_a_document_without_docdata_or_headline_is_read() -> None:
    bare = formats.parse(b"<nitf baselang='es'><head><title>Only a title</title></head></nitf>").items[0]
    keyed = nitf("<key-list><keyword key='boats'/></key-list>", "")

    assert (bare.headline, bare.language, bare.status, bare.guid, bare.guid_kind) == (
        "Only a title",
        "es",
        "usable",
        "",
        "made",
    )
    assert (keyed.slugline, keyed.body) == ("boats", "")


def test_a_text_that_was_escaped_whole_is_html() -> None:
    item = nitf("", "&lt;p&gt;One.&lt;/p&gt;", top="<hedline><hl1>A &amp;amp; B</hl1></hedline>")

    assert (item.body, item.headline) == ("<p>One.</p>", "A & B")


def test_a_correction_is_private_where_the_profile_does_not_name_it() -> None:
    document = b"<nitf><head><docdata><correction info='One boat.'/></docdata></head></nitf>"

    assert formats.parse(document).items[0].ednotes == (EdNote(text="One boat.", role="correction"),)


def test_a_document_with_junk_before_it_or_cut_off_is_read() -> None:
    whole = "<nitf><head/><body><body.content><p>A & B</p></body.content></body></nitf>"
    codes = [note.code for note in formats.parse(f"junk {whole}".encode()).notes]

    assert codes == ["leading-junk", "ampersand"]
    assert not formats.parse(whole.replace("</p>", "").encode()).items[0].lossy
    assert formats.parse(whole[:-30].encode()).items[0].lossy


def test_nested_notes_and_pictures_are_skipped_whole() -> None:
    item = nitf(
        "", "a<note>n<media><media-caption>c</media-caption></media></note>b<p>c<note>m</note></p>d<tagline>e</tagline>"
    )

    assert item.body == "ab<p>c</p>d<p>e</p>"


def test_a_document_whose_id_says_nothing_has_a_guid_that_was_made() -> None:
    assert nitf("<doc-id regsrc='LNA'/>", "<p>Copy.</p>").guid_kind == "made"


def test_a_document_without_a_name_says_at_least_whose_it_is() -> None:
    item = nitf("<doc-id regsrc='LNT'/>", "<p>x</p>")

    assert (item.guid, item.guid_kind, item.provider) == ("", "made", "LNT")


def test_a_text_is_written_out_no_further_than_a_text_may_be_long() -> None:
    item = nitf("<doc-id id-string='A'/>", f"<p>{'x' * 2**20}</p>" * 3)

    assert (len(item.body), item.lossy) == (2**21, True)
