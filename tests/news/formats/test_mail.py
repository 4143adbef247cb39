"""Mails: what of a message becomes copy, what is left unread, and messages that are built to hurt."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest

from tests.news.formats.wires import DATA, PROFILE, everything, message, plain
from wiredesk.news import formats
from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import mime
from wiredesk.news.item import Delivery

HEAD = "From: Coast <wire@coast.example>\nMessage-ID: <1@coast.example>\nSubject: Boats\n"
NITF = "<nitf><head><docdata><doc-id id-string='LNT-8'/></docdata></head><body><body.head><hedline><hl1>From a document</hl1></hedline></body.head><body.content><p>Copy.</p></body.content></body></nitf>"


def read(text: str | bytes, *, content_type: str = "message/rfc822") -> Delivery:
    raw = text if isinstance(text, bytes) else text.encode()
    return formats.parse(raw, content_type=content_type, profile=PROFILE)


def body(text: str) -> str:
    return read(text).items[0].body


def parts(*each: str, head: str = HEAD, kind: str = "mixed") -> str:
    """A message of several parts, each with its own header."""
    return (
        f"{head}Content-Type: multipart/{kind}; boundary=b\n\n" + "".join(f"--b\n{one}\n" for one in each) + "--b--\n"
    )


def attached(content: str | bytes, type_: str = "text/xml", name: str = "copy.xml") -> str:
    raw = content if isinstance(content, bytes) else content.encode()
    return f"Content-Type: {type_}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename={name}\n\n{b64encode(raw).decode()}"


def notes(delivery: Delivery) -> list[str]:
    return [note.code for note in delivery.notes]


def test_all_that_a_message_says_is_read() -> None:
    delivery, expected = everything("mail", "eml")

    assert delivery.format == "mail"
    assert [plain(item) for item in delivery.items] == [expected.ITEM]
    assert formats.as_json(delivery)["notes"] == expected.NOTES


def test_it_is_the_same_with_either_end_of_line() -> None:
    raw = (DATA / "mail" / "everything.eml").read_bytes()

    assert read(raw.replace(b"\n", b"\r\n")).items[0].body == read(raw).items[0].body


def test_a_mail_is_told_by_its_header_or_by_what_it_is_called() -> None:
    assert read(f"{HEAD}\nText.", content_type="").format == "mail"
    assert read("Subject: Boats\n\nText.").format == "mail"
    for text in ("Subject: Boats\n\nText.", "plain words", "<page/>"):
        with pytest.raises(NewsError, match="not a feed"):
            read(text, content_type="")


def test_documents_that_a_message_brings_are_read_in_its_place() -> None:
    delivery = read(
        parts(
            "\nPlease find attached.",
            attached(NITF),
            attached(message("Boats =\r\nText."), "application/octet-stream", "w.bin"),
        )
    )

    assert [item.headline for item in delivery.items] == ["From a document", "Boats"]
    assert (delivery.format, delivery.lossy) == ("mail", False)


def test_a_document_may_be_the_whole_message() -> None:
    assert read(f"{HEAD}Content-Type: application/xml\n\n{NITF}").items[0].guid == "LNT-8"
    assert read(f"{HEAD}\n{NITF}").items[0].guid == "LNT-8"


def test_a_document_whose_charset_the_mail_names_is_read_in_it() -> None:
    rss = "<rss version='2.0'><channel><item><title>H\xe4fen</title></item></channel></rss>".encode("latin-1")

    assert read(parts(attached(rss, "text/xml; charset=iso-8859-1"))).items[0].headline == "H\xe4fen"


def test_a_document_that_cannot_be_read_is_said_and_its_cover_letter_is_no_copy() -> None:
    with pytest.raises(NewsError, match="a mail whose document cannot be read: copy.xml: not a feed"):
        read(parts("\nPlease find attached.", attached("<page/>")))


def test_a_document_that_cannot_be_read_beside_one_that_can_is_noted() -> None:
    delivery = read(parts(attached(NITF), attached("<page/>"), attached("<rss><channel><title>cut")))

    assert [item.guid for item in delivery.items] == ["LNT-8"]
    assert "attachment-unread" in notes(delivery)
    assert delivery.lossy


def test_what_is_no_document_is_left_and_named() -> None:
    delivery = read(
        parts(
            "\nText.",
            attached(b"PK\x03\x04", "application/zip", "copy.zip"),
            attached("<b>no</b>", "text/plain", "a.txt"),
            "Content-Type: image/png\n\nx",
            "\n{ a brace is no document",
        )
    )

    assert body(parts("\nText.")) == "<p>Text.</p>"
    assert [note.text.split()[2] for note in delivery.notes if note.code == "attachment-left"] == [
        "copy.zip",
        "a.txt",
        "image/png",
    ]


def test_a_mail_in_a_mail_is_not_opened() -> None:
    delivery = read(parts("\nForwarded.", f"Content-Type: message/rfc822\n\n{HEAD}\nInner."))

    assert [item.body for item in delivery.items] == ["<p>Forwarded.</p>"]
    assert notes(delivery) == ["attachment-left"]


def test_html_is_taken_where_there_is_no_text() -> None:
    html = "Content-Type: text/html; charset=utf-8\n\n<p>H\xe4fen</p>"

    assert body(parts("Content-Type: text/plain\n\n \n", html, kind="alternative")) == "<p>H\xe4fen</p>"
    assert body(HEAD + html) == "<p>H\xe4fen</p>"


def test_paragraphs_are_parted_by_empty_lines_or_are_long_lines() -> None:
    long = "x" * 120

    assert body(f"{HEAD}\none\ntwo\n \nthree\n") == "<p>one two</p>\n<p>three</p>"
    assert body(f"{HEAD}\n{long}\nshort\n") == f"<p>{long}</p>\n<p>short</p>"


def test_flowed_lines_go_on() -> None:
    assert (
        body(f"{HEAD}Content-Type: text/plain; format=Flowed\n\n From here \nto there.\n")
        == "<p>From here to there.</p>"
    )


def test_a_signature_is_no_copy() -> None:
    assert body(f"{HEAD}\nText.\n-- \nCoast Agency") == "<p>Text.</p>"
    assert body(f"{HEAD}\n\n-- \nCoast Agency") == ""


def test_an_embargo_in_subject_or_text_holds_the_copy() -> None:
    undefined = read(f"{HEAD}\nEMBARGO: until the minister has spoken\n\nText.").items[0]
    subject = read(
        "From: a@coast.example\nSubject: Embargoed until 18:00 GMT, March 2, 2026\nDate: Sun, 1 Mar 2026 10:00 +0000\n\nText."
    ).items[0]
    html = read(f"{HEAD}Content-Type: text/html\n\n<p>Hold for release</p><p>Text.</p>").items[0]

    assert undefined.embargo == html.embargo == "undefined"
    assert undefined.body == "<p>Text.</p>"
    assert subject.embargo not in (None, "undefined")


def test_a_message_without_its_marks_is_read_as_far_as_it_goes() -> None:
    item = read("From: nobody\nSubject: Boats\n\n").items[0]

    assert (item.guid, item.guid_kind, item.headline, item.body, item.credit) == ("", "made", "Boats", "", ())


@pytest.mark.parametrize(
    ("text", "why"), [("no header at all", "has no header"), ("X: 1\n\n", "without a subject"), ("", "no header")]
)
def test_what_is_no_message_is_said(text: str, why: str) -> None:
    with pytest.raises(NewsError, match=why):
        read(text)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("=?utf-8?B?SMOkZmVu?=", "H\xe4fen"),
        ("=?UTF-8*de?Q?H=C3=A4fen_1?=", "H\xe4fen 1"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b", "a b"),
        ("=?punycode?q?abc?=", "abc"),
        ("=?utf-8?b?a?=", ""),
        ("=?utf-8?b?SMOkZmV?=", "H\xe4fe"),
        ("=?x", "=?x"),
    ],
)
def test_encoded_words_are_read(said: str, means: str) -> None:
    assert mime.line(said) == means


def test_header_bytes_of_older_programs_are_read() -> None:
    assert read(b"Subject: H\xe4fen\n\nText.").items[0].headline == "H\xe4fen"


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "rot13", "utf-7", "x" * 100, "utf-16", "", "none"])
def test_charsets_that_are_none_or_do_not_fit_are_not_followed(charset: str) -> None:
    assert "Text +ADw-b+AD4-" in body(f"{HEAD}Content-Type: text/plain; charset={charset}\n\nText +ADw-b+AD4-.")


def test_names_of_files_are_names_and_no_paths() -> None:
    part = 'Content-Type: application/pdf; name="../../etc/a.pdf"\nContent-Disposition: inline\n\nx'
    continued = 'Content-Type: application/pdf; name*=latin-1\'de\'H%E4fen.pdf; name*1="\\"x"; *=1\n\nx'

    opened = mime.open_(parts(part, continued).encode())

    assert [(one.name, one.is_attached) for one in opened.parts] == [("a.pdf", False), ('H\xe4fen.pdf"x', True)]


def test_parts_may_lack_header_or_end() -> None:
    opened = mime.open_(
        b"X: 1\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\nno header\n--b\nContent-Type: text/html\n\nlast"
    )

    assert [(one.type, one.body) for one in opened.parts] == [
        ("text/plain", b"first"),
        ("text/plain", b""),
        ("text/html", b"last"),
    ]


def test_a_multipart_without_its_boundary_is_one_part_and_no_copy() -> None:
    assert read(f"{HEAD}Content-Type: multipart/mixed\n\n--b\n\nText.").items[0].body == ""
    assert read(f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\nText.").items[0].body == ""


# Messages that are built to hurt: each gets an answer, in less than a second or two


def nested(depth: int) -> str:
    made = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return f"{HEAD}{made}\nText."


HOSTILE = {
    "nested a thousand deep": nested(1_000),
    "fifty thousand parts": parts(*["\nx"] * 50_000),
    "a part for every line, twice": f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n" * 300_000,
    "two thousand fields": "X: 1\n" * 2_000 + "\n",
    "a header flood": "X: 1\n" * 500_000 + "\n",
    "a header without end": "X: " + "y" * 5_000_000,
    "a folded header without end": "X: 1\n" + " y\n" * 1_000_000,
    "base64 without end": f"{HEAD}Content-Transfer-Encoding: base64\n\n" + "QUFB" * 5_000_000,
    "encoded words without end": "Subject: " + "=?utf-8?q?x?= " * 1_000 + "\n\nText.",
    "a word that never ends": "Subject: " + "=?" * 100_000 + "\n\nText.",
    "parameters without end": f"{HEAD}Content-Type: text/plain" + '; a="' * 3_000 + "\n\nText.",
    "a boundary of marks": f'{HEAD}Content-Type: multipart/mixed; boundary="((((.*)+)+)+$"\n\n' + "(" * 1_000_000,
    "spaces without end": f"{HEAD}\n" + " " * 3_000_000 + "\n" + "\t\n" * 500_000,
    "tags without end": f"{HEAD}Content-Type: text/html\n\n" + "<" * 3_000_000,
    "quoted-printable without end": f"{HEAD}Content-Transfer-Encoding: quoted-printable\n\n" + "=" * 5_000_000,
    "a thousand documents": parts(*[attached(NITF)] * 1_000),
    "names without end": f"From: {'a' * 100_000}@{'b' * 100_000}\nSubject: x\n\nText.",
    "a From of quotes": "From: " + '"' * 100_001 + "\nSubject: x\n\nText.",
    "noise": "".join(chr(number % 256) for number in range(0, 3_000_000, 7)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_message_that_is_built_to_hurt_gets_an_answer_in_time(name: str) -> None:
    began = time.process_time()
    try:
        assert len(read(HOSTILE[name]).items) <= mime.MAX_PARTS
    except NewsError as error:
        assert str(error)
    assert time.process_time() - began < 3


def test_what_was_capped_is_noted_and_the_copy_marked() -> None:
    deep, many = read(nested(20)), read(parts(*["\nText."] * 500))

    assert [notes(deep), notes(many)] == [["mail-capped"], ["mail-capped"]]
    assert (deep.lossy, many.lossy) == (True, True)


def test_a_mail_larger_than_a_wire_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_WIRE", 10)

    with pytest.raises(NewsError, match="larger than 0 MB"):
        read(f"{HEAD}\nText.")


def test_more_items_than_a_delivery_may_have_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiredesk.news.formats.mail.MAX_ITEMS", 2)

    delivery = read(parts(*[attached(NITF)] * 3))

    assert (len(delivery.items), delivery.lossy) == (2, True)
    assert "too-many-items" in notes(delivery)
