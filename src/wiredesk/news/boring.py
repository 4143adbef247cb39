"""What may change in copy without anything being news: datelines and the boilerplate of agencies and publishers."""

from __future__ import annotations

import re

from wiredesk.news.vocabulary import NUMBERS

MAX_LENGTH = 600  # a longer paragraph is copy, whatever it begins with
SHORT = 120  # letters that may follow "Read more"
NEAR_TOP = 3  # a dateline stands in one of so many first paragraphs

# "LONDON, March 3 (Reuters) - ", "SEOUL, South Korea (AP) — ", "Berlin (dpa/lno) - ", "NEW YORK, Jan. 5 -- "
_UPPER = "[^\\W\\d_a-zß-öø-ÿа-яё]"
_NAME = (
    rf"{_UPPER}[\w.'’-]{{0,30}}(?:[ ](?:{_UPPER}|d[aeiou]s?\b|la\b|le\b|am\b|an\b|of\b|on\b)[\w.'’-]{{0,30}}){{0,4}}"
)
_REST = r"(?:,\s{0,2}[^\n():;!?\"“”—–]{1,40}?)?"
_SAID = r"\((?:[^\W\d][\w.&-]{0,20}[ /,]{0,2}){1,4}\)"
_DASH = r"[-–—―]{1,2}"
_PLACED = rf"{_NAME}{_REST}\s{{0,3}}{_SAID}\s{{0,3}}(?:{_DASH}|:)"
_CAPITALS = rf"{_UPPER}(?:{_UPPER}|[ .'’-]){{1,40}}{_REST}\s{{1,3}}{_DASH}"
_DATELINE = re.compile(rf"\s{{0,5}}(?:{_PLACED}|{_CAPITALS})\s{{1,3}}")

# What houses say of themselves, at any length; and what makes a line one only where little follows.
_NOTICES = (
    "except for the headline, this story has not been edited",
    r"this (?:story|article|report|content) (?:has been|was) (?:first )?(?:published|generated|created|automatically)",
    r"(?:copyright )?(?:\(c\)|©)|copyright (?:\d{4}|the associated press)|all rights reserved",
    "this material may not be published",
    r"(?:additional )?(?:reporting|writing|editing|compiled|translated) by\b|our standards:",
    r"(?:the )?associated press .{0,100}\bcontributed\b|the associated press is an independent",
    "alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati",
    "riproduzione riservata|todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzeżone",
    "все права защищены",
)
_LINES = (
    r"(?:read|see|watch|listen) (?:more|also|next)\b|also read\b|related (?:stories|articles)\b",
    r"more (?:on|from)\b.{0,60}:",
    r"(?:follow|like|join) (?:us|the ap|ap|reuters|afp)\b|(?:sign up|subscribe)\b|click here|download (?:our|the) app",
    r"share this\b|advertisement\Z|story continues below|photo(?:graph)? by\b|file photo",
    r"mehr zum thema|lesen sie auch|weiterlesen|siehe auch|anzeige\Z",
    r"(?:lire|lisez|voir|à lire) (?:aussi|la suite|également)|publicité\Z",
    r"(?:lea|lee|ver|leer) (?:también|más|además)|(?:leggi|vedi) anche|(?:leia|veja) (?:também|mais)",
    r"lees (?:ook|meer)|läs (?:också|mer|även)|les også|læs også|lue myös|czytaj (?:też|także|więcej)|читайте также",
)
_BOILERPLATE = re.compile(
    rf"[\W_]{{0,10}}(?:{'|'.join(_NOTICES)}|(?:{'|'.join(_LINES)})[^\n]{{0,{SHORT}}}\Z)", re.IGNORECASE
)


def dateline(paragraph: str) -> str:
    """The dateline with which a paragraph begins, with the white space after it; "" where there is none."""
    found = _DATELINE.match(paragraph[:160])
    if not found or ("(" not in found[0] and any(word in NUMBERS for word in found[0].lower().split())):
        return ""  # "FIVE DEAD - police say" is a headline
    return found[0]


def is_boilerplate(paragraph: str) -> bool:
    """Whether a paragraph is one that agencies and publishers put around copy (a closed list, in their languages)."""
    return len(paragraph) <= MAX_LENGTH and bool(_BOILERPLATE.match(paragraph))
