"""A draft version's own rows, made from the passages of its official wording."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.text import Truncator, slugify

from agreement.models.text import Commitment, Goal, Principle, Version
from agreement.reading import words
from agreement.reading.blocks import MARKER

if TYPE_CHECKING:
    from agreement.models.wordings import Passage, Promise

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
BEGINS_A_LIST = re.compile(r"^(\d+|[-+=])([.)]?)(?=\s|$)")
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s")
RUNNING = ("values", "parties", "definition", "background", "meaning", "other", "followup", "joining")
"""The parts that become the version's running text, in the agreement's order."""


def write(version: Version, passages: Sequence["Passage"], promises: Collection["Promise"]) -> None:
    """Fill a draft that has nothing yet: vision, aim, running text, goals, principles, commitments."""
    with translation.override("sv"):  # whatever language the secretary works in
        _write(version, passages, promises)


def _write(version: Version, passages: Sequence["Passage"], promises: Collection["Promise"]) -> None:
    parts: dict[tuple[str, int | None], list[Passage]] = defaultdict(list)
    for passage in passages:
        parts[passage.part, passage.number].append(passage)
    version.vision = _running_text(parts["vision", None])
    version.aim = _running_text(parts["aim", None])
    version.text = "\n\n".join(text for part in RUNNING if (text := as_markdown(parts[part, None])))
    version.save()
    for number in _numbers(parts, "goal"):
        Goal.objects.create(version=version, number=number, text=_goal_text(parts["goal", number]))
    principles = {number: _principle(version, number, parts["principle", number]) for number in _numbers(parts, "principle")}
    taken: set[str] = set()
    for promise in promises:
        commitment = _commitment(version, promise, parts["commitment", promise.number], taken)
        commitment.principles.set(principles[number] for number in promise.principles if number in principles)


def _numbers(parts: Iterable[tuple[str, int | None]], part: str) -> list[int]:
    return sorted(number for one, number in parts if one == part and number is not None)


def _running_text(passages: Sequence["Passage"]) -> str:
    """The text under a heading that the page writes itself."""
    return "\n\n".join(passage.text for passage in passages if passage.kind != "heading")


def _goal_text(passages: Sequence["Passage"]) -> str:
    first = words.parse(passages[0].text).name if passages[0].kind == "heading" else MARKER.sub("", passages[0].text)
    return "\n\n".join([first, *(passage.text for passage in passages[1:])])


def named(passages: Sequence["Passage"], missing: str) -> tuple[str, Sequence["Passage"]]:
    """(the name in the first heading, what follows it); `missing` and everything when no heading comes first."""
    if passages and passages[0].kind == "heading":
        return words.parse(passages[0].text).name, passages[1:]
    return missing, passages


def _principle(version: Version, number: int, passages: Sequence["Passage"]) -> Principle:
    name, rest = named(passages, f"Princip {number}")
    known = Principle.objects.filter(name__iexact=name).order_by("-version_id").first()
    short = known.short_name if known else Truncator(re.split(r"\s+(?:och|and)\s+", name)[0]).chars(40)
    taken = set(version.principles.values_list("slug", flat=True))
    return Principle.objects.create(
        version=version,
        number=number,
        slug=free_address(known.slug if known else slugify(name)[:44] or f"princip-{number}", taken),
        name=Truncator(name).chars(120),
        short_name=short,
        text=as_markdown(rest),
    )


def _commitment(version: Version, promise: "Promise", passages: Sequence["Passage"], taken: set[str]) -> Commitment:
    title, rest = named(passages, f"Åtagande {promise.number}")
    told = next((passage.text for passage in rest if passage.kind != "heading"), title)
    return Commitment.objects.create(
        version=version,
        number=promise.number,
        slug=free_address(slugify(title)[:74].strip("-") or f"atagande-{promise.number}", taken),
        title=Truncator(title).chars(160),
        summary=Truncator(SENTENCE_ENDS.split(told)[0]).chars(300),
        text=as_markdown(rest),
        owner=promise.owner,
    )


def free_address(address: str, taken: set[str]) -> str:
    """`address`, with a number after it when it is taken; it is taken from now on."""
    free = next(one for one in (address, *(f"{address}-{n}" for n in range(2, 1_000))) if one not in taken)
    taken.add(free)
    return free


def as_markdown(passages: Iterable["Passage"]) -> str:
    """The passages as Markdown that says exactly their words: what Markdown would take for its own marks is marked as text."""
    lines: list[str] = []
    for place, passage in enumerate(passages):
        text = SPECIAL.sub(r"\\\1", passage.text)
        if passage.kind == "heading":
            lines.append(f"{'###' if place else '##'} {text}")
        elif passage.kind == "item":
            numbered = re.match(r"^(\d{1,3}[.)])\s+", text)
            lines.append(text if numbered else f"- {_plain_start(text)}")
        else:
            lines.append(_plain_start(text))
    return "\n\n".join(lines)


def _plain_start(text: str) -> str:
    return BEGINS_A_LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"\\{found[1]}" if not found[1].isdigit() else found[0], text)
