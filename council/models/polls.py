"""Finding a time: the secretary proposes some, the members say which they can, and one press makes the meeting of the chosen one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from council.models.agenda import AgendaItem
from council.models.composition import Body
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person
from council.models.reading import reader
from idekom.lib.dated import hours_in_words, today
from idekom.lib.history import Event, Outgoing, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far a poll has come."""

    DRAFT = "draft", _("utkast")
    OPEN = "open", _("öppen")
    CHOSEN = "chosen", _("en tid är vald")
    CANCELLED = "cancelled", _("avbruten")


TRANSITIONS: Transitions = {
    "open": ({Status.DRAFT}, Status.OPEN),
    "choose": ({Status.OPEN}, Status.CHOSEN),
    "cancel": ({Status.DRAFT, Status.OPEN}, Status.CANCELLED),
}


class CanCome(models.TextChoices):
    """What a member says about a time."""

    YES = "yes", _("Ja")
    IF_NEED_BE = "if_need_be", _("Om det behövs")
    NO = "no", _("Nej")


class TooFewTimes(ValidationError):
    """There is nothing to choose between."""

    def __init__(self) -> None:
        super().__init__(_("Lägg till minst två tider innan ni frågar."), code="too_few_times")


class NobodyToAsk(ValidationError):
    """The body has no members that day."""

    def __init__(self) -> None:
        super().__init__(_("Organet har inga ledamöter i dag. Lägg till dem innan ni frågar."), code="nobody_to_ask")


class DayTaken(ValidationError):
    """The body meets that day already."""

    def __init__(self) -> None:
        super().__init__(_("Organet har redan ett möte den dagen. Välj en annan tid."), code="day_taken")


class PollClosed(ValidationError):
    """It takes no more answers."""

    def __init__(self) -> None:
        super().__init__(_("Det går inte att svara längre."), code="poll_closed")


class TimePollQuerySet(models.QuerySet["TimePoll"]):
    def asking(self, user: "User") -> Self:
        """Those that ask the user, and are or have been open."""
        return self.exclude(status=Status.DRAFT).filter(asked__person__user=user)

    def waiting_for(self, user: "User", day: date) -> Self:
        """Those that the user has still to answer."""
        return self.filter(status=Status.OPEN, closes_on__gte=day, asked__person__user=user, asked__answered_at=None)


class TimePoll(Stateful):
    """A question to a body's members: which of some times suits you?"""

    Status = Status
    TRANSITIONS = TRANSITIONS

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="time_polls")
    title = models.CharField(_("vad mötet gäller"), max_length=160)
    place = models.CharField(_("lokal"), max_length=160)
    closes_on = models.DateField(_("svara senast"), help_text=_("Den dagen går det fortfarande att svara."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    meeting = models.OneToOneField(
        Meeting, verbose_name=_("mötet"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="time_poll"
    )

    objects = TimePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga om tid")
        verbose_name_plural = _("frågor om tid")
        ordering = ["-closes_on", "-pk"]
        constraints = [
            status_is_known("timepoll", Status),
            models.CheckConstraint(
                name="a_chosen_time_is_a_meeting", condition=Q(status="chosen", meeting__isnull=False) | (~Q(status="chosen") & Q(meeting=None))
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("council:times", args=[self.pk])

    def takes_answers(self, day: date) -> bool:
        """Whether members can still answer."""
        return self.status == Status.OPEN and day <= self.closes_on

    @transaction.atomic
    def open(self, *, by: "User", day: date | None = None) -> None:
        """Ask the body's members. Raises WrongStatus, TooFewTimes and NobodyToAsk."""
        if self.options.count() < 2:
            raise TooFewTimes
        members = Person.objects.filter(mandates__in=Mandate.objects.valid().on(day or today()).filter(seat__body=self.body)).distinct()
        if not members:
            raise NobodyToAsk
        self._become("open", by=by)
        Asked.objects.bulk_create([Asked(poll=self, person=person) for person in members])
        self._tell(PollNotice.Kind.OPENED)

    @transaction.atomic
    def choose(self, option: "TimeOption", *, by: "User") -> Meeting:
        """This is the time: the meeting is made, with its agenda begun, and the members are told. Raises WrongStatus and DayTaken."""
        held = TimePoll.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if held.status != Status.OPEN or option.poll_id != held.pk:
            raise WrongStatus
        meeting = self._made(option)
        AgendaItem.objects.begin(meeting)
        self._become("choose", by=by, meeting=meeting)
        self._tell(PollNotice.Kind.CHOSEN)
        return meeting

    def cancel(self, *, by: "User", note: str = "") -> None:
        """Nothing comes of it. Raises WrongStatus."""
        self._become("cancel", by=by, note=note)

    def _made(self, option: "TimeOption") -> Meeting:
        try:
            with transaction.atomic():
                return Meeting.objects.create(body=self.body, place=self.place, starts_at=option.starts_at, ends_at=option.ends_at)
        except IntegrityError as error:
            if "a_body_meets_once_a_day" in str(error):
                raise DayTaken from error
            raise

    def _tell(self, kind: "PollNotice.Kind") -> None:
        """Mail each who was asked and has an address, once."""
        reached = [asked for asked in self.asked.select_related("person__user") if reader(asked.person)]
        PollNotice.objects.bulk_create([PollNotice(asked=asked, kind=kind) for asked in reached], ignore_conflicts=True)
        ring(PollNotice.BELL)


class TimeOptionQuerySet(models.QuerySet["TimeOption"]):
    def with_counts(self) -> Self:
        """Each with `yes`, `maybe` and `no`: how many say so."""
        count = {name: models.Count("answers", filter=Q(answers__can_come=value)) for name, value in COUNTED.items()}
        return self.annotate(**count).order_by("starts_at")


COUNTED = {"yes": CanCome.YES, "maybe": CanCome.IF_NEED_BE, "no": CanCome.NO}


class TimeOption(models.Model):
    """One of the times."""

    poll = models.ForeignKey(TimePoll, verbose_name=_("fråga om tid"), on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))

    objects = TimeOptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tid")
        verbose_name_plural = _("tider")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="a_time_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Tiden måste sluta efter att den har börjat."),
            ),
            models.UniqueConstraint(
                name="a_time_is_proposed_once", fields=["poll", "starts_at"], violation_error_message=_("Den tiden finns redan på listan.")
            ),
        ]

    def __str__(self) -> str:
        return self.when

    @property
    def when(self) -> str:
        """Day and hours in words."""
        return hours_in_words(self.starts_at, self.ends_at)


class Asked(models.Model):
    """A member who is asked, with a link of their own."""

    poll = models.ForeignKey(TimePoll, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    answered_at = models.DateTimeField(_("svarade"), null=True, editable=False)

    class Meta:
        verbose_name = _("tillfrågad")
        verbose_name_plural = _("tillfrågade")
        ordering = ["person__name", "pk"]
        constraints = [models.UniqueConstraint(name="a_person_is_asked_once_in_a_poll", fields=["poll", "person"])]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def address(self) -> str:
        """Their own link in full: the same one, whatever language it is shown in."""
        with translation.override("sv"):
            return absolute(reverse("council:times_by_link", args=[self.token]))

    @property
    def chosen(self) -> dict[int, str]:
        """{time: what they have said}"""
        return {answer.option_id: answer.can_come for answer in self.answers.all()}

    @transaction.atomic
    def answer(self, answers: Mapping[int, str], *, now: datetime | None = None) -> None:
        """Say which times one can, {time: what}; again to change it. Raises PollClosed."""
        moment = now or timezone.now()
        poll = TimePoll.objects.select_for_update(of=("self",)).get(pk=self.poll_id)
        if not poll.takes_answers(timezone.localtime(moment).date()):
            raise PollClosed
        for option in poll.options.filter(pk__in=answers):
            TimeAnswer.objects.update_or_create(asked=self, option=option, defaults={"can_come": answers[option.pk]})
        self.answered_at = moment
        self.save(update_fields=["answered_at"])


class TimeAnswer(models.Model):
    """What a member says about one of the times."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    option = models.ForeignKey(TimeOption, on_delete=models.CASCADE, related_name="answers")
    can_come = models.CharField(_("kan"), max_length=10, choices=CanCome)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        constraints = [
            models.UniqueConstraint(name="one_answer_to_a_time", fields=["asked", "option"]),
            models.CheckConstraint(name="answer_to_a_time_is_known", condition=Q(can_come__in=CanCome.values)),
        ]

    def __str__(self) -> str:
        return self.get_can_come_display()


class PollNotice(Outgoing):
    """A mail to one who is asked: that there is a question, or which time it became. Each once."""

    BELL = "council.deliver_mail"

    class Kind(models.TextChoices):
        OPENED = "opened", _("frågan är öppen")
        CHOSEN = "chosen", _("en tid är vald")

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asked_people_are_told_once", fields=["asked", "kind"]),
            models.CheckConstraint(name="poll_notice_kind_is_known", condition=Q(kind__in=["opened", "chosen"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked}"


class TimePollEvent(Event):
    """Something that happened to a question about times."""

    subject = models.ForeignKey(TimePoll, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en fråga om tid")
        verbose_name_plural = _("händelser i frågor om tid")
