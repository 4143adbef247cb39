"""An agency's dialect as data: how it writes status, notes, labels and names of its items (docs/reference/profiles.md).

One file an agency, never a class. What a file does not say has the meaning that the formats' standards give it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import Literal

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Credit, EdNote, Link, Media, Person, Ref, Rights, Status, Subject, Value

MAX_PATTERN = 200
# The words of IPTC's publishing status (cv.iptc.org/newscodes/pubstatusg2), and how one of them is often misspelt.
STATUS: Mapping[str, Status] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
# What `keys` may fill beside fields of Item: plain text that becomes HTML, one part of a value, what holds the items.
_ONE = frozenset(
    "guid version status signals url external_url provider headline subhead slugline keywords summary body byline "
    "dateline published updated embargo expiry urgency ednotes places persons orgs language".split()
)
_OTHER = frozenset(("summary_text", "body_text", "items", "ignored"))
_PARTS = frozenset(
    f"{name}.{part}"
    for name, value in (("rights", Rights), ("credit", Credit))
    for part in value.__struct_fields__
    if part not in ("scope", "updated")
)
TARGETS = _ONE | _OTHER | _PARTS
_LISTED: Mapping[str, tuple[str, ...]] = {
    "authors": Person.__struct_fields__,
    "credit": ("name", "url", "id", "rights"),
    "ednotes": EdNote.__struct_fields__,
    "links": Link.__struct_fields__,
    "media": Media.__struct_fields__,
    "refs": Ref.__struct_fields__,
    "subjects": Subject.__struct_fields__,
    **dict.fromkeys(("dateline", "keywords", "orgs", "persons", "places", "provider", "signals"), ("name",)),
}
_TOPIC = re.compile(r"[0-9]{8}")
_NESTED = ("+)+", "*)+", "+)*", "*)*", "})+", "})*", "+){", "*){")


class Notes(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Roles of notes to editors: those readers may see, those whose text says what was corrected, those never shown."""

    public: tuple[str, ...] = ()
    correction_text: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


class Numbering(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a numbered wire counts: `pattern` has # for each digit."""

    pattern: str = ""
    restarts: Literal["daily", "never"] = "never"
    gap: Literal["alert", "ignore"] = "alert"


class Listed(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list in a house JSON format: `at` is the path to it, `gives` the field of Item that each of its rows adds to.

    `keys` maps a row's key paths to fields of what is added: a path that begins with ^ starts at the object that holds
    the list, "." is a row that is a plain string. Only rows with one of the values of `only` count, if it names any;
    `fixed` are fields that are the same for all rows.
    """

    at: str
    gives: Literal[
        "authors",
        "credit",
        "dateline",
        "ednotes",
        "keywords",
        "links",
        "media",
        "orgs",
        "persons",
        "places",
        "provider",
        "refs",
        "signals",
        "subjects",
    ]
    keys: Mapping[str, str]
    only: Mapping[str, tuple[str, ...]] = {}
    fixed: Mapping[str, str] = {}


class Written(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile as its file has it.

    `status` gives our word for each of the agency's; `schemes` the address of the vocabulary behind each purpose
    (status, signal, relation, note, slug), `prefixes` the one that a prefix of codes stands for; `relations` what a
    link between items means, by address or by name; `labels` the agency's words for each event; `item_names` how it
    names its items in notes to editors; `numbering` and `charset` hold for one format each; `expires` says whether an
    item goes at its expiry or the date is a hint; `keys` maps the key paths of a house format in JSON or XML to fields
    of Item, `lists` says what its lists hold, `readers` what a key must say of an item that is for readers at all;
    `blocks` are the first lines of parts of a text that are not for publication; `boilerplate` are beginnings of lines
    that are no copy; `datelines` and `bylines` are patterns for how a text wire's copy begins, their first group the
    dateline or byline; `subjects` are names for the agency's codes, `topics` the Media Topics that they stand for,
    where a star at a key's end stands for any rest, question marks for a rest of so many characters.
    """

    code: str = ""
    source: str = ""
    zone: str = "UTC"
    language: str = ""
    credit: str = ""
    rights: str = ""
    charset: Mapping[str, str] = {}
    status: Mapping[str, Status] = {}
    schemes: Mapping[str, str] = {}
    prefixes: Mapping[str, str] = {}
    relations: Mapping[str, str] = {}
    notes: Notes = Notes()
    labels: Mapping[str, tuple[str, ...]] = {}
    label_at: str = ""
    item_names: Mapping[str, str | tuple[str, ...]] = {}
    numbering: Mapping[str, Numbering] = {}
    keys: Mapping[str, str] = {}
    lists: tuple[Listed, ...] = ()
    readers: Mapping[str, str] = {}
    blocks: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    subjects: Mapping[str, str] = {}
    topics: Mapping[str, str] = {}
    identity: Literal["guid", "link"] = "guid"
    expires: Literal["remove", "hint"] = "remove"
    future_dates: Literal["clamp", "embargo"] = "clamp"
    revival_after_kill: str = ""


class Profile(Written, frozen=True, kw_only=True):
    """A profile ready to be read by: `clock` is its time zone."""

    clock: tzinfo = UTC

    def charset_of(self, format_: str) -> str:
        """The charset of undeclared text in a format, or ""."""
        return self.charset.get(format_, "")

    def status_of(self, word: str) -> Status | None:
        """Our word for the agency's, whatever its case; None for one that nobody has explained."""
        plain = word.strip().casefold()
        own = {said.casefold(): meant for said, meant in self.status.items()}
        return own.get(plain) or STATUS.get(plain)

    def may_show(self, role: str) -> bool:
        """Whether readers may see a note to editors that has this role, written whole or without its scheme."""
        return not self._is(role, self.notes.private) and self._is(
            role, (*self.notes.public, *self.notes.correction_text)
        )

    def is_correction(self, role: str) -> bool:
        """Whether a note of this role says what was corrected."""
        return self._is(role, self.notes.correction_text)

    def meaning_of(self, *links: str) -> str:
        """What the first of these relations means that the agency has explained, or ""."""
        return next((self.relations[link] for link in links if link in self.relations), "")

    def _is(self, role: str, roles: tuple[str, ...]) -> bool:
        bare = role.removeprefix(self.schemes.get("note", "")).rpartition(":")[2]
        return bool(role) and (role in roles or bare in roles)


def read(text: str, *, zone: Callable[[str], tzinfo]) -> Profile:
    """A profile from JSON or TOML. `zone` finds a time zone by its name. Raises NewsError with what is wrong."""
    decode = msgspec.json.decode if text.lstrip().startswith("{") else msgspec.toml.decode
    try:
        written = decode(text, type=Written)
        profile = Profile(**msgspec.structs.asdict(written), clock=zone(written.zone))
    except (msgspec.MsgspecError, LookupError, ValueError) as error:
        raise NewsError(f"the profile cannot be read: {error}") from None
    _check_keys(profile)
    strange = next((topic for topic in profile.topics.values() if not _TOPIC.fullmatch(topic)), "")
    if strange:
        raise NewsError(f"the profile cannot be read: {strange[:40]!r} is no code of a Media Topic, which has 8 digits")
    for pattern in (*profile.blocks, *profile.boilerplate, *profile.keys, *profile.datelines, *profile.bylines):
        if len(pattern) > MAX_PATTERN or any(nested in pattern for nested in _NESTED):
            raise NewsError(f"the profile cannot be read: {pattern[:40]!r} is too long or repeats a repetition")
    for pattern in (*profile.datelines, *profile.bylines):
        _check_group(pattern)
    return profile


def _check_group(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise NewsError(f"the profile cannot be read: {pattern[:40]!r}: {error}") from None
    if not groups:
        raise NewsError(f"the profile cannot be read: {pattern[:40]!r} has no group")


def _check_keys(profile: Profile) -> None:
    """A key that leads nowhere is a slip of the pen, and copy would be lost by it without a word."""
    strange = [field for field in profile.keys.values() if field not in TARGETS]
    for listed in profile.lists:
        known = _LISTED[listed.gives]
        strange += [f"{listed.gives}.{one}" for one in (*listed.keys.values(), *listed.fixed) if one not in known]
    if strange:
        raise NewsError(f"the profile cannot be read: there is no field {strange[0]!r} for a key to fill")
