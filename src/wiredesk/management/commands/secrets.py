"""`wiredesk secrets`: the keys that stored secrets are sealed with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import secrets
from wiredesk.management import base


class Command(base.Command):
    help = "the keys that stored secrets are sealed with: look, make new ones, seal again"

    def add_arguments(self, parser: ArgumentParser) -> None:
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--new-key", action="store_true", help="put a new key first in the file, and seal all with it")
        act.add_argument("--reseal", action="store_true", help="seal all with the first key")
        act.add_argument("--forget", action="store_true", help="take keys out of the file that no secret needs")
        act.add_argument(
            "--make", action="store_true", help="print a new key for $WIREDESK_SECRETS_KEY; change nothing"
        )
        base.add_json(parser)

    def run(self, *, new_key: bool, reseal: bool, forget: bool, make: bool, as_json: bool, **_: Any) -> None:
        if make:
            self.say(secrets.new_key())
            return
        if new_key:
            self.say(f"Key {secrets.add_key().number} seals from now on.")
        if new_key or reseal:
            done, left = secrets.reseal()
            self.say(f"{done} secrets are sealed with the first key.")
            if left:
                raise CommandError(f"{left} secrets could not be opened and stay as they were; see: wiredesk doctor")
            return
        if forget:
            self.say(f"{secrets.forget()} keys were forgotten; backups that were sealed with them cannot be opened.")
            return
        self.show(_records(), as_json=as_json, columns=("key", "place", "seals", "secrets"), empty="No secret is kept.")


def _records() -> list[dict[str, Any]]:
    """Each key by its number, which gives nothing away, and how many secrets it has sealed."""
    use = secrets.use()
    here = secrets.keyring()
    said = [
        {"key": key.number, "place": key.place, "seals": key is here[0], "secrets": use.get(key.number, 0)}
        for key in here
    ]
    known = {key.number for key in here}
    gone = [
        {"key": number, "place": None, "seals": False, "secrets": use[number]} for number in use if number not in known
    ]
    return said + gone
