"""Files of copy as commands take them: JSON lines, wire files and feeds, web pages, plain text."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiredesk.news import agency, clean, formats
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Item

MAX_BYTES = 50 * 2**20
_MAX_PAGE = 2 * 2**20
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,500})</title>|<h1[^<>]{0,400}>([^<]{1,500})</h1>", re.IGNORECASE)
_IS_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html|<head|<body|<article|<p\b|<div\b|<h1\b)", re.IGNORECASE)
_FIELDS = ("title", "text", "byline", "dateline", "url")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of copy of a file; `id` is what the file calls it, else the file's name. `error` in place of copy."""

    id: Any
    copy: agency.Copy
    is_line: bool = False
    error: str = ""


def pieces(file: str) -> Iterator[Piece]:
    """The copy of a file, `-` being standard input. Raises NewsError and OSError for a file that cannot be read."""
    body = _read(file)
    text = body.decode("utf-8", "replace")
    if _is_json_lines(file, text):
        yield from _lines(text)
        return
    try:
        delivery = formats.parse(body)
    except NewsError:
        yield Piece(id=file, copy=_page(text) if _IS_HTML.match(text) else agency.Copy(text=text))
        return
    for item in delivery.items:
        yield Piece(id=item.guid or file, copy=agency.of_item(item, _text_of(item)))


def _read(file: str) -> bytes:
    if file == "-":
        body = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(file).open("rb") as opened:
            body = opened.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise NewsError(f"{file}: larger than {MAX_BYTES // 2**20} MB")
    return body


def _is_json_lines(file: str, text: str) -> bool:
    if file.endswith((".jsonl", ".ndjson")):
        return True
    first = text.lstrip().partition("\n")[0].rstrip()
    row = _object(first) if first.startswith("{") and first.endswith("}") else None
    return row is not None and "text" in row and ("id" in row or "title" in row)


def _lines(text: str) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _object(line)
        if row is None:
            yield Piece(id=None, copy=agency.Copy(), is_line=True, error=f"line {number} is no JSON object")
            continue
        title, body, byline, dateline, url = (_plain(row.get(field)) for field in _FIELDS)
        copy = agency.Copy(headline=title, text=body, byline=byline, dateline=dateline, url=url)
        called = row.get("id")
        yield Piece(id=_printable(called) if isinstance(called, str) else called, copy=copy, is_line=True)


def _object(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _plain(value: Any) -> str:
    """A field as text: bylines may be lists."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return "" if value is None else _printable(str(value))


def _printable(text: str) -> str:
    """Without the half characters that JSON can hold and no output can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _page(html: str) -> agency.Copy:
    """A web page or a piece of one: everything that can be read on it."""
    title = _TITLE.search(html[:_MAX_PAGE])
    headline = clean.text_of((title[1] or title[2]).strip()) if title else ""
    return agency.Copy(headline=headline, text=clean.text_of(clean.safe_html(html, base="")))


def _text_of(item: Item) -> str:
    return clean.text_of(clean.safe_html(item.body or item.summary, base=item.body_base or item.url))
