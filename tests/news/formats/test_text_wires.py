"""Text wires: IPTC 7901 and ANPA 1312."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from tests.news.formats.wires import DATA, PROFILE, anpa, everything, message, plain, wire
from wiredesk.news import formats
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import labels
from wiredesk.news.item import EdNote
from wiredesk.news.profile import Profile


@pytest.mark.parametrize("name", ["iptc7901", "anpa"])
def test_all_that_a_file_says_is_read(name: str) -> None:
    delivery, expected = everything(name, "txt")

    assert delivery.format == {"iptc7901": "iptc7901", "anpa": "anpa1312"}[name]
    assert [plain(item) for item in delivery.items] == expected.ITEMS
    assert [note.code for note in delivery.notes] == ["bad-header"]


@pytest.mark.parametrize("name", ["iptc7901", "anpa"])
def test_nothing_that_is_for_editors_is_in_a_public_field(name: str) -> None:
    delivery, _ = everything(name, "txt")

    for item in delivery.items:
        assert "555-" not in f"{item.body}{item.summary}{item.headline}{item.byline}{item.dateline}{item.rights}"
        assert [note.text for note in item.ednotes if note.public and "555-" in note.text] == []


def test_a_wire_is_told_by_its_first_bytes() -> None:
    assert formats.parse(b"\r\n\x00" + message("Boats =")).format == "iptc7901"
    assert formats.parse(b"\x01<rss><channel><item/></channel></rss>").format == "rss"
    assert formats.parse(b" " * 30 + b"<rss>\x01<channel/></rss>").format == "rss"
    with pytest.raises(NewsError, match="not a wire"):
        formats.parse(b"\x01\x02text\x03\x04")


def test_a_wire_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_FEED", 10)
    assert formats.parse(message("Boats =")).items
    monkeypatch.setattr(formats, "MAX_WIRE", 10)
    with pytest.raises(NewsError, match="larger than 0 MB"):
        formats.parse(message("Boats ="))


@pytest.mark.parametrize(
    ("charset", "bytes_", "headline", "encoding", "how"),
    [
        ("", "Renée".encode(), "Renée", "utf-8", "bytes"),
        ("", "Renée".encode("cp1252"), "Renée", "cp1252", "fallback"),
        ("cp850", "Renée".encode("cp850"), "Renée", "cp850", "profile"),
        ("utf-8", "Renée".encode("cp1252"), "Renée", "cp1252", "fallback"),
        ("cp1252", "Renée".encode("cp1252"), "Renée", "cp1252", "profile"),
        ("iso8859-15", b"\x93Ren\xe9e\x94", "“Renée”", "iso8859-15", "profile"),
        ("no such thing", "Renée".encode(), "Renée", "utf-8", "bytes"),
    ],
)
def test_undeclared_text_is_decoded_as_the_profile_says(
    charset: str, bytes_: bytes, headline: str, encoding: str, how: str
) -> None:
    body = message("HERE =").replace(b"HERE", bytes_)
    delivery = formats.parse(body, profile=Profile(charset={"iptc7901": charset}))

    assert (delivery.items[0].headline, delivery.encoding, delivery.how) == (headline, encoding, how)


@pytest.mark.parametrize(
    ("text", "signals", "version", "headline"),
    [
        ("Boats back =", (), "", "Boats back"),
        ("1ST LEAD\nBoats back =", ("update",), "1", "Boats back"),
        ("REFILE\n3RD LEAD\nBoats back =", ("refile", "update"), "3", "Boats back"),
        ("REFILE 12TH LEAD Boats back =", ("refile", "update"), "12", "Boats back"),
        ("1st Ld-Writethru\n\nBoats back =", ("update",), "1", "Boats back"),
        ("Boats back\n\nBy Ines Calder =", (), "", "Boats back"),
        ("UPDATE 2-Boats back =", ("update",), "2", "Boats back"),
        ("CORRECTED-UPDATE 1-Boats back =", ("correction", "update"), "1", "Boats back"),
        ("2ND NEW VERSION\nBoats back =", ("update",), "", "Boats back"),
        ("HOLD: KILL the lights =", ("hold",), "", "KILL the lights"),
        ("KILL OR CURE: the spa =", (), "", "KILL OR CURE: the spa"),
        ("2nd lead singer quits =", (), "", "2nd lead singer quits"),
        ("Lead in water =", (), "", "Lead in water"),
    ],
)
def test_lead_words_leave_the_headline(text: str, signals: tuple[str, ...], version: str, headline: str) -> None:
    item = wire(f"{text}\n\n   Copy.")

    assert (item.signals, item.version, item.headline) == (signals, version, headline)


def test_a_line_of_labels_alone_counts_in_any_case_only_in_a_header() -> None:
    found = labels.Labels(Profile())

    assert found.at_start("1st ld-writethru", any_case=True).kinds == ("update",)
    assert found.at_start("Kill").kinds == ()
    assert found.at_start("Kill", any_case=True).kinds == ("kill",)
    assert found.at_start("x" * 1000).kinds == ()


def test_a_profile_may_write_labels_of_its_own() -> None:
    mine = labels.Labels(Profile(labels={"kill": ("Annulliert", ""), "lift": (), "odd": ("X",)}))

    assert mine.at_start("Annulliert: Boote").kinds == ("kill",)
    assert mine.at_start("Annulliert").rest == ""
    assert mine.lifts("the hold is released") and not mine.lifts("released")


@pytest.mark.parametrize(
    ("text", "signals", "status", "refs"),
    [
        ("HOLD =\n\n   Editors: please hold item LNT 0231.", ("hold", "advisory"), "withheld", [("hold", "lnt0231")]),
        ("KILL LNT-0231 =\n\n   Not true.", ("kill", "advisory"), "canceled", [("kill", "lnt0231")]),
        (
            "ADVISORY\nHold lifted =\n\n   The hold on LNT 231 is lifted.",
            ("advisory", "lift"),
            "withheld",
            [("lift", "lnt0231")],
        ),
        ("ADVISORY\nPlans =\n\n   A report is released at noon.", ("advisory",), "withheld", []),
        (
            "Report on boats =\n\n   Editors: please kill item 0231. A kill is mandatory.",
            ("kill", "advisory"),
            "canceled",
            [("kill", "lnt0231")],
        ),
        ("Boats =\n\n   Eds: do not use until checked.\n\n   Boats are back.", ("hold",), "withheld", []),
        ("HOLD\nBoats =\n\n   Boats are back.", ("hold",), "withheld", []),
        ("Boats =\n\n   Eds: see LNT 0231, LNT 0300.\n\n   Boats are back.", (), "usable", [("mention", "lnt0231")]),
        (
            "Boats =\n\n   Boats are back.\n\n# NOTEBOOK\n- substitutes LNT 0231 and LNT 0232",
            ("substitute",),
            "usable",
            [("substitute", "lnt0231"), ("substitute", "lnt0232")],
        ),
        ("UPDATE\nBoats =\n\n   Eds: after LNT item 0231.\n\n   Back.", ("update",), "usable", [("update", "lnt0231")]),
    ],
)
def test_what_a_message_does_to_others(
    text: str, signals: tuple[str, ...], status: str, refs: list[tuple[str, str]]
) -> None:
    item = wire(text)

    assert (item.signals, item.status) == (signals, status)
    assert [(ref.rel, ref.id) for ref in item.refs] == refs
    assert ("advisory" in item.signals) <= (item.body == "")


@pytest.mark.parametrize(
    "line",
    [
        "# LNT NOTEBOOK",
        "## Note",
        "* * * *",
        "****",
        "LNT NOTEBOOK",
        "The following information is not for publication",
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "Desk only, please",
        "[not a pattern",
    ],
)
def test_from_a_line_that_begins_a_private_part_nothing_is_copy(line: str) -> None:
    item = wire(f"Boats =\n\n   Boats are back.\n\n{line}\n\n   Phone 555-0101\n\nEditors: x")

    assert item.body == "<p>Boats are back.</p>"
    assert any("555-0101" in note.text for note in item.ednotes)
    assert not any(note.public for note in item.ednotes)


def test_a_pattern_of_the_profile_begins_a_private_part_too() -> None:
    profile = Profile(blocks=(r"Desk \d{1,3}$",))
    item = formats.parse(message("Boats =\n\n   Back.\n\nDesk 12\n555"), profile=profile).items[0]

    assert item.body == "<p>Back.</p>"


def test_three_stars_or_a_notebook_in_the_text_are_copy() -> None:
    item = wire("Boats =\n\n   He wrote\nin his notebook\n\n* * *\n\n   It is #boats.")

    assert item.body == "<p>He wrote in his notebook</p><p>* * *</p><p>It is #boats.</p>"


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (("correction",), EdNote(text="corrects boats to three, not two", role="correction", public=True)),
        ((), EdNote(text="corrects boats to three, not two", role="correction", public=False)),
    ],
)
def test_a_note_says_what_was_corrected(notes: tuple[str, ...], expected: EdNote) -> None:
    text = "CORRECTION\nBoats =\n\n   Three.\n\n# NOTEBOOK\n- corrects boats to three,\n  not two\n- Phone 555-0101"
    profile = Profile(notes=PROFILE.notes.__class__(correction_text=notes))
    item = formats.parse(message(text), profile=profile).items[0]

    assert expected in item.ednotes
    assert all("555" not in note.text for note in item.ednotes if note.public)


@pytest.mark.parametrize(
    ("text", "headline", "body"),
    [
        ("One\ntwo <\n   Copy.", "One two", "<p>Copy.</p>"),
        ("   Copy only.\n   More.", "", "<p>Copy only.</p><p>More.</p>"),
        ("Head\n   Copy.\ngoes on\n\nNext.", "Head", "<p>Copy. goes on</p><p>Next.</p>"),
        ("Head", "Head", ""),
        ("\n\nHead =", "Head", ""),
        ("w " * 200 + "\n" + "w " * 200 + "\n\nx", "", f"<p>{' '.join(['w'] * 400)}</p><p>x</p>"),
        ("w " * 200, "", f"<p>{' '.join(['w'] * 200)}</p>"),
        ("", "", ""),
    ],
)
def test_the_headline_ends_at_its_sign_or_before_the_copy(text: str, headline: str, body: str) -> None:
    item = wire(text)

    assert (item.headline, item.body) == (headline, body)


@pytest.mark.parametrize(
    ("copy", "byline", "dateline", "first"),
    [
        ("By Ines Calder =\n   VELMARK (LNT) - Boats.", "By Ines Calder", "VELMARK", "VELMARK (LNT) - Boats."),
        ("   Von Ines Calder\n   Velmark, Ostrina (lnt/x) – Boote.", "Von Ines Calder", "Velmark, Ostrina", "Velmark"),  # noqa: RUF001
        ("   Written by Ines Calder\n   AT HARROW: Boats.", "Ines Calder", "HARROW", "AT HARROW"),
        ("   By noon all were back.\n   TORONTO _ Boats.", "", "", "By noon all were back."),
        ("   Boats (three) came back.", "", "", "Boats (three) came back."),
    ],
)
def test_byline_and_dateline_are_found_by_patterns(copy: str, byline: str, dateline: str, first: str) -> None:
    item = wire(f"Boats =\n{copy}")

    assert (item.byline, item.dateline) == (byline, dateline)
    assert item.body.startswith(f"<p>{first}")


@pytest.mark.parametrize(
    ("line", "embargo"),
    [
        ("EMBARGOED UNTIL 1200 GMT March 3", "2026-03-03T12:00"),
        ("HOLD FOR RELEASE 12:30 CET on Tuesday, March 3, 2026", "2026-03-03T11:30"),
        ("NOT FOR RELEASE BEFORE 031200 GMT Mar 26", "2026-03-03T12:00"),
        ("Sperrfrist: 2026-03-03 12:00", "2026-03-03T12:00"),
        ("Eds: Embargoed until 0030 GMT Jan 2", "2027-01-02T00:30"),
        ("EMBARGOED UNTIL the minister speaks", "undefined"),
        ("EMBARGOED UNTIL 2500 GMT March 3", "undefined"),
    ],
)
def test_an_embargo_in_words(line: str, embargo: str) -> None:
    item = wire(f"Boats =\n\n   {line}\n\n   Boats are back.")

    found = item.embargo
    said = found if found is None or isinstance(found, str) else f"{found.utc:%Y-%m-%dT%H:%M}"
    assert (said, item.body, item.status) == (embargo, "<p>Boats are back.</p>", "usable")
    assert [note for note in item.ednotes if note.public] == []


def test_an_embargo_without_a_year_in_a_message_without_a_date_has_no_time() -> None:
    assert wire("EMBARGOED UNTIL 1200 GMT March 3\nBoats =", trailer="").embargo == "undefined"
    with_year = wire("EMBARGOED UNTIL 1200 GMT March 3 2026\nBoats =", trailer="").embargo
    assert with_year and with_year != "undefined"


@pytest.mark.parametrize(
    ("trailer", "guid", "utc"),
    [
        ("260710 GMT Mar 26", "lnt0300 of 2026-03-26", datetime(2026, 3, 26, 7, 10, tzinfo=UTC)),
        ("212322 GMT Nov 18", "lnt0300 of 2018-11-21", datetime(2018, 11, 21, 23, 22, tzinfo=UTC)),
        ("010030 CET March 2026", "lnt0300 of 2026-03-01", datetime(2026, 2, 28, 23, 30, tzinfo=UTC)),
        ("010030 +0100 Mar 26", "lnt0300 of 2026-03-01", datetime(2026, 2, 28, 23, 30, tzinfo=UTC)),
        ("260710 Mar 26", "lnt0300 of 2026-03-26", datetime(2026, 3, 26, 5, 10, tzinfo=UTC)),
    ],
)
def test_the_trailer_gives_day_and_time(trailer: str, guid: str, utc: datetime) -> None:
    profile = Profile(clock=timezone(timedelta(hours=2)))
    item = formats.parse(message("Boats =", trailer=trailer), profile=profile).items[0]

    assert item.guid == guid
    assert item.published and item.published.utc == utc


@pytest.mark.parametrize("trailer", ["", "soon", "320710 GMT Mar 26", "260710 GMT Mar 70"])
def test_without_a_day_there_is_no_name_for_the_item(trailer: str) -> None:
    item = wire("Boats =", trailer=trailer)

    assert (item.guid, item.published) == ("", None)
    assert item.extra[0].text == "0300"


@pytest.mark.parametrize(
    ("head", "slug", "expected"),
    [
        ("lnt0300 4 pl 12 LNT 300", "Boats/", (4, "pl", "Boats/")),
        ("lnt0300 4 pl 12 LNT 300", "", (4, "pl", "")),
        ("lnt0300 u pl 12 Boats-Harrow", "", (None, "pl", "Boats-Harrow")),
        ("lnt0300", "", (None, "", "")),
        ("lnt-0300 5", "", (5, "", "")),
    ],
)
def test_a_header_may_be_short(head: str, slug: str, expected: tuple[int | None, str, str]) -> None:
    item = wire("Boats =", head=head, slug=slug)

    category = item.subjects[0].code if item.subjects else ""
    assert (item.urgency, category, item.slugline) == expected
    assert item.guid == "lnt0300 of 2026-03-02"


@pytest.mark.parametrize("sign", [b"\x02", b"\x03", b"\x04"])
def test_a_message_that_lacks_a_control_character_is_read_as_damaged(sign: bytes) -> None:
    item = formats.parse(message("Boats =\n\n   Back.").replace(sign, b"")).items[0]

    assert item.lossy
    assert [note.code for note in item.notes] == ["incomplete"]


def test_only_so_many_messages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiredesk.news.formats.reading.textcopy.MAX_ITEMS", 1)
    delivery = formats.parse(message("One =") + message("Two ="))

    assert (len(delivery.items), delivery.lossy) == (1, True)


def test_the_source_of_the_profile_names_the_feed() -> None:
    assert formats.parse(message("Boats ="), profile=PROFILE).feed.title == "Lantern"
    assert formats.parse(message("Boats =")).feed.title == ""


@pytest.mark.parametrize(
    ("trailer", "guid"),
    [
        ("LNT-NY-03-02-26 0410EST", "a0412 of 2026-03-02"),
        ("LNT-NY-31-02-26 0410", "a0412 of 2026-02-31"),
        ("16:35ET 02-03-26", "a0412 of 2026-02-03"),
        ("021200 GMT Mar 26", "a0412 of 2026-03-02"),
        ("", ""),
        ("00-02-26 0410", ""),
    ],
)
def test_anpa_dates_are_month_day_year(trailer: str, guid: str) -> None:
    assert anpa("^Boats<", trailer=trailer).guid == (guid if "02-31" not in guid else "")


def test_anpa_head_lines_are_told_from_copy() -> None:
    item = anpa(
        "BC-Boats, Kill<\n^SYMBOL:X@<\n^Eds: note 555<\n^Boats back<\n^Second line<\n^By INES CALDER<\n\tCopy\ngoes on.<\n\n\tMore.<"
    )

    assert (item.headline, item.byline, item.status) == ("Boats back", "By INES CALDER", "canceled")
    assert item.body == "<p>Copy goes on.</p><p>More.</p>"
    assert item.ednotes[0].text == "Eds: note 555"


def test_anpa_categories_have_names_and_v_is_for_editors() -> None:
    sports = anpa("^Boats<\n\tCopy.<", second="f s\x14\x12 AM-Boats")
    digest = anpa("^Digest<\n\tPlans.<", second="r v BC-Digest")

    assert (sports.urgency, sports.subjects[0].name, sports.slugline) == (1, "Sports", "AM-Boats")
    assert (digest.status, digest.signals, digest.body) == ("withheld", ("advisory",), "")


def test_anpa_without_a_second_header_line_or_keyword_line() -> None:
    item = anpa("\tCopy.<", second="")

    assert (item.headline, item.body, item.slugline, item.version) == ("", "<p>Copy.</p>", "", "")


def damaged(dice: Random) -> bytes:
    """A document of a wire, cut off or with one byte changed."""
    names = ("iptc7901/everything.txt", "anpa/everything.txt", "nitf/everything.xml", "newsml1/everything.xml")
    body = bytearray((DATA / dice.choice(names)).read_bytes())
    if dice.random() < 0.5:
        return bytes(body[: dice.randrange(len(body))])
    body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


@pytest.mark.parametrize("count", [300, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_damaged_document_gives_a_delivery_or_one_clear_error(count: int) -> None:
    dice = Random(20260326)
    for _ in range(count):
        body = damaged(dice)
        try:
            formats.parse(body, profile=PROFILE)
        except NewsError as error:
            assert str(error)


@pytest.mark.parametrize(
    "text",
    [
        "KILL " * 200_000,
        "\n- x LNT 0231" * 80_000,
        "   By " + "A" * 1_000_000,
        "* " * 500_000,
        "\x01" * 1_000_000,
        "\x01lnt0300\x02" * 100_000,
        "Eds: a\n\n" * 100_000,
        "EMBARGOED UNTIL " * 60_000,
        " " * 1_000_000 + "=",
        "LNT " * 250_000,
        "Editors: " + "please hold " * 90_000,
        "# x\n" * 250_000,
    ],
)
def test_hostile_text_takes_time_by_its_length_only(text: str) -> None:
    body = b"\x01lnt0300 4 i\n\n\x02" + text.encode() + b"\x03021200 GMT Mar 26\x04"
    begun = time.process_time()

    formats.parse(body, profile=PROFILE)

    assert time.process_time() - begun < 3


def test_a_name_without_digits_names_no_item() -> None:
    profile = Profile(item_names={"number": ("no digits", "story nnn")})
    item = formats.parse(
        message("Boats =\n\n   Eds: no digits, story 231, LNT 0232.\n\n   Back."), profile=profile
    ).items[0]

    assert [ref.id for ref in item.refs] == ["lnt0231", "lnt0232"]
