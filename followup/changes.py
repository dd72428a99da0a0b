"""What has changed between two hand-ins of a report, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from followup.sheets import Line, Part, label

Piece = tuple[str, str]
"""("" stays, "ins" or "del"; the words)"""
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Change:
    """An answer that is not what it was. `privacy`: "kept" when it is for Idékom alone now, "shown" when it no longer is."""

    question: str
    pieces: tuple[Piece, ...]
    privacy: str = ""


@dataclass(frozen=True)
class Changed:
    """A part of a report in which something has changed."""

    number: int | None
    title: str
    changes: tuple[Change, ...]


def since(before: Iterable[dict[str, Any]], parts: Iterable[Part]) -> list[Changed]:
    """What stands otherwise in `parts` than in the earlier answers, part by part. Questions that are no longer asked are passed over."""
    earlier = {(told["commitment"], told["question"]): told for told in before}
    found = []
    for part in parts:
        changes = [_change(line, earlier.get((part.number, line.key))) for line in part.lines]
        if real := tuple(change for change in changes if change is not None):
            found.append(Changed(part.number, part.title, real))
    return found


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one: what stays, what went and what came."""
    a, b = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for kind, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b).get_opcodes():
        if kind == "equal":
            pieces.append(("", "".join(a[a_from:a_to])))
            continue
        pieces += [(mark, text) for mark, text in (("del", "".join(a[a_from:a_to])), ("ins", "".join(b[b_from:b_to]))) if text]
    return tuple(pieces)


def _change(line: Line, earlier: dict[str, Any] | None) -> Change | None:
    was = "" if earlier is None else label(line.kind, earlier["choice"]) if earlier["choice"] else earlier["words"]
    was_private = bool(earlier and earlier.get("is_private"))
    privacy = "" if not (was and line.said) or was_private == line.is_private else "kept" if line.is_private else "shown"
    if was == line.said and not privacy:
        return None
    return Change(line.question, _choices(was, line.said) if line.choice else words(was, line.said), privacy)


def _choices(was: str, said: str) -> tuple[Piece, ...]:
    """One choice instead of another, whole."""
    if was == said:
        return (("", said),)
    return tuple((mark, text) for mark, text in (("del", was), ("ins", said)) if text)
