"""Pictures go with the copy as far as the terms let them; what is left is whole."""

from __future__ import annotations

import pytest

from wiredesk.news import clean
from wiredesk.news.images import allowed
from wiredesk.news.licence import Images

PICTURE = '<img src="https://a.example/1.jpg">'
CREDITED = f"<figure>{PICTURE}<figcaption>Photo: <b>Ann</b></figcaption></figure>"


def safe(html: str) -> str:
    """As intake keeps it."""
    return clean.safe_html(html, base="https://a.example/")


@pytest.mark.parametrize(
    ("html", "none", "credited"),
    [
        ("<p>Text &amp; more</p>", "<p>Text &amp; more</p>", "<p>Text &amp; more</p>"),
        (f"<p>One {PICTURE}two</p>end", "<p>One two</p>end", "<p>One two</p>end"),
        (f"<p>A</p>{CREDITED}<p>B</p>", "<p>A</p><p>B</p>", f"<p>A</p>{CREDITED}<p>B</p>"),
        (f"<figure>{PICTURE}</figure>", "", ""),
        (f"<figure>{PICTURE}<figcaption> </figcaption></figure>", "", ""),
        (f"<figure><figure>{PICTURE}</figure><p>B</p></figure>", "<figure><p>B</p></figure>", "<figure><p>B</p></figure>"),
        (f"<pre>x</pre><figcaption>odd</figcaption>{PICTURE}", "<pre>x</pre><figcaption>odd</figcaption>", "<pre>x</pre><figcaption>odd</figcaption>"),
        ("<figure><pre>x</pre></figure><video src='https://a.example/v'></video>", "<figure><pre>x</pre></figure>", "<figure><pre>x</pre></figure>"),
    ],
)  # fmt: skip
def test_none_takes_all_pictures_and_credited_those_without_a_caption(html: str, none: str, credited: str) -> None:
    assert allowed(safe(html), Images.NONE) == safe(none)
    assert allowed(safe(html), Images.CREDITED) == safe(credited)
    assert allowed(safe(html), Images.ALL) == safe(html)


def test_words_in_an_attribute_do_not_break_what_is_left() -> None:
    trap = "<figure><img src='https://a.example/1.jpg' alt='</figure><script>alert(1)</script>'></figure><p>B</p>"

    assert allowed(safe(trap), Images.NONE) == "<p>B</p>"
