"""Notes to editors that speak of other items (FORMATS section 4)."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.news.makers import item
from wiredesk.news import advisory, decide, formats, identity
from wiredesk.news.advisory import Advice, Named, Names
from wiredesk.news.decide import NOTHING
from wiredesk.news.item import EdNote, Item, Ref
from wiredesk.news.profile import Profile
from wiredesk.news.story import Kind

PLAIN = Profile()
LANTERN = Profile(item_names={"number": ("LNA-nnnn", "LNA nnnn")}, labels={"lift": ("frei",)})


def note(text: str, *signals: str, headline: str = "ADVISORY: note") -> Item:
    return item(headline=headline, body=f"<p>{text}</p>", signals=signals or ("advisory",))


def named(number: int, *, story: int = 0, guid: str = "", slugline: str = "", day: str = "2026-03-02") -> Named:
    return Named(
        item=number,
        story=story or number,
        guid=guid or f"lantern-2026-{number:04}",
        slugline=slugline,
        headline=f"Headline of story {number}",
        day=day,
    )


@pytest.mark.parametrize(
    ("text", "signals", "event"),
    [
        ("Please kill item LNA-0411. A kill is mandatory.", ("advisory",), Kind.KILL),
        ("The report was wrong.", ("advisory", "kill"), Kind.KILL),
        ("Please hold LNA-0411 while we check it.", ("advisory",), Kind.HOLD),
        ("While we check it.", ("hold",), Kind.HOLD),
        ("The hold on LNA-0411 is lifted.", ("advisory", "hold"), Kind.RELEASE),
        ("LNA-0411 ist wieder frei.", ("advisory",), Kind.RELEASE),
        ("The sports pages follow at six.", ("advisory",), Kind.NOTHING),
    ],
)
def test_what_an_advisory_asks_for(text: str, signals: tuple[str, ...], event: Kind) -> None:
    advice = advisory.of(note(text, *signals), LANTERN)

    assert advice
    assert advice.event is event


def test_a_document_gives_orders_for_the_one_that_it_names_by_identifier() -> None:
    refs = (Ref(rel="kill", id="LNA-Doc-7"), Ref(rel="lift", id="doc-8"), Ref(rel="management-doc", id="doc-9"))
    ordered = advisory.order(item(refs=refs))
    advice = advisory.of(item(refs=refs, signals=("advisory",), body="See LNA-0411."), LANTERN)

    assert ordered == Advice(event=Kind.KILL, names=Names(words=frozenset({"lna-doc-7"})))
    assert advice
    assert (advice.event, advice.names.words, advice.names.numbers) == (Kind.KILL, {"lna-doc-7"}, {411})
    assert advisory.order(item()) is None


def test_copy_is_no_advisory() -> None:
    assert advisory.of(item(signals=("update",)), PLAIN) is None


def test_numbers_are_read_as_the_agency_writes_them_or_as_agencies_do() -> None:
    text = "See LNA-0411, XYZ-0999 and item 77123."

    assert advisory.names(text, LANTERN).numbers == {411}
    assert advisory.names(text, PLAIN).numbers == {411, 999, 77123}
    assert advisory.names(text, Profile(item_names={"number": "odd"})).numbers == {411, 999, 77123}


def test_an_identifier_is_trusted_before_a_number_and_a_number_before_a_slugline() -> None:
    some = [named(411, slugline="Bridge/"), named(412, slugline="Ferry")]

    assert advisory.meant(Names(words=frozenset({"lantern-2026-0412"}), numbers=frozenset({411})), some).items == (
        some[1],
    )
    assert advisory.meant(Names(words=frozenset({"ferry"}), numbers=frozenset({411})), some).items == (some[0],)
    assert advisory.meant(Names(words=frozenset({"bridge"})), some).items == (some[0],)
    assert advisory.meant(Names(words=frozenset({"harbour"})), some).items == ()


def test_only_a_name_that_fits_one_story_is_certain_and_a_quoted_headline_never_is() -> None:
    some = [named(411, slugline="Council"), named(412, slugline="Council"), named(413, story=411, slugline="Bridge")]

    two = advisory.meant(Names(words=frozenset({"council"})), some)
    takes = advisory.meant(Names(numbers=frozenset({411, 413})), some)
    quoted = advisory.meant(advisory.names("The story “Headline of story 412” is wrong.", PLAIN), some)

    assert (len(two.items), two.is_certain) == (2, False)
    assert (len(takes.items), takes.is_certain) == (1, True)
    assert (quoted.items, quoted.is_certain) == ((some[1],), False)


def test_a_number_that_counts_anew_every_day_means_the_item_of_the_day() -> None:
    some = [
        named(1, guid="lna0412 of 2026-03-02"),
        named(2, guid="lna0412 of 2026-03-03", day="2026-03-03"),
        named(3, guid="no number"),
    ]

    assert advisory.meant(Names(numbers=frozenset({412})), some, day="2026-03-03").items == (some[1],)
    assert len(advisory.meant(Names(numbers=frozenset({412})), some, day="2026-03-05").items) == 2


def test_a_substitute_names_what_it_replaces_by_relation_or_in_its_note() -> None:
    related = item(refs=(Ref(rel="replaces", id="Urn:1"), Ref(rel="via", id="urn:2")))
    labelled = item(
        signals=("substitute",), ednotes=(EdNote(text="Substitutes LNA-0411, killed."), EdNote(text="Call LNA 0999."))
    )

    assert advisory.replaced(related, LANTERN) == Names(words=frozenset({"urn:1"}))
    assert advisory.replaced(labelled, LANTERN).numbers == {411}


def test_a_feed_files_notes_to_editors_sluglines_and_replacements_as_the_profile_says() -> None:
    profile = Profile(
        schemes={"slug": "https://lantern.example/slug"}, relations={"https://lantern.example/replaces": "replaces"}
    )
    body = b"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
    <item><guid>1</guid><title>Ferry</title><category domain="https://lantern.example/slug">Ferry-Council</category>
    <atom:link rel="https://lantern.example/replaces" href="tag:lantern.example,2026:7"/></item>
    <item><guid>2</guid><title>On the ferry</title><category>Advisory</category></item>
    <item><guid>3</guid><title>HOLD: Ferry</title><category>advisory</category></item></channel></rss>"""

    copy, notice, hold = formats.parse(body, profile=profile).items

    assert (copy.slugline, copy.refs) == ("Ferry-Council", (Ref(rel="replaces", id="tag:lantern.example,2026:7"),))
    assert (notice.status, notice.signals) == ("withheld", ("advisory",))
    assert (hold.status, hold.signals) == ("withheld", ("hold", "advisory"))


def test_the_word_of_another_on_an_item_changes_where_it_stands() -> None:
    stand = identity.stand(item(), "h")

    assert stand.ruled("withheld") == identity.Stand(**{**structs.asdict(stand), "status": "withheld"})


@pytest.mark.parametrize(
    ("event", "status", "is_certain", "does"),
    [
        (Kind.KILL, "usable", True, Kind.KILL),
        (Kind.KILL, "withheld", True, Kind.KILL),
        (Kind.KILL, "usable", False, Kind.HOLD),
        (Kind.KILL, "withheld", False, Kind.NOTHING),
        (Kind.KILL, "canceled", True, Kind.NOTHING),
        (Kind.HOLD, "usable", False, Kind.HOLD),
        (Kind.HOLD, "withheld", True, Kind.NOTHING),
        (Kind.RELEASE, "withheld", True, Kind.UPDATE),
        (Kind.RELEASE, "withheld", False, Kind.NOTHING),
        (Kind.RELEASE, "usable", True, Kind.NOTHING),
        (Kind.NOTHING, "usable", True, Kind.NOTHING),
    ],
)
def test_what_an_advisory_does_to_a_story_in_doubt_is_the_safe_side(
    event: Kind, status: str, is_certain: bool, does: Kind
) -> None:
    decision = decide.advised(event, status, is_certain=is_certain)

    assert decision.event is does
    assert decision.lifts is (does is Kind.UPDATE)
    assert (decision == NOTHING) is (does is Kind.NOTHING)


def test_what_speaks_of_others_is_no_story_and_what_replaces_a_killed_one_is_its_substitute() -> None:
    assert decide.at_first_sight(item(), None, is_advice=True).event is Kind.ADVISORY
    assert decide.substituted(Kind.NEW, replaces_killed=True) is Kind.SUBSTITUTE
    assert decide.substituted(Kind.NEW, replaces_killed=False) is Kind.NEW
