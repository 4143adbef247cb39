"""What tests/data/rss/everything.xml says, field by field; what is not named here is not looked at."""

FEED = {
    "title": "Lantern & Wire",
    "url": "https://lantern.example/",
    "self_url": "https://lantern.example/feed",
    "prev": "https://lantern.example/feed/1",
    "subtitle": "News of the coast",
    "language": "en-GB",
    "hubs": ["https://hub.example/"],
    "image": "https://lantern.example/logo.png",
    "icon": "https://lantern.example/icon.png",
    "ttl": 30,
    "update_period": "hourly",
    "skip_hours": [3, 0],
    "skip_days": ["Sunday"],
    "cloud": {"domain": "cloud.example", "port": "80"},
    "complete": True,
    "generator": "pen",
    "authors": [{"name": "The Desk", "email": "desk@lantern.example"}],
}
CATEGORIES = ["Coast", "News", "Local", "sea", "wind"]
FIRST = {
    "guid": "urn:1",
    "guid_kind": "opaque",
    "url": "https://lantern.example/1",
    "headline": "Ferry & bridge",
    "headline_raw": "CORRECTED: Ferry & bridge",
    "signals": ["correction"],
    "status": "usable",
    "summary": "Short.",
    "body": "<p>Long.</p>",
    "body_kind": "full",
    "published": {"raw": "Mon, 02 Mar 2026 07:14:00 +0100", "utc": "2026-03-02T06:14:00Z", "how": "zone"},
    "updated": {"raw": "2026-03-02T08:00:00Z", "utc": "2026-03-02T08:00:00Z", "how": "zone"},
    "authors": [
        {"name": "Ines Calder", "email": "ines@lantern.example"},
        {"name": "Noor"},
        {"name": "Tobias", "role": "contributor"},
    ],
    "credit": [
        {"name": "Coast Agency", "url": "https://agency.example/feed"},
        {"url": "https://agency.example/"},
        {"name": "Courier"},
    ],
    "ednotes": [{"text": "Corrects paragraph 2 to 13, not 31", "role": "correction", "public": True}],
    "comments": {"url": "https://c.example/", "feed": "https://c.example/feed", "count": 3},
    "external_url": "https://v.example/",
    "refs": [{"rel": "via", "id": "https://v.example/"}, {"rel": "in-reply-to", "id": "urn:0"}],
    "keywords": ["boat", "a", "b"],
    "places": ["45 -71"],
    "language": "en-GB",
    "embargo": {"raw": "2026-03-03T00:00:00Z", "utc": "2026-03-03T00:00:00Z", "how": "zone"},
    "expiry": {"raw": "2026-04-01", "utc": "2026-04-01T00:00:00Z", "how": "assumed"},
    "podcast": {"itunes:author": "Nobody", "itunes:duration": "1:00"},
    "extra": [
        {"qname": "{http://search.yahoo.com/mrss/}rating", "text": "x"},
        {"qname": "{https://lantern.example/ns}odd", "attributes": {"key": "v"}, "text": "kept"},
    ],
}
MEDIA = [
    ("https://e.example/a.pdf", "enclosure", ""),
    ("https://e.example/a.mp3", "enclosure", ""),
    ("https://m.example/1.mp4", "content", "Ada, Bo"),
    ("https://m.example/t.jpg", "thumbnail", ""),
    ("https://m.example/play", "content", ""),
    ("https://m.example/g.jpg", "thumbnail", ""),
    ("https://m.example/2.jpg", "content", ""),
    ("https://i.example/i.png", "image", ""),
]
SECOND = {"guid": "id-2", "url": "https://lantern.example/2", "summary": "Before", "body": "After"}
THIRD = {
    "guid": "https://lantern.example/3",
    "guid_kind": "permalink",
    "url": "https://lantern.example/3",
    "headline": "",
    "summary": "Sound",
}
