"""Pictures, sound and film in safe HTML, as far as the terms let them go with the copy. Safe HTML in, safe HTML out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wiredesk.news.licence import Images

# As in clean: a tag of safe HTML ends at the first > outside double quotes, and text holds no bare <.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[^\"<>]|\"[^\"]*\")*>")
_MEDIA = frozenset(("img", "picture", "source", "video", "audio", "track"))
_PLAYED = frozenset(("img", "video", "audio"))  # the others stand in one of these


@dataclass(slots=True)
class _Figure:
    """A figure that is open: where it begins in what is given out, and what was found in it."""

    start: int
    has_media: bool = False
    has_caption: bool = False


def allowed(safe: str, images: Images) -> str:
    """Safe HTML without the media that may not go with it: a figure goes as a whole, caption and all.

    A picture is credited where it stands in a figure with a caption.
    """
    if images is Images.ALL or not any(f"<{name}" in safe for name in _MEDIA):
        return safe
    out: list[str] = []
    figures: list[_Figure] = []
    place, in_caption = 0, False
    for tag in _TAG.finditer(safe):
        text, place = safe[place : tag.start()], tag.end()
        out.append(text)
        if in_caption and figures and text.strip():
            figures[-1].has_caption = True
        if tag[2] == "figcaption":
            in_caption = not tag[1]
        if _is_kept(tag, figures, out):
            out.append(tag[0])
        if tag[2] == "figure" and tag[1] and figures:
            _close(figures.pop(), out, images)
    return "".join((*out, safe[place:]))


def left_out(safe: str, images: Images) -> int:
    """How many pictures, films and sounds of safe HTML may not go with it."""
    return _shown(safe) - _shown(allowed(safe, images))


def _shown(safe: str) -> int:
    return sum(tag[2] in _PLAYED and not tag[1] for tag in _TAG.finditer(safe))


def _is_kept(tag: re.Match[str], figures: list[_Figure], out: list[str]) -> bool:
    """Whether a tag stays for now: media only in a figure, which is judged when it ends."""
    if tag[2] == "figure" and not tag[1]:
        figures.append(_Figure(len(out)))
    if tag[2] not in _MEDIA:
        return True
    if figures:
        figures[-1].has_media = True
    return bool(figures)


def _close(figure: _Figure, out: list[str], images: Images) -> None:
    """Take a figure back whose media may not go."""
    if figure.has_media and (images is Images.NONE or not figure.has_caption):
        del out[figure.start :]
