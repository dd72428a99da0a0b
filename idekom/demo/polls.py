"""The demo's question about a time: open, with some answers. Everybody is invented."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from council.models import Body, Person, PollNotice, TimeOption, TimePoll
from council.models.polls import CanCome
from idekom.demo.members import MEMBER
from idekom.lib.dated import today
from idekom.users.models import User

DAYS = (32, 34, 39)
ANSWERS = [
    (CanCome.YES, CanCome.NO, CanCome.IF_NEED_BE),
    (CanCome.YES, CanCome.YES, CanCome.NO),
    (CanCome.IF_NEED_BE, CanCome.YES, CanCome.YES),
    (CanCome.NO, CanCome.YES, CanCome.YES),
]


def build(secretary: User) -> None:
    """A question to the council, which four have answered. The member to sign in as has not."""
    body = Body.objects.on(today()).get(kind=Body.Kind.COUNCIL)
    one = Person.objects.get(user__email=MEMBER)
    poll = TimePoll.objects.create(
        body=body, title="Extra möte om lokaler", place="Exempelsalen, Påhittsgatan 1", closes_on=today() + timedelta(days=10)
    )
    for number, days in enumerate(DAYS):
        start = timezone.make_aware(datetime.combine(today() + timedelta(days=days), time(9 + 4 * (number % 2))))
        TimeOption.objects.create(poll=poll, starts_at=start, ends_at=start + timedelta(hours=2))
    poll.open(by=secretary)
    options = list(poll.options.all())
    for asked, said in zip(poll.asked.exclude(person=one), ANSWERS, strict=False):
        asked.answer({option.pk: answer for option, answer in zip(options, said, strict=True)})
    PollNotice.objects.update(notified_at=timezone.now())  # in the demo's past
