"""Foreign HTML made safe, and what is cut from it: text, excerpts, plain fields. nh3 is the gate and the last step.

What comes before nh3 is for readers (embeds, tracking pixels) and for time (depth, size), never for safety.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from html import escape, unescape
from itertools import islice
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

import nh3

POLICY = 2  # raised whenever what is allowed changes: stored HTML of an older policy is made anew
Role = Literal["copy", "comment", "paid"]

MAX_RAW = 2 * 2**20  # characters taken in
MAX_SAFE = 512 * 2**10  # characters given out
MAX_DEPTH = 256
MAX_TAG = 8_192  # characters of one tag; a longer one loses its attributes
MAX_URL = 2_048
MAX_MARKS = 4  # combining marks on one letter that some script really needs

TAGS = frozenset(
    "a abbr article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small "
    "source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr".split()
)
REMOVED_WITH_CONTENT = frozenset(
    "svg math style script title textarea xmp iframe noembed noframes plaintext noscript template object embed form "
    "select option canvas head".split()
)
_NUMBERS = frozenset(("width", "height", "colspan", "rowspan", "start"))
_URLS = frozenset(("href", "src", "cite", "poster"))
_TEXTS = frozenset(("alt", "title", "lang", "dir", "datetime", "scope", "reversed", "type", "controls", "sizes"))
ATTRIBUTES = _NUMBERS | _URLS | _TEXTS | {"srcset"}
_RELS: Mapping[Role, str] = {"copy": "noopener", "comment": "noopener nofollow ugc", "paid": "noopener sponsored"}
_IMG = {"loading": "lazy", "decoding": "async", "referrerpolicy": "no-referrer"}
_IMG_HEAD = "".join(f' {name}="{value}"' for name, value in _IMG.items())
_IMG_SET = re.compile("|".join(f' {name}="{value}"' for name, value in _IMG.items()))
EMBEDS: Mapping[str, str] = {
    "www.youtube.com": "Video on YouTube",
    "www.youtube-nocookie.com": "Video on YouTube",
    "player.vimeo.com": "Video on Vimeo",
    "www.dailymotion.com": "Video on Dailymotion",
    "w.soundcloud.com": "Sound on SoundCloud",
    "open.spotify.com": "Sound on Spotify",
    "embed.podcasts.apple.com": "Podcast",
    "archive.org": "From the Internet Archive",
}

# What _prepared() changes in a document that cannot be nested too deep.
_WANTS_PREPARING = re.compile(rf"<(?:img|iframe)\b|<[^<>]{{{MAX_TAG}}}", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})(?=[\s/>])([^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_ITS_LIKE = frozenset("p li dt dd tr td th option".split())

# The output of nh3 is well formed: a tag ends at the first > outside double quotes.
_SAFE_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^\"<>]|\"[^\"]*\")*)>")
_IMG_TAG = re.compile(r"<img((?:[^\"<>]|\"[^\"]*\")*)>")
BLOCKS = frozenset(
    "address article aside blockquote br caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p "
    "pre section summary table tr ul".split()
)
_BREAK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})(?: (?:[^\"<>]|\"[^\"]*\")*)?>")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
# Thai, Lao, Burmese, Khmer, kana and ideographs: scripts that put no space between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(f"[{_UNSPACED}]|[^\\s{_UNSPACED}]+")
_DESCRIPTOR = re.compile(r"\d{1,5}(?:\.\d{1,3})?[wx]")


def safe_html(html: str, *, base: str, role: Role = "copy") -> str:
    """Safe HTML of foreign HTML, addresses made absolute against `base`. Never raises; takes linear time."""
    if not html:
        return ""
    html = _FORBIDDEN.sub("", html[:MAX_RAW])
    if "<" not in html and "&" not in html:
        return escape(html, quote=False)[:MAX_SAFE]
    if html.count("<") > MAX_DEPTH or _WANTS_PREPARING.search(html):
        html = _prepared(html)
    outer = _base.set(base)
    try:
        safe = _cleaner(role).clean(html)
        if len(safe) > MAX_SAFE:  # cut, and cleaned again, since the cut may fall anywhere
            safe = _cleaner(role).clean(safe[:MAX_SAFE])
    finally:
        _base.reset(outer)
    if "&#" in html:  # nh3 reads &#27; as the character it stands for
        safe = _FORBIDDEN.sub("", safe)
    return _IMG_TAG.sub(_in_order, safe).replace("\r", "\n") if "<img" in safe or "\r" in safe else safe


def text_of(safe: str) -> str:
    """The plain text of safe HTML: one line a block, white space folded, entities read."""
    if "<" in safe:
        safe = _SAFE_TAG.sub("", _BREAK_TAG.sub("\n", safe))
    text = unescape(safe) if "&" in safe else safe
    return "\n".join(filter(None, [" ".join(row.split()) for row in text.split("\n")]))


def excerpt(safe: str, words: int) -> str:
    """The first `words` words of safe HTML, every tag closed; an ellipsis where something was cut off."""
    out: list[str] = []
    stack: list[str] = []
    last_word: tuple[int, list[str]] = (0, [])  # pieces given out and tags open when the last word had been
    left, place = words, 0
    for tag in [*_SAFE_TAG.finditer(safe), None]:
        piece, left = _first_words(safe[place : tag.start() if tag else len(safe)], left)
        out.append(piece)
        if piece.strip():
            last_word = (len(out), list(stack))
        if left < 0:
            break
        if tag:
            place = tag.end()
            _keep_open(stack, tag)
            out.append(tag[0])
    else:
        return safe
    count, still_open = last_word
    return "".join(out[:count]).rstrip(" ,;:.。、–—-") + "…" + "".join(f"</{name}>" for name in reversed(still_open))


def _keep_open(stack: list[str], tag: re.Match[str]) -> None:
    """Know which tags are open after this one."""
    if not tag[1]:
        if tag[2] not in _VOID:
            stack.append(tag[2])
    elif stack:
        stack.pop()


def plain(text: str, cap: int = 500) -> str:
    """A one-line text field from a stranger.

    No control, bidi override or lone surrogate, few marks on a letter, capped.
    """
    if len(text) <= cap and text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _BIDI.sub("", _CONTROLS.sub("", text[: 4 * cap]))
    text = " ".join(text.split())
    if not text.isascii():
        text = _without_floods(text)
    return text if len(text) <= cap else text[: cap - 1].rstrip() + "…"


def web_address(value: str, base: str) -> str:
    """An absolute http(s) address without user names, or "" where there is none in it."""
    compact = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", value) if len(value) <= MAX_URL else ""
    if not compact:
        return ""
    try:
        absolute = urljoin(base, compact)
        parts = urlsplit(absolute)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return quote(absolute, safe="%/:?#[]@!$&'()*+,;=~-._\\|^`{}") if is_good else ""


def _in_order(img: re.Match[str]) -> str:
    """A picture's tag with what nh3 set in a fixed order, so that the same copy gives the same bytes."""
    return f"<img{_IMG_HEAD}{_IMG_SET.sub('', img[1])}>"


def _first_words(text: str, left: int) -> tuple[str, int]:
    """As much of a text as `left` words allow, and how many are left; -1 where something was cut off."""
    count = word_count(text)
    if count <= left:
        return text, left - count
    ends = [word.end() for word in islice(_WORD.finditer(text), left)]
    return (text[: ends[-1]] if ends else ""), -1


def words(text: str) -> list[str]:
    """The words of a text, as word_count() counts them."""
    return _WORD.findall(text) if _UNSPACED_LETTER.search(text) else text.split()


def word_count(text: str) -> int:
    """How many words a text has. Of a script without spaces each letter counts, so that a limit in words is one."""
    return len(_WORD.findall(text)) if _UNSPACED_LETTER.search(text) else len(text.split())


def _without_floods(text: str) -> str:
    """Letters with at most MAX_MARKS combining marks each."""
    out, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= MAX_MARKS:
            out.append(letter)
    return "".join(out)


# What relative addresses count from in the document that is being cleaned: a Cleaner is made once for a role, not once
# for a document, since making one takes longer than cleaning a story with it.
_base: ContextVar[str] = ContextVar("base", default="")


@cache
def _cleaner(role: Role) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(REMOVED_WITH_CONTENT),
        attributes={"*": set(ATTRIBUTES), "figure": {"data-embed"}},
        attribute_filter=_judged,
        url_schemes={"http", "https", "mailto"},
        set_tag_attribute_values={"img": _IMG, "a": {"rel": _RELS[role]}},
        link_rel=None,
        strip_comments=True,
    )


def _judged(tag: str, name: str, value: str) -> str | None:
    """What an attribute may say, or None. nh3 asks for each one that is allowed by name."""
    base = _base.get()
    if name in _URLS:
        if name == "href" and tag == "a" and value.strip().lower().startswith("mailto:"):
            return value.strip()[:MAX_URL]
        return web_address(value, base) or None
    if name == "srcset":
        return _srcset(value, base)
    if name in _NUMBERS:
        return value if re.fullmatch(r"[0-9]{1,4}", value) else None
    if name == "data-embed":
        return value if value in EMBEDS else None
    return value[:1000]


def _srcset(value: str, base: str) -> str | None:
    """A list of pictures, taken apart and built again (nh3 does not judge it)."""
    good = []
    for candidate in re.split(r",\s+|,(?=https?:)", value[: 8 * MAX_URL])[:20]:
        address, _, descriptor = candidate.strip().strip(",").partition(" ")
        absolute = web_address(address, base)
        if absolute and (not descriptor or _DESCRIPTOR.fullmatch(descriptor.strip())):
            good.append(f"{absolute} {descriptor.strip()}".strip())
    return ", ".join(good) or None


def _prepared(html: str) -> str:
    """HTML without what readers do not want and without what takes nh3 long."""
    stack: list[str] = []

    def tag(found: re.Match[str]) -> str:
        closing, name, rest = found[1], found[2].lower(), found[3]
        if len(rest) > MAX_TAG:
            rest = ""
        if not closing and name in ("img", "iframe"):
            return _rewritten(name, rest)
        if name in _VOID:
            return f"<{name}{rest}>"
        return _closed(stack, name) if closing else _opened(stack, name, rest)

    return _TAG.sub(tag, html)


def _opened(stack: list[str], name: str, rest: str) -> str:
    """An opening tag, or nothing where the nesting is too deep for it."""
    if stack and stack[-1] == name and name in _CLOSED_BY_ITS_LIKE:
        stack.pop()
    if len(stack) >= MAX_DEPTH:
        return " "
    stack.append(name)
    return f"<{name}{rest}>"


def _closed(stack: list[str], name: str) -> str:
    """A closing tag. One for which nothing near is open does not lessen the depth that is counted."""
    near = stack[-20:]
    if name in near:
        del stack[len(stack) - near[::-1].index(name) - 1 :]
    return f"</{name}>"


def _rewritten(name: str, rest: str) -> str:
    """A picture, unless it only counts readers; an embed of a known host as a link to click."""
    said = {found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(rest)}
    if name == "img":
        is_pixel = said.get("width", "") in ("0", "1") or said.get("height", "") in ("0", "1")
        return "" if is_pixel else f"<img{rest}>"
    address = said.get("src", "")
    address = web_address(f"https:{address}" if address.startswith("//") else address, "")
    host = urlsplit(address).hostname or ""
    if host not in EMBEDS:
        return f"<iframe{rest}>"
    link = f'<a href="{escape(address)}">{EMBEDS[host]}</a>'
    return f'<figure data-embed="{host}">{link}</figure><iframe>'
