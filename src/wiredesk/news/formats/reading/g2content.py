"""The text a NewsML-G2 item carries, in XHTML, NITF or plain (contentSet)."""

from __future__ import annotations

from lxml import etree

from wiredesk.news.formats.reading import dates, nitf_body, wire
from wiredesk.news.formats.reading.g2 import Work, line_of
from wiredesk.news.formats.reading.text import is_markup, markup_of, paragraphs, text_of
from wiredesk.news.item import EdNote, Rights

_PROSE = frozenset(
    "html body div section article main p h1 h2 h3 h4 ul ol dl table blockquote figure pre a b i em strong br".split()
)
_NITF = "contentSet/inlineXML/nitf"


def inline_xml(work: Work, element: etree._Element, path: str) -> None:
    """contentSet/inlineXML: XHTML or NITF; what is neither (SportsML, EventsML ...) is kept, not shown."""
    root = next(iter(element), None)
    if root is None:
        _text(work, element, path)
    elif nitf_body.local(root) in ("nitf", "body.content"):
        _nitf(work, root, path)
    elif _html_name(root) in _PROSE:
        _xhtml(work, element if _html_name(root) != "html" else root, path)
    else:
        _unread(work, element)


def inline_data(work: Work, element: etree._Element, path: str) -> None:
    """contentSet/inlineData: plain text or HTML, escaped; other types, and what is encoded, are kept as they are."""
    kind = element.get("contenttype", "text/plain").strip().lower()
    if element.get("encoding") or element.get("encodinguri") or not (kind.startswith("text/") or "html" in kind):
        _unread(work, element)
    else:
        _text(work, element, path)


def _unread(work: Work, element: etree._Element) -> None:
    kind = element.get("contenttype", "")[:80] or "no named type"
    work.draft.note("unread-content", f"content of {kind} is not read as text")
    work.draft.keep(element)


def _html_name(element: etree._Element) -> str:
    return str(etree.QName(element).localname).lower()


def _set_body(work: Work, html: str, element: etree._Element, path: str) -> None:
    """The first rendition with any text is the body; the others say the same in another form."""
    if not html or "body" in work.draft.fields:
        return
    work.draft.set("body", html, path)
    work.draft.fields["body_kind"] = "full"
    work.draft.fields["body_base"] = work.context.base_of(element) if work.context.has_base else ""


def _text(work: Work, element: etree._Element, path: str) -> None:
    """Text without elements: HTML where its type or its looks say so, else plain."""
    text = text_of(element)
    if "html" in element.get("contenttype", "") or is_markup(text):
        _set_body(work, _without_blocks(work, text, path), element, path)
        return
    lines = text.splitlines()
    cut = next((number for number, line in enumerate(lines) if wire.has_block(line, work.profile.blocks)), len(lines))
    _private(work, "\n".join(lines[cut:]), path)
    _set_body(work, paragraphs("\n".join(lines[:cut])), element, path)


def _without_blocks(work: Work, html: str, path: str) -> str:
    """HTML up to the first part that is not for publication; the rest goes to the notes."""
    public, private = wire.without_blocks(html, work.profile.blocks)
    _private(work, private, path)
    return public


def _xhtml(work: Work, root: etree._Element, path: str) -> None:
    """XHTML: what its body holds, without the page's own header and without parts that are not for publication."""
    head = next((child for child in root if _html_name(child) == "head"), None)
    title = next((child for child in head if _html_name(child) == "title"), None) if head is not None else None
    if title is not None:
        work.said.setdefault("page title", line_of(title))
    body = next((child for child in root if _html_name(child) == "body"), root)
    _cut_header(work, body)
    _set_body(work, _without_blocks(work, markup_of(body), path), root, path)


def _cut_header(work: Work, body: etree._Element) -> None:
    """A header with a headline at the top of the page repeats what the envelope says (title, slug line, notes)."""
    header = next(iter(body), None)
    if header is None or _html_name(header) != "header" or not any(_html_name(one) == "h1" for one in header.iter()):
        return
    work.draft.keep(header)
    body.text = (body.text or "") + (header.tail or "")
    body.remove(header)


def _private(work: Work, text: str, path: str) -> None:
    work.draft.add("ednotes", EdNote(text=text.strip(), role="block") if text.strip() else None, path)


def _nitf(work: Work, root: etree._Element, path: str) -> None:
    """NITF inside: the envelope was first, the document fills what is empty; an embargo or a kill in it holds."""
    found = nitf_body.read(root, work.context)
    _set_body(work, _without_blocks(work, found.body, path), root, path)
    for name in ("subhead", "byline", "dateline", "summary"):
        work.said.setdefault(f"nitf {name}", getattr(found, name))
    work.said.setdefault("nitf headline", found.headline)
    for media in found.media:
        work.draft.add("media", media, path)
    for note in found.notes:
        work.draft.add("ednotes", note, path)
    for element in root.iter():
        _docdata(work, element, f"{path}/docdata")


def _docdata(work: Work, element: etree._Element, path: str) -> None:
    """head/docdata: what keeps copy from being used counts here too; the rest the envelope says better."""
    name = nitf_body.local(element)
    if name == "docdata":
        status = element.get("management-status", "").strip().lower()
        if status == "embargoed":
            work.said.setdefault("nitf embargo", "")
        elif status in ("withheld", "canceled"):
            wire.narrow(work.draft, status, path)
    elif name == "date.release":
        work.said["nitf embargo"] = element.get("norm", "")
    elif name == "date.expire":
        work.draft.set("expiry", dates.read(element.get("norm", ""), work.context.zone), path)
    elif name == "date.issue":
        work.said.setdefault("nitf published", element.get("norm", ""))
    elif name == "doc.copyright":
        work.said.setdefault("nitf holder", element.get("holder", "").strip()[:400])
    elif name == "ed-msg":
        text = (element.get("info") or line_of(element)).strip()
        work.draft.add("ednotes", EdNote(text=text, role=element.get("msg-type", "")[:100]) if text else None, path)


def settle(work: Work) -> None:
    """What NITF or XHTML said, where the envelope was silent."""
    draft, said = work.draft, work.said
    for name in ("headline", "subhead", "byline", "dateline", "summary"):
        draft.set(name, said.get(f"nitf {name}"), f"{_NITF}/{name}")
    draft.set("headline", said.get("page title"), "contentSet/inlineXML/html/head/title")
    draft.set("published", dates.read(said.get("nitf published", ""), work.context.zone), f"{_NITF}/docdata")
    holder = said.get("nitf holder")
    if holder and "rights" not in draft.lists:
        draft.add("rights", Rights(scope="item", holder=holder), f"{_NITF}/docdata")
    if "embargo" not in draft.fields and "nitf embargo" in said:
        wire.embargo(work.draft, said["nitf embargo"], work.context, f"{_NITF}/docdata")
