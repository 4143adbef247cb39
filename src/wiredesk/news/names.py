"""One person spelled two ways: within a story, between its carriers, against the archive. Copy is never changed.

Few and right: a desk that gets false alerts turns them off. What is one name and what two is judged in spelling.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from wiredesk.news import spelling
from wiredesk.news.errors import NewsError
from wiredesk.news.item import Value
from wiredesk.news.sightings import MAX_TEXT, Seen, Sightings
from wiredesk.news.spelling import Difference, Lore, sound

_MAX_SHELF = 100  # names that share a word and are compared with each other
_MAX_COMPARED = 60_000  # pairs in all; news has some hundreds
_MAX_HEADLINE = 1_000  # characters
_MAX_ALERTS = 50
_MIN_ALONE = 6  # letters of a surname that stands alone
_KNOWN = 2  # times the archive has a spelling before it is held against copy
_RARE = 20  # times less often: the archive's own slips are no second name


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of a story as plain text; `label` is who carries it, "" where there is only one."""

    headline: str = ""
    body: str = ""
    label: str = ""


class House(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A house's own rules, each a set of spellings, of names or of single words.

    `equal` are one name in the house's eyes, `apart` two people: of neither the desk is told.
    """

    equal: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()

    def passes(self, one: Seen, other: Seen, difference: Difference) -> bool:
        """Whether two spellings are no matter for the desk."""
        names = {spelling.fold(one.form), spelling.fold(other.form)}
        words = {difference.one, difference.other}
        groups = ({spelling.fold(form) for form in group} for group in (*self.equal, *self.apart))
        return any(names <= group or words <= group for group in groups)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Names that were printed before, with how often; ready to be searched by any of their words."""

    counts: Mapping[str, int]
    lore: Lore

    @cached_property
    def _names(self) -> Mapping[tuple[str, ...], tuple[str, int]]:
        """By their parts: the most frequent way to write them, and how often in all."""
        found: dict[tuple[str, ...], tuple[str, int]] = {}
        for name, count in sorted(self.counts.items(), key=lambda row: -row[1]):
            parts = self.lore.parts(name)
            first, before = found.get(parts, (name, 0))
            found[parts] = (first, before + count)
        return found

    @cached_property
    def _shelves(self) -> Mapping[tuple[int, int, str], tuple[tuple[str, ...], ...]]:
        shelves: dict[tuple[int, int, str], list[tuple[str, ...]]] = defaultdict(list)
        for parts in self._names:
            for shelf in _shelves_of(parts, self.lore):
                shelves[shelf].append(parts)
        return {shelf: tuple(names) for shelf, names in shelves.items()}

    def count(self, parts: tuple[str, ...]) -> int:
        """How often a name is in the archive, however accented."""
        return self._names.get(parts, ("", 0))[1]

    def like(self, parts: tuple[str, ...]) -> Iterator[tuple[Seen, Difference]]:
        """Names of the archive that are this one in another spelling, often enough to be held against it."""
        for other in {name for shelf in _shelves_of(parts, self.lore) for name in self._shelves.get(shelf, ())}:
            form, count = self._names[other]
            if count >= max(_KNOWN, _RARE * self.count(parts)) and (
                difference := spelling.difference(parts, other, self.lore)
            ):
                seen = Seen(other)
                seen.forms[form] = 0
                yield seen, difference


class Alert(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One person in two or more spellings. `suggest` is the one to take, `why` says it to an editor."""

    spellings: tuple[str, ...]
    suggest: str
    why: str


class Found(Value, frozen=True, kw_only=True, omit_defaults=False):
    """The alerts of a story; `untold` says of what nothing could be told, and why."""

    alerts: tuple[Alert, ...] = ()
    untold: str = ""


@dataclass(slots=True)
class _Case:
    """Spellings that belong together."""

    spellings: dict[tuple[str, ...], Seen] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def read_house(text: str) -> House:
    """A house's rules from TOML: `equal` and `apart`, each a list of lists. Raises NewsError with what is wrong."""
    try:
        return msgspec.toml.decode(text, type=House)
    except (msgspec.MsgspecError, ValueError) as error:
        raise NewsError(f"the house's names cannot be read: {error}") from None


def look(texts: Iterable[Text], lore: Lore, *, archive: Archive | None = None, house: House | None = None) -> Found:
    """The alerts of one story, whose texts are its own and its carriers'. Never raises."""
    house = house or House()
    sightings = Sightings(lore)
    written = tuple(texts)
    for text in written:
        place = f" of {text.label}" if text.label else ""
        sightings.add(text.headline[:_MAX_HEADLINE], f"the headline{place}")
        sightings.add(text.body, f"the body{place}")
    if not sightings.has_capitals:
        letters = any(letter.isalpha() for text in written for letter in f"{text.headline}{text.body[:2000]}")
        return Found(untold="cannot tell: a script without capitals" if letters else "cannot tell: no words")
    common = _common_words(written)
    pairs = [
        *_pairs(sightings, common),
        *_alone(sightings, common),
        *(_against(sightings, archive, common) if archive else ()),
    ]
    kept = [(one, other, why) for one, other, why in pairs if not house.passes(one, other, why)]
    alerts = tuple(_alert(case, archive) for case in _cases(kept))
    is_cut = any(len(text.body) > MAX_TEXT for text in written)
    untold = f"only the first {MAX_TEXT} characters were looked at" if is_cut else ""
    return Found(alerts=alerts[:_MAX_ALERTS], untold=untold)


def named(texts: Iterable[Text], lore: Lore) -> tuple[str, ...]:
    """The full names of a story, each once as it is most often written: what an archive is made of."""
    sightings = Sightings(lore)
    for text in texts:
        sightings.add(text.headline[:_MAX_HEADLINE], "")
        sightings.add(text.body, "")
    inner = {
        parts[begin:end]  # "Kim Jong" stands in "Kim Jong Un" and is no name of its own
        for parts in sightings.names
        for begin in range(len(parts))
        for end in range(begin + 2, len(parts) + 1)
        if end - begin < len(parts)
    }
    seen = (one for one in sightings.names.values() if one.parts not in inner)
    return tuple(one.form for one in seen if one.has_title or one.parts[0] in lore.given)


def _shelves_of(parts: Sequence[str], lore: Lore) -> Iterator[tuple[int, int, str]]:
    """Where a name is kept: by each of its words, by sound or as one of the spellings of a name."""
    for place, word in enumerate(parts):
        yield len(parts), place, sound(word)
        for group in lore.groups.get(word, ()):
            yield len(parts), place, str(group)


_Pair = tuple[Seen, Seen, Difference]


def _pairs(sightings: Sightings, common: frozenset[str]) -> Iterator[_Pair]:
    """Full names of a story that are one in two spellings; the longest first."""
    lore = sightings.lore
    shelves: dict[tuple[int, int, str], list[Seen]] = defaultdict(list)
    compared: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for parts in sorted(sightings.names, key=len, reverse=True):
        seen = sightings.names[parts]
        for shelf in _shelves_of(parts, lore):
            for other in shelves[shelf]:
                if (other.parts, parts) not in compared and len(compared) < _MAX_COMPARED:
                    compared.add((other.parts, parts))
                    difference = spelling.difference(other.parts, parts, lore)
                    if difference and common.isdisjoint((difference.one, difference.other)):
                        yield other, seen, difference
            if len(shelves[shelf]) < _MAX_SHELF:
                shelves[shelf].append(seen)


def _alone(sightings: Sightings, common: frozenset[str]) -> Iterator[_Pair]:
    """Surnames that stand alone ("Bolsanaro said") beside a full name of the story."""
    lore = sightings.lore
    surnames: dict[str, Seen] = {}
    for parts, seen in sightings.names.items():
        if len(parts[-1]) >= _MIN_ALONE and (seen.has_title or parts[0] in lore.given):
            surnames.setdefault(parts[-1], seen)
    in_names = {word for parts in sightings.names for word in parts}
    by_letter: dict[str, list[str]] = defaultdict(list)
    for surname in surnames:
        by_letter[surname[0]].append(surname)
    strange = [
        (word, seen)
        for word, seen in sightings.alone.items()
        if len(word) >= _MIN_ALONE and word not in in_names and word not in common
    ]
    for word, seen in strange[: _MAX_COMPARED // _MAX_SHELF]:
        for surname in by_letter[word[0]][:_MAX_SHELF]:
            if why := _one_surname(word, surname, lore):
                yield seen, surnames[surname], Difference(one=word, other=surname, why=why)


def _one_surname(word: str, surname: str, lore: Lore) -> str:
    if lore.are_spellings(word, surname):
        return "are spellings of one name"
    if lore.knows(word):
        return ""
    if spelling.sounds_alike(word, surname, is_surname=True):
        return "sound the same"
    return "differ by a slip of the pen" if spelling.is_slip(word, surname) else ""


def _against(sightings: Sightings, archive: Archive, common: frozenset[str]) -> Iterator[_Pair]:
    """Names that the archive spells another way."""
    for parts, seen in sightings.names.items():
        for other, difference in archive.like(parts):
            if other.parts not in sightings.names and difference.one not in common:
                yield seen, other, difference


def _common_words(texts: Sequence[Text]) -> frozenset[str]:
    """Words that a text also has in small letters: they are no names."""
    return frozenset(
        spelling.fold(word) for text in texts for word in re.findall(r"\b[^\W\d_A-Z]{3,40}\b", text.body[:MAX_TEXT])
    )


def _cases(pairs: Iterable[_Pair]) -> list[_Case]:
    """One case for all spellings of a person; what says less of the same two words is dropped."""
    cases: list[_Case] = []
    told: set[frozenset[str]] = set()
    for one, other, difference in pairs:
        words = frozenset((difference.one, difference.other))
        case = next((c for c in cases if one.parts in c.spellings or other.parts in c.spellings), None)
        if case is None:
            if words in told:
                continue
            case = _Case()
            cases.append(case)
        told.add(words)
        case.spellings |= {one.parts: one, other.parts: other}
        case.differences.append(difference)
    return cases


def _alert(case: _Case, archive: Archive | None) -> Alert:
    seen = sorted(case.spellings.values(), key=lambda one: _standing(one, archive), reverse=True)
    first = case.differences[0]
    said = "; ".join(_said(one, archive) for one in seen)
    return Alert(
        spellings=tuple(one.form for one in seen),
        suggest=seen[0].form,
        why=f"{said}: “{first.one}” and “{first.other}” {first.why}",
    )


def _standing(one: Seen, archive: Archive | None) -> tuple[int, int, int, int]:
    """What speaks for a spelling: the archive, that it is a full name, then in how many places it stands, how often."""
    return archive.count(one.parts) if archive else 0, len(one.parts), len(one.places), one.count


def _said(one: Seen, archive: Archive | None) -> str:
    times = f"{one.count} time{'s' * (one.count != 1)}"
    where = f" in {', '.join(one.places)}" if one.places else ""
    known = archive.count(one.parts) if archive else 0
    before = f", {known} times in the archive" if known else ""
    return f"“{one.form}” {times if one.count else 'not here'}{where}{before}"
