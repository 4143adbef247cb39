"""Sitemaps as a feed of last resort: those with news are read, others say what they are."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from wiredesk.news import formats
from wiredesk.news.errors import NewsError, NotAFeed

SM = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
FERRY = """<url><loc>https://lantern.example/ferry</loc><lastmod>2026-03-02T08:00:00Z</lastmod><priority>0.5</priority>
  <news:news><news:publication><news:name>The Lantern</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-03-02T07:14:00+01:00</news:publication_date><news:title>UPDATE 1-Ferry  sails</news:title>
    <news:keywords>ferry, harbour</news:keywords><news:genres>OpEd, </news:genres><news:stock_tickers>X:Y</news:stock_tickers>
  </news:news>
  <image:image><image:loc>https://lantern.example/ferry.jpg</image:loc><image:caption>At the quay</image:caption></image:image>
  <image:image/></url>"""


def a_map(rows: str, root: str = "urlset") -> bytes:
    return (
        f'<?xml version="1.0"?><{root} xmlns="{SM}" xmlns:news="{NEWS}" xmlns:image="{IMAGE}">{rows}</{root}>'.encode()
    )


def said(body: bytes) -> dict[str, Any]:
    return formats.as_json(formats.parse(body, url="https://lantern.example/news.xml"))


def test_news_of_a_sitemap_are_items_with_headline_date_language_and_address() -> None:
    delivery = said(a_map(FERRY))

    (item,) = delivery["items"]
    expected = {
        "guid": "https://lantern.example/ferry",
        "guid_kind": "permalink",
        "url": "https://lantern.example/ferry",
        "headline": "Ferry sails",
        "headline_raw": "UPDATE 1-Ferry sails",
        "published": {"raw": "2026-03-02T07:14:00+01:00", "utc": "2026-03-02T06:14:00Z", "how": "zone"},
        "updated": {"raw": "2026-03-02T08:00:00Z", "utc": "2026-03-02T08:00:00Z", "how": "zone"},
        "language": "en",
        "keywords": ["ferry", "harbour"],
        "subjects": [{"name": "OpEd", "type": "genre"}],
        "credit": [{"name": "The Lantern"}],
        "media": [
            {
                "href": "https://lantern.example/ferry.jpg",
                "medium": "image",
                "rendition": "image",
                "caption": "At the quay",
            }
        ],
        "extra": [{"qname": f"{{{NEWS}}}stock_tickers", "text": "X:Y"}],
        "status": "usable",
    }
    assert delivery["format"] == "sitemap"
    assert delivery["feed"] == {"title": "The Lantern"}
    assert {name: item.get(name) for name in expected} == expected
    assert "body" not in item


def test_pages_that_are_no_news_are_left_out_with_a_note() -> None:
    delivery = said(a_map(FERRY + "<url><loc>https://lantern.example/about</loc></url>"))

    assert len(delivery["items"]) == 1
    assert delivery["notes"] == [{"code": "other-pages", "text": "1 pages are no news and were left out"}]


def test_a_sitemap_of_several_publications_has_no_title() -> None:
    other = FERRY.replace("The Lantern", "Ember Post").replace("/ferry", "/x")
    unnamed = "<url><loc>https://l.example/y</loc><news:news/></url><url><news:news/></url>"

    delivery = said(a_map(FERRY + other + unnamed))
    assert (delivery["feed"], len(delivery["items"])) == ({}, 4)
    assert delivery["items"][3]["guid_kind"] == "made"


def test_a_sitemap_without_any_namespace_is_read_too() -> None:
    bare = a_map(FERRY).replace(f'xmlns="{SM}" '.encode(), b"").replace(f' xmlns:image="{IMAGE}"'.encode(), b"")

    (item,) = said(bare)["items"]
    assert (item["url"], item["headline"], len(item["media"])) == ("https://lantern.example/ferry", "Ferry sails", 1)


def test_a_plain_sitemap_is_no_feed_and_says_why() -> None:
    with pytest.raises(NotAFeed, match="a sitemap without news: it names 2 pages, but no headline or date of any"):
        formats.parse(a_map("<url><loc>https://l.example/</loc></url><url/>"))
    with pytest.raises(NotAFeed, match="it names 0 pages"):
        formats.parse(a_map(""))


def test_an_index_says_that_it_points_to_others() -> None:
    rows = "".join(f"<sitemap><loc>/{name}.xml</loc></sitemap>" for name in ("a", "b", "c", "d", "e", "news"))

    with pytest.raises(
        NotAFeed, match="it holds no items but points to 6 other sitemaps: https://l.example/news.xml"
    ) as told:
        formats.parse(a_map(rows, "sitemapindex"), url="https://l.example/map.xml")
    assert len(told.value.offers) == 6
    assert str(told.value).count("https://") == 5
    with pytest.raises(NotAFeed, match="points to 0 other sitemaps$"):
        formats.parse(a_map("", "sitemapindex"))


def test_a_sitemap_that_breaks_off_marks_its_last_item() -> None:
    whole = a_map(FERRY + FERRY.replace("/ferry", "/x"))
    delivery = formats.parse(whole[: whole.rindex(b"<news:keywords>")])

    assert [item.lossy for item in delivery.items] == [False, True]
    between = formats.parse(whole[: whole.rindex(b"<url>")])
    assert [item.lossy for item in between.items] == [False]


def flood(name: str) -> bytes:
    attributes = " ".join(f'a{n}="1"' for n in range(300_000))
    return a_map(
        {
            "rows": "<url><loc>https://l.example/</loc><news:news/></url>" * 100_000,
            "other rows": "<url/>" * 800_000,
            "deep": FERRY + "<url>" * 1_000_000,
            "attributes": f"<url {attributes}><news:news/></url>",
            "keywords": f"<url><news:news><news:keywords>{'x,' * 2_000_000}</news:keywords></news:news></url>",
            "base64": f"<url><loc>data:{'A' * 5_000_000}</loc><news:news/></url>",
            "entities": f"<url><news:news><news:title>{'&nbsp;' * 800_000}</news:title></news:news></url>",
            "publications": "<url><news:news>" + "<news:publication><news:name>x</news:name></news:publication>" * 80_000,
            "pictures": "<url><news:news/>" + "<image:image><image:loc>/x</image:loc></image:image>" * 80_000,
        }[name]
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", "rows,other rows,deep,attributes,keywords,base64,entities,publications,pictures".split(",")
)
def test_five_hostile_megabytes_are_read_or_refused_in_time(name: str) -> None:
    before = time.process_time()

    with contextlib.suppress(NewsError):
        formats.parse(flood(name), url="https://l.example/")
    assert time.process_time() - before < 10


def test_more_news_than_a_delivery_may_have_are_cut_off() -> None:
    delivery = said(flood("rows"))

    assert (len(delivery["items"]), delivery["lossy"]) == (5_000, True)


def test_an_index_with_addresses_that_are_none_names_none() -> None:
    with pytest.raises(NotAFeed, match="points to 1 other sitemaps$"):
        formats.parse(a_map("<sitemap><loc>javascript:x</loc></sitemap>", "sitemapindex"))
