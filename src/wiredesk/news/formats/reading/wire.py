"""What agencies say of an item beside its copy: status, notes to editors, embargo, relations (FORMATS section 4)."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from wiredesk.news import signals
from wiredesk.news.formats.reading import dates
from wiredesk.news.formats.reading.draft import Context, Draft
from wiredesk.news.item import BodyKind, EdNote, Ref, Status

MAX_ID = 2_000
_OPENING = r"(?:<[^/<>][^<>]{0,400}>\s{0,40})"
_TAG = re.compile(r"<[^<>]{0,2000}>")


def status(draft: Draft, value: Any, context: Context, path: str) -> None:
    """The publishing status. Absent or empty means usable; a word that nobody has explained means withheld.

    Said twice, the stricter counts.
    """
    if value is None or value == "":
        return
    known = context.profile.status_of(value) if isinstance(value, str) else None
    if known is None:
        draft.note("unknown-status", f"{path} says {str(value)[:80]!r}; the item is held")
    narrow(draft, known or "withheld", path)


def narrow(draft: Draft, to: Status, path: str) -> None:
    """Hold a status to be at least so strict."""
    draft.replace("status", signals.strictest(draft.fields.get("status", "usable"), to), path)


def signal(draft: Draft, word: str, path: str) -> None:
    """A signal by its code, with or without its scheme: sig:correction, .../newscodes/signal/update."""
    bare = word.replace("/", ":").rpartition(":")[2].strip().casefold()
    if bare in ("correction", "refile", "substitute", "update"):
        draft.add("signals", bare, path)


def announced(draft: Draft, words: tuple[str, ...], context: Context, path: str) -> None:
    """Some agencies say by a genre that copy is for editors, or withdraws other copy; the profile's labels name it."""
    said = {word.casefold() for word in words if word}
    for event, labels in context.profile.labels.items():
        if event in signals.STRENGTH and said & {label.casefold() for label in labels}:
            draft.add("signals", event, path)
            narrow(draft, signals.status_of((event,)), path)


def embargo(draft: Draft, value: Any, context: Context, path: str) -> None:
    """The moment before which nothing may be shown. An embargo without a time that can be read has no known end."""
    if value is None or "embargo" in draft.fields:
        return
    moment = dates.read(value, context.zone) if isinstance(value, str) else None
    if value != "" and (moment is None or moment.utc is None):
        draft.note("unreadable-embargo", f"{path} cannot be read: {str(value)[:80]!r}")
    draft.set("embargo", moment if moment and moment.utc else "undefined", path)


def urgency(draft: Draft, value: Any, context: Context, path: str) -> None:
    """Editorial urgency, 1 to 9 (cv.iptc.org/newscodes/urgency); a number, or its digit as text."""
    digit = str(value).strip().removesuffix(".0") if isinstance(value, int | float | str) else ""
    if len(digit) == 1 and digit in "123456789":
        draft.set("urgency", int(digit), path)
    elif value not in (None, ""):
        context.note("wrong-type", f"{path} is no urgency from 1 to 9", path)


def ednote(draft: Draft, note: str, context: Context, path: str, *, role: str = "", is_private: bool = False) -> None:
    """A note to editors. Its first word may say what happened to the item, and so may its role where no signal does.

    It stays private unless the profile names its role. The word that only labels it goes where readers see the note.
    """
    if not note:
        return
    profile = context.profile
    kind, rest = signals.of_note(note)
    role = role or ("correction" if kind == "correction" else "")
    is_public = not is_private and profile.may_show(role) and not has_block(note, profile.blocks)
    draft.add("ednotes", EdNote(text=rest if is_public and rest else note, role=role, public=is_public), path)
    is_usable = draft.fields.get("status", "usable") == "usable"
    if is_usable and profile.is_correction(role) and draft.paths.get("signals", path) == path:
        kind = "correction"
    if kind:
        draft.add("signals", kind, path)
    if is_usable and signals.withdraws(note):
        draft.note("unclear-status", f"{path} begins with {note[:20]!r} but the status is usable; the item is held")
        narrow(draft, "withheld", path)


def body(draft: Draft, html: str, context: Context, path: str, *, kind: BodyKind = "full") -> None:
    """The text, up to the first part that is not for publication by the profile's `blocks`; that becomes a note."""
    if not html or "body" in draft.fields:
        return
    public, private = without_blocks(html, context.profile.blocks)
    draft.set("body", public, path)
    draft.fields["body_kind"] = kind
    draft.add("ednotes", EdNote(text=private, role="block") if private else None, path)


def without_blocks(html: str, blocks: tuple[str, ...]) -> tuple[str, str]:
    """HTML before the first line that begins a part not for publication, and all from there on as lines of text.

    The tags that open around that line go with it.
    """
    names = "|".join(re.escape(escape(block, quote=False)) for block in blocks if block)
    start = re.search(rf"(?:{_OPENING}{{1,8}}|(?:^|>|\n)\s{{0,40}})(?:{names})", html, re.IGNORECASE) if names else None
    if not start:
        return html, ""
    begin = start.start() + (start[0][:1] == ">")
    rest = unescape(_TAG.sub("\n", html[begin:]))
    lines = (" ".join(line.split()) for line in rest.splitlines())
    return html[:begin].rstrip(), "\n".join(line for line in lines if line)


def has_block(note: str, blocks: tuple[str, ...]) -> bool:
    """Whether a note holds a line that says that what follows is not for publication."""
    lines = [line.strip().casefold() for line in note.splitlines()]
    return any(line.startswith(block.casefold()) for block in blocks if block for line in lines)


def relation(
    draft: Draft, id_: str, context: Context, path: str, *, rel: str, name: str = "", version: str = ""
) -> None:
    """Another item that this one names. What the agency's profile says of the relation stands for it."""
    if not id_ or id_ == draft.fields.get("guid"):
        return
    meant = context.profile.meaning_of(rel, f"association named {name}", name)
    draft.add("refs", Ref(rel=meant or rel or name or "related", id=id_[:MAX_ID], version=version), path)
    if meant in signals.STRENGTH:
        draft.add("signals", meant, path)
