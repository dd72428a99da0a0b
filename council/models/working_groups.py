"""Working groups of a body."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from council.models.composition import Body
from council.models.people import Person
from idekom.lib.dated import Dated, DatedQuerySet


class WorkingGroupQuerySet(DatedQuerySet):
    def told(self) -> Self:
        """The groups with their convener and members, those that began first first."""
        return self.select_related("body", "convener").prefetch_related("members").order_by("period", "pk")

    def of(self, person: Person) -> Self:
        """Those that the person convenes or takes part in."""
        return self.filter(models.Q(convener=person) | models.Q(pk__in=person.working_groups.values("pk")))


class WorkingGroup(Dated):
    """Some members with a task between the meetings, and somebody who calls them together."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="working_groups")
    name = models.CharField(_("namn"), max_length=120)
    purpose = models.TextField(_("uppgift"), max_length=1000)
    convener = models.ForeignKey(Person, verbose_name=_("sammankallande"), on_delete=models.PROTECT, related_name="convened_groups")
    members: "models.ManyToManyField[Person, models.Model]" = models.ManyToManyField(
        Person,
        verbose_name=_("deltagare"),
        blank=True,
        related_name="working_groups",
        help_text=_("Den som är sammankallande behöver inte väljas igen."),
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("arbetsgrupp")
        verbose_name_plural = _("arbetsgrupper")
        ordering = ["body", "name"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def is_over(self, day: date) -> bool:
        """Whether it has ended before `day`."""
        return self.until_on is not None and self.until_on < day
