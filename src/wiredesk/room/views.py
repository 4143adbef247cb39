"""The desk's screens: the queue, one story, the feeds. Function views; every act is a POST with the editor's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wiredesk.desk import edit, gate, joining, merging, provenance, wholetext, wordings
from wiredesk.desk.models import Alert, Conflict, Delivery, Feed, Receipt, Story
from wiredesk.desk.rows import WITH_CARRIERS, as_value, corrections_of, licence_of
from wiredesk.news import clean, passages
from wiredesk.news.editing import manuscript
from wiredesk.news.errors import NewsError
from wiredesk.news.provenance import HTML, TEXTS
from wiredesk.news.story import State
from wiredesk.news.surface import Surface
from wiredesk.news.unmet import Strictness
from wiredesk.outlets.site import copy
from wiredesk.room import forms
from wiredesk.room.access import editors_only

PER_PAGE = 50
RECEIPTS = Prefetch("receipts", Receipt.objects.order_by("-id"))
ACTS: Mapping[str, Callable[..., Story]] = {
    "publish": edit.publish,
    "hold": edit.hold,
    "release": edit.release,
    "kill": edit.kill,
}
ASKING = ("publish", "release")  # what terms that are not met can stop
OFFERED: Mapping[str, tuple[str, ...]] = {
    State.WAITING: ("publish", "kill"),
    State.LIVE: ("hold", "kill"),
    State.HELD: ("release", "kill"),
    State.KILLED: ("release",),
    State.JOINED: (),
}


@require_safe
@editors_only
def queue(request: HttpRequest) -> HttpResponse:
    """The stories by state, newest first; what waits for an editor comes up by itself."""
    form = forms.Look(request.GET)
    rows = Story.objects.select_related("source__licence", "feed", "section").prefetch_related("tags", WITH_CARRIERS)
    page = Paginator(form.narrowed(rows).order_by("-order_at", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    now = datetime.now(UTC)
    context = {
        "form": form,
        "states": [(state.value, form.count(state)) for state in State],
        "chosen": form.tab,
        "page": page,
        "rows": [_line(row, now) for row in page],
        "now": now,
        "alerts": Alert.objects.filter(settled_at=None).select_related("story", "other").order_by("-at")[:10],
        "query": form.query(),
    }
    return render(request, "room/queue.html", context)


def _line(row: Story, now: datetime) -> dict[str, Any]:
    value = as_value(row, now=now, whole=False)
    leave = gate.leave(value, Surface.PAGE, now)
    return {"story": row, "leave": leave, "acts": OFFERED[row.state]}


@require_safe
@editors_only
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One story: what readers get, what came, what happened."""
    row = get_object_or_404(Story.objects.select_related("source__licence", "feed", "section"), pk=number)
    now = datetime.now(UTC)
    value = as_value(row, corrections_of(row), now=now)
    unmet = edit.unmet_by(row, now)
    lead = row.carriers.filter(role="lead").select_related("item__feed__source").first()
    context = {
        **_line(row, now),
        "standfirst": copy.ready(value.standfirst),
        "body": copy.ready(value.body),
        "carriers": row.carriers.select_related("item__feed__source").order_by("-role", "id"),
        "versions": lead.item.versions.order_by("-number")[:50] if lead else (),
        "copies": row.copies.select_related("outlet").prefetch_related(RECEIPTS).order_by("outlet_id"),
        "events": row.events.select_related("filed").order_by("-id")[:200],
        "unmet": unmet,
        "conflicts": row.conflicts.filter(settled_at=None),
        "texts": wholetext.waiting(row),
        "asks": any(not one.is_mended for one in unmet) and set(ASKING) & set(OFFERED[row.state]),
        "is_strict": row.source.strictness == Strictness.BLOCK,
        "trail": provenance.of(row, value),
    }
    return render(request, "room/story.html", context)


@require_POST
@editors_only
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Publish, hold, release or kill."""
    form = forms.Act(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        more = {"anyway": said["anyway"]} if said["act"] in ASKING else {}
        door = ACTS[said["act"]]
        _try(request, lambda: door(number, by=_editor(request), now=datetime.now(UTC), reason=said["reason"], **more))
    else:
        messages.error(request, "That could not be understood; nothing was done.")
    return redirect(forms.local_address(request) or "room:queue")


@require_POST
@editors_only
def carriers(request: HttpRequest, number: int) -> HttpResponse:
    """Join a story to another and back, let an item lead or stand for itself."""
    form = forms.Carry(request.POST)
    if not form.is_valid():
        messages.error(request, "That could not be understood; nothing was done.")
        return redirect("room:story", number)
    said = form.cleaned_data
    story = get_object_or_404(Story, pk=number)
    carrier = story.carriers.filter(pk=said["carrier"]).first() if said["carrier"] else None
    doors: Mapping[str, Callable[..., Story]] = {
        "join": partial(joining.join, number, said["into"] or 0),
        "unjoin": partial(joining.unjoin, number),
        "lead": partial(joining.let_lead, carrier.pk if carrier else 0),
        "split": partial(joining.split, carrier.pk if carrier else 0),
    }
    _try(request, lambda: doors[said["act"]](by=_editor(request), now=datetime.now(UTC)))
    return redirect("room:story", number)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def conflict(request: HttpRequest, number: int) -> HttpResponse:
    """What a newer version and our edits do not agree on: three sides, one choice each."""
    row = get_object_or_404(Conflict.objects.select_related("story__source"), pk=number)
    one = merging.as_field(row)
    if request.method == "POST":
        form = forms.Decision(request.POST, places=one.conflicts)
        if not form.is_valid():
            messages.error(request, "That could not be understood; nothing was done.")
            return redirect("room:conflict", number)
        _try(request, lambda: merging.decide(number, form.choices(one), by=_editor(request), now=datetime.now(UTC)))
        return redirect("room:story", row.story_id)
    places = [(place, one.parts[place]) for place in one.conflicts]
    return render(request, "room/conflict.html", {"conflict": row, "story": row.story, "places": places})


@require_POST
@editors_only
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """Let newer versions change nothing, or let them again."""
    is_frozen = request.POST.get("act") == "freeze"
    _try(request, lambda: edit.freeze(number, by=_editor(request), now=datetime.now(UTC), is_frozen=is_frozen))
    return redirect("room:story", number)


@require_safe
@editors_only
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Two stories beside each other, with the passages that both have."""
    rows = Story.objects.select_related("source__licence", "feed")
    one, two = get_object_or_404(rows, pk=number), get_object_or_404(rows, pk=other)
    texts = [clean.text_of(f"{row.standfirst}\n{row.body}") for row in (one, two)]
    likeness = wordings.shared((one.headline, texts[0]), (two.headline, texts[1]))
    context = {
        "one": one,
        "two": two,
        "likeness": likeness,
        "percent": round(100 * likeness.containment),
        "first": passages.marked(texts[0], [passage.one for passage in likeness.passages]),
        "second": passages.marked(texts[1], [passage.other for passage in likeness.passages]),
    }
    return render(request, "room/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def copy_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Edit the copy field by field, next to what came. What the terms do not let be changed is said, not kept."""
    row = get_object_or_404(Story.objects.select_related("source__licence", "feed"), pk=number)
    now_there = {name: getattr(row, name) for name in TEXTS} | {name: manuscript(getattr(row, name)) for name in HTML}
    form = forms.Copy(request.POST or None, initial=now_there)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = {name: form.cleaned_data[name] for name in TEXTS if name in request.POST}
            edit.change(number, wanted, by=_editor(request), now=datetime.now(UTC))
        except NewsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is saved; the disclosure on its page says what was changed.")
            return redirect("room:story", number)
    came, licence = provenance.received(row), licence_of(row)
    context = {"story": row, "form": form, "licence": licence, "came": came.face if came else None}
    status = 400 if form.errors else 200
    return render(request, "room/edit.html", context, status=status)


def _try(request: HttpRequest, door: Callable[[], Story]) -> None:
    try:
        row = door()
    except NewsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{row.headline}” is {row.state}.")


def _editor(request: HttpRequest) -> str:
    return str(request.user.get_username())


@require_safe
@editors_only
def feeds(request: HttpRequest) -> HttpResponse:
    """The feeds and how they are, those in trouble first."""
    rows = Feed.objects.select_related("source__licence", "section").order_by("-failures", "source__name", "id")
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    return render(request, "room/feeds.html", {"page": page})


@require_safe
@editors_only
def feed(request: HttpRequest, number: int) -> HttpResponse:
    """One feed with what it brought last."""
    row = get_object_or_404(Feed.objects.select_related("source__licence", "section"), pk=number)
    deliveries = row.deliveries.select_related("body").defer("body__packed").order_by("-received_at", "-id")[:20]
    return render(request, "room/feed.html", {"feed": row, "deliveries": deliveries})


@require_POST
@editors_only
def act_on_feed(request: HttpRequest, number: int) -> HttpResponse:
    """Pause, resume, or ask now."""
    row = get_object_or_404(Feed, pk=number)
    match request.POST.get("act"):
        case "pause":
            Feed.objects.filter(pk=row.pk).update(is_paused=True)
        case "resume":
            Feed.objects.filter(pk=row.pk).update(is_paused=False, next_poll_at=datetime.now(UTC))
        case "ask":
            Feed.objects.filter(pk=row.pk).update(next_poll_at=datetime.now(UTC))
            messages.success(request, "It is asked within a moment.")
        case _:
            messages.error(request, "That could not be understood; nothing was done.")
    return redirect("room:feed", number)


@require_safe
@editors_only
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes of a delivery as they came: a file to keep, never a page to open."""
    row = get_object_or_404(Delivery.objects.select_related("body"), pk=number)
    answer = HttpResponse(row.body.raw(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="delivery-{row.pk}.txt"'
    answer["Content-Security-Policy"] = "default-src 'none'; form-action 'none'; sandbox"
    return answer


@require_POST
@editors_only
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """An alert has been seen to."""
    Alert.objects.filter(pk=number, settled_at=None).update(settled_at=datetime.now(UTC))
    return redirect("room:queue")


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The desk's own stylesheet."""
    content = resources.files("wiredesk.room").joinpath("desk.css").read_bytes()
    answer = HttpResponse(content, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
