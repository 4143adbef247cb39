"""Copy as an editor works on it: as paragraphs of text, and how far the terms let it be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from wiredesk.news import clean
from wiredesk.news.licence import Editing, Licence

# House style, times and places: so much of a text may be put in other words before it is another text.
STYLE_SHARE = 0.1
STYLE_WORDS = 3  # of a short text
MAX_COPY = clean.MAX_SAFE
_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(clean.BLOCKS))})[\s>]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[^\"<>]|\"[^\"]*\")*>")
_VOID = frozenset("br col hr img source track wbr".split())
_WORD = re.compile(r"\w+")
_PARTED = re.compile(r"\n[ \t]*\n\s*")


def refusal(licence: Licence, field: str, base: str, ours: str) -> str:
    """Why the terms do not let a field be changed from the copy's words to ours; "" where they do.

    Style is up to a tenth of the words changed; to shorten, any may go besides. `base` and `ours` are HTML or text.
    """
    if ours == base:
        return ""
    if field == "headline":
        return "" if licence.headline_may_change else "The terms do not let its headlines be changed."
    if licence.editing is Editing.FREE:
        return ""
    if licence.editing is Editing.NONE:
        return "The terms let nothing of the copy be changed."
    before, after = _words(base), _words(ours)
    most = max(STYLE_WORDS, int(STYLE_SHARE * before.total()))
    if (after - before).total() > most:
        return f"The terms let the copy be put in house style only: no more than {most} other words."
    if licence.editing is Editing.STYLE and (before - after).total() > most:
        return f"The terms do not let the copy be cut: no more than {most} words may go."
    return ""


def manuscript(safe: str) -> str:
    """Safe HTML as paragraphs parted by an empty line; what is more than a paragraph keeps its tags."""
    return "\n\n".join(blocks(safe))


def blocks(safe: str) -> list[str]:
    """The same one by one. Each stands for itself: any choice of them, in any order, is whole HTML by html_of()."""
    return [block for block in (one.strip() for one in _blocks(safe)) if block]


def copy_of(text: str, *, base: str) -> str:
    """Safe HTML of a manuscript as an editor left it; addresses count from `base`."""
    return html_of(_PARTED.split(text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_COPY]), base=base)


def html_of(some: Iterable[str], *, base: str) -> str:
    """Safe HTML of blocks (see blocks()); addresses count from `base`."""
    found = (block.strip() for block in some)
    html = "\n".join(block if _BLOCK.match(block) else f"<p>{block}</p>" for block in found if block)
    return clean.safe_html(html, base=base)


def _blocks(safe: str) -> Iterator[str]:
    """The outermost blocks of safe HTML, a plain paragraph without its tags, what stands between them as it is."""
    depth, start = 0, 0
    for tag in _TAG.finditer(safe):
        name, is_end = tag[2], bool(tag[1])
        if name in _VOID or name not in clean.BLOCKS:
            continue
        if not is_end:
            if depth == 0:
                yield safe[start : tag.start()]
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield _bare(safe[start : tag.end()])
                start = tag.end()
    yield safe[start:]


def _bare(block: str) -> str:
    """A paragraph without its tags, unless it would be read as another block then."""
    inner = block.removeprefix("<p>").removesuffix("</p>")
    is_plain = block.startswith("<p>") and not _BLOCK.match(inner.strip()) and not _PARTED.search(inner.strip())
    return inner if is_plain else block


def _words(html: str) -> Counter[str]:
    return Counter(_WORD.findall(clean.text_of(html).casefold()))
