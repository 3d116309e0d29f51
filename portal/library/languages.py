"""The languages in which documents and names of the region come, beyond the two of the pages."""

from django.utils.translation import gettext_lazy as _

# English and Chinese, then the official languages of the parties in alphabetical order of their English names.
LANGUAGES = (
    ("en", _("English")),
    ("zh-hans", _("Chinese")),
    ("my", _("Burmese")),
    ("fil", _("Filipino")),
    ("id", _("Indonesian")),
    ("km", _("Khmer")),
    ("lo", _("Lao")),
    ("ms", _("Malay")),
    ("pt", _("Portuguese")),
    ("ta", _("Tamil")),
    ("tet", _("Tetum")),
    ("th", _("Thai")),
    ("vi", _("Vietnamese")),
)
LANGUAGE_ORDER = tuple(code for code, _name in LANGUAGES)
