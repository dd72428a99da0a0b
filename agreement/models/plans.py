"""Action plans and their activities: what is done about the commitments, how, by whom, when and for what money."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pghistory
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Party, Side
from agreement.models.text import Commitment
from idekom.lib.dated import Dated, DatedQuerySet
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class ActionPlan(Dated):
    """A plan of activities for a period: the City's, the sector's or a joint one."""

    slug = models.SlugField(_("adress"), max_length=80, unique=True)
    name = models.CharField(_("namn"), max_length=160)
    side = models.CharField(_("vems plan"), max_length=16, choices=Side, blank=True, help_text=_("Tomt: en gemensam plan."))
    text = models.TextField(_("om planen"), blank=True, help_text=_("Markdown."))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("handlingsplan")
        verbose_name_plural = _("handlingsplaner")
        ordering = ["-period", "pk"]
        constraints = [*Dated.Meta.constraints, models.CheckConstraint(name="plan_side_is_known", condition=Q(side__in=["", *Side.values]))]

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """How far an activity has come."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("publicerad")
    DONE = "done", _("genomförd")
    CANCELLED = "cancelled", _("avbruten")


TRANSITIONS: Transitions = {
    "publish": ({Status.DRAFT}, Status.PUBLISHED),
    "finish": ({Status.PUBLISHED}, Status.DONE),
    "resume": ({Status.DONE}, Status.PUBLISHED),
    "cancel": ({Status.DRAFT, Status.PUBLISHED}, Status.CANCELLED),
}


def _free_address(title: str) -> str:
    address = slugify(title)[:100] or "aktivitet"
    taken = Activity.objects.filter(slug=address).exists()
    return f"{address}-{get_random_string(4, '23456789')}" if taken else address


class ActivityQuerySet(models.QuerySet["Activity"]):
    @transaction.atomic
    def begin(self, plan: ActionPlan, title: str, *, by: "User | None", commitments: Iterable[Commitment] = (), note: str = "") -> "Activity":
        """A draft of an activity, to be filled in and published; `note` says where it comes from."""
        activity = self.create(plan=plan, title=title, slug=_free_address(title))
        activity.commitments.set(commitments)
        activity._record("begin", by=by, note=note)
        return activity


@pghistory.track(model_name="ActivityChange")
class Activity(Stateful):
    """Something to be done: what, how, who, when, for what money, and which commitments it serves."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    plan = models.ForeignKey(ActionPlan, verbose_name=_("handlingsplan"), on_delete=models.PROTECT, related_name="activities")
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    title = models.CharField(_("vad"), max_length=200)
    how = models.TextField(_("hur"), blank=True)
    party = models.ForeignKey(Party, verbose_name=_("ansvarig part"), on_delete=models.PROTECT, null=True, blank=True, related_name="activities")
    who = models.CharField(_("vem"), max_length=160, blank=True, help_text=_("Funktion eller grupp, till exempel föreningskonsulenterna."))
    starts_on = models.DateField(_("börjar"), null=True, blank=True)
    due_on = models.DateField(_("klart senast"), null=True, blank=True)
    financing = models.CharField(_("finansiering"), max_length=200, blank=True)
    commitments = models.ManyToManyField(Commitment, verbose_name=_("åtaganden"), blank=True, related_name="activities")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ["plan", "due_on", "pk"]
        constraints = [
            status_is_known("activity", Status),
            models.CheckConstraint(
                name="an_activity_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message=_("Sista dagen är före den första. Ändra en av dem."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreement:activity", args=[self.slug])


class ActivityEvent(Event):
    """Something that happened to an activity."""

    subject = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en aktivitet")
        verbose_name_plural = _("händelser i aktiviteter")
