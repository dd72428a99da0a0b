"""How often the agreement is evaluated from outside, and the notice that goes out a year before."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models

from idekom.lib.history import Outgoing, ring


@dataclass(frozen=True)
class Cycle:
    """The agreement was made in 2012. It is evaluated every fourth year since 2016. These three numbers are all there is to change."""

    agreed: int = 2012
    first: int = 2016
    length: int = 4

    def years(self, until: int) -> list[int]:
        """The years of evaluation up to and including `until`."""
        return list(range(self.first, until + 1, self.length))

    def next_year(self, day: date) -> int:
        """The year of the evaluation that is going on or comes next on `day`."""
        passed = max(day.year - self.first, 0)
        return self.first + -(-passed // self.length) * self.length

    def period(self, year: int) -> tuple[int, int]:
        """The first and the last year that the evaluation of `year` looks at."""
        return (self.agreed if year <= self.first else year - self.length + 1), year

    @staticmethod
    def begins_on(year: int) -> date:
        """The first day of the year of evaluation."""
        return date(year, 1, 1)

    @staticmethod
    def announced_on(year: int) -> date:
        """Twelve months before that day."""
        return date(year - 1, 1, 1)


CYCLE = Cycle()


class EvaluationNoticeQuerySet(models.QuerySet["EvaluationNotice"]):
    def make(self, day: date) -> int:
        """Make the notice that is due on `day`, if any; returns how many are new. Safe to repeat, also after months without a run."""
        coming = CYCLE.next_year(date(day.year + 1, 1, 1))  # this year's has begun already
        if day < CYCLE.announced_on(coming):
            return 0
        before = self.count()
        self.bulk_create([EvaluationNotice(year=coming)], ignore_conflicts=True)
        ring(EvaluationNotice.BELL)
        return self.count() - before


class EvaluationNotice(Outgoing):
    """The word to the secretariat that a year of evaluation begins in twelve months. Made once for each year."""

    BELL: ClassVar[str] = "followup.deliver_mail"

    year = models.PositiveSmallIntegerField()

    objects = EvaluationNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(name="an_evaluation_is_announced_once", fields=["year"])]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def period(self) -> tuple[int, int]:
        """The first and the last year that is going to be evaluated."""
        return CYCLE.period(self.year)
