"""What comes of the votes: the order of the candidates, the ties, and who is elected to what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from affiliation.models.ballots import Ballot
from affiliation.models.candidates import Candidate

if TYPE_CHECKING:
    from affiliation.models.election_places import ElectionPlace


class Lot(models.Model):
    """A tie that was settled by drawing lots: in what order, when, and who saw it."""

    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="lots")
    votes = models.PositiveIntegerField(_("röster"))
    order = ArrayField(models.BigIntegerField(), verbose_name=_("ordning"))
    drawn_on = models.DateField(_("lotten drogs"))
    witnesses = models.CharField(_("vittnen"), max_length=200)

    class Meta:
        verbose_name = _("lottning")
        verbose_name_plural = _("lottningar")
        ordering = ["-votes"]
        constraints = [models.UniqueConstraint(name="a_tie_is_settled_by_one_lot", fields=["election", "votes"])]

    def __str__(self) -> str:
        return f"{self.votes}"


@dataclass(frozen=True)
class Tie:
    """Candidates with as many votes each, where it matters who comes first."""

    votes: int
    candidates: tuple[int, ...]


@dataclass(frozen=True)
class Ranking:
    """The candidates who have votes, most first, and the ties that no lot has settled."""

    order: tuple[int, ...]
    open_ties: tuple[Tie, ...]


def rank(votes: Mapping[int, int], ordinary: int, substitutes: int, lots: Mapping[int, Iterable[int]]) -> Ranking:
    """Put those who have votes in order. `votes`: {candidate: votes}; `lots`: {votes: the order that was drawn}.

    Equal numbers matter where an ordinary place, each of the substitutes' places or the last place ends between them: the substitutes are
    called in order. Two who both get an ordinary place need no lot.
    """
    ends = [ordinary + number for number in range(substitutes + 1)]
    order: list[int] = []
    ties = []
    for number in sorted({count for count in votes.values() if count}, reverse=True):
        group = sorted(candidate for candidate, count in votes.items() if count == number)
        first, after = len(order), len(order) + len(group)
        if any(first < end < after for end in ends):
            if number in lots:
                group = list(lots[number])
            else:
                ties.append(Tie(number, tuple(group)))
        order += group
    return Ranking(tuple(order), tuple(ties))


@dataclass(frozen=True)
class Line:
    """A candidate in the result: the votes, what they are elected to (None: nothing), and whether a lot is still to be drawn."""

    candidate: Candidate
    votes: int
    place: "ElectionPlace | None" = None
    is_tied: bool = False


@dataclass(frozen=True)
class Outcome:
    """The result of a closed election."""

    lines: tuple[Line, ...]
    open_ties: tuple[tuple[int, tuple[Candidate, ...]], ...]
    cast: int
    blank: int

    @property
    def elected(self) -> list[Line]:
        """Those who are elected, in the order of the places; nobody as long as a lot is to be drawn."""
        return [line for line in self.lines if line.place is not None]


def count(candidates: list[Candidate], places: "list[ElectionPlace]", ballots: list[Ballot], lots: list[Lot]) -> Outcome:
    """Count the ballots. `places` are the ordinary ones first, and then the substitutes', in order."""
    found = Counter(choice for ballot in ballots for choice in ballot.choices)
    votes = {candidate.pk: found[candidate.pk] for candidate in candidates}
    ordinary = sum(place.is_ordinary for place in places)
    ranking = rank(votes, ordinary, len(places) - ordinary, {lot.votes: lot.order for lot in lots})
    by_pk = {candidate.pk: candidate for candidate in candidates}
    tied = {pk for tie in ranking.open_ties for pk in tie.candidates}
    given = {} if ranking.open_ties else dict(zip(ranking.order, places, strict=False))
    none = [candidate.pk for candidate in candidates if not votes[candidate.pk]]
    lines = tuple(Line(by_pk[pk], votes[pk], given.get(pk), pk in tied) for pk in (*ranking.order, *none))
    open_ties = tuple((tie.votes, tuple(by_pk[pk] for pk in tie.candidates)) for tie in ranking.open_ties)
    return Outcome(lines, open_ties, len(ballots), sum(not ballot.choices for ballot in ballots))
