"""Who comes to a meeting. An answer can be changed until the meeting starts; every answer is kept as an event."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.models.composition import Seat
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person
from council.models.reading import ordinary_on
from idekom.lib.history import Event, Outgoing, Stateful, Transitions, only_legal_moves, ring, status_is_known
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """What a member has answered."""

    WAITING = "waiting", _("har inte svarat")
    COMING = "coming", _("kommer")
    ABSENT = "absent", _("kommer inte")
    SENDS = "sends", _("skickar sin ersättare")


AWAY = {Status.ABSENT, Status.SENDS}
TRANSITIONS: Transitions = {
    "come": ({Status.WAITING, Status.ABSENT, Status.SENDS}, Status.COMING),
    "stay_away": ({Status.WAITING, Status.COMING, Status.SENDS}, Status.ABSENT),
    "send_substitute": ({Status.WAITING, Status.COMING, Status.ABSENT}, Status.SENDS),
    "ask_again": ({Status.COMING, Status.ABSENT, Status.SENDS}, Status.WAITING),
}
ANSWERS = ("come", "stay_away", "send_substitute")


class AnswersClosed(ValidationError):
    """The meeting has started, or is cancelled: nobody answers any more."""

    def __init__(self) -> None:
        super().__init__(_("Det går inte längre att svara: mötet har börjat eller är inställt."), code="answers_closed")


class NoSubstitute(ValidationError):
    """The seat has no substitute of its own that day."""

    def __init__(self) -> None:
        super().__init__(_("Din plats har ingen egen ersättare. Svara att du inte kommer, så frågar portalen andra."), code="no_substitute")


def in_turn(meeting: int) -> Meeting:
    """The meeting, locked: who answers about the same one waits. To be called in a transaction."""
    return Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting)


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> Self:
        """Those of people who hold their seat on the day of the meeting; who has left it meanwhile is not asked."""
        held = Mandate.objects.valid().filter(
            role=Mandate.Role.ORDINARY, person=OuterRef("person"), seat=OuterRef("seat"), period__contains=OuterRef("meeting__day")
        )
        return self.filter(Exists(held))

    def waiting(self) -> Self:
        """Those that have not been answered."""
        return self.filter(status=Status.WAITING)

    def away(self) -> Self:
        """Those whose members do not come."""
        return self.filter(status__in=AWAY)

    def called(self, moment: datetime) -> Self:
        """Those about meetings that have been called and have not started."""
        return self.filter(meeting__status=Meeting.Status.CALLED, meeting__starts_at__gt=moment)

    @transaction.atomic
    def call(self, meeting: Meeting) -> None:
        """Ask everybody who is to come. Safe to run twice; who has answered about another time is asked again."""
        mandates = ordinary_on(meeting).order_by("seat__number")
        rows = [Reply(meeting=meeting, person_id=one.person_id, seat_id=one.seat_id, about=meeting.starts_at) for one in mandates]
        self.bulk_create(rows, ignore_conflicts=True)
        for reply in self.filter(meeting=meeting).exclude(about=meeting.starts_at):
            reply.ask_again()

    def own(self, meeting: Meeting, person: Person) -> "Reply | None":
        """A member's own answer, waiting when there is none yet; None when they are not called."""
        mandate = ordinary_on(meeting).filter(person=person).first()
        if mandate is None:
            return None
        made, _is_new = self.get_or_create(meeting=meeting, person=person, defaults={"seat_id": mandate.seat_id, "about": meeting.starts_at})
        return made

    @transaction.atomic
    def remind(self, meeting: Meeting, *, by: "User", day: date) -> int:
        """Mail those who have not answered, at most once a day each; returns how many mails are new."""
        rows = [ReplyReminder(reply=reply, by=by, made_on=day) for reply in self.to_remind(meeting, day)]
        ReplyReminder.objects.bulk_create(rows, ignore_conflicts=True)
        ring(ReplyEvent.BELL)
        return len(rows)

    def to_remind(self, meeting: Meeting, day: date) -> Self:
        """Whom a reminder would go to."""
        asked = self.filter(meeting=meeting).standing().waiting().called(timezone.now())
        return asked.exclude(reminders__made_on=day).select_related("person__user", "meeting__body", "seat").order_by("seat__number")


class Reply(Stateful):
    """A member's answer to the notice of a meeting: coming, not coming, or a substitute instead."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="replies")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="replies")
    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="replies")
    status = models.CharField(_("svar"), max_length=8, choices=Status, default=Status.WAITING, editable=False)
    about = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(_("svarade"), null=True, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar på en kallelse")
        verbose_name_plural = _("svar på kallelser")
        ordering = ["meeting", "seat__number"]
        constraints = [
            status_is_known("reply", Status),
            models.UniqueConstraint(name="a_member_answers_once_about_a_meeting", fields=["meeting", "person"]),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("council:reply", args=[self.token])

    @property
    def is_away(self) -> bool:
        """Whether somebody else is needed for the seat."""
        return self.status in AWAY

    def own_substitute(self) -> Person | None:
        """Who is the seat's own substitute on the day of the meeting."""
        held = Mandate.objects.valid().on(self.meeting.on).filter(seat=self.seat_id, role=Mandate.Role.SUBSTITUTE).select_related("person").first()
        return held.person if held else None

    def come(self, *, by: "User | None", now: datetime | None = None) -> None:
        """They come; a substitute who was asked or has said yes is told. Raises AnswersClosed."""
        self._answer("come", by=by, now=now)

    def stay_away(self, *, by: "User | None", now: datetime | None = None) -> None:
        """They do not come: the portal asks substitutes in turn. Raises AnswersClosed."""
        self._answer("stay_away", by=by, now=now)

    def send_substitute(self, *, by: "User | None", now: datetime | None = None) -> None:
        """Their own substitute comes instead, and is asked first. Raises AnswersClosed and NoSubstitute."""
        if self.own_substitute() is None:
            raise NoSubstitute
        self._answer("send_substitute", by=by, now=now)

    @transaction.atomic
    def _answer(self, verb: str, *, by: "User | None", now: datetime | None) -> None:
        moment, meeting = now or timezone.now(), in_turn(self.meeting_id)
        self.refresh_from_db(fields=["status"])
        if not meeting.is_open or meeting.starts_at <= moment:
            raise AnswersClosed
        if not self.may(verb):
            return  # the same answer again
        self._become(verb, by=by, answered_at=moment)
        if verb == "come":
            for request in self._requests("asked", "accepted"):
                request.release(by=by)
        else:
            ring("council.sweep")

    @transaction.atomic
    def ask_again(self) -> None:
        """The meeting has another time: what was answered about the old one no longer counts, for the substitutes either."""
        meeting = in_turn(self.meeting_id)
        self.refresh_from_db(fields=["status"])
        if self.may("ask_again"):
            self._become("ask_again", by=None, answered_at=None)
        type(self).objects.filter(pk=self.pk).update(about=meeting.starts_at)
        for request in self._requests("asked", "accepted", "declined", "expired"):
            request.clear()

    def _requests(self, *statuses: str) -> Iterable[Any]:
        return list(self.requests.filter(status__in=statuses))


class ReplyEvent(Event):
    """An answer that was given."""

    BELL = "council.deliver_mail"

    subject = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett svar på en kallelse")
        verbose_name_plural = _("händelser i svar på kallelser")


class ReplyReminder(Outgoing):
    """A mail from the secretary to a member who has not answered."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="reminders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()

    class Meta:
        verbose_name = _("påminnelse om ett svar")
        verbose_name_plural = _("påminnelser om svar")
        constraints = [models.UniqueConstraint(name="a_member_is_reminded_once_a_day", fields=["reply", "made_on"])]

    def __str__(self) -> str:
        return f"{self.reply.person}, {self.made_on}"
