"""The terms of the day, filed with what went out under them: the same terms are one row, however many stories."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from wiredesk.desk import bulk
from wiredesk.desk.models import FiledTerms
from wiredesk.news.item import as_json
from wiredesk.news.licence import Licence
from wiredesk.news.licence_file import terms_of


def file(licence: Licence, unmet: tuple[str, ...] = ()) -> str:
    """The key of these terms with what of them was not met, in words; the row is made if there is none."""
    key, terms, told = _written(licence, unmet)
    bulk.insert(FiledTerms, ("sha256", "terms", "unmet"), [(key, terms, told)])
    return key


@lru_cache(maxsize=256)
def _written(licence: Licence, unmet: tuple[str, ...]) -> tuple[str, str, str]:
    terms, told = as_json(terms_of(licence)), as_json(unmet)
    return sha256(f"{terms}\n{told}".encode()).hexdigest(), terms, told
