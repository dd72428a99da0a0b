"""Those who come to a dialogue forum, and those who wait for a place."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from followup.models.forums import Forum, is_time_to_forget
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

AGAIN_AFTER = timedelta(minutes=10)
"""A stranger's address is not mailed more often than this, however often somebody types it."""


class Status(models.TextChoices):
    """Whether somebody comes."""

    REGISTERED = "registered", _("anmäld")
    WAITING = "waiting", _("på väntelistan")
    CANCELLED = "cancelled", _("avanmäld")


TONES = {Status.REGISTERED: "good", Status.WAITING: "waiting", Status.CANCELLED: "neutral"}

TRANSITIONS: Transitions = {
    "register": ({Status.CANCELLED}, Status.REGISTERED),  # somebody who changed their mind
    "wait": ({Status.CANCELLED}, Status.WAITING),
    "move_up": ({Status.WAITING}, Status.REGISTERED),
    "cancel": ({Status.REGISTERED, Status.WAITING}, Status.CANCELLED),
}


PEOPLE_KEPT = timedelta(days=365)
"""How long after a forum the names and addresses of those who registered are kept: the privacy page tells it."""
FORGOTTEN = "@glomd.invalid"


class RegistrationQuerySet(models.QuerySet["ForumRegistration"]):
    def coming(self) -> "RegistrationQuerySet":
        """Those who have a place."""
        return self.filter(status=Status.REGISTERED)

    def queue(self) -> "RegistrationQuerySet":
        """Those who wait for a place, the first one first."""
        return self.filter(status=Status.WAITING).order_by("registered_at", "pk")

    def expected(self) -> "RegistrationQuerySet":
        """Those who have a place or wait for one."""
        return self.exclude(status=Status.CANCELLED)

    def take_in(self, forum: Forum, email: str, *, is_full: bool, told: dict[str, Any], now: datetime) -> None:
        """A new registration, one taken up again, or the link once more to one that there is. The forum is held by the caller."""
        known = self.filter(email=email).first()
        verb, status = ("wait", Status.WAITING) if is_full else ("register", Status.REGISTERED)
        if known is None:
            self.create(forum=forum, email=email, status=status, registered_at=now, **told)._record(verb, by=None)
        elif known.status == Status.CANCELLED:
            known._become(verb, by=None, registered_at=now, **told)
        elif not known.events.filter(at__gt=now - AGAIN_AFTER).exists():
            known._record("ask_for_link", by=None)

    def forget_needs(self, day: date) -> int:
        """Take away what people have told of food and access, some days after the forum; returns how many had."""
        told = self.exclude(dietary_needs="", access_needs="")
        return told.filter(forum__in=Forum.objects.filter(is_time_to_forget(day))).update(dietary_needs="", access_needs="")

    def forget_people(self, day: date) -> int:
        """Forget who was there, a year after the forum; returns how many. How many came, and for whom, stays."""
        past = self.filter(forum__ends_at__date__lte=day - PEOPLE_KEPT).exclude(email__endswith=FORGOTTEN)
        number = Cast("pk", models.CharField())
        return past.update(name="", email=Concat(number, Value(FORGOTTEN)), token=Concat(Value("glomd-"), number))


class ForumRegistration(Stateful):
    """Somebody who comes to a forum, or would. Not tracked in the history: what they eat is to be forgotten."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    forum = models.ForeignKey(Forum, verbose_name=_("dialogforum"), on_delete=models.PROTECT, related_name="registrations")
    name = models.CharField(_("namn"), max_length=120)
    email = models.EmailField(_("e-postadress"))
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(_("annan organisation"), max_length=160, blank=True)
    dietary_needs = models.CharField(_("mat"), max_length=300, blank=True)
    access_needs = models.CharField(_("tillgänglighet"), max_length=300, blank=True)
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, editable=False)
    registered_at = models.DateTimeField(_("anmäldes"), default=timezone.now, editable=False)
    has_come = models.BooleanField(_("var med"), default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("anmälan")
        verbose_name_plural = _("anmälningar")
        ordering = ["name", "pk"]
        constraints = [
            status_is_known("forum_registration", Status),
            models.UniqueConstraint("forum", Lower("email"), name="an_address_registers_once_for_a_forum"),
            models.CheckConstraint(name="only_who_has_a_place_has_come", condition=Q(has_come=False) | Q(status="registered")),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page to see, change and cancel on: whoever has this address may do so."""
        return reverse("followup:registration", args=[self.forum.round.year, self.token])

    @property
    def address(self) -> str:
        """That page in full and in the language of the one who comes, for the mails."""
        with translation.override(self.language):
            return absolute(self.get_absolute_url())

    @property
    def represents(self) -> str:
        """Whom they come from, if they have said so."""
        return self.party.name if self.party else self.organisation

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def place_in_queue(self) -> int:
        """Its number among those who wait, the first being 1; 0 when it does not wait."""
        waiting = list(self.forum.registrations.queue().values_list("pk", flat=True))
        return waiting.index(self.pk) + 1 if self.pk in waiting else 0

    def is_open(self, moment: datetime) -> bool:
        """Whether it can still be changed and cancelled."""
        return self.status != Status.CANCELLED and not self.forum.is_over(moment)

    def move_up(self) -> None:
        """A place has become free. The forum is held by the caller."""
        self._become("move_up", by=None)

    @transaction.atomic
    def cancel(self, *, by: "User | None" = None) -> None:
        """They do not come; what they told of food and access goes at once, and their place to the first in the queue."""
        held = self.forum.hold()
        now = timezone.now()
        if held.is_over(now):
            raise ForumIsOver
        self._become("cancel", by=by, dietary_needs="", access_needs="", has_come=False)
        held.give_out_places(now)

    @transaction.atomic
    def tell_needs(self, *, dietary_needs: str, access_needs: str) -> None:
        """What they eat and need to take part; raises WrongStatus when they have cancelled meanwhile, ForumIsOver after it."""
        if self.forum.is_over(timezone.now()):
            raise ForumIsOver
        rows = ForumRegistration.objects.expected().filter(pk=self.pk).update(dietary_needs=dietary_needs, access_needs=access_needs)
        if not rows:
            raise WrongStatus


class ForumIsOver(ValidationError):
    """What has been cannot be cancelled."""

    def __init__(self) -> None:
        super().__init__(_("Forumet har varit. Anmälan går inte längre att ändra."), code="forum_is_over")


class ForumRegistrationEvent(Event):
    """Something that happened to a registration, and the mail about it."""

    BELL = "followup.deliver_mail"

    subject = models.ForeignKey(ForumRegistration, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
