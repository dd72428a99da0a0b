"""Which part of the agreement each block stands in. What no heading tells is left unplaced: a person decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agreement.models.wordings import Part
from agreement.reading import words
from agreement.reading.blocks import MARKER, Block, Kind
from agreement.reading.words import Heading
from idekom.lib.text import search_key

HIGHEST = 999
"""No agreement has more commitments than this; a greater number is something else."""


@dataclass(frozen=True)
class Known:
    """The names by which principles and commitments are known already, and the numbers that there are when they are settled.

    `principles` and `commitments` are {search key of the name: number}. `numbers` is {part: its numbers} of a version that stands; None
    of one that the document is to make.
    """

    principles: Mapping[str, int] = field(default_factory=lambda: words.PRINCIPLES)
    commitments: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[Part, set[int]] | None = None

    def named(self, part: Part, name: str) -> int | None:
        """The number of the principle or commitment of this name."""
        names = {Part.PRINCIPLE: self.principles, Part.COMMITMENT: self.commitments}.get(part, {})
        return names.get(search_key(name))


@dataclass(frozen=True)
class Placed:
    """A block and its place."""

    block: Block
    part: Part
    number: int | None


def place(blocks: Iterable[Block], known: Known) -> list[Placed]:
    """Each block with its place, in the document's order."""
    placing = _Placing(known)
    return [placing.put(block) for block in blocks]


class _Placing:
    """How far one has come in a document: the open part, and the section that it stands in."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.part: Part = Part.UNPLACED
        self.number: int | None = None
        self.level = 0  # of the heading that opened the part; 0 unknown
        self.section: Part | None = None
        self.section_level, self.section_depth = 0, 0
        self.used: dict[Part, set[int]] = {part: set() for part in Part.numbered()}
        self.is_opening = True
        self.items_are_goals = False

    def put(self, block: Block) -> Placed:
        """The block in its place."""
        if block.is_aside:
            return Placed(block, Part.OTHER, None)
        if block.kind == Kind.HEADING:
            self._enter(block)
        else:
            self._follow(block)
        return Placed(block, self.part, self.number)

    def _enter(self, block: Block) -> None:
        """A heading opens a part, or goes on in the one that is open."""
        heading = words.parse(block.text)
        part = self._meaning(heading, block.level)
        if part is None:
            return
        self.is_opening = part == Part.TITLE
        self.items_are_goals = part == Part.AIM or (part == Part.VISION and bool({"mal", "goals"} & set(search_key(heading.name).split())))
        if part in {Part.PRINCIPLES, Part.COMMITMENTS, Part.AIM}:
            self.section, self.section_level, self.section_depth = part, block.level, len(heading.numbers)
        elif part not in {Part.GOAL, Part.PRINCIPLE, Part.COMMITMENT, Part.UNPLACED}:
            self.section = None
        self.level = block.level
        self._open(part, heading)

    def _follow(self, block: Block) -> None:
        """A paragraph or item stands where the one before it stands; the items of the aim are the goals."""
        if self.is_opening:
            self.part = Part.TITLE if self.part != Part.TITLE and _is_title(block) else Part.UNPLACED
            self.is_opening = self.part == Part.TITLE
        if self.items_are_goals and block.kind == Kind.ITEM and block.level <= 1:
            marker = MARKER.match(block.text)
            self._open(Part.GOAL, Heading((words.number(marker[1]),) if marker else (), "", ""))
        elif self.items_are_goals and block.kind == Kind.PARAGRAPH and self.part != Part.VISION:
            self.part, self.number = Part.AIM, None

    def _open(self, part: Part, heading: Heading) -> None:
        self.part, self.number = part, None
        if part in Part.numbered():
            self.number = self._free_number(part, heading)
            self.part = part if self.number is not None else Part.UNPLACED

    def _free_number(self, part: Part, heading: Heading) -> int | None:
        """The number of a goal, principle or commitment; None when there is none, or another passage has it."""
        numbers = self.known.numbers
        number = self.known.named(part, heading.name) if numbers is not None else None
        number = number or heading.number or max(self.used[part], default=0) + 1
        if number in self.used[part] or not 1 <= number <= HIGHEST or (numbers is not None and number not in numbers.get(part, set())):
            return None
        self.used[part].add(number)
        return number

    def _meaning(self, heading: Heading, level: int) -> Part | None:
        """The part that a heading opens; None when it stands inside the open one."""
        if heading.label:
            return Part(heading.label)
        named = words.part_named(heading.name)
        if self.known.named(Part.PRINCIPLE, heading.name):
            return Part.PRINCIPLE
        if self.known.named(Part.COMMITMENT, heading.name) and (not named or self.section == Part.COMMITMENTS):
            return Part.COMMITMENT
        if self.part in Part.numbered() and _is_deeper(level, self.level) and not heading.numbers:
            return None
        if self.section and self._is_child(heading, level, bool(named)):
            return {Part.COMMITMENTS: Part.COMMITMENT, Part.PRINCIPLES: Part.PRINCIPLE}.get(self.section, Part.GOAL)
        if named:
            return Part(named)
        if self.is_opening:
            return Part.TITLE
        return None if self.part != Part.TITLE and _is_deeper(level, self.level) else Part.UNPLACED

    def _is_child(self, heading: Heading, level: int, is_named: bool) -> bool:
        """Whether a heading is one of those that the open section consists of."""
        if _is_deeper(level, self.section_level):
            return True
        if heading.numbers and len(heading.numbers) != self.section_depth:
            part = {Part.COMMITMENTS: Part.COMMITMENT, Part.PRINCIPLES: Part.PRINCIPLE}.get(self.section or Part.AIM, Part.GOAL)
            return heading.number == max(self.used[part], default=0) + 1
        return not level and not is_named and self.section != Part.AIM


def _is_deeper(level: int, than: int) -> bool:
    """Whether a heading lies below another; False when one of them does not tell."""
    return bool(level and than and level > than)


def _is_title(block: Block) -> bool:
    """Whether a paragraph at the very start is the document's title."""
    return block.kind == Kind.PARAGRAPH and len(block.text) <= 150 and search_key(block.text).startswith(("overenskommelse", "agreement"))
