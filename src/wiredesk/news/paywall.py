"""Signs that a page holds back its copy: what it says of itself, what stands in front of the reader, how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wiredesk.news import furniture
from wiredesk.news.schema_org import Article
from wiredesk.news.webpage import HEADINGS, Block, Own

TIERS = ("locked", "metered", "premium", "paid", "subscriber", "subscription", "registration")
LAST = 3  # blocks at the end of a text in which readers are asked to pay
MAX_ASKING = 400  # characters of a sentence that asks
SHORT_OF = 0.67  # of the words that the page itself counts
_ASKING = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock)|to (?:continue|keep) reading"
    r"|continue reading (?:with|your|this|for)"
    r"|(?:article|story|content) is (?:for|only (?:available )?(?:for|to)|exclusive(?:ly)? (?:for|to)|reserved for"
    r"|available (?:only )?to)"
    r" (?:our |paying |registered )?(?:subscribers|members)|subscribers? only|for subscribers"
    r"|already (?:a|an) (?:subscriber|member)"
    r"|(?:you have|you've) (?:reached|read|used) .{0,40}(?:limit|free articles?)|(?:log|sign) in to (?:read|continue)"
    r"|register (?:for free )?to (?:read|continue)|unlock (?:this|the full) (?:article|story)|create a free account to"
    r"|nur für abonnenten|weiterlesen (?:mit|mit dem)|jetzt (?:abonnieren|abo|weiterlesen|testen)"
    r"|diesen artikel weiterlesen"
    r"|exklusiv für abonnenten|um (?:diesen artikel|weiterzulesen)"
    r"|réservé (?:à nos|aux) abonnés|il vous reste .{0,20}à (?:lire|découvrir)|pour lire la suite|la suite est réservée"
    r"|(?:exclusivo|solo) para suscriptores|suscríbete para|para seguir leyendo|contenido exclusivo"
    r"|exclusivo para assinantes|para continuar lendo|conteúdo exclusivo|(?:contenuto )?riservato agli abbonati"
    r"|per continuare a leggere|abbonati per|alleen voor abonnees|verder lezen\?|word abonnee om"
    r"|tylko dla (?:prenumeratorów|subskrybentów)|dalsza część artykułu dostępna|för att läsa vidare|bli prenumerant"
    r"|for abonnenter|читать дал(?:ее|ьше) по подписке|доступно только подписчикам|この記事は(?:有料|会員限定)"
    r"|続きを読むには"
    r"|구독자 전용|订阅后(?:阅读|继续)|訂閱後",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.{3}|…|\[(?:\.{3}|…)\])\s{0,3}[\])»”\"]{0,2}\Z")
_LED_ON = re.compile(
    r"(?:read (?:more|the full (?:story|article))|continue reading|weiterlesen|lire la suite|leer más|seguir leyendo"
    r"|continue lendo|continua a leggere|lees verder|czytaj dalej|читать далее|続きを読む|阅读全文)\W{0,6}\Z",
    re.IGNORECASE,
)


def signs(own: Own, article: Article, read: Sequence[Block], copy: Sequence[Block], words: int) -> tuple[str, ...]:
    """A sentence for every sign. `read` are the blocks as an extractor found them, `copy` what of them is copy."""
    return tuple(dict.fromkeys([*_said(own, article), *_asked(own.walls, read), *_cut(article, read, copy, words)]))


def is_asking(text: str) -> bool:
    """Whether a sentence asks readers to pay or to sign in before they read on."""
    return len(text) <= MAX_ASKING and _ASKING.search(text) is not None


def _said(own: Own, article: Article) -> Iterator[str]:
    """What the page says of itself, for search engines."""
    if article.is_free is False:
        yield "The page says of itself that it is not free to read (JSON-LD isAccessibleForFree)."
    elif article.is_partly_closed:
        yield "The page says of itself that a part of it is not free to read (JSON-LD hasPart)."
    tier = own.meta.get("article:content_tier", "").strip().lower()
    if tier in TIERS:
        yield f"The page says of itself that readers have to pay (content tier: {tier})."


def _asked(walls: Iterable[str], read: Sequence[Block]) -> Iterator[str]:
    """What stands in front of the reader: in the paywall's own elements, or where the text ends."""
    if any(is_asking(text) for text in (*walls, *(block.text for block in read[-LAST:]))):
        yield "Readers are asked to pay or to sign in."


def _cut(article: Article, read: Sequence[Block], copy: Sequence[Block], words: int) -> Iterator[str]:
    """How the text ends, and whether it is as long as the page says."""
    is_led_on = bool(read) and _LED_ON.search(read[-1].text[-100:]) is not None
    if is_led_on or (copy and copy[-1].kind not in HEADINGS and _CUT.search(copy[-1].text[-40:])):
        yield "The text ends in the middle: it is a beginning."
    elif copy and _breaks_off(copy[-1]):
        yield "The last sentence has no end: the text may be cut."
    if article.words and words < SHORT_OF * article.words:
        yield f"The page counts {article.words} words, and {words} were found."


def _breaks_off(last: Block) -> bool:
    """A paragraph of prose without the end of its sentence. Lists, credits and addresses end as they like."""
    many = len(last.text.split()) > 25
    return last.kind == "p" and many and last.linked < 0.5 and not furniture.is_ended(last.text)
