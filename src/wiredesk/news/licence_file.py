"""A licence from a file of terms, and back: its keys are the fields of Licence, its choices stand there by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wiredesk.news.errors import NewsError
from wiredesk.news.licence import CHOICES, CODES, FIELDS, FLAGS, LISTS, NUMBERS, TEXTS, Licence

_MANY = 300  # codes in a list


def licence_from(terms: Mapping[str, Any], name: str) -> Licence:
    """A licence from a file's keys (those of Licence; choices by name). NewsError names the key that is wrong.

    What the file does not say is as in Licence: no grant, no limit.
    """
    for key in terms:
        if key not in FIELDS:
            raise NewsError(f"licence {name}: unknown key {key!r}; known are {', '.join(sorted(FIELDS))}")
    said = {key: _READERS[key](key, value) for key, value in terms.items() if key != "name" and value is not None}
    return Licence(**{"title": name, **{key: value for key, value in said.items() if value != ""}, "name": name})


def terms_of(licence: Licence) -> dict[str, Any]:
    """The terms of a licence as a file holds them; licence_from() reads them again."""
    said: dict[str, Any] = {}
    for key in FIELDS:
        value = getattr(licence, key)
        if key in CHOICES:
            said[key] = value.name.lower()
        else:
            said[key] = list(value) if isinstance(value, tuple) else value
    return said


def _choice(key: str, value: Any) -> Any:
    try:
        return CHOICES[key][str(value).upper().replace("-", "_")]
    except KeyError:
        choices = ", ".join(choice.name.lower() for choice in CHOICES[key])
        raise NewsError(f"licence: {key} is one of {choices}, not {value!r}") from None


def _number(key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= NUMBERS[key]:
        raise NewsError(f"licence: {key} is a whole number from 0 to {NUMBERS[key]}, not {value!r}")
    return value


def _flag(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise NewsError(f"licence: {key} is true or false, not {value!r}")
    return value


def _list(key: str, value: Any) -> tuple[str, ...]:
    """Some of a closed list, in its order."""
    if not isinstance(value, list | tuple) or not all(one in LISTS[key] for one in value):
        raise NewsError(f"licence: {key} is a list of {', '.join(LISTS[key])}, not {value!r}")
    return tuple(one for one in LISTS[key] if one in value)


def _codes(key: str, value: Any) -> tuple[str, ...]:
    """Codes as CODES has them. An empty list says that there is no limit."""
    if isinstance(value, list | tuple) and len(value) <= _MANY:
        codes = [str(one).strip().upper() if key == "territories" else str(one).strip().lower() for one in value]
        if all(re.fullmatch(CODES[key], code) for code in codes):
            return tuple(dict.fromkeys(codes))
    like = '["DE", "AT"]' if key == "territories" else '["de", "pt-br"]'
    raise NewsError(f"licence: {key} is a list of codes such as {like}, not {value!r}")


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise NewsError(f"licence: {key} is text, not {value!r}")
    return value.strip()


_READERS = {
    **dict.fromkeys(CHOICES, _choice),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(CODES, _codes),
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(FLAGS, _flag),
    **dict.fromkeys(TEXTS, _text),
}
