"""The profiles that ship: each reads copy of ours, written in its agency's manner, as its file says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from wiredesk.news import formats, profile
from wiredesk.news.item import Item
from wiredesk.news.profile import Profile

FOLDER = Path(profile.__file__).parent / "profiles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
MEDIA_TOPIC = "http://cv.iptc.org/newscodes/mediatopic/"


def shipped(name: str) -> Profile:
    return profile.read((FOLDER / f"{name}.toml").read_text(), zone=ZoneInfo)


def read(name: str, body: str | bytes) -> tuple[Item, ...]:
    raw = body.encode() if isinstance(body, str) else body
    return formats.parse(raw, url="https://wire.example/", profile=shipped(name)).items


def topics(item: Item) -> list[str]:
    return [subject.name for subject in item.subjects if subject.scheme == MEDIA_TOPIC]


def g2(meta: str = "", content: str = "", body: str = "<p>The ferry sails.</p>") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:1" version="2"
      standard="NewsML-G2" standardversion="2.12" conformance="power">
      <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_19.xml"/>
      <itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-03-02T07:14:00</versionCreated>{meta}</itemMeta>
      <contentMeta><headline>Ferry sails</headline>{content}</contentMeta>
      <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}
      </body></html></inlineXML></contentSet></newsItem>"""


def nitf(head: str = "", body: str = "<p>The ferry sails.</p>") -> str:
    return f"""<nitf><head><tobject>{head}</tobject><docdata management-status="usable"><doc-id id-string="1"/></docdata></head>
      <body><body.head><hedline><hl1>Ferry sails</hl1></hedline></body.head><body.content>{body}</body.content></body></nitf>"""


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_can_be_read_and_says_whose_it_is(name: str) -> None:
    known = shipped(name)

    assert known.code
    assert known.source


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_names_its_sources_and_what_is_not_known(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text()

    assert "# Sources:" in text
    assert name == "dpa" or "# Not known, and left out:" in text


def test_all_agencies_of_the_issue_have_a_profile() -> None:
    assert {"afp", "ansa", "ap", "dpa", "efe", "pa-guardian", "reuters", "ritzau", "stt"} == set(NAMES)


def ap_document(**fields: Any) -> str:
    item = {
        "altids": {"itemid": "a1b2", "etag": "a1b2_0"},
        "version": 3,
        "pubstatus": "usable",
        "signals": ["newscontent"],
        "urgency": 4,
        "language": "en",
        "versioncreated": "2026-03-02T07:14:00Z",
        "headline": "UPDATE 1-Ferry sails",
        "slugline": "BC-Ferry Sails, 1st Ld-Writethru",
        "usageterms": ["Editorial use only.", "No archive."],
        "bylines": [{"by": "By ADA QUILL"}],
        "subject": [{"code": "f", "name": "f", "rels": ["category"]}, {"code": "x1", "name": "Ferries"}],
        "place": [{"name": "Port Ember"}],
        **fields,
    }
    return json.dumps({"api_version": "1.1", "data": {"item": item, "meta": {}}})


def test_ap_s_json_names_its_item_by_what_stays_through_revisions() -> None:
    (item,) = read("ap", ap_document())

    assert (item.guid, item.version, item.status, item.headline) == ("a1b2", "3", "usable", "Ferry sails")
    assert item.rights[0].terms == "Editorial use only. No archive."
    assert [person.name for person in item.authors] == ["By ADA QUILL"]
    assert (item.places, topics(item)) == (("Port Ember",), ["economy, business and finance"])


def test_ap_s_feed_holds_many_items() -> None:
    rows = [json.loads(ap_document(altids={"itemid": name}))["data"] for name in ("a", "b")]

    items = read("ap", json.dumps({"data": {"items": rows}}))
    assert [item.guid for item in items] == ["a", "b"]


def test_copy_of_ap_s_that_is_not_marked_for_readers_is_an_advisory() -> None:
    for marks in (["derived"], None):
        (item,) = read("ap", ap_document(signals=marks))
        assert (item.status, item.signals) == ("withheld", ("update", "advisory"))


@pytest.mark.parametrize(
    ("word", "status"), [("embargoed", "withheld"), ("withheld", "withheld"), ("canceled", "canceled")]
)
def test_a_status_of_ap_s_holds(word: str, status: str) -> None:
    assert read("ap", ap_document(pubstatus=word))[0].status == status


def test_what_follows_ap_s_story_is_no_copy() -> None:
    more = "<p>___</p><p>Ada Quill can be reached at https://social.example/ada .</p><p>AP sailing: https://x.example/hub</p>"

    (item,) = read("ap", nitf(body=f"<p>PORT EMBER (AP) \u2014 The ferry sails.</p>{more}"))
    assert item.body == "<p>PORT EMBER (AP) \u2014 The ferry sails.</p>"
    assert [(note.role, note.public) for note in item.ednotes] == [("boilerplate", False)] * 3


def test_ap_s_dateline_is_read_from_its_older_wire() -> None:
    wire = (
        b"\x01a0412\x1f\r\nr s BC-Ferry 03-02 0100\r\n\x02^BC-Ferry,50<\r\n^Ferry sails<\r\n"
        b"\tPORT EMBER (AP) _ The ferry sails on Monday.\r\n\x03\r\nAP-WF-03-02-26 0410EST\r\n\x04"
    )

    (item,) = read("ap", wire)
    assert (item.dateline, topics(item)) == ("PORT EMBER", ["sport"])


def test_reuters_lines_to_clients_leave_the_text_and_credits_stay() -> None:
    body = """<p>(Adds harbour master in paragraph 3)</p><p>PORT EMBER, March 2 (Reuters) - The ferry sails.</p>
      <p>(Reporting by Ada Quill; Editing by Bo Marsh)</p><p>((ada.quill@thomsonreuters.com; +00 1 555 0100))</p>
      <p>Keywords: FERRY/</p>"""
    codes = '<subject qcode="subj:04008024"/><subject qcode="N2:TEN"/><subject qcode="N2:US"/>'

    (item,) = read("reuters", g2(content=codes, body=body))
    assert "Adds" not in item.body
    assert "Reporting by Ada Quill" in item.body
    assert "@" not in item.body
    assert topics(item) == ["economy, business and finance", "sport"]
    assert len(item.ednotes) == 3


@pytest.mark.parametrize(
    ("label", "status", "signal"),
    [("STORY WITHDRAWN-", "canceled", "kill"), ("CORRECTED-", "usable", "correction"), ("REFILE-", "usable", "refile"),
     ("WRAPUP 2-", "usable", "update"), ("UPDATE 3-", "usable", "update")],
)  # fmt: skip
def test_reuters_labels_leave_the_headline(label: str, status: str, signal: str) -> None:
    (item,) = read("reuters", g2().replace("<headline>", f"<headline>{label}"))

    assert (item.headline, item.status, item.signals) == ("Ferry sails", status, (signal,))
    assert item.headline_raw == f"{label}Ferry sails"


def test_what_reuters_withdraws_is_held_and_what_it_cancels_is_killed() -> None:
    status = '<pubStatus qcode="stat:{}"/>'

    assert read("reuters", g2(status.format("withdrawn")))[0].status == "withheld"
    assert read("reuters", g2(status.format("canceled")))[0].status == "canceled"


def test_efe_s_subjects_of_iptc_have_their_media_topic_and_its_own_are_kept() -> None:
    head = (
        '<tobject.subject tobject.subject.ipr="IPTC" tobject.subject.refnum="11006005" tobject.subject.matter="Government"/>'
        '<tobject.subject tobject.subject.ipr="EFE" tobject.subject.refnum="F01001000" tobject.subject.matter="GOVERNMENT"/>'
    )

    (item,) = read("efe", nitf(head))
    assert topics(item) == ["politics and government"]
    assert [one.code for one in item.subjects] == ["11006005", "F01001000", "11000000"]


def test_ansa_s_signature_is_no_copy_and_its_letters_are_topics() -> None:
    body = "<p>(ANSA) - PORT EMBER, 2 MAR - The ferry sails.(ANSA).</p><p>YDU-CER 02-MARZO-26 16:50</p>"
    content = '<subject type="cptype:cat" literal="POL"/><subject type="cptype:cat" literal="EST"/>'

    (item,) = read("ansa", g2(content=content, body=body))
    assert item.body == "<p>(ANSA) - PORT EMBER, 2 MAR - The ferry sails.(ANSA).</p>"
    assert (topics(item), item.language) == (["politics and government"], "it")
    assert item.updated is not None
    assert item.updated.utc is not None
    assert (item.updated.utc.hour, item.updated.how) == (6, "assumed")


def test_stt_s_public_notes_are_public_and_its_private_ones_are_not() -> None:
    notes = '<edNote role="sttnote:public">Seen</edNote><edNote role="sttnote:private">Hidden</edNote>'

    (item,) = read("stt", g2(notes + '<signal qcode="sig:corrected"/>'))
    assert [(note.text, note.public) for note in item.ednotes] == [("Seen", True), ("Hidden", False)]
    assert item.signals == ("correction",)
    assert item.updated is not None
    assert item.updated.utc is not None
    assert item.updated.utc.hour == 5


def test_stt_s_departments_have_names_topics_and_some_speak_to_newsrooms() -> None:
    department = '<subject qcode="sttdepartment:{}" type="cpnat:abstract"/>'

    (item,) = read("stt", g2(content=department.format(16)))
    assert [subject.name for subject in item.subjects] == ["Urheilu", "sport"]
    (note,) = read("stt", g2(content=department.format(13)))
    assert (note.status, note.signals, topics(note)) == ("withheld", ("advisory",), [])


RITZAU = """<r><ListOfRBNews><RBNews xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><NewsID>83e4-1</NewsID>
  <PublishDate>2026-03-02T07:14:52.973</PublishDate><strapline>NU/FERRY-3</strapline><headline>{headline}</headline>
  <subtitle i:nil="true"/><town>Port Ember</town><origin>/ritzau/</origin><section>Sport</section><sectionShort>S</sectionShort>
  <version>2</version><content>&lt;p&gt;The ferry sails. /ritzau/&lt;/p&gt;</content><replacedID>{replaced}</replacedID>
  <IPTCList><a:int xmlns:a="urn:a">04000000</a:int><a:int xmlns:a="urn:a">03000000</a:int></IPTCList><Annuleret>{gone}</Annuleret>
  <NyVersion>true</NyVersion><Korrektion>{fixed}</Korrektion><byLine>Ada Quill</byLine><byLinePhone>5550100</byLinePhone>
  <TilRedaktionen>Call first.</TilRedaktionen><Status>New news</Status></RBNews><RBNews><NewsID>83e4-2</NewsID></RBNews>
  </ListOfRBNews></r>"""


def test_ritzau_s_own_xml_is_read_by_its_profile() -> None:
    text = RITZAU.format(headline="Ferry sails", gone="false", fixed="false", replaced="")

    delivery = formats.parse(text.encode(), profile=shipped("ritzau"))
    item, other = delivery.items
    assert (delivery.format, item.guid, item.version, item.status) == ("xml-ritzau", "83e4-1", "2", "usable")
    assert (item.headline, item.slugline, item.byline, item.dateline) == (
        "Ferry sails",
        "NU/FERRY-3",
        "Ada Quill",
        "Port Ember",
    )
    assert item.body == "<p>The ferry sails. /ritzau/</p>"
    assert topics(item) == ["sport", "economy, business and finance", "disaster, accident and emergency incident"]
    assert (item.signals, item.refs, item.language) == (("update",), (), "da")
    assert [(note.text, note.public) for note in item.ednotes] == [("Call first.", False)]
    assert "5550100" not in repr(item)
    assert item.published is not None
    assert item.published.utc is not None
    assert (item.published.utc.hour, item.published.how) == (6, "assumed")
    assert other.guid == "83e4-2"


def test_ritzau_s_annulled_corrected_and_replaced_items_say_so() -> None:
    (item, _) = read("ritzau", RITZAU.format(headline="Ferry", gone="true", fixed="true", replaced="83e4-0"))

    assert (item.status, item.signals) == ("canceled", ("correction", "update"))
    assert [(ref.rel, ref.id) for ref in item.refs] == [("replaces", "83e4-0")]


def test_afp_s_subject_codes_are_topics() -> None:
    codes = '<subject qcode="subj:15054000"/><subject qcode="medtop:15000000"/>'

    (item,) = read("afp", g2(content=codes))
    assert topics(item) == ["sport"]


def test_dpa_s_categories_are_topics_and_its_service_is_for_editors() -> None:
    category = '<subject qcode="dpacat:{}" type="dpatype:category"/>'

    assert topics(read("dpa", g2(content=category.format("wi")))[0]) == ["economy, business and finance"]
    assert topics(read("dpa", g2(content=category.format("vm")))[0]) == []
    assert read("dpa", g2(content=category.format("dm")))[0].status == "withheld"


def test_pa_s_letters_of_sport_are_a_topic() -> None:
    row = {"usn": "HSX1.1", "status": "", "versionCreated": "2026-03-10T11:00:15Z", "headline": "Ferry race", "uri": "x:1",
           "subjects": {"code": ["iptccat:SFU", "service:HSX"]}}  # fmt: skip

    (item,) = read("pa-guardian", json.dumps(row))
    assert topics(item) == ["sport"]
