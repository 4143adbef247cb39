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
from wiredesk.news.item import Status, Value

MAX_PATTERN = 200
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


class Written(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile as its file has it.

    `status` gives our word for each of the agency's; `schemes` the address of the vocabulary behind each purpose
    (status, signal, relation, note, slug); `relations` what a link between items means, by address or by name;
    `labels` the agency's words for each event; `item_names` how it names its items in notes to editors; `numbering`
    and `charset` hold for one format each; `expires` says whether an item goes at its expiry or the date is a hint;
    `keys` maps a house JSON format's keys to fields of Item; `blocks` are the first lines of parts of a text that are
    not for publication; `boilerplate` are lines that are no copy; `datelines` and `bylines` are patterns for how a text
    wire's copy begins, their first group the dateline or byline.
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
    relations: Mapping[str, str] = {}
    notes: Notes = Notes()
    labels: Mapping[str, tuple[str, ...]] = {}
    label_at: str = ""
    item_names: Mapping[str, str | tuple[str, ...]] = {}
    numbering: Mapping[str, Numbering] = {}
    keys: Mapping[str, str] = {}
    blocks: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    subjects: Mapping[str, str] = {}
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


def read(text: str, *, zone: Callable[[str], tzinfo]) -> Profile:
    """A profile from JSON or TOML. `zone` finds a time zone by its name. Raises NewsError with what is wrong."""
    decode = msgspec.json.decode if text.lstrip().startswith("{") else msgspec.toml.decode
    try:
        written = decode(text, type=Written)
        profile = Profile(**msgspec.structs.asdict(written), clock=zone(written.zone))
    except (msgspec.MsgspecError, LookupError, ValueError) as error:
        raise NewsError(f"the profile cannot be read: {error}") from None
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
