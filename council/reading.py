"""Reads the text out of a PDF: `python -m council.reading FILE CHARACTERS`. A process of its own: whatever the file does, it does here."""

import resource
import sys

from pypdf import PdfReader

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 25


def main(path: str, longest: int) -> None:
    """Write the text page by page until there is enough."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    written = 0
    for page in PdfReader(path).pages:
        text = page.extract_text()
        sys.stdout.buffer.write(f"{text}\n".encode(errors="replace"))
        written += len(text)
        if written > longest:
            return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
