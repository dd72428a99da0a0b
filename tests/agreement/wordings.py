"""Builders of official texts."""

from agreement.importing import bring_in
from agreement.models import Version, Wording

WHOLE = """# Överenskommelsen

## Värden

Alla är *lika* mycket värda.

## Vision

En stad där invånarna engagerar sig.

## Mål

Vi vill mer:

1. Tydliga villkor.
2. Synliga röster.

## Principer

### Principen om dialog

Dialogen är öppen.

### Principen om kvalitet

Närhet är kvalitet.

## Åtaganden

### 1. Kunskap i staden

Göteborgs Stad åtar sig att lära sig mer. Det sker varje år.

[Principen om dialog]

### 2. Samspel

Båda parter åtar sig att mötas.

[Principerna om kvalitet och dialog]
"""
STRAY = "\n## Något annat\n\nEn mening som ingen känner.\n"


def new_version(slug: str = "utkast") -> Version:
    """A draft with nothing in it."""
    return Version.objects.create(slug=slug, name=f"Version {slug}")


def wording(text: str = WHOLE, version: Version | None = None, language: str = "sv", name: str = "text.md") -> Wording:
    """A draft wording, read in from a text; of a new version unless told."""
    return bring_in(version or new_version(), language, name, text.encode(), by=None)
