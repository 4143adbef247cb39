"""Secrets at rest: sealed with a key that is kept outside the database, opened only to be used.

seal() and unseal() are all that most callers need; a column that holds what seal() gave is a SealedField, so that new
keys, the doctor and tests find it. Seal inside the transaction that writes the row: then it cannot miss a new key.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets as chance
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from wiredesk.news.errors import NewsError

FILE = "sealing-key"  # of the home folder
_SEALED = re.compile(r"([0-9a-f]{8})\.([A-Za-z0-9_=-]{1,20000})")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


class SecretsError(NewsError):
    """A secret cannot be sealed or opened, and why; the message names no secret and no key."""


class BadKey(SecretsError):
    """What was given as a key is none, or cannot be read."""


class MissingKey(SecretsError):
    """The key that sealed this is not here."""


class Damaged(SecretsError):
    """What was sealed has changed since."""


class SealedField(models.TextField):  # type: ignore[type-arg]  # generic for mypy only
    """A column for what seal() gave: never plain text, and in no form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "editable": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: its number says which key sealed a secret and gives nothing of it away. `place` is where it stands."""

    number: str
    place: str
    text: str

    def __repr__(self) -> str:
        return f"Key({self.number}, {self.place})"


def seal(secret: str) -> str:
    """A secret as it may be written down. Makes the key file at the first use. SecretsError if there is no good key."""
    keys = list(_keys().values()) or [_first_key()]
    return _sealed(keys[0], secret)


def unseal(sealed: str) -> str:
    """The secret itself: to be used at once, and never put into a log, a message or an answer. Raises SecretsError."""
    found = _SEALED.fullmatch(sealed)
    if not found:
        raise Damaged("A stored secret is damaged; type it again.")
    number, token = found.groups()
    key = _keys().get(number)
    if key is None:
        raise MissingKey(
            f"The stored secret cannot be opened: the key {number} that sealed it is neither in $WIREDESK_SECRETS_KEY "
            f"nor in the file {FILE}. Put the key back, or type the secret again."
        )
    from cryptography.fernet import Fernet, InvalidToken  # takes longer to load than Django, and few commands need it

    try:
        return Fernet(key.text).decrypt(token.encode()).decode()
    except InvalidToken:
        raise Damaged("A stored secret is damaged; type it again.") from None


def keyring() -> tuple[Key, ...]:
    """The keys that open; the first one seals. Those of $WIREDESK_SECRETS_KEY stand before those of the file."""
    return tuple(_keys().values())


def use() -> Mapping[str, int]:
    """How many stored secrets each key number has sealed, over all tables; "" counts what is damaged."""
    return Counter(found.group(1) if (found := _SEALED.fullmatch(sealed)) else "" for _, _, sealed in _stored())


def reseal() -> tuple[int, int]:
    """Seal every stored secret with the first key. How many now are, and how many could not be opened and stay."""
    done = left = 0
    with transaction.atomic():
        key = next(iter(_keys().values()), None)
        for row, name, sealed in list(_stored()):
            try:
                fresh = sealed if key and sealed.startswith(f"{key.number}.") else seal(unseal(sealed))
            except SecretsError:
                left += 1
                continue
            done += 1
            type(row)._base_manager.filter(pk=row.pk).update(**{name: fresh})
    return done, left


def add_key() -> Key:
    """A new first key in the file; what is there already opens as before until forget() takes it away."""
    if settings.SECRETS_KEY:
        raise BadKey("The key stands in $WIREDESK_SECRETS_KEY: put a new one before it there, and a comma between.")
    with _writing():
        made = new_key()
        _write([made, *(key.text for key in _read_file())])
    return _key(made, FILE)


def forget() -> int:
    """Take keys out of the file that have sealed nothing that is stored; how many. The first always stays."""
    with transaction.atomic(), _writing():
        in_use, kept = use(), _read_file()
        staying = [key for place, key in enumerate(kept) if place == 0 or key.number in in_use]
        if len(staying) < len(kept):
            _write([key.text for key in staying])
    return len(kept) - len(staying)


def new_key() -> str:
    """A key, as the file and $WIREDESK_SECRETS_KEY hold them: 32 random bytes in base64 (the Fernet specification)."""
    return urlsafe_b64encode(chance.token_bytes(32)).decode()


def _sealed(key: Key, secret: str) -> str:
    from cryptography.fernet import Fernet  # see unseal

    return f"{key.number}.{Fernet(key.text).encrypt(secret.encode()).decode()}"


def _stored() -> Iterator[tuple[models.Model, str, str]]:
    """Every sealed secret there is: its row, the name of its column, and what stands there."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        for row in model._base_manager.only("pk", *names) if names else ():
            yield from ((row, name, sealed) for name in names if (sealed := getattr(row, name)))


def _keys() -> dict[str, Key]:
    """All keys by their numbers, in order. Read anew each time, so that a running program sees a new one at once."""
    given = [_key(text, "WIREDESK_SECRETS_KEY") for text in re.split(r"[,\s]+", settings.SECRETS_KEY.strip()) if text]
    return {key.number: key for key in (*given, *_read_file())}


def _read_file() -> list[Key]:
    path = settings.HOME / FILE
    try:
        return [_key(text, FILE) for text in path.read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError):
        raise BadKey(f"The file {FILE} in the home folder cannot be read.") from None


def _key(text: str, place: str) -> Key:
    if not _KEY.fullmatch(text):
        raise BadKey(
            f"What stands in {place} is no key: a key has 44 characters and is made by `wiredesk secrets --make`."
        )
    return Key(number=sha256(text.encode()).hexdigest()[:8], place=place, text=text)


def _first_key() -> Key:
    """The key of the file, made now if nobody else has: of processes that race here all get the same one."""
    with _writing():
        if not _read_file():
            _write([new_key()])
    return _read_file()[0]


def _write(texts: list[str]) -> None:
    """The whole file anew, readable by its owner alone, and on the disk before anything is sealed with it."""
    path: Path = settings.HOME / FILE
    half = path.with_name(f".{FILE}.new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("".join(f"{text}\n" for text in texts))
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


@contextmanager
def _writing() -> Iterator[None]:
    """One process at a time changes the file; the lock goes with its holder, however that ends."""
    try:
        with open(settings.HOME / f".{FILE}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise BadKey(f"The file {FILE} cannot be written to the home folder: {error.strerror}.") from None
