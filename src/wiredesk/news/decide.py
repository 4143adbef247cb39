"""What an item does to a story. Pure: the shell looks up what is known, obeys the Decision, does not think again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs

from wiredesk.news import diff
from wiredesk.news.identity import Stand, is_newer, is_older
from wiredesk.news.item import Item
from wiredesk.news.match import Candidate
from wiredesk.news.story import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens (`event`), whether a version is added, whether it now stands for the item, what the desk is told.

    `is_offered` says that it is kept hidden for an editor to choose; `lifts` is True where an update ends a hold that
    the source itself had put on the item.
    """

    event: Kind
    is_kept: bool = False
    is_current: bool = False
    is_offered: bool = False
    lifts: bool = False
    alert: str = ""


NOTHING = Decision(event=Kind.NOTHING)


def at_first_sight(
    item: Item, match: Candidate | None, *, is_advice: bool = False, perhaps: Candidate | None = None
) -> Decision:
    """An item its feed never sent before; `match` is the story that it is a copy of, `perhaps` one that it may be.

    `is_advice` says that it speaks of other items (news.advisory): it is kept, and is no story. What may be a copy of
    a withdrawn story is held until an editor has said.
    """
    if is_advice:
        return _taken(Kind.ADVISORY)
    if match is None:
        if item.status == "usable":
            return _taken(Kind.HOLD if perhaps and perhaps.is_withdrawn else Kind.NEW)
        alert = "This came as a hold, a kill or an advisory; see whether a story here is meant."
        return _taken(Kind.HOLD if item.status == "withheld" else Kind.KILL, alert)
    if item.status != "usable":
        return _withdrawn_copy(item, match)
    alert = "A story that was killed has come again in another feed; it stays withdrawn." if match.is_killed else ""
    return _taken(Kind.SIGHTING, alert)


def is_whole(item: Item) -> bool:
    """Whether all of an item came. One in which its document broke off may lack its text, its end or half its guid."""
    return not any(note.code == "incomplete" for note in item.notes)


def _withdrawn_copy(item: Item, match: Candidate) -> Decision:
    """A copy that arrives withdrawn speaks for its own source; another source's story is held, and an editor asked."""
    if match.is_same_source:
        return _taken(Kind.KILL if item.status == "canceled" else Kind.HOLD)
    return _taken(Kind.HOLD, "Another source has withdrawn its copy of this story.")


def again(item: Item, hash_: str, known: Stand, *, old_text: str, new_text: str, is_lossy: bool) -> Decision:
    """A further state of an item, judged only against what its own feed sent before. Texts: plain headline and body."""
    if item.status != "usable":
        return _withdrawn(item, hash_, known)
    if hash_ == known.hash and known.status == "usable":
        return NOTHING
    if is_lossy or item.lossy:
        return NOTHING  # a damaged delivery adds new items and nothing else
    if hash_ in known.replaced and not is_newer(item, known):
        return NOTHING
    if is_older(item, known):
        return Decision(event=Kind.NOTHING, is_kept=True)
    if known.status == "canceled":
        return _revived(item, hash_, known)
    if known.status == "withheld":
        return _released(item, hash_, known)
    return _taken(_by_label(item) or Kind(diff.significance(old_text, new_text)))


def _withdrawn(item: Item, hash_: str, known: Stand) -> Decision:
    """Kill and hold are the safe direction: obeyed from damaged and late deliveries too, unless replaced already."""
    if known.status in ("canceled", item.status) or hash_ in known.replaced:
        return NOTHING
    return _taken(Kind.KILL if item.status == "canceled" else Kind.HOLD)


def _revived(item: Item, hash_: str, known: Stand) -> Decision:
    if not known.hash or hash_ == known.offered or (hash_ == known.hash and not is_newer(item, known)):
        return NOTHING  # without a hash only its tombstone was ever seen: that keeps it out
    return Decision(
        event=Kind.HOLD,
        is_kept=True,
        is_offered=True,
        alert="A newer version of a killed story has arrived; it is kept hidden until an editor releases it.",
    )


def _released(item: Item, hash_: str, known: Stand) -> Decision:
    """A hold ends by a later usable version, never because the old item is still in the feed."""
    if hash_ == known.hash and not is_newer(item, known):
        return NOTHING
    return replace(_taken(Kind.UPDATE), lifts=True)


def advised(event: Kind, status: str, *, is_certain: bool) -> Decision:
    """What an advisory does to a story that it may mean; `status` is where the story's item stands by its own sender.

    In doubt the story is held. A hold is lifted only if it was the sender's, and never in doubt.
    """
    if event is Kind.RELEASE:
        is_lifted = is_certain and status == "withheld"
        return Decision(event=Kind.UPDATE, is_current=True, lifts=True) if is_lifted else NOTHING
    if event is Kind.NOTHING or status == "canceled" or (event is Kind.HOLD and status == "withheld"):
        return NOTHING
    if event is Kind.KILL and not is_certain:
        return NOTHING if status == "withheld" else Decision(event=Kind.HOLD, is_current=True)
    return Decision(event=event, is_current=True)


def substituted(event: Kind, *, replaces_killed: bool) -> Kind:
    """A new story that stands in for one that was killed is its substitute; for one that lives it is only new."""
    return Kind.SUBSTITUTE if event is Kind.NEW and replaces_killed else event


def tombstone(known: Stand | None) -> Decision:
    """The sender has withdrawn an item by its guid alone; one that is not known yet is remembered as withdrawn."""
    if known and known.status == "canceled":
        return NOTHING
    return Decision(event=Kind.KILL if known else Kind.NOTHING, is_current=True)


def for_story(event: Kind, *, is_lead: bool, is_same_source: bool) -> Kind:
    """What an item's event does to its story. Readers see the lead; another carrier only adds itself or casts doubt."""
    if is_lead or event in (Kind.SIGHTING, Kind.NOTHING):
        return event
    if event is Kind.KILL and is_same_source:
        return Kind.KILL
    return Kind.HOLD if event in (Kind.KILL, Kind.HOLD) else Kind.NOTHING


def filled(item: Item, last: Item) -> tuple[Item, tuple[str, ...]]:
    """The item with what it suddenly lacks taken from the last state, and which fields: empty never wins by itself."""
    if item.status != "usable":
        return item, ()  # a kill may well be empty
    names = tuple(name for name in ("headline", "body", "summary") if getattr(last, name) and not getattr(item, name))
    lost = tuple(name for name in names if name != "summary" or not item.body)
    return structs.replace(item, **{name: getattr(last, name) for name in lost}), lost


def _by_label(item: Item) -> Kind | None:
    """The agency's own word wins over our guess; of several the strongest."""
    strongest = (Kind.CORRECTION, Kind.REFILE, Kind.UPDATE)
    return next((kind for kind in strongest if kind in item.signals), None)


def _taken(event: Kind, alert: str = "") -> Decision:
    return Decision(event=event, is_kept=True, is_current=True, alert=alert)
