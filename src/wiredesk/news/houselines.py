"""Lines that houses print around copy, as a table: what they say of themselves, of pictures, of what else to read.

What agencies and publishers have in common, in a dozen languages; what one source alone prints is learned (bare.py).
A phrase stands for every line that begins with it; `$` ends a line that says nothing else. Casefolded.
"""

from __future__ import annotations

import re
from collections import defaultdict

_PHRASES = r"""
advertisement | anzeige$ | werbung$ | publicité$ | publicidad$ | publicidade$ | pubblicità$ | реклама$ | advertentie$ | reklama$
comment$ | comments$ | comments \( | kommentare$ | commentaires$ | comentarios$ | popular posts | most (?:read|popular|viewed)$
share$ | share (?:this|on|via)\b | tweet$ | print$ | teilen$ | partager$ | compartir$ | condividi$ | поделиться
read (?:more|next|also)\b | also read\b | more (?:in|on|from|to) .{0,60}$ | more-in$ | more:$ | related\b.{0,40}$ | see also\b | recommended\b.{0,40}$
you (?:may|might) (?:also )?(?:like|be interested) | lire aussi\b | à lire | lee también | leer más | leia (?:também|mais)
lesen sie | mehr zum thema | weitere (?:artikel|nachrichten) | leggi anche | lees ook | czytaj (?:też|także) | читайте также
listen (?:to this|now) | watch (?:now|live|video|this|the video)\b | now playing\b | scroll down for | click (?:here|to) | tap (?:here|to)
next$ | prev$ | previous$ | play$ | video$ | video: | photo$ | photos$ | photo: | photos: | image: | images: | picture: | foto: | fotos: | bild: | gallery$
sign up\b | newsletter | subscribe\b | get (?:daily|the latest|our|breaking|all the latest)\b .{0,90}(?:inbox|news|updates|alerts|app)
follow (?:us|me|our|him|her|them)\b | follow .{0,60} on (?:twitter|facebook|instagram|x|threads|bluesky) | like us on | join us on | download (?:our|the) .{0,30}app\b
for (?:more|the latest) .{0,60}(?:coverage|visit|click|follow|news|http|subscribe) | send (?:us|your) | contact (?:us|our|the reporter|the writer)
do you have (?:a story|a tip|information|any information|more information) | got (?:a story|a tip|news)\b | have you got | we pay for | email us
support (?:independent|our|quality|local) journalism | thank you for (?:reading|subscribing|signing) | please (?:enable|verify|sign|log) .{0,60}
continue reading | story continues | article continues | this (?:video|content) (?:is|cannot|can) .{0,60}
the (?:views|opinions) expressed | (?:views|opinions) expressed | our standards: | disclaimer:
this (?:article|story|content|report|copy|text|piece) (?:was|is|has|first|originally) .{0,60}(?:published|produced|appeared|syndicated|edited|created|generated|provided|written)
except for the headline | with inputs? from | with (?:files|reporting|material|additional reporting|agency) (?:from|by|inputs) | additional reporting\b
reporting by\b | writing by\b | editing by\b | edited by\b | compiled by\b | catch all the | (?:ap|afp|associated press|reuters) .{0,120}contributed to this
copyright\b | © | all rights reserved | alle rechte vorbehalten | tous droits réservés | todos los derechos | tutti i diritti | все права
the associated press contributed | associated press .{0,140}contributed | by [^.!?]{2,80}$ | written by\b.{0,100}$ | von [^.!?]{2,60}$ | par [^.!?]{2,60}$ | por [^.!?]{2,60}$
published\b.{0,60}$ | updated\b.{0,60}$ | last updated\b | posted (?:by|on|at)\b.{0,80}$ | photo (?:by|credit|courtesy)\b | photos (?:by|courtesy)\b | photograph (?:by\b|:) | photographs by\b | file photo\b | file [-–—]
__+
"""
# Within a line near the end of a text: from here on it is the house that speaks.
CLOSING = (
    r"(?:copyright (?:©|\(c\)|\d{4}|the )|© ?(?:copyright )?\d{4}|_{3,}\s|all rights reserved\b"
    r"|\((?:reporting|additional reporting|writing|editing|compiled|edited|this story|except for the headline|catch all|disclaimer)\b"
    r"|\(with (?:inputs?|files|reporting)\b|associated press writers? .{3,200} contributed|the associated press contributed)"
)
_HOUSES = r"AP|AFP|EPA|PA|PTI|ANI|ANSA|EFE|TASS|dpa|DPA|Reuters|REUTERS|Getty|Associated Press|Agence France-?Presse|Shutterstock|Bloomberg|Xinhua"
# In the brackets that end a caption: (Ines Calder/Lantern Photo), (AP Photo/...), (Harbour Office via AP).
PICTURE_CREDIT = (
    rf"\((?:[^()\n]{{0,80}}(?:\b[Pp]hotos?\b|\bPHOTO\b|\b[Ii]mages\b|\b[Hh]andout\b)[^()\n]{{0,80}}"
    rf"|[^()\n]{{0,80}}(?:/|\bvia\b) ?[^()\n]{{0,30}}(?:{_HOUSES})\b[^()\n]{{0,40}})\)"
)
# The same without brackets: "Photo Credit: ...", "Ines Calder/Reuters".
PICTURE_LINE = (
    rf"(?:\b(?:[Pp]hotos?(?: [Cc]redit| [Cc]ourtesy)?s? ?(?::|by|of)|(?:[Pp]icture|[Ii]mage)s?(?: [Cc]redit)?:) ?[^\n]{{2,60}}"
    rf"|[^\W\d_][\w.-]{{1,20}} [^\W\d_][\w.-]{{1,20}} ?/ ?(?:{_HOUSES})\b[^\n.]{{0,20}})\s{{0,4}}\Z"
)

# One first word, or several that may stand in its place.
_HEAD = re.compile(r"(\(\?:[^()]*\)|[^\W_]+|©|__)(|[ :$\\+-].*)")


def _by_first_word() -> dict[str, re.Pattern[str]]:
    """The phrases of each first word as one expression, so that a line costs one look into a dictionary."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for phrase in (part.strip() for line in _PHRASES.strip().split("\n") for part in re.split(r" \| ?", line)):
        head, rest = _HEAD.fullmatch(phrase).groups()  # type: ignore[union-attr]  # the table's phrases all have one
        for word in head.removeprefix("(?:").removesuffix(")").split("|"):
            grouped[word.split()[0]].append(word + rest)
    return {word: re.compile(f"(?:{'|'.join(phrases)})", re.IGNORECASE) for word, phrases in grouped.items()}


LINES = _by_first_word()
