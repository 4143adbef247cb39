"""`wiredesk doctor`: is everything all right; if not, what to do."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from wiredesk.desk import health
from wiredesk.management import base

_MARKS = {"good": "✓", "look": "·", "wrong": "✗"}


class Command(base.Command):
    help = "say whether everything is all right, and if not, what to do"

    def add_arguments(self, parser: ArgumentParser) -> None:
        base.add_json(parser)

    def run(self, *, as_json: bool, **_: Any) -> None:
        findings = list(health.findings(base.now()))
        if as_json:
            self.show((asdict(finding) for finding in findings), as_json=True, columns=(), empty="")
        else:
            for finding in findings:
                self.say(f"{_MARKS[finding.level]} {finding.what}")
                if finding.todo:
                    self.say(f"    {finding.todo}")
        wrong = sum(finding.level == "wrong" for finding in findings)
        if wrong:
            raise CommandError(f"{wrong} thing{'s' if wrong > 1 else ''} to put right")
