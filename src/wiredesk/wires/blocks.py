"""The blocks of text in a tree of HTML: paragraphs, headings, list items and cells, each with its inline markup."""

from __future__ import annotations

from html import escape

from lxml import etree, html

from wiredesk.news.webpage import Block, Kind

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LEFT_OUT = frozenset(
    "audio button canvas figcaption form head iframe img input noscript object script select style svg template"
    " textarea video".split()
)
_KINDS: dict[str, Kind] = {
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "blockquote": "blockquote", "pre": "pre", "td": "cell", "th": "cell", "ul": "ul", "ol": "ol",
}  # fmt: skip
_GROUPS = ("ul", "ol", "tr")
_INLINE = {"b": "strong", "i": "em"} | {name: name for name in ("a", "strong", "em", "sub", "sup", "code")}


def blocks(root: html.HtmlElement) -> list[Block]:
    """The blocks below an element, in order. One that is made of nothing is none."""
    reading = _Reading()
    inside = 0  # of an element that is left out
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_left_out = not isinstance(element.tag, str) or element.tag in _LEFT_OUT
        if event == "start":
            inside += is_left_out
            if not inside:
                reading.open(element)
                reading.add(element.text)
            continue
        if event == "end":
            if not inside:
                reading.close(element)
            inside -= is_left_out
        if not inside and element is not root:
            reading.add(element.tail)
    reading.flush()
    return reading.found


class _Reading:
    """Where a walk through a tree stands: the block it is in, the elements and inline markup that are open."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._kinds: list[tuple[str, Kind]] = []
        self._groups: list[int] = [0]
        self._count = 0
        self._marks: list[tuple[str, str]] = []  # inline elements that are open, with their tag as written
        self._links = 0
        self._html: list[str] = []
        self._text: list[str] = []
        self._linked = 0

    def open(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
        if tag in _KINDS:
            self._kinds.append((tag, _KINDS[tag]))
        if tag in _GROUPS:
            self._count += 1
            self._groups.append(self._count)
        if tag in _INLINE:
            self._links += tag == "a"
            name = _INLINE[tag]
            href = element.get("href") if tag == "a" else None
            self._marks.append((name, f'<a href="{escape(href)}">' if href else f"<{name}>"))
            self._html.append(self._marks[-1][1])

    def close(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _INLINE:
            self._links -= tag == "a"
            self._html.append(f"</{self._marks.pop()[0]}>")
        if tag in _BLOCKS:
            self.flush()
        if tag in _KINDS:
            self._kinds.pop()
        if tag in _GROUPS:
            self._groups.pop()

    def add(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._html.append(escape(text, quote=False))
            self._linked += len(text.strip()) if self._links else 0

    def flush(self) -> None:
        """End the block that the walk is in; markup that is open goes on in the next one."""
        text = " ".join("".join(self._text).split())
        if text:
            closing = "".join(f"</{name}>" for name, _ in reversed(self._marks))
            written = " ".join(f"{''.join(self._html)}{closing}".split())
            kind = self._kinds[-1][1] if self._kinds else "p"
            linked = min(1.0, self._linked / len(text))
            self.found.append(Block(kind=kind, text=text, html=written, linked=linked, group=self._groups[-1]))
        self._text, self._linked = [], 0
        self._html = [mark for _, mark in self._marks]
