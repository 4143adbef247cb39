"""Every setting, read once from the environment and typed; docs/reference/settings.md describes them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

import wiredesk

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]
SERVED_AT = "served-at"  # a file of the home folder


def _home() -> Path:
    """Where data lives: $WIREDESK_HOME, else ./var of a checkout, else the platform's data folder."""
    if chosen := os.environ.get("WIREDESK_HOME"):
        return Path(chosen).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "Wiredesk"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "wiredesk"


def _secret(home: Path) -> str:
    """The signing key: $WIREDESK_SECRET_KEY, else one made at first start in a file that only its owner reads."""
    if given := os.environ.get("WIREDESK_SECRET_KEY"):
        return given
    path = home / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _database(home: Path) -> dict[str, Any]:
    """$DATABASE_URL, else SQLite in the home folder: WAL, and writers that wait for each other instead of failing."""
    url = urlsplit(os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'wiredesk.sqlite3'}")
    if url.scheme != "sqlite":
        raise ImproperlyConfigured(
            f"DATABASE_URL: {url.scheme}: is not supported yet; use sqlite:///PATH or leave it out"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(url.path[1:]),  # sqlite:///relative, sqlite:////absolute
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # A page holds a story's text without overflow, and the cache what intake writes in a batch (measured).
            "init_command": "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
        },
    }


def _site_url(home: Path) -> str:
    """$WIREDESK_SITE_URL, else where `wiredesk run` last served: other commands name addresses of the same site."""
    if given := os.environ.get("WIREDESK_SITE_URL"):
        return given.rstrip("/")
    path = home / SERVED_AT
    return path.read_text().strip() if path.exists() else "http://127.0.0.1:8000"


def _networks(value: str) -> tuple[str, ...]:
    networks = tuple(part.strip() for part in value.split(",") if part.strip())
    for network in networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise ImproperlyConfigured(f"WIREDESK_ALLOW_NETWORKS: {error}") from None
    return networks


def _territory(value: str) -> str:
    code = value.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ImproperlyConfigured(f"WIREDESK_TERRITORY is a country code of two letters, not {value!r}")
    return code


def _is_yes(value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise ImproperlyConfigured(f"WIREDESK_COMMERCIAL is yes or no, not {value!r}")
    return value.lower() == "yes"


HOME = _home()
HOME.mkdir(parents=True, exist_ok=True)

SITE_NAME = os.environ.get("WIREDESK_SITE_NAME", "The Wiredesk")
SITE_URL = _site_url(HOME)
CONTACT_URL = os.environ.get("WIREDESK_CONTACT_URL", SITE_URL)
TERRITORY = _territory(os.environ.get("WIREDESK_TERRITORY", ""))
COMMERCIAL = _is_yes(os.environ.get("WIREDESK_COMMERCIAL", "no"))
ALLOW_NETWORKS = _networks(os.environ.get("WIREDESK_ALLOW_NETWORKS", ""))
VERSION = wiredesk.__version__

SECRET_KEY = _secret(HOME)
SECRETS_KEY = os.environ.get("WIREDESK_SECRETS_KEY", "")  # what it holds is judged by desk.secrets, where it is used
DEBUG = False
# No output depends on the Host header: links are built from SITE_URL.
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "wiredesk.desk.apps.DeskConfig",
    "wiredesk.outlets.apps.OutletsConfig",
    "wiredesk.room.apps.RoomConfig",
    "wiredesk.apps.WiredeskConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",  # urls.py loads what is configured: commands need none of it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "wiredesk.room.admin_files.AdminPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wiredesk.urls"
ASGI_APPLICATION = "wiredesk.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": _database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 63_072_000 if _HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: Mapping[str, Any] = {
    # Readers' pages have no script at all.
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "wiredesk": {"handlers": ["stderr"], "level": os.environ.get("WIREDESK_LOG_LEVEL", "INFO")},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
