"""What may change in copy without anything being news: datelines and the boilerplate of agencies and publishers."""

from __future__ import annotations

import re

from wiredesk.news.vocabulary import NUMBERS

MAX_LENGTH = 600  # a longer paragraph is copy, whatever it begins with
NEAR_TOP = 3  # a dateline stands in one of so many first paragraphs

# "LONDON, March 3 (Reuters) - ", "SEOUL, South Korea (AP) — ", "Berlin (dpa/lno) - ", "NEW YORK, Jan. 5 -- "
_UPPER = "[^\\W\\d_a-zß-öø-ÿа-яё]"
_NAME = (
    rf"{_UPPER}[\w.'’-]{{0,30}}(?:[ ](?:{_UPPER}|d[aeiou]s?\b|la\b|le\b|am\b|an\b|of\b|on\b)[\w.'’-]{{0,30}}){{0,4}}"
)
_REST = r"(?:,\s{0,2}[^\n():;!?\"“”—–]{1,40}?)?"
_SAID = r"\((?:[^\W\d][\w.&-]{0,20}[ /,]{0,2}){1,4}\)"
_DASH = r"[-–—―]{1,2}"
_DATELINE = re.compile(
    rf"\s{{0,5}}(?:{_NAME}{_REST}\s{{0,3}}{_SAID}\s{{0,3}}(?:{_DASH}|:)|{_UPPER}(?:{_UPPER}|[ .'’-]){{1,40}}{_REST}\s{{1,3}}{_DASH})"
    r"\s{1,3}"
)

_BOILERPLATE = re.compile(
    r"[\W_]{0,10}(?:"
    r"except for the headline, this story has not been edited|this (?:story|article|report|content) (?:has been|was) "
    r"(?:published|generated|created|automatically|first published|originally published)|"
    r"(?:copyright|\(c\)|©)\s.{0,80}|all rights reserved|this material may not be published|"
    r"(?:read|see|find|learn|watch|listen) (?:more|also|next|our|the full|all)\b|also read|related (?:stories|articles)|more (?:on|from|about)\b.{0,60}:|"
    r"(?:follow|like|find|join) (?:us|the ap|ap|reuters|afp|our)\b|(?:sign up|subscribe)\b|click here|download (?:our|the) app|"
    r"(?:reporting|additional reporting|writing|editing|compiled|translated) by\b|our standards:|"
    r"the associated press (?:contributed|is an independent)|associated press (?:writers?|journalists?|reporters?)\b|"
    r"share this|advertisement|story continues below|photo(?:graph)? by|file photo|"
    r"(?:mehr|lesen sie|hier lesen|weiterlesen|siehe) .{0,20}(?:zum thema|auch|mehr|dazu)|alle rechte vorbehalten|anzeige\b|"
    r"(?:lire|lisez|voir|à lire) (?:aussi|la suite|également)|tous droits réservés|publicité\b|"
    r"(?:lea|lee|ver|leer) (?:también|más|además)|todos los derechos reservados|"
    r"(?:leggi|vedi) anche|tutti i diritti riservati|riproduzione riservata|"
    r"(?:leia|veja) (?:também|mais)|todos os direitos reservados|"
    r"lees (?:ook|meer)|alle rechten voorbehouden|läs (?:också|mer|även)|les (?:også|mer)|læs også|lue myös|"
    r"czytaj (?:też|także|więcej)|wszelkie prawa zastrzeżone|читайте также|все права защищены"
    r")",
    re.IGNORECASE,
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
