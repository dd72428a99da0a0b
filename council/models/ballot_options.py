"""What one puts dots on: proposals in areas. Merged ones keep their own numbers, so that "7 + 3 + 3" can be read and taken apart again."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreement.models import ActionPlan, Activity
from council.models.limits import refuse
from council.models.proposals import Proposal
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from council.models.ballots import DotBallot
    from idekom.users.models import User

FROZEN = "what_is_voted_on_stands_once_the_ballot_is_open"
IN_ITS_BALLOT = "an_option_is_in_an_area_of_its_ballot"
MERGED_FLAT = "a_part_is_merged_into_a_whole_of_its_ballot"
ON_PAPER = "numbers_are_noted_for_a_ballot_on_paper"


class CannotMerge(ValidationError):
    """Parts are merged into another option of the same ballot."""

    def __init__(self) -> None:
        super().__init__(_("Välj minst ett annat förslag i samma omröstning. Ett förslag kan inte slås ihop med sig självt."), code="merge")


class HasActivity(ValidationError):
    """What has become an activity stands as it is."""

    def __init__(self) -> None:
        super().__init__(_("Det går inte: förslaget har redan blivit en aktivitet."), code="has_activity")


class CannotSplit(ValidationError):
    """The option is not merged, or was merged before anybody could vote on it alone."""

    def __init__(self) -> None:
        super().__init__(_("Förslaget går inte att ta isär: det är inte sammanslaget, eller slogs ihop innan röstningen öppnade."), code="split")


class Area(models.Model):
    """A part of a ballot that gathers proposals about one thing."""

    ballot = models.ForeignKey("council.DotBallot", verbose_name=_("omröstning"), on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField(_("ordning"))
    name = models.CharField(_("område"), max_length=160)

    class Meta:
        verbose_name = _("område i en omröstning")
        verbose_name_plural = _("områden i omröstningar")
        ordering = ["ballot", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_area_per_number_in_a_ballot",
                fields=["ballot", "number"],
                deferrable=models.Deferrable.DEFERRED,  # two may change places in one form
                violation_error_message=_("Två områden har samma ordning. Ge dem olika nummer."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="areas_stand_once_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("held", "record")],
                func=f"""
                    IF TG_OP = 'DELETE' THEN held := OLD; ELSE held := NEW; END IF;
                    PERFORM 1 FROM council_dotballot WHERE id = held.ballot_id AND status <> 'draft' FOR SHARE;
                    IF FOUND THEN {refuse(FROZEN)} END IF;
                    RETURN held;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name


_GUARD = f"""
    IF TG_OP = 'DELETE' THEN held := OLD; ELSE held := NEW; END IF;
    SELECT status, is_on_paper INTO ballot FROM council_dotballot WHERE id = held.ballot_id FOR SHARE;
    IF ballot.status <> 'draft' AND (TG_OP <> 'UPDATE' OR (OLD.ballot_id, OLD.area_id, OLD.number, OLD.title, OLD.text, OLD.is_votable,
        OLD.noted, OLD.noted_city, OLD.noted_civil_society) IS DISTINCT FROM (NEW.ballot_id, NEW.area_id, NEW.number, NEW.title, NEW.text,
        NEW.is_votable, NEW.noted, NEW.noted_city, NEW.noted_civil_society)) THEN {refuse(FROZEN)} END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NOT EXISTS (SELECT 1 FROM council_area WHERE id = NEW.area_id AND ballot_id = NEW.ballot_id) THEN {refuse(IN_ITS_BALLOT)} END IF;
    IF NEW.noted IS NOT NULL AND NOT ballot.is_on_paper THEN {refuse(ON_PAPER)} END IF;
    IF NEW.merged_into_id IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM council_option WHERE id = NEW.merged_into_id AND ballot_id = NEW.ballot_id AND merged_into_id IS NULL)
        OR EXISTS (SELECT 1 FROM council_option WHERE merged_into_id = NEW.id)
    ) THEN {refuse(MERGED_FLAT)} END IF;
    RETURN NEW;
"""  # noqa: S608 - no value of anybody's is in it


class OptionQuerySet(models.QuerySet["Option"]):
    def whole(self) -> Self:
        """Those that are not a part of another."""
        return self.filter(merged_into=None)

    def votable(self) -> Self:
        """Those on the ballot, in its order: fixed when it opens, whatever is merged afterwards."""
        return self.filter(is_votable=True).select_related("area").order_by("area__number", "number", "pk")

    def in_order(self) -> Self:
        """All of them with their areas and what came of them, in the order of the ballot."""
        is_shown = Exists(Proposal.objects.shown().filter(pk=OuterRef("proposal")))
        found = self.select_related("area", "activity", "proposal").annotate(proposal_is_shown=is_shown)
        return found.order_by("area__number", "number", "pk")


class Option(models.Model):
    """A proposal that one puts dots on. Of a vote on paper it has the numbers that were noted; none noted is not zero."""

    ballot = models.ForeignKey("council.DotBallot", verbose_name=_("omröstning"), on_delete=models.CASCADE, related_name="options")
    area = models.ForeignKey(Area, verbose_name=_("område"), on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("förslag"), max_length=200)
    text = models.TextField(_("vad det går ut på"), max_length=2000, blank=True)
    is_votable = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey("self", verbose_name=_("del av"), on_delete=models.CASCADE, null=True, editable=False, related_name="parts")
    activity = models.ForeignKey(
        Activity, verbose_name=_("aktivitet"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="options"
    )
    proposal = models.ForeignKey(Proposal, verbose_name=_("rådets förslag"), on_delete=models.PROTECT, null=True, blank=True, related_name="options")
    noted = models.PositiveIntegerField(_("prickar"), null=True, blank=True, editable=False)
    noted_city = models.PositiveIntegerField(_("prickar från staden"), null=True, blank=True, editable=False)
    noted_civil_society = models.PositiveIntegerField(_("prickar från civilsamhället"), null=True, blank=True, editable=False)

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("förslag i en omröstning")
        verbose_name_plural = _("förslag i omröstningar")
        ordering = ["area__number", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_option_per_number_in_an_area",
                fields=["area", "number"],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Två förslag har samma ordning. Ge dem olika nummer."),
            ),
            models.CheckConstraint(name="an_option_is_not_a_part_of_itself", condition=Q(merged_into=None) | ~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="the_sides_of_a_noted_number_make_its_sum",
                condition=Q(noted_city=None, noted_civil_society=None)
                | Q(
                    noted__isnull=False, noted_city__isnull=False, noted_civil_society__isnull=False, noted=F("noted_city") + F("noted_civil_society")
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="options_are_guarded",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("held", "record"), ("ballot", "record")],
                func=_GUARD,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def merge(self, parts: "list[Option]", *, by: "User | None") -> None:
        """Let `parts` count as parts of this one; each keeps its own number. Raises CannotMerge, HasActivity and WrongStatus."""
        self._in_turn()
        ballot = self.ballot
        if not parts or self.merged_into_id or any(part.pk == self.pk or part.ballot_id != self.ballot_id or part.merged_into_id for part in parts):
            raise CannotMerge
        if self.activity_id or any(part.activity_id for part in parts):
            raise HasActivity
        pks = [part.pk for part in parts]
        self.ballot.options.filter(merged_into__in=pks).update(merged_into=self)
        self.ballot.options.filter(pk__in=pks).update(merged_into=self)
        ballot._record("merge", by=by, note=" + ".join([self.title, *(part.title for part in parts)]))

    @transaction.atomic
    def split(self, *, by: "User | None") -> None:
        """Let this part stand alone again. Raises CannotSplit, HasActivity and WrongStatus."""
        self._in_turn()
        self.refresh_from_db(fields=["merged_into"])
        whole, ballot = self.merged_into, self.ballot
        was_voted_on = self.is_votable or ballot.is_on_paper or ballot.status == "draft"
        if whole is None or not was_voted_on:
            raise CannotSplit
        if whole.activity_id:
            raise HasActivity
        self.merged_into = None
        self.save(update_fields=["merged_into"])
        ballot._record("split", by=by, note=self.title)

    @transaction.atomic
    def begin_activity(self, plan: ActionPlan, *, by: "User", note: str) -> Activity:
        """A draft of an activity made of it, once: asked again, the same one. Raises WrongStatus before the close, CannotMerge for a part."""
        self._in_turn()
        if not self.ballot.is_counted:
            raise WrongStatus
        if self.merged_into_id:
            raise CannotMerge
        if self.activity is not None:
            return self.activity
        activity = Activity.objects.begin(plan, self.title, by=by, note=note)
        self.activity = activity
        self.save(update_fields=["activity"])
        self.ballot._record("begin_activity", by=by, note=self.title)
        return activity

    def _in_turn(self) -> None:
        """Those who change the options of a ballot take turns; the row as it stands then. Raises WrongStatus when the ballot is called off."""
        ballot: DotBallot = type(self.ballot).objects.select_for_update(no_key=True).get(pk=self.ballot_id)
        if ballot.status == "cancelled":
            raise WrongStatus
        self.refresh_from_db()
        self.ballot = ballot
