"""Secrets in addresses: whoever has the address may see the thing."""

import secrets


def new_token() -> str:
    """A secret of 32 characters, 190 bits."""
    return secrets.token_urlsafe(24)
