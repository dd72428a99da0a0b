"""The yearly dialogue forum: when and where, its programme, and those who come."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from followup.models.rounds import Round
from idekom.lib.dated import hours_in_words

if TYPE_CHECKING:
    from idekom.users.models import User

QUESTIONS_AFTER = timedelta(days=1)
"""How long after the forum one may still ask, from the train home."""
ON_THE_CALENDAR = ("starts_at", "ends_at", "venue", "address")
"""What those who come must be told of when it changes."""


class ForumQuerySet(models.QuerySet["Forum"]):
    def public(self) -> "ForumQuerySet":
        """The forums of the rounds that have opened."""
        return self.exclude(round__status=Round.Status.PLANNED).select_related("round")

    def nearest(self, moment: datetime) -> "Forum | None":
        """The one that goes on or comes next; when none is to come, the last one."""
        public = self.public()
        return public.filter(ends_at__gte=moment - QUESTIONS_AFTER).order_by("starts_at").first() or public.order_by("-starts_at").first()


class Forum(models.Model):
    """A round's dialogue forum, on which the parties talk about what the year's reports say."""

    round = models.OneToOneField(Round, verbose_name=_("omgång"), on_delete=models.PROTECT, related_name="forum")
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    venue = models.CharField(_("lokal"), max_length=160)
    address = models.CharField(_("adress"), max_length=200)
    practical = models.TextField(_("så hittar man, och hur tillgänglig lokalen är"), max_length=2000, blank=True)
    places = models.PositiveSmallIntegerField(_("antal platser"), null=True, blank=True, help_text=_("Lämna tomt om alla får plats."))
    closes_on = models.DateField(_("sista dag att anmäla sig"))
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("dialogforum")
        verbose_name_plural = _("dialogforum")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="a_forum_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Forumet måste sluta efter att det har börjat."),
            ),
            models.CheckConstraint(
                name="a_forum_has_at_least_one_place",
                condition=Q(places__isnull=True) | Q(places__gte=1),
                violation_error_message=_("Skriv minst 1 plats, eller lämna rutan tom om alla får plats."),
            ),
            models.CheckConstraint(
                name="registration_closes_before_the_forum_ends",
                condition=Q(closes_on__lte=F("ends_at__date")),
                violation_error_message=_("Sista dagen att anmäla sig kan inte vara efter forumet."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Dialogforum %(year)s") % {"year": self.round.year})

    def get_absolute_url(self) -> str:
        return reverse("followup:forum", args=[self.round.year])

    def clean(self) -> None:
        """A forum is about the reports: it comes after the last day to hand them in."""
        starts_at: datetime | None = self.starts_at  # None where what was typed is no time
        if self.round_id and starts_at and timezone.localdate(starts_at) <= self.round.due_on:
            told = _("Välj en dag efter sista dagen att rapportera, som är den %(day)s.")
            raise ValidationError({"starts_at": told % {"day": date_format(self.round.due_on, "j F Y")}}, code="before_the_reports")

    @property
    def when(self) -> str:
        """Its hours in words."""
        return hours_in_words(self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        """The venue with its address."""
        return f"{self.venue}, {self.address}"

    def is_over(self, moment: datetime) -> bool:
        """Whether it has ended."""
        return moment > self.ends_at

    def takes_registrations(self, moment: datetime) -> bool:
        """Whether one may still say that one comes."""
        return timezone.localdate(moment) <= self.closes_on and not self.is_over(moment)

    def takes_questions(self, moment: datetime) -> bool:
        """Whether one may still ask."""
        return moment <= self.ends_at + QUESTIONS_AFTER

    def places_left(self) -> int | None:
        """How many can still come; None where there is no limit."""
        return None if self.places is None else max(0, self.places - self.registrations.coming().count())

    def hold(self) -> "Forum":
        """The forum as it is now, kept from changing by others until the transaction ends: whoever gives out a place holds it."""
        return Forum.objects.select_for_update(of=("self",)).get(pk=self.pk)

    @transaction.atomic
    def plan(self, *, by: "User") -> None:
        """Keep the forum as it is set now. Those who come are told when its time or place has changed, and new places are given out."""
        before = self.hold() if self.pk else None
        moved = before is not None and any(getattr(before, name) != getattr(self, name) for name in ON_THE_CALENDAR)
        if before is not None:
            self.sequence = before.sequence + moved
            self.revised_at = timezone.now() if moved else before.revised_at
        self.save()
        Round.objects.filter(pk=self.round_id).update(forum_on=timezone.localdate(self.starts_at))
        if moved:
            for registration in self.registrations.expected():
                registration._record("tell_of_move", by=by)
        self.give_out_places(timezone.now())

    def give_out_places(self, moment: datetime) -> int:
        """Those first in the queue get the places that are free; returns how many. Call it with the forum held."""
        queue = self.registrations.queue()
        if self.is_over(moment):
            return 0
        left = self.places_left()
        lucky = list(queue if left is None else queue[:left])
        for registration in lucky:
            registration.move_up()
        return len(lucky)

    @transaction.atomic
    def register(self, email: str, *, is_office: bool = False, **told: Any) -> None:
        """Put somebody on the list, or in the queue when it is full; told by mail. Raises RegistrationClosed, for the office not before it is over.

        An address that is there already stays as it is and is mailed its link again: a stranger learns nothing of it.
        """
        held = self.hold()
        now = timezone.now()
        if held.is_over(now) or not (is_office or held.takes_registrations(now)):
            raise RegistrationClosed
        left = held.places_left()
        is_full = left is not None and (left < 1 or self.registrations.queue().exists())
        self.registrations.take_in(held, email.strip().lower(), is_full=is_full, told=told, now=now)

    @property
    def forgets_needs_on(self) -> date:
        """When what people told of food and access is taken away."""
        return timezone.localdate(self.ends_at) + NEEDS_KEPT


NEEDS_KEPT = timedelta(days=7)
"""How long after the forum dietary and access needs are kept: this is told where they are asked for."""


class RegistrationClosed(ValidationError):
    """It is too late to say that one comes."""

    def __init__(self) -> None:
        super().__init__(_("Anmälan är stängd. Ring eller mejla kansliet, så ser de om ni kan få plats ändå."), code="registration_closed")


class ProgrammeItem(models.Model):
    """A point of a forum's programme."""

    forum = models.ForeignKey(Forum, verbose_name=_("dialogforum"), on_delete=models.PROTECT, related_name="programme")
    at = models.TimeField(_("klockan"))
    title = models.CharField(_("rubrik"), max_length=160)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    speaker = models.CharField(_("medverkande"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("programpunkt")
        verbose_name_plural = _("programpunkter")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%H.%M} {self.title}"


def is_time_to_forget(day: date) -> Q:
    """The forums that ended so long before `day` that nobody needs to know what the guests eat."""
    return Q(ends_at__date__lte=day - NEEDS_KEPT)
