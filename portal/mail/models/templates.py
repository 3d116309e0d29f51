"""What messages say: a text per kind and language, for all events or for one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.mail.registry import kind_title, scope_title


class MessageTemplate(models.Model):
    """The wording of one kind of message. ``scope`` is empty for the house's wording, else e.g. ``event:12``.

    ``kind`` is a code registered by a wing (``portal.mail.registry``), which also says which placeholders a text may
    use and which it must.
    """

    kind = models.CharField(_("message"), max_length=60)
    scope = models.CharField(_("scope"), max_length=60, blank=True, db_index=True)
    hold_for_release = models.BooleanField(
        _("wait for an officer’s release"), default=False, help_text=_("For letters to ministries.")
    )

    class Meta:
        ordering = ["scope", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "scope"], name="mail_template_once")]
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")

    def __str__(self) -> str:
        return " – ".join(part for part in (kind_title(self.kind), scope_title(self.scope)) if part)


class MessageText(models.Model):
    """Subject and body in one language. Placeholders are ``{name}``; nothing else is interpreted."""

    template = models.ForeignKey(MessageTemplate, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        ordering = ["template", "language"]
        constraints = [models.UniqueConstraint(fields=["template", "language"], name="mail_text_once")]
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return self.subject
