"""The closed list of agencies and syndicators: how each is called, and which one a name means. It judges no copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from wiredesk.news.errors import NewsError
from wiredesk.news.item import Value

_EDGES = " \t\u3000.,:;|*_·•…-–—―=\"'“”„«»()[]（）［］【】/©"  # noqa: RUF001  punctuation as agencies type it
_WORD = re.compile(r"[^\W_][\w&+]{0,60}")
_BETWEEN = re.compile(r"\s{0,3}(?:[/,;+&|=、・،]|\s[-–—]\s|\b(?:and|und|et|y|e|og|och|en|ve|и|with)\b)\s{0,3}")  # noqa: RUF001
# Scripts whose words run on: a name is found in them without looking for the end of a word.
RUNS_ON = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Agency(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agency or syndicator, as agencies.toml has it."""

    short: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    service: bool = False
    shy: bool = False


class Words(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words around names that say what part an agency had; all in lower case, disclaimers are patterns."""

    several: tuple[str, ...]
    disclaimers: tuple[str, ...]
    helped: tuple[str, ...]
    did_help: tuple[str, ...]
    told: frozenset[str]
    says: frozenset[str]
    pictures: frozenset[str]
    beside: frozenset[str]
    house: frozenset[str]
    briefs: tuple[str, ...]
    folders: frozenset[str]
    sources: frozenset[str]
    bylines: frozenset[str]


class _Written(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    agency: dict[str, Agency]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a text an agency is named."""

    agency: Agency
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Agencies:
    """All agencies, ready to be asked."""

    all: tuple[Agency, ...]
    words: Words

    @cached_property
    def _exact(self) -> Mapping[str, Agency]:
        return {one.short: one for one in self.all} | {name: one for one in self.all for name in one.names}

    @cached_property
    def _folded(self) -> Mapping[str, Agency]:
        """By names in small letters; short forms only from three letters on, since "pa" and "aa" are anything."""
        found: dict[str, Agency] = {}
        for one in reversed(self.all):
            names = (one.name, *one.names) if one.shy else (one.name, *one.names, one.short)
            found |= {_key(name): one for name in names if len(name) > 2}
        return found

    @cached_property
    def _by_first_word(self) -> Mapping[str, tuple[tuple[str, Agency], ...]]:
        """Names by their first word, the longest first. The short form of a shy one is no name in running text."""
        found: dict[str, list[tuple[str, Agency]]] = {}
        for one in self.all:
            for name in {one.name, *one.names, *(() if one.shy else (one.short,))}:
                bare = name.removeprefix("The ")
                first = next(iter(_WORD.findall(bare)), "")
                found.setdefault(first, []).append((bare, one))
        return {word: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for word, names in found.items()}

    @cached_property
    def running_on(self) -> Mapping[str, Agency]:
        """Names in scripts that put no space between words."""
        return {name: one for one in self.all for name in one.names if RUNS_ON.search(name)}

    @cached_property
    def by_folder(self) -> Mapping[str, Agency]:
        """By the folders of publishers' addresses."""
        return {path: one for one in self.all for path in one.paths}

    @cached_property
    def slugs(self) -> tuple[tuple[re.Pattern[str], Agency], ...]:
        """Patterns for the last part of an address."""
        return tuple((re.compile(slug), one) for one in self.all for slug in one.slugs)

    @cached_property
    def signs(self) -> tuple[tuple[re.Pattern[str], Agency], ...]:
        """Patterns of lines that only an agency's own copy ends with."""
        return tuple((re.compile(sign), one) for one in self.all for sign in one.signs)

    @cached_property
    def disclaimers(self) -> re.Pattern[str]:
        """Any sentence by which a publisher says that copy is not its own."""
        return re.compile("|".join(self.words.disclaimers), re.IGNORECASE)

    def named(self, phrase: str, *, loose: bool = False) -> Agency | None:
        """The agency whose name the whole of a phrase is; `loose` takes "Afp" for AFP."""
        bare = phrase.strip(_EDGES)
        return self._exact.get(bare) or (self._folded.get(_key(bare)) if loose or len(bare) > 5 else None)

    def listed(self, phrase: str) -> tuple[Agency, ...]:
        """The agencies that a credit lists ("AFP/Reuters", "dpa, AP"), if it names nobody else: else none.

        One that stands beside a picture's words is none either.
        """
        if whole := self.named(phrase):
            return (whole,)
        if self.is_picture(phrase):
            return ()
        parts = [part for part in _BETWEEN.split(phrase[:200]) if part.strip(_EDGES)]
        found = [agency for part in parts if (agency := self._meant(part, loose=len(parts) > 1))]
        return tuple(dict.fromkeys(found)) if len(found) == len(parts) else ()

    def is_picture(self, phrase: str) -> bool:
        """Whether a credit is a picture's."""
        return any(word.casefold() in self.words.pictures for word in _WORD.findall(phrase[:200]))

    def at(self, text: str, place: int) -> Spot | None:
        """The longest name that begins exactly there."""
        first = _WORD.match(text, place)
        for name, agency in self._by_first_word.get(first[0], ()) if first else ():
            end = place + len(name)
            if text.startswith(name, place) and not (text[end : end + 1].isalnum() and name[-1].isalnum()):
                return Spot(agency=agency, start=place, end=end)
        return None

    def spots(self, text: str) -> Iterator[Spot]:
        """Every place where an agency is named, from the first on."""
        end = 0
        for word in _WORD.finditer(text):
            if word.start() >= end and word[0] in self._by_first_word and (spot := self.at(text, word.start())):
                end = spot.end
                yield spot

    def _meant(self, part: str, *, loose: bool) -> Agency | None:
        """The agency that a part of a credit means, whatever stands beside it ("Associated Press Sports Writer")."""
        if found := self.named(part, loose=loose) or (self.named(part.upper()) if loose else None):
            return found
        words = part.strip(_EDGES).split()[:12]
        while words and words[-1].strip(_EDGES).casefold() in self.words.beside:
            words.pop()
        while words and words[0].strip(_EDGES).casefold() in self.words.beside:
            words.pop(0)
        return self.named(" ".join(words))


def read(text: str) -> Agencies:
    """The list from its TOML. Raises NewsError with what is wrong."""
    try:
        written = msgspec.toml.decode(text, type=_Written)
        for pattern in written.words.disclaimers:
            re.compile(pattern)
    except (msgspec.MsgspecError, re.error, ValueError) as error:
        raise NewsError(f"the list of agencies cannot be read: {error}") from None
    known = tuple(
        msgspec.structs.replace(one, short=short, name=one.name or short) for short, one in written.agency.items()
    )
    return Agencies(all=known, words=written.words)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").split()).removeprefix("the ")
