"""Whom a proposal was anchored with before the council had it: who was asked, when, how, and what they said."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Sector, Side
from council.models.mandates import Mandate
from council.models.proposals import Proposal
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from idekom.users.models import User


class How(models.TextChoices):
    """In what way somebody was asked."""

    MEETING = "meeting", _("på ett möte")
    LETTER = "letter", _("med mejl eller brev")
    CALL = "call", _("i ett samtal")
    CONSULTATION = "consultation", _("på remiss")
    OTHER = "other", _("på annat sätt")


STANDS = pgtrigger.Trigger(
    name="what_was_anchored_stands",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        PERFORM 1 FROM council_proposal WHERE id = OLD.proposal_id AND status = 'draft' FOR SHARE;
        IF NOT FOUND THEN RAISE EXCEPTION 'what_was_anchored_stands' USING ERRCODE = 'check_violation'; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class AnchoringQuerySet(models.QuerySet["Anchoring"]):
    def told(self) -> Self:
        """With the names that they are shown by, in the order of the days."""
        return self.select_related("party", "sector").order_by("asked_on", "pk")

    def sides(self) -> set[Side]:
        """Which sides have been asked."""
        return {side for one in self.select_related("party") if (side := one.asked_side)}


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="AnchoringChange")
class Anchoring(models.Model):
    """Somebody was asked about a proposal: a party, a sector, or a group in words. People are not named: the log is for everybody."""

    How = How

    proposal = models.ForeignKey(Proposal, verbose_name=_("förslag"), on_delete=models.PROTECT, related_name="anchorings")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(
        _("grupp, i ord"), max_length=160, blank=True, help_text=_("Till exempel fritidscheferna i Angered. Skriv inga namn på personer.")
    )
    side = models.CharField(_("gruppens sida"), max_length=16, choices=Side, blank=True, help_text=_("När ni skriver en grupp i ord."))
    asked_on = models.DateField(_("när"))
    how = models.CharField(_("hur"), max_length=12, choices=How)
    said = models.TextField(
        _("vad de sade"), max_length=2000, help_text=_("Visas för alla när förslaget blir offentligt. Skriv inga namn på personer.")
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("förankring")
        verbose_name_plural = _("förankringslogg")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="one_is_asked_a_party_a_sector_or_a_group",
                condition=Q(party__isnull=False, sector=None, group="")
                | Q(party=None, sector__isnull=False, group="")
                | (Q(party=None, sector=None) & ~Q(group="")),
                violation_error_message=_("Välj en part eller en sektor, eller skriv en grupp i ord: ett av dem."),
            ),
            models.CheckConstraint(name="the_way_of_asking_is_known", condition=Q(how__in=How.values)),
            models.CheckConstraint(name="the_asked_side_is_known", condition=Q(side__in=["", *Side.values])),
        ]
        triggers = [STANDS]

    def __str__(self) -> str:
        return f"{self.who} {self.asked_on}"

    @property
    def who(self) -> str:
        """Who was asked."""
        return str(self.party or self.sector or self.group)

    @property
    def asked_side(self) -> Side | None:
        """Which side that is; None for a group whose side nobody has said."""
        if self.party is not None:
            return self.party.side
        return Side.CIVIL_SOCIETY if self.sector_id else Side(self.side) if self.side else None

    @transaction.atomic
    def enter(self, *, by: "User") -> None:
        """Write it in the log. Raises WrongStatus when the council has the proposal before it."""
        held = Proposal.objects.select_for_update(of=("self",)).get(pk=self.proposal_id)
        if not held.may_be_anchored:
            raise WrongStatus
        self.entered_by = by
        self.save(force_insert=True)


def sits_in_the_council(user: "User", day: date) -> bool:
    """Whether the user holds a mandate that day: members write in the log."""
    return Mandate.objects.valid().on(day).filter(person__user=user).exists()
