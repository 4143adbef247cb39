"""What tests/data/nitf/everything.xml says, field by field."""

ITEM = {
    "guid": "LNT-8",
    "guid_kind": "opaque",
    "version": "3",
    "status": "usable",
    "signals": ["correction", "update"],
    "refs": [
        {"rel": "correction", "id": "LNT-7"},
        {"rel": "du-key", "id": "boats-harrow", "version": "3"},
        {"rel": "series", "id": "Tides", "version": "2"},
        {"rel": "management-doc", "id": "LNT-7"},
        {"rel": "lift", "id": "LNT-7"},
    ],
    "credit": [{"name": "Brennet Courier"}, {"name": "Lantern Wire"}],
    "provider": "LNT",
    "headline": "Boats back in Harrow Bay",
    "subhead": "After a storm",
    "slugline": "boats-harrow",
    "keywords": ["boats", "harrow"],
    "summary": "<p>All boats are back.</p>",
    "body_kind": "full",
    "byline": "By Ines Calder Harbour reporter",
    "dateline": "HARROW BAY, March 2",
    "published": {"raw": "20260302T071400+0100", "utc": "2026-03-02T06:14:00Z", "how": "zone"},
    "updated": {"raw": "20260302T071400+0100", "utc": "2026-03-02T06:14:00Z", "how": "zone"},
    "embargo": {"raw": "20260302T120000Z", "utc": "2026-03-02T12:00:00Z", "how": "zone"},
    "expiry": {"raw": "20260309T120000Z", "utc": "2026-03-09T12:00:00Z", "how": "zone"},
    "urgency": 3,
    "ednotes": [
        {"text": "Paragraph 2: three boats, not two.", "role": "correction", "public": True},
        {"text": "Name of the pier.", "role": "correction", "public": True},
        {"text": "Adds the mayor.", "role": "update", "public": False},
        {"text": "Call 555-0101.", "role": "ed-msg", "public": False},
        {"text": "Not for the web.", "role": "editorsnote", "public": False},
        {"text": "Phone 555-0102.", "role": "note", "public": False},
    ],
    "subjects": [
        {"name": "Fishing", "code": "04000000", "scheme": "tobject.subject", "type": "subject"},
        {"name": "Sport", "code": "SPO", "scheme": "tobject.subject", "type": "subject"},
        {"name": "Coast", "code": "c1", "scheme": "desk"},
    ],
    "places": ["Harrow Bay, Northmark, XN", "Harrow Bay, Northland", "Velmark", "HARROW BAY"],
    "persons": ["Ines Calder"],
    "orgs": ["Harbour Board"],
    "language": "en-GB",
    "rights": [
        {"scope": "item", "holder": "Lantern", "notice": "© 2026 Lantern"},
        {"scope": "item", "holder": "Lantern", "terms": "print; Northmark; No archive"},
        {"scope": "item", "terms": "Northmark only"},
    ],
    "media": [
        {
            "href": "https://lantern.example/boats.jpg",
            "type": "image/jpeg",
            "medium": "image",
            "width": "640",
            "height": "480",
            "caption": "Boats at noon.",
            "alt": "Boats",
            "credit": "Cy Fenn",
        },
        {
            "href": "https://lantern.example/boats-small.jpg",
            "type": "image/jpeg",
            "medium": "image",
            "caption": "Boats at noon.",
            "credit": "Cy Fenn",
        },
    ],
}
BODY = (
    '<h2>At noon</h2> <div><p>Three <a href="https://lantern.example/boats">boats</a> came Tobias.<br>All &lt; four.'
    "</p></div> and more <blockquote><div><p>Good.</p></div></blockquote>"
)
KEPT = [
    "meta",
    "tobject.property",
    "fixture",
    "doc-scope",
    "event",
    "revision-history",
    "media",
    "media-reference",
    "body.end",
    "tagline",
]
