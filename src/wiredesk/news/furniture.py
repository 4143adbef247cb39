"""The furniture of a web page: lines around copy that are not copy, as a table in a dozen languages.

What else to read, what to sign up for, share buttons, date stamps. Credits are no furniture: whose copy it is hangs on
them. What one source alone prints is not listed here; an editor names it by CSS selectors.
"""

from __future__ import annotations

import re

MAX_LINE = 260  # characters; a longer line is copy, or at least nobody can tell by its first words
MAX_STAMP = 140
_FEW_WORDS = 6
_STAMP_WORDS = 16
_BYLINE_WORDS = 8

# Each begins a line. `$` ends a line that says nothing else, `~` lets something short follow, `…` anything.
_PHRASES = r"""
related(?=:|$)… | related (?:stor(?:y|ies)|articles?|posts?|content|coverage|topics?|video|links?|news)~
read (?:more|next|also|on)(?=:|$| about| at| on| »|\.\.)… | also read… | also on [\w.]{2,30}$ | see also(?=:|$)…
see (?:more|full list)~ | (?:don.t|do not) miss:?$ | most (?:read|popular|viewed|shared|commented|watched)~
more (?:in|on|from|about) .{0,40}$ | more:$ | you (?:may|might) (?:also )?(?:like|be interested|enjoy)~
recommended~ | popular (?:posts?|stories|now)$ | trending~ | what to read next$ | top stories$ | latest news$
sign up(?=:)… | sign up .{0,60}(?:newsletter|inbox|e-?mail|alerts?)… | sign up (?:here|now|today)~
subscribe (?:to|now|here|today)… | subscribe$ | .{0,50}\bnewsletter$
get .{0,90}\b(?:inbox|letterbox|newsletters?|news app)… | download (?:our|the) .{0,30}\bapp\b…
click (?:here )?to (?:tweet|share|subscribe|get the|enlarge|expand|view|comment|play)… | tap (?:here|to)…
follow (?:us|me|@\w+)… | follow .{0,50} on (?:twitter|facebook|instagram|threads|bluesky|linkedin|youtube|x\b)…
like (?:us|this story) on… | like this story\?… | like us~ | join us on~ | listen to .{0,60} live\b…
tweet(?: this)?$ | share$ | share (?:this|on|via|with)~ | share it with~ | (?:comments? ?){1,2}(?:\(\d{1,6}\))?:?$
\d{1,6} comments?$ | (?:leave|post|add) a (?:comment|reply)~ | tell us what you think~ | view comments$ | show comments$
advertise?ments?$ | (?:article|story) continues~ | story timeline$ | play video$ | loading\.{0,3}$ | scroll down for~
(?:image|photo|picture|video)s? ?(?:gallery|caption|copyright)?:?$
watch (?:now|live|more|also|the video|this video):?…
tags?(?: ?:|$)… | filed (?:under|in)… | categor(?:y|ies) ?:… | topics? ?:… | labels ?:…
(?:\d{1,3}[ -])?min(?:ute)?s?[ -]read$ | reading time~ | skip to~ | back to top$
print(?: this page)?$ | e-?mail(?: this)?$
(?:next|previous|prev) ?(?:article|story|stories|post|page)?$ | read the (?:original|full) (?:article|story) (?:on|at)…
anzeige$ | werbung$ | lesen sie (?:auch|mehr|hier)… | mehr zum thema… | lesezeit~ | teilen$ | kommentare$ | newsletter$
das könnte sie auch interessieren~ | zur startseite$ | artikel (?:teilen|drucken)$ | weitere (?:artikel|nachrichten)~
publicité$ | lire aussi… | à lire(?: aussi)?(?= ?:|$)… | partager$ | partager (?:sur|via|cet)~ | commentaires?$
temps de lecture~ | sur le même sujet$ | abonnez-vous… | inscrivez-vous à…
publicidad$ | lee también… | leer más… | lea también… | te puede interesar… | compartir$ | compartir en~ | comentarios$
suscríbete (?:a|aquí)… | tiempo de lectura~ | noticias relacionadas$ | síguenos…
publicidade$ | leia (?:também|mais)… | veja (?:também|mais)… | compartilhe?(?:ar)?$ | tempo de leitura~
assine\b.{0,40}newsletter…
pubblicità$ | leggi anche… | condividi$ | commenti$ | tempo di lettura~ | iscriviti alla… | potrebbe interessarti~
advertentie$ | lees ook… | delen$ | reacties$ | leestijd~ | reklama$ | czytaj (?:też|także|więcej)… | udostępnij$
annons$ | annonse$ | annonce$ | läs (?:också|även|mer)… | les også… | læs også… | dela$ | del$
реклама$ | читайте также… | поделиться… | читати також… | также по теме$
추천 기사$ | 관련 기사$ | 関連記事… | シェア$ | 相关阅读… | 相關新聞… | 延伸閱讀…
分享$ | اقرأ أيضا… | اقرأ أيضاً… | شارك$
"""
_ENDS = {"$": r"[\s\])*•»>|:]{0,6}\Z", "~": r"\b.{0,40}\Z", "…": ""}
_LINE = re.compile(
    r"[\s\[(*•>|–—-]{0,6}(?:"
    + "|".join(
        f"(?:{phrase[:-1]}{_ENDS[phrase[-1]]})"
        for phrase in (part.strip() for line in _PHRASES.strip().split("\n") for part in line.split(" | "))
    )
    + ")",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:\d{1,2}[:.h]\d{2}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d)\b|(?:19|20)\d\d年"
)
_BY = re.compile(r"(?:by|von|par|por|di|da|door|av|af)\s", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。！？؟।”\"»)」][\s\"”’»)」]{0,4}\Z")


def is_furniture(line: str) -> bool:
    """Whether a line of a page is none of the copy, by its first words."""
    return len(line) <= MAX_LINE and _LINE.match(line) is not None


def is_stamp(line: str, bylines: frozenset[str]) -> bool:
    """Whether a line at the top of a page only says when it was published, or by whom.

    `bylines` are the names that the page gives elsewhere, casefolded.
    """
    words = line.split()
    if len(line) > MAX_STAMP or (is_ended(line) and len(words) > _FEW_WORDS):
        return False
    if line.casefold().removeprefix("by ").strip() in bylines:
        return True
    if _TIME.search(line) and len(words) <= _STAMP_WORDS:
        return True
    return len(words) <= _BYLINE_WORDS and _BY.match(line) is not None


def is_ended(line: str) -> bool:
    """Whether a line ends as sentences do."""
    return _ENDED.search(line) is not None
