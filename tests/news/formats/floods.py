"""Documents of a given size that hurt parsers, in every format: where one has a place for copy, much stands there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" standardversion="2.12" conformance="power"'
# Around what floods: the places of each XML format that its reader looks into.
XML: dict[str, tuple[str, str]] = {
    "rss item": ("<rss><channel><item><title>T</title>", "</item></channel></rss>"),
    "rss text": ("<rss><channel><item><title>T</title><description>", "</description></item></channel></rss>"),
    "rss channel": ("<rss><channel>", "</channel></rss>"),
    "atom entry": ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>', "</entry></feed>"),
    "atom content": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><content type="xhtml">',
        "</content></entry></feed>",
    ),
    "g2 content": (
        f'<newsItem {G2} guid="urn:x:1" version="1"><contentMeta><headline>T</headline></contentMeta><contentSet><inlineXML>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body>',
        "</body></html></inlineXML></contentSet></newsItem>",
    ),
    "g2 meta": (
        f'<newsItem {G2} guid="urn:x:1" version="1"><contentMeta><headline>T</headline>',
        "</contentMeta></newsItem>",
    ),
    "nitf": (
        "<nitf><body><body.head><hedline><hl1>T</hl1></hedline></body.head><body.content>",
        "</body.content></body></nitf>",
    ),
    "nitf head": ('<nitf><head><docdata><doc-id id-string="1"/>', "</docdata></head><body/></nitf>"),
    "newsml1": (
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>T</HeadLine></NewsLines><ContentItem><DataContent>",
        "</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    ),
    "newsml1 components": ("<NewsML><NewsItem><NewsComponent>", "</NewsComponent></NewsItem></NewsML>"),
    "sitemap": ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>"),
    "page": (
        "<!doctype html><html><div class=h-entry><p class=p-name>T</p><div class=e-content>",
        "</div></div></html>",
    ),
}


def attributes(tag: str, count: int) -> str:
    said = " ".join(f'a{n}="{n}"' for n in range(count))
    return f"<{tag} {said}/>"


INNER: dict[str, Callable[[int], str]] = {
    "deep": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
    "children": lambda size: "<p>x</p>" * (size // 8),
    "empty children": lambda size: "<b/>" * (size // 4),
    "attributes": lambda size: attributes("p", size // 20),
    "base64": lambda size: f'<img src="data:image/png;base64,{"A" * size}"/>',
    "text": lambda size: "word " * (size // 5),
    "no spaces": lambda size: "w" * size,
    "blanks": lambda size: " " * size,
    "lines": lambda size: "\n" * size,
    "entities": lambda size: "&amp;" * (size // 5),
    "unknown entities": lambda size: "&zqx;" * (size // 5),
    "numbers": lambda size: "&#65;" * (size // 5),
    "open tags": lambda size: "<p>x" * (size // 4),
    "bare signs": lambda size: "< & " * (size // 4),
    "cdata": lambda size: "<![CDATA[x]]>" * (size // 13),
    "half cdata": lambda size: "<![CDATA[" * (size // 9),
    "half comments": lambda size: "<!--" * (size // 4),
    "half instructions": lambda size: "<?x " * (size // 4),
    "prefixes": lambda size: "".join(f"<p{n}:x/>" for n in range(size // 14)),
    "brackets": lambda size: "(" * size,
    "labels": lambda size: "UPDATE 1-" * (size // 9),
    "digits": lambda size: "1" * size,
    "links": lambda size: '<link href="/x"/>' * (size // 17),
    "escaped markup": lambda size: "&lt;p&gt;x&lt;/p&gt;" * (size // 20),
    "half escaped": lambda size: "&lt;!-- " * (size // 8),
}


def xml() -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    """Each place with each flood: two names, and what makes the bytes."""
    for place, (before, after) in XML.items():
        for flood, inner in INNER.items():
            yield (
                place,
                flood,
                lambda size, before=before, after=after, inner=inner: f"{before}{inner(size)}{after}".encode(),
            )


def _json(**fields: object) -> bytes:
    return json.dumps({"uri": "urn:x:1", "headline": "T", **fields}).encode()


OTHER: dict[str, Callable[[int], bytes]] = {
    "ninjs text": lambda size: _json(body_text="word " * (size // 5)),
    "ninjs lines": lambda size: _json(body_text="\n" * size),
    "ninjs paragraphs": lambda size: _json(body_text="x\n\n" * (size // 4)),
    "ninjs html": lambda size: _json(body_xhtml="<p>" * (size // 3)),
    "ninjs nitf": lambda size: _json(body_nitf="<p>" * (size // 3)),
    "ninjs subjects": lambda size: _json(subject=[{"code": f"c{n}"} for n in range(size // 17)]),
    "ninjs people": lambda size: _json(person=[{"name": f"c{n}"} for n in range(size // 17)]),
    "ninjs same": lambda size: _json(person=[{"name": "c"}] * (size // 17)),
    "ninjs keys": lambda size: _json(**{f"k{n}": n for n in range(size // 17)}),
    "ninjs bodies": lambda size: _json(bodies=[{"contenttype": "text/html", "value": "x"}] * (size // 50)),
    "ninjs associations": lambda size: _json(
        associations={f"a{n}": {"type": "picture", "headline": "x"} for n in range(size // 100)}
    ),
    "ninjs renditions": lambda size: _json(
        renditions={f"a{n}": {"href": f"https://x.example/{n}"} for n in range(size // 50)}
    ),
    "ninjs ednote": lambda size: _json(ednote="(" * size),
    "ninjs headline": lambda size: _json(headline="UPDATE 1-" * (size // 9)),
    "ninjs list": lambda size: json.dumps([{"uri": f"u{n}", "headline": "x"} for n in range(size // 50)]).encode(),
    "json deep": lambda size: (
        b'{"uri":"u","headline":"x","a":' + b"[" * 60 + b"1," * (size // 5) + b"1" + b"]" * 60 + b"}"
    ),
    "jsonfeed items": lambda size: json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": str(n)} for n in range(size // 26)]}
    ).encode(),
    "jsonfeed tags": lambda size: json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "tags": [f"t{n}" for n in range(size // 17)]}],
        }
    ).encode(),
    "jsonfeed files": lambda size: json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "attachments": [{"url": f"https://x.example/{n}"} for n in range(size // 50)]}],
        }
    ).encode(),
}


def _wire(text: str, head: str = "lnt0412 4 pl 50 Ferry") -> bytes:
    return f"\x01{head}\r\n\x02{text}\r\n\x03\r\n021410 GMT Mar 26\x04".encode()


def _anpa(text: str) -> bytes:
    return f"\x01a0412\x1f\r\nr s BC-Ferry 03-02 0100\r\n\x02{text}\r\n\x03\r\nAP-WF-03-02-26 0410EST\r\n\x04".encode()


TEXT: dict[str, Callable[[int], str]] = {
    "words": lambda size: "Ferry sails =\r\n   " + "word " * (size // 5),
    "letters": lambda size: "w" * size,
    "lines": lambda size: "Ferry sails =\r\n" + "x\r\n" * (size // 3),
    "empty lines": lambda size: "Ferry sails =\r\n" + "\r\n" * (size // 2),
    "paragraphs": lambda size: "Ferry sails =\r\n" + "   One.\r\n" * (size // 9),
    "brackets": lambda size: "Ferry sails =\r\n   " + "(" * size,
    "labels": lambda size: "KILL: " * (size // 6),
    "headings": lambda size: "Ferry sails =\r\n" + "# x\r\n" * (size // 5),
    "stars": lambda size: "Ferry sails =\r\n" + "*" * size,
    "numbers": lambda size: "Ferry sails =\r\n   Eds: " + "item 0413 " * (size // 10),
    "notes": lambda size: "Ferry sails =\r\n" + "   Eds: item 0413\r\n" * (size // 19),
    "blanks": lambda size: "Ferry sails =\r\n" + " " * size,
    "signs": lambda size: "<=" * (size // 2),
    "starts": lambda size: "\x01" * size,
    "messages": lambda size: "\x03\x04\x01lnt0413 4 pl\r\n\x02x" * (size // 20),
}


def others() -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """The same of formats that are no XML."""
    yield from OTHER.items()
    for name, text in TEXT.items():
        yield f"iptc7901 {name}", lambda size, text=text: _wire(text(size))
        yield f"anpa {name}", lambda size, text=text: _anpa(text(size))
