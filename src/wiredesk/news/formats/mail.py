"""A mail (RFC 5322, MIME): the wire documents that it brings, or else the message itself as an item.

Subject is the headline, Message-ID the guid, Date the date, From the credit. Pictures and other files stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import dates, mime, sender, textcopy
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.formats.reading.finish import MAX_ITEMS, Read, finish
from wiredesk.news.formats.reading.mime import Mail, Part
from wiredesk.news.item import Credit, Delivery, FeedInfo

TYPE = "message/rfc822"
_DOCUMENT = re.compile(
    r"(?:application|text)/(?:[a-z0-9.-]{1,60}\+)?(?:xml|json)|application/vnd\.iptc\.[a-z0-9.+-]{1,60}"
)
_NAMED = re.compile(r".{0,200}\.(?:xml|json|nitf|newsml|g2|ninjs|iptc|iptc7901|anpa)", re.IGNORECASE)
_ID = re.compile(r"<([^<>\s]{1,990})>")
_SIGNATURE = re.compile(r"\n--[ ]?\n")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_GAP = re.compile(r"\n[ \t]{0,200}\n")
_WRAPPED = 100  # characters; a line longer than this was not wrapped by a mail program, and is a paragraph

Parse = Callable[[bytes, str], Delivery]


@dataclass(slots=True)
class _Documents:
    """What the attachments of a message gave."""

    read: list[Delivery] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def sniff(body: bytes, content_type: str) -> bool:
    """Whether bytes are a mail: because it was said, or by their header."""
    return content_type.partition(";")[0].strip().lower() == TYPE or mime.looks_like_mail(body)


def items(body: bytes, context: Context, parse: Parse) -> Read:
    """The items of a message; `parse` reads the documents in it. NewsError if there is nothing to be read."""
    message = mime.open_(body)
    for note in message.notes:
        context.note("mail-capped", note)
    found = _documents(message, parse)
    for name in found.others:
        context.note("attachment-left", f"the attached {name} is no wire document and was left unread")
    for fault in found.faults:
        context.note("attachment-unread", fault)
    if found.read:
        return _gathered(found.read, context, is_capped=bool(message.notes))
    if found.faults:
        raise NewsError(f"a mail whose document cannot be read: {found.faults[0]}")
    return finish({}, [_item(message, context)], context, format_="mail", cut=bool(message.notes))


def _documents(message: Mail, parse: Parse) -> _Documents:
    found = _Documents()
    for part in message.parts:
        name = part.name or part.type
        is_meant = bool(_DOCUMENT.fullmatch(part.type) or _NAMED.fullmatch(part.name))
        if not is_meant and not _may_be_document(part):
            if part.is_attached or not part.type.startswith("text/"):
                found.others.append(name)
            continue
        try:
            found.read.append(parse(part.body, _content_type(part)))
        except NewsError as error:
            if is_meant:
                found.faults.append(f"{name}: {error}")
            elif part.is_attached:
                found.others.append(name)
    return found


def _may_be_document(part: Part) -> bool:
    """Whether a part that nobody calls a document begins as one."""
    start = part.body[:40].lstrip(b"\xef\xbb\xbf \t\r\n\x16")
    return start[:1] in (b"<", b"{", b"[", b"\x01") and part.type != "text/html"


def _content_type(part: Part) -> str:
    return f"{part.type}; charset={part.charset}" if part.charset else part.type


def _gathered(read: list[Delivery], context: Context, *, is_capped: bool) -> Read:
    """The items of all documents."""
    together = [item for one in read for item in one.items]
    for one in read:
        for note in one.notes:
            context.note(note.code, note.text, note.where)
    if len(together) > MAX_ITEMS:
        context.note("too-many-items", f"only the first {MAX_ITEMS} items were read")
    return Read(
        format="mail",
        feed=FeedInfo(),
        items=tuple(together[:MAX_ITEMS]),
        tombstones=tuple(stone for one in read for stone in one.tombstones),
        cut=is_capped or len(together) > MAX_ITEMS or any(one.lossy for one in read),
    )


def _item(message: Mail, context: Context) -> Draft:
    """The message itself. NewsError if it says nothing."""
    draft = Draft()
    named = _ID.search(message.field("message-id")[:2000])
    draft.set("guid", named[1] if named else "", "Message-ID")
    draft.fields["guid_kind"] = "opaque" if named else "made"
    draft.set("headline", message.field("subject")[:2000], "Subject")
    when = dates.read(message.field("date"), context.zone)
    draft.set("published", when, "Date")
    draft.set("updated", when, "Date")
    draft.set("language", message.field("content-language").partition(",")[0].strip()[:35], "Content-Language")
    address = sender.author(message.fields)
    raw = next((value for name, value in message.fields if name == "from"), "")
    name = sender.display_name(raw) or address
    draft.add("credit", Credit(name=name[:300], id=address) if name else None, "From")
    _body(draft, message, context)
    if "headline" not in draft.fields and "body" not in draft.fields:
        raise NewsError("a mail without a subject and without text")
    return draft


def _body(draft: Draft, message: Mail, context: Context) -> None:
    """Plain text where there is some, else HTML: of two forms of one text the one without dress."""
    shown = [part for part in message.parts if not part.is_attached and part.type in ("text/plain", "text/html")]
    plain = [part for part in shown if part.type == "text/plain" and part.body.strip()]
    chosen = next(iter(plain), None) or next((part for part in shown if part.body.strip()), None)
    if chosen is None:
        return
    said = mime.text(chosen).replace("\r\n", "\n").replace("\0", "")
    if chosen.type == "text/html":
        rows = [row.strip() for row in _TAGS.sub("\n", said[:20_000]).split("\n") if row.strip()]
        textcopy.embargo(draft, [message.field("subject")], rows, [], context)
        draft.set("body", said, chosen.type)
    else:
        said = _SIGNATURE.split(said, maxsplit=1)[0]
        paragraphs = _paragraphs(_unflowed(said) if chosen.is_flowed else said)
        textcopy.embargo(draft, [message.field("subject")], paragraphs, [], context)
        draft.set("body", "\n".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs), chosen.type)
    if "body" in draft.fields:
        draft.fields["body_kind"] = "full"


def _unflowed(said: str) -> str:
    """Lines that a mail program broke, put together again (RFC 3676): those that end in a space go on."""
    return re.sub(r" \n(?!\n|-- \n)", " ", re.sub(r"^ ", "", said, flags=re.MULTILINE))


def _paragraphs(said: str) -> list[str]:
    """Paragraphs stand between empty lines, or are lines where there are none."""
    parts = _GAP.split(said.strip())
    if len(parts) == 1 and any(len(line) > _WRAPPED for line in parts[0].split("\n")):
        parts = parts[0].split("\n")
    return [one for one in (" ".join(part.split()) for part in parts) if one]
