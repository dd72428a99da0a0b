"""The Celery application. Tasks live in each app's tasks.py and are safe to run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idekom.settings")
app = Celery("idekom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
