"""Both sides' plans beside each other, commitment by commitment."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreement.models import Activity, Commitment
from agreement.models.parties import Side
from agreement.models.plans import JOINT
from agreement.plans.listing import counted


@dataclass(frozen=True)
class Beside:
    """A commitment, and what is done about it in each side's plans and together."""

    commitment: Commitment
    city: list[Activity]
    joint: list[Activity]
    civil_society: list[Activity]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has an activity for it."""
        return not (self.city or self.joint or self.civil_society)


def beside(commitments: Sequence[Commitment], activities: Sequence[Activity]) -> list[Beside]:
    """One row per commitment. An activity serves it by its address, in whichever version of the agreement."""
    found: dict[tuple[str, str], list[Activity]] = {}
    for activity in counted(activities):
        for slug in {commitment.slug for commitment in activity.commitments.all()}:
            found.setdefault((slug, activity.plan.whose), []).append(activity)
    sides = (Side.CITY.value, JOINT, Side.CIVIL_SOCIETY.value)
    return [Beside(commitment, *(found.get((commitment.slug, side), []) for side in sides)) for commitment in commitments]
