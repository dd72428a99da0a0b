"""The demo's dot ballots: one is open, one is counted. The vote of 2010 is founding data. Proposals and people are invented."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from council.models import Area, BallotNotice, Body, DotBallot, Option, Person, Voter
from idekom.demo.members import MEMBER
from idekom.lib.dated import today
from idekom.users.models import User

OPEN = {
    "Lokaler och mötesplatser": [
        ("En gemensam bokning av påhittade lokaler", "Föreningar ser lediga tider i alla exempelhus på ett ställe."),
        ("Öppet hus en kväll i veckan i varje exempelhus", ""),
        ("En lånepool för verktyg och ljudutrustning", ""),
    ],
    "Kunskap om varandra": [
        ("Studiebesök åt båda hållen", "En tjänsteperson och en föreningsaktiv byter plats en dag."),
        ("En provkurs om hur en låtsasnämnd beslutar", ""),
        ("Ett bildspel om exempelföreningarna", ""),
    ],
}
COUNTED = {
    "Samråd": [
        ("Ett exempelkalendarium över kommande samråd", ""),
        ("Samråd innan ett ärende är skrivet", ""),
        ("En påhittad kontaktperson i varje förvaltning", ""),
        ("Kontaktpersoner som svarar inom en vecka", ""),
    ],
    "Pengar": [
        ("En enklare provansökan för små bidrag", ""),
        ("Fleråriga exempelavtal", ""),
    ],
}


def build(secretary: User) -> None:
    """An open ballot that some have voted in, and one that is over, with two proposals made one."""
    body = Body.objects.on(today()).get(kind=Body.Kind.COUNCIL)
    now = timezone.now()
    counted = _ballot(body, "Förra årets påhittade prioritering", "exempelprioritering", COUNTED, dots=6, most_per_option=3, weighing="sector")
    _hold(counted, secretary, chance=0.9)
    counted.close(by=secretary)
    whole, part = Option.objects.filter(ballot=counted, title__icontains="kontaktperson").order_by("number")
    whole.merge([part], by=secretary)
    _move_back(counted, now - timedelta(days=200), now - timedelta(days=190))
    running = _ballot(body, "Vad Exempelrådet ska börja med", "exempelradet-borjar", OPEN, dots=10, most_per_option=4)
    _hold(running, secretary, chance=0.5, besides=Person.objects.get(user__email=MEMBER))
    BallotNotice.objects.update(notified_at=now)  # in the demo's past


def _ballot(body: Body, title: str, slug: str, areas: dict[str, list[tuple[str, str]]], **fields: object) -> DotBallot:
    closes_at = (timezone.localtime() + timedelta(days=8)).replace(hour=18, minute=0, second=0, microsecond=0)
    text = "Sätt prickar på det som rådet ska börja med. Allt här är påhittat."
    ballot = DotBallot.objects.create(body=body, title=title, slug=slug, text=text, closes_at=closes_at, **fields)
    for number, (name, options) in enumerate(areas.items(), start=1):
        area = Area.objects.create(ballot=ballot, number=number, name=name)
        rows = [Option(ballot=ballot, area=area, number=place, title=one, text=about) for place, (one, about) in enumerate(options, start=1)]
        Option.objects.bulk_create(rows)
    return ballot


def _hold(ballot: DotBallot, secretary: User, *, chance: float, besides: Person | None = None) -> None:
    """Open it, and let some vote as chance will have it: the same every time."""
    dice = random.Random(ballot.slug)  # noqa: S311 - the same demo every time
    ballot.open(by=secretary)
    options = list(ballot.options.votable())
    for voter in Voter.objects.filter(ballot=ballot).exclude(person=besides).order_by("seat__number"):
        if dice.random() < chance:
            chosen = dice.sample(options, 3)
            voter.vote({option.pk: dice.randint(1, 2) for option in chosen})


def _move_back(ballot: DotBallot, first: datetime, last: datetime) -> None:
    """Let it have been open from `first` to `last`."""
    DotBallot.objects.filter(pk=ballot.pk).update(opens_at=first, closes_at=last)
    ballot.voters.exclude(voted_at=None).update(voted_at=first + timedelta(days=2))
    for event in ballot.events.all():
        ballot.events.filter(pk=event.pk).update(at=first if event.action == "open" else last, notified_at=last)
