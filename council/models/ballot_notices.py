"""What the voters of a dot ballot are mailed about, each once: that it has opened, that it closes tomorrow, how it went."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.models.ballot_votes import Voter
from idekom.lib.history import Outgoing, ring

if TYPE_CHECKING:
    from council.models.ballots import DotBallot


class BallotNoticeQuerySet(models.QuerySet["BallotNotice"]):
    def tell(self, ballot: "DotBallot", kind: "BallotNotice.Kind", *, to: "models.QuerySet[Voter] | None" = None) -> int:
        """A mail to each voter that the portal has an address of, or each of `to`; returns how many are new."""
        voters = ballot.voters.all() if to is None else to
        with_account = Q(person__user__is_active=True) & ~Q(person__user__email="")
        without = Q(person__user=None) & ~Q(person__email="")
        silent = voters.filter(with_account | without).exclude(notices__kind=kind)
        made = [BallotNotice(voter=voter, kind=kind) for voter in silent]
        if made:
            self.bulk_create(made, ignore_conflicts=True)
            ring(BallotNotice.BELL)
        return len(made)


class BallotNotice(Outgoing):
    """A mail to a voter."""

    BELL = "council.deliver_mail"

    class Kind(models.TextChoices):
        OPENED = "opened", _("omröstningen är öppen")
        REMINDER = "reminder", _("påminnelse")
        RESULT = "result", _("resultat")
        CANCELLED = "cancelled", _("inställd")

    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)

    objects = BallotNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_voter_is_told_once_of_each_thing", fields=["voter", "kind"]),
            models.CheckConstraint(name="ballot_notice_kind_is_known", condition=Q(kind__in=["opened", "reminder", "result", "cancelled"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.voter}"

    @property
    def is_needless(self) -> bool:
        """Whether things have moved on: it has closed or been called off, or the voter has voted."""
        ballot = self.voter.ballot
        if self.kind == self.Kind.OPENED:
            return ballot.status != "open"
        return self.kind == self.Kind.REMINDER and (ballot.status != "open" or self.voter.voted_at is not None)
