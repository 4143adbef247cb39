"""What an item does to a story (FORMATS section 4)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.news.makers import date, item
from wiredesk.news import decide, identity
from wiredesk.news.decide import NOTHING, Decision
from wiredesk.news.identity import Stand
from wiredesk.news.item import Item, Note
from wiredesk.news.match import Candidate
from wiredesk.news.story import Kind

OLD = "Bridge reopens\nThe bridge opens on Monday. It cost 21 million crowns, the harbour board said."


def match(*, same_source: bool = False, killed: bool = False) -> Candidate:
    return Candidate(headline="", by=frozenset(("text",)), is_same_source=same_source, is_killed=killed)


def known(**fields: object) -> Stand:
    one = item(**fields)
    return identity.stand(one, identity.content_hash(one))


def again(copy: Item, stand: Stand, new: str = OLD + " More.", *, lossy: bool = False) -> Decision:
    hash_ = identity.content_hash(copy)
    return decide.again(copy, hash_, stand, old_text=OLD, new_text=new, is_lossy=lossy)


@pytest.mark.parametrize(("status", "event"), [("usable", Kind.NEW), ("withheld", Kind.HOLD), ("canceled", Kind.KILL)])
def test_first_sight_of_an_item_begins_a_story_by_its_status(status: str, event: Kind) -> None:
    decision = decide.at_first_sight(item(status=status), None)

    assert (decision.event, decision.is_kept, decision.is_current) == (event, True, True)
    assert bool(decision.alert) == (status != "usable"), "a withdrawal that names another story is put to the desk"


def test_a_copy_of_a_story_is_a_sighting() -> None:
    assert decide.at_first_sight(item(), match()).event is Kind.SIGHTING


@pytest.mark.parametrize(
    ("withdrawn", "event"), [({}, Kind.NEW), ({"is_killed": True}, Kind.HOLD), ({"is_held": True}, Kind.HOLD)]
)
def test_what_may_be_a_copy_of_a_withdrawn_story_is_held(withdrawn: dict[str, bool], event: Kind) -> None:
    perhaps = Candidate(headline="", by=frozenset(("words",)), is_same_source=False, **withdrawn)

    assert decide.at_first_sight(item(), None, perhaps=perhaps).event is event


def test_a_copy_of_a_killed_story_brings_nothing_back_and_is_told() -> None:
    decision = decide.at_first_sight(item(), match(killed=True))

    assert (decision.event, bool(decision.alert)) == (Kind.SIGHTING, True)


def test_a_withdrawn_copy_kills_its_own_sources_story_and_only_holds_anothers() -> None:
    canceled = item(status="canceled")

    assert decide.at_first_sight(canceled, match(same_source=True)).event is Kind.KILL
    assert decide.at_first_sight(canceled, match()).event is Kind.HOLD
    assert decide.at_first_sight(item(status="withheld"), match(same_source=True)).event is Kind.HOLD


def test_the_same_state_again_is_nothing() -> None:
    assert again(item(), known()) == NOTHING


def test_another_text_is_an_update() -> None:
    assert again(item(body="<p>More.</p>"), known()).event is Kind.UPDATE


def test_the_agencys_own_label_wins() -> None:
    copy = item(body="<p>x</p>", signals=("correction", "update"))

    assert again(copy, known()).event is Kind.CORRECTION
    assert again(replace(copy, signals=("refile",)), known()).event is Kind.REFILE


def test_a_changed_number_in_a_kept_sentence_is_a_correction_without_a_label() -> None:
    assert again(item(body="<p>12</p>"), known(), OLD.replace("21", "12")).event is Kind.CORRECTION


def test_a_damaged_delivery_changes_nothing_that_is_there() -> None:
    assert again(item(body="<p>half</p>"), known(), lossy=True) == NOTHING
    assert again(item(body="<p>half</p>", lossy=True), known()) == NOTHING


def test_an_older_state_goes_to_the_history_and_changes_nothing() -> None:
    decision = again(item(body="<p>old</p>", updated=date(-1)), known(updated=date()))

    assert (decision.event, decision.is_kept, decision.is_current) == (Kind.NOTHING, True, False)


def test_a_replaced_state_does_not_come_back_by_itself() -> None:
    first, second = item(), item(body="<p>second</p>")
    stand = known().followed_by(second, identity.content_hash(second))

    assert again(first, stand) == NOTHING
    assert (
        again(replace(first, updated=date(1)), replace(stand, updated="2026-03-02T12:00:00.000000Z")).event
        is Kind.UPDATE
    )


def test_kill_and_hold_are_obeyed_from_damaged_deliveries_and_once() -> None:
    assert again(item(status="canceled", body=""), known(), lossy=True).event is Kind.KILL
    assert again(item(status="withheld", body="x"), known(), lossy=True).event is Kind.HOLD
    assert again(item(status="canceled"), known(status="canceled")) == NOTHING
    assert again(item(status="withheld"), known(status="canceled")) == NOTHING


def test_a_hold_that_was_lifted_is_not_obeyed_from_an_old_cache() -> None:
    held = item(status="withheld", body="held")
    stand = replace(known(), replaced=(identity.content_hash(held),))

    assert again(held, stand) == NOTHING


def test_a_hold_ends_by_a_later_usable_version_only() -> None:
    held = known(status="withheld", updated=date())

    assert again(item(updated=date()), held) == NOTHING
    decision = again(item(updated=date(1)), held)
    assert (decision.event, decision.lifts) == (Kind.UPDATE, True)


def test_a_state_that_was_put_to_the_desk_after_a_kill_is_not_put_there_again() -> None:
    later = item(body="<p>new</p>", updated=date(2))
    killed = known(status="canceled", updated=date())

    assert again(later, killed).is_offered
    assert again(later, killed.offering(identity.content_hash(later))) == NOTHING


def test_a_killed_item_is_not_revived_but_kept_and_told() -> None:
    killed = known(status="canceled", updated=date())

    assert again(item(updated=date()), killed) == NOTHING
    decision = again(item(body="<p>new</p>", updated=date(2)), killed)
    assert (decision.event, decision.is_kept, decision.is_current, bool(decision.alert)) == (
        Kind.HOLD,
        True,
        False,
        True,
    )


def test_a_tombstone_kills_once_and_is_remembered_for_what_never_came() -> None:
    assert decide.tombstone(known()).event is Kind.KILL
    assert decide.tombstone(None) == Decision(event=Kind.NOTHING, is_current=True)
    assert decide.tombstone(known(status="canceled")) == NOTHING
    assert again(item(), Stand(status="canceled")) == NOTHING


@pytest.mark.parametrize(
    ("event", "lead", "same", "then"),
    [
        (Kind.KILL, True, False, Kind.KILL),
        (Kind.UPDATE, True, True, Kind.UPDATE),
        (Kind.UPDATE, False, True, Kind.NOTHING),
        (Kind.KILL, False, True, Kind.KILL),
        (Kind.KILL, False, False, Kind.HOLD),
        (Kind.HOLD, False, False, Kind.HOLD),
        (Kind.SIGHTING, False, False, Kind.SIGHTING),
        (Kind.NOTHING, False, False, Kind.NOTHING),
    ],
)
def test_readers_see_the_lead_and_another_carrier_only_casts_doubt(
    event: Kind, lead: bool, same: bool, then: Kind
) -> None:
    assert decide.for_story(event, is_lead=lead, is_same_source=same) is then


def test_an_empty_field_never_overwrites_a_filled_one() -> None:
    filled, lost = decide.filled(item(headline="", body=""), item(summary="<p>s</p>"))

    assert (filled.headline, filled.body, filled.summary) == (
        "Bridge reopens",
        "<p>The bridge is open.</p>",
        "<p>s</p>",
    )
    assert lost == ("headline", "body", "summary")


def test_a_summary_may_go_where_the_text_stays_and_a_kill_may_be_empty() -> None:
    assert decide.filled(item(), item(summary="<p>s</p>"))[1] == ()
    assert decide.filled(item(status="canceled", body=""), item())[1] == ()


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (OLD, "refile"),
        (OLD.replace("harbour", "port"), "refile"),
        (OLD.replace("21", "12"), "correction"),
        (OLD.replace("Monday", "Tuesday"), "correction"),
        (OLD + " It is new.", "update"),
        ("Bridge reopens\nEverything is quite other here. Nothing at all stands as it once stood.", "update"),
        (
            OLD.replace("cost 21 million crowns, the harbour", "cost 21 million crowns then, his bright blue harbour"),
            "update",
        ),
    ],
)
def test_significance_tells_refile_correction_and_update_apart(new: str, kind: str) -> None:
    from wiredesk.news import diff

    assert diff.significance(OLD, new) == kind


def test_an_item_in_which_its_document_broke_off_is_not_whole() -> None:
    assert decide.is_whole(item(lossy=True))
    assert not decide.is_whole(item(notes=(Note(code="incomplete"),)))
