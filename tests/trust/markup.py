"""What a second parser finds in a page: whatever could act in a reader's browser, and what a page names itself."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

ACTIVE = frozenset(
    "script style svg math iframe object embed applet base frame frameset template noscript noembed noframes xmp "
    "plaintext portal meta-refresh".split()
)
ADDRESSES = frozenset(
    "href src srcset action formaction poster cite data background ping longdesc manifest xlink:href archive classid "
    "codebase dynsrc lowsrc icon profile usemap".split()
)
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")


def elements(html: str) -> Iterator[Element]:
    """The elements of a page as a browser would see them."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield element


def active_in(html: str, *, allowed: Collection[str] = ()) -> list[str]:
    """What could run, load or send something. `allowed` are elements of our own that the page may have."""
    found = []
    for element in elements(html):
        name = local(element.tag)
        refresh = name == "meta" and "refresh" in element.get("http-equiv", "").lower()
        if (name in ACTIVE and name not in allowed and not is_data(element)) or refresh:
            found.append(f"<{name}>")
        found += [f"{name} {said}" for said in _acting_attributes(name, element)]
    return found


def is_data(element: Element) -> bool:
    """Whether a script element is data that no browser runs: JSON-LD alone, and nothing in it that could end it."""
    text = element.text or ""
    if element.tag != "script" or dict(element.attrib) != {"type": "application/ld+json"} or set("<>&") & set(text):
        return False
    return isinstance(json.loads(text), dict)


def _acting_attributes(name: str, element: Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        attribute = local(str(key))
        if attribute.startswith("on") or attribute in ("style", "srcdoc"):
            yield attribute
        if attribute in ADDRESSES and not is_web(value, name):
            yield f"{attribute}={value[:60]}"


def is_web(value: str, element: str = "a") -> bool:
    """Whether an address, or each of a srcset, leads to the web or stays here; mail only from a link."""
    schemes = {urlsplit(_BLANK.sub("", part)).scheme.lower() for part in re.split(r",\s+", value)}
    return schemes <= ({"", "http", "https", "mailto"} if element == "a" else {"", "http", "https"})


def local(name: str) -> str:
    """A name without its namespace, small."""
    return name.rpartition("}")[2].lower()


def named_in(html: str) -> set[str]:
    """Every id and name in a page: those that foreign copy could use to stand for something of ours."""
    return {
        f"{local(element.tag)} {key}={element.attrib[key]}"
        for element in elements(html)
        for key in ("id", "name")
        if key in element.attrib
    }


def text_of(html: str) -> str:
    """All that a reader reads, with the title, attributes left out."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return "".join(tree.itertext())
