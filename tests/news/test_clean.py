"""The cleaner: nothing active survives, good markup does, and nothing takes long (TRUST section 4)."""

from __future__ import annotations

import json
import time

import pytest
from lxml import html

from tests import corpora
from wiredesk.news import clean

BASE = "https://feed.example/a/"


def safe(markup: str, role: clean.Role = "copy") -> str:
    return clean.safe_html(markup, base=BASE, role=role)


def assert_harmless(output: str) -> None:
    tree = html.fragment_fromstring(output, create_parent="div") if output.strip() else html.Element("div")
    for element in tree.iter():
        assert element is tree or element.tag in clean.TAGS
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("id", "name", "class", "style", "srcdoc")
            if name in ("href", "src", "cite", "poster"):
                assert value.startswith(("http://", "https://")) or (element.tag == "a" and value.startswith("mailto:"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        ("plain & simple", "plain &amp; simple"),
        ("<p onclick=x id=y class=z style=w>a</p>", "<p>a</p>"),
        ("<script>x</script><p>a</p>", "<p>a</p>"),
        ("<a href='javascript:x'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='../b c'>a</a>", '<a href="https://feed.example/bc" rel="noopener">a</a>'),
        ("<a href=' MAILTO:i@a.example'>a</a>", '<a href="MAILTO:i@a.example" rel="noopener">a</a>'),
        ("<a href='https://u:p@a.example/'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='http://[x'>a</a>", '<a rel="noopener">a</a>'),
        ("<td colspan=99999>a</td>", "a"),
        ("<img src=/i.png width=1 height=1>", ""),
        ("<iframe src='https://evil.example/'></iframe>a", "a"),
        ("a&#13;b<br>", "a\nb<br>"),
        ("<p title='&#27;x'>a&#x1b;b&#7;&#xfffe;&#0;&#x7f;c</p>", '<p title="x">ab\ufffdc</p>'),
    ],
)
def test_markup_is_made_safe(markup: str, expected: str) -> None:
    assert safe(markup) == expected


def test_pictures_are_made_polite_in_a_fixed_order() -> None:
    assert safe("<img src='i.png' width=20x height=30>") == (
        '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" src="https://feed.example/a/i.png" height="30">'
    )


def test_a_srcset_is_taken_apart_and_built_again() -> None:
    output = safe("<img src=a srcset='/b.jpg 2x, javascript:x 1x, c.jpg huge, d.jpg'>")

    assert 'srcset="https://feed.example/b.jpg 2x, https://feed.example/a/d.jpg"' in output
    assert "srcset" not in safe("<img src=a srcset='javascript:x'>")


def test_an_embed_of_a_known_host_is_a_link_to_click() -> None:
    output = safe(
        '<iframe src="//www.youtube.com/embed/x?a=1&amp;b=2"></iframe><p>a</p><figure data-embed="evil">b</figure>'
    )

    assert output.startswith(
        '<figure data-embed="www.youtube.com"><a href="https://www.youtube.com/embed/x?a=1&amp;b=2"'
    )
    assert output.endswith("<p>a</p><figure>b</figure>")


def test_links_say_who_wrote_them() -> None:
    assert 'rel="noopener nofollow ugc"' in safe("<a href=b>a</a>", "comment")
    assert 'rel="noopener sponsored"' in safe("<a href=b>a</a>", "paid")


def test_deep_nesting_is_flattened_and_keeps_its_text() -> None:
    output = safe("<div>" * 5000 + "deep" + "</div>" * 5000)

    assert "deep" in output
    assert output.count("<div>") <= clean.MAX_DEPTH


def test_paragraphs_that_nobody_closed_are_no_nesting() -> None:
    assert safe("<p>a" * 1000).count("<p>") == 1000
    assert safe("</b></i>x") == "x"


def test_long_tags_lose_their_attributes_and_long_texts_their_end() -> None:
    assert safe(f"<p title='{'x' * 9000}'>a</p>") == "<p>a</p>"
    assert len(safe("<p>x</p>" * 100_000)) <= clean.MAX_SAFE + 10


def test_text_is_what_a_reader_reads() -> None:
    assert clean.text_of("<p>One &amp; two</p><ul><li>a</li><li>b <b>c</b></li></ul>") == "One & two\na\nb c"
    assert clean.text_of("plain") == "plain"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (0, "…"),
        (2, "<p>One <b>two…</b></p>"),
        (3, "<p>One <b>two</b> three…</p>"),
        (4, "<p>One <b>two</b> three</p><p>four…</p>"),
        (9, "<p>One <b>two</b> three</p><p>four<br>five</p>"),
    ],
)
def test_an_excerpt_is_cut_at_a_word_and_closed(words: int, expected: str) -> None:
    assert clean.excerpt("<p>One <b>two</b> three</p><p>four<br>five</p>", words) == expected


def test_an_excerpt_of_plain_text_is_cut_too() -> None:
    assert clean.excerpt("one two three", 2) == "one two…"
    assert clean.excerpt("</p>one", 5) == "</p>one"
    assert clean.excerpt("one ", 1) == "one "


@pytest.mark.parametrize(
    ("safe", "expected"),
    [
        ("<p>橋は月曜日に再開する。</p><p>港湾局</p>", "<p>橋は月曜…</p>"),
        ("<p>WHO 橋は月</p>", "<p>WHO 橋は月</p>"),
        ("<p>WHO 2026: 橋は月曜</p>", "<p>WHO 2026: 橋は…</p>"),
        ("<p>สะพานเปิด</p>", "<p>สะพา…</p>"),
        ("<p>해로만 선개교 여덟 달 만에</p>", "<p>해로만 선개교 여덟 달…</p>"),
    ],
)
def test_a_limit_in_words_holds_for_scripts_without_spaces(safe: str, expected: str) -> None:
    assert clean.excerpt(safe, 4) == expected


def test_an_excerpt_that_ends_with_a_sentence_has_no_fourth_dot() -> None:
    assert clean.excerpt("<p>It is open. It was shut.</p>", 3) == "<p>It is open…</p>"


def test_a_plain_field_holds_no_tricks() -> None:
    assert clean.plain(" a\u202eb\x00\ud800\n c ") == "ab c"
    assert clean.plain("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert clean.plain("x" * 20, 10) == "x" * 9 + "…"


def test_letters_of_other_scripts_are_escaped_in_an_address() -> None:
    assert clean.web_address("/ä?q=ö", BASE) == "https://feed.example/%C3%A4?q=%C3%B6"
    assert clean.web_address("x" * 3000, BASE) == ""
    assert clean.web_address("http://[x", BASE) == ""


PAYLOADS = [
    payload if isinstance(payload, str) else payload["payload"]
    for name in ("xss.json", "mxss_generated.json")
    if (corpora.TRUST / name).exists()
    for payload in (lambda found: found["payloads"] if isinstance(found, dict) else found)(
        json.loads((corpora.TRUST / name).read_text())
    )
]


@corpora.present
def test_s1_no_payload_survives_and_cleaning_twice_changes_nothing() -> None:
    for payload in PAYLOADS:
        output = safe(payload)
        assert_harmless(output)
        assert safe(output) == output


@corpora.present
def test_good_markup_survives() -> None:
    for case in json.loads((corpora.TRUST / "keep.json").read_text()):
        output = clean.safe_html(case["html"], base="https://feed.example/")
        assert [kept for kept in case["must_keep"] if kept not in output] == []


@corpora.present
def test_s8_the_worst_html_takes_less_than_a_second() -> None:
    for case in json.loads((corpora.TRUST / "html_worst_case.json").read_text())["cases"]:
        part = case["repeat"]
        body = "".join(part % n if "%d" in part else part for n in range(case["n"]))
        begun = time.process_time()
        safe(case.get("prefix", "") + body + case.get("suffix", ""))
        assert time.process_time() - begun < 1, case["name"]


def test_line_breaks_beside_pictures_stay() -> None:
    assert "a<br>b" in clean.safe_html('<p>a<br>b <img src="https://a.example/p.jpg"></p>', base="https://a.example/")
