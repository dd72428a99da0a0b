"""Action plans and their activities: what is done about the commitments, how, by whom, when and for what money."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreement.models.parties import Party, Side
from agreement.models.text import Commitment
from idekom.lib.dated import Dated, DatedQuerySet
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

JOINT = "both"
"""The side of a plan that is not the City's or civil society's alone."""
STALE_DAYS = 90
"""After so many days without an update the pages say so."""
RESERVED = ("aktiviteter", "feed", "kvartal", "lage", "planer", "sida-vid-sida", "tidslinje")
"""Addresses below /handlingsplan/ that are not an activity's."""
ADDRESSING = 4_603_106
"""The key of the lock under which activities get their addresses."""


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

    def get_absolute_url(self) -> str:
        return reverse("agreement:plan", args=[self.slug])

    @property
    def whose(self) -> str:
        """The side whose plan it is: a Side, or JOINT."""
        return self.side or JOINT

    @property
    def whose_label(self) -> str | Promise:
        """The same in words."""
        return _("Gemensam") if not self.side else Side(self.side).label


class Status(models.TextChoices):
    """How far an activity has come."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("pågår")
    DONE = "done", _("genomförd")
    CANCELLED = "cancelled", _("avbruten")


COUNTED = (Status.PUBLISHED, Status.DONE)
TRANSITIONS: Transitions = {
    "publish": ({Status.DRAFT}, Status.PUBLISHED),
    "finish": ({Status.PUBLISHED}, Status.DONE),
    "resume": ({Status.DONE}, Status.PUBLISHED),
    "cancel": ({Status.DRAFT, Status.PUBLISHED}, Status.CANCELLED),
}


class Incomplete(ValidationError):
    """An activity is published when one knows how, by whom and until when it is done."""

    def __init__(self, missing: list[str]) -> None:
        told = _("Aktiviteten kan inte publiceras än. Fyll i: %(fields)s.")
        super().__init__(told, code="incomplete", params={"fields": ", ".join(missing)})


def _free_address(title: str) -> str:
    """An address that no other activity has. Whoever makes one at the same time waits for this transaction, and then sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADDRESSING])
    address = slugify(title)[:100] or "aktivitet"
    taken = address in RESERVED or Activity.objects.filter(slug=address).exists()
    return f"{address}-{get_random_string(8, '23456789')}" if taken else address


class ActivityQuerySet(models.QuerySet["Activity"]):
    @transaction.atomic
    def begin(self, plan: ActionPlan, title: str, *, by: "User | None", commitments: Iterable[Commitment] = (), note: str = "") -> "Activity":
        """A draft of an activity, to be filled in and published; `note` says where it comes from."""
        activity = Activity(plan=plan, title=title)
        activity.begin(by=by, note=note)
        activity.commitments.set(commitments)
        return activity

    def shown(self) -> Self:
        """Those that everybody may read: all but the drafts."""
        return self.exclude(status=Status.DRAFT)

    def counted(self) -> Self:
        """Those that the sums count: they go on, or are done."""
        return self.filter(status__in=COUNTED)

    def serving(self, commitment: Commitment) -> Self:
        """Those that serve the commitment, in whichever version of the agreement: its address stays."""
        served = Activity.commitments.through.objects.filter(activity=OuterRef("pk"), commitment__slug=commitment.slug)
        return self.filter(Exists(served))

    def of_quarter(self, first: date, last: date) -> Self:
        """Those that are to be done in a time."""
        return self.filter(due_on__range=(first, last)).order_by("due_on", "pk")

    def told_of_by(self, user: "User", day: date) -> Self:
        """Those that go on and whose party the user reports for on `day`."""
        return self.filter(status=Status.PUBLISHED, party__in=Party.objects.reported_for_by(user, day))

    def with_latest(self) -> Self:
        """With `sentence`, `percent` and `told_at` of the latest update, and `heard_at`: when it was told of, else published, last."""
        updates = self.model._meta.get_field("updates").related_model._default_manager
        latest = updates.filter(activity=OuterRef("pk"), hidden_at=None).order_by("-at", "-pk")
        opened = ActivityEvent.objects.filter(subject=OuterRef("pk"), action__in=["publish", "resume"]).order_by("-at", "-pk")
        told = {name: Subquery(latest.values(field)[:1]) for name, field in {"sentence": "sentence", "percent": "percent", "told_at": "at"}.items()}
        return self.annotate(**told, heard_at=Coalesce(Subquery(latest.values("at")[:1]), Subquery(opened.values("at")[:1])))

    def said_to_be_done(self) -> Self:
        """Those that go on although the latest update says that they are done: the secretary finishes them."""
        return self.with_latest().filter(status=Status.PUBLISHED, percent=100)

    def stale(self, day: date) -> Self:
        """Those that go on, and that nobody has told anything of for STALE_DAYS."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        long_ago = Q(heard_at__date__lte=day - timedelta(days=STALE_DAYS))
        return self.with_latest().filter(begun & long_ago, status=Status.PUBLISHED)


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

    sentence: str | None
    percent: int | None
    told_at: datetime | None
    heard_at: datetime | None
    stale_words: str  # what a list of many has reckoned for its day

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
            models.CheckConstraint(
                name="a_public_activity_says_how_who_and_when",
                condition=Q(status__in=["draft", "cancelled"]) | (~Q(how="") & Q(party__isnull=False, due_on__isnull=False)),
                violation_error_message=_("En publicerad aktivitet säger hur, av vem och till när."),
            ),
            models.CheckConstraint(
                name="an_activity_takes_no_other_pages_address",
                condition=~Q(slug__in=RESERVED),
                violation_error_message=_("Adressen är upptagen av en annan sida. Välj en annan."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreement:activity", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.status != Status.DRAFT

    @property
    def goes_on(self) -> bool:
        """Whether there is anything to tell of it."""
        return self.status == Status.PUBLISHED

    @property
    def missing(self) -> list[str]:
        """What has to be filled in before it is published."""
        empty = {"how": not self.how.strip(), "party": self.party_id is None, "due_on": self.due_on is None}
        return [str(self._meta.get_field(name).verbose_name) for name, is_empty in empty.items() if is_empty]  # type: ignore[union-attr]

    @transaction.atomic
    def begin(self, *, by: "User | None", note: str = "") -> None:
        """Keep a new draft, under an address of its own."""
        self.slug = self.slug or _free_address(self.title)
        self.save(force_insert=True)
        self._record("begin", by=by, note=note)

    def publish(self, *, by: "User") -> None:
        """Let everybody read it. Raises Incomplete, and WrongStatus."""
        if self.may("publish") and self.missing:
            raise Incomplete(self.missing)
        self._become("publish", by=by)

    def finish(self, *, by: "User", note: str = "") -> None:
        """It is done. Raises WrongStatus."""
        self._become("finish", by=by, note=note)

    def resume(self, *, by: "User", note: str = "") -> None:
        """It goes on after all. Raises WrongStatus."""
        self._become("resume", by=by, note=note)

    def cancel(self, *, by: "User", note: str = "") -> None:
        """It is not done. Raises WrongStatus."""
        self._become("cancel", by=by, note=note)

    def quiet_days(self, day: date) -> int:
        """For how many days nobody has told anything of it, as `with_latest` knows; 0 when it does not go on."""
        return (day - timezone.localdate(self.heard_at)).days if self.goes_on and self.heard_at else 0

    def is_stale(self, day: date) -> bool:
        """Whether the pages say that nothing new has been told."""
        return self.quiet_days(day) >= STALE_DAYS and (self.starts_on is None or self.starts_on <= day)

    def staleness(self, day: date) -> str:
        """For how long nothing has been told, in words; "" when that is not long."""
        days = self.quiet_days(day)
        return ngettext("Ingen ny uppgift på %(days)d dag", "Ingen ny uppgift på %(days)d dagar", days) % {"days": days} if self.is_stale(day) else ""


class ActivityEvent(Event):
    """Something that happened to an activity."""

    subject = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en aktivitet")
        verbose_name_plural = _("händelser i aktiviteter")
