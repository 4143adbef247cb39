"""What tests/data/atom/everything.xml says, field by field."""

FEED = {
    "title": "Lantern Wire",
    "title_html": "Lantern <b>Wire</b>",
    "subtitle": "Of the coast",
    "guid": "urn:feed",
    "url": "https://lantern.example/base/",
    "next": "https://lantern.example/base/?p=2",
    "language": "en",
    "rights": [{"scope": "feed", "notice": "Lantern"}],
    "categories": [{"name": "Coast", "code": "coast", "scheme": "https://s.example/"}],
    "authors": [{"name": "Desk", "email": "d@lantern.example", "uri": "https://lantern.example/desk"}],
    "generator": "https://g.example/",
}
FIRST = {
    "guid": "urn:1",
    "url": "https://lantern.example/base/2026/one",
    "headline": "Ferry sails",
    "headline_html": "Ferry <b>sails</b>",
    "summary": "A &amp; B",
    "body": '<p title="a">Long <br>text</p> tail',
    "body_kind": "full",
    "body_base": "https://lantern.example/base/2026/",
    "authors": [
        {"name": "Ines"},
        {"name": "Plain"},
        {"name": "Tobias", "role": "contributor"},
        {"name": "Agent", "role": "source"},
    ],
    "credit": [
        {
            "name": "Agency",
            "url": "https://agency.example/",
            "id": "urn:agency",
            "rights": "None",
            "updated": {"raw": "2026-03-01T00:00:00Z", "utc": "2026-03-01T00:00:00Z", "how": "zone"},
        }
    ],
    "rights": [{"scope": "item", "notice": "Agency"}, {"scope": "credit", "notice": "None"}],
    "refs": [{"rel": "related", "id": "https://lantern.example/base/2026/two"}],
    "language": "en",
}
BODIES = [
    '<p title="a">Long <br>text</p> tail',
    "a &lt; b",
    "&lt;p&gt;hi&lt;/p&gt;",
    "%%%",
    None,
    "naked <b>markup</b>",
    "<p>hi</p>",
]
STONES = [
    {
        "guid": "urn:9",
        "when": {"raw": "2026-03-02T11:00:00Z", "utc": "2026-03-02T11:00:00Z", "how": "zone"},
        "by": "Ines",
        "reason": "Wrong.",
        "link": "https://x.example/why",
    },
    {"guid": "urn:8", "when": {"raw": "2026-03-02T11:00:00Z", "utc": "2026-03-02T11:00:00Z", "how": "zone"}},
]
