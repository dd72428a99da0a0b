"""Quarters of the year: what is due in one, and how often one is asked how it goes."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

YEARS = range(1000, 9999)


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that the day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """What "2026-4" means; None when it means no quarter."""
        found = re.fullmatch(r"([0-9]{4})-([1-4])", typed)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) in YEARS else None

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def next(self) -> "Quarter":
        """The one after."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        """The one before."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def address(self) -> str:
        """How it is written in an address."""
        return f"{self.year}-{self.number}"

    def __str__(self) -> str:
        words = {"first": MONTHS[self.first.month], "last": MONTHS[self.last.month], "year": self.year}
        return _("%(first)s–%(last)s %(year)d") % words
