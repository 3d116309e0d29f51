"""The one settings file. Everything that differs between machines comes from the environment (see .env.example)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.languages import field_label
from portal.env import Env, database

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- What kind of installation this is -------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", "var")).expanduser()
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR
EMBEDDED = not env.str("DATABASE_URL")  # no service at all: SQLite, files, one machine
DEBUG = env.bool("DEBUG")
DEMO = env.bool("DEMO")  # demonstration mode: a banner, and no second factor for staff
if not EMBEDDED:
    for name in ("SECRET_KEY", "LINK_KEYS", "FIELD_KEYS", "BASE_URL", "ALLOWED_HOSTS"):
        env.require(name, "when DATABASE_URL is set")

# --- Secrets ---------------------------------------------------------------------------------------------------------
SECRET_KEY = env.key("SECRET_KEY", DATA_DIR / "keys")
# The first key signs personal links, the others are still accepted: rotate by putting a new one in front.
LINK_KEYS = [part for part in env.key("LINK_KEYS", DATA_DIR / "keys").split(",") if part]
# Encrypts the few fields that hold a secret or a sensitive value; same rotation.
FIELD_KEYS = [part for part in env.key("FIELD_KEYS", DATA_DIR / "keys").split(",") if part]

# --- Addresses -------------------------------------------------------------------------------------------------------
PORT = env.int("PORT", 8000)
BASE_URL = env.url("BASE_URL", f"http://127.0.0.1:{PORT}", ["http", "https"]).geturl().rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
X_FRAME_OPTIONS = "DENY"

# --- Packages --------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, by its own documentation
    "unfold.apps.BasicAppConfig",  # without a site of its own: ours is named below
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "portal.accounts.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "portal.core",
    "portal.accounts.apps.AccountsConfig",
    "portal.directory",
    "portal.mail",
    "portal.library",
    "forums",
    "portal.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.core.bodies.body_limit_middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.audit.actor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.second_factor_middleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "portal.core.context.site",
            ],
        },
    }
]

# --- Data ------------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": database(
        env.url("DATABASE_URL", f"sqlite://{DATA_DIR}/portal.sqlite3", ["sqlite", "postgres", "postgresql"])
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.url("REDIS_URL", "", ["redis", "rediss", ""]).geturl()
CACHES = {
    # In the database in every shape: sign-in limits and one-time codes live here and must outlive a broker that is
    # down (docs/architecture.md). Not FileBasedCache: it culls and miscounts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # the default of 300 would throw codes and limits away
    },
    # Of each process alone: the counts of visitors of the API (portal/core/api/throttles.py says why).
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "memory",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# Where the value is kept whose change empties every process's page cache; off:// switches the cache off.
EPOCH_URL = env.url("EPOCH_URL", f"file://{DATA_DIR}/epoch", ["file", "redis", "rediss", "off"]).geturl()
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", 20) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Background work -------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT = "portal.core.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A hint lost with a broker or a worker is made good by the next sweep, so hints may expire.
CELERY_BEAT_SCHEDULE = {
    "deliver-mail": {"task": "mail.deliver", "schedule": 60, "options": {"expires": 55}},
    "send-reminders": {"task": "mail.scan_reminders", "schedule": crontab(minute="*/10"), "options": {"expires": 500}},
    "run-jobs": {"task": "core.run_jobs", "schedule": 60, "options": {"expires": 55}},
    "forget-job-rows": {"task": "core.forget_job_rows", "schedule": crontab(minute=40), "options": {"expires": 3000}},
    "repair-epoch": {"task": "core.repair_epoch", "schedule": 60, "options": {"expires": 55}},
    "follow-clock": {"task": "library.follow_clock", "schedule": 60, "options": {"expires": 55}},
    "expire-invitations": {
        "task": "forums.expire_invitations",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 500},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- Mail ------------------------------------------------------------------------------------------------------------
# smtp://user:password@host:587?tls=starttls (or tls=tls), or file:///folder: each message becomes one .eml file.
EMAIL_URL = env.url("EMAIL_URL", f"file://{DATA_DIR}/mail", ["smtp", "file"])
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "file": "portal.mail.transports.FileBackend",
}[EMAIL_URL.scheme]
EMAIL_FILE_PATH = unquote(EMAIL_URL.path)
EMAIL_HOST = EMAIL_URL.hostname or "localhost"
EMAIL_PORT = EMAIL_URL.port or 25
EMAIL_HOST_USER = unquote(EMAIL_URL.username or "")
EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.password or "")
EMAIL_TLS = parse_qs(EMAIL_URL.query).get("tls", ["none"])[0]
EMAIL_USE_TLS = EMAIL_TLS == "starttls"
EMAIL_USE_SSL = EMAIL_TLS == "tls"
EMAIL_TIMEOUT = 20
OFFICE_NAMES = {
    "en": env.str("OFFICE_NAME", "China–ASEAN Environmental Cooperation"),
    "zh-hans": env.str("OFFICE_NAME_ZH", "中国–东盟环境合作"),
}
OFFICE_EMAIL = env.str(
    "OFFICE_EMAIL", "office@portal.example"
)  # the role mailbox: From of every mail, shown on the contact page
DEFAULT_FROM_EMAIL = f"{OFFICE_NAMES['en']} <{OFFICE_EMAIL}>"
SERVER_EMAIL = OFFICE_EMAIL
# Nobody publishes alone: what goes public was checked by somebody else than who wrote it.
PUBLISH_SECOND_CHECK = env.bool("PUBLISH_SECOND_CHECK")
# Numbers that a site in China shows in its footer; empty: not shown.
SITE_FILING_ICP = env.str("SITE_FILING_ICP", "")  # 京ICP备…号
SITE_FILING_POLICE = env.str("SITE_FILING_POLICE", "")  # 京公网安备…号
MAIL_RATE_PER_HOST = env.int("MAIL_RATE_PER_HOST", 60)  # messages a minute to one mail host
MAIL_WINDOW_HOURS = (8, 18)  # working hours in the recipient's zone for messages that keep the window

# --- Sign-in ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "portal.accounts.backends.PasswordBackend",
    "portal.accounts.backends.AddressBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
STAFF_SECOND_FACTOR = not DEMO
LOGIN_URL = reverse_lazy("account_request_login_code")
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_ADAPTER = "portal.mail.sign_in.SignInAdapter"
ACCOUNT_FORMS = {"confirm_login_code": "portal.accounts.forms.CodeForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it the sign-in page asks no password
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "portal.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "portal.accounts.forms.PasskeyForm",
    "edit_webauthn": "portal.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute either way: telephones that keep their own time
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SESSION_COOKIE_AGE = 12 * 3600

# --- Languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
MODELTRANSLATION_LANGUAGES = ("en", "zh-hans")  # a further language here is a column on every translated field
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "zh-hans")}
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = field_label
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "UTC"
USE_TZ = True
OFFICE_TIME_ZONE = env.str("OFFICE_TIME_ZONE", "Asia/Shanghai")

# --- Content security ------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Log -------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "portal.core.links.MaskLinks"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])},
    # These come with handlers of their own, which would write personal links unmasked.
    "loggers": {
        name: {"handlers": [], "propagate": True}
        for name in ("django", "django.server", "gunicorn.access", "gunicorn.error")
    },
}

UNFOLD = {
    "SITE_TITLE": _("Portal administration"),
    "SITE_HEADER": _("Cooperation portal"),
    "SITE_URL": "/",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": True,
    "DASHBOARD_CALLBACK": "portal.pages.dashboard.dashboard",
    "SITE_SYMBOL": "spa",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("brand/mark.svg")},
    ],
    "COLORS": {  # the sea of the public pages
        "primary": {
            "50": "#eef6f8",
            "100": "#d8eaef",
            "200": "#b4d7e0",
            "300": "#83bccb",
            "400": "#4b9ab0",
            "500": "#2b7d95",
            "600": "#0d4f63",
            "700": "#0b4454",
            "800": "#0b3f50",
            "900": "#0a2f3b",
            "950": "#061f28",
        }
    },
    "LANGUAGES": {"action": lambda _request: reverse_lazy("admin:language")},
    "SIDEBAR": {"show_search": True, "navigation": "portal.pages.navigation.sidebar"},
}

# --- API -------------------------------------------------------------------------------------------------------------
API_RATE_VISITOR = env.int("API_RATE_VISITOR", 120)  # requests a minute from one address, for each process
API_RATE_TOKEN = env.int("API_RATE_TOKEN", 600)  # requests a minute with one token
API_TOKEN_MAX_DAYS = env.int("API_TOKEN_MAX_DAYS", 366)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.api.permissions.HasScope"],  # closed, unless a view says public
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],  # nothing is written through it yet
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "portal.core.api.negotiation.JsonOnly",
    "DEFAULT_THROTTLE_CLASSES": [
        "portal.core.api.throttles.VisitorThrottle",
        "portal.core.api.throttles.TokenThrottle",
    ],
    "DEFAULT_SCHEMA_CLASS": "portal.core.api.schema.ApiSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "portal.core.api.errors.answer",
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "China–ASEAN Environmental Cooperation: API",
    "VERSION": "1",
    "DESCRIPTION": "What is public in the portal, to read: events and their programmes, results, and what the "
    "programme rests on. Texts come by their language; days as far as they are known; moments with the offset of "
    "their place. "
    "Codes of countries are those of ISO 3166-1, and countries stand in the order of protocol.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["portal.core.api.schema.finish"],
}

env.check()
