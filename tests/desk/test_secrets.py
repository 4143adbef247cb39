"""Secrets at rest: sealed, opened again, and what is said when the key is not there."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.makers import NOW, feed
from wiredesk.desk import secrets, signins
from wiredesk.desk.models import SignIn
from wiredesk.news.signin import Credentials, checked

CANARY = "Zaunkoenig-4711-geheim"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME, settings.SECRETS_KEY = tmp_path, ""
    return tmp_path


def credentials(told: str = CANARY) -> Credentials:
    return checked("bearer", "", told, url="https://lantern.example/feed")


def test_a_secret_is_opened_as_it_was_sealed_and_is_not_to_be_seen_in_between() -> None:
    sealed = secrets.seal(CANARY)

    assert secrets.unseal(sealed) == CANARY
    assert CANARY not in sealed and secrets.seal(CANARY) != sealed
    assert secrets.unseal(secrets.seal("")) == "" and secrets.unseal(secrets.seal("ü€\n")) == "ü€\n"


def test_the_key_is_made_at_first_use_for_its_owner_alone(home: Path) -> None:
    assert not (home / secrets.FILE).exists()
    with pytest.raises(secrets.MissingKey):
        secrets.unseal("00000000.gAAAAA==")
    assert not (home / secrets.FILE).exists()

    secrets.seal("x")
    assert stat.S_IMODE((home / secrets.FILE).stat().st_mode) == 0o600


def test_processes_that_race_to_make_the_key_agree(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from django.conf import settings;"
        f"settings.configure(HOME=Path({str(home)!r}), SECRETS_KEY='');"
        "from wiredesk.desk import secrets; sys.stdin.read(1); print(secrets.seal(sys.argv[1]))"
    )
    racers = [
        subprocess.Popen([sys.executable, "-c", code, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for n in range(6)
    ]
    sealed = [racer.communicate(b"x")[0].decode().strip() for racer in racers]

    assert [secrets.unseal(one) for one in sealed] == [str(n) for n in range(6)]
    assert len(secrets.keyring()) == 1


def test_keys_of_the_environment_stand_before_those_of_the_file(settings: Any) -> None:
    by_file = secrets.seal("old")
    first, second = secrets.new_key(), secrets.new_key()
    settings.SECRETS_KEY = f"{first}, {second}"

    assert [key.place for key in secrets.keyring()] == ["WIREDESK_SECRETS_KEY", "WIREDESK_SECRETS_KEY", secrets.FILE]
    assert secrets.unseal(by_file) == "old"
    assert secrets.seal("new").startswith(secrets.keyring()[0].number)
    assert first not in repr(secrets.keyring())


def test_another_key_is_named_by_its_number_and_nothing_else_is_said(settings: Any, home: Path) -> None:
    sealed = secrets.seal(CANARY)
    (home / secrets.FILE).unlink()
    settings.SECRETS_KEY = secrets.new_key()

    with pytest.raises(secrets.MissingKey) as missing:
        secrets.unseal(sealed)
    assert sealed[:8] in str(missing.value) and sealed[9:] not in str(missing.value)


@pytest.mark.parametrize(
    "change", [lambda one: one[:-4], lambda one: one[:30] + "AAAA" + one[34:], lambda _: "plain", lambda _: ""]
)
def test_what_was_changed_since_is_not_opened(change: Any) -> None:
    with pytest.raises(secrets.Damaged):
        secrets.unseal(change(secrets.seal(CANARY)))


@pytest.mark.parametrize("given", ["short", "x" * 44, "ä" * 44, f"{'A' * 43}=,nonsense"])
def test_a_key_that_is_none_is_said_in_words_without_it(given: str, settings: Any) -> None:
    settings.SECRETS_KEY = given

    with pytest.raises(secrets.BadKey) as bad:
        secrets.seal("x")
    assert given not in str(bad.value) and "WIREDESK_SECRETS_KEY" in str(bad.value)


def test_a_file_that_holds_no_key_is_said_and_not_overwritten(home: Path) -> None:
    (home / secrets.FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(secrets.BadKey):
        secrets.seal("x")
    (home / secrets.FILE).write_text("nonsense")
    with pytest.raises(secrets.BadKey):
        secrets.seal("x")
    assert (home / secrets.FILE).read_text() == "nonsense"


def test_a_home_that_cannot_be_written_to_is_said(settings: Any, home: Path) -> None:
    settings.HOME = home / "not" / "there"
    with pytest.raises(secrets.BadKey, match="cannot be written"):
        secrets.seal("x")


@pytest.mark.django_db
def test_a_new_key_seals_all_that_is_stored_and_the_old_one_can_be_forgotten(home: Path) -> None:
    for name in ("lantern", "gazette"):
        signins.keep(feed(name), credentials(), now=NOW)
    before = secrets.keyring()[0].number

    added = secrets.add_key()
    assert secrets.use() == {before: 2}
    assert secrets.forget() == 0, "it still opens what is stored"
    assert secrets.reseal() == (2, 0)
    assert secrets.use() == {added.number: 2}
    assert secrets.forget() == 1
    assert [key.number for key in secrets.keyring()] == [added.number]
    assert stat.S_IMODE((home / secrets.FILE).stat().st_mode) == 0o600
    assert {secrets.unseal(row.sealed) for row in SignIn.objects.all()} == {CANARY}


@pytest.mark.django_db
def test_what_cannot_be_opened_stays_as_it_is_when_all_is_sealed_again(home: Path) -> None:
    signins.keep(feed("lantern"), credentials(), now=NOW)
    SignIn.objects.update(sealed=f"00000000.{SignIn.objects.get().sealed[9:]}")
    signins.keep(feed("gazette"), credentials(), now=NOW)
    secrets.add_key()

    assert secrets.reseal() == (1, 1)
    assert secrets.use()["00000000"] == 1


@pytest.mark.django_db
def test_with_the_key_in_the_environment_the_file_gets_no_other(settings: Any) -> None:
    settings.SECRETS_KEY = secrets.new_key()
    with pytest.raises(secrets.BadKey, match="put a new one before it"):
        secrets.add_key()


@pytest.mark.django_db
def test_a_sign_in_is_kept_sealed_replaced_and_forgotten() -> None:
    lantern = feed()
    signins.keep(lantern, credentials("first-secret"), now=NOW)
    signins.keep(lantern, credentials(), now=NOW)

    (opened,) = signins.opened([lantern, feed("gazette")]).values()
    assert opened == credentials()
    assert signins.remove(lantern) and not signins.remove(lantern)
    assert signins.opened([lantern]) == {}
