"""A story in which every mail that the portal sends is sent."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from affiliation.emails import followers
from affiliation.models import Application, CeremonyInvitation, Confirmation, Correction, Decision, Follower, Invitation, Reminder
from affiliation.tasks import deliver_mail
from agreement.models import Membership, Representative
from council.models import AgendaItem, Assignment, AssignmentReminder, Brief, NoticeReader, Reply, SubstituteRequest
from council.tasks import deliver_mail as deliver_notices
from followup.models import Compilation, EvaluationNotice, Extension, Progress, ReportReminder
from followup.tasks import deliver_mail as deliver_receipts
from idekom import emails
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.council.gathering import Gathering, add, adjusted, gather


def send_all(language: str) -> None:
    """Let everything happen that is mailed about, to people who read that language."""
    office, colleague = builders.user(name="Kansliet", language=language), builders.user(name="Kollegan", language=language)
    _cases(office, colleague, language)
    _waits(office, language)
    _register(office, language)
    _around(office, language)
    _report(office, language)
    _rounds(office, language)
    _books(office)
    _evaluation(office, language)
    _forum(office, language)
    _council(language)
    deliver_mail()
    deliver_receipts()
    followers.tell()


def _case(language: str, *steps: Callable[[Application], object]) -> None:
    case = builders.application(name=f"Förening {Application.objects.count()}", language=language, contact_email="kim@example.org")
    for step in steps:
        step(case)


def _cases(office: User, colleague: User, language: str) -> None:
    """Each step that a case can take."""
    decision, meeting = Decision(on=today(), paragraph="7"), builders.meeting()
    _case(
        language,
        lambda case: case.start_review(by=office),
        lambda case: case.ask_for_completion(by=office, note="Skriv paragrafen.", fields=["decided_paragraph", "statutes"]),
        lambda case: case.complete(),
        lambda case: case.assign(colleague, by=office),
        lambda case: case.put_on_agenda(by=office, meeting=meeting),
        lambda case: case.approve(by=office, decision=decision),
    )
    _case(language, lambda case: case.decline(by=office, decision=decision, note="Nej, tyvärr."))
    _case(language, lambda case: case.withdraw())


def _waits(office: User, language: str) -> None:
    """What is reminded of: two drafts, and a case on each side."""
    draft = builders.draft(name="Utkastet", language=language)
    Reminder.objects.ask_for_link(draft, "kim@example.org", today())
    for days in (7, 76):
        Reminder.objects.create(subject=draft, kind=Reminder.Kind.DRAFT, since_on=today() - timedelta(days=days), days=days)
    waiting, asked = builders.application(name="Väntar", language=language), builders.application(name="Ska svara", language=language)
    asked.ask_for_completion(by=office, note="Skriv paragrafen.", fields=["decided_paragraph"])
    for subject, kind in ((waiting, Reminder.Kind.DECISION), (asked, Reminder.Kind.COMPLETION)):
        Reminder.objects.create(subject=subject, kind=kind, since_on=today() - timedelta(days=14), days=14)


def _register(office: User, language: str) -> None:
    """What keeps the register true."""
    affiliation = builders.affiliation(builders.party("Paraplyet", kind="umbrella"))
    me = builders.representative(affiliation.party, builders.user(language=language)).user
    affiliation.leave(by=me, last_day=today())
    affiliation.stay(by=me)
    Membership.name_member(affiliation.party, "Medlemmen", from_on=today(), email="medlem@example.org")
    Invitation.invite(affiliation.party, "ny@example.org", Representative.Role.REPORTER, by=me)
    Confirmation.objects.create(affiliation=affiliation, asked_on=today())
    for verb in ("approve", "decline"):
        told = {"field": "description", "value": "Bättre ord.", "comment": "Jag vet.", "email": "kim@example.org", "language": language}
        getattr(Correction.suggest(affiliation.party, **told), verb)(by=office)


def _around(office: User, language: str) -> None:
    """Followers, a signing evening, and somebody who cannot get at something."""
    Follower.objects.create(email="ny-foljare@example.org", language=language)
    before = timezone.now() - timedelta(days=2)
    Follower.objects.create(email="foljare@example.org", language=language, confirmed_at=before, told_until=before, notified_at=before)
    evening = builders.ceremony()
    CeremonyInvitation.objects.create(ceremony=evening, name="Inbjuden", email="inbjuden@example.org")
    evening.send_invitations(timezone.now())
    emails.accessibility_report(where="/anslutna/", what="Bilden saknar text.", reply_to="")


def _report(office: User, language: str) -> None:
    """A report that is handed in, and asked about; and an umbrella that reports for it the year after."""
    commitment, umbrella = builders.commitment(), builders.affiliation(builders.party("Det rapporterande paraplyet", kind="umbrella")).party
    report, round = builders.report(), builders.round()
    me = builders.representative(report.party, builders.user(language=language)).user
    report.answer(commitment, progress=Progress.STARTED, done="Vi möttes.")
    report.submit(by=me)
    deliver_receipts()
    report.ask_for_clarification(by=office, note="Vilket år gäller det?")
    Membership.name_member(umbrella, report.party.name, from_on=today())
    covered = builders.report(report.party, round)
    builders.report(umbrella, round).report_for([covered], by=office)


def _rounds(office: User, language: str) -> None:
    """A round that opens, what is said before, on and after the last day, and more time that is asked for."""
    report = builders.report()
    due_on = report.round.due_on
    person = builders.representative(report.party, builders.user(name="Asta", language=language)).user
    others = [builders.representative(report.party, builders.user(language=language)).user for _ in range(3)]
    for days, user in zip((None, -7, 0, 7), (person, *others), strict=True):
        kind = ReportReminder.Kind.OPENED if days is None else ReportReminder.Kind.STEP
        made_on = due_on + timedelta(days=days or 0)
        ReportReminder.objects.create(report=report, user=user, kind=kind, due_on=due_on, days=days, made_on=made_on)
    until_on = due_on + timedelta(days=9)
    Extension.objects.ask(report, until_on=until_on, by=person, why="Vår kassör är sjuk.").decline(by=office, note="Välj en annan dag.")
    Extension.objects.ask(builders.report(), until_on=until_on, by=person).grant(by=office, note="Krya på er.")


def _books(office: User) -> None:
    """A book that could not be made."""
    Compilation.request(builders.report().round, by=office).fail("Avsnittet ”Föreningen” går inte att sätta.")


def _evaluation(office: User, language: str) -> None:
    """The word a year before an evaluation, and the invitation to make it."""
    EvaluationNotice.objects.make(date(2027, 1, 1))
    builders.evaluation().invite("granskare@example.org", by=office, language=language)


def _forum(office: User, language: str) -> None:
    """A place, the queue, a place that became free, goodbye, and another room: each mailed as it happens."""
    forum = builders.forum(places=1)
    first = builders.registration(forum, email="forst@example.org", language=language)
    builders.registration(forum, email="sedan@example.org", language=language)
    deliver_receipts()
    first.cancel()
    deliver_receipts()
    forum.venue = "En annan sal"
    forum.plan(by=office)


def _council(language: str) -> None:
    """A meeting that is called, called again, moved and cancelled; and one that is held, with what comes after."""
    here = gather()
    User.objects.filter(person__isnull=False).update(language=language)
    NoticeReader.objects.create(body=here.meeting.body, name="Registrator", email="registrator@example.org")
    here.call()
    _substitutes(here)
    here.call()
    starts_at = here.meeting.starts_at + timedelta(days=1)
    here.meeting.move(by=here.office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    deliver_notices()
    here.meeting.cancel(by=here.office, note="Salen är trasig.")
    _after_a_meeting(language)


def _substitutes(here: Gathering) -> None:
    """One says yes and is let off again; those who are silent are reminded."""
    here.reply(0).stay_away(by=None)
    SubstituteRequest.objects.call(timezone.now())
    deliver_notices()
    SubstituteRequest.objects.get(reply=here.reply(0)).accept(by=None)
    deliver_notices()
    here.reply(0).come(by=None)
    Reply.objects.remind(here.meeting, by=here.office, day=today())
    deliver_notices()


def _after_a_meeting(language: str) -> None:
    here = gather()
    User.objects.filter(person__isnull=False).update(language=language)
    item = here.meeting.items.order_by("position")[0]
    item.conclude("decided", by=here.office, words="Vi öppnar skolorna på kvällarna.")
    add(here.meeting, "Avstämning", kind=AgendaItem.Kind.CHECK_IN).conclude("noted", by=here.office, words="Åtagande 3 är på väg.")
    for days in (-2, 0, 5):
        due_on = today() + timedelta(days=days)
        Assignment.objects.create(item=item, what=f"Uppdraget {days}", for_whom="rådet", person=here.member(1), due_on=due_on)
    AssignmentReminder.objects.make(today())
    adjusted(here)
    Brief.objects.make(today())
    deliver_notices()
    Brief.objects.make_reminders(today() + timedelta(days=14))
    deliver_notices()
