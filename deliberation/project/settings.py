"""Every setting, read from the environment once, here. The table is in docs/operators/running.md."""

import os
from ipaddress import ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from deliberation.project import fixed, mail
from deliberation.project.database import database
from deliberation.project.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parents[2]
ENV = os.environ.get("GROUNDWORK_ENV", "production")  # production, demo or test
PRODUCTION = ENV == "production"


def _needed(name: str, otherwise: str) -> str:
    """A setting that production has to be given; demo and tests may do without."""
    if found := os.environ.get(name):
        return found
    if PRODUCTION:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment (see docs/operators/running.md), "
            "or set GROUNDWORK_ENV=demo to try Groundwork on this machine."
        )
    return otherwise


SHORTEST_SECRET = 32
SECRET_KEY = _needed("SECRET_KEY", "only-for-trying-out-never-for-real-people-0000000000")
if PRODUCTION and (len(SECRET_KEY) < SHORTEST_SECRET or "only-for-trying-out" in SECRET_KEY):
    raise ImproperlyConfigured(
        "SECRET_KEY is a default or too short. Set 50 random characters: receipts and invitations rest on it."
    )

DEBUG = False
ALLOWED_HOSTS = _needed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "django_linear_migrations",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    # the house, bottom to top: a room may import only rooms above it in this list
    "elicitation.record",
    "elicitation.interview",
    "elicitation.extraction",
    "elicitation.graph",
    "deliberation.assemblies",
    "deliberation.opinion",
    "deliberation.moderation",
    "deliberation.artifacts",
    "deliberation.measures",
    "deliberation.exports",
    "deliberation.api",
    "deliberation.web",
]
MIDDLEWARE = [
    "deliberation.project.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "deliberation.web.bodies.Limits",
    "deliberation.web.unkept.Unkept",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "deliberation.web.still_in.StillIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "deliberation.web.errors.DomainErrors",
    "deliberation.web.second_factor_first.SecondFactorFirst",
    "deliberation.web.once.Once",
]
ROOT_URLCONF = "deliberation.project.urls"
WSGI_APPLICATION = "deliberation.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "deliberation.web.surroundings.engine",
                "deliberation.web.once.fresh",
            ]
        },
    }
]

DATABASES = {
    "default": database(_needed("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/groundwork"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = _needed("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = fixed.CELERY_TASK_ROUTES
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    # A bell that does not ring is no reason to keep a citizen waiting: the sweep rings again.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
READING_DEADLINE = float(os.environ.get("READING_DEADLINE", "60"))  # seconds an answer
READING_LEASE = 1.5 * READING_DEADLINE + 2  # seconds a worker may hold an answer
READING_HOLD = 20.0  # the same where it goes on saying that it is alive: so long it may fall silent
READING_IN_FLIGHT = int(os.environ.get("READING_IN_FLIGHT", "16"))  # a worker process, with a model
READING_TURN = 30.0  # seconds a worker goes on taking answers before it looks at other work
CELERY_TASK_SOFT_TIME_LIMIT = 540  # deadline < lease < soft limit < hard limit < visibility timeout
CELERY_TASK_TIME_LIMIT = 570
SWEEP_BATCH = int(os.environ.get("SWEEP_BATCH", "500"))
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_IMPORTS = ["deliberation.project.tasks"]

OPENAI_BASE_URL = os.environ.get("OPENAI_BASE_URL", "")
OPENAI_RELAY = os.environ.get("OPENAI_RELAY", "")  # where a groundwork_relay listens
OPENAI_API_KEY = os.environ.get("OPENAI_API_KEY", "")
OPENAI_MODEL = os.environ.get("OPENAI_MODEL", "")
OPENAI_PRICE_IN = float(os.environ.get("OPENAI_PRICE_IN", "0"))  # a million tokens
OPENAI_PRICE_OUT = float(os.environ.get("OPENAI_PRICE_OUT", "0"))
GROUNDWORK_ENGINE = os.environ.get(
    "GROUNDWORK_ENGINE", "openai" if OPENAI_API_KEY and OPENAI_MODEL else "offline"
)
READING_WINDOW = int(os.environ.get("READING_WINDOW", "12000"))  # code points sent at a time
KEEP_REPLIES_DAYS = int(os.environ.get("KEEP_REPLIES_DAYS", "30"))  # what engines replied
KEEP_UPLOADS_DAYS = int(os.environ.get("KEEP_UPLOADS_DAYS", "7"))  # files nobody took in
KEEP_PACKAGES_DAYS = int(os.environ.get("KEEP_PACKAGES_DAYS", "7"))  # packages for researchers
KEEP_POOLS_DAYS = int(os.environ.get("KEEP_POOLS_DAYS", "180"))  # lists of people to draw from
SORTITION_PYTHON = os.environ.get("SORTITION_PYTHON", "")  # one that has requirements-sortition.txt
DATA_LICENCE = os.environ.get("DATA_LICENCE", "")  # of packages: an SPDX name or an address
READING_CRITIQUE = os.environ.get("READING_CRITIQUE", "") == "1"
# What machine reading may cost, in millionths of the unit the prices are in; None for no limit.
READING_BUDGETS = {
    scope: int(1_000_000 * float(cap)) if (cap := os.environ.get(name)) else None
    for scope, name in (
        ("day", "BUDGET_DAY"),
        ("inquiry", "BUDGET_INQUIRY"),
        ("respondent", "BUDGET_PERSON"),
    )
}
if any(cap is not None for cap in READING_BUDGETS.values()) and not (
    OPENAI_PRICE_IN or OPENAI_PRICE_OUT
):
    raise ImproperlyConfigured(
        "A budget needs prices to count with: set OPENAI_PRICE_IN and OPENAI_PRICE_OUT "
        "(currency units a million tokens), or take BUDGET_DAY, BUDGET_INQUIRY and BUDGET_PERSON away."
    )

# The key the record is signed with: only workers need it. Its name is whose record it is.
RECORD_ORIGIN = os.environ.get("RECORD_ORIGIN", f"{ALLOWED_HOSTS[0]}/record")
RECORD_KEY = os.environ.get("RECORD_KEY", "")
RECORD_KEY_FILE = os.environ.get("RECORD_KEY_FILE", BASE_DIR / "var" / "record.key")

# What people took back, written down outside the database: a backup is restored with it.
WITHDRAWALS_FILE = os.environ.get("WITHDRAWALS_FILE", BASE_DIR / "var" / "withdrawals.jsonl")

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
MAIL_FROM = os.environ.get("MAIL_FROM", "")
globals().update(mail.mail(os.environ.get("EMAIL_URL", ""), MAIL_FROM, SITE_URL))
WEBHOOKS_PRIVATE = os.environ.get("WEBHOOKS_PRIVATE", "") == "1"  # addresses within, too
# Receivers within that may be told over https alone, and who vouches for their certificates beside those the system trusts.
WEBHOOKS_NETWORKS = tuple(map(ip_network, os.environ.get("WEBHOOKS_NETWORKS", "").split()))
WEBHOOKS_CA = os.environ.get("WEBHOOKS_CA", "")
if WEBHOOKS_CA and not Path(WEBHOOKS_CA).is_file():
    raise ImproperlyConfigured("WEBHOOKS_CA names no file: give certificates in PEM, or leave it out.")  # fmt: skip
LARGEST_UPLOAD = 200 * 2**20  # bytes
LONGEST_FORM = DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # bytes, without a file
FILE_UPLOAD_PERMISSIONS = 0o600

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "deliberation.assemblies.passwords.NotANameOfThisPlace"},
]
LOGIN_URL = "public:sign_in"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SIGN_IN_LINK_AGE = 60 * 60 * 12  # seconds
# Of allauth we use the second factors and OpenID Connect; no address of its own is served, so nobody signs up by it.
MFA_ADAPTER = "deliberation.assemblies.second_factors.Sealed"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_USER_VERIFICATION = (
    "required"  # a passkey is held, and opened by its owner: two factors
)
# How many times looser the limits are than usual, and how many seconds a person takes at least to read what they agree to.
LIMITS_TIMES = float(os.environ.get("LIMITS_TIMES", "1"))
JOINING_TAKES = int(os.environ.get("JOINING_TAKES", "2"))
STAFF_SECOND_FACTOR = os.environ.get("STAFF_SECOND_FACTOR", "") == "1"

# How many proxies of ours stand in front of the site and say whom they speak for.
PROXIES = int(os.environ.get("PROXIES", "0"))
BEHIND_HTTPS = PRODUCTION and os.environ.get("INSECURE_HTTP") != "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
# A cookie with this name no other host of the domain can set.
COOKIES_BEGIN = "__Host-" if BEHIND_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIES_BEGIN}sessionid"
CSRF_COOKIE_NAME = f"{COOKIES_BEGIN}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES_BEGIN}django_language"
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "deliberation.web.notices.Notices"
SECURE_SSL_REDIRECT = BEHIND_HTTPS
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("OIDC_NAME", "")
OIDC_WHOLE = all((OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME))
if OIDC_ISSUER and not (OIDC_WHOLE and (OIDC_ISSUER.startswith("https://") or not BEHIND_HTTPS)):
    raise ImproperlyConfigured(
        "OIDC_ISSUER has to begin with https:// and needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME."
    )
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = fixed.CONTENT_SECURITY_POLICY
REST_FRAMEWORK = fixed.REST_FRAMEWORK
SPECTACULAR_SETTINGS = fixed.SPECTACULAR_SETTINGS
CSRF_FAILURE_VIEW = "deliberation.web.expired.once_more"


METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < SHORTEST_SECRET:
    raise ImproperlyConfigured("METRICS_TOKEN is too short: set at least 32 random characters.")
LOG_FORMAT = os.environ.get("LOG_FORMAT", "json" if PRODUCTION else "line")
LOGGING = fixed.logging_in(LOG_FORMAT)
