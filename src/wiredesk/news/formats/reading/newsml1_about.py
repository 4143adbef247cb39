"""What a NewsComponent of NewsML 1.2 says about itself: its Administrative, Rights and DescriptiveMetadata."""

from __future__ import annotations

from lxml import etree

from wiredesk.news.formats.reading.draft import Context, Draft, Handler
from wiredesk.news.formats.reading.newsml1 import NewsmlHandlers, children, named, said
from wiredesk.news.formats.reading.nitf import inside, words
from wiredesk.news.item import Credit, Rights, Subject

_SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"


def _source(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """Source: whose copy it is that the provider sends."""
    for one in children(element, "Party"):
        name = named(one)
        draft.add("credit", Credit(name=name) if name else None, path)


def _copyright(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    holder, year = said(element, "CopyrightHolder"), said(element, "CopyrightDate")
    notice = f"© {year} {holder}" if holder and year else ""
    draft.add("rights", Rights(scope="item", holder=holder, notice=notice) if holder else None, path)


def _usage_rights(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    names = ("UsageType", "Geography", "StartDate", "EndDate", "Limitations")
    terms = "; ".join(filter(None, (said(element, name) for name in names)))
    found = Rights(scope="item", holder=said(element, "RightsHolder"), terms=terms)
    draft.add("rights", found if found != Rights(scope="item") else None, path)


def _language(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    draft.set("language", named(element)[:35], path)


def _genre(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    name = named(element)
    draft.add("subjects", Subject(name=name, type="genre") if name else None, path)


def _subjects(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """SubjectCode: Subject, SubjectMatter, SubjectDetail; one of them is enough."""
    for one in element.iterchildren():
        code = named(one)
        scheme = (one.get("Vocabulary") or one.get("Scheme") or _SUBJECT_CODES).strip()[:400]
        draft.add("subjects", Subject(code=code, scheme=scheme, type="subject") if code else None, path)


def _location(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """Location: a place in parts, each a Property."""
    parts = [one.get("Value", "").strip()[:200] for one in children(element, "Property")]
    draft.add("places", ", ".join(filter(None, parts)) or words(element), path)


def _property(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    if "keyword" in named(element).lower():
        draft.add("keywords", element.get("Value", "").strip()[:400], path)
    else:
        draft.keep(element)


def _no_content(draft: Draft, element: etree._Element, context: Context, path: str) -> None:
    """What only names the kind of what stands beside it."""


METADATA = NewsmlHandlers({"newsml1:Property": _property, "newsml1:MetadataType": _no_content})
DESCRIPTION = NewsmlHandlers(
    {
        "newsml1:Language": _language,
        "newsml1:Genre": _genre,
        "newsml1:SubjectCode": _subjects,
        "newsml1:Location": _location,
        "newsml1:Property": _property,
    }
)
RIGHTS = NewsmlHandlers({"newsml1:Copyright": _copyright, "newsml1:UsageRights": _usage_rights})
HANDLERS: dict[str, Handler] = {
    "newsml1:AdministrativeMetadata": inside(NewsmlHandlers({"newsml1:Source": _source})),
    "newsml1:RightsMetadata": inside(RIGHTS),
    "newsml1:DescriptiveMetadata": inside(DESCRIPTION),
    "newsml1:Metadata": inside(METADATA),
}
