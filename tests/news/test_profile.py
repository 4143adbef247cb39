"""An agency's dialect read from its file."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo

import pytest

from wiredesk.news import profile
from wiredesk.news.errors import NewsError

EAST = timezone(timedelta(hours=2))


def zone(name: str) -> tzinfo:
    return {"UTC": UTC, "Harbour/East": EAST}[name]


def test_a_profile_is_read_from_json_or_toml() -> None:
    from_json = profile.read(
        '{"code": "ENA", "blocks": ["# NOTEBOOK"], "zone": "Harbour/East", "status": {"dropped": "canceled"}}',
        zone=zone,
    )
    from_toml = profile.read(
        'code = "ENA"\nblocks = ["# NOTEBOOK"]\nzone = "Harbour/East"\n[status]\ndropped = "canceled"\n', zone=zone
    )

    assert from_json == from_toml
    assert (from_json.code, from_json.clock, from_json.status) == ("ENA", EAST, {"dropped": "canceled"})


def test_what_a_profile_does_not_say_is_empty() -> None:
    empty = profile.read("", zone=zone)

    assert empty == profile.Profile()
    assert empty.charset_of("iptc7901") == ""


@pytest.mark.parametrize(
    "text",
    [
        '{"code": 5}',
        '{"status": {"x": "gone"}}',
        '{"odd": 1}',
        'zone = "Nowhere"',
        '{"keys": {"title": "heading"}}',
        '{"lists": [{"at": "tags", "gives": "keywords", "keys": {".": "label"}}]}',
        '{"lists": [{"at": "tags", "gives": "titles", "keys": {}}]}',
        "code = ",
        '{"blocks": ["(a+)+"]}',
        '{"topics": {"SPO": "medtop:15000000"}}',
        f'{{"blocks": ["{"x" * 201}"]}}',
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused_in_words(text: str) -> None:
    with pytest.raises(NewsError, match="the profile cannot be read"):
        profile.read(text, zone=zone)


@pytest.mark.parametrize("pattern", ["(", "no group", "(a+)+"])
def test_a_pattern_for_datelines_is_a_pattern_with_a_group(pattern: str) -> None:
    with pytest.raises(NewsError, match="the profile cannot be read"):
        profile.read(f"datelines = ['{pattern}']", zone=zone)
    assert profile.read(r"bylines = ['By (\w{2,20})']", zone=zone).bylines == (r"By (\w{2,20})",)


def test_a_role_of_a_note_is_known_with_and_without_its_scheme() -> None:
    known = profile.Profile(
        notes=profile.Notes(public=("service",), correction_text=("fix",), private=("contacts", "x:service")),
        schemes={"note": "https://ena.example/note/"},
    )

    assert [known.may_show(role) for role in ("service", "a:fix", "https://ena.example/note/fix")] == [True] * 3
    assert [known.may_show(role) for role in ("", "other", "contacts", "x:service")] == [False] * 4
    assert known.is_correction("a:fix")
    assert not known.is_correction("service")


def test_a_relation_means_what_the_first_that_is_explained_means() -> None:
    known = profile.Profile(relations={"association named replaces": "substitute"})

    assert known.meaning_of("rel", "association named replaces") == "substitute"
    assert known.meaning_of("rel", "other") == ""
