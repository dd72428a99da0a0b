"""Case numbers without gaps."""

from django.db import models


class CaseSeries(models.Model):
    """The last case number of a year. Numbers are taken in the transaction that uses them, so that none is ever missing."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def take(cls, year: int) -> str:
        """The next number of the year, like ANS-2026-0042; call it inside a transaction."""
        cls.objects.get_or_create(year=year)
        series = cls.objects.select_for_update().get(year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return f"ANS-{year}-{series.last:04d}"
