"""The result is what an oracle counts of random votes; parts are kept and taken apart again; few voters are not shown side by side."""

import csv
import io
import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from agreement.models import Activity
from council.ballot_files import as_csv, as_data
from council.models import DotBallot, Option, Vote
from council.models.ballot_options import MERGED_FLAT, CannotMerge, CannotSplit, HasActivity
from council.models.ballot_results import Line, ResultIsSecret, tells_sides
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db


def fresh(ballot: DotBallot) -> DotBallot:
    """The ballot as somebody reads it who comes now."""
    return DotBallot.objects.get(pk=ballot.pk)


def line_of(ballot: DotBallot, option: Option) -> Line:
    return next(line for line in fresh(ballot).result.lines if line.option.pk == option.pk)


@pytest.mark.parametrize("seed", range(6))
def test_all_totals_are_what_an_oracle_counts(seed: int) -> None:
    dice = random.Random(seed)
    shared = [builders.sector() for _sector in range(dice.randint(1, 3))]
    body = balloting.body(dice.randint(3, 6), dice.randint(3, 8), sectors=(*shared, None))
    ballot = balloting.opened(body, options=(3, 4), dots=8, most_per_option=4, weighing=dice.choice(["person", "sector"]))
    found, cast = balloting.options(ballot), {}
    for voter in balloting.voters(ballot):
        if dice.random() < 0.9:
            row = {option.pk: dice.randint(0, 2) for option in dice.sample(found, 4)}
            if any(row.values()):
                voter.vote(row)
                cast[voter] = row
    ballot.close(by=builders.user())
    blocs = Counter(voter.seat.sector_id or -voter.seat.group_id for voter in balloting.voters(ballot))
    for option in found:
        line = line_of(ballot, option)
        assert line.person == sum(row.get(option.pk, 0) for row in cast.values())
        weights = (Fraction(row.get(option.pk, 0), blocs[voter.seat.sector_id or -voter.seat.group_id]) for voter, row in cast.items())
        assert line.sector == sum(weights, Fraction(0))
        if fresh(ballot).result.tells_sides:
            for side, told in (("city", line.city), ("civil_society", line.civil_society)):
                assert told == sum(row.get(option.pk, 0) for voter, row in cast.items() if voter.side == side)
    for _area, lines in fresh(ballot).result.areas:
        weighed = [(line.sector if ballot.weighing == "sector" else line.person) or 0 for line in lines]
        assert weighed == sorted(weighed, reverse=True)


def test_a_sector_of_two_weighs_as_much_as_a_sector_of_one() -> None:
    pair, alone = builders.sector(), builders.sector()
    body = balloting.body(0, 3, sectors=(pair, alone, pair))
    ballot = balloting.closed({0: 2}, {1: 2}, {0: 2}, of=body)
    first, second = balloting.options(ballot)[:2]
    told = [(line_of(ballot, option).person, line_of(ballot, option).sector) for option in (first, second)]
    assert told == [(4, Fraction(2)), (2, Fraction(2))]


def test_merged_after_the_close_the_parts_are_kept_and_summed() -> None:
    ballot = balloting.recorded(3, 7, 3, 5)
    other, whole, third, _fourth = balloting.options(ballot)
    whole.merge([other, third], by=builders.user())
    line = line_of(ballot, whole)
    assert (line.in_words, line.person) == ("7 + 3 + 3 = 13", 13)
    assert [part.option.pk for part in line.parts] == [other.pk, third.pk]
    assert next(one.option.pk for one in fresh(ballot).result.lines) == whole.pk
    assert ballot.events.get(action="merge").note == f"{whole.title} + {other.title} + {third.title}"
    Option.objects.get(pk=third.pk).split(by=builders.user())
    assert line_of(ballot, whole).in_words == "7 + 3 = 10"
    assert line_of(ballot, third).in_words == "3"


def test_merged_while_open_everybody_still_votes_on_each() -> None:
    ballot = balloting.opened()
    one, other, *_rest = balloting.options(ballot)
    balloting.put(ballot, {0: 2}, {1: 3})
    one.merge([other], by=builders.user())
    balloting.put(ballot, {0: 2}, {1: 3}, {1: 1})
    ballot.close(by=builders.user())
    assert line_of(ballot, one).in_words == "2 + 4 = 6"
    assert Vote.objects.filter(option=other).count() == 2


def test_a_number_that_is_not_noted_is_no_zero_in_a_sum() -> None:
    ballot = balloting.recorded(None, 4, None)
    one, other, third = balloting.options(ballot)
    one.merge([third], by=builders.user())
    assert (line_of(ballot, one).person, line_of(ballot, one).in_words) == (None, "– + –")
    Option.objects.get(pk=other.pk).merge([Option.objects.get(pk=one.pk)], by=builders.user())
    assert line_of(ballot, other).in_words == "4 + – + – = 4"


def test_what_cannot_be_merged_or_split() -> None:
    ballot, elsewhere = balloting.recorded(1, 2, 3), balloting.recorded(1, 2)
    one, other, third = balloting.options(ballot)
    by = builders.user()
    for parts in ([], [one], [balloting.options(elsewhere)[0]]):
        with pytest.raises(CannotMerge):
            one.merge(parts, by=by)
    with pytest.raises(CannotSplit):
        one.split(by=by)
    one.merge([other], by=by)
    with pytest.raises(CannotMerge):
        Option.objects.get(pk=other.pk).merge([third], by=by)
    for target in (other.pk, balloting.options(elsewhere)[0].pk):
        with pytest.raises(DatabaseError, match=MERGED_FLAT), transaction.atomic():
            Option.objects.filter(pk=third.pk).update(merged_into=target)
    with pytest.raises(DatabaseError, match=f"an_option_is_not_a_part_of_itself|{MERGED_FLAT}"), transaction.atomic():
        Option.objects.filter(pk=third.pk).update(merged_into=third.pk)
    called_off = balloting.opened()
    called_off.cancel(by=by, note="Fel.")
    first, second, *_rest = balloting.options(called_off)
    with pytest.raises(WrongStatus):
        first.merge([second], by=by)


def test_a_part_that_nobody_could_vote_on_is_not_split_out() -> None:
    ballot = balloting.draft()
    one, other, *_rest = balloting.options(ballot)
    one.merge([other], by=builders.user())
    ballot.open(by=builders.user())
    with pytest.raises(CannotSplit):
        Option.objects.get(pk=other.pk).split(by=builders.user())


def test_winners_become_activities_once_and_then_stand() -> None:
    ballot, plan, by = balloting.recorded(7, 3, 3, 1), balloting.plan(), builders.user()
    whole, other, third, fourth = balloting.options(ballot)
    whole.merge([other, third], by=by)
    for _press in range(2):
        fresh(ballot).begin_activities(ballot.options.filter(pk__in=[whole.pk, fourth.pk]).in_order(), plan, by=by)
    activities = {activity.title: activity for activity in Activity.objects.all()}
    assert sorted(activities) == sorted([whole.title, fourth.title])
    note = activities[whole.title].events.get(action="begin").note
    assert note == f"Prioriterades i omröstningen ”{ballot.title}” med 7 + 3 + 3 = 13 prickar."
    assert list(activities[whole.title].options.all()) == [whole]
    with pytest.raises(HasActivity):
        Option.objects.get(pk=third.pk).split(by=by)
    with pytest.raises(HasActivity):
        Option.objects.get(pk=fourth.pk).merge([Option.objects.get(pk=whole.pk)], by=by)
    with pytest.raises(CannotMerge):
        Option.objects.get(pk=other.pk).begin_activity(plan, by=by, note="")


def test_nothing_becomes_an_activity_before_the_close() -> None:
    ballot = balloting.opened()
    with pytest.raises(WrongStatus):
        balloting.options(ballot)[0].begin_activity(balloting.plan(), by=builders.user(), note="")
    with pytest.raises(ResultIsSecret):
        ballot.begin_activities(balloting.options(ballot), balloting.plan(), by=builders.user())
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("turnout", "tells"),
    [
        ({"city": (3, 6), "civil_society": (8, 8)}, True),
        ({"city": (2, 6), "civil_society": (8, 8)}, False),
        ({"city": (0, 6), "civil_society": (8, 8)}, True),
        ({"city": (3, 3), "civil_society": (8, 8), "": (3, 3)}, False),
    ],
)
def test_sides_are_told_when_they_are_many_enough(turnout: dict[str, tuple[int, int]], tells: bool) -> None:
    assert tells_sides(turnout) is tells


def test_few_voters_are_told_nowhere_side_by_side(client: Any) -> None:
    ballot = balloting.closed({0: 2}, {1: 2}, of=balloting.body(1, 4))
    told = as_data(fresh(ballot))
    assert {line["staden"] for area in told["omraden"] for line in area["forslag"]} == {None}
    assert "sida för sida" in client.get(ballot.get_absolute_url()).content.decode()


def test_files_say_what_the_page_says() -> None:
    ballot = balloting.closed({0: 3, 1: 2}, {0: 1}, {2: 2}, {0: 2}, {1: 1}, {1: 1})
    one, other, *_rest = balloting.options(ballot)
    one.merge([other], by=builders.user())
    rows = list(csv.DictReader(io.StringIO(as_csv(fresh(ballot)).decode().removeprefix("\ufeff"))))
    first = rows[0]
    assert (first["forslag"], first["prickar"], first["staden"], first["civilsamhallet"], first["delar"]) == (one.title, "10", "6", "4", "6 + 4")
    told = json.loads(json.dumps(as_data(fresh(ballot))))
    line = told["omraden"][0]["forslag"][0]
    assert (line["prickar"], line["delar"]) == (10, [{"forslag": one.title, "prickar": 6}, {"forslag": other.title, "prickar": 4}])
    assert told["valdeltagande"] == {"city": {"rostade": 3, "fick_rosta": 3}, "civil_society": {"rostade": 3, "fick_rosta": 3}}
    assert not any(voter.person.name in json.dumps(told) for voter in balloting.voters(ballot))


def test_formulas_in_titles_do_no_harm_in_spreadsheets() -> None:
    ballot = balloting.on_paper(1, 2)
    option = balloting.options(ballot)[0]
    Option.objects.filter(pk=option.pk).update(title="=1+1")
    ballot.record(by=builders.user())
    assert ",'=1+1," in as_csv(fresh(ballot)).decode()
