"""Whom a commitment binds and which principles it serves, by its own words."""

import re
from collections.abc import Iterable, Mapping

from idekom.lib.text import search_key

SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ])")
PROMISES = re.compile(r"\b(?:ataga sig|atar sig|forbinder sig)\b")
OUGHT = re.compile(r"\b(?:ska|skall|vill|ansvarar|svarar for)\b")
CITY = re.compile(r"\b(?:goteborgs stads?|stadens?|kommunens?)\b")
SECTOR = re.compile(r"\b(?:(?:den )?sociala ekonomins?|social ekonomi|civilsamhallets?|organisationer(?:na|nas)?|foreningar(?:na|nas)?|idebur\w+)\b")
BOTH = re.compile(r"\b(?:bada (?:parter|parterna|sidor)|parterna|parter|tillsammans|gemensamt|vi)\b")
EACH = re.compile(r"\b(?:var for sig|pa var sitt hall|vardera|var och en av parterna)\b")
TAG = re.compile(
    r"[\[(]\s*princip(?:en|erna|er)?\b\s*(?:om\b)?\s*:?\s*([^\])]{1,300})[\])]"
    r"|^\s*princip(?:en|erna|er)\s*:\s*(.{1,300})$",
    re.IGNORECASE | re.MULTILINE,
)
SMALL = {"och", "om", "den", "det", "for", "i", "av", "samt"}


def owner_of(texts: Iterable[str]) -> str:
    """The value in Owner of the side that the words bind; empty when they do not tell."""
    sentences = [key for text in texts for part in SENTENCE.split(text) if (key := search_key(part))]
    if any(EACH.search(sentence) for sentence in sentences):
        return "each"
    for verb in (PROMISES, OUGHT):
        bound = {who for sentence in sentences if (who := _bound(sentence, verb))}
        if bound:
            return "both" if "both" in bound else "each" if len(bound) > 1 else bound.pop()
    return ""


def _bound(sentence: str, verb: re.Pattern[str]) -> str:
    """Whom one sentence binds: whoever stands before the verb, or right after it."""
    found = verb.search(sentence)
    if found is None:
        return ""
    before, after = sentence[: found.start()], sentence[found.end() :].split(" att ")[0][:80]
    return _who(before) or _who(after)


def _who(words: str) -> str:
    city, sector = CITY.search(words), SECTOR.search(CITY.sub(" ", words))
    if BOTH.search(words) or (city and sector):
        return "both"
    return "city" if city else "sector" if sector else ""


def principles_of(texts: Iterable[str], names: Mapping[int, str]) -> list[int]:
    """The numbers of the principles that tags in the texts name, like "[Principerna om mångfald och kvalitet]"."""
    told = " ".join(found[1] or found[2] for text in texts for found in TAG.finditer(text))
    said = set(search_key(told).split())
    return sorted(number for number, name in names.items() if said & (set(search_key(name).split()) - SMALL))
