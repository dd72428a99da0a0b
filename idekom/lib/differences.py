"""What has changed between two texts, word by word, and which paragraphs of two texts answer to each other."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""("" stays, "del" or "ins"; the words)"""
WORD = re.compile(r"\w+|\s+|[^\w\s]")
LONG = 3000
"""Words: longer texts are compared in a quicker, coarser way."""
ALIKE = 0.45
"""From this likeness on, of 1, two paragraphs are the same one in two wordings."""
MANY = 40_000
"""Pairs: with more, a paragraph is only compared with those about as far down."""
NEAR = 30


def words(before: str, after: str) -> list[Piece]:
    """The two texts as one: what stays, what went and what came. Joining all but "ins" gives `before`, all but "del" gives `after`."""
    a, b = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) + len(b) > LONG)
    pieces: list[Piece] = []
    for kind, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        was, now = "".join(a[a_from:a_to]), "".join(b[b_from:b_to])
        pieces += [("", was)] if kind == "equal" else [(mark, text) for mark, text in (("del", was), ("ins", now)) if text]
    return _smooth(pieces)


def _smooth(pieces: list[Piece]) -> list[Piece]:
    """Changes with nothing but a space or a sign between them as one: a changed phrase reads as a phrase."""
    found: list[Piece] = []
    was = now = ""
    for place, (mark, text) in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and bool(was or now) and not any(letter.isalnum() for letter in text)
        if mark or between:
            was += text if mark != "ins" else ""
            now += text if mark != "del" else ""
            continue
        found += [*_change(was, now), ("", text)]
        was = now = ""
    return [*found, *_change(was, now)]


def _change(was: str, now: str) -> list[Piece]:
    if was == now:
        return [("", was)] if was else []
    return [(mark, text) for mark, text in (("del", was), ("ins", now)) if text]


def likeness(a: "Counter[str]", b: "Counter[str]") -> float:
    """How much of two texts, given by their words, is the same: 0 to 1."""
    return 2 * (a & b).total() / ((a.total() + b.total()) or 1)


def aligned(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which paragraph of `before` answers to which of `after`, by place and in order; None on the side that lacks it."""
    found: list[tuple[int | None, int | None]] = []
    for kind, a_from, a_to, b_from, b_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += zip(range(a_from, a_to), range(b_from, b_to), strict=True)
        else:
            found += _by_likeness(before, after, range(a_from, a_to), range(b_from, b_to))
    return found


def _by_likeness(before: Sequence[str], after: Sequence[str], a: range, b: range) -> list[tuple[int | None, int | None]]:
    """The likest pairs first, as long as they keep the order; the rest stand alone, what went before what came."""
    left, right = ({place: _counted(texts[place]) for place in places} for texts, places in ((before, a), (after, b)))
    pairs = sorted(((likeness(left[i], right[j]), -i, -j) for i in a for j in b if _near(i - a.start, j - b.start, len(a), len(b))), reverse=True)
    chosen: dict[int, int] = {}
    for alike, minus_i, minus_j in pairs:
        i, j = -minus_i, -minus_j
        if alike < ALIKE:
            break
        if i not in chosen and all((i < other) == (j < place) and j != place for other, place in chosen.items()):
            chosen[i] = j
    found: list[tuple[int | None, int | None]] = []
    waiting = b.start
    for i in a:
        if i in chosen:
            found += ((None, j) for j in range(waiting, chosen[i]))
            waiting = chosen[i] + 1
        found.append((i, chosen.get(i)))
    return [*found, *((None, j) for j in range(waiting, b.stop))]


def _near(i: int, j: int, rows: int, columns: int) -> bool:
    return rows * columns <= MANY or abs(i * columns // rows - j) <= NEAR


def _counted(text: str) -> "Counter[str]":
    return Counter(word.lower() for word in WORD.findall(text) if word[0].isalnum())
