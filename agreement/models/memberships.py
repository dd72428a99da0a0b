"""What an umbrella says of its members, and what they say of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar, Self

import pghistory
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Party
from idekom.lib.dated import Dated, DatedQuerySet, period
from idekom.lib.history import Outgoing, WrongStatus, ring
from idekom.lib.text import search_key, searchable
from idekom.lib.tokens import new_token


class MembershipQuerySet(DatedQuerySet):
    def standing(self, day: date) -> Self:
        """Those that hold on `day` and that the member has not denied, in Swedish order."""
        return self.on(day).filter(denied_at=None).order_by("name_key", "pk")

    def told_about(self, party: Party) -> Self:
        """What umbrellas say today of the party, denied or not."""
        return self.filter(member=party, period__upper_inf=True).select_related("umbrella").order_by("umbrella__sort_name", "pk")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["name_key", "token", "notified_at", "attempts", "retry_at"],
    model_name="MembershipChange",
)
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
        made = (cls.name_member(umbrella, name, from_on=from_on, email=email) for name in names)
        return [membership for membership in made if membership is not None]

    @classmethod
    def name_member(cls, umbrella: Party, name: str, *, from_on: date, email: str = "", **fields: Any) -> "Membership | None":
        """One member, which is asked whether this is so; None when it is named already, or has said that it is none."""
        name = " ".join(name.split())[:160]
        same = Party.objects.exclude(pk=umbrella.pk).filter(name__iexact=name).exclude(kind=Party.Kind.CITY_BODY).first()
        if not search_key(name) or cls._is_known(umbrella, name, same):
            return None
        asked = None if email or same else timezone.now()  # nobody to ask
        try:
            with transaction.atomic():
                made: Membership = cls.objects.create(
                    umbrella=umbrella, name=name, member=same, contact_email=email, period=period(from_on), notified_at=asked, **fields
                )
        except IntegrityError:  # named by another hand meanwhile
            return None
        ring(cls.BELL)
        return made

    @classmethod
    def _is_known(cls, umbrella: Party, name: str, member: Party | None) -> bool:
        rows = cls.objects.filter(umbrella=umbrella)
        standing = rows.filter(name_key=search_key(name), period__upper_inf=True)
        denied = rows.filter(Q(name_key=search_key(name)) | Q(member=member, member__isnull=False), denied_at__isnull=False)
        return standing.exists() or denied.exists()

    @transaction.atomic
    def deny(self) -> None:
        """The member says that it is none: from now on it is neither shown nor counted. Raises WrongStatus when it is off the list already."""
        rows = type(self).objects.filter(pk=self.pk)
        if not rows.filter(period__upper_inf=True).exists():
            raise WrongStatus
        rows.filter(denied_at=None).update(denied_at=timezone.now())
        self.refresh_from_db(fields=["denied_at"])

    def affirm(self) -> None:
        """The member has told the secretariat that it is a member after all."""
        type(self).objects.filter(pk=self.pk).update(denied_at=None)
        self.refresh_from_db(fields=["denied_at"])

    @transaction.atomic
    def end(self, day: date) -> None:
        """The umbrella takes it off its list, from `day` on; raises WrongStatus for one that has denied, which stays denied.

        Who was named that very day has been no member for a day: only history knows.
        """
        held = type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk, period__upper_inf=True, denied_at=None).first()
        if held is None:
            raise WrongStatus
        if held.from_on >= day:
            self.delete()
            return
        self.period = period(held.from_on, day - timedelta(days=1))
        self.save(update_fields=["period"])
