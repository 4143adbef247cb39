"""Two or three states of a text as commands take them, and their difference for a terminal or a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.management.base import CommandError

from wiredesk.news import clean
from wiredesk.news.diff import Difference, Paragraph, Run

MAX_BYTES = 50 * 2**20
_IS_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html|<head|<body|<article|<p\b|<div\b|<h1\b)", re.IGNORECASE)
_SIGNS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_STYLES = {"deleted": "red strike", "inserted": "green"}
SHOWN = 2_000  # letters of one run that are shown to people


def read(file: str) -> str:
    """The text of a file in UTF-8, `-` being standard input; CommandError where there is none."""
    try:
        if file == "-":
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                body = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    if len(body) > MAX_BYTES:
        raise CommandError(f"{file}: larger than {MAX_BYTES // 2**20} MB")
    if b"\0" in body[:8_000] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CommandError(f"{file}: no text")
    return body.decode("utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace")


def is_html(texts: Sequence[str]) -> bool:
    """Whether texts that belong together are HTML; one that is empty is anything."""
    return any(texts) and all(_IS_HTML.match(text) for text in texts if text.strip())


def safe(texts: Sequence[str]) -> list[str]:
    """Pages or pieces of them as safe HTML."""
    return [clean.safe_html(text, base="") for text in texts]


def lines(found: Difference) -> Iterator[list[tuple[str, str]]]:
    """A difference as lines of text with styles of rich: changed paragraphs, how many are equal between them."""
    equal = 0
    for one in [*found.paragraphs, None]:
        if one and one.kind == "equal":
            equal += 1
            continue
        if equal:
            yield [(f"… {equal} paragraph{'s' * (equal != 1)} the same", "dim")]
            equal = 0
        if one:
            yield [(_said(one), "bold")]
            yield [piece for run in one.runs for piece in _shown(run)]
    for change in found.changes:
        if change.of != "text":
            pieces = [(change.before, "deleted"), (change.after, "inserted")]
            yield [
                (
                    f"{change.of} {change.kind} ({change.note}): " if change.note else f"{change.of} {change.kind}: ",
                    "bold",
                )
            ] + [piece for text, side in pieces if text for piece in _signed(text, side, "")]


def _said(one: Paragraph) -> str:
    place = one.old if one.new is None else one.new
    where = f", was {one.old + 1}" if one.kind == "moved" and one.old is not None else ""
    reasons = dict.fromkeys(reason for run in one.runs for reason in run.matters)
    why = f" ({', '.join(reasons)})" if reasons else " (nothing of the copy itself)" if one.boring else ""
    return f"paragraph {(place or 0) + 1} {one.kind}{where}{why}"


def _shown(run: Run) -> list[tuple[str, str]]:
    if run.side == "equal":
        return [(_short(run.text), "")]
    return _signed(run.text, run.side, "dim" if run.boring else "bold" if run.matters else "")


def _signed(text: str, side: str, weight: str) -> list[tuple[str, str]]:
    """Changed words between signs, so that they can be told without colours; white space stays outside."""
    bare = text.strip()
    before, _, after = text.partition(bare) if bare else ("", "", "")
    opening, closing = _SIGNS[side]
    style = f"{_STYLES[side]} {weight}".strip()
    return [(before, ""), (f"{opening}{_short(bare or text)}{closing}", style), (after, "")]


def _short(text: str) -> str:
    if len(text) <= SHOWN:
        return text
    return f"{text[: SHOWN // 2]} … {len(text) - SHOWN} letters more … {text[-SHOWN // 2 :]}"
