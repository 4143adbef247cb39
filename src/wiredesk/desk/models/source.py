"""Whom we take copy from, and what they let us do with it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from django.core.validators import MaxValueValidator, URLValidator
from django.db import models

from wiredesk.news import licence as terms
from wiredesk.news.unmet import Strictness

WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class LicenceQuerySet(models.QuerySet["Licence"]):
    def keep(self, licence: terms.Licence) -> Licence:
        """The row of this licence, made if there is none; a row that an operator has changed stays as it is."""
        told = {name: getattr(licence, name) for name in terms.FIELDS if name != "name"}
        kept = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
        return self.get_or_create(name=licence.name, defaults=kept)[0]


def _choice(name: str, help_text: str) -> Any:
    """A column for one of the choices of Licence; a new row begins with its value there."""
    among: type[IntEnum] = terms.CHOICES[name]
    return models.PositiveSmallIntegerField(
        choices=[(one.value, one.name.lower().replace("_", " ")) for one in among],
        default=getattr(_NOTHING_SAID, name).value,
        help_text=help_text,
    )


def _codes(help_text: str) -> Any:
    return models.JSONField(default=list, blank=True, help_text=help_text)


_NOTHING_SAID = terms.Licence(name="")


class Licence(models.Model):
    """What a source lets us do, as data. Field names are those of news.licence.Licence; a test keeps them so."""

    name = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, blank=True)
    url = models.CharField(
        max_length=1000, blank=True, validators=[WEB_ADDRESS], help_text="Where the full terms can be read."
    )

    extent = _choice("extent", "How much of a story readers may see.")
    words = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(terms.MAX_WORDS)], help_text="Length of an excerpt."
    )
    editing = _choice("editing", "What may be changed: nothing; time, place and house style; also cuts; anything.")
    headline_may_change = models.BooleanField(default=False, help_text="Whether we may write our own headline.")
    images = _choice("images", "Which pictures may go with the copy; credited: those with a caption of their own.")

    selection = _choice("selection", "Who lets a story out: an editor, or the system by itself.")
    daily = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(terms.MAX_DAILY)], help_text="Stories a day; empty: any."
    )
    obeys_embargo = models.BooleanField(default=True, help_text="Whether its embargoes bind us.")
    keep_days = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(terms.MAX_DAYS)], help_text="Days it stays; empty: always."
    )
    afterwards = _choice("afterwards", "What stays at a story's address when its time is over.")

    outlets = models.JSONField(default=list, blank=True, help_text="Where it may go; none ticked: nowhere.")
    republish = models.BooleanField(default=False, help_text="Whether readers may take it for their own sites.")
    commercial = models.BooleanField(default=False, help_text="Whether a site that earns money may show it.")
    territories = _codes('Countries where it may be shown, as ["DE", "AT"]; empty: everywhere.')
    languages = _codes('Languages in which it may be shown, as ["de"]; empty: all.')
    comments = models.BooleanField(default=False, help_text="Whether readers may comment on it.")
    indexing = _choice("indexing", "What search engines are told: nothing; no news; list the original; list our page.")
    mining = _choice("mining", "Whether machines may mine the copy and learn from it.")

    link = _choice("link", "Whether a link to the original must go with the copy.")
    link_rel = _codes("What that link says of itself.")
    credit = models.CharField(max_length=400, blank=True, help_text="The credit line in the source's own words.")
    credit_position = _choice("credit_position", "Above the copy or below it.")
    pixel = _choice("pixel", "Whether the source must be able to count readers on our pages.")
    pixel_consent = _choice("pixel_consent", "What readers would have to agree to for that.")
    notify = _choice("notify", "Whether the source must be told of a use.")

    objects = LicenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title or self.name

    def as_value(self) -> terms.Licence:
        """What the core judges by. What it does not know falls away: unknown means the most restrictive."""
        return terms.known({name: getattr(self, name) for name in terms.FIELDS})


class FiledTerms(models.Model):
    """The terms of a day, as they stood when a story went out under them (its event names them); never changed."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    terms = models.JSONField()  # as a file of terms has them: news.licence_file
    unmet = models.JSONField(default=list)  # in words, what of them was not met

    def __str__(self) -> str:
        return str(self.terms.get("title") or self.terms.get("name"))


class Source(models.Model):
    """An agency or publisher we take copy from; it holds the licence."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    url = models.CharField(max_length=2000, blank=True, validators=[WEB_ADDRESS])
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="sources")
    strictness = models.PositiveSmallIntegerField(
        choices=[(one.value, one.name.lower()) for one in Strictness],
        default=Strictness.ASK.value,
        help_text="Terms that a story does not meet: block it, or ask the editor.",
    )
    holds_on_names = models.BooleanField(
        default=False, help_text="Hold a story in which one person's name is spelled two ways; else the desk is told."
    )
    profile = models.CharField(max_length=400, blank=True)  # the agency's dialect: a name that desk.profiles knows

    def __str__(self) -> str:
        return self.name
