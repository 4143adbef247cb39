"""The screen of an unsure whole text: what its page gave, why it is unsure, and the editor's word."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from wiredesk.desk import wholetext
from wiredesk.desk.models import Carrier, WholeText
from wiredesk.news import clean
from wiredesk.news.errors import NewsError
from wiredesk.room.access import editors_only

DOORS = {"accept": wholetext.accept, "refuse": wholetext.refuse}


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def text(request: HttpRequest, number: int) -> HttpResponse:
    """Read it beside what the story shows, then take it or leave it."""
    row = get_object_or_404(WholeText.objects.select_related("item__feed__source"), pk=number)
    carrier = get_object_or_404(Carrier.objects.select_related("story"), item_id=row.item_id)
    if request.method == "POST":
        door = DOORS.get(request.POST.get("act", ""))
        try:
            if door is None:
                raise NewsError("That could not be understood; nothing was done.")
            door(row.pk, by=str(request.user.get_username()), now=datetime.now(UTC))
        except NewsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The story shows it." if door is wholetext.accept else "It is not shown.")
        return redirect("room:story", carrier.story_id)
    story = carrier.story
    context = {
        "row": row,
        "story": story,
        "lines": clean.text_of(row.body).split("\n"),
        "shown": clean.text_of(f"{story.standfirst}\n{story.body}").split("\n"),
    }
    return render(request, "room/wholetext.html", context)
