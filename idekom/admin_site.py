"""The admin site: the secretary's office. Its first page is a list of what waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from affiliation.models import Affiliation, Application, Correction, Election
from affiliation.models.status import OPEN, UNDECIDED
from agreement.models import Activity, Contact, Party, RevisionComment, Wording
from council.models import Assignment, Body, Communication, DotBallot, Mandate, Meeting, Nomination, Seat
from council.models.notices import WITHIN as ENDING
from followup.models import Compilation, EvaluationComment, Example, Extension, ForumQuestion, Report, Round
from idekom.lib.dated import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from idekom.users.models import User

LATE = 14
"""Days after which a case that waits for a decision is late."""


@dataclass(frozen=True)
class Waiting:
    """Something for the secretary to do: how many there are, and where."""

    label: str
    count: int
    url: str
    detail: str = ""


class PortalAdmin(admin.AdminSite):
    """Django's admin with the portal's face, and signing in by allauth."""

    site_header = gettext_lazy("Idékoms kansli")
    site_title = gettext_lazy("Kansliet")
    index_title = gettext_lazy("Att göra")
    enable_nav_sidebar = False
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page for staff alone, which is read or sent and nothing else."""
        return require_http_methods(["GET", "HEAD", "POST"])(super().admin_view(view, cacheable))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, with what waits."""
        return super().index(request, {"todo": to_do(today(), request.user), **(extra_context or {})})


def to_do(day: date, user: "User | AnonymousUser") -> list[Waiting]:
    """What waits for the secretary on `day`; things of which there are none are left out."""
    by_area = [
        _applications(day, user),
        _register(day),
        _rounds(day),
        _forum(day),
        _evaluations(),
        _texts(),
        _revision(),
        _activities(day),
        _meetings(day),
        _seats(day),
        _elections(),
        _ballots(),
        _knowledge(day),
    ]
    found = [waiting for area in by_area for waiting in area]
    return [waiting for waiting in found if waiting.count]


def _applications(day: date, user: "User | AnonymousUser") -> list[Waiting]:
    """The open cases by whose turn it is and by age."""
    cases = reverse("admin:affiliation_application_changelist")
    undecided = Q(status__in=UNDECIDED)
    counts = Application.objects.filter(status__in=OPEN).aggregate(
        undecided=Count("pk", filter=undecided),
        oldest=Min("submitted_at", filter=undecided),
        late=Count("pk", filter=undecided & Q(submitted_at__date__lt=day - timedelta(days=LATE))),
        mine=Count("pk", filter=Q(handler=user.pk)),
        nobodys=Count("pk", filter=Q(handler=None)),
        asked=Count("pk", filter=Q(status=Application.Status.NEEDS_COMPLETION)),
    )
    age = (day - timezone.localdate(counts["oldest"])).days if counts["oldest"] else 0
    detail = ngettext("den äldsta i %(days)d dag", "den äldsta i %(days)d dagar", age) % {"days": age}
    return [
        Waiting(_("Ansökningar som väntar på beslut"), counts["undecided"], f"{cases}?lage=beslut", detail),
        Waiting(_("Ansökningar som har väntat på beslut i mer än 14 dagar"), counts["late"], f"{cases}?lage=beslut&alder=over-14"),
        Waiting(_("Öppna ansökningar som är mina"), counts["mine"], f"{cases}?handlaggare=mina"),
        Waiting(_("Öppna ansökningar utan handläggare"), counts["nobodys"], f"{cases}?handlaggare=ingen"),
        Waiting(_("Ansökningar som väntar på komplettering"), counts["asked"], f"{cases}?lage=komplettering"),
    ]


def _register(day: date) -> list[Waiting]:
    """What keeps the register true: suggestions to look at, and parties that have not said that their entry is right."""
    suggested, unconfirmed = Correction.objects.open(), Affiliation.objects.on(day).filter(unconfirmed_since__isnull=False)
    affiliations = reverse("admin:affiliation_affiliation_changelist")
    return [
        Waiting(_("Föreslagna rättelser i förteckningen"), suggested.count(), reverse("admin:affiliation_correction_changelist")),
        Waiting(_("Anslutningar som inte är bekräftade"), unconfirmed.count(), f"{affiliations}?lage=anslutna&bekraftad=nej"),
    ]


def _rounds(day: date) -> list[Waiting]:
    found = []
    for round in Round.objects.open():
        page = reverse("admin:followup_round_change", args=[round.pk])
        asked = Extension.objects.waiting().filter(report__round=round).count()
        missing = Report.objects.not_yet_in().filter(round=round).count()
        until = _("senast %(day)s") % {"day": date_format(round.due_on, "j F Y")}
        over = _("sista dagen var %(day)s") % {"day": date_format(round.due_on, "j F Y")}
        found += [
            Waiting(_("Parter som ber om mer tid för rapporten %(year)s") % {"year": round.year}, asked, f"{page}#mer-tid"),
            Waiting(_("Rapporter för %(year)s som inte har kommit in än") % {"year": round.year}, missing, f"{page}#ej-inkommet", until),
            Waiting(_("Omgång %(year)s kan avslutas") % {"year": round.year}, int(round.is_over(day)), page, over),
        ]
    failed = Compilation.objects.filter(status=Compilation.Status.FAILED, round__status=Round.Status.OPEN).count()
    found.append(Waiting(_("Sammanställningar som misslyckades"), failed, reverse("admin:followup_compilation_changelist") + "?status__exact=failed"))
    return found


def _evaluations() -> list[Waiting]:
    comments = EvaluationComment.objects.waiting()
    return [Waiting(_("Synpunkter på en utvärdering att läsa"), comments.count(), reverse("admin:followup_evaluation_changelist"))]


def _revision() -> list[Waiting]:
    comments, page = RevisionComment.objects, reverse("admin:agreement_revisioncomment_changelist")
    return [
        Waiting(_("Synpunkter på ett utkast att läsa"), comments.waiting().count(), f"{page}?status__exact=waiting"),
        Waiting(_("Synpunkter på ett utkast att svara på"), comments.unanswered(today()).count(), f"{page}?status__exact=shown"),
    ]


def _forum(day: date) -> list[Waiting]:
    """Questions to read before they are shown, and those that somebody should have answered."""
    questions = reverse("admin:followup_forumquestion_changelist")
    new, overdue = ForumQuestion.objects.filter(status=ForumQuestion.Status.NEW), ForumQuestion.objects.overdue(day)
    return [
        Waiting(_("Frågor till forumet att läsa"), new.count(), f"{questions}?lage=nya"),
        Waiting(_("Frågor från forumet vars svar dröjer"), overdue.count(), f"{questions}?lage=sena"),
    ]


def _meetings(day: date) -> list[Waiting]:
    """Meetings to call, to note as held and to write minutes of; and what somebody should have done by now."""
    now = timezone.now()
    found = []
    for label, meetings in (
        (_("Möten vars kallelse inte har gått"), Meeting.objects.to_call(now)),
        (_("Möten som har varit men inte är angivna som hållna"), Meeting.objects.to_hold(now)),
        (_("Hållna möten vars protokoll inte är klart för justering"), Meeting.objects.without_minutes()),
    ):
        first = meetings.select_related("body").first()
        if first:
            found.append(Waiting(label, meetings.count(), reverse("admin:council_meeting_change", args=[first.pk]), str(first)))
    overdue = reverse("admin:council_assignment_changelist") + "?lage=sena"
    return [*found, Waiting(_("Försenade uppdrag från möten"), Assignment.objects.overdue(day).count(), overdue)]


def _elections() -> list[Waiting]:
    """People named for seats, and elections that wait for the secretary."""
    elections = reverse("admin:affiliation_election_changelist")
    nominated = reverse("admin:council_nomination_changelist")
    settle, stuck = Election.objects.to_settle(), Election.objects.stuck(timezone.now())
    return [
        Waiting(_("Nomineringar som väntar på beslut"), Nomination.objects.waiting().count(), nominated),
        Waiting(_("Val som är räknade och saknar protokoll"), settle.count(), f"{elections}?status__exact=closed"),
        Waiting(_("Val som inte kunde öppna: platser eller kandidater saknas"), stuck.count(), f"{elections}?status__exact=planned"),
    ]


def _ballots() -> list[Waiting]:
    """Dot ballots that should have opened."""
    stuck, ballots = DotBallot.objects.stuck(timezone.now()), reverse("admin:council_dotballot_changelist")
    return [Waiting(_("Omröstningar som inte kunde öppna: något saknas"), stuck.count(), f"{ballots}?status__exact=draft")]


def _texts() -> list[Waiting]:
    """Official texts that are read in and not yet checked."""
    drafts = Wording.objects.filter(status=Wording.Status.DRAFT).count()
    return [Waiting(_("Inlästa texter att kontrollera"), drafts, f"{reverse('admin:agreement_wording_changelist')}?status__exact=draft")]


def _activities(day: date) -> list[Waiting]:
    """Activities that nobody tells anything of, or that are said to be done."""
    activities = reverse("admin:agreement_activity_changelist")
    return [
        Waiting(_("Aktiviteter utan ny uppgift"), Activity.objects.stale(day).count(), f"{activities}?lage=tysta"),
        Waiting(_("Aktiviteter som sägs vara klara"), Activity.objects.said_to_be_done().count(), f"{activities}?lage=klara"),
    ]


def _knowledge(day: date) -> list[Waiting]:
    """What is told to everybody, and should be checked, done or looked at."""
    contacts, plan = reverse("admin:agreement_contact_changelist"), reverse("admin:council_communication_changelist")
    examples = reverse("admin:followup_example_changelist")
    return [
        Waiting(_("Kontakter i staden att kontrollera"), Contact.objects.unchecked(day).count(), f"{contacts}?lage=att-kontrollera"),
        Waiting(_("Försenade rader i kommunikationsplanen"), Communication.objects.overdue(day).count(), f"{plan}?lage=sena"),
        Waiting(_("Publicerade exempel som inte längre visas"), Example.objects.fallen().count(), f"{examples}?lage=fallna"),
    ]


def _seats(day: date) -> list[Waiting]:
    council = Body.objects.council(day)
    board = reverse("admin:council_body_board", args=[council.pk]) if council else reverse("admin:council_seat_changelist")
    homeless = Party.objects.filter(affiliations__period__contains=day, representatives=None).count()
    ending = Mandate.objects.running_out(day, ENDING)
    first = _("det första den %(day)s") % {"day": date_format(ending[0].until_on or day, "j F Y")} if ending else ""
    return [
        Waiting(_("Platser i rådet utan ledamot"), Seat.objects.vacant(day).count(), board),
        Waiting(_("Mandat som löper ut inom 60 dagar"), len(ending), board, first),
        Waiting(_("Anslutna parter utan företrädare"), homeless, reverse("admin:agreement_party_changelist")),
    ]
