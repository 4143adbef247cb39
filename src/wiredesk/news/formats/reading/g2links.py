"""What a NewsML-G2 item points to: other items, members of a package, media, those it came through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from wiredesk.news import signals
from wiredesk.news.formats.reading import g2notes
from wiredesk.news.formats.reading.catalog import ITEM_RELATION
from wiredesk.news.formats.reading.g2 import MAX_NAME, Work, line_of, local, meaning, name_of
from wiredesk.news.item import Credit, Link, Media, Ref, Rights

MAX_ID = 2_000
MAX_REFS = 2_000
_MEDIUM = {"picture": "image", "graphic": "image", "audio": "audio", "video": "video", "animated": "video"}
# Kinds of alternative identifiers that are the item's page.
_PAGES = ("url", "weburl", "permalink", "canonical", "canonicalurl", "link")


def link(work: Work, element: etree._Element, path: str) -> None:
    """itemMeta/link: another item by @residref, a page by @href; @rel says what it is to this one."""
    rel = _relation(work, element)
    href, target = _address(work, element)
    _refer(work, rel, target, element, path)
    title = next((line_of(child) for child in element if local(child) in ("title", "headline")), "")[:MAX_NAME]
    kind = element.get("contenttype", "")[:100]
    work.draft.add("links", Link(rel=rel.lower(), href=href, type=kind, title=title) if href else None, path)
    if rel in ("canonical", "alternate"):
        work.draft.set("url", href, path)
    if rel in signals.STRENGTH and target:
        g2notes.add_signal(work, rel, path)
    work.keep_unread(element, ("title", "headline"))


def _relation(work: Work, element: etree._Element) -> str:
    """@rel as the profile understands it, IPTC's by their codes, the agency's own by their addresses."""
    rel = work.catalog.of(element, "rel")
    scheme = work.profile.schemes.get("relation", "")
    meant = meaning(work.profile.relations, rel, is_trusted=rel.may_be_of(scheme, ITEM_RELATION))
    if meant:
        return meant
    return rel.code if rel.is_of(ITEM_RELATION) else rel.uri or rel.sent or "link"


def _address(work: Work, element: etree._Element) -> tuple[str, str]:
    """@href as a web address, and what names the target: @residref, else @href as sent."""
    sent = element.get("href", "").strip()[:MAX_ID]
    return work.context.address(sent, element), element.get("residref", "").strip()[:MAX_ID] or sent


def _refer(work: Work, rel: str, target: str, element: etree._Element, path: str) -> None:
    if len(work.draft.lists.get("refs", ())) >= MAX_REFS:
        work.draft.note("too-many-refs", f"only the first {MAX_REFS} references were kept")
        return
    version = element.get("version", "").strip()[:100]
    work.draft.add("refs", Ref(rel=rel, id=target, version=version) if target else None, path)


def alt_id(work: Work, element: etree._Element, path: str) -> None:
    """altId: another name of this item; its page, if its @type says so."""
    name = (line_of(element) or element.get("id", "").strip())[:MAX_ID]
    _refer(work, "altId", name, element, path)
    if work.catalog.of(element, "type").code.lower() in _PAGES and name.startswith(("http://", "https://")):
        work.draft.set("url", work.context.address(name, element), path)


def group_set(work: Work, element: etree._Element, path: str) -> None:
    """groupSet of a package: members in the order of its groups, from @root on (packageItem, hierarchy of groups)."""
    groups: dict[str, etree._Element] = {}
    for child in element:
        if local(child) == "group":
            groups.setdefault(child.get("id", ""), child)
        else:
            work.draft.keep(child)
    waiting = [*reversed(groups), element.get("root", "")]
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in groups and name not in done:
            done.add(name)
            waiting += reversed(list(_group(work, groups[name], f"{path}/group")))


def _group(work: Work, group: etree._Element, path: str) -> Iterator[str]:
    """One group: its items become references, the groups it names are given back."""
    name = work.catalog.of(group, "role").code or group.get("id", "").strip()[:MAX_NAME]
    for child in group:
        if local(child) == "groupRef":
            yield child.get("idref", "")
        elif local(child) == "itemRef":
            _refer(work, f"group:{name}" if name else "group", _address(work, child)[1], child, path)
        else:
            work.draft.keep(child)


def item_ref(work: Work, element: etree._Element, path: str) -> None:
    """itemRef outside any group."""
    _refer(work, "group", _address(work, element)[1], element, path)


def hop_history(work: Work, element: etree._Element, path: str) -> None:
    """hopHistory: whom the copy went through, in the order of @seq (NewsML-G2, Hop History)."""
    for hop in sorted(element, key=_sequence):
        for party in hop:
            if local(party) == "party":
                info_source(work, party, f"{path}/hop/party")
            else:
                work.draft.keep(party)


def _sequence(hop: etree._Element) -> int:
    said = hop.get("seq", "").strip()
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def info_source(work: Work, element: etree._Element, path: str) -> None:
    """infoSource, hop/party: whom the copy came from."""
    concept = work.catalog.concept(element)
    address = element.get("uri", "").strip()
    url = work.context.address(address, element) if address.startswith(("http://", "https://")) else ""
    found = Credit(name=name_of(work, element), url=url, id=concept.uri or concept.sent)
    work.draft.add("credit", found if found != Credit() else None, path)
    work.keep_unread(element)


def remote(work: Work, element: etree._Element, path: str) -> None:
    """contentSet/remoteContent, contentMeta/icon: settled when it is known what the item says of it."""
    work.remotes.append(element)
    work.keep_unread(element, ())


def settle_media(work: Work) -> None:
    """remoteContent and icon as media, with the caption, credit and rights that the item gives all of them."""
    said = work.said
    rights = next(iter(work.draft.lists.get("rights", ())), Rights(scope="item"))
    shared = {
        "caption": said.get("caption", ""),
        "alt": said.get("alt", ""),
        "credit": said.get("creditline", ""),
        "copyright": rights.notice or rights.holder,
        "licence": rights.licence,
    }
    for element in work.remotes:
        _medium(work, element, shared)
    if not work.remotes and said.get("caption"):
        work.draft.note("media-without-object", f"caption: {said['caption'][:200]}")


def _medium(work: Work, element: etree._Element, shared: Mapping[str, str]) -> None:
    path = f"contentSet/{local(element)}" if local(element) == "remoteContent" else f"contentMeta/{local(element)}"
    href, target = _address(work, element)
    if not href:
        _refer(work, local(element), target, element, path)
        return
    kind = element.get("contenttype", "").strip()[:100]
    first = kind.partition("/")[0].lower()
    medium = first if first in _MEDIUM.values() else _MEDIUM.get(work.nature, "")
    rendition = work.catalog.of(element, "rendition").kept
    found = Media(
        href=href,
        type=kind,
        medium=medium,
        width=element.get("width", "")[:10],
        height=element.get("height", "")[:10],
        length=element.get("size", "")[:40],
        rendition=rendition or ("thumbnail" if local(element) == "icon" else ""),
        **shared,
    )
    work.draft.add("media", found, path)
