"""A real browser (Debian's chromium, driven by playwright) in front of a live server."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from idekom.users.models import User
from tests.conftest import browser as signed_in_client

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for all tests."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "chromium is missing: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture
def new_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """new_page(user=None, width=1280, scripts=True): a page of a fresh browser, signed in as the user when there is one."""
    contexts: list[BrowserContext] = []

    def make(user: User | None = None, width: int = 1280, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="sv-SE", java_script_enabled=scripts
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if user is not None:
            client: Client = signed_in_client(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
