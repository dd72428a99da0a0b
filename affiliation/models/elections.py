"""Elections of a sector's representatives in the council, by the affiliated parties of that sector."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.ballots import Ballot, VoterRoll, destroy, mix
from affiliation.models.candidates import Candidate
from affiliation.models.election_notices import VOTING_ROLES, ElectionNotice
from affiliation.models.election_places import ElectionPlace
from affiliation.models.outcomes import Lot, Outcome, count
from agreement.models import Party, Representative, Sector
from council.models import Mandate, Nomination
from idekom.lib.dated import hours_in_words
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

REMIND_BEFORE = timedelta(days=3)
"""How long before the close those who have not voted are reminded, once."""


class Status(models.TextChoices):
    """Where an election stands."""

    PLANNED = "planned", _("planerat")
    OPEN = "open", _("öppet för röstning")
    CLOSED = "closed", _("stängt, rösterna är räknade")
    SETTLED = "settled", _("avslutat med protokoll")
    CANCELLED = "cancelled", _("inställt")


TONES = {Status.PLANNED: "neutral", Status.OPEN: "waiting", Status.CLOSED: "waiting", Status.SETTLED: "good", Status.CANCELLED: "bad"}

TRANSITIONS: Transitions = {
    "open": ({Status.PLANNED}, Status.OPEN),
    "close": ({Status.OPEN}, Status.CLOSED),
    "settle": ({Status.CLOSED}, Status.SETTLED),
    "cancel": ({Status.PLANNED, Status.OPEN}, Status.CANCELLED),
}


class NotYet(ValidationError):
    """An election opens and closes by the clock."""

    def __init__(self) -> None:
        super().__init__(_("Det är inte tid än."), code="not_yet")


class NothingToVoteOn(ValidationError):
    """An election needs places, and candidates who have said yes."""

    def __init__(self) -> None:
        super().__init__(_("Valet kan inte öppna: det saknar platser, eller kandidater som har sagt ja."), code="nothing_to_vote_on")


class ResultIsSecret(ValidationError):
    """Nobody sees anything of the result before the close."""

    def __init__(self) -> None:
        super().__init__(_("Resultatet visas först när valet har stängt."), code="result_is_secret")


class LotIsWanted(ValidationError):
    """A tie is settled by lot before the protocol is made."""

    def __init__(self) -> None:
        super().__init__(_("Det finns lika röstetal som ska avgöras med lott. Skriv in lotten först."), code="lot_is_wanted")


class NoSuchTie(ValidationError):
    """A lot puts the candidates of one tie in order, each once."""

    def __init__(self) -> None:
        super().__init__(_("Ordningen ska räkna upp just de kandidater som har lika många röster, var och en en gång."), code="no_such_tie")


class ElectionQuerySet(models.QuerySet["Election"]):
    def due_to_open(self, moment: datetime) -> Self:
        """The planned ones whose time has come, and is not over."""
        return self.filter(status=Status.PLANNED, opens_at__lte=moment, closes_at__gt=moment)

    def due_to_close(self, moment: datetime) -> Self:
        """The open ones whose time is over."""
        return self.filter(status=Status.OPEN, closes_at__lte=moment)

    def due_to_remind(self, moment: datetime) -> Self:
        """The open ones that close soon."""
        return self.filter(status=Status.OPEN, closes_at__gt=moment, closes_at__lte=moment + REMIND_BEFORE)

    def run(self, moment: datetime) -> None:
        """What the clock asks for. What cannot be done now is tried again; safe to run by several workers at once."""
        for election in self.due_to_open(moment):
            with suppress(ValidationError):  # by somebody else, or nobody stands: the secretary's list of what waits says so
                election.open(moment)
        for election in self.due_to_remind(moment):
            election.remind()
        for election in self.due_to_close(moment):
            with suppress(WrongStatus):
                election.close(moment)

    def stuck(self, moment: datetime) -> Self:
        """Those that should have opened, and have nothing to vote on."""
        return self.filter(status=Status.PLANNED, opens_at__lte=moment)

    def current(self, day: date) -> Self:
        """Those that are ahead or going on, or were settled lately."""
        return self.exclude(status=Status.CANCELLED).exclude(settled_on__lt=day - timedelta(days=60))

    def to_settle(self) -> Self:
        """Those that are counted and wait for their protocol."""
        return self.filter(status=Status.CLOSED)

    def of_interest_to(self, user: "User", day: date) -> Self:
        """Those that the user names people or votes in: of the sectors of the affiliated parties that they act for, or with one on the roll."""
        parties = voting_parties(user, day)
        sectors = parties.filter(affiliations__period__contains=day).values("sector")
        rolls = VoterRoll.objects.filter(party__in=parties)
        ahead = Q(status__in=[Status.PLANNED, Status.CANCELLED], sector__in=sectors)
        return self.filter(ahead | Q(pk__in=rolls.values("election"))).select_related("sector")


def voting_parties(user: "User", day: date) -> models.QuerySet[Party]:
    """The parties that the user names people and votes for: as administrator or reporter."""
    return Party.objects.filter(pk__in=Representative.objects.on(day).filter(user=user, role__in=VOTING_ROLES).values("party"))


class Election(Stateful):
    """A sector's affiliated parties elect who is to represent it in the council: one vote a party, by secret ballot."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    name = models.CharField(_("namn"), max_length=160, help_text=_("Till exempel: Val av företrädare för idrotten 2027."))
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, related_name="elections")
    description = models.TextField(_("om valet"), max_length=3000, blank=True)
    names_until = models.DateField(_("nominera till och med"), help_text=_("Sista dagen då sektorns anslutna parter kan nominera."))
    opens_at = models.DateTimeField(_("öppnar"))
    closes_at = models.DateTimeField(_("stänger"))
    seated_from = models.DateField(_("mandaten börjar"))
    seated_until = models.DateField(_("mandaten slutar"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    teller_one = models.CharField(_("rösträknare"), max_length=120, blank=True, editable=False)
    teller_two = models.CharField(_("rösträknare"), max_length=120, blank=True, editable=False)
    settled_on = models.DateField(_("protokollet gjort"), null=True, editable=False)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("val av företrädare")
        verbose_name_plural = _("val av företrädare")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            status_is_known("election", Status),
            models.CheckConstraint(
                name="an_election_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Valet måste stänga efter att det har öppnat."),
            ),
            models.CheckConstraint(
                name="elected_mandates_end_after_they_start",
                condition=Q(seated_until=None) | Q(seated_until__gte=F("seated_from")),
                violation_error_message=_("Mandaten måste sluta efter att de har börjat."),
            ),
            models.CheckConstraint(
                name="a_settled_election_has_two_tellers_and_a_day",
                condition=~Q(status="settled") | (~Q(teller_one="") & ~Q(teller_two="") & Q(settled_on__isnull=False)),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """People are named before the election opens."""
        opens: datetime | None = self.opens_at  # a form that could not read it has left it out
        until: date | None = self.names_until
        if opens and until and until >= timezone.localdate(opens):
            raise ValidationError({"names_until": _("Nomineringen måste sluta innan valet öppnar.")})

    def get_absolute_url(self) -> str:
        return reverse("affiliation:election", args=[self.slug])

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def when(self) -> str:
        """Its hours in words."""
        return hours_in_words(self.opens_at, self.closes_at)

    @property
    def is_counted(self) -> bool:
        """Whether there is a result to see."""
        return self.status in {Status.CLOSED, Status.SETTLED}

    def takes_names(self, moment: datetime) -> bool:
        """Whether people can be named."""
        return self.status == Status.PLANNED and timezone.localdate(moment) <= self.names_until

    def takes_votes(self, moment: datetime) -> bool:
        """Whether it is open. The database has the last word, by its own clock."""
        return self.status == Status.OPEN and self.opens_at <= moment < self.closes_at

    def electorate(self, day: date) -> models.QuerySet[Party]:
        """The parties of the sector that are affiliated on `day`."""
        return Party.objects.filter(sector=self.sector, affiliations__period__contains=day).distinct()

    def turnout(self) -> tuple[int, int]:
        """(how many have voted, how many may): numbers alone, never who."""
        found = self.roll.aggregate(all=models.Count("pk"), voted=models.Count("pk", filter=Q(has_voted=True)))
        return found["voted"], found["all"]

    def on_ballot(self) -> list[Candidate]:
        """The candidates that one votes on."""
        return list(self.candidates.filter(is_on_ballot=True).select_related("party").order_by("name", "pk"))

    @transaction.atomic
    def open(self, moment: datetime) -> None:
        """By the clock: fix who may vote and who stands, and tell the voters. Raises NotYet, WrongStatus and NothingToVoteOn."""
        if moment < self.opens_at:
            raise NotYet
        self._become("open", by=None)
        self.candidates.standing().update(is_on_ballot=True)
        if not self.places.exists() or not self.candidates.filter(is_on_ballot=True).exists():
            raise NothingToVoteOn
        voters = self.electorate(timezone.localdate(self.opens_at))
        VoterRoll.objects.bulk_create([VoterRoll(election=self, party=party) for party in voters])
        ElectionNotice.objects.tell_voters(self, ElectionNotice.Kind.OPENED)

    def remind(self) -> int:
        """Remind those who have not voted; each address once."""
        silent = Party.objects.filter(pk__in=self.roll.filter(has_voted=False).values("party"))
        return ElectionNotice.objects.tell_voters(self, ElectionNotice.Kind.REMINDER, parties=silent)

    @transaction.atomic
    def close(self, moment: datetime) -> None:
        """By the clock: no more ballots; those that are cast are mixed, and the result can be seen. Raises NotYet and WrongStatus."""
        if moment < self.closes_at:
            raise NotYet
        self._become("close", by=None)
        mix(self)
        ElectionNotice.objects.tell_voters(self, ElectionNotice.Kind.RESULT)
        ElectionNotice.objects.tell(self, ElectionNotice.Kind.RESULT, [(one.email, one.language) for one in self.on_ballot()])

    @cached_property
    def outcome(self) -> Outcome:
        """The result, once the election has closed; raises ResultIsSecret before."""
        if not self.is_counted:
            raise ResultIsSecret
        return count(self.on_ballot(), list(self.places.in_order()), list(Ballot.objects.filter(election=self)), list(self.lots.all()))

    @property
    def published_ballots(self) -> list[tuple[str, list[str]]]:
        """(code, names) of every ballot, in the order of the codes, which are random; raises ResultIsSecret before the close."""
        if not self.is_counted:
            raise ResultIsSecret
        names = {one.pk: one.name for one in self.on_ballot()}
        return [(one.code, [names[pk] for pk in names if pk in one.choices]) for one in Ballot.objects.filter(election=self)]

    @transaction.atomic
    def draw_lot(self, *, by: "User", order: Iterable[int], drawn_on: date, witnesses: str) -> None:
        """Write down how a tie was settled: its candidates in the order that was drawn. Raises WrongStatus and NoSuchTie."""
        held = Election.objects.select_for_update().get(pk=self.pk)
        if held.status != Status.CLOSED:
            raise WrongStatus
        drawn = list(order)
        tie = next((votes for votes, tied in held.outcome.open_ties if sorted(one.pk for one in tied) == sorted(drawn)), None)
        if tie is None:
            raise NoSuchTie
        Lot.objects.create(election=held, votes=tie, order=drawn, drawn_on=drawn_on, witnesses=witnesses)
        held._record("draw_lot", by=by)
        self.__dict__.pop("outcome", None)

    @transaction.atomic
    def settle(self, *, by: "User", tellers: tuple[str, str], on: date) -> None:
        """Make the protocol, and nominate those who are elected: the council's decision seats them. Raises LotIsWanted and WrongStatus."""
        if self.may("settle") and self.outcome.open_ties:
            raise LotIsWanted
        self._become("settle", by=by, teller_one=tellers[0], teller_two=tellers[1], settled_on=on)
        for line in self.outcome.elected:
            if line.place is not None:
                nomination = self._nominate(line.candidate, line.place, by=by)
                ElectionPlace.objects.filter(pk=line.place.pk).update(elected=line.candidate, nomination=nomination)

    def _nominate(self, candidate: Candidate, place: ElectionPlace, *, by: "User") -> Nomination:
        """Who stood has said yes already."""
        person = {"name": candidate.name, "email": candidate.email, "phone": candidate.phone, "language": candidate.language}
        source = {"source": Nomination.Source.ELECTION, "source_note": self.name, "agreed_at": candidate.agreed_at}
        time: dict[str, Any] = {"from_on": self.seated_from, "until_on": self.seated_until}
        return Nomination(seat=place.seat, role=Mandate.Role(place.role), **person, **time, **source).propose(by=by)

    @transaction.atomic
    def cancel(self, *, by: "User", note: str) -> None:
        """Call it off, and say why. Ballots that are cast are destroyed, and nobody has counted them. Raises WrongStatus."""
        was_open = self.status == Status.OPEN
        self._become("cancel", by=by, note=note)
        destroy(self)
        if was_open:
            ElectionNotice.objects.tell_voters(self, ElectionNotice.Kind.CANCELLED)


class ElectionEvent(Event):
    """Something that happened to an election. Nothing of what was voted."""

    WORDS = {
        "open": _("Valet öppnade"),
        "close": _("Valet stängde och rösterna räknades"),
        "draw_lot": _("En lottning skrevs in"),
        "settle": _("Protokollet gjordes"),
        "cancel": _("Valet ställdes in"),
    }

    subject = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett val")
        verbose_name_plural = _("händelser i val")

    @property
    def text(self) -> str:
        """What was written with it."""
        return self.note
