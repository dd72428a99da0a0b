"""Whom to talk to in the City: functions rather than people, by subject and by part of the city."""

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import District, Party
from idekom.lib.dated import Dated, DatedQuerySet, today
from idekom.lib.text import search_key, searchable

CHECKED_EVERY = 365
"""Days for which what is told about a contact counts as checked."""
LONGEST_SEARCH = 100


class Topic(models.Model):
    """A subject that people have questions about, and the other words that they look for it with."""

    slug = models.SlugField(_("adress"), unique=True)
    name = models.CharField(_("namn"), max_length=80)
    words = models.CharField(
        _("andra ord som folk söker på"), max_length=300, blank=True, help_text=_("Till exempel lokal, hyra, möteslokal. Visas inte.")
    )
    search_text = models.GeneratedField(
        expression=searchable("name_sv", "name_en", "words"), output_field=models.TextField(), db_persist=True, editable=False
    )

    class Meta:
        verbose_name = _("ämne")
        verbose_name_plural = _("ämnen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(DatedQuerySet):
    def in_order(self) -> Self:
        """The City body's contacts together, each with what its row shows."""
        rows = self.select_related("party").prefetch_related("topics", "districts")
        return rows.order_by("party__sort_name", "function", "pk")

    def about(self, topic: str) -> Self:
        """Those that answer questions about the topic."""
        return self.filter(pk__in=Contact.topics.through.objects.filter(topic__slug=topic).values("contact"))

    def for_district(self, district: str) -> Self:
        """Those of the district, and those of the whole city."""
        chosen = Contact.districts.through.objects
        return self.filter(Q(pk__in=chosen.filter(district__slug=district).values("contact")) | ~Q(pk__in=chosen.values("contact")))

    def found_by(self, typed: str) -> Self:
        """Those in which every word stands: in the function, what it does, its City body, its topics or its districts."""
        found = self
        for word in search_key(typed[:LONGEST_SEARCH]).split():
            topics = Contact.topics.through.objects.filter(topic__search_text__contains=word).values("contact")
            districts = Contact.districts.through.objects.filter(district__in=_districts_named(word)).values("contact")
            own = Q(search_text__contains=word) | Q(party__search_text__contains=word)
            found = found.filter(own | Q(pk__in=topics) | Q(pk__in=districts))
        return found

    def unchecked(self, day: date) -> Self:
        """Those that hold on `day` and that nobody has checked for a year."""
        return self.on(day).filter(checked_on__lt=day - timedelta(days=CHECKED_EVERY))

    def check(self, day: date) -> int:
        """Somebody has made sure that they are right; returns how many."""
        return self.update(checked_on=day)


def _districts_named(word: str) -> list[int]:
    """There are few districts, and their names are in two languages."""
    return [district.pk for district in District.objects.all() if word in search_key(f"{district.name_sv} {district.name_en or ''}")]


class Contact(Dated):
    """A function in the City that answers questions. The person's name stands there only when they have said yes to that."""

    party = models.ForeignKey(
        Party, verbose_name=_("del av staden"), on_delete=models.PROTECT, related_name="contacts", limit_choices_to={"kind": Party.Kind.CITY_BODY}
    )
    function = models.CharField(_("funktion"), max_length=120, help_text=_("Till exempel föreningskonsulent. Funktionen står först."))
    helps_with = models.CharField(_("hjälper till med"), max_length=300, help_text=_("En mening som en förening förstår."))
    topics = models.ManyToManyField(Topic, verbose_name=_("ämnen"), related_name="contacts")
    districts = models.ManyToManyField(
        District, verbose_name=_("stadsområden"), blank=True, related_name="contacts", help_text=_("Inget valt: hela staden.")
    )
    name = models.CharField(_("personens namn"), max_length=120, blank=True, help_text=_("Bara om personen har sagt ja till att visas."))
    consented_on = models.DateField(_("personen sade ja"), null=True, blank=True)
    email = models.EmailField(_("funktionens e-postadress"), blank=True)
    phone = models.CharField(_("funktionens telefon"), max_length=40, blank=True)
    checked_on = models.DateField(_("uppgifterna kontrollerade"), default=today)
    search_text = models.GeneratedField(
        expression=searchable("function", "helps_with", "name"), output_field=models.TextField(), db_persist=True, editable=False
    )

    objects = ContactQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("kontakt i staden")
        verbose_name_plural = _("kontakter i staden")
        ordering = ["party__sort_name", "function", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="a_name_is_shown_by_consent",
                condition=Q(name="") | Q(consented_on__isnull=False),
                violation_error_message=_("Skriv vilken dag personen sade ja till att visas, eller ta bort namnet."),
            ),
            models.CheckConstraint(
                name="a_contact_can_be_reached",
                condition=~Q(email="") | ~Q(phone=""),
                violation_error_message=_("Skriv en e-postadress eller ett telefonnummer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}"

    def clean(self) -> None:
        super().clean()
        if self.party_id and self.party.kind != Party.Kind.CITY_BODY:
            raise ValidationError({"party": _("Välj en nämnd, en förvaltning eller ett bolag i staden.")})

    @property
    def is_stale(self) -> bool:
        """Whether nobody has checked it for a year."""
        return self.checked_on < today() - timedelta(days=CHECKED_EVERY)
