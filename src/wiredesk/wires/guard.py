"""Where a request may go: the judge of addresses, and connections that reach only what was judged (TRUST section 5).

Every outgoing request of the whole system goes through here, on every hop.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Lookup = Callable[[str], Awaitable[Sequence[str]]]

PORTS = frozenset((80, 443, 8080, 8443))
MAX_URL = 4_096
OWN_FOR = 3600.0  # seconds for which our own interface addresses are believed
_REFUSED_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 "
        "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = tuple(ipaddress.IPv6Network(net) for net in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split())
_HOST = re.compile(r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*\.?")


class Refused(ValueError):
    """The guard lets no request go there. The message tells an editor what is wrong and nothing about our network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart: what is asked for by name, or by number if `literal`."""

    scheme: str
    host: str
    port: int
    literal: Address | None = None


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, by table: what is not clearly public is not."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in net for net in _REFUSED_4)
    return address in _PUBLIC_6 and not any(address in net for net in _REFUSED_6)


def target_of(url: str) -> Target:
    """Take an address apart, or refuse it: scheme, user names, odd characters, hosts that are no hosts."""
    if len(url) > MAX_URL or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("The address is malformed.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").lower()
    except ValueError:
        raise Refused("The address is malformed.") from None
    if parts.scheme not in ("http", "https"):
        raise Refused("Only http and https addresses can be fetched.")
    if "@" in parts.netloc:
        raise Refused("An address with a user name in it is not fetched.")
    host = _ascii(host)
    return Target(
        scheme=parts.scheme, host=host, port=port or (443 if parts.scheme == "https" else 80), literal=_literal(host)
    )


def server(scheme: str, host: str, port: int) -> Target:
    """A server of another kind than the web's, by name or number, or Refused."""
    host = _ascii(host.lower())
    return Target(scheme=scheme, host=host, port=port, literal=_literal(host))


def _ascii(host: str) -> str:
    if not host:
        raise Refused("The address names no host.")
    if ":" in host:
        return host
    try:
        ascii_ = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except ValueError:
        raise Refused("The address names no host.") from None
    if not _HOST.fullmatch(ascii_) or len(ascii_) > 253:
        raise Refused("The address names no host.")
    return ascii_.rstrip(".")


def _literal(host: str) -> Address | None:
    """An IP address written as host, in any of the forms that system calls understand (0x7f.1, 2130706433)."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if ":" in host:
        raise Refused("The address names no host.")
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host)) if re.fullmatch(r"[0-9a-fx.]+", host) else None
    except OSError:
        return None


class Guard:
    """Judges addresses. `allow` opens networks, on all ports; `lookup` asks the name service (a test gives its own)."""

    def __init__(
        self,
        *,
        allow: Sequence[Network] = (),
        ports: frozenset[int] = PORTS,
        lookup: Lookup | None = None,
        own: Callable[[], frozenset[Address]] | None = None,
    ) -> None:
        self._allow = tuple(allow)
        self._ports = ports
        self._lookup = lookup or _system_lookup
        self._read_own = own or own_addresses
        self._own: frozenset[Address] = frozenset()
        self._own_until = 0.0

    def is_allowed(self, address: Address) -> bool:
        """Whether the operator opened the network of this address."""
        return any(address.version == net.version and address in net for net in self._allow)

    def judge(self, address: Address, port: int | None) -> None:
        """Let one address pass, or raise Refused. A port of None was judged by whoever asks, as no web server's."""
        if self.is_allowed(address):
            return
        if not is_public(address) or address in self.own():
            raise Refused("The address is not on the public internet.")
        if port is not None and port not in self._ports:
            raise Refused(f"Port {port} is not asked; feeds are on {', '.join(map(str, sorted(self._ports)))}.")

    async def resolve(self, target: Target, *, is_web: bool = True) -> list[Address]:
        """The addresses of a target, looked up once, all of them judged: one bad answer refuses the name."""
        if target.literal is not None:
            answers: list[Address] = [target.literal]
        else:
            answers = [ipaddress.ip_address(text.partition("%")[0]) for text in await self._lookup(target.host)]
        if not answers:
            raise Refused("The host has no address.")
        for answer in answers:
            self.judge(answer, target.port if is_web else None)
        return answers

    def own(self) -> frozenset[Address]:
        """The addresses of this machine: a public one also reaches its admin ports."""
        if monotonic() >= self._own_until:
            self._own, self._own_until = self._read_own(), monotonic() + OWN_FOR
        return self._own

    def socket_for(self, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        """A socket for one connection.

        The last check, on the number really connected to (literals never ask a resolver).
        """
        family, kind, protocol, _, place = info
        self.judge(ipaddress.ip_address(str(place[0]).partition("%")[0]), int(str(place[1])))
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made


class Pins(AbstractResolver):
    """A resolver that knows only what the guard has judged: no second look-up, so no rebinding."""

    def __init__(self) -> None:
        self._pins: dict[tuple[str, int], list[Address]] = {}

    def pin(self, target: Target, addresses: Sequence[Address]) -> None:
        """Hold the addresses of a host for the connection that follows."""
        if len(self._pins) > 10_000:
            self._pins.clear()
        self._pins[target.host, target.port] = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """What was pinned, and nothing else."""
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._pins.get((host, port), ())
        ]

    async def close(self) -> None:
        """Nothing is held open."""


async def _system_lookup(host: str) -> Sequence[str]:
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("The host has no address.") from None
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def own_addresses() -> frozenset[Address]:
    """The addresses of this machine's interfaces, as the kernel and its name tell them."""
    found: set[Address] = set()
    for path in ("/proc/net/fib_trie", "/proc/net/if_inet6"):
        try:
            text = Path(path).read_text()
        except OSError:
            continue
        if path.endswith("inet6"):
            found |= {ipaddress.IPv6Address(bytes.fromhex(line[:32])) for line in text.splitlines() if len(line) > 32}
        else:
            found |= {
                ipaddress.IPv4Address(one) for one in re.findall(r"\|-- (\d+\.\d+\.\d+\.\d+)\n\s+/32 host LOCAL", text)
            }
    try:
        for answer in socket.getaddrinfo(socket.gethostname(), None):
            found.add(ipaddress.ip_address(str(answer[4][0]).partition("%")[0]))
    except OSError:
        pass
    return frozenset(found)
