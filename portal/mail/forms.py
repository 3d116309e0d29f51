"""Forms of the administration of mail."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from portal.core.models import StoredFile
from portal.mail.models import AdHocMessage, MessageTemplate
from portal.mail.registry import (
    Audience,
    Wording,
    audiences,
    get_kind,
    scope_exists,
    scope_files,
)
from portal.mail.services.adhoc import allowed_placeholders
from portal.mail.wording import placeholders_in, unknown_placeholders

SUBJECT_LENGTH = 200
OPEN_FROM_EVENT = gettext_lazy("Open the event that this belongs to, and begin from there.")


def text_field_names(language: str) -> tuple[str, str]:
    """Names of the fields for subject and text in a language."""
    suffix = language.replace("-", "_")
    return f"subject_{suffix}", f"body_{suffix}"


def _subject_field(language: str, *, required: bool) -> forms.CharField:
    label = format_lazy("{} ({})", gettext_lazy("subject"), language)
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(label=label, required=required, max_length=SUBJECT_LENGTH, widget=widget)


def _body_field(language: str, *, required: bool) -> forms.CharField:
    label = format_lazy("{} ({})", gettext_lazy("text"), language)
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 14})
    return forms.CharField(label=label, required=required, widget=widget)


class TemplateForm(forms.ModelForm):
    """The wording of one kind of message in every language, checked against what the kind allows and requires.

    With ``_preview`` among the data it never becomes valid: what was typed is shown again and nothing is saved.
    """

    subject_en = _subject_field("English", required=True)
    body_en = _body_field("English", required=True)
    subject_zh_hans = _subject_field("简体中文", required=False)
    body_zh_hans = _body_field("简体中文", required=False)

    class Meta:
        model = MessageTemplate
        fields = ["hold_for_release"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in self.instance.texts.all() if self.instance.pk else []:
            subject, body = text_field_names(text.language)
            self.initial.update({subject: text.subject, body: text.body})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code, _language in settings.LANGUAGES:
            self._check(*text_field_names(code))
        if "_preview" in self.data:
            raise ValidationError(_("This is a preview. Nothing has been saved yet."))
        return cleaned

    def texts(self) -> dict[str, Wording]:
        """What was typed, by language, faulty or not; empty where nothing was."""
        named = {code: text_field_names(code) for code, _language in settings.LANGUAGES}
        return {code: Wording(subject=self._typed(s), body=self._typed(b)) for code, (s, b) in named.items()}

    def _typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name, self.data.get(name, ""))).strip()

    def _check(self, subject: str, body: str) -> None:
        kind = get_kind(self.instance.kind)
        values = self.cleaned_data.get(subject, ""), self.cleaned_data.get(body, "")
        if any(values) and not all(values) and subject not in self.errors and body not in self.errors:
            self.add_error(body if values[0] else subject, _("Write both subject and text, or leave both empty."))
            return
        for name, value in zip((subject, body), values, strict=True):
            unknown = unknown_placeholders([value], kind.placeholders)
            if unknown:
                self.add_error(name, unknown_words(unknown))
        missing = sorted(kind.required - placeholders_in(values[1])) if values[1] else []
        if missing:
            text = _("This text must contain %(names)s; without it the message is of no use to its reader.")
            self.add_error(body, text % {"names": in_braces(missing)})


class AdHocForm(forms.ModelForm):
    """A message to many: whom, the text in both languages, and the files of the event that go with it."""

    class Meta:
        model = AdHocMessage
        fields = ["scope", "audience", "subject_en", "body_en", "subject_zh", "body_zh", "attachments", "keep_window"]
        widgets = {"scope": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_of(self)
        if "audience" not in self.fields:  # who only looks at a message has no fields
            return
        self.fields["audience"] = registered_choice(self.fields["audience"].label, audiences(scope))
        files = StoredFile.objects.filter(pk__in=[file.pk for file in scope_files(scope)])
        self.fields["attachments"] = forms.ModelMultipleChoiceField(
            files, label=gettext_lazy("files"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
        )

    def clean_scope(self) -> str:
        return checked_scope(self.cleaned_data["scope"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("subject_zh")) != bool(cleaned.get("body_zh")):
            empty = "body_zh" if cleaned.get("subject_zh") else "subject_zh"
            self.add_error(empty, _("Write both subject and text, or leave both empty."))
        if "audience" in cleaned:
            allowed = allowed_placeholders(cleaned["audience"])
            for name in ("subject_en", "body_en", "subject_zh", "body_zh"):
                unknown = unknown_placeholders([cleaned.get(name, "")], allowed)
                if unknown:
                    self.add_error(name, unknown_words(unknown))
        return cleaned


def registered_choice(label: Any, found: Sequence[Audience]) -> forms.ChoiceField:
    """A choice among what the wings registered, under their titles."""
    pairs = [("", "---------"), *((one.code, one.title) for one in found)]
    return forms.ChoiceField(label=label, choices=pairs, widget=UnfoldAdminSelectWidget)


def scope_of(form: forms.ModelForm) -> str:
    """The scope the form is about: of its row, of what was sent, or of the address it was opened with."""
    return str(form.instance.scope or form.data.get("scope") or form.initial.get("scope") or "")


def checked_scope(scope: str) -> str:
    """``scope``; ``ValidationError`` when it belongs to nothing."""
    if not scope_exists(scope):
        raise ValidationError(OPEN_FROM_EVENT)
    return scope


def unknown_words(names: list[str]) -> str:
    """The message for placeholders that a text may not use."""
    return _("Not known here: %(names)s. Use the placeholders listed on this page, spelt the same.") % {
        "names": in_braces(names)
    }


def in_braces(names: list[str]) -> str:
    """Placeholders as they are written in a text: {name}, {event}."""
    return ", ".join(f"{{{name}}}" for name in names)
