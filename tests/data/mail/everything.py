"""What everything.eml says, read with the Lantern's profile, which has the terms."""

ITEM = {
    "guid": "20260301.7@coast.example",
    "guid_kind": "opaque",
    "headline": "Boats back in Harrow Bäy",
    "headline_raw": "CORRECTION: Boats back in Harrow Bäy",
    "signals": ["correction"],
    "published": {"raw": "Sun, 1 Mar 2026 10:15:00 +0100 (CET)", "utc": "2026-03-01T09:15:00Z", "how": "zone"},
    "updated": {"raw": "Sun, 1 Mar 2026 10:15:00 +0100 (CET)", "utc": "2026-03-01T09:15:00Z", "how": "zone"},
    "language": "en-GB",
    "credit": [{"name": "Coast Agénce", "id": "wire@coast.example"}],
    "body": "<p>Three boats came back to Harrow Bäy on Monday, the harbour board said.</p>\n<p>All crews are &lt;well&gt;.</p>",
    "body_kind": "full",
    "rights": [{"scope": "feed", "notice": "By contract only"}],
}
NOTES = [{"code": "attachment-left", "text": "the attached boats at dawn.jpg is no wire document and was left unread"}]
