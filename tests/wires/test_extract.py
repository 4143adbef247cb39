"""Pages read in a process of their own: what is found, and what a page that hangs or explodes comes to."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from wiredesk.news.errors import NewsError
from wiredesk.news.webpage import Whole
from wiredesk.wires import webpages
from wiredesk.wires.extract import Extractor, Limits
from wiredesk.wires.webpages import MAX_BYTES, MAX_ELEMENTS, MAX_LETTERS, Webpage, whole_text

SAID = [
    f"The harbour master of Brennet said on {day} that ferry number {number} had sailed with {number * 7} people on board, "
    f"and that nobody was hurt when it touched the quay at Sahil late in the evening of that day."
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"), 3)
]
URL = "https://a.example/news/1"


def page(
    *,
    said: list[str] = SAID,
    head: str = "",
    above: str = "",
    below: str = "",
    before: str = "<article><div class='story'>",
) -> bytes:
    """A page of an invented newspaper."""
    text = "".join(f"<p>{one}</p>" for one in said)
    after = "</div></article>" if before.startswith("<article><div") else ""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>Ferry sails | The Courier</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/news'>News</a></nav><h1>Ferry sails</h1>{before}{above}{text}{below}{after}"
        "<footer><p>Copyright The Courier</p><a href='/terms'>Terms</a></footer></body></html>"
    ).encode()


def read(body: bytes, **more: str) -> Whole:
    return whole_text(Webpage(body=body, url=URL, **more))


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(Limits(seconds=20, processor=2, memory=2**30)) as one:
        yield one


def test_the_copy_of_a_page_is_found_and_sure(extractor: Extractor) -> None:
    found = extractor.extract(Webpage(body=page(), url=URL))

    assert found == read(page())
    assert (found.text, found.is_sure) == ("\n".join(SAID), True)


def test_fields_are_read_where_the_page_has_them() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","datePublished":"2026-03-02T10:00:00Z"}</script>'
        '<meta property="og:image" content="/1.jpg"><meta property="og:title" content="Other"><meta name="author" content="Ines Calder">'
    )

    facts = read(page(head=head)).facts

    assert (facts.headline.value, facts.headline.source) == ("Ferry sails again", "JSON-LD")
    assert (facts.published.value, facts.image.value) == ("2026-03-02T10:00:00Z", "https://a.example/1.jpg")
    assert (facts.byline.value, facts.byline.source) == ("Ines Calder", "OpenGraph")


def test_links_and_emphasis_come_safe_through() -> None:
    said = [
        SAID[0].replace("Brennet", "<a href='/brennet' onclick='x()'>Brennet</a>").replace("nobody", "<b>nobody</b>"),
        *SAID[1:],
    ]

    html = read(page(said=said)).html

    assert '<a href="https://a.example/brennet" rel="noopener">Brennet</a>' in html
    assert "<strong>nobody</strong>" in html
    assert "onclick" not in html


def test_a_body_in_parts_is_read_whole() -> None:
    parts = "".join(
        f"<section class='grid'><div class='article__body'>{''.join(f'<p>{one}</p>' for one in some)}</div></section><div>Shop now</div>"
        for some in (SAID[:3], SAID[3:])
    )

    found = read(page(said=[], before=f"<article><div class='chunks'>{parts}</div>"))

    assert found.text == "\n".join(SAID)


def test_a_wall_makes_it_unsure() -> None:
    wall = "<div class='paywall'>Subscribe to continue reading</div>"

    assert "Readers are asked to pay or to sign in." in read(page(below=wall)).why


def test_selectors_say_what_is_copy_and_what_is_not() -> None:
    odd = page(
        above="<div class='box'><p>Our correspondents write about ferries every week, and so do their friends at home.</p></div>"
    )

    assert read(odd, drop=".box").text == "\n".join(SAID)
    kept = read(odd, keep=".story p, .story", drop=".box, p:nth-of-type(2)")
    assert kept.text == "\n".join([SAID[0], *SAID[2:]])
    assert kept.other is None
    assert read(odd, keep=".nowhere").why == ("No copy was found on the page.",)
    with pytest.raises(NewsError, match="cannot be read"):
        webpages.check_selector("p[")


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "", ""),
        ("cp1251", "windows-1251", ""),
        ("gb18030", "gb2312", ""),
        ("cp1252", "", "text/html; charset=iso-8859-1"),
        ("utf-16", "", ""),
    ],
)
def test_pages_of_all_encodings_are_read(encoding: str, declared: str, content_type: str) -> None:
    words = {"cp1251": "Паром отплыл", "gb18030": "渡轮启航"}.get(encoding, "Fähre läuft")
    said = [f"{one} {words}." for one in SAID]
    text = (
        page(said=said).decode().replace("<meta charset='utf-8'>", f"<meta charset='{declared}'>" if declared else "")
    )

    found = read(text.encode(encoding), content_type=content_type)

    assert found.text == "\n".join(said)


@pytest.mark.parametrize("body", [b"", b"   ", b"\0\0", b"<!-- -->", b"<html></html>", b"<p>"], ids=repr)
def test_nothing_is_no_copy(body: bytes) -> None:
    assert read(body).why == ("No copy was found on the page.",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"<p>a</p>" * MAX_ELEMENTS, "elements"),
        (b"<p>" + b"word " * MAX_LETTERS, "letters"),
        (b"\x1f\x8b" + b"x" * 50, "compressed"),
    ],
    ids=["bytes", "elements", "letters", "packed"],
)
def test_what_is_no_page_of_copy_is_said_in_words(extractor: Extractor, body: bytes, reason: str) -> None:
    with pytest.raises(NewsError, match=reason):
        extractor.extract(Webpage(body=body))
    with pytest.raises(NewsError, match=reason):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000 + b"x",
        b"<b><i><p>" * 4_000 + b"x",
        b"<a><b><table><a>" * 3_000,
        b'<a href="' * 100_000,
        b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">x",
        b"<p " + b" ".join(b"a%d=1" % number for number in range(200)) + b">x",
        b"<script type='application/ld+json'>" + b"[" * 100_000,
        bytes(range(256)) * 400,
    ],
    ids=["deep", "misnested", "mess", "quotes", "attributes", "some attributes", "json", "bytes"],
)
def test_hostile_markup_gets_an_answer(extractor: Extractor, body: bytes) -> None:
    begun = time.monotonic()
    try:
        assert extractor.extract(Webpage(body=body)).words < 20_000
    except NewsError as error:
        assert str(error).endswith(".")
    assert time.monotonic() - begun < 21


def hostile(what: str) -> Extractor:
    """An extractor whose process does something bad on every page, as a hole in a C library would let it."""

    class Bad(Extractor):
        code = f"from wiredesk.wires import worker; worker.whole_text = lambda page: {what}"

    return Bad(Limits(seconds=3, processor=1, memory=2**29))


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("__import__('time').sleep(60)", "longer than 3 seconds"),
        ("sum(1 for _ in iter(int, 1))", "processor time|longer than"),
        ("bytearray(2**30)", "more than 512 MB"),
        ("__import__('os').kill(__import__('os').getpid(), 11)", "broke the program"),
        ("__import__('os')._exit(0)", "broke the program"),
        ("1 / 0", "ZeroDivisionError"),
        ("open('/tmp/wiredesk-no-file', 'w').write('x' * 9000)", "OSError"),
    ],
    ids=["hangs", "spins", "explodes", "crashes", "leaves", "fails", "writes"],
)
def test_a_page_that_breaks_its_process_is_an_answer_in_words(what: str, reason: str) -> None:
    with hostile(what) as bad:
        for _ in range(2):  # the process is replaced
            with pytest.raises(NewsError, match=reason):
                bad.extract(Webpage(body=page()))


def test_the_process_knows_nothing_of_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with (
        hostile(
            "(_ for _ in ()).throw(__import__('wiredesk.news.errors').news.errors.NewsError(repr(dict(__import__('os').environ))))"
        ) as bad,
        pytest.raises(NewsError) as said,
    ):
        bad.extract(Webpage(body=page()))

    assert "secret" not in str(said.value)


def test_a_process_is_replaced_after_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiredesk.wires.extract.PAGES", 2)
    with Extractor() as one:
        ids = []
        for _ in range(3):
            one.extract(Webpage(body=page()))
            ids.append(one._process.pid if one._process else 0)

    assert ids[0] and not ids[1] and ids[2] not in (0, ids[0])


def test_no_process_is_left_behind() -> None:
    with Extractor() as one:
        one.extract(Webpage(body=page()))
        process = one._process

    assert process and process.returncode is not None
    gone: Callable[[], None] = lambda: os.kill(process.pid, 0)  # noqa: E731  for pytest.raises
    with pytest.raises(ProcessLookupError):
        gone()
