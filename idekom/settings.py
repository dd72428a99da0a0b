"""The portal's settings, all read from the environment (docs/operations.md lists the variables)."""

from pathlib import Path

import django_stubs_ext
import environ
import pghistory
from celery.schedules import crontab, schedule
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

django_stubs_ext.monkeypatch()  # lets Django's generic classes be written with their types

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What kind of start this is. DEMO: invented content, a mailbox in the browser, servers and keys made on the spot.
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
EMBEDDED = env.bool("EMBEDDED", False)  # set by ./run when it starts PostgreSQL and Redis from the wheels
TESTING = env.bool("TESTING", False)

if EMBEDDED and not (DEMO or DEBUG):
    raise ImproperlyConfigured("The embedded PostgreSQL and Redis are for demo and tests only: with DEBUG off, set DATABASE_URL and REDIS_URL.")
for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY") + (() if DEMO or DEBUG else ("EMAIL_URL",)):
    if not env.str(name, ""):
        raise ImproperlyConfigured(f"{name} is not set. Start with ./run, or see docs/operations.md.")

SECRET_KEY = env.str("SECRET_KEY")
if not (DEMO or DEBUG) and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure")):
    raise ImproperlyConfigured("SECRET_KEY is weak: use at least 50 random characters.")

SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")  # links in mails start here
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEMO or DEBUG else [SITE_URL.split("//")[-1].split(":")[0]])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
PUBLIC_PAGE_SECONDS = min(env.float("PUBLIC_PAGE_SECONDS", 0.0 if TESTING else 1.0), 1.0)  # how long a public page may be kept in memory
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".local" / "data")))  # uploads, compiled reports, demo mail

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "idekom.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "idekom",
    "idekom.users",
    "agreement",
    "council",
    "affiliation",
    "followup",
    *(["idekom.demo"] if DEMO else []),
]

MIDDLEWARE = [
    "idekom.middleware.PublicPages",  # first: what it has kept needs nothing of the others
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "idekom.middleware.CrossOriginHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below the headers, so that files have them too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "idekom.middleware.PrivatePagesStayPrivate",
    "idekom.middleware.StaffNeedMFA",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "idekom.urls"
WSGI_APPLICATION = "idekom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "idekom.context.portal",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"  # its markup, our templates/bootstrap5 and our CSS
CRISPY_FAIL_SILENTLY = False

DATABASES = {"default": env.db("DATABASE_URL") | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="changes", db_constraint=False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: database 0 is Celery's, database 1 the cache (allauth's rate limits live there)
REDIS_URL = env.str("REDIS_URL")
_separator = "&" if "?" in REDIS_URL else "?"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"{REDIS_URL}{_separator}db=1"}}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 210, 240  # below the visibility timeout, or tasks run twice
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TASK_PUBLISH_RETRY = False  # the queue is a bell; the sweepers below ring it again
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Stockholm"
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": schedule(env.float("SWEEP_SECONDS", 60.0))}
    for name in (
        *("affiliation.deliver_mail", "agreement.deliver_mail", "council.deliver_mail", "followup.deliver_mail"),
        *("affiliation.run_elections", "affiliation.decide_adjusted", "affiliation.address_proposals"),
        *("council.print_minutes", "council.read_papers", "council.run_ballots", "council.sweep", "followup.sweep_compilations"),
    )
} | {
    name: {"task": name, "schedule": crontab(hour=hour, minute=10)}
    for name, hour in {
        "affiliation.forget": 3,
        "agreement.forget": 3,
        "agreement.ask_for_updates": 8,
        "council.notice": 5,
        "council.forget": 2,
        "followup.forget": 4,
        "affiliation.remind": 7,
        "followup.remind": 6,
        "council.remind": 5,
        "affiliation.ask_for_confirmation": 8,
        "affiliation.tell_followers": 9,
        "council.thank_members": 10,
        "affiliation.ask_about_hinders": 11,
    }.items()
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
if DEMO:
    EMAIL_BACKEND = "idekom.demo.mailbox.MailboxBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Idékom <idekom@example.org>")

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"} for name in ("MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = "my_pages"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "idekom.users.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
_FORMS = "idekom.users.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "request_login_code": _FORMS + "RequestLoginCodeForm",
    "confirm_login_code": _FORMS + "ConfirmLoginCodeForm",
    "confirm_email_verification_code": _FORMS + "ConfirmEmailVerificationCodeForm",
    "add_email": _FORMS + "AddEmailForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "AuthenticateForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
    "activate_totp": _FORMS + "ActivateTOTPForm",
    "add_webauthn": _FORMS + "AddWebAuthnForm",
    "edit_webauthn": _FORMS + "EditWebAuthnForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Idékom"
MFA_ALLOW_UNVERIFIED_EMAIL = True
STAFF_NEED_MFA = env.bool("STAFF_NEED_MFA", not DEMO)

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
MODELTRANSLATION_FALLBACK_LANGUAGES = ("sv",)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_DIR", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Headers. The whole set: reliability is measured by tests/test_headers.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = SITE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "idekom.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}

# Who runs this portal: shown in the footer, the statements and the mails.
PORTAL = {
    "name": env.str("PORTAL_NAME", "Idékom"),
    "place": env.str("PORTAL_PLACE", "Göteborg"),
    "contact_email": env.str("CONTACT_EMAIL", "idekom@example.org"),
    "contact_phone": env.str("CONTACT_PHONE", "031-000 00 00"),
    "agreement": _("Överenskommelsen Göteborg"),
}
