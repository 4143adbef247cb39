"""The repair ladder: text to an XML tree, each rung that was needed named in a note (FORMATS 1.3, guards 1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5

from lxml import etree

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading.names import WELL_KNOWN
from wiredesk.news.item import Note

WINDOW = 8192
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
C1_NUMBERS = re.compile(rb"&#(?:1[2-5][0-9]|[xX]0{0,4}[89][0-9a-fA-F]);")
_G2 = "newsMessage|newsItem|packageItem|conceptItem|knowledgeItem|planningItem|catalogItem"
_ROOTS = f"rss|feed|entry|rdf|channel|opml|nitf|newsml|urlset|sitemapindex|{_G2}"
ROOT = re.compile(rf"<\?xml[\s?]|<(?:[A-Za-z_][\w.-]{{0,30}}:)?(?:{_ROOTS})\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*')*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\s{1,20}([A-Za-z][\w.-]{0,60})\s{1,20}(?:\"([^\"]{0,200})\"|'([^']{0,200})')\s{0,20}>")
_BEGINS = re.compile(r"<!\[CDATA\[|<!--|<\?")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_REFERENCE = re.compile(r"&(?:#([0-9]{1,8}|[xX][0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_NO_TAG = re.compile(r"<(?![A-Za-z_/!?])|</(?![A-Za-z_])")
_PREFIX = re.compile(r"(?:<|</|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_DECLARED = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s{0,10}=")
_START_TAG = re.compile(r"<[A-Za-z_][\w.:-]{0,60}")
_END = re.compile(rf"</(?:[A-Za-z_][\w.-]{{0,30}}:)?({_ROOTS})\s{{0,10}}>", re.IGNORECASE)
# Envelopes whose items may also stand alone: an item's end closes nothing but the item there.
_ENVELOPE = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(newsMessage)\b", re.IGNORECASE)
_ITEMS = ("item", "entry", "newsItem", "packageItem", "NewsItem")
_URLSET = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,30}:)?urlset\b"
)  # whose items are called <url>, as other things are elsewhere
_XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")


@dataclass(slots=True)
class Repaired:
    """A tree, the notes of every rung climbed, whether something may be lost, and whether it holds C1 characters."""

    root: etree._Element
    notes: list[Note] = field(default_factory=list)
    lossy: bool = False
    truncated: bool = False
    has_c1: bool = False


def parser(*, recover: bool = False) -> etree.XMLParser:
    """The only way XML is parsed here; nothing outside the bytes is ever read, no entity but XML's own is expanded."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        decompress=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        strip_cdata=True,
        recover=recover,
    )


def strict(body: bytes) -> Repaired | None:
    """The first rung on bytes that need no decoding: plain UTF-8 without DOCTYPE. None: climb on."""
    if b"<!DOCTYPE" in body[:WINDOW]:
        return None
    root = _parsed(body)
    if root is None or root.getroottree().docinfo.doctype:
        return None
    return Repaired(root, has_c1=_has_c1(body))


def climb(text: str) -> Repaired:
    """Every rung, on text. Raises NewsError if nothing parses."""
    notes: list[Note] = []
    text, entities = _prepared(text, notes)
    prepared = text.encode("utf-8", "replace")
    root = _parsed(prepared)
    if root is None:
        text = _mended(text, entities, notes)
        prepared = text.encode("utf-8", "replace")
        root = _parsed(prepared)
    if root is not None:
        return Repaired(root, notes, has_c1=_has_c1(prepared))
    return _recovered(text, prepared, notes)


def _parsed(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(body, parser())
    except etree.XMLSyntaxError:
        return None


def _recovered(text: str, body: bytes, notes: list[Note]) -> Repaired:
    """The last rung: what libxml2 can make of it. There is no DOCTYPE left, so nothing can hide behind one."""
    try:
        root = etree.fromstring(body, parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise NewsError("not a feed: the XML cannot be read")
    notes.append(Note(code="recovered", text="the XML is broken; what could be read of it was read"))
    truncated = _end_of(text) is None and _is_in_item(text)
    return Repaired(root, notes, lossy=True, truncated=truncated, has_c1=_has_c1(body))


def _end_of(text: str) -> re.Match[str] | None:
    """The tag that ends the document."""
    envelope = _ENVELOPE.search(text[:WINDOW])
    name = envelope[1].lower() if envelope else ""
    ends = (found for found in _END.finditer(text) if not name or found[1].lower() == name)
    return max(ends, key=lambda found: found.end(), default=None)


def _is_in_item(text: str) -> bool:
    """Whether a document that broke off did so in an item, and not between two or after the last."""
    names = ("url>",) if _URLSET.search(text[:WINDOW]) else _ITEMS
    begun, ended = (max(text.rfind(f"{mark}{name}") for name in names) for mark in ("<", "</"))
    return begun >= ended


def _has_c1(body: bytes) -> bool:
    """A plain look first: most documents have neither, and a pattern over all of one costs."""
    has_bytes = b"\xc2" in body and C1_BYTES.search(body) is not None
    return has_bytes or (b"&#" in body and C1_NUMBERS.search(body) is not None)


def _prepared(text: str, notes: list[Note]) -> tuple[str, dict[str, str]]:
    """Rung 0: what stands before the document, its declaration and its DOCTYPE go; so do characters XML forbids."""
    start = ROOT.search(text[:WINDOW])
    if start and text[: start.start()].strip("\ufeff \t\r\n"):
        before = text[: start.start()]
        if not re.fullmatch(r"\s*(?:<!DOCTYPE.*|<!--.*|<\?.*)", before, re.DOTALL | re.IGNORECASE):
            notes.append(Note(code="leading-junk", text="junk before the document was cut off"))
            text = text[start.start() :]
    text = text.lstrip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1)
    begin = text[:WINDOW].upper().find("<!DOCTYPE")
    doctype = _DOCTYPE.match(text, begin) if begin >= 0 else None
    entities: dict[str, str] = {}
    if doctype:
        entities = _simple_entities(doctype[1] or "")
        if doctype[1]:
            notes.append(Note(code="bad-doctype", text="the document type was cut out; its entities are not followed"))
        text = text[: doctype.start()] + text[doctype.end() :]
    clean = FORBIDDEN.sub("", text)
    if len(clean) < len(text):
        notes.append(Note(code="control-characters", text="control characters removed"))
    return clean, entities


def _simple_entities(subset: str) -> dict[str, str]:
    """Entities that stand for plain characters. Nested, parameter and external ones are not kept."""
    found = ((name, one or other) for name, one, other in _ENTITY.findall(subset[:100_000]))
    return {name: value for name, value in found if not set(value) & set("&%<")}


def _mended(text: str, entities: dict[str, str], notes: list[Note]) -> str:
    """Rung 2: references, bare signs, prefixes and what follows the root, all outside CDATA."""
    mender = _Mender(entities)
    pieces = _apart(text)
    pieces[::2] = [mender.mend(piece) for piece in pieces[::2]]
    text = mender.declare("".join(pieces), "".join(pieces[::2]))
    end = _end_of(text)
    if end and text[end.end() :].strip():
        mender.codes["trailing-junk"] = "junk after the document was cut off"
        text = text[: end.end()]
    notes += [Note(code=code, text=said) for code, said in mender.codes.items()]
    return text


def _apart(text: str) -> list[str]:
    """Text in turn with what nobody mends: CDATA, comments, instructions. One that never ends is text.

    The end of each kind is no longer looked for once there is none, so that many beginnings cost no more than one.
    """
    pieces: list[str] = []
    done = place = 0
    endless: set[str] = set()
    while begin := _BEGINS.search(text, place):
        kind, place = begin[0], begin.end()
        end = -1 if kind in endless else text.find(_ENDS[kind], place)
        if end < 0:
            endless.add(kind)
            continue
        place = end + len(_ENDS[kind])
        pieces += [text[done : begin.start()], text[begin.start() : place]]
        done = place
    return [*pieces, text[done:]]


class _Mender:
    """Mends pieces of text and remembers what had to be done."""

    def __init__(self, entities: dict[str, str]) -> None:
        self.entities = entities
        self.codes: dict[str, str] = {}

    def mend(self, piece: str) -> str:
        piece = _REFERENCE.sub(self._reference, piece)
        mended = _NO_TAG.sub(lambda found: "&lt;" + found[0][1:], piece)
        if mended != piece:
            self.codes["less-than"] = "a bare < was read as text"
        return mended

    def _reference(self, found: re.Match[str]) -> str:
        number, name = found.groups()
        if number:
            return self._numbered(number)
        if not name:
            self.codes["ampersand"] = "a bare & was read as text"
            return "&amp;"
        if name in _XML_ENTITIES:
            return found[0]
        self.codes["entities"] = "HTML entities were read in XML"
        character = self.entities.get(name) or html5.get(f"{name};")
        if character is None:
            return f"&amp;{name};"
        return character.replace("&", "&amp;").replace("<", "&lt;")

    def _numbered(self, number: str) -> str:
        """A numbered reference as XML writes it, unless it forbids the character."""
        point = int(number[1:], 16) if number[0] in "xX" else int(number)
        if point > 0x10FFFF or FORBIDDEN.match(chr(point)):
            self.codes["control-characters"] = "control characters removed"
            return ""
        return f"&#x{point:x};"

    def declare(self, text: str, outside: str) -> str:
        """Prefixes in use that nobody declared are declared at the root: the well-known ones as what they mean."""
        unknown = set(_PREFIX.findall(outside)) - set(_DECLARED.findall(outside)) - {"xml", "xmlns"}
        start = _START_TAG.search(text)
        if not unknown or not start:
            return text
        self.codes["undeclared-prefix"] = f"prefixes without declaration: {', '.join(sorted(unknown)[:10])}"
        declared = "".join(
            f' xmlns:{prefix}="{WELL_KNOWN.get(prefix, f"urn:undeclared:{prefix}")}"'
            for prefix in sorted(unknown)[:100]
        )
        return text[: start.end()] + declared + text[start.end() :]
