"""S17: no secret of a feed in the database, logs, pages, records, lists or errors. Canaries, and everything searched."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web

from tests.acceptance.test_program import WIREDESK, Home, get, running, wait_for
from tests.wires.doors import Door, feed_answer

CANARY = "Wintergoldhahn/0815 geheim+x"
KINDS = [("basic", "ines"), ("header", "X-Api-Key"), ("query", "key")]
LOG = "wiredesk.log"


class Newsroom(Home):
    """A newsroom all of whose output is kept, to be searched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.env["WIREDESK_LOG_LEVEL"] = "DEBUG"
        self.said = ""

    def tell(self, *words: str, stdin: str = "", code: int = 0, **environment: str) -> str:
        done = subprocess.run(
            [WIREDESK, *words], env={**self.env, **environment}, input=stdin.encode(), capture_output=True
        )
        assert done.returncode == code, done.stderr.decode()
        self.said += done.stdout.decode() + done.stderr.decode()
        return done.stdout.decode() + done.stderr.decode()


@pytest.fixture
def home(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "home")


@pytest.fixture
def door() -> Iterator[Door]:
    with Door() as server:
        yield server


def forms(name: str) -> list[bytes]:
    """The ways in which the canary may be written down."""
    texts = [CANARY, quote(CANARY), quote(CANARY, safe=""), CANARY.replace(" ", "+"), json.dumps(CANARY)[1:-1]]
    return [one.encode() for one in texts] + [b64encode(f"{name}:{CANARY}".encode()), b64encode(CANARY.encode())]


def saying(place: Path, name: str) -> list[str]:
    """The files under a folder in which the canary stands, packed bodies unpacked."""
    files = [path for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms(name))]


def echo(request: web.Request) -> web.StreamResponse:
    """A server that says everything back: in the body, and where it sends the asker on to."""
    if request.rel_url.path == "/":
        return web.Response(status=302, headers={"Location": f"/feed?{request.rel_url.raw_query_string}"})
    said = f"<!-- {request.raw_path} {dict(request.headers)} -->".encode()
    return web.Response(body=(feed_answer().body or b"") + said, content_type="application/atom+xml")  # type: ignore[operator]  # bytes


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_s17_no_secret_of_a_feed_comes_out_anywhere(kind: str, name: str, home: Newsroom, door: Door) -> None:
    door.answer = echo
    words = ("follow", f"{door.url}/", "--auth", kind, "--name", name, "--licence", "public-domain")
    home.tell(*words, stdin=f"{CANARY}\n")
    for more in (
        ["feeds"],
        ["feeds", "--json"],
        ["doctor"],
        ["stories", "--json"],
        ["story", "1", "--history", "--json"],
    ):
        home.tell(*more)
    home.tell("export", "-")
    home.tell("secrets", "--json")
    home.tell("poll", "--all", "--force", "--json")
    door.answer = lambda request: web.Response(status=403, text=str(request.rel_url))
    assert "refused the sign-in" in home.tell("poll", "--all")
    assert "refused the sign-in" in home.tell("doctor", code=1)

    assert any(form in door.said().encode() for form in forms(name)), "it was sent"
    assert not any(form in home.said.encode() for form in forms(name))
    assert saying(home.folder, name) == []
    record = home.records("feeds")[0]
    assert (record["sign_in"], record["url"]) == (kind, f"{door.url}/feed")


def test_s17_the_running_program_says_no_secret_in_log_or_page(home: Newsroom, door: Door) -> None:
    door.answer = echo
    home.tell(
        "follow", f"{door.url}/feed", "--auth", "query", "--name", "key", "--licence", "public-domain", stdin=CANARY
    )
    (token,) = [one["token"] for one in home.records("follow", "--push", "lantern")]
    with running(home) as site:
        wait_for(lambda: b"Headline 1" in get(f"{site}/")[1])
        seen = b"".join(
            get(f"{site}{path}")[1] for path in ("/", "/feed.atom", "/feed.json", "/sources/", "/push/lantern")
        )

    assert not any(form in seen for form in forms("key")) and token.encode() not in seen
    assert saying(home.folder, "key") == []
    assert token.encode() not in b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())


def test_s17_secrets_come_in_by_pipe_environment_or_unseen_and_never_as_a_word(home: Newsroom, door: Door) -> None:
    door.answer = lambda request: (
        feed_answer() if request.headers.get("Authorization") == "Bearer canary-0815" else web.Response(status=401)
    )
    words = ("follow", f"{door.url}/feed", "--auth", "bearer")
    assert "refused the sign-in" in home.tell(*words, stdin="another\n", code=1)
    assert "no environment variable" in home.tell(*words, "--secret-env", "NOWHERE", code=1)
    assert "Following" in home.tell(*words, "--secret-env", "TOKEN", TOKEN="canary-0815")
    assert "canary" not in home.tell(*words, "--secret", "canary-0815", code=1)
    assert typed(home, *words, told="canary-0815").count("canary-0815") == 0
    assert "already" in home.tell(*words, stdin="canary-0815").lower()
    assert "The server asks for a login" in home.tell(*words[:2], "--auth", "none", code=1)


def typed(home: Newsroom, *words: str, told: str) -> str:
    """A command at a terminal, and what can be read there while the secret is typed."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover  the child becomes the command
        os.execve(WIREDESK, [WIREDESK, *words], home.env)  # noqa: S606  our own command, with a terminal
    shown = b""
    while b"not shown" not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, f"{told}\n".encode())
    try:
        while chunk := os.read(terminal, 1000):
            shown += chunk
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, shown.decode()
    return shown.decode()


def test_a_wrong_key_is_said_by_the_feed_and_the_doctor_and_mended_by_typing_again(home: Newsroom, door: Door) -> None:
    words = ("follow", f"{door.url}/feed", "--auth", "bearer")
    home.tell(*words, stdin="canary-0815")
    key = home.folder / "sealing-key"
    kept = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "All 1 stored secrets can be opened" in home.tell("doctor")
    asked = len(door.asked)

    key.unlink()
    home.tell("poll", "--all")
    assert "cannot be opened: the key" in home.records("feeds")[0]["error"]
    told = home.tell("doctor", code=1)
    assert "1 of 1 stored secrets cannot be opened" in told and "Put the file sealing-key back" in told
    assert len(door.asked) == asked
    other = home.tell("secrets", "--make").strip()
    assert "cannot be opened" in home.tell("doctor", code=1, WIREDESK_SECRETS_KEY=other)
    assert "is no key" in home.tell("doctor", code=1, WIREDESK_SECRETS_KEY="nonsense")
    key.write_text(kept)
    key.chmod(0o644)
    assert "chmod 600" in home.tell("doctor", code=1)
    key.chmod(0o600)
    home.tell("poll", "--all")
    assert home.records("feeds")[0]["health"] == "good"


def test_keys_are_renewed_by_a_command(home: Newsroom, door: Door) -> None:
    assert "No secret is kept" in home.tell("secrets")
    home.tell("follow", f"{door.url}/feed", "--auth", "bearer", stdin="canary-0815")
    (before,) = home.records("secrets")
    assert "1 secrets are sealed" in home.tell("secrets", "--new-key")
    first, second = home.records("secrets")
    assert (first["secrets"], first["seals"], second["key"], second["secrets"]) == (1, True, before["key"], 0)
    assert "1 keys were forgotten" in home.tell("secrets", "--forget")
    assert "Items: nothing new" in home.tell("poll", "--all")

    given = home.tell("secrets", "--make").strip()
    assert "1 secrets are sealed" in home.tell("secrets", "--reseal", WIREDESK_SECRETS_KEY=given)
    assert "0 secrets are sealed" in home.tell("secrets", "--reseal", code=1)
    assert "1 secrets could not be opened" in home.tell("secrets", "--reseal", code=1)
    assert [one["place"] for one in home.records("secrets")] == ["sealing-key", None]
    assert "put a new one before it" in home.tell("secrets", "--new-key", code=1, WIREDESK_SECRETS_KEY=given)


def test_a_sign_in_over_plain_http_has_to_be_asked_for_and_is_remembered_by_the_doctor(
    home: Newsroom, door: Door
) -> None:
    words = ("follow", f"{door.url}/feed", "--auth", "bearer")
    home.tell(*words, "--over-http", stdin="canary-0815")

    assert "sends its secret in the open" in home.tell("doctor")
    assert "in the open" in home.tell(
        "follow", f"{door.url}/feed?key=x", "--auth", "query", "--name", "key", stdin="y", code=1
    )
    assert "is for feeds that we ask" in home.tell("follow", "--push", "a", "--auth", "basic", code=1)
    assert "names no host" in home.tell("follow", str(home.folder), "--auth", "bearer", stdin="y", code=1)
