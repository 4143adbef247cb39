"""NewsML 1.2: items with revisions in an envelope."""

from __future__ import annotations

import pytest

from tests.news.formats.wires import URL, everything, newsml, plain
from wiredesk.news import formats
from wiredesk.news.formats.reading import finish
from wiredesk.news.item import EdNote, Ref, as_plain


def test_all_that_a_document_says_is_read() -> None:
    delivery, expected = everything("newsml1", "xml")

    items = [plain(item) for item in delivery.items]
    for item in items:
        item["extra"] = [one["qname"] for one in item["extra"]]
    assert delivery.format == "newsml1.2"
    assert {name: as_plain(delivery.feed)[name] for name in expected.FEED} == expected.FEED
    assert items == expected.ITEMS


def test_nothing_that_is_for_editors_is_in_a_public_field() -> None:
    delivery, _ = everything("newsml1", "xml")

    for item in delivery.items:
        assert "555-" not in f"{item.body}{item.summary}{item.headline}{item.subhead}{item.rights}{item.media}"
        assert [note.text for note in item.ednotes if note.public and "555-" in note.text] == []


def test_a_status_nobody_knows_withholds_and_none_is_usable() -> None:
    assert newsml("<NewsManagement><Status FormalName='Dubious'/></NewsManagement>").status == "withheld"
    assert newsml("<NewsManagement/>").status == "usable"


@pytest.mark.parametrize(
    ("inner", "signals", "status"),
    [
        ("<Instruction FormalName='Rectify'/>", ("correction",), "usable"),
        ("<Instruction FormalName='Delete'/>", ("kill",), "canceled"),
        ("<Instruction FormalName='Update'/>", ("update",), "usable"),
        ("<Instruction FormalName='Withhold'/>", ("hold",), "withheld"),
        ("<Instruction FormalName='File'/>", (), "usable"),
    ],
)
def test_an_instruction_is_a_signal(inner: str, signals: tuple[str, ...], status: str) -> None:
    item = newsml(f"<NewsManagement>{inner}</NewsManagement>")

    assert (item.signals, item.status) == (signals, status)


@pytest.mark.parametrize(
    ("inner", "embargo", "expiry"),
    [
        ("<FutureStatus FormalName='Usable'/><DateAndTime>soon</DateAndTime>", "undefined", None),
        ("<FutureStatus FormalName='Withheld'/><DateAndTime>20260309T120000Z</DateAndTime>", None, "20260309T120000Z"),
        ("<DateAndTime>20260309T120000Z</DateAndTime>", None, "20260309T120000Z"),
    ],
)
def test_what_will_change_is_an_embargo_or_an_expiry(inner: str, embargo: str | None, expiry: str | None) -> None:
    item = newsml(f"<NewsManagement><StatusWillChange>{inner}</StatusWillChange></NewsManagement>")

    assert item.embargo == embargo
    assert (item.expiry.raw if item.expiry else None) == expiry


def test_a_relation_means_what_the_profile_says() -> None:
    item = newsml(
        "<NewsManagement><DerivedFrom Href='urn:x' FormalName='replaces'/><DerivedFrom Href='urn:y'/></NewsManagement>"
    )

    assert item.refs == (Ref(rel="substitute", id="urn:x"), Ref(rel="derived-from", id="urn:y"))
    assert item.signals == ("substitute",)


def test_a_document_in_its_namespace_without_an_envelope_is_read() -> None:
    document = (
        "<NewsML xmlns='http://iptc.org/std/NewsML/2003-10-10/'><NewsItem><NewsComponent><NewsLines>"
        "<HeadLine>Boats</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>"
    )
    delivery = formats.parse(document.encode())

    assert (delivery.items[0].headline, delivery.feed.title) == ("Boats", "")


def test_a_picture_alone_has_its_caption_for_a_headline() -> None:
    item = newsml(
        "<NewsComponent><NewsLines><HeadLine>Boats at noon</HeadLine></NewsLines>"
        "<ContentItem Href='/boats.jpg'/><ContentItem><MediaType FormalName='Photo'/></ContentItem></NewsComponent>"
    )

    assert (item.headline, [one.href for one in item.media]) == ("Boats at noon", ["https://lantern.example/boats.jpg"])


def test_an_abstract_line_of_another_type_and_an_empty_text_are_no_loss() -> None:
    item = newsml(
        "<NewsComponent><ContentItem><DataContent/></ContentItem>"
        "<ContentItem><DataContent><nitf><body><body.content/></body></nitf></DataContent></ContentItem></NewsComponent>"
    )

    assert (item.body, item.body_kind) == ("", "")


def test_a_note_whose_type_the_profile_calls_private_is_private() -> None:
    item = newsml("<Comment FormalName='Correction'>One boat.</Comment><Comment>Two.</Comment><Comment/>")

    assert item.ednotes == (
        EdNote(text="One boat.", role="correction", public=True),
        EdNote(text="Two.", role="comment"),
    )


def test_only_so_many_items_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiredesk.news.formats.newsml1.MAX_ITEMS", 1)
    delivery = formats.parse(b"<NewsML><NewsItem/><NewsItem/></NewsML>", url=URL)

    assert (len(delivery.items), delivery.lossy) == (1, True)
    assert "too-many-items" in [note.code for note in delivery.notes]
    assert finish.MAX_ITEMS == 5_000


def test_a_first_revision_follows_none() -> None:
    name = "<NewsIdentifier><ProviderId>x</ProviderId><NewsItemId>1</NewsItemId>{}</NewsIdentifier>"
    item = newsml(f"<Identification>{name.format('<RevisionId>1</RevisionId>')}</Identification>")

    assert (item.version, item.refs, item.signals) == ("1", (), ())
