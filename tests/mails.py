"""A story in which every mail that the portal sends is sent."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from affiliation.emails import followers
from affiliation.models import Application, CeremonyInvitation, Confirmation, Correction, Decision, Follower, Invitation, Reminder, WaitingDecision
from affiliation.tasks import deliver_mail
from agreement.models import Membership, Representative
from agreement.tasks import ask_for_updates
from agreement.tasks import deliver_mail as deliver_answers
from followup.models import Compilation, EvaluationNotice, Extension, Progress, ReportReminder
from followup.tasks import deliver_mail as deliver_receipts
from idekom import emails
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.affiliation import electing
from tests.agreement import planning
from tests.agreement import wording as revising
from tests.council import mailing
from tests.followup import knowing


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
    _elections(office, language)
    _skipped(office, language)
    _revision(office, language)
    _activities(language)
    _knowledge(office, language)
    mailing.send_all(office, language)
    deliver_mail()
    deliver_receipts()
    ask_for_updates()
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


def _activities(language: str) -> None:
    """Two activities that somebody is asked about: one that nothing has been told of, and one that something has."""
    for number in range(2):
        activity = planning.activity(published_on=today() - timedelta(days=100))
        planning.contact(activity, language=language)
        if number:
            planning.told(activity, on=today() - timedelta(days=70))


def _skipped(office: User, language: str) -> None:
    """A decision that waited for the minutes of a meeting, of a case that has been taken back meanwhile."""
    case = builders.application(name="Den ångerfulla", language=language, contact_email="kim@example.org")
    kept = WaitingDecision.objects.keep(case, builders.meeting(), "approve", by=office)
    case.withdraw()
    kept.take()


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


def _revision(office: User, language: str) -> None:
    """A comment on a draft is answered."""
    comment = revising.comment(email="tycker@example.org", language=language)
    comment.show(by=office)
    comment.answer(by=office, outcome="partly", reason="Ordet byts ut, men meningen står kvar.")
    deliver_answers()


def _elections(office: User, language: str) -> None:
    """Somebody is asked to stand; an election opens, is reminded of and closes, and another is called off."""
    electing.candidate(electing.election(), agreed=False, language=language)
    election, called_off = electing.election(), electing.election()
    for one in (election, called_off):
        builders.representative(electing.voters(one, 1)[0], builders.user(language=language))
        one.open(timezone.now())
    deliver_mail()
    election.remind()
    deliver_mail()
    election.close(election.closes_at)
    called_off.cancel(by=office, note="En kandidat föll bort.")


def _knowledge(office: User, language: str) -> None:
    """Somebody is asked to be the contact of an example, a newsletter goes out, and a follower wants another address."""
    knowing.asked(name="Kim Kontakt", language=language)
    follower = knowing.follower("lasare@example.org", ("parties", "links"), language=language)
    follower.move("ny-adress@example.org")
    knowing.newsletter().send(by=office)
