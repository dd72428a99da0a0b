"""What comes on paper in the demo: one report typed in, one begun, and one that the secretary has asked something about."""

from datetime import timedelta

from followup.models import About, Entry, Progress, Report, Round, Transcript
from followup.models.questions import PROGRESS_KEY
from idekom.lib.dated import today
from idekom.users.models import User

SAID = "Vi har haft öppet hus varje onsdag. Det kom ungefär fyrtio personer varje gång."
ASKED = "Ni skriver att ni har mött andra föreningar. Vilka var det, och vad kom ni fram till?"


def build(secretary: User, *, besides: list[str]) -> None:
    """Two drafts of parties that nobody signs in for in the demo, and a report that is in."""
    reports = Report.objects.filter(round__status=Round.Status.OPEN, party__kind="organisation").exclude(
        party__representatives__user__email__in=besides
    )
    reports = reports.select_related("round__version", "round__questions", "party").order_by("-party__sort_name")
    typed, begun = reports.filter(status=Report.Status.DRAFT, party__representatives__isnull=False)[:2]
    arrived_on = today() - timedelta(days=3)
    Transcript.hand_in(typed, _entries(typed), by=secretary, arrived_on=arrived_on, seen="")
    Transcript.keep(begun, _entries(begun)[:4], by=secretary, arrived_on=arrived_on, seen="")
    reports.filter(status=Report.Status.SUBMITTED).exclude(pk=typed.pk)[0].ask_for_clarification(by=secretary, note=ASKED)


def _entries(report: Report) -> list[Entry]:
    """A cross for each commitment, and a few words about the first."""
    asked = {question.key: question for question in report.questions_about(About.COMMITMENT)}
    choices = [Progress.STARTED, Progress.WELL_UNDER_WAY, Progress.NO_OPINION, Progress.NOT_STARTED]
    commitments = list(report.commitments)
    crosses = [Entry(asked[PROGRESS_KEY], commitment, choices[place % 4], False, False) for place, commitment in enumerate(commitments)]
    return [Entry(asked["done"], commitments[0], SAID, False, False), *crosses]
