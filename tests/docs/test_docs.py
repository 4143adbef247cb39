"""Documents that cannot lag: what is there is described, and what is linked is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wiredesk.news.profile import TARGETS, Listed, Written

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WORDS = "Source Feed Delivery Item Version Story Carrier Edit Event Licence Leave Page Outlet Surface Copy Mark headline byline dateline slugline ednote credit urgency status embargo expiry".split()


def text(*path: str) -> str:
    return ROOT.joinpath(*path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r'environ(?:\.get)?[(\[]"([A-Z_]+)"', text("src", "wiredesk", "settings.py"))))
)
def test_every_setting_is_described(name: str) -> None:
    assert name in text("docs", "reference", "settings.md") or name in ("LOCALAPPDATA", "XDG_DATA_HOME")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src/wiredesk/management/commands").glob("[a-z]*.py")), ids=lambda path: path.stem
)
def test_every_command_is_described(path: Path) -> None:
    assert f"| `{path.stem}" in text("docs", "reference", "commands.md")


@pytest.mark.parametrize("name", re.findall(r"^([A-Za-z][\w.-]*)", text("requirements", "run.in"), re.MULTILINE))
def test_every_dependency_has_its_reason(name: str) -> None:
    assert f"`{name}`" in text("docs", "decisions", "0003-dependencies.md")


@pytest.mark.parametrize("field", [*Written.__struct_fields__, *Listed.__struct_fields__, *TARGETS])
def test_every_key_of_a_profile_is_described(field: str) -> None:
    name = field if "." not in field else f".{field.partition('.')[2]}"
    assert re.search(rf"`(?:\w+)?{re.escape(name)}`", text("docs", "reference", "profiles.md"))


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "src/wiredesk/news/profiles").glob("*.toml")))
def test_every_shipped_profile_is_named(name: str) -> None:
    assert f"`{name}`" in text("docs", "reference", "profiles.md")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_in_the_glossary(word: str) -> None:
    assert re.search(rf"^\|.*\b{word}\b", text("docs", "glossary.md"), re.MULTILINE)


@pytest.mark.parametrize(
    "page", [*DOCS.rglob("*.md"), *ROOT.glob("*.md")], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
