"""Lines that houses print around copy, as a table: what they say of themselves, of pictures, of what else to read.

What agencies and publishers have in common, in a dozen languages; what one source alone prints is learned (bare.py).
A phrase stands for every line that begins with it; `$` ends a line that says nothing else. Casefolded.
"""

from __future__ import annotations

import re
from collections import defaultdict

_PHRASES = r"""
__+ | additional reporting\b | advertentie$ | advertisement | all rights reserved | alle rechte vorbehalten
also read\b | anzeige$ | (?:ap|afp|associated press|reuters) .{0,120}contributed to this | article continues
associated press .{0,140}contributed | bild: | by [^.!?]{2,80}$ | catch all the | click (?:here|to)
comentarios$ | comment$ | commentaires$ | comments \( | comments$ | compartir$ | compiled by\b | condividi$
contact (?:us|our|the reporter|the writer) | continue reading | copyright\b | czytaj (?:też|także) | disclaimer:
do you have (?:a story|a tip|information|any information|more information) | download (?:our|the) .{0,30}app\b
edited by\b | editing by\b | email us | except for the headline | file [-–—] | file photo\b
follow (?:us|me|our|him|her|them)\b | follow .{0,60} on (?:twitter|facebook|instagram|x|threads|bluesky)
for (?:more|the latest) .{0,60}(?:coverage|visit|click|follow|news|http|subscribe) | foto: | fotos: | gallery$
get (?:daily|the latest|our|breaking|all the latest)\b .{0,90}(?:inbox|news|updates|alerts|app)
got (?:a story|a tip|news)\b | have you got | image: | images: | join us on | kommentare$ | last updated\b
lee también | leer más | lees ook | leggi anche | leia (?:também|mais) | lesen sie | like us on | lire aussi\b
listen (?:to this|now) | mehr zum thema | more (?:in|on|from|to) .{0,60}$ | more-in$ | more:$
most (?:read|popular|viewed)$ | newsletter | next$ | now playing\b | our standards: | par [^.!?]{2,60}$
partager$ | photo (?:by|credit|courtesy)\b | photo$ | photo: | photograph (?:by\b|:) | photographs by\b
photos (?:by|courtesy)\b | photos$ | photos: | picture: | play$ | please (?:enable|verify|sign|log) .{0,60}
popular posts | por [^.!?]{2,60}$ | posted (?:by|on|at)\b.{0,80}$ | prev$ | previous$ | print$ | pubblicità$
publicidad$ | publicidade$ | publicité$ | published\b.{0,60}$ | read (?:more|next|also)\b
recommended\b.{0,40}$ | reklama$ | related\b.{0,40}$ | reporting by\b | scroll down for | see also\b
send (?:us|your) | share (?:this|on|via)\b | share$ | sign up\b | story continues | subscribe\b
support (?:independent|our|quality|local) journalism | tap (?:here|to) | teilen$
thank you for (?:reading|subscribing|signing) | the (?:views|opinions) expressed
the associated press contributed
this (?:article|story|content|report|copy|text|piece) (?:was|is|has|first) .{0,60}(?:published|produced)
this (?:article|story|content|report|copy|text|piece) (?:was|is|has|first) .{0,60}(?:appeared|syndicated|edited)
this (?:article|story|content|report|copy|text|piece) (?:was|is|has|first) .{0,60}(?:created|generated|provided|written)
this (?:video|content) (?:is|cannot|can) .{0,60} | todos los derechos | tous droits réservés | tutti i diritti
tweet$ | updated\b.{0,60}$ | video$ | video: | (?:views|opinions) expressed | von [^.!?]{2,60}$
watch (?:now|live|video|this|the video)\b | we pay for | weitere (?:artikel|nachrichten) | werbung$
with (?:files|reporting|material|additional reporting|agency) (?:from|by|inputs) | with inputs? from
writing by\b | written by\b.{0,100}$ | you (?:may|might) (?:also )?(?:like|be interested) | © | à lire
все права | поделиться | реклама$ | читайте также
"""
# Within a line near the end of a text: from here on it is the house that speaks.
CLOSING = (
    r"(?:copyright (?:©|\(c\)|\d{4}|the )|© ?(?:copyright )?\d{4}|_{3,}\s|all rights reserved\b"
    r"|\((?:reporting|additional reporting|writing|editing|compiled|edited|this story|catch all|disclaimer)\b"
    r"|\(except for the headline\b|\(with (?:inputs?|files|reporting)\b"
    r"|associated press writers? .{3,200} contributed|the associated press contributed)"
)
CLOSING_SIGNS = ("copyright", "©", "___", "rights reserved", "(", "contributed")  # one stands in every such line
_HOUSES = (
    r"AP|AFP|EPA|PA|PTI|ANI|ANSA|EFE|TASS|dpa|DPA|Reuters|REUTERS|Getty|Associated Press|Agence France-?Presse"
    r"|Shutterstock|Bloomberg|Xinhua"
)
# In the brackets that end a caption: (Ines Calder/Lantern Photo), (AP Photo/...), (Harbour Office via AP).
PICTURE_CREDIT = (
    rf"\((?:[^()\n]{{0,80}}(?:\b[Pp]hotos?\b|\bPHOTO\b|\b[Ii]mages\b|\b[Hh]andout\b)[^()\n]{{0,80}}"
    rf"|[^()\n]{{0,80}}(?:/|\bvia\b) ?[^()\n]{{0,30}}(?:{_HOUSES})\b[^()\n]{{0,40}})\)"
)
# The same without brackets: "Photo Credit: ...", "Ines Calder/Reuters".
PICTURE_LINE = (
    rf"(?:\b(?:[Pp]hotos?(?: [Cc]redit| [Cc]ourtesy)?s? ?(?::|by|of)|(?:[Pp]icture|[Ii]mage)s?(?: [Cc]redit)?:)"
    rf" ?[^\n]{{2,60}}"
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
