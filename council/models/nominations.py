"""From a nomination to a seated member: who is proposed for a seat, whether they say yes, and what the council decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Representative
from council.models.composition import Seat
from council.models.letters import MandateLetter
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

ONCE = "a_person_is_nominated_once_at_a_time_for_a_seat"


YEAR = timedelta(days=365)


class Status(models.TextChoices):
    """What has become of a nomination."""

    PROPOSED = "proposed", _("väntar på beslut")
    SEATED = "seated", _("utsedd")
    DECLINED = "declined", _("inte utsedd")
    WITHDRAWN = "withdrawn", _("återtagen")


TONES = {Status.PROPOSED: "waiting", Status.SEATED: "good", Status.DECLINED: "neutral", Status.WITHDRAWN: "neutral"}

TRANSITIONS: Transitions = {
    "seat_person": ({Status.PROPOSED}, Status.SEATED),
    "decline": ({Status.PROPOSED}, Status.DECLINED),
    "withdraw": ({Status.PROPOSED}, Status.WITHDRAWN),
}


@dataclass(frozen=True)
class SeatingDecision:
    """The council's decision: the day, and where it stands: at a meeting and a paragraph, or in words."""

    on: date
    meeting: Meeting | None = None
    paragraph: str = ""
    text: str = ""

    def __str__(self) -> str:
        """As it is cited: "Rådet 12 mars 2026, § 7"."""
        words = {"day": date_format(self.on, "j F Y"), "paragraph": self.paragraph, "text": self.text}
        if self.paragraph:
            return _now("Rådet %(day)s, § %(paragraph)s") % words
        return (_now("%(text)s, %(day)s") if self.text else _now("Rådet %(day)s")) % words

    def columns(self) -> dict[str, Any]:
        """The same as columns of a nomination."""
        return {"meeting": self.meeting, "paragraph": self.paragraph, "decision_text": self.text, "decided_on": self.on}


class AlreadyNominated(ValidationError):
    """The same person waits for the same seat already."""

    def __init__(self) -> None:
        super().__init__({"email": _("Personen är redan nominerad till platsen. Vänta på beslutet, eller ta tillbaka nomineringen först.")})


class NotAgreed(ValidationError):
    """Nobody is seated who has not said yes."""

    def __init__(self) -> None:
        super().__init__(_("Personen har inte tackat ja än. Vänta på svaret, eller skriv in hur ni fick det."), code="not_agreed")


class NominationQuerySet(models.QuerySet["Nomination"]):
    def waiting(self) -> Self:
        """Those that the council has not decided on, the oldest first."""
        return self.filter(status=Status.PROPOSED).order_by("proposed_at", "pk")

    def forget_contacts(self, day: date) -> int:
        """Take away how to reach those who were named more than a year before `day`, once it is decided; returns how many."""
        old = self.exclude(status=Status.PROPOSED).filter(proposed_at__date__lt=day - YEAR).exclude(email="", phone="")
        return old.update(email="", phone="")

    def made_by(self, user: "User", day: date) -> Self:
        """Those of the bodies that the user may nominate for."""
        return self.filter(party__in=nominators(user, day))


def nominators(user: "User", day: date) -> "models.QuerySet[Party]":
    """The bodies that the user names people for: those that nominate for a seat, and that the user is administrator or reporter of."""
    roles = (Representative.Role.ADMINISTRATOR, Representative.Role.REPORTER)
    mine = Representative.objects.on(day).filter(user=user, role__in=roles)
    seats = Seat.objects.filter(Q(period__contains=day) | Q(period__startswith__gt=day))
    return Party.objects.filter(pk__in=mine.values("party")).filter(pk__in=seats.values("nominator"))


@dataclass(frozen=True)
class OwnSeat:
    """A seat that somebody nominates for, and the mandates that hold there."""

    seat: Seat
    ordinary: Mandate | None
    substitute: Mandate | None


def own_seats(user: "User", day: date) -> list[OwnSeat]:
    """The seats that the user names people for, with who sits there on `day`."""
    seats = Seat.objects.filter(nominator__in=nominators(user, day)).filter(Q(period__contains=day) | Q(period__startswith__gt=day))
    found = []
    for seat in seats.with_holders(day).select_related("body", "group", "sector", "nominator"):
        by_role = {mandate.role: mandate for mandate in seat.serving}
        found.append(OwnSeat(seat, by_role.get(Mandate.Role.ORDINARY), by_role.get(Mandate.Role.SUBSTITUTE)))
    return found


class Nomination(Stateful):
    """A person named for a seat by its nominating body, until the council has decided."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    class Source(models.TextChoices):
        OWN_PAGES = "own_pages", _("det nominerande organets sidor")
        OFFICE = "office", _("inskriven av kansliet")
        ELECTION = "election", _("val i sektorn")

    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="nominations")
    role = models.CharField(_("roll"), max_length=12, choices=Mandate.Role, default=Mandate.Role.ORDINARY)
    party = models.ForeignKey(Party, verbose_name=_("nominerande organ"), on_delete=models.PROTECT, related_name="nominations", editable=False)
    name = models.CharField(_("personens namn"), max_length=120)
    email = models.EmailField(_("personens e-postadress"), help_text=_("Dit skickas frågan om personen tackar ja. Adressen visas aldrig."))
    phone = models.CharField(_("personens telefon"), max_length=40, blank=True, help_text=_("Visas aldrig."))
    from_on = models.DateField(_("från och med"))
    until_on = models.DateField(_("till och med"), null=True, blank=True, help_text=_("Lämna tomt om slutet inte är bestämt."))
    source = models.CharField(_("hur den kom in"), max_length=12, choices=Source, default=Source.OWN_PAGES, editable=False)
    source_note = models.CharField(_("källa"), max_length=200, blank=True, help_text=_("Till exempel brev, mejl eller telefon, och vilken dag."))
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False)
    proposed_at = models.DateTimeField(_("nominerad"), default=timezone.now, editable=False)
    agreed_at = models.DateTimeField(_("tackade ja"), null=True, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, null=True, editable=False, related_name="nominations")
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True, editable=False)
    decision_text = models.CharField(_("beslutet i ord"), max_length=200, blank=True, editable=False)
    decided_on = models.DateField(_("beslutat"), null=True, editable=False)
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, editable=False, related_name="nominations")
    mandate = models.OneToOneField(Mandate, verbose_name=_("mandat"), on_delete=models.PROTECT, null=True, editable=False, related_name="nomination")

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nominering")
        verbose_name_plural = _("nomineringar")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            status_is_known("nomination", Status),
            models.CheckConstraint(name="nomination_role_is_known", condition=Q(role__in=Mandate.Role.values)),
            models.UniqueConstraint("seat", "role", Lower("email"), name=ONCE, condition=Q(status="proposed")),
            models.CheckConstraint(
                name="a_nomination_ends_after_it_starts",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("Sista dagen måste komma efter den första."),
            ),
            models.CheckConstraint(
                name="a_seated_nomination_has_a_yes_a_decision_and_a_mandate",
                condition=~Q(status="seated") | Q(agreed_at__isnull=False, decided_on__isnull=False, mandate__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(name="only_a_seated_nomination_has_a_mandate", condition=Q(mandate=None) | Q(status="seated")),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.name} – {self.seat}"

    def clean(self) -> None:
        """The seat exists on the first day, and has that role."""
        if not self.seat_id:
            return
        if self.role == Mandate.Role.SUBSTITUTE and not self.seat.has_substitute:
            raise ValidationError({"role": _("Platsen har ingen ersättare. Välj ordinarie.")})
        if self.seat.nominator_id is None:
            raise ValidationError(_("Platsen har inget nominerande organ. Ange organet på platsen först."))
        first: date | None = self.from_on  # a form that could not read it has left it out
        if first and not self.seat.holds_on(first):
            raise ValidationError({"from_on": _("Platsen finns inte den dagen. Välj en dag då den finns.")})

    def get_absolute_url(self) -> str:
        """Where the nominated person says yes: whoever has this address may."""
        return reverse("council:nomination", args=[self.token])

    @property
    def address(self) -> str:
        """That page in full, for the mail."""
        with translation.override(self.language):
            return absolute(self.get_absolute_url())

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def decision(self) -> SeatingDecision | None:
        """The council's decision, when there is one."""
        return None if self.decided_on is None else SeatingDecision(self.decided_on, self.meeting, self.paragraph, self.decision_text)

    @transaction.atomic
    def propose(self, *, by: "User | None") -> "Nomination":
        """Keep a new nomination, and ask the person; raises AlreadyNominated."""
        self.party = self.seat.nominator  # type: ignore[assignment]
        self.email = self.email.lower()
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError as error:
            if ONCE in str(error):
                raise AlreadyNominated from error
            raise
        self._record("propose", by=by)
        return self

    @transaction.atomic
    def agree(self, *, by: "User | None" = None, note: str = "", at: Any = None) -> None:
        """The person says yes, by the mailed link or (`by`, `note`) in another way that the secretary tells. Twice is once; raises WrongStatus."""
        rows = type(self).objects.filter(pk=self.pk, status=Status.PROPOSED, agreed_at=None).update(agreed_at=at or timezone.now())
        self.refresh_from_db()
        if self.status != Status.PROPOSED:
            raise WrongStatus
        if rows:
            self._record("agree", by=by, note=note)

    @transaction.atomic
    def seat_person(
        self,
        *,
        by: "User",
        on: date,
        decision: SeatingDecision,
        until: date | None = None,
        person: Person | None = None,
        ends_predecessor: bool = False,
    ) -> Mandate:
        """The council's decision seats them, as `person` or as somebody new; one mandate comes of it, whatever happens.

        With `ends_predecessor` whoever has the seat in that role leaves it the day before. Raises NotAgreed, WrongStatus, and what the seat raises.
        """
        Seat.objects.locked(self.seat_id)  # two who decide at once take turns
        self.refresh_from_db(fields=["status", "agreed_at"])
        if not self.may("seat_person"):
            raise WrongStatus
        if self.agreed_at is None:
            raise NotAgreed
        member, role = person or Person.objects.called(self.name), Mandate.Role(self.role)
        if ends_predecessor:
            mandate = self.seat.pass_on(member, on=on, role=role, until_on=until, by=by)
        else:
            mandate = self.seat.appoint(member, role=role, from_on=on, until_on=until)
        self._become("seat_person", by=by, person=member, mandate=mandate, **decision.columns())
        self._give_account(member)
        MandateLetter.objects.write(mandate, MandateLetter.Kind.START)
        return mandate

    def _give_account(self, member: Person) -> None:
        """The member signs in with the address that they were nominated with, unless they have an account already."""
        user = get_user_model().objects.with_email(self.email, language=self.language)
        if member.user_id is None and not Person.objects.filter(user=user).exists():
            member.user = user
            member.save(update_fields=["user"])

    def decline(self, *, by: "User", decision: SeatingDecision, note: str = "") -> None:
        """The council says no; `note` tells why, to the nominating body and to the person."""
        self._become("decline", by=by, note=note, **decision.columns())

    def withdraw(self, *, by: "User", note: str = "") -> None:
        """The nominating body takes it back."""
        self._become("withdraw", by=by, note=note)

    @property
    def lookalikes(self) -> "models.QuerySet[Person]":
        """People who may be the one that is named: of the same name or the same address."""
        return Person.objects.filter(Q(name__iexact=self.name) | Q(user__email__iexact=self.email)).distinct()


class NominationEvent(Event):
    """Something that happened to a nomination; the person, the nominating body and the secretariat are mailed about it."""

    BELL = "council.deliver_mail"
    WORDS = {
        "propose": _("Nomineringen kom in"),
        "agree": _("Personen tackade ja"),
        "seat_person": _("Rådet utsåg personen"),
        "decline": _("Rådet utsåg inte personen"),
        "withdraw": _("Nomineringen togs tillbaka"),
    }

    subject = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en nominering")
        verbose_name_plural = _("händelser i nomineringar")

    @property
    def text(self) -> str:
        """What was written with it."""
        return self.note
