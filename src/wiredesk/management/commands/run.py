"""`wiredesk run`: the whole newsroom in one process."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import connections
from granian.constants import Interfaces
from granian.server.embed import Server

from wiredesk import engine, tasks
from wiredesk.asgi import application
from wiredesk.management import base

log = logging.getLogger("wiredesk.run")


class Command(base.Command):
    help = "start the newsroom: site, intake and desk in one process"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bind", type=_address, default=("127.0.0.1", 8000), metavar="HOST:PORT", help="default: 127.0.0.1:8000"
        )
        parser.add_argument("--sample", action="store_true", help="follow the bundled sample wires, to look around")

    def run(self, *, bind: tuple[str, int], sample: bool, **_: Any) -> None:
        host, port = bind
        _claim(host, port)
        if "WIREDESK_SITE_URL" not in os.environ:
            _be_served_at(f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}")  # noqa: S104  compared, not bound
        if sample:
            tasks.begin_samples(base.now())
        self.say(f"Wiredesk is on {settings.SITE_URL}/ — the desk is at {settings.SITE_URL}/desk/. Stop with Ctrl-C.")
        if not get_user_model().objects.exists():
            self.say("Nobody can log in to the desk yet; make the first editor with: wiredesk createsuperuser")
        asyncio.run(_serve(host, port))
        _leave()


def _leave() -> None:
    """End at once, now that all is written.

    A thread of the web server that is still ending would call a Python that has gone, and the program would leave with
    a panic instead of 0.
    """
    connections.close_all()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _be_served_at(url: str) -> None:
    """From now on this is the site's address, for this process and for every command on the same home."""
    if "WIREDESK_CONTACT_URL" not in os.environ:
        settings.CONTACT_URL = url
    settings.SITE_URL = url
    (settings.HOME / settings.SERVED_AT).write_text(f"{url}\n")


async def _serve(host: str, port: int) -> None:
    """Web server and engine side by side until SIGTERM or Ctrl-C; both end within ten seconds."""
    server = Server(
        application, address=host, port=port, interface=Interfaces.ASGI, websockets=False, log_enabled=False
    )
    inline = engine.Inline()
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    inline.start()
    serving = asyncio.create_task(server.serve())
    await asyncio.wait((serving, asyncio.create_task(stopping.wait())), return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    if not await asyncio.to_thread(inline.stop):
        log.warning("a task would not end; it is dropped and will be due again")
    server.stop()  # type: ignore[no-untyped-call]  # granian leaves it untyped
    await asyncio.wait((serving,), timeout=2)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ArgumentTypeError("write it as HOST:PORT, for example 127.0.0.1:8000")
    return host.strip("[]") or "127.0.0.1", int(port)


def _claim(host: str, port: int) -> None:
    """Find out now, and say it plainly, if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"cannot listen on {host}:{port}: {error.strerror}; choose another with --bind"
            ) from None
