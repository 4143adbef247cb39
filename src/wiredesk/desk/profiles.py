"""Where agencies' profiles are found: shipped ones by name, others in files (docs/reference/profiles.md)."""

from __future__ import annotations

from datetime import tzinfo
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wiredesk.news import profile
from wiredesk.news.errors import NewsError
from wiredesk.news.profile import Profile

MAX_BYTES = 1_000_000
_SHIPPED = files("wiredesk.news") / "profiles"


def shipped() -> list[str]:
    """The names of the profiles that come with Wiredesk."""
    return sorted(one.name.removesuffix(".toml") for one in _SHIPPED.iterdir() if one.name.endswith(".toml"))


def named(name_or_path: str) -> Profile:
    """A shipped profile by its name, else the one in a file. Raises NewsError in plain words."""
    return profile.read(_text(name_or_path), zone=_zone)


def _text(name_or_path: str) -> str:
    if name_or_path in shipped():
        return (_SHIPPED / f"{name_or_path}.toml").read_text(encoding="utf-8")
    path = Path(name_or_path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NewsError(f"the profile {name_or_path} is larger than {MAX_BYTES // 1000} kB")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NewsError(f"the profile {name_or_path} is no text in UTF-8") from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NewsError(
            f"no profile {name_or_path}: {said}; a profile is a file or one of {', '.join(shipped())}"
        ) from None


def _zone(name: str) -> tzinfo:
    """A time zone of the IANA database. Raises LookupError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise LookupError(f"there is no time zone {name!r}") from None
