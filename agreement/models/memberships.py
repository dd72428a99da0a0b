"""What an umbrella says of its members, and what they say of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Party
from idekom.lib.dated import Dated, DatedQuerySet, period
from idekom.lib.history import Outgoing, ring
from idekom.lib.text import search_key, searchable
from idekom.lib.tokens import new_token


class MembershipQuerySet(DatedQuerySet):
    def standing(self, day: date) -> Self:
        """Those that hold on `day` and that the member has not denied, in Swedish order."""
        return self.on(day).filter(denied_at=None).order_by("name_key", "pk")


@pghistory.track(exclude=["name_key", "token", "notified_at", "attempts", "retry_at"], model_name="MembershipChange")
class Membership(Dated, Outgoing):
    """An organisation that an umbrella names as its member. It need not be a party itself, and it may deny."""

    BELL: ClassVar[str] = "affiliation.deliver_mail"

    umbrella = models.ForeignKey(Party, verbose_name=_("paraply"), on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(
        Party, verbose_name=_("medlemmen som part"), on_delete=models.PROTECT, null=True, blank=True, related_name="umbrella_memberships"
    )
    name = models.CharField(_("medlemmens namn"), max_length=160)
    registration_number = models.CharField(_("organisationsnummer"), max_length=10, blank=True)
    contact_email = models.EmailField(_("medlemmens e-post"), blank=True, help_text=_("Dit mejlar vi en fråga om uppgiften stämmer. Visas aldrig."))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    denied_at = models.DateTimeField(_("förnekad"), null=True, blank=True, editable=False)
    name_key = models.GeneratedField(expression=searchable("name"), output_field=models.TextField(db_collation="C"), db_persist=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        ordering = ["name_key", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="an_umbrella_is_not_its_own_member", condition=Q(member=None) | ~Q(member=F("umbrella"))),
            models.UniqueConstraint(
                name="an_umbrella_names_a_member_once",
                fields=["umbrella", "name_key"],
                condition=Q(period__upper_inf=True),
                violation_error_message=_("Medlemmen finns redan i listan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.umbrella}"

    @property
    def is_denied(self) -> bool:
        """Whether the member has said that it is none."""
        return self.denied_at is not None

    @classmethod
    def name_members(cls, umbrella: Party, names: Iterable[str], *, from_on: date, email: str = "") -> list["Membership"]:
        """Let the umbrella name these as its members; those it has named already stay as they are, those that denied too."""
        known = set(cls.objects.filter(umbrella=umbrella, period__upper_inf=True).values_list("name_key", flat=True))
        wanted = {search_key(name): " ".join(name.split())[:160] for name in names if search_key(name)}
        return [cls.name_member(umbrella, name, from_on=from_on, email=email) for key, name in wanted.items() if key not in known]

    @classmethod
    def name_member(cls, umbrella: Party, name: str, *, from_on: date, email: str = "", **fields: Any) -> "Membership":
        """One member; when an address is given, it is asked whether this is so."""
        same = Party.objects.exclude(pk=umbrella.pk).filter(name__iexact=name).exclude(kind=Party.Kind.CITY_BODY)
        asked = None if email else timezone.now()  # nobody to ask
        made: Membership = cls.objects.create(
            umbrella=umbrella, name=name, member=same.first(), contact_email=email, period=period(from_on), notified_at=asked, **fields
        )
        if email:
            ring(cls.BELL)
        return made

    def deny(self) -> None:
        """The member says that it is none: from now on it is neither shown nor counted."""
        type(self).objects.filter(pk=self.pk, denied_at=None).update(denied_at=timezone.now())
        self.refresh_from_db(fields=["denied_at"])

    def end(self, *, last_day: date) -> None:
        """The umbrella takes it off its list."""
        self.period = period(self.from_on, max(last_day, self.from_on))
        self.save(update_fields=["period"])
