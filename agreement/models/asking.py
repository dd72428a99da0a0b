"""Asking how an activity goes: whom the portal mails, when, and the link that tells of that activity alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Representative
from agreement.models.plans import Activity
from agreement.models.quarters import Quarter
from idekom.lib.history import Outgoing, ring
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

QUIET_DAYS = 60
"""So long after the latest update the contact is asked for a new one."""
BETWEEN_DAYS = 30
"""Nobody is asked by the clock sooner than this after having told something, or after having been asked."""
FORGET_DAYS = 365
"""So long after an activity has ended its contact is known: this is told on the privacy page."""


class CannotAsk(ValidationError):
    """There is nobody to mail, or nothing to tell."""

    def __init__(self) -> None:
        told = _("Det går inte att skicka någon länk. Aktiviteten ska vara publicerad och ha en kontakt vars länk gäller.")
        super().__init__(told, code="cannot_ask")


class ActivityContactQuerySet(models.QuerySet["ActivityContact"]):
    def forget(self, day: date) -> int:
        """Forget the contacts of activities that ended more than FORGET_DAYS before `day`; returns how many."""
        ended = self.filter(activity__status__in=[Activity.Status.DONE, Activity.Status.CANCELLED]).annotate(
            ended_at=Max("activity__events__at", filter=Q(activity__events__action__in=["finish", "cancel"]))
        )
        due = list(ended.filter(ended_at__date__lt=day - timedelta(days=FORGET_DAYS)).values_list("pk", flat=True))
        return self.filter(pk__in=due).delete()[0]

    def standing(self) -> Self:
        """Those whose link has not been revoked."""
        return self.filter(is_revoked=False)

    def reachable(self, day: date) -> Self:
        """Those whom a mail reaches on `day`: their link stands, and they still act for the party if they are there as its representative."""
        acts = Representative.objects.on(day).filter(pk=OuterRef("representative"), party=OuterRef("activity__party"))
        return self.standing().filter(~Q(email="") | Exists(acts))


class ActivityContact(models.Model):
    """Whom the portal asks how an activity goes: somebody with an e-mail address, or somebody who acts for its party. Never public."""

    activity = models.OneToOneField(Activity, verbose_name=_("aktivitet"), on_delete=models.PROTECT, related_name="contact")
    name = models.CharField(_("namn"), max_length=120, blank=True)
    email = models.EmailField(_("e-postadress"), blank=True)
    language = models.CharField(_("språk"), max_length=2, default="sv", choices=[("sv", _("svenska")), ("en", _("engelska"))])
    representative = models.ForeignKey(
        Representative, verbose_name=_("eller en företrädare med konto"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    is_revoked = models.BooleanField(_("länken är indragen"), default=False, editable=False)

    objects = ActivityContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontakt för en aktivitet")
        verbose_name_plural = _("kontakter för aktiviteter")
        constraints = [
            models.CheckConstraint(
                name="a_contact_has_an_address_or_an_account",
                condition=~Q(email="") ^ Q(representative__isnull=False),
                violation_error_message=_("Skriv en e-postadress eller välj en företrädare, inte båda."),
            ),
            models.CheckConstraint(name="contact_language_is_known", condition=Q(language__in=["sv", "en"])),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def address(self) -> str:
        """Where the mail goes."""
        return self.representative.user.email if self.representative else self.email

    @property
    def reads(self) -> str:
        """The language of the mail."""
        return self.representative.user.language if self.representative else self.language

    @property
    def link(self) -> str:
        """The link in full, in the contact's language."""
        with translation.override(self.reads):
            return absolute(reverse("agreement:tell", args=[self.token]))

    @transaction.atomic
    def renew(self, *, by: "User") -> None:
        """A new link; the one before leads nowhere."""
        self._give(is_revoked=False)
        self.activity._record("renew_link", by=by)

    @transaction.atomic
    def revoke(self, *, by: "User") -> None:
        """The link leads nowhere, and nobody is asked."""
        self._give(is_revoked=True)
        self.activity._record("revoke_link", by=by)

    def _give(self, *, is_revoked: bool) -> None:
        self.token, self.is_revoked = new_token(), is_revoked
        self.save(update_fields=["token", "is_revoked"])


class StatusRequestQuerySet(models.QuerySet["StatusRequest"]):
    def make(self, day: date) -> int:
        """Ask those who are due on `day`; returns how many. Safe to repeat, and after days without a run."""
        before = self.count()
        self.bulk_create(_due(day), ignore_conflicts=True)
        return self.count() - before

    def ask_now(self, activity: Activity, day: date) -> bool:
        """Mail the link on the secretary's word; False when that was done on `day` already. Raises CannotAsk."""
        if not activity.goes_on or not ActivityContact.objects.reachable(day).filter(activity=activity).exists():
            raise CannotAsk
        _asked, is_new = self.get_or_create(activity=activity, kind=StatusRequest.Kind.NOW, since_on=day, defaults={"asked_on": day})
        ring(StatusRequest.BELL)
        return is_new


class StatusRequest(Outgoing):
    """One question how an activity goes: every quarter, 60 days after the latest update, or on the secretary's word."""

    BELL: ClassVar[str] = "agreement.deliver_mail"

    class Kind(models.TextChoices):
        QUARTER = "quarter", _("varje kvartal")
        QUIET = "quiet", _("60 dagar efter den senaste uppgiften")
        NOW = "now", _("på kansliets begäran")

    activity = models.ForeignKey(Activity, verbose_name=_("aktivitet"), on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("varför"), max_length=8, choices=Kind)
    since_on = models.DateField(_("period"), help_text=_("Kvartalets första dag, dagen för den senaste uppgiften, eller dagen då kansliet bad."))
    asked_on = models.DateField(_("frågad"))

    objects = StatusRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga om en aktivitet")
        verbose_name_plural = _("frågor om aktiviteter")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="kind_of_a_request_is_known", condition=Q(kind__in=["quarter", "quiet", "now"])),
            models.UniqueConstraint(name="nobody_is_asked_twice_in_a_period", fields=["activity", "kind", "since_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.kind} {self.since_on}"

    def reader(self, day: date) -> ActivityContact | None:
        """Whom the mail goes to on `day`; None when there is nobody to ask, or something was told meanwhile."""
        told_since = self.activity.updates.filter(at__date__gte=self.asked_on).exists() and self.kind != self.Kind.NOW
        if not self.activity.goes_on or told_since:
            return None
        return ActivityContact.objects.reachable(day).select_related("representative__user").filter(activity=self.activity).first()


def _due(day: date) -> Iterator[StatusRequest]:
    """The question that each activity is due for on `day`: at most one each."""
    reachable = ActivityContact.objects.reachable(day).values("activity")
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    going = Activity.objects.filter(begun, status=Activity.Status.PUBLISHED, pk__in=reachable).with_latest()
    for activity in going.prefetch_related("requests").order_by("pk"):
        heard_on, requests = timezone.localdate(activity.heard_at), activity.requests.all()
        if max([heard_on, *(request.asked_on for request in requests)]) > day - timedelta(days=BETWEEN_DAYS):
            continue
        asked = {(request.kind, request.since_on) for request in requests}
        periods = [(StatusRequest.Kind.QUARTER, Quarter.of(day).first)]
        if heard_on <= day - timedelta(days=QUIET_DAYS):
            periods.append((StatusRequest.Kind.QUIET, heard_on))
        for kind, since_on in periods:
            if (kind, since_on) not in asked:
                yield StatusRequest(activity=activity, kind=kind, since_on=since_on, asked_on=day)
                break
