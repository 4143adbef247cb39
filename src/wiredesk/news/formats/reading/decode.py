"""Bytes to text: which encoding, on what evidence (FORMATS 1.2). Never a statistical guess, never decoded twice."""

from __future__ import annotations

import codecs
import re

from msgspec.structs import replace

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Note, Value

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SHAPES = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"{\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00{", "utf-32-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
    (b"[\x00", "utf-16-le"),
    (b"\x00[", "utf-16-be"),
)
EBCDIC = b"\x4c\x6f\xa7\x94"
COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x03\x04", b"\x28\xb5\x2f\xfd")
STATEFUL = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
# As the WHATWG encoding standard reads these labels, which is what their senders mean by them.
ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "big5": "big5hkscs",
    "macintosh": "mac_roman",
    "csmacintosh": "mac_roman",
    "ms-cyrl": "cp1251",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,10}=\s{0,10}[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s{0,10}=\s{0,10}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_BAD_RUN_SHARE = 0.05


class Decoded(Value, frozen=True, kw_only=True):
    """Text, the Python codec that made it, how that was found, and whether bytes were lost on the way."""

    text: str
    encoding: str
    how: str
    notes: tuple[Note, ...] = ()
    lossy: bool = False


UTF_8 = Decoded(text="", encoding="utf-8", how="bytes")  # bytes that lxml reads as they are


def declared_in(body: bytes) -> str:
    """The encoding an XML declaration names, as Python's codec, or ""."""
    found = _DECLARED.search(body[:1024])
    return codec(found[1].decode("ascii")) if found else ""


def codec(label: str) -> str:
    """Python's codec for a label as the web means it, or "" if there is none such that makes text."""
    name = ALIASES.get(label.strip().lower(), label.strip().lower())
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return name if found._is_text_encoding else ""


def charset_of(content_type: str) -> str:
    """The charset of a Content-Type, as Python's codec, or ""."""
    found = _CHARSET.search(content_type[:400])
    return codec(found[1]) if found else ""


def decode(body: bytes, *, content_type: str = "", charset: str = "") -> Decoded:
    """Decode a body by the evidence of FORMATS 1.2, in that order; `charset` is what the agency's profile says."""
    if body.startswith(COMPRESSED):
        raise NewsError("compressed bytes where text was expected")
    http, declared = charset_of(content_type), declared_in(body)
    certain = _by_mark(body) or _by_shape(body) or _stateful(body, http or declared)
    if certain:
        return _noted(certain, http or declared)
    try:
        return _noted(Decoded(text=body.decode("utf-8"), encoding="utf-8", how="bytes"), declared or http)
    except UnicodeDecodeError:
        return _by_word(body, charset=charset, http=http, declared=declared)


def wire(body: bytes, charset: str = "") -> Decoded:
    """Decode a text wire, which declares nothing: as the profile says, else UTF-8 if it is that, else as undeclared."""
    name = codec(charset) if charset else ""
    try:
        if name == "cp1252":
            return Decoded(text=_cp1252(body), encoding=name, how="profile")
        if name:
            return Decoded(text=body.decode(name), encoding=name, how="profile")
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8", how="bytes")
    except UnicodeDecodeError:
        return _by_word(body, charset="", http="", declared="")


def _by_mark(body: bytes) -> Decoded | None:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return _forgiving(body[len(mark) :], encoding, "bom")
    return None


def _by_shape(body: bytes) -> Decoded | None:
    if body.startswith(EBCDIC):
        encoding = "cp037"
        found = re.search(r"encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})", body[:400].decode("cp037"))
        return _forgiving(body, codec(found[1]) or encoding if found else encoding, "shape")
    for shape, encoding in SHAPES:
        if body.startswith(shape):
            return _forgiving(body, encoding, "shape")
    return None


def _stateful(body: bytes, named: str) -> Decoded | None:
    """Codecs whose bytes are all ASCII: only if they were named, and never UTF-7, which hides markup."""
    if not named or not STATEFUL.match(named) or "7" in named[:6] or b"\x1b" not in body and "hz" not in named:
        return None
    try:
        return Decoded(text=body.decode(named), encoding=named, how="declared")
    except UnicodeDecodeError:
        return None


def _by_word(body: bytes, *, charset: str, http: str, declared: str) -> Decoded:
    """The bytes are no UTF-8: what profile, HTTP and XML say, else as much UTF-8 as there is, else cp1252."""
    for encoding, how in ((charset, "profile"), (http, "http"), (declared, "xml")):
        if encoding and encoding != "utf-8":
            try:
                text = body.decode(encoding) if encoding != "cp1252" else _cp1252(body)
            except UnicodeDecodeError:
                continue
            return _noted(Decoded(text=text, encoding=encoding, how=how), http if how == "xml" else "")
    text = body.decode("utf-8", "replace")
    runs = re.findall(rb"[\x80-\xff]+", body)
    bad = sum(1 for run in runs if not _is_utf8(run))
    if bad < max(1, len(runs) * _BAD_RUN_SHARE):
        note = Note(code="bad-bytes", text=f"bad bytes: {bad} of {len(runs)} runs are not UTF-8")
        return Decoded(text=text, encoding="utf-8", how="mostly", notes=(note,), lossy=True)
    note = Note(code="bad-bytes", text="bad bytes: this is no UTF-8, and was read as cp1252")
    fallback = Decoded(text=_cp1252(body), encoding="cp1252", how="fallback", notes=(note,))
    return _noted(fallback, declared or http or "utf-8")


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cp1252(body: bytes) -> str:
    """cp1252 as the web reads it: the five bytes it leaves undefined become C1 characters."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            bytes([byte]).decode("cp1252", "replace") if byte not in _UNDEFINED else chr(byte) for byte in body
        )


_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _forgiving(body: bytes, encoding: str, how: str) -> Decoded:
    text = body.decode(encoding, "replace")
    lossy = "\ufffd" in text and "\ufffd".encode(encoding) not in body
    notes = (Note(code="bad-bytes", text="bad bytes were replaced"),) if lossy else ()
    return Decoded(text=text, encoding=encoding, how=how, notes=notes, lossy=lossy)


def _noted(decoded: Decoded, named: str) -> Decoded:
    """With a note where the encoding used is not the one that was named. Pure ASCII is the same in all of them."""
    same = {named, named.removesuffix("-le").removesuffix("-be")}
    if not named or decoded.encoding in same or decoded.encoding.removesuffix("-le").removesuffix("-be") in same:
        return decoded
    if decoded.text.isascii() and not decoded.encoding.startswith("utf-16"):
        return decoded
    return replace(decoded, notes=(*decoded.notes, overridden(named, decoded.encoding)))


def overridden(named: str, used: str) -> Note:
    """What is noted where the encoding that was used is not the one that was named."""
    return Note(code="charset-overridden", text=f"charset overridden: {named} was named, {used} used")
