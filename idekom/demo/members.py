"""The demo's members around a meeting: answers to the notice, a substitute who is asked, and report-backs from a meeting that has been."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from agreement.models import Side
from council.models import AgendaItem, Anchoring, Assignment, Mandate, Meeting, Person, Proposal, Reply, ReportBack, SubstituteRequest
from council.models.reading import ordinary_on
from idekom.lib.dated import today
from idekom.users.models import User

MEMBER = "ledamot@example.org"
"""A council member to sign in as."""
AIM = "Föreningar i hela staden har någonstans att vara på kvällarna."
PROPOSAL = "Parterna föreslås öppna minst en lokal var för föreningar, en kväll i veckan.\n\nFörslaget är påhittat."
WORDS = [
    "Styrelsen vill vara med när lokalerna delas ut.",
    "Medlemsmötet frågade varför det tar så lång tid.",
    "Vi tar upp det igen på nätverksträffen i höst.",
]


def build(secretary: User) -> None:
    """Answers, a substitute and report-backs, through the verbs that the pages call; whatever council there is today."""
    coming = Meeting.objects.coming(timezone.now()).filter(status__in=["planned", "called"]).select_related("body").first()
    if coming is None:
        return
    AgendaItem.objects.begin(coming)
    _propose(coming, secretary)
    if coming.status == Meeting.Status.PLANNED:
        coming.call(by=secretary)
    Reply.objects.call(coming)
    _answer(coming)
    _take_on(coming)
    for held in Meeting.objects.filter(body=coming.body_id, protocol__status="adjusted").order_by("-starts_at")[:1]:
        _report_back(held)


def _propose(meeting: Meeting, secretary: User) -> None:
    """A proposal that the coming meeting takes up."""
    proposal = Proposal.objects.create(title="Öppna mötesplatser på kvällstid", slug="oppna-motesplatser", aim=AIM, text=PROPOSAL)
    asked = {"group": "lokalsamordnarna i stadsområdena", "side": Side.CITY, "asked_on": meeting.on - timedelta(days=40)}
    Anchoring(proposal=proposal, how=Anchoring.How.MEETING, said="Det går om någon har nyckelansvar.", **asked).enter(by=secretary)
    proposal.make_ready(by=secretary)
    proposal.put_on_agenda(by=secretary, meeting=meeting)


def give_accounts(meeting: Meeting) -> None:
    """Everybody with a mandate that day can be mailed; the first one can be tried out."""
    held = Mandate.objects.valid().on(meeting.on).filter(seat__body=meeting.body_id).order_by("role", "-seat__has_substitute", "seat__number")
    for number, person in enumerate(dict.fromkeys(mandate.person for mandate in held.select_related("person"))):
        if person.user is None:
            address = f"{slugify(person.name)}@radet.example.org" if number else MEMBER
            Person.objects.filter(pk=person.pk).update(user=User.objects.with_email(address))


def _answer(meeting: Meeting) -> None:
    """Most come, one does not, one sends the substitute, and some have not answered."""
    replies = list(Reply.objects.filter(meeting=meeting).standing().order_by("seat__number"))
    me = Person.objects.filter(user__email=MEMBER).first()
    with_own = [reply for reply in replies if reply.own_substitute()]
    for reply in with_own[-1:]:
        reply.send_substitute(by=reply.person.user)
    for reply in with_own[1:2]:
        reply.stay_away(by=reply.person.user)
    for number, reply in enumerate(replies[2:], start=2):
        if not reply.is_away and number % 4 and reply.person != me:
            reply.come(by=reply.person.user)
    SubstituteRequest.objects.call(timezone.now())
    for request in SubstituteRequest.objects.filter(meeting=meeting).order_by("pk")[:1]:
        request.accept(by=request.person.user)


def _take_on(meeting: Meeting) -> None:
    """The member to sign in as has something to do."""
    item = meeting.items.filter(is_internal=False).order_by("position").first()
    person = Person.objects.filter(user__email=MEMBER).first()
    if item and person and not person.assignments.exists():
        due_on = today() + timedelta(days=12)
        Assignment.objects.create(item=item, what="Skriv till bostadsbolagen om lokaler på kvällstid", person=person, due_on=due_on)


def _report_back(meeting: Meeting) -> None:
    """Two of three have told their sector about the meeting."""
    for number, mandate in enumerate(ordinary_on(meeting).select_related("person").order_by("seat__number")):
        if number % 3:
            words = WORDS[number % len(WORDS)] if number % 4 == 1 else ""
            told = {"with_whom": "styrelsen", "on": min(meeting.on + timedelta(days=number), today()), "words": words, "may_be_shown": bool(words)}
            ReportBack.tell(meeting, mandate.person, day=today(), **told)
