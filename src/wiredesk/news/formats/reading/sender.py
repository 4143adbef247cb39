"""Whether a mail comes from a sender whose copy is taken: by its From line, and by what the mailbox's server checked.

A From line alone can be forged by anybody. Only Authentication-Results (RFC 8601) of a named server make it evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wiredesk.news.errors import NewsError
from wiredesk.news.formats.reading import mime
from wiredesk.news.item import Value

MAX_RESULTS = 8_000
_DOMAIN = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){1,10}"
_ADDRESS = rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_DOMAIN}"
_ONE = re.compile(rf"(?:({_ADDRESS})|((?:\"(?:[^\"\\]|\\.){{0,400}}\"|[^<>\"@,;:()\\]){{0,400}})<({_ADDRESS})>)", re.I)
_LISTED = re.compile(rf"(?:{_ADDRESS}|{_DOMAIN})", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_SERVER = re.compile(r"\s{0,20}([^\s;]{1,255})(?:\s{1,20}\d{1,3})?\s{0,20}(?:;|$)")
_RESULT = re.compile(r"\s{0,20}([a-z0-9-]{1,40})(?:/\d{1,3})?\s{0,5}=\s{0,5}([a-z]{1,20})\b", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header\.(?:from|d|i))\s{0,5}=\s{0,5}\"?([^\s;\"]{1,320})", re.IGNORECASE)


class Wanted(Value, frozen=True, kw_only=True):
    """Whose mail is taken: addresses and domains in small letters; the server whose word is believed, if any."""

    senders: tuple[str, ...] = ()
    authserv_id: str = ""


class Verdict(Value, frozen=True, kw_only=True):
    """Whether a message is taken; if not, `why` is said to the desk. `address` is what its From line says."""

    is_taken: bool
    address: str = ""
    why: str = ""


def listed(text: str) -> str:
    """A sender as somebody typed it, an address or a domain, in the form it is compared in. Raises NewsError."""
    name, at, domain = text.strip().lower().removeprefix("@").rpartition("@")
    try:
        made = f"{name}{at}{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except ValueError:
        made = ""
    if not _LISTED.fullmatch(made):
        raise NewsError(f"A sender is an address such as wire@agency.example, or a domain, not {text[:80]!r}.")
    return made


def judge(head: bytes, wanted: Wanted) -> Verdict:
    """Judge a message by its header."""
    try:
        fields = mime.fields(head)
    except NewsError as error:
        return Verdict(is_taken=False, why=f"it is {error}")
    address = author(fields)
    if not address:
        return Verdict(is_taken=False, why="its From line does not name one address that can be read")
    domain = address.rpartition("@")[2]
    if address not in wanted.senders and domain not in wanted.senders:
        return Verdict(is_taken=False, address=address, why="its sender is not listed")
    if wanted.authserv_id and not _is_vouched_for(fields, domain, wanted.authserv_id.lower()):
        why = f"{wanted.authserv_id} does not say that it comes from {domain}: it may be forged"
        return Verdict(is_taken=False, address=address, why=why)
    return Verdict(is_taken=True, address=address)


def author(fields: Sequence[tuple[str, str]]) -> str:
    """The one address of the one From line, in small letters; "" for anything else (RFC 5322 section 3.6)."""
    lines = [value for name, value in fields if name == "from"]
    found = _ONE.fullmatch(" ".join(lines[0].split())[:1000]) if len(lines) == 1 else None
    return (found[1] or found[3]).lower() if found else ""


def display_name(line: str) -> str:
    """The name before the address of a From line, decoded."""
    found = _ONE.fullmatch(" ".join(line.split())[:1000])
    said = (found[2] or "").strip() if found else ""
    if said.startswith('"') and said.endswith('"'):
        said = re.sub(r"\\(.)", r"\1", said[1:-1])
    return mime.words(said).strip()


def _is_vouched_for(fields: Sequence[tuple[str, str]], domain: str, server: str) -> bool:
    """Whether the server says that DMARC, or a DKIM signature of the sender's own domain, passed.

    Servers write on top: of lines under its name only the uppermost and those that directly follow it are its own;
    others below may have come with the message.
    """
    has_passed = False
    for method, result, properties in _results(fields, server):
        if method == "dmarc" and result != "pass":
            return False
        if result == "pass" and method in ("dmarc", "dkim"):
            said = properties.get("header.from" if method == "dmarc" else "header.d") or properties.get("header.i", "")
            has_passed = has_passed or _is_of(domain, said.lower().rpartition("@")[2])
    return has_passed


def _results(fields: Sequence[tuple[str, str]], server: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    has_begun = False
    for name, value in fields:
        said = _COMMENT.sub(" ", value[:MAX_RESULTS])
        found = _SERVER.match(said) if name == "authentication-results" else None
        if found and found[1].lower() == server:
            has_begun = True
            for part in said[found.end() :].split(";"):
                one = _RESULT.match(part)
                if one:
                    yield one[1].lower(), one[2].lower(), {key.lower(): what for key, what in _PROPERTY.findall(part)}
        elif has_begun:
            return


def _is_of(domain: str, signer: str) -> bool:
    """Whether a domain is the signer's, or below it (RFC 7489 section 3.1, without its list of public suffixes)."""
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
