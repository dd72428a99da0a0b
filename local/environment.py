"""The environment variables that the portal's settings read, for the embedded servers of a place."""

import os
import secrets
from pathlib import Path

from local.places import CHECKOUT, Place, home
from local.say import stop

OFF = ("0", "false", "off", "no", "n", "f", "")
DATABASE = "idekom"


def is_external() -> bool:
    """Whether the caller brings the servers: then all variables are passed on as they are."""
    brought = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(brought) == 1:
        stop(f"{brought[0]} is set but not the other of DATABASE_URL and REDIS_URL: set both, or neither for the embedded servers.", 2)
    return len(brought) == 2


def for_external(port: int) -> dict[str, str]:
    """The caller's own variables, and defaults for what a start in a checkout knows."""
    return {"SITE_URL": f"http://127.0.0.1:{port}", "DATA_DIR": str(home() / "data"), **os.environ}


def for_embedded(place: Place, port: int) -> dict[str, str]:
    """The caller's variables with the servers of this place in them: a demo, unless the caller says that DEBUG is off."""
    variables = dict(os.environ)
    if os.environ.get("DEBUG", "on").strip().lower() not in OFF:
        variables.setdefault("DEMO", "1")
    elif "DEMO" not in os.environ:
        stop("DEBUG is off and DATABASE_URL is not set: the embedded PostgreSQL and Redis are for the demo only. Set DATABASE_URL and REDIS_URL.", 2)
    variables.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    variables.setdefault("SECRET_KEY", secret_key(place))
    return variables | servers(place)


def servers(place: Place) -> dict[str, str]:
    """Where the embedded servers of this place listen, and where its files are."""
    return {
        "EMBEDDED": "1",
        "DATABASE_URL": f"postgres://postgres@/{place.sockets}/{DATABASE}",
        "REDIS_URL": f"unix://{place.sockets}/redis.sock",
        "DATA_DIR": str(place.portal),
    }


def secret_key(place: Place) -> str:
    """A key that is made once for each place."""
    file = place.root / "secret_key"
    if not file.exists():
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.rename(file)
    return file.read_text()


def require_valid_settings(variables: dict[str, str]) -> None:
    """Load the portal's settings in this process, so that what is wrong with them is one line instead of a traceback."""
    os.environ.update(variables)
    from django.conf import settings  # noqa: PLC0415 - not before the variables are there
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, ValueError) as error:
        stop(str(error), 2)


def has_demo_content() -> bool:
    """Whether this checkout has the command that makes the demo's content."""
    return Path(CHECKOUT, "idekom/demo/management/commands/demo.py").exists()
