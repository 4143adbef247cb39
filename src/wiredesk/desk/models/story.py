"""Stories: the same copy over all feeds as readers see it, with carriers, edits and the append-only log of events."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from wiredesk.desk.models.feed import Feed
from wiredesk.desk.models.item import Item
from wiredesk.desk.models.source import FiledTerms, Source
from wiredesk.news.provenance import TEXTS
from wiredesk.news.story import Kind, State


class Section(models.Model):
    """A part of the site that feeds are put into."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A topic the copy itself names."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)

    def __str__(self) -> str:
        return self.name


class Checked(models.IntegerChoices):
    """How far desk.checks has come with a story: never looked at, to be looked at again, done."""

    NEW = 0
    AGAIN = 1
    DONE = 2


class StoryQuerySet(models.QuerySet["Story"]):
    def perhaps_public(self, now: datetime) -> StoryQuerySet:
        """Stories that rights.leave may let out at `now`: a first sieve for lists, never the judgement."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now), Q(embargo_at=None) | Q(embargo_at__lte=now), state=State.LIVE
        )

    def struck_by(self, now: datetime) -> StoryQuerySet:
        """Stories whose embargo or end has come since the clock last looked at them."""
        return self.filter(clock_at__lte=now).order_by("clock_at", "id")


class Story(models.Model):
    """What readers see of one piece of copy. `standfirst` and `body` are safe HTML by `policy` of news.clean."""

    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    # Indexes stand below; a feed is never asked for its stories.
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="stories", db_index=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="stories", db_index=False)
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories", db_index=False
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="stories")

    headline = models.CharField(max_length=500)
    slug = models.CharField(max_length=80)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    policy = models.PositiveSmallIntegerField(default=0)
    byline = models.CharField(max_length=300, blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    credit = models.JSONField(default=list)
    origin = models.CharField(max_length=120, blank=True, db_default="")  # the agency whose copy it is: desk.checks
    checked = models.PositiveSmallIntegerField(choices=Checked, default=Checked.NEW, db_default=Checked.NEW)
    notices = models.JSONField(default=list)
    terms = models.CharField(max_length=100, blank=True)  # what the copy itself takes away: words of news.terms
    is_corrected = models.BooleanField(default=False)
    is_frozen = models.BooleanField(default=False, db_default=False)  # newer versions are told, and change nothing
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined", db_index=False
    )
    unjoined = models.CharField(max_length=10, blank=True, db_default="")  # the state it had before it was joined

    first_seen_at = models.DateTimeField()
    order_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)  # as the source says
    updated_at = models.DateTimeField(null=True)  # as the source says
    went_out_at = models.DateTimeField(null=True)  # when our readers could first see it
    embargo_at = models.DateTimeField(null=True)
    embargo_open = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    clock_at = models.DateTimeField(null=True)  # next moment at which time alone changes what may be shown

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["state", "-order_at", "-id"]),
            models.Index(fields=["section", "state", "-order_at"]),
            models.Index(fields=["source", "state", "-order_at"]),
            models.Index(fields=["clock_at"], condition=~Q(clock_at=None), name="stories_by_clock"),
            models.Index(fields=["-order_at"], condition=Q(is_corrected=True), name="corrected_stories"),
            models.Index(fields=["policy"], name="stories_by_policy"),
            models.Index(fields=["id"], condition=Q(checked__lt=2), name="stories_to_check"),
            models.Index(fields=["joined_to"], condition=~Q(joined_to=None), name="joined_stories"),
        ]

    def __str__(self) -> str:
        return self.headline


class Carrier(models.Model):
    """An item's link to its story: the lead, whose copy readers see, or another that also carries it."""

    class Role(models.TextChoices):
        LEAD = "lead"
        ALSO = "also"

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="carrier")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="carriers")
    role = models.CharField(max_length=4, choices=Role)
    how = models.CharField(max_length=20, blank=True)  # the kind of mark that they share
    alike = models.PositiveSmallIntegerField(null=True)  # by wording: percent of the one text that stand in the other
    number = models.PositiveIntegerField(default=1)  # of the item's version that counts: a lead's is what readers see
    terms = models.CharField(max_length=100, blank=True)  # what that version takes away: words of news.terms
    home = models.ForeignKey(  # the story it was joined from, and its role there
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="away", db_index=False
    )
    home_role = models.CharField(max_length=4, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story"], condition=Q(role="lead"), name="one_lead_a_story"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.role} {self.story_id}"


class Advice(models.Model):
    """An advisory that named nothing we had: it is heeded when what it names comes (news.advisory.REACH)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="advices")
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="advice")
    at = models.DateTimeField()
    is_heeded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["source", "at"], condition=Q(is_heeded=False), name="advice_not_heeded")]

    def __str__(self) -> str:
        return f"advice of item {self.item_id}"


class Edit(models.Model):
    """One field of a story changed at the desk: who, when, what the copy said then (base), what we say. Only added."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="edits")
    field = models.CharField(max_length=20, choices=[(name, name) for name in TEXTS])
    base = models.TextField(blank=True)
    ours = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.story_id} {self.field}"


class Conflict(models.Model):
    """Where a newer version of the copy and our edits do not go together: ours stands, an editor decides."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=20)
    number = models.PositiveIntegerField()  # of the version that came
    merged = models.JSONField()  # news.merge.Field, with the three sides of each place
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["story"], condition=Q(settled_at=None), name="open_conflicts")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.field}"


class Event(models.Model):
    """One line of a story's log, only ever added. The id is the cursor from which outlets read on."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    at = models.DateTimeField()
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="events", db_index=False
    )
    number = models.PositiveIntegerField(null=True, blank=True)  # of the item's version that did it
    by = models.CharField(max_length=150, blank=True)  # an editor's name, a source's, or empty for the clock
    text = models.CharField(max_length=1000, blank=True)  # reason or correction note, fit for readers
    filed = models.ForeignKey(  # the terms under which it went out
        FiledTerms, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["story", "id"])]

    def __str__(self) -> str:
        return f"{self.story_id} {self.kind}"
