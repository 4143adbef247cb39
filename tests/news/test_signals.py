"""Labels and leading notes: what copy says of itself."""

from __future__ import annotations

import pytest

from wiredesk.news import signals


@pytest.mark.parametrize(
    ("headline", "found", "rest"),
    [
        ("CORRECTED-UPDATE 1-Ferry sails", ("correction", "update"), "Ferry sails"),
        ("REFILE: Ferry sails", ("refile",), "Ferry sails"),
        ("UPDATE 3 - Ferry sails", ("update",), "Ferry sails"),
        ("KILL: Ferry sails", ("kill",), "Ferry sails"),
        ("HOLD", ("hold",), ""),
        ("KILL KILL KILL", ("kill",), ""),
        ("ADVISORY: hold on ferry", ("advisory",), "hold on ferry"),
        ("Kill or cure: ferry firm", (), "Kill or cure: ferry firm"),
        ("UPDATED plans for ferry", (), "UPDATED plans for ferry"),
        ("KILLER whale seen", (), "KILLER whale seen"),
    ],
)
def test_labels_are_read_at_the_start_in_capitals_only(headline: str, found: tuple[str, ...], rest: str) -> None:
    assert signals.labels(headline) == (found, rest)


def test_a_label_makes_a_status() -> None:
    assert [signals.status_of(found) for found in (("kill", "hold"), ("hold",), ("advisory",), ("update",))] == [
        "canceled",
        "withheld",
        "withheld",
        "usable",
    ]
    assert signals.may_have_labels("UPDATE 1-x") and not signals.may_have_labels("Ferry")


def test_a_leading_note_leaves_the_text() -> None:
    assert signals.lead_note("<p><i>(Corrects figure to 13 &amp; 4)</i></p><p>Text</p>") == (
        "Corrects figure to 13 & 4",
        "<p>Text</p>",
    )
    assert signals.lead_note("<p>Text (Corrects nothing)</p>") == ("", "<p>Text (Corrects nothing)</p>")
    assert [signals.kind_of_note(note) for note in ("Refiles", "Substitutes", "Corrects")] == [
        "refile",
        "substitute",
        "correction",
    ]
