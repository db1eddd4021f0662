"""Django settings. Everything that differs between machines comes from the environment (``config.env``)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from config.env import Environment, MailFolder, load

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENT: Environment = load(os.environ)


LOCK_PATIENCE: Final = "10s"
"""How long a statement waits for a lock, of whatever kind, before it fails: a locked audit stops the act with an error
rather than for ever. The lock of a booked part is held for milliseconds, so a crowd on one slot waits far less."""


def patient(url: str) -> dict[str, Any]:
    """Django's settings for ``url``, with ``LOCK_PATIENCE`` unless the URL's own ``options`` say otherwise.

    It goes with the connection's first packet and costs no statement.
    """
    own = conninfo_to_dict(url).get("options") or ""
    return database(url, options=f"-c lock_timeout={LOCK_PATIENCE} {own}".strip())


def database(url: str, **options: object) -> dict[str, Any]:
    """Django's settings for the libpq URL ``url``."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "config.backend",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**parts, **options},
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
    }


SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.former_secret_keys)
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo

BASE_HOST = ENVIRONMENT.base_host
PORTAL_HOST = f"yoyaku.{BASE_HOST}"
CITY_HOST = f"city.{BASE_HOST}"
PORT_SHOWN = ENVIRONMENT.port_shown
SITES = ENVIRONMENT.sites
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
CERTIFICATE_HEADER = ENVIRONMENT.certificate_header
CITY_NETWORKS = ENVIRONMENT.city_networks
SENIOR_KEYS = ENVIRONMENT.senior_keys
UNUSED_DAYS = ENVIRONMENT.unused_days
SENIOR_KEEP_YEARS = ENVIRONMENT.senior_keep_years
PAYMENT_PROVIDERS = ENVIRONMENT.payment_providers
PAYMENT_KEYS = ENVIRONMENT.payment_keys
ALLOWED_HOSTS = ["*"]  # config.middleware.site answers an unknown host with a plain 404 before anything else runs

SHARED_APPS = [
    "tenants",
    "django.contrib.contenttypes",
    "shared.accounts",
    "shared.staff",
    "shared.policies",
    "shared.audit",
    "shared.sealing",
    "shared.outbox",
    "shared.catalogue",
    "shared.occupancy",
    "shared.seniorcards",
    "shared.publicuse",
    "apps.compliance",
]
TENANT_APPS = [
    "shared.staff",
    "shared.audit",
    "shared.duties",
    "shared.outbox",
    "shared.intake",
    "shared.vault",
    "apps.registrants",
    "apps.bookings",
]
PAGE_APPS = [
    "shared.frame",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "config.demo_city",
]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *PAGE_APPS]))

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Host"
PUBLIC_SCHEMA_NAME = "shared"
PG_EXTRA_SEARCH_PATHS = ["extensions"]
TENANT_DB_ALIAS = "owner"
ORIGINAL_BACKEND = "django.db.backends.postgresql"
DATABASES = {"default": patient(ENVIRONMENT.database_url)}
DATABASES["owner"] = database(ENVIRONMENT.database_owner_url or ENVIRONMENT.database_url)
DATABASE_ROUTERS = ["tenants.routers.OwnerRouter"]
TENANT_SYNC_ROUTER = "tenants.routers.OwnerRouter"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENVIRONMENT.redis_url,
        "KEY_FUNCTION": "config.cache.scoped_key",
    }
}

MIDDLEWARE = [
    "config.middleware.errors.ErrorNumberMiddleware",
    "config.middleware.site.SiteMiddleware",
    "config.middleware.entrance.EntranceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.session.SiteSessionMiddleware",
    "shared.frame.ruby.RubyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.account.AccountMiddleware",
    "shared.web.marks.MarkMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shared.web.entry.EntryMiddleware",
    "shared.web.guard.RightsMiddleware",
    "shared.web.traces.TracesMiddleware",
    "shared.web.bodies.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",  # reads what was sent: from nobody who may not send it
    "shared.web.unseen.UnseenMiddleware",
    "config.middleware.problems.ProblemMiddleware",
]
ROOT_URLCONF = "config.urls.portal"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "shared.context.site",
                "config.chrome.chrome",
            ],
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MESSAGES_COOKIE_NAME = "kashikan_messages"

AUTH_USER_MODEL = "staff.StaffAccount"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "shared.accounts.passwords.LikenessValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_NAMES = {"portal": "kashikan_portal", "desk": "kashikan_desk", "city": "kashikan_city"}
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = BASE_HOST != "localhost"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "kashikan_language"
LOCALE_PATHS = [BASE_DIR / "shared" / "wording", BASE_DIR / "shared" / "frame" / "wording"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = BASE_DIR / "var" / "media"

FILE_UPLOAD_HANDLERS = ["shared.intake.upload.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500  # a roster of 200 members has 1,000

MAIL = ENVIRONMENT.mail
DEFAULT_FROM_EMAIL = f"yoyaku@{BASE_HOST}"
if isinstance(MAIL, MailFolder):
    EMAIL_BACKEND = "shared.outbox.folder.FolderBackend"
    EMAIL_FILE_PATH = str(MAIL.path)
else:
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_SSL = MAIL.host, MAIL.port, MAIL.tls
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_TIMEOUT = 20

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.api.authentication.SessionAccountAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {"TITLE": "Kashikan", "VERSION": "0.1.0", "SERVE_INCLUDE_SCHEMA": False}

LOGGING_CONFIG = "config.logging.configure"
LOGGING: dict[str, Any] = {"version": 1}  # an empty one would not be passed on
FORM_RENDERER = "shared.frame.forms.FrameFormRenderer"
CSRF_FAILURE_VIEW = "shared.frame.views.csrf_failure"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
