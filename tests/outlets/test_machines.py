"""What machines are told: whose copy it is, what they may do with it, and that it was withdrawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from lxml import etree

from tests import corpora
from tests.makers import PUBLIC, at, entry, feed, take
from wiredesk.desk import edit
from wiredesk.desk.models import Story
from wiredesk.news.licence_file import licence_from
from wiredesk.news.presets import PRESETS

pytestmark = pytest.mark.django_db
SCHEMAS = corpora.FORMATS / "iptc-ninjs" / "specification"
RSL = "{https://rslstandard.org/rsl}"
RESERVED = licence_from(
    {"extent": "full", "selection": "automatic", "outlets": ["site", "feeds", "api"], "indexing": "noindex"}, "partner"
)


def published(name: str = "lantern", licence: Any = PUBLIC, number: int = 1, **fields: Any) -> Story:
    take(feed(name, licence), entry(number, **fields))
    return Story.objects.latest("id")


def linked(row: Story) -> dict[str, Any]:
    page = Client().get(f"/story/{row.pk}/{row.slug}/").content
    blocks = etree.HTML(page).xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(blocks[0].text)
    return found


def uses(address: str) -> dict[str, str]:
    root = etree.fromstring(Client().get(address).content)
    assert root.tag == f"{RSL}rsl" and len(root) == 1
    return {one.tag.removeprefix(RSL): one.text for one in root[0].find(f"{RSL}license")}


def ninjs(row: Story) -> tuple[int, dict[str, Any]]:
    answer = Client().get(f"/story/{row.pk}/ninjs.json")
    return answer.status_code, json.loads(answer.content) if answer.status_code != 404 else {}


def test_json_ld_names_source_licence_version_and_what_it_is_based_on() -> None:
    row = published(licence=PRESETS["cc-by"], extra="<rights>(c) Lantern &lt;/script&gt; News</rights>")
    said = linked(row)

    assert (said["@type"], said["headline"], said["version"]) == ("NewsArticle", "Headline 1", 1)
    assert said["isBasedOn"] | {"publisher": 0} == {
        "@type": "NewsArticle",
        "url": "https://origin.example/1",
        "identifier": "urn:1",
        "publisher": 0,
    }
    assert said["sourceOrganization"]["name"] == said["copyrightHolder"]["name"] == "Lantern"
    assert said["creditText"] == "Lantern" and said["copyrightNotice"] == "(c) Lantern </script> News"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_json_ld_tells_of_corrections_and_of_the_latest_version() -> None:
    lantern = feed(licence=PUBLIC)
    take(lantern, entry(1, title="Nine boats came in", body="<p>Nine boats came in.</p>"))
    take(lantern, entry(1, title="Ten boats came in", body="<p>Ten boats came in at 9.</p>", updated=0), hours=1)
    take(lantern, entry(1, title="Ten boats came in", body="<p>Ten boats came in at 8.</p>", updated=1), hours=2)
    said = linked(Story.objects.get())

    assert said["version"] == 3
    assert [one["@type"] for one in said["correction"]] == ["CorrectionComment"] * 2  # ten for nine, eight for nine


def test_json_ld_holds_no_more_than_the_page() -> None:
    row = published(licence=PRESETS["headline-and-link"], body="<p>Canary in the copy.</p>")

    assert "anary" not in json.dumps(linked(row)) and "dateline" not in linked(row)


def test_rsl_permits_what_the_terms_allow_and_prohibits_the_rest() -> None:
    free = published(licence=PUBLIC)
    assert uses(f"/story/{free.pk}/licence.xml") == uses("/licence.xml") == {"permits": "ai-all search"}

    closed = published("courier", RESERVED, number=2)
    assert uses(f"/story/{closed.pk}/licence.xml") == {"prohibits": "ai-all search"}
    assert uses("/licence.xml") == {"permits": "search", "prohibits": "ai-all"}


def test_the_least_that_any_carrier_allows_is_what_machines_are_told() -> None:
    row = published(licence=PUBLIC)
    take(feed("courier", RESERVED), entry(1))

    assert Story.objects.count() == 1 and row.carriers.count() == 2
    answer = Client().get(f"/story/{row.pk}/{row.slug}/")
    assert (answer["X-Robots-Tag"], answer["tdm-reservation"]) == ("noindex, noai, noimageai", "1")
    assert uses(f"/story/{row.pk}/licence.xml") == {"prohibits": "ai-all search"}
    assert b"/story/" not in Client().get("/sitemap.xml").content


def test_files_for_the_whole_site_say_the_least_that_any_story_allows(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "trust.txt").write_text("contact=mailto:desk@brennet.example\nDataTrainingAllowed = yes\n")
    published(licence=PUBLIC)
    assert Client().get("/trust.txt").content.decode().splitlines() == [
        "contact=mailto:desk@brennet.example",
        "disclosure=http://127.0.0.1:8000/sources/",
        "datatrainingallowed=yes",
    ]
    assert Client().get("/.well-known/tdmrep.json").json() == [{"location": "/", "tdm-reservation": 0}]

    published("courier", RESERVED, number=2)
    assert "datatrainingallowed=no" in Client().get("/.well-known/trust.txt").content.decode()
    assert Client().get("/.well-known/tdmrep.json").json() == [{"location": "/", "tdm-reservation": 1}]
    assert "License: http://127.0.0.1:8000/licence.xml" in Client().get("/robots.txt").content.decode()


def test_a_withdrawn_story_has_no_licence_file_and_a_canceled_item() -> None:
    row = published(licence=PUBLIC, title="Canary sails")
    edit.hold(row.pk, by="ines", now=at(1))
    assert ninjs(row)[1]["pubStatus"] == "withheld" and "Canary" not in json.dumps(ninjs(row))

    edit.kill(row.pk, by="ines", now=at(1))
    status, said = ninjs(row)
    assert (status, said["pubStatus"]) == (410, "canceled") and "Canary" not in json.dumps(said)
    assert Client().get(f"/story/{row.pk}/licence.xml").status_code == 410


def test_a_story_that_may_not_be_passed_on_is_no_ninjs() -> None:
    row = published(licence=PRESETS["planet"])

    assert Client().get(f"/story/{row.pk}/{row.slug}/").status_code == 200
    assert ninjs(row)[0] == 404


@corpora.present
@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_ninjs_of_ours_validates_against_the_schemas_of_the_iptc(version: str) -> None:
    schema = json.loads((SCHEMAS / f"ninjs-schema_{version}.json").read_text())
    validator = jsonschema.validators.validator_for(schema)
    check = validator(schema, format_checker=validator.FORMAT_CHECKER)
    tags = '<category term="Ferries"/><author><name>Ines Calder</name></author>'
    rows = [
        published(licence=PRESETS["cc-by"], extra=tags, title="Ferry “sails” & <b>more</b>"),
        published("courier", PRESETS["headline-and-link"], number=2),
        published("tide", RESERVED, number=3, body="<p>Short.</p>"),
    ]
    killed = published("gull", PUBLIC, number=4)
    edit.kill(killed.pk, by="ines", now=at(1))

    for row in (*rows, killed):
        _, said = ninjs(row)
        assert said and [error.message for error in check.iter_errors(said)] == []
    assert list(check.iter_errors({"uri": 7}))  # the checker finds what is wrong
    assert ninjs(rows[0])[1]["bodies"][0]["value"].startswith("<p>Story number 1")
