"""The site's own files: one stylesheet, one mark.

Their addresses change with their content, so browsers may keep them.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources

TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


@cache
def content(name: str) -> bytes | None:
    """A file by the name it is asked for, with or without its hash; None if there is none such."""
    stem, _, ending = name.rpartition(".")
    plain = f"{stem.partition('.')[0]}.{ending}"
    if ending not in TYPES or not plain.replace(".", "").isalnum():
        return None
    file = resources.files(__package__).joinpath("static", plain)
    return file.read_bytes() if file.is_file() else None


@cache
def address(name: str = "site.css") -> str:
    """Where a file is, with the hash of what it holds."""
    stem, _, ending = name.rpartition(".")
    return f"/static/site/{stem}.{sha256(content(name) or b'').hexdigest()[:12]}.{ending}"
