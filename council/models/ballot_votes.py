"""Who puts dots, and the dots. Nobody sees them before the close but who put them; the database counts them as they are put."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreement.models import Side
from council.models.ballot_options import Option
from council.models.composition import Seat
from council.models.limits import refuse
from council.models.people import Person
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

REMEMBERED = timedelta(days=365)
"""How long after the close it is known who put which dots. Then the dots stand alone: the result needs no names."""
WHILE_OPEN = "dots_are_put_while_the_ballot_is_open"
ON_THE_LIST = "dots_are_put_on_what_stands_on_the_ballot"
PER_OPTION = "nobody_puts_more_dots_on_an_option_than_allowed"
IN_ALL = "nobody_puts_more_dots_than_they_have"

_BALLOT = """
    SELECT b.id, b.status, b.opens_at, b.closes_at, b.dots, b.most_per_option INTO ballot
        FROM council_dotballot b JOIN council_voter v ON v.ballot_id = b.id WHERE v.id = held.voter_id FOR SHARE OF b;
"""
_CHECKS = f"""
    IF TG_OP = 'DELETE' THEN held := OLD; ELSE held := NEW; END IF;
    {_BALLOT}
    IF ballot.status <> 'open' OR clock_timestamp() < ballot.opens_at OR clock_timestamp() >= ballot.closes_at THEN {refuse(WHILE_OPEN)} END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM 1 FROM council_voter WHERE id = NEW.voter_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM council_option WHERE id = NEW.option_id AND ballot_id = ballot.id AND is_votable) THEN {refuse(ON_THE_LIST)} END IF;
    IF NEW.dots > ballot.most_per_option THEN {refuse(PER_OPTION)} END IF;
    SELECT coalesce(sum(dots), 0) INTO spent FROM council_vote WHERE voter_id = NEW.voter_id AND id <> NEW.id;
    IF spent + NEW.dots > ballot.dots THEN {refuse(IN_ALL)} END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing but names of ours is put in
"""The lock on the ballot makes the close wait for dots that are being put; the one on the voter makes many at once take turns."""


class NotOpen(ValidationError):
    """Dots are put from the opening to the close."""

    def __init__(self) -> None:
        super().__init__(_("Omröstningen tar inte emot prickar nu. Prickarna är inte sparade."), code="not_open")


class NoSuchOption(ValidationError):
    """What dots are put on stands on the ballot."""

    def __init__(self) -> None:
        super().__init__(_("Ett av förslagen finns inte i omröstningen. Läs om sidan och försök igen."), code="no_such_option")


class NoDots(ValidationError):
    """Who votes puts a dot somewhere."""

    def __init__(self) -> None:
        super().__init__(_("Sätt minst en prick."), code="no_dots")


class TooManyDots(ValidationError):
    """More dots than one has."""

    def __init__(self, put: int, has: int) -> None:
        words = ngettext(
            "Du har satt %(put)d prickar men har %(has)d. Ta bort %(over)d prick.",
            "Du har satt %(put)d prickar men har %(has)d. Ta bort %(over)d prickar.",
            put - has,
        )
        super().__init__(words % {"put": put, "has": has, "over": put - has}, code="too_many_dots")


class TooManyOnOne(ValidationError):
    """More dots on one option than the ballot allows."""

    def __init__(self, most: int) -> None:
        words = ngettext("Sätt högst %(most)d prick på samma förslag.", "Sätt högst %(most)d prickar på samma förslag.", most)
        super().__init__(words % {"most": most}, code="too_many_on_one")


class VoterQuerySet(models.QuerySet["Voter"]):
    def silent(self) -> Self:
        """Those who have not voted."""
        return self.filter(voted_at=None)

    def of(self, user: "User") -> Self:
        """The user's own, in ballots that are or have been open, the newest first."""
        return self.filter(person__user=user).exclude(ballot__status="draft").select_related("ballot__body").order_by("-ballot__closes_at", "-pk")

    def waiting_for(self, user: "User", moment: datetime) -> Self:
        """Those by which the user has still to vote."""
        return self.of(user).silent().filter(ballot__status="open", ballot__closes_at__gt=moment)

    def forget(self, day: date) -> int:
        """Let go of who voted in ballots that ended more than a year before `day`; their links lead nowhere any more. Returns how many."""
        old = self.filter(ballot__closes_at__date__lt=day - REMEMBERED).exclude(ballot__status__in=["draft", "open"]).exclude(person=None)
        for voter in old:
            voter.person = voter.seat = None
            voter.token = new_token()
            voter.save(update_fields=["person", "seat", "token"])
        return len(old)

    def turnout(self) -> dict[str, tuple[int, int]]:
        """{side: (how many have voted, how many may)}"""
        rows = self.order_by().values_list("side").annotate(voted=Count("pk", filter=Q(voted_at__isnull=False)), may_vote=Count("pk"))
        return {side: (voted, may_vote) for side, voted, may_vote in rows}


class Voter(models.Model):
    """A member who puts dots, with a link of their own: fixed when the ballot opens, and with it whom they speak for. Forgotten after a year."""

    ballot = models.ForeignKey("council.DotBallot", verbose_name=_("omröstning"), on_delete=models.PROTECT, related_name="voters")
    person: models.ForeignKey[Any, Any] = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, related_name="+")
    seat: models.ForeignKey[Any, Any] = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, null=True, related_name="+")
    side = models.CharField(_("sida"), max_length=16, choices=Side, blank=True)
    share = models.PositiveSmallIntegerField(_("delar sin sektors röst med"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    voted_at = models.DateTimeField(_("röstade"), null=True, editable=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        verbose_name = _("röstande")
        verbose_name_plural = _("röstande")
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_person_votes_once_in_a_ballot", fields=["ballot", "person"]),
            models.CheckConstraint(name="voter_side_is_known", condition=Q(side__in=["", *Side.values])),
            models.CheckConstraint(name="a_sector_is_shared_by_one_or_more", condition=Q(share__gte=1)),
            models.CheckConstraint(
                name="a_voter_is_forgotten_whole", condition=Q(person__isnull=True, seat__isnull=True) | Q(person__isnull=False, seat__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or _("röstande"))

    def get_absolute_url(self) -> str:
        return reverse("council:dots", args=[self.token])

    @property
    def address(self) -> str:
        """Their own link in full: the same one, whatever language it is shown in."""
        with translation.override("sv"):
            return absolute(self.get_absolute_url())

    @property
    def dots(self) -> dict[int, int]:
        """{option: dots} of what they have put."""
        return dict(self.votes.values_list("option", "dots"))

    @transaction.atomic
    def vote(self, dots: Mapping[int, int], *, now: datetime | None = None) -> None:
        """Put dots, {option: how many}; again to put them otherwise. Raises NotOpen, NoDots, TooManyDots, TooManyOnOne and NoSuchOption."""
        moment, put = now or timezone.now(), {option: number for option, number in dots.items() if number}
        ballot = self.ballot
        if not ballot.takes_votes(moment):
            raise NotOpen
        if not put:
            raise NoDots
        try:
            with transaction.atomic():
                self._take_turn()
                self.votes.all().delete()
                Vote.objects.bulk_create([Vote(voter=self, option_id=option, dots=number) for option, number in put.items()])
        except IntegrityError as error:
            raise self._refusal(str(error), sum(put.values())) from None
        self.voted_at = moment
        self.save(update_fields=["voted_at"])

    def _take_turn(self) -> None:
        type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    def _refusal(self, error: str, put: int) -> Exception:
        """What the database's rule says in words."""
        ballot = self.ballot
        refusals: dict[str, ValidationError] = {
            WHILE_OPEN: NotOpen(),
            PER_OPTION: TooManyOnOne(ballot.most_per_option),
            IN_ALL: TooManyDots(put, ballot.dots or 0),
            ON_THE_LIST: NoSuchOption(),
        }
        return next((words for rule, words in refusals.items() if rule in error), IntegrityError(error))


class Vote(models.Model):
    """Dots that a voter has put on an option."""

    voter = models.ForeignKey(Voter, verbose_name=_("röstande"), on_delete=models.PROTECT, related_name="votes")
    option = models.ForeignKey(Option, verbose_name=_("förslag"), on_delete=models.PROTECT, related_name="votes")
    dots = models.PositiveSmallIntegerField(_("prickar"))

    class Meta:
        verbose_name = _("röst")
        verbose_name_plural = _("röster")
        constraints = [
            models.UniqueConstraint(name="a_voter_puts_dots_on_an_option_once", fields=["voter", "option"]),
            models.CheckConstraint(name="a_vote_is_a_dot_or_more", condition=Q(dots__gte=1)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="dots_are_put_rightly",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("held", "record"), ("ballot", "record"), ("spent", "bigint")],
                func=_CHECKS,
            )
        ]

    def __str__(self) -> str:
        return str(_("röst"))  # never what was voted


GUARD = "council.Vote:dots_are_put_rightly"


def destroy(ballot: Any) -> None:
    """Do away with the dots of a ballot that is called off: nobody has counted them. The transaction is the caller's."""
    with pgtrigger.ignore(GUARD):
        Vote.objects.filter(voter__ballot=ballot).delete()
