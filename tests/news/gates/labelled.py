"""Labelled copy (stories/README.md): which pairs are one text, and what our own judgement makes of them."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import combinations
from typing import Any

from tests import corpora
from wiredesk.news import bare, marks, match, wording
from wiredesk.news.match import Likeness
from wiredesk.news.wording import SHORT, Wording

STORIES = corpora.ROOT / "stories"
REAL, SYNTHETIC = STORIES / "wire-real.json", STORIES / "wire-synthetic.json.gz"

Pair = frozenset[str]
Doc = dict[str, Any]


def half_of(name: str) -> int:
    """In which half an event is: pairs are not torn apart."""
    return sha256(name.encode()).digest()[0] % 2


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Pairs of one copy as people or the variants' maker say, and what was found among all others but `ignored`."""

    copies: frozenset[Pair]
    found: Mapping[Pair, Likeness]

    @property
    def asked_or_merged(self) -> frozenset[Pair]:
        return frozenset(pair for pair, one in self.found.items() if one.verdict in ("same copy", "question"))

    @property
    def merged(self) -> frozenset[Pair]:
        return frozenset(pair for pair, one in self.found.items() if one.is_merged)

    @property
    def f1(self) -> float:
        said = self.asked_or_merged
        return 2 * len(said & self.copies) / (len(said) + len(self.copies))

    def precision(self, said: frozenset[Pair]) -> float:
        return len(said & self.copies) / len(said) if said else 1.0

    def recall(self, said: frozenset[Pair]) -> float:
        return len(said & self.copies) / len(self.copies)

    def recall_at(self, precision: float) -> float:
        """The most that can be found, by containment alone, with so few that are wrong."""
        best = right = 0
        ordered = sorted(self.found, key=lambda pair: -self.found[pair].containment)
        for number, pair in enumerate(ordered, 1):
            right += pair in self.copies
            if right / number >= precision:
                best = right
        return best / len(self.copies)


@cache
def real() -> tuple[list[Doc], frozenset[Pair], frozenset[Pair]]:
    """Articles, pairs that are the same text, pairs not to be scored."""
    whole = json.loads(REAL.read_text(encoding="utf-8"))
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in whole["pairs"]}
    ignored = frozenset(pair for pair, label in labels.items() if label == "ignore")
    return whole["docs"], frozenset(labels) - ignored, ignored


@cache
def synthetic() -> tuple[list[Doc], frozenset[Pair], frozenset[Pair]]:
    """Articles and their variants, pairs of one article, pairs of a text and the host it was put into."""
    whole = json.loads(gzip.decompress(SYNTHETIC.read_bytes()))
    docs: list[Doc] = whole["docs"] if isinstance(whole, dict) else whole
    hosts = (
        (doc["id"], op.removeprefix("embed:")) for doc in docs for op in doc.get("ops") or () if op.startswith("embed:")
    )
    ignored = frozenset(map(frozenset, hosts))
    members = defaultdict(list)
    for doc in docs:
        members[doc["story"]].append(doc["id"])
    same = (frozenset(pair) for some in members.values() for pair in combinations(some, 2))
    return docs, frozenset(same) - ignored, ignored


def judge(docs: Iterable[Doc], copies: frozenset[Pair], ignored: frozenset[Pair]) -> Judged:
    """What the index of marks and match.compare() say, as the desk would use them."""
    docs = list(docs)
    learned = _learned(docs)
    read = {
        doc["id"]: _wording(doc["title"], doc["text"], learned.get(doc.get("dom", ""), frozenset())) for doc in docs
    }
    found = {}
    for (one, other), shared in marks.pairs({called: text.marks for called, text in read.items()}).items():
        pair = frozenset((one, other))
        if pair not in ignored and shared >= marks.enough(min(read[one].count, read[other].count), short=SHORT):
            found[pair] = match.compare(read[one], read[other], with_passages=False)
    return Judged(copies=frozenset(pair for pair in copies if pair <= read.keys()), found=found)


@cache
def _wording(title: str, text: str, learned: frozenset[int]) -> Wording:
    return wording.of(text, headline=title, learned=learned)


def _learned(docs: Iterable[Doc]) -> dict[str, frozenset[int]]:
    """What each publisher prints under its stories, where the corpus names publishers."""
    texts = defaultdict(list)
    for doc in docs:
        if doc.get("dom"):
            texts[doc["dom"]].append(doc["text"])
    return {publisher: bare.repeated(some) for publisher, some in texts.items()}
