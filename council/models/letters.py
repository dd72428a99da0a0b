"""The letters to members: one when a mandate starts, one with thanks when it has ended. Each goes once."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from council.models.mandates import Mandate
from idekom.lib.history import Outgoing, ring

RECENT = timedelta(days=30)
"""A mandate that is entered long after its end gets no letter by mail: it would come years late."""


class MandateLetterQuerySet(models.QuerySet["MandateLetter"]):
    def write(self, mandate: Mandate, kind: "MandateLetter.Kind") -> None:
        """A letter to go, unless it has gone already."""
        self.get_or_create(mandate=mandate, kind=kind)
        ring(MandateLetter.BELL)

    def write_thanks(self, day: date) -> int:
        """Letters for the mandates that have ended lately; returns how many are new. Who goes on in the same seat is not thanked for leaving it."""
        goes_on = Mandate.objects.valid().filter(
            seat=OuterRef("seat"),
            person=OuterRef("person"),
            period__adjacent_to=OuterRef("period"),
            period__startswith__gt=OuterRef("period__startswith"),
        )
        ended = Mandate.objects.valid().filter(period__upper_inf=False, period__endswith__lte=day, period__endswith__gt=day - RECENT)
        due = ended.exclude(Exists(goes_on)).exclude(letters__kind=MandateLetter.Kind.END)
        made = self.bulk_create([MandateLetter(mandate=one, kind=MandateLetter.Kind.END) for one in due], ignore_conflicts=True)
        return len(made)

    def standing(self) -> Self:
        """Those of mandates that nobody has declared void."""
        return self.select_related("mandate__person__user", "mandate__seat__body", "mandate__seat__sector", "mandate__nomination")


class MandateLetter(Outgoing):
    """A letter to a member about a mandate, by mail with a PDF."""

    BELL = "council.deliver_mail"

    class Kind(models.TextChoices):
        START = "start", _("brev när mandatet börjar")
        END = "end", _("brev när mandatet har slutat")

    mandate = models.ForeignKey(Mandate, verbose_name=_("mandat"), on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("slag"), max_length=8, choices=Kind)

    objects = MandateLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("brev till ledamot")
        verbose_name_plural = _("brev till ledamöter")
        constraints = [
            models.UniqueConstraint(name="a_letter_about_a_mandate_goes_once", fields=["mandate", "kind"]),
            models.CheckConstraint(name="letter_kind_is_known", condition=Q(kind__in=["start", "end"])),
        ]

    def __str__(self) -> str:
        return f"{self.mandate}, {self.get_kind_display()}"

    @property
    def reader(self) -> tuple[str, str] | None:
        """(address, language) of the member; None when the portal knows no address, and the letter goes on paper."""
        user = self.mandate.person.user
        if user is not None:
            return user.email, user.language
        nomination = getattr(self.mandate, "nomination", None)
        return (nomination.email, nomination.language) if nomination else None


def served(mandate: Mandate) -> str:
    """How long the person has served in the body by the end of the mandate, in words; days with two mandates count once."""
    last = mandate.until_on or mandate.from_on
    mandates = Mandate.objects.valid().filter(person=mandate.person_id, seat__body=mandate.seat.body_id, period__startswith__lte=last)
    days: set[int] = set()
    for one in mandates:
        end = min(one.until_on or last, last)
        days.update(range(one.from_on.toordinal(), end.toordinal() + 1))
    return in_words(len(days))


def in_words(days: int) -> str:
    """A number of days as years and months, or as days when it is less than a month."""
    years, months = divmod(round(days * 12 / 365.2425), 12)
    parts = [
        ngettext("%(number)d år", "%(number)d år", years) % {"number": years} if years else "",
        ngettext("%(number)d månad", "%(number)d månader", months) % {"number": months} if months else "",
    ]
    told = " ".join(part for part in parts if part)
    return told or ngettext("%(number)d dag", "%(number)d dagar", days) % {"number": days}
