"""How the administration says in which language a translated field is."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES = {"en": _("English"), "zh-hans": _("Chinese")}


def field_label(label: str, language: str) -> str:
    """``label`` of a translated field with the name of its language behind it."""
    return gettext("%(label)s (%(language)s)") % {"label": label, "language": NAMES.get(language, language)}
