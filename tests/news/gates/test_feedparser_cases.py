"""feedparser's own cases, each with the value it expects, read by our parser (FORMATS section 6)."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests import corpora
from tests.news.gates.feedparser_view import view
from wiredesk.news import formats
from wiredesk.news.errors import NewsError

LIST = corpora.FORMATS / "gate-lists" / "feedparser-core.json"
GATE = json.loads(LIST.read_text()) if LIST.exists() else {"must": {}, "exceptions": {}}
MUST = [name for names in GATE["must"].values() for name in names]
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text())["feedparser"]
_EXPECT = re.compile(r"Expect:\s*(?:not\s+bozo\s+and\s+|bozo\s+and\s+)?(.*?)\s*(?:-->\W*)?\n")
_HEADER = re.compile(r"Header:\s*([\w-]+):\s*(.*?)\s*\n")


def holds(path: Path) -> bool:
    """Whether what a case expects is what we read."""
    body = path.read_bytes()
    text = _readable(body)
    expected = _EXPECT.search(text)
    assert expected, f"{path.name} says nothing of what it expects"
    headers = {name.lower(): value for name, value in _HEADER.findall(text)}
    base = headers.get("content-location") or f"http://127.0.0.1:8097/{path.name}"
    try:
        delivery = formats.parse(body, content_type=headers.get("content-type", ""), url=base)
    except NewsError:
        return False
    names = view(delivery, base)
    try:
        return bool(eval(expected[1], {"__builtins__": {"len": len}}, names))  # noqa: S307  the corpus's own language
    except (AttributeError, KeyError, IndexError, TypeError):
        return False


def _readable(body: bytes) -> str:
    for encoding in ("utf-16", "utf-32") if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8",):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = body.decode("latin-1")
    return text if "Expect:" in text else re.sub("\0", "", text) if "\0" in text else body.decode("cp037", "ignore")


@corpora.present
@pytest.mark.parametrize("name", [name for name in MUST if name not in EXCEPTIONS])
def test_a_core_case_of_feedparser_reads_as_expected(name: str) -> None:
    assert holds(corpora.FORMATS / name)


@corpora.present
@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_an_exception_still_is_one(name: str) -> None:
    assert EXCEPTIONS[name], "an exception has a reason"
    assert not holds(corpora.FORMATS / name), "it passes now: take it off the list"


@corpora.present
def test_every_other_case_is_read_or_refused_in_words() -> None:
    for path in corpora.files(corpora.FORMATS / "feedparser-main", ".xml", ".json"):
        try:
            formats.parse(path.read_bytes())
        except NewsError as error:
            assert str(error)
