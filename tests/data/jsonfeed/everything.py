"""What tests/data/jsonfeed/everything.json says, field by field."""

FEED = {
    "title": "Lantern",
    "url": "https://lantern.example/",
    "self_url": "https://lantern.example/feed.json",
    "hubs": ["https://hub.example/"],
    "complete": True,
    "authors": [{"name": "Desk"}],
    "extra": [{"qname": "_note", "text": '{"a": 1}'}],
}
FIRST = {
    "guid": "5",
    "guid_kind": "opaque",
    "url": "https://lantern.example/1",
    "external_url": "https://e.example/1",
    "headline": "Ferry sails",
    "summary": "a &lt; b",
    "body": "<p>Long</p>",
    "authors": [{"name": "Ines", "uri": "https://i.example/"}],
    "subjects": [{"name": "ferry"}],
    "rights": [{"scope": "item", "notice": "All", "licence": "https://l.example/"}],
    "comments": {"url": "https://c.example/"},
    "media": [
        {"href": "https://lantern.example/i.png", "medium": "image", "rendition": "image"},
        {"href": "https://lantern.example/a.mp3", "type": "audio/mpeg", "length": "9", "rendition": "enclosure"},
    ],
}
SECOND = {"guid": "2", "headline": "", "body": "<p>One</p>\n<p>Two &amp; three</p>", "authors": [{"name": "Old"}]}
