"""A wording in the agreement's order: part by part, goal by goal, principle by principle, commitment by commitment."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreement.models import Part, Passage, Wording
from agreement.reading import words

SENTENCE_ENDS = re.compile(r"[.!?:;]+(?:\s|$)")


@dataclass(frozen=True)
class Place:
    """A part, or one of its goals, principles or commitments, and what stands in it."""

    label: str
    name: str
    passages: list[Passage]
    page: int
    """The page of the document's own order on which the first of them stands."""


def outline(wording: Wording, passages: Iterable[Passage], rows: int) -> list[Place]:
    """The places of a wording in the agreement's order. `rows`: how many passages a page of the document's own order has."""
    places: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for passage in passages:
        places[passage.part, passage.number or 0].append(passage)
    order = {part.value: place for place, part in enumerate([Part.UNPLACED, *(part for part in Part if part != Part.UNPLACED)])}
    return [
        Place(_label(part, number), _name(inside) if number else "", inside, (inside[0].position - 1) // rows + 1)
        for (part, number), inside in sorted(places.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]


def _label(part: str, number: int) -> str:
    label = str(Part(part).label)
    label = label[:1].upper() + label[1:]
    return _("%(part)s %(number)d") % {"part": label, "number": number} if number else label


def _name(passages: list[Passage]) -> str:
    return words.parse(passages[0].text).name if passages[0].kind == "heading" else ""


def names(wording: Wording, part: Part) -> dict[int, str]:
    """{number: name} of the principles or commitments in a wording."""
    found: dict[int, str] = {}
    for passage in wording.passages.filter(part=part).order_by("number", "position"):
        number = passage.number or 0
        found.setdefault(number, _name([passage]) or _label(part, number))
    return found


def sentences(text: str) -> int:
    """How many sentences a passage has; a heading counts as one."""
    return len([one for one in SENTENCE_ENDS.split(text) if one.strip()])
