"""What time is about in the demo's open round: the mails that have gone, and the parties that ask for more time. Everybody is invented."""

from datetime import timedelta

from django.utils import timezone

from agreement.models import Representative
from followup.models import Extension, ExtensionEvent, Report, ReportReminder, Round
from idekom.lib.dated import today
from idekom.users.models import User

SINCE = 20
"""Days since the demo's round opened."""


def build(secretary: User, reporter: str) -> None:
    """The round has told everybody that it is open; one party has got more time, two ask for it; the reporter's own does not."""
    round = Round.objects.get(status=Round.Status.OPEN)
    ReportReminder.objects.make(today() - timedelta(days=SINCE))
    ReportReminder.objects.update(notified_at=timezone.now() - timedelta(days=SINCE))
    others = Representative.objects.on(today()).filter(user__email=reporter).values("party")
    missing = Report.objects.not_yet_in().filter(round=round, party__representatives__isnull=False).exclude(party__in=others).distinct()
    words = ["Vår kassör har varit sjuk hela hösten.", "", "Styrelsen träffas först den sista veckan."]
    for number, report in enumerate(missing[:3]):
        person = report.party.representatives.select_related("user")[0].user
        until_on = round.due_on + timedelta(days=10 + 7 * number)
        asked = Extension.objects.ask(report, until_on=until_on, by=person, why=words[number], day=today() - timedelta(days=4))
        if number == 0:
            asked.grant(by=secretary, note="Självklart. Hör av er om ni behöver hjälp.")
    for report in missing[3:8]:
        report.answer(report.commitments[0], progress="started")
    ExtensionEvent.objects.update(notified_at=timezone.now())
