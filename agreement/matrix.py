"""The commitments in groups, across the principles: the agreement's own order, or the areas of the action plans."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreement.models import Commitment, CommitmentArea, Placement, Principle, Version


@dataclass(frozen=True)
class Group:
    """Commitments that belong together; without an area when the grouping has no place for them, or there is no grouping."""

    area: CommitmentArea | None
    rows: list[tuple[Commitment, list[tuple[Principle, bool]]]]

    @property
    def counts(self) -> list[tuple[Principle, int]]:
        """How many of them rest on each principle."""
        columns = zip(*(marks for _commitment, marks in self.rows), strict=True)
        return [(column[0][0], sum(mark for _principle, mark in column)) for column in columns]


@dataclass(frozen=True)
class Matrix:
    """All commitments of a version, each once, and the principles that each rests on."""

    version: Version
    principles: list[Principle]
    groups: list[Group]
    by_area: bool

    @property
    def number(self) -> int:
        """How many commitments there are."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def columns(self) -> list[tuple[Principle, int]]:
        """Each principle and how many commitments rest on it, however they are grouped."""
        resting = [principle.pk for group in self.groups for _commitment, marks in group.rows for principle, mark in marks if mark]
        return [(principle, resting.count(principle.pk)) for principle in self.principles]

    @property
    def areas(self) -> list[CommitmentArea]:
        """The areas that have commitments."""
        return [group.area for group in self.groups if group.area]

    def as_csv(self) -> str:
        """One row per commitment, in the order of the page; UTF-8 with a mark for spreadsheets."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([_("nummer"), _("åtagande"), _("ansvarig"), _("område"), *(one.name for one in self.principles)])
        for group in self.groups:
            area = group.area.name if group.area else ""
            for commitment, marks in group.rows:
                writer.writerow(
                    [commitment.number, commitment.title, commitment.get_owner_display(), area, *(int(mark) for _principle, mark in marks)]
                )
        return "\ufeff" + out.getvalue()


def matrix(version: Version, day: date, *, by_area: bool) -> Matrix:
    """The matrix on `day`, which the areas depend on."""
    principles = list(version.principles.all())
    commitments = list(version.commitments.prefetch_related("principles"))
    resting = {one.pk: {principle.pk for principle in one.principles.all()} for one in commitments}
    rows = {one.pk: (one, [(principle, principle.pk in resting[one.pk]) for principle in principles]) for one in commitments}
    groups = _areas(version, day, commitments) if by_area else [(None, commitments)]
    return Matrix(version, principles, [Group(area, [rows[one.pk] for one in told]) for area, told in groups if told], by_area)


def _areas(version: Version, day: date, commitments: Iterable[Commitment]) -> list[tuple[CommitmentArea | None, list[Commitment]]]:
    placed = {one.commitment_id: one.area for one in Placement.objects.of(version, day)}
    areas = sorted(set(placed.values()), key=lambda area: (area.number, area.pk))
    found: dict[int | None, list[Commitment]] = {None: []}
    found.update((area.pk, []) for area in areas)
    for one in commitments:
        area = placed.get(one.pk)
        found[area.pk if area else None].append(one)
    return [*((area, found[area.pk]) for area in areas), (None, found[None])]
