"""A mail taken apart: header fields, parts and their bytes (RFC 5322, RFC 2045 to 2047, RFC 2183, RFC 2231).

Every walk is capped: fields, depth, parts, bytes. What is odd is read as it most likely was meant, and never believed.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error, a2b_qp
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_to_bytes

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import decode
from wiredesk.news.item import Value

MAX_HEAD = 256 * 1024
MAX_FIELDS = 1_000
MAX_FIELD = 16_000
MAX_DEPTH = 8
MAX_PARTS = 200
_END = re.compile(rb"\r?\n[ \t]{0,100}\r?\n")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9_-]{0,99})[ \t]{0,10}:")
_FOLD = re.compile(rb"\r?\n(?![ \t])")
_WORD = re.compile(r"=\?([A-Za-z0-9_-]{1,40})(?:\*[A-Za-z-]{1,40})?\?([bBqQ])\?([^?\s]{0,1000})\?=")
_BETWEEN = re.compile(r"(\?=)\s{1,200}(?==\?[A-Za-z0-9_*-]{1,60}\?[bBqQ]\?)")
_PARAMETER = re.compile(
    r";\s{0,100}([!#$&+.^_`|~0-9a-z*'-]{1,60})\s{0,10}=\s{0,10}(?:\"((?:[^\"\\]|\\.){0,2000})\"|([^\s;\"]{0,2000}))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^*]{1,50})(?:\*(\d{1,2}))?(\*)?")
_NO_BASE64 = re.sub(rb"[A-Za-z0-9+/]", b"", bytes(range(256)))
# Python knows more codecs by name than text has charsets: some are slow on purpose, some make what is no text.
_CHARSET = re.compile(
    r"(?:us-ascii|ascii|utf-?8|utf-?16(?:le|be)?|latin-?\d{1,2}|iso[-_]?8859[-_]\d{1,2}(?:-[ie])?|(?:windows|cp)-?\d{3,4}|"
    r"ibm\d{3,4}|koi8-[rut]|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr|cn|tw)|shift[-_]jis|iso-2022-(?:jp|kr)|"
    r"ks_c_5601-1987|macintosh|tis-620)",
    re.IGNORECASE,
)

Fields = Sequence[tuple[str, str]]


class Part(Value, frozen=True, kw_only=True):
    """One leaf of a message, decoded to bytes. `type` as text/plain, `charset` a codec or "", `name` of its file."""

    type: str
    body: bytes
    charset: str = ""
    name: str = ""
    is_attached: bool = False
    is_flowed: bool = False
    branch: int = 0  # parts of one number say the same in different forms; 0: of none


class Mail(Value, frozen=True, kw_only=True):
    """A message: its header fields, names in small letters, in order; its leaves; what was noted."""

    fields: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()

    def field(self, name: str) -> str:
        """The first value of a field, decoded, on one line; "" if there is none."""
        return line(next((value for one, value in self.fields if one == name), ""))


def looks_like_mail(body: bytes) -> bool:
    """Whether bytes begin with the header of a message: fields alone, From among them and what mail programs add."""
    if not _FIELD.match(body[:200]):
        return False
    names = {name for name, _ in fields(body[:MAX_HEAD])}
    return "from" in names and bool(names & {"message-id", "mime-version", "received"})


def fields(head: bytes) -> list[tuple[str, str]]:
    """The header fields at the start of a message, unfolded, names in small letters. NewsError for floods of them."""
    found = _END.search(head[: MAX_HEAD + 4])
    if not found and len(head) > MAX_HEAD:
        raise NewsError(f"a mail with a header longer than {MAX_HEAD // 1024} KB")
    made: list[tuple[str, str]] = []
    for row in _FOLD.split(head[: found.start()] if found else head):
        name = _FIELD.match(row)
        if not name:
            continue
        if len(made) == MAX_FIELDS:
            raise NewsError(f"a mail with more than {MAX_FIELDS} header fields")
        made.append((name[1].decode("ascii").lower(), _text(row[name.end() :][:MAX_FIELD]).strip()))
    return made


def open_(raw: bytes) -> Mail:
    """A whole message. NewsError for what is none, or is built to be endless."""
    about = fields(raw)
    if not about:
        raise NewsError("not a mail: it has no header")
    notes: list[str] = []
    parts = tuple(_leaves(about, _behind_head(raw), notes))
    return Mail(fields=tuple(about), parts=parts, notes=tuple(dict.fromkeys(notes)))


def line(value: str) -> str:
    """A field's value on one line, with its encoded words read."""
    return " ".join(words(value).split())


def words(value: str) -> str:
    """Text with its encoded words read (RFC 2047); white space between two of them is none."""
    return _WORD.sub(_word, _BETWEEN.sub(r"\1", value))


def text(part: Part) -> str:
    """The text of a part, in the charset that it names if that fits."""
    if part.charset and part.charset != "utf-8":
        try:
            return part.body.decode(part.charset)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode.wire(part.body).text


def _word(found: re.Match[str]) -> str:
    charset, way, said = found.groups()
    raw = _base64(said.encode()) if way in "bB" else a2b_qp(said.replace("_", " ").encode(), header=True)
    return raw.decode(_codec(charset) or "utf-8", "replace")


def _codec(label: str) -> str:
    """Python's codec for a charset as mails name it, or "" for what is none."""
    return decode.codec(label) if _CHARSET.fullmatch(label.strip()[:40]) else ""


def _text(raw: bytes) -> str:
    """A header's bytes: UTF-8 (RFC 6532), or what older programs wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _behind_head(raw: bytes) -> bytes:
    found = _END.search(raw[: MAX_HEAD + 4])
    return raw[found.end() :] if found else b""


def _leaves(about: Fields, body: bytes, notes: list[str]) -> Iterator[Part]:
    """All leaves in order, without recursion."""
    waiting = [(about, body, 0, 0)]
    count = branches = 0
    while waiting:
        about, body, depth, branch = waiting.pop()
        count += 1
        if count > MAX_PARTS:
            notes.append(f"only the first {MAX_PARTS} parts were read")
            return
        type_, parameters = _typed(_first(about, "content-type") or "text/plain")
        boundary = parameters.get("boundary", "")
        if not type_.startswith("multipart/") or not boundary:
            yield _part(about, body, type_, parameters, branch)
            continue
        if depth == MAX_DEPTH:
            notes.append(f"parts deeper than {MAX_DEPTH} levels were not read")
            continue
        if type_ == "multipart/alternative" and not branch:
            branches += 1
        inner = branch or (branches if type_ == "multipart/alternative" else 0)
        inside = [(fields(one), _behind_head(one), depth + 1, inner) for one in _split(body, boundary)]
        waiting += reversed(inside)


def _split(body: bytes, boundary: str) -> Iterator[bytes]:
    """The bodies between the lines of a boundary (RFC 2046 section 5.1.1). The last may lack its end."""
    mark = re.escape(boundary[:200].encode("utf-8", "replace"))
    rows = re.finditer(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]{0,100}(?=\r?\n|\Z)", body)
    start = -1
    for count, row in enumerate(rows):
        if start >= 0:
            yield _with_head(body[start : row.start()])
        if row[1] or count > MAX_PARTS:
            return
        start = row.end()
    if start >= 0:
        yield _with_head(body[start:])


def _with_head(one: bytes) -> bytes:
    """A part without the end of its boundary's line; an empty line at once is the end of an empty header."""
    return one if _END.match(one) else one.lstrip(b"\r").removeprefix(b"\n")


def _part(about: Fields, body: bytes, type_: str, parameters: dict[str, str], branch: int) -> Part:
    placed, more = _typed(_first(about, "content-disposition"))
    name = words(more.get("filename") or parameters.get("name", ""))
    return Part(
        type=type_,
        body=_decoded(body, _first(about, "content-transfer-encoding").strip().lower()),
        charset=_codec(parameters.get("charset", "")),
        name=" ".join(name.replace("\\", "/").rpartition("/")[2].split())[:200],
        is_attached=placed == "attachment" or (bool(name) and placed != "inline"),
        is_flowed=parameters.get("format", "").lower() == "flowed",
        branch=branch,
    )


def _decoded(body: bytes, way: str) -> bytes:
    match way:
        case "base64":
            return _base64(body)
        case "quoted-printable":
            return a2b_qp(body)
        case _:
            return body


def _base64(body: bytes) -> bytes:
    """Whatever of it is base64; what breaks off in the middle is read up to there."""
    body = body.translate(None, _NO_BASE64)
    try:
        return b64decode(body + b"=" * (-len(body) % 4))
    except Error:
        return b64decode(body[:-1])  # one character alone is no byte


def _first(about: Fields, name: str) -> str:
    return next((value for one, value in about if one == name), "")


def _typed(value: str) -> tuple[str, dict[str, str]]:
    """A value and its parameters, as Content-Type and Content-Disposition have them."""
    value = " ".join(value.split())
    kind = value.partition(";")[0].strip().lower()[:100]
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for key, quoted, plain in _PARAMETER.findall(value):
        found = _ATTRIBUTE.fullmatch(key.lower())
        if found:
            said = re.sub(r"\\(.)", r"\1", quoted) or plain
            pieces.setdefault(found[1], {}).setdefault(int(found[2] or 0), (said, bool(found[3])))
    return kind, {name: _joined(parts) for name, parts in pieces.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """A parameter that was continued or percent-encoded (RFC 2231)."""
    charset = ""
    made = b""
    for place, (said, is_encoded) in sorted(parts.items()):
        if is_encoded and place == 0 and said.count("'") >= 2:
            charset, _, said = said.split("'", 2)
        made += unquote_to_bytes(said) if is_encoded else said.encode("utf-8", "replace")
    return made.decode(_codec(charset) or "utf-8", "replace")
