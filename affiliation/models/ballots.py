"""A secret ballot: who has voted is kept in one place, what was voted in another, and nothing joins them.

A ballot has no time, no number and no way back to the party. Both rows are written in one transaction; when the election closes all rows
are written anew in an order made by chance, so that not even the database's own marks of who wrote what and when tell them apart.
"""

import secrets
from typing import TYPE_CHECKING
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agreement.models import Party

if TYPE_CHECKING:
    from affiliation.models.elections import Election

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike on paper."""
WHILE_OPEN = "a_ballot_is_cast_while_the_election_is_open"
ON_THE_LIST = "a_ballot_names_candidates_of_the_election_at_most_as_many_as_places"

_CHECKS = f"""
PERFORM 1 FROM affiliation_election
    WHERE id = NEW.election_id AND status = 'open' AND clock_timestamp() >= opens_at AND clock_timestamp() < closes_at FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION '{WHILE_OPEN}' USING ERRCODE = 'check_violation';
END IF;
IF cardinality(NEW.choices) > (SELECT count(*) FROM affiliation_electionplace WHERE election_id = NEW.election_id)
    OR cardinality(NEW.choices) <> (
        SELECT count(*) FROM affiliation_candidate WHERE election_id = NEW.election_id AND is_on_ballot AND id = ANY (NEW.choices)
    )
THEN
    RAISE EXCEPTION '{ON_THE_LIST}' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""  # noqa: S608  nothing but names of ours is put in
"""FOR SHARE: the close waits for the ballots that are being written, and the ballots that come after it find it closed."""


class NotOpen(ValidationError):
    """Votes are taken from the opening to the close, by the clock of the database."""

    def __init__(self) -> None:
        super().__init__(_("Valet tar inte emot röster nu. Rösten är inte lämnad."), code="not_open")


class NoSuchChoice(ValidationError):
    """Those that are chosen stand in the election, and are no more than its places."""

    def __init__(self) -> None:
        super().__init__(_("Valsedeln är inte rätt ifylld. Välj högst så många kandidater som platserna. Rösten är inte lämnad."), code="choice")


class HasVoted(ValidationError):
    """One vote a party."""

    def __init__(self) -> None:
        super().__init__(_("Parten har redan röstat. En röst går inte att ändra."), code="has_voted")


class NoVote(ValidationError):
    """Only the parties on the roll have a vote."""

    def __init__(self) -> None:
        super().__init__(_("Parten har ingen röst i valet."), code="no_vote")


class VoterRoll(models.Model):
    """A party that may vote in an election, and whether it has: the roll is fixed when the election opens."""

    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="roll")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="+")
    has_voted = models.BooleanField(_("har röstat"), default=False)

    class Meta:
        verbose_name = _("röstberättigad part")
        verbose_name_plural = _("röstberättigade parter")
        constraints = [models.UniqueConstraint(name="a_party_stands_once_on_the_roll_of_an_election", fields=["election", "party"])]
        triggers = [
            pgtrigger.Protect(name="a_vote_stays_cast", operation=pgtrigger.Update, condition=pgtrigger.Q(old__has_voted=True)),
            pgtrigger.Protect(name="a_roll_stays_whole", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.party)

    def mark(self) -> bool:
        """Mark that the party has voted; False when it had already. One conditional UPDATE: of many at once, one gets True."""
        return VoterRoll.objects.filter(pk=self.pk, has_voted=False).update(has_voted=True) == 1

    @transaction.atomic
    def vote(self, choices: list[int]) -> str:
        """Cast the party's one vote, for candidates (none: blank); returns the receipt's code, which is kept nowhere beside the ballot.

        Raises HasVoted, NotOpen and NoSuchChoice. The ballot comes first: its lock on the election is taken before the one on the roll.
        """
        code = new_code()
        try:
            with transaction.atomic():
                Ballot.objects.bulk_create([Ballot(election_id=self.election_id, choices=sorted(choices), code=code)])
        except IntegrityError as error:
            if WHILE_OPEN in str(error):
                raise NotOpen from None
            if ON_THE_LIST in str(error):
                raise NoSuchChoice from None
            raise
        if not self.mark():
            raise HasVoted
        return code


class Ballot(models.Model):
    """What somebody voted; nobody can tell who."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="ballots")
    choices = ArrayField(models.BigIntegerField(), verbose_name=_("valda kandidater"))
    code = models.CharField(_("kod"), max_length=14)

    class Meta:
        verbose_name = _("valsedel")
        verbose_name_plural = _("valsedlar")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="a_receipt_belongs_to_one_ballot_of_an_election", fields=["election", "code"])]
        triggers = [
            pgtrigger.Trigger(name="ballots_are_cast_rightly", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_CHECKS),
            pgtrigger.Protect(name="a_ballot_stands", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code


def new_code() -> str:
    """Twelve letters in three groups, such as "K7QD-M2XF-93RT": 32 ** 12 of them."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))


GUARDS = "affiliation.Ballot:ballots_are_cast_rightly", "affiliation.Ballot:a_ballot_stands", "affiliation.VoterRoll:a_vote_stays_cast"


def mix(election: "Election") -> None:
    """Write the ballots and the roll of a closed election anew, in an order made by chance. The transaction is the caller's."""
    with pgtrigger.ignore(*GUARDS):
        ballots = list(Ballot.objects.filter(election=election).order_by("id"))  # random numbers
        Ballot.objects.filter(election=election).delete()
        Ballot.objects.bulk_create(ballots)
        VoterRoll.objects.filter(election=election).update(has_voted=F("has_voted"))


def destroy(election: "Election") -> None:
    """Do away with the ballots of a cancelled election: nobody has counted them. The transaction is the caller's."""
    with pgtrigger.ignore("affiliation.Ballot:a_ballot_stands"):
        Ballot.objects.filter(election=election).delete()
