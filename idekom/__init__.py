"""Wiring of the portal: settings, addresses, Celery, the start page and the demo."""

from idekom.celery import app as celery_app

__all__ = ["celery_app"]
