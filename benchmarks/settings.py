"""The portal's settings with one more page: the bare "hello" that everything is compared with."""

from idekom.settings import *  # noqa: F403
from idekom.settings import ALLOWED_HOSTS

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1"]
