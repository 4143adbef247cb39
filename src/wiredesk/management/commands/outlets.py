"""`wiredesk outlets`: the places of others that we publish to."""

from __future__ import annotations

import secrets as chance
from argparse import ArgumentParser
from base64 import b64encode
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import opening
from wiredesk.desk.models import Outlet
from wiredesk.management import base
from wiredesk.management.outlet_records import outlet_record
from wiredesk.management.secret import told
from wiredesk.outlets import kinds
from wiredesk.outlets.webhook import PREFIX


class Command(base.Command):
    help = "list the outlets and how each of them is; add one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", choices=("add", "pause", "resume"), metavar="add | pause | resume")
        parser.add_argument("which", nargs="?", metavar="KIND | NUMBER", help=f"a kind: {', '.join(kinds.KINDS)}")
        parser.add_argument("address", nargs="?", metavar="URL", help="where it is")
        parser.add_argument(
            "--set", action="append", default=[], dest="options", metavar="NAME=VALUE", help="an option of its kind"
        )
        told = parser.add_mutually_exclusive_group()
        told.add_argument("--secret-env", default="", metavar="NAME", help="take the secret from this variable")
        told.add_argument(
            "--secret", metavar="S", help="the secret itself, which everybody on this machine can read; -: ask for it"
        )
        base.add_json(parser)

    def run(self, *, act: str | None, which: str | None, address: str | None, as_json: bool, **given: Any) -> None:
        if act == "add":
            self._add(which or "", address or "", as_json=as_json, **given)
        elif act:
            self._switch(which or "", is_paused=act == "pause", as_json=as_json)
        else:
            rows = Outlet.objects.order_by("id")
            columns = ("id", "kind", "address", "health", "copies", "behind", "error")
            empty = "No outlets yet. Add one: wiredesk outlets add KIND URL"
            self.show((outlet_record(row) for row in rows), as_json=as_json, columns=columns, empty=empty)

    def _add(self, kind: str, address: str, *, as_json: bool, options: list[str], **given: Any) -> None:
        if not kind or not address:
            raise CommandError("say what and where: wiredesk outlets add KIND URL", returncode=2)
        named = dict(_split(option) for option in options)
        text, is_made = _secret(kind, named, **given)
        place = kinds.checked(kind, address, named, text)
        row = opening.open_outlet(kind, place, now=base.now())
        if as_json:
            self.show([outlet_record(row) | ({"secret": text} if is_made else {})], as_json=True, columns=(), empty="")
            return
        self.say(f"Outlet {row.pk}: {kind} at {row.address}. It gets what happens from now on.")
        if is_made:
            self.say(f"Its messages are signed with this secret, which is shown only now: {text}")

    def _switch(self, number: str, *, is_paused: bool, as_json: bool) -> None:
        found = Outlet.objects.filter(pk=int(number)) if number.isdecimal() else Outlet.objects.none()
        if not found.update(is_paused=is_paused):
            raise CommandError(f"no outlet {number!r}; see: wiredesk outlets")
        row = found.get()
        if as_json:
            self.show([outlet_record(row)], as_json=True, columns=(), empty="")
        else:
            self.say(f"Outlet {row.pk} is {'paused' if is_paused else 'told of everything again'}.")


def _split(option: str) -> tuple[str, str]:
    name, equals, value = option.partition("=")
    if not equals:
        raise CommandError(f"an option is written NAME=VALUE, not {option[:60]!r}", returncode=2)
    return name.strip(), value


def _secret(kind: str, named: dict[str, str], *, secret_env: str, secret: str | None, **_: Any) -> tuple[str, bool]:
    """The outlet's secret, and whether it was made here: a webhook's may be, the others give theirs out."""
    is_asked = bool(secret_env) or secret == "-"  # noqa: S105  a word of the command line
    if secret and not is_asked:
        return secret, False
    if kind == "webhook" and not is_asked:
        return f"{PREFIX}{b64encode(chance.token_bytes(32)).decode()}", True
    needs = kind != "email" or bool(named.get("user"))
    return (told("Secret of the outlet", secret_env), False) if needs or is_asked else ("", False)
