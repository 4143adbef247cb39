"""Whom we take copy from, and what they let us do with it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, URLValidator
from django.db import models

from wiredesk.news import licence as terms
from wiredesk.news.licence import Extent, Selection

WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class LicenceQuerySet(models.QuerySet["Licence"]):
    def keep(self, licence: terms.Licence) -> Licence:
        """The row of this licence, made if there is none; a row that an operator has changed stays as it is."""
        return self.get_or_create(
            name=licence.name,
            defaults={
                "title": licence.title,
                "extent": licence.extent,
                "words": licence.words,
                "selection": licence.selection,
                "obeys_embargo": licence.obeys_embargo,
                "keep_days": licence.keep_days,
                "outlets": list(licence.outlets),
                "credit": licence.credit,
                "url": licence.url,
            },
        )[0]


class Licence(models.Model):
    """What a source lets us do, as data. Field names are those of news.licence.Licence; a test keeps them so."""

    name = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, blank=True)
    extent = models.PositiveSmallIntegerField(
        choices=[(e.value, e.name.lower()) for e in Extent], default=Extent.NOTHING
    )
    words = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(terms.MAX_WORDS)])
    selection = models.PositiveSmallIntegerField(
        choices=[(s.value, s.name.lower()) for s in Selection], default=Selection.HUMAN
    )
    obeys_embargo = models.BooleanField(default=True)
    keep_days = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(terms.MAX_DAYS)])
    outlets = models.JSONField(default=list, blank=True)
    credit = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=1000, blank=True, validators=[WEB_ADDRESS])

    objects = LicenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title or self.name

    def as_value(self) -> terms.Licence:
        """What the core judges by. What it does not know falls away: unknown means the most restrictive."""
        return terms.Licence(
            name=self.name,
            title=self.title,
            extent=Extent(self.extent) if self.extent in set(Extent) else Extent.NOTHING,
            words=self.words,
            selection=Selection.AUTOMATIC if self.selection == Selection.AUTOMATIC else Selection.HUMAN,
            obeys_embargo=self.obeys_embargo,
            keep_days=self.keep_days,
            outlets=tuple(outlet for outlet in terms.OUTLETS if outlet in self.outlets),
            credit=self.credit,
            url=self.url,
        )


class Source(models.Model):
    """An agency or publisher we take copy from; it holds the licence."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    url = models.CharField(max_length=2000, blank=True, validators=[WEB_ADDRESS])
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="sources")
    profile = models.CharField(max_length=400, blank=True)  # the agency's dialect: a name that desk.profiles knows

    def __str__(self) -> str:
        return self.name
