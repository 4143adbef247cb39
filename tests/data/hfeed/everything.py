"""What tests/data/hfeed/everything.html says, field by field; its address is https://lantern.example/notes/."""

FEED = {
    "title": "Harbour notes",
    "subtitle": "Short copy from the quays",
    "url": "https://lantern.example/notes/",
    "self_url": "https://lantern.example/notes/",
    "hubs": ["https://hub.example/"],
    "next": "https://lantern.example/notes/?page=2",
    "language": "en-GB",
    "rights": [{"scope": "feed", "licence": "https://creativecommons.org/licenses/by/4.0/"}],
    "image": "https://lantern.example/quay.jpg",
    "icon": "https://lantern.example/lantern.ico",
    "authors": [{"name": "The Lantern", "uri": "https://lantern.example/"}],
}
FIRST = {
    "guid": "https://lantern.example/notes/ferry",
    "guid_kind": "permalink",
    "url": "https://lantern.example/notes/ferry",
    "headline": "Ferry sails again",
    "headline_raw": "CORRECTED: Ferry sails again",
    "signals": ["correction"],
    "summary": "The ferry &amp; its crew are back.",
    "body_kind": "full",
    "body_base": "https://lantern.example/notes/",
    "authors": [
        {"name": "Ada Quill", "email": "ada@lantern.example", "uri": "https://lantern.example/people/ada"},
        {"name": "Bo Marsh"},
    ],
    "published": {"raw": "2026-03-02T07:14:00+01:00", "utc": "2026-03-02T06:14:00Z", "how": "zone"},
    "updated": {"raw": "2026-03-02 09:30", "utc": "2026-03-02T09:30:00Z", "how": "assumed"},
    "subjects": [{"name": "Harbour"}, {"name": "Ferries"}],
    "persons": ["Cy Thorn"],
    "places": ["Port Ember"],
    "credit": [{"name": "Ember Post", "url": "https://ember.example/"}],
    "rights": [{"scope": "item", "licence": "https://creativecommons.org/licenses/by-nd/4.0/"}],
    "refs": [{"rel": "in-reply-to", "id": "https://ember.example/ferry-stopped"}],
    "links": [
        {"rel": "alternate", "href": "https://lantern.example/notes/ferry"},
        {"rel": "syndication", "href": "https://social.example/@lantern/1"},
    ],
    "media": [
        {
            "href": "https://lantern.example/ferry.jpg",
            "medium": "image",
            "rendition": "featured",
            "alt": "The ferry at the quay",
        },
        {"href": "https://lantern.example/ferry.mp4", "medium": "video", "rendition": "video"},
    ],
    "comments": {"count": 1},
    "extra": [{"qname": "p-rsvp", "text": "yes"}],
    "language": "en-GB",
}
SECOND = {
    "guid": "https://lantern.example/notes/fog",
    "headline": "",
    "body": 'Fog on the <abbr title="estuary">est.</abbr> today',
    "published": {"raw": "2026-03-03 18:40", "utc": "2026-03-03T18:40:00Z", "how": "assumed"},
}
THIRD = {
    "guid": "tag:lantern.example,2026:tides",
    "guid_kind": "opaque",
    "url": "",
    "external_url": "https://ember.example/tides",
    "refs": [
        {"rel": "in-reply-to", "id": "https://ember.example/tides"},
        {"rel": "bookmark-of", "id": "https://ember.example/tides"},
    ],
    "published": {"raw": "not a date", "utc": None, "how": "absent"},
}
FOURTH = {"guid": "https://lantern.example/notes/#bare", "guid_kind": "opaque", "headline": "Nothing but words"}
STONES = [
    {
        "guid": "https://lantern.example/notes/wrong",
        "when": {"raw": "2026-03-04T10:00:00Z", "utc": "2026-03-04T10:00:00Z", "how": "zone"},
        "link": "https://lantern.example/notes/wrong",
    }
]
