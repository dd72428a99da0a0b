"""Who is elected by which votes, and which ties need a lot; held against a slow count by hand."""

import random
from itertools import pairwise, permutations

import pytest

from affiliation.models.outcomes import rank


@pytest.mark.parametrize(
    ("votes", "ordinary", "substitutes", "order", "ties"),
    [
        ({1: 3, 2: 2, 3: 1}, 1, 1, (1, 2, 3), ()),
        ({1: 2, 2: 2}, 1, 0, (1, 2), ((2, (1, 2)),)),
        ({1: 2, 2: 2}, 2, 0, (1, 2), ()),  # both get an ordinary place
        ({1: 2, 2: 2}, 1, 1, (1, 2), ((2, (1, 2)),)),  # who is the substitute?
        ({1: 5, 2: 2, 3: 2}, 1, 2, (1, 2, 3), ((2, (2, 3)),)),  # the substitutes are called in order
        ({1: 5, 2: 4, 3: 1, 4: 1}, 1, 1, (1, 2, 3, 4), ()),  # a tie below the last place
        ({1: 0, 2: 1}, 2, 0, (2,), ()),  # nobody is elected without a vote
        ({}, 1, 1, (), ()),
    ],
)
def test_ranking(
    votes: dict[int, int], ordinary: int, substitutes: int, order: tuple[int, ...], ties: tuple[tuple[int, tuple[int, ...]], ...]
) -> None:
    found = rank(votes, ordinary, substitutes, {})
    assert (found.order, tuple((tie.votes, tie.candidates) for tie in found.open_ties)) == (order, ties)


def test_a_lot_decides_a_tie() -> None:
    found = rank({1: 2, 2: 2, 3: 2}, 1, 1, {2: [3, 1, 2]})
    assert (found.order, found.open_ties) == ((3, 1, 2), ())


def places(order: tuple[int, ...], ordinary: int, substitutes: int) -> tuple[frozenset[int], tuple[int, ...]]:
    """Who gets an ordinary place, in whatever order, and the substitutes in theirs."""
    return frozenset(order[:ordinary]), order[ordinary : ordinary + substitutes]


def test_a_lot_is_wanted_exactly_when_the_order_of_equals_changes_who_gets_what() -> None:
    chance = random.Random(5)
    for _round in range(300):
        votes = {number: chance.randrange(0, 4) for number in range(1, chance.randrange(2, 6))}
        ordinary, substitutes = chance.randrange(1, 3), chance.randrange(0, 3)
        voted = [number for number in votes if votes[number]]
        possible = {
            places(order, ordinary, substitutes) for order in permutations(voted) if all(votes[one] >= votes[other] for one, other in pairwise(order))
        }
        found = rank(votes, ordinary, substitutes, {})
        assert bool(found.open_ties) == (len(possible) > 1), (votes, ordinary, substitutes)
        if not found.open_ties:
            assert possible == {places(found.order, ordinary, substitutes)}
