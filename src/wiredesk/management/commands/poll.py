"""`wiredesk poll`: one round now."""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q

from wiredesk import tasks
from wiredesk.desk.models import Feed
from wiredesk.management import base, progress
from wiredesk.wires.poll import Poller
from wiredesk.wires.settle import Asked


class Command(base.Command):
    help = "ask the feeds that are due, once, now"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feeds", nargs="*", metavar="FEED", help="only these: number or address, due or not")
        parser.add_argument("--all", action="store_true", dest="everything", help="every feed, due or not")
        parser.add_argument("--force", action="store_true", help="without validators: send the whole feed again")
        base.add_json(parser)

    def run(self, *, feeds: list[str], everything: bool, force: bool, as_json: bool, **_: Any) -> None:
        chosen = _chosen(feeds, everything=everything)
        outcomes: Counter[str] = Counter()
        events: Counter[str] = Counter()
        failed: list[dict[str, Any]] = []
        for asked in _ask(chosen, force=force, quiet=as_json):
            outcomes[asked.outcome] += 1
            events.update({str(kind): count for kind, count in asked.events.items()})
            if asked.error:
                failed.append({"id": asked.feed.pk, "url": asked.feed.url, "error": asked.error})
        if as_json:
            summary = {"feeds": len(chosen), "outcomes": outcomes, "events": events, "failed": failed}
            self.say(json.dumps(summary, ensure_ascii=False))
            return
        self.say(_summary(len(chosen), outcomes, events))
        for line in failed[:50]:
            self.say(f"  feed {line['id']} {line['url']}: {line['error']}")
        if len(failed) > 50:
            self.say(f"  and {len(failed) - 50} more: wiredesk feeds --failing")


def _chosen(names: list[str], *, everything: bool) -> list[Feed]:
    rows = Feed.objects.select_related("source__licence").order_by("next_poll_at", "id")
    if not names:
        return list(rows.filter(is_paused=False) if everything else rows.due(base.now()))
    numbers = [int(name) for name in names if name.isdecimal()]
    found = list(rows.filter(Q(pk__in=numbers) | Q(url__in=names)))
    known = {str(feed.pk) for feed in found} | {feed.url for feed in found}
    for name in names:
        if name not in known:
            raise CommandError(f"no feed {name!r}; see: wiredesk feeds")
    return found


def _ask(feeds: list[Feed], *, force: bool, quiet: bool) -> list[Asked]:
    """One round, with a bar where somebody is looking."""
    came: list[Asked] = []

    async def ask(advance: Callable[[], object]) -> None:
        async with tasks.fetcher() as fetcher, Poller(fetcher, clock=base.now) as poller:
            async for asked in poller.round(feeds, force=force):
                came.append(asked)
                advance()

    with progress.bar("Asking feeds", len(feeds), quiet=quiet) as advance:
        asyncio.run(ask(advance))
    return came


def _summary(feeds: int, outcomes: Counter[str], events: Counter[str]) -> str:
    words = {"taken": "brought something", "same": "unchanged", "refused": "unreadable", "failed": "failed"}
    said = [f"{outcomes[outcome]} {text}" for outcome, text in words.items() if outcomes[outcome]]
    items = [f"{count} {kind}" for kind, count in sorted(events.items()) if kind != "nothing"]
    return f"{feeds} feeds asked: {', '.join(said) or 'none'}. Items: {', '.join(items) or 'nothing new'}."
