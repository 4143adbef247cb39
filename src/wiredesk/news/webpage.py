"""What a web page with copy on it is read into: blocks of text, what it says of itself, and what we make of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Literal

from wiredesk.news.item import Date, Value

Kind = Literal["p", "h2", "h3", "h4", "ul", "ol", "blockquote", "pre", "cell"]
From = Literal["", "feed", "JSON-LD", "OpenGraph", "extractor"]
HEADINGS: tuple[Kind, ...] = ("h2", "h3", "h4")


class Block(Value, frozen=True, kw_only=True):
    """One paragraph, heading, list item or table cell: its text on one line, and the same as HTML (foreign, inline).

    `linked` is the share of its letters that are links; blocks of one `group` are one list, or one row of a table.
    """

    kind: Kind
    text: str
    html: str = ""
    linked: float = 0
    group: int = 0


class Own(Value, frozen=True, kw_only=True):
    """What a page says of itself, as it stands there: scripts of JSON-LD, meta elements (name or property in lower
    case, the first of each), its titles, the extractor's guesses, and the sentences of its paywall.
    """

    scripts: tuple[str, ...] = ()
    meta: Mapping[str, str] = {}
    titles: tuple[str, ...] = ()
    guesses: Mapping[str, str] = {}
    walls: tuple[str, ...] = ()


class Field(Value, frozen=True, kw_only=True):
    """One field and where it was read."""

    value: str = ""
    source: From = ""


class Facts(Value, frozen=True, kw_only=True):
    """The fields of a story that its page gives."""

    headline: Field = Field()
    byline: Field = Field()
    published: Field = Field()
    image: Field = Field()
    date: Date | None = None


class Whole(Value, frozen=True, kw_only=True):
    """The copy of a page. `html` is safe by clean.POLICY, `text` its plain text.

    `why` has a sentence for each reason to be unsure: none, and it is sure. `words` is the text's length, `other` the
    share of them on which a second extractor does not agree (None where none was asked).
    """

    facts: Facts = Facts()
    text: str = ""
    html: str = ""
    words: int = 0
    other: float | None = None
    why: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it may be shown without an editor."""
        return not self.why


def text_of(blocks: Iterable[Block]) -> str:
    """Plain text, one line a block."""
    return "\n".join(block.text for block in blocks)


def html_of(blocks: Sequence[Block]) -> str:
    """Foreign HTML of blocks: lists and tables put together again. It is to be cleaned, as all foreign HTML."""
    return "\n".join(_element(key[0], list(some)) for key, some in groupby(blocks, key=_together))


def _together(block: Block) -> tuple[Kind, int]:
    """What stands in one element: the items of a list, the rows of a table."""
    return block.kind, block.group if block.kind in ("ul", "ol") else 0


def _element(kind: Kind, some: Sequence[Block]) -> str:
    if kind in ("ul", "ol"):
        return f"<{kind}>{''.join(f'<li>{_inline(one)}</li>' for one in some)}</{kind}>"
    if kind == "cell":
        rows = (list(row) for _, row in groupby(some, key=lambda one: one.group))
        return f"<table>{''.join(map(_row, rows))}</table>"
    return "\n".join(f"<{kind}>{_inline(one)}</{kind}>" for one in some)


def _row(row: Sequence[Block]) -> str:
    return f"<tr>{' '.join(map(_cell, row))}</tr>"


def _cell(block: Block) -> str:
    return f"<td>{_inline(block)}</td>"


def _inline(block: Block) -> str:
    return block.html or escape(block.text, quote=False)
