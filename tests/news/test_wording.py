"""What a text says, made ready for comparing: any text, of any script and size, in time."""

from __future__ import annotations

import time

import pytest

from tests.news.copytexts import OTHER, SPEECH, STORY
from wiredesk.news import grams, marks, match, related, wording

HOSTILE = {
    "empty": "",
    "one word": "Bridge",
    "one word, 5 MB": "x" * 5_000_000,
    "5 MB": OTHER * 4_000,
    "5 MB of Chinese": "大桥今天重新开放通车，市长说。" * 330_000,
    "5 MB of Thai": "สะพานเปิดใช้งานอีกครั้ง " * 200_000,
    "5 MB of lines": "a\n" * 2_500_000,
    "5 MB of quotation marks": "“‘\"'«»„「" * 600_000,
    "5 MB of brackets": "((((/[[【" * 600_000,
    "5 MB of dashes": "A — B - " * 600_000,
    "5 MB of marks": "a" + "\u0301" * 2_500_000,
    "5 MB of points": "a.b." * 1_200_000,
    "5 MB of apostrophes": "it’s ‘a’ 'b' " * 400_000,
    "right to left": "הגשר נפתח מחדש ביום שני אחרי שמונה חודשים " * 20,
    "surrogates": "\ud800\udfff " * 100,
    "nulls": "\x00" * 1_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_is_read_and_compared_within_a_second(text: str) -> None:
    begun = time.process_time()
    read = wording.of(text, headline=text)
    found = match.compare(read, wording.of(STORY))
    related.terms(text, text)
    taken = time.process_time() - begun

    assert found.verdict in ("not", "cannot tell")
    assert taken < 1


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if len(text) > 5_000], ids=lambda text: text[:8])
def test_no_text_has_more_words_or_marks_than_are_kept(text: str) -> None:
    read = wording.of(text)

    assert len(read.grams) <= grams.MAX_WORDS
    assert len(read.marks) <= marks.MOST


def test_words_that_are_counted_know_where_they_stand() -> None:
    read = wording.of(STORY)

    assert grams.of_words([word for word, _, _ in read.words()]) == read.grams
    assert all(grams.said(read.text[begin:end]) == [word] for word, begin, end in read.words())


def test_quoted_speech_is_left_out_of_the_score() -> None:
    read = wording.of(f"{STORY} “Nobody had thought that it would take this long to mend,” Orme said.")

    assert "nobody" not in {word for word, _, _ in read.words()}
    assert not read.is_speech


def test_where_there_is_hardly_anything_but_speech_it_is_counted() -> None:
    read = wording.of(SPEECH)

    assert read.is_speech
    assert not read.is_short
    assert len(read.grams) > wording.FEW


def test_a_short_item_is_short_with_its_quotes() -> None:
    assert wording.of("The bridge is open. “It took us eight months to mend it,” the mayor said.").is_short
    assert not wording.of("The bridge is open. " * 20).is_short


def test_the_lead_is_read_below_the_dateline() -> None:
    assert wording.of("HARROW BAY (Lantern) - The bridge is open again.").lead(3) == ["the", "bridge", "is"]
    assert wording.of("").lead(3) == []
