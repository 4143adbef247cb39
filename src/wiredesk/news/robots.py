"""robots.txt: which addresses of a site a robot may read (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_TEXT = 512 * 2**10  # characters; section 2.5 asks for 500 KiB at least
MAX_RULES = 10_000
MAX_PATTERN = 2_048  # characters of a rule, and of the address it is held against
MAX_STARS = 30
_LINE = re.compile(r"[ \t]{0,200}([A-Za-z-]{1,40})[ \t]{0,200}:[ \t]{0,200}([^#\r\n]{0,4096})")
_PRODUCT = re.compile(r"[A-Za-z_-]{1,100}")
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line that allows or disallows; `pattern` with * for anything and $ for the end."""

    is_allowed: bool
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of a site for one robot."""

    rules: tuple[Rule, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether an address may be read: the longest rule that fits says so, of equals the one that allows."""
        parts = urlsplit(url)
        path = _written(parts.path or "/") + (f"?{_written(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [rule for rule in self.rules if _fits(rule.pattern, path[:MAX_PATTERN])]
        best = max(fitting, key=lambda rule: (len(rule.pattern), rule.is_allowed), default=None)
        return best is None or best.is_allowed


EVERYTHING = Robots()
NOTHING = Robots(rules=(Rule(is_allowed=False, pattern="/"),))


def read(text: str, agent: str) -> Robots:
    """The rules for `agent`, a product token: those of all groups that name it, else those for every robot (*)."""
    named: list[Rule] = []
    others: list[Rule] = []
    is_named = False
    for agents, rules in _groups(text[:MAX_TEXT]):
        if agent.casefold() in agents:
            is_named = True
            named += rules
        elif "*" in agents:
            others += rules
    return Robots(rules=tuple((named if is_named else others)[:MAX_RULES]))


def _groups(text: str) -> Iterator[tuple[set[str], list[Rule]]]:
    """Each group: the robots it names, casefolded, and its rules. What stands before the first is nobody's."""
    agents: set[str] = set()
    rules: list[Rule] = []
    has_begun = False  # a rule ends the list of names
    for name, value in _lines(text):
        if name == "user-agent":
            if has_begun:
                yield agents, rules
                agents, rules, has_begun = set(), [], False
            product = _PRODUCT.match(value)
            agents.add("*" if value.startswith("*") else product[0].casefold() if product else "")
        elif name in ("allow", "disallow") and agents:
            has_begun = True
            if value:  # an empty rule says nothing
                rules.append(Rule(is_allowed=name == "allow", pattern=_written(value)[:MAX_PATTERN]))
    yield agents, rules


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found:
            yield found[1].lower(), found[2].strip()


def _written(path: str) -> str:
    """A path as it is compared: percent-encoded, in capitals (section 2.2.2)."""
    return re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), quote(path, safe=_SAFE))


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says. In one pass, however many stars it has: the first ones."""
    is_whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")[:MAX_STARS]
    if not path.startswith(first):
        return False
    place = len(first)
    last = parts.pop() if is_whole and parts else None
    for part in parts:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= place
    return not is_whole or place == len(path)
