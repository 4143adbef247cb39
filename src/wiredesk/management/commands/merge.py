"""`wiredesk merge BASE OURS THEIRS`: a newer version of a text over our edits of the one before."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import CommandError

from wiredesk.management import base, sides
from wiredesk.news import merge


class Command(base.Command):
    help = "merge a newer version of a text with our edits of the one before, by paragraph"
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "base", metavar="BASE", help="the text that was edited here: a file, or - for standard input"
        )
        parser.add_argument("ours", metavar="OURS", help="the same with our edits")
        parser.add_argument("theirs", metavar="THEIRS", help="the newer version")
        base.add_json(parser)

    def run(self, *, base: str, ours: str, theirs: str, as_json: bool, **_: Any) -> None:
        files = {"base": base, "theirs": theirs, "ours": ours}
        texts = {name: sides.read(file) for name, file in files.items()}
        if sides.is_html(list(texts.values())):
            field = merge.merged_html("body", *sides.safe(list(texts.values())))
        else:
            field = merge.merged_text(**texts)
        if as_json:
            self.say(json.dumps(_record(field), ensure_ascii=False))
        else:
            self.say(field.text if not field.conflicts else merge.PARTED.join(_marked(field, files)))
        if field.conflicts:
            count = len(field.conflicts)
            raise CommandError(f"{count} conflict{'s' * (count != 1)}; there ours stands until somebody decides")


def _record(field: merge.Field) -> dict[str, Any]:
    """The merged text, where ours stands in conflicts; the conflicts; whose each part is."""
    parts = msgspec.to_builtins(field.parts)
    return {
        "text": field.text,
        "by": field.by,
        "order": field.order,
        "conflicts": [{"part": place, **_sides(field.parts[place])} for place in field.conflicts],
        "parts": [{"by": part.get("by", "same"), "text": part["text"]} for part in parts],
    }


def _sides(part: merge.Part) -> dict[str, Any]:
    texts = {name: merge.PARTED.join(getattr(part, name)) for name in ("base", "ours", "theirs")}
    return {"why": part.conflict, "matters": part.matters, **texts}


def _marked(field: merge.Field, files: dict[str, str]) -> list[str]:
    """The parts, those in conflict with their three sides between the marks that merge tools know."""
    out: list[str] = []
    for part in field.parts:
        if not part.conflict:
            out += part.text
            continue
        rows = [f"<<<<<<< ours: {files['ours']}", *part.ours, f"||||||| base: {files['base']}", *part.base]
        rows += ["=======", *part.theirs, f">>>>>>> theirs: {files['theirs']}"]
        out.append("\n".join(rows))
    return out
