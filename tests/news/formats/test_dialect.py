"""What a profile says of every format: boilerplate, labels, names and topics of codes, what holds where copy is silent."""

from __future__ import annotations

import time
from typing import Any

import pytest

from wiredesk.news import formats
from wiredesk.news.formats.reading import dialect
from wiredesk.news.item import Item, Rights
from wiredesk.news.profile import Listed, Profile

LISTED = ("more at lantern", r"_{3,10}$", "(not a pattern")


def rss(inner: str, **fields: Any) -> Item:
    body = f"<rss><channel><item><title>Ferry sails</title>{inner}</item></channel></rss>"
    return formats.parse(body.encode(), profile=Profile(**fields)).items[0]


@pytest.mark.parametrize(
    ("html", "rest", "dropped"),
    [
        (
            "<p>One</p>\n<p>___</p>\n<P class=x>More at <b>Lantern</b>: x</P>",
            "<p>One</p>",
            ["___", "More at Lantern: x"],
        ),
        ("<p>One</p><div>(Not a pattern</div><p>Two</p>", "<p>One</p><p>Two</p>", ["(Not a pattern"]),
        ("<div><p>___</p></div>", "<div></div>", ["___"]),
        ("<p>___ and on</p> ", "<p>___ and on</p> ", []),
        (f"<p>more at lantern {'x' * 700}</p>", f"<p>more at lantern {'x' * 700}</p>", []),
        ("<p></p><p>open", "<p></p><p>open", []),
    ],
)
def test_paragraphs_that_begin_with_a_listed_line_leave_the_text(html: str, rest: str, dropped: list[str]) -> None:
    assert dialect.without(html, LISTED) == (rest, dropped)


@pytest.mark.parametrize("html", ["<p>" * 1_500_000, "<p>x" * 1_000_000, "<p>" + "<b>" * 1_500_000, "<p " * 1_500_000])
def test_looking_for_boilerplate_takes_time_in_proportion(html: str) -> None:
    before = time.process_time()

    dialect.without(html[:4_000_000], LISTED)
    assert time.process_time() - before < 5


def test_boilerplate_becomes_private_notes_of_any_format() -> None:
    text = "<description>&lt;p&gt;Short.&lt;/p&gt;&lt;p&gt;___&lt;/p&gt;</description>"

    item = rss(text, boilerplate=LISTED)
    assert item.body == "<p>Short.</p>"
    assert [(note.text, note.role, note.public) for note in item.ednotes] == [("___", "boilerplate", False)]
    assert rss("", boilerplate=LISTED).ednotes == ()


def test_an_agency_s_own_labels_leave_the_headline_of_any_format() -> None:
    labels = {"correction": ("RETTELSE",), "kill": ("ANNULLERET",), "strange": ("X",)}

    fixed = rss("", labels=labels)
    assert (fixed.headline, fixed.signals) == ("Ferry sails", ())
    body = "<rss><channel><item><title>RETTELSE: &lt;b>Ferry&lt;/b></title></item><item><title>ANNULLERET - Ferry</title></item>"
    one, two = formats.parse(f"{body}</channel></rss>".encode(), profile=Profile(labels=labels)).items
    assert (one.headline, one.headline_raw, one.signals) == ("Ferry", "RETTELSE: Ferry", ("correction",))
    assert (two.headline, two.status, two.headline_html) == ("Ferry", "canceled", "")


def test_a_subject_s_code_may_be_a_label() -> None:
    labels = {"advisory": ("DESK:1",), "odd": ("DESK:1",)}
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><category term='{}'/></entry></feed>"

    told = formats.parse(body.format("DESK:1").encode(), profile=Profile(labels=labels)).items[0]
    other = formats.parse(body.format("DESK:2").encode(), profile=Profile(labels=labels)).items[0]
    assert ((told.status, told.signals), (other.status, other.signals)) == (("withheld", ("advisory",)), ("usable", ()))


def test_codes_have_names_and_topics() -> None:
    item = rss(
        "<category>SPO</category><category>POL</category><category>04008024</category><category>0400</category>",
        subjects={"SPO": "unused, since the code is the name"},
        topics={"SPO": "15000000", "04??????": "04000000", "P*": "11000000"},
    )

    named = [(subject.name, subject.code) for subject in item.subjects]
    assert named[4:] == [
        ("sport", "15000000"),
        ("politics and government", "11000000"),
        ("economy, business and finance", "04000000"),
    ]


@pytest.mark.parametrize(
    ("code", "topic"),
    [("a:SPO", "15000000"), ("b:SPO", "01000000"), ("POLX", "11000000"), ("POL", "16000000"), ("POLAR", "02000000"),
     ("", ""), ("X" * 500, "")],
)  # fmt: skip
def test_a_code_is_looked_up_whole_then_bare_then_by_its_beginning(code: str, topic: str) -> None:
    known = Profile(
        topics={"SPO": "15000000", "b:SPO": "01000000", "POL": "16000000", "POL?": "11000000", "POL*": "02000000"}
    )

    assert dialect.topic_of(code, known) == topic


def test_topics_that_are_there_are_not_added_again_and_strange_ones_have_no_name() -> None:
    body = b"""<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><category term='s'/><category term='z'/>
      <category scheme='http://cv.iptc.org/newscodes/mediatopic/' term='15000000'/></entry></feed>"""

    item = formats.parse(body, profile=Profile(topics={"s": "15000000", "z": "20009999"})).items[0]
    assert [(one.name, one.code) for one in item.subjects] == [
        ("s", "s"),
        ("z", "z"),
        ("15000000", "15000000"),
        ("", "20009999"),
    ]


def test_names_are_given_to_codes_without_one() -> None:
    item = formats.parse(
        b'{"uri": "x:1", "headline": "A", "subject": [{"code": "SPO"}, {"code": "POL"}]}',
        profile=Profile(subjects={"SPO": "Sport"}),
    ).items[0]

    assert [(one.name, one.code) for one in item.subjects] == [("Sport", "SPO"), ("", "POL")]


def test_language_and_rights_of_the_profile_hold_where_copy_is_silent() -> None:
    silent = rss("", language="da", credit="Lantern", rights="By contract")
    assert (silent.language, silent.rights) == ("da", (Rights(scope="feed", notice="By contract", credit="Lantern"),))
    own = rss("<language>de</language><copyright>Ours</copyright>", language="da", rights="By contract")
    assert (own.language, own.rights) == ("de", (Rights(scope="item", notice="Ours"),))


HOUSE = {"keys": {"wire.id": "guid", "word": "status"}, "code": "LNT", "status": {"gone": "canceled"}}


def test_a_house_format_in_xml_is_found_by_its_key_and_read_as_objects() -> None:
    body = b"""<all><row><wire><id>1</id></wire><word>gone</word><tag>a</tag><tag>b</tag><tag>c</tag><deep>x<y/></deep></row>
      <row><wire><other/></wire></row><row><wire/></row></all>"""

    delivery = formats.parse(body, profile=Profile(**HOUSE))  # type: ignore[arg-type]
    (item,) = delivery.items
    assert (delivery.format, item.guid, item.status) == ("xml-lnt", "1", "canceled")
    assert [(one.qname, one.text) for one in item.extra] == [("tag", '["a", "b", "c"]'), ("deep", '{"y": ""}')]
    assert [note.code for note in delivery.notes] == ["wrong-type"]


def test_an_item_in_xml_is_read_no_deeper_than_is_sensible() -> None:
    body = "<row><wire><id>1</id></wire>" + "<a>" * 60 + "x" + "</a>" * 60 + "</row>"

    (item,) = formats.parse(body.encode(), profile=Profile(**HOUSE)).items  # type: ignore[arg-type]
    assert item.extra[0].text.count('{"a"') == 31


def test_a_list_of_a_house_format_may_give_signals_and_items_may_lie_deep() -> None:
    known = Profile(
        keys={"id": "guid", "rows.all": "items", "one": "items", "terms": "rights.terms"},
        lists=(Listed(at="what", gives="signals", keys={".": "name"}),),
        readers={"marks": "readers"},
    )
    row = '{"id": "1", "what": ["correction", "x"], "marks": ["readers", "x"], "terms": ["a", "b", 5, {}]}'

    (item,) = formats.parse(f'{{"rows": {{"all": [{row}]}}}}'.encode(), profile=known).items
    assert (item.signals, item.status, item.rights[0].terms) == (("correction",), "usable", "a b 5")
    (item,) = formats.parse(f'{{"one": {row.replace("readers", "others")}}}'.encode(), profile=known).items
    assert (item.signals, item.status) == (("correction", "advisory"), "withheld")
