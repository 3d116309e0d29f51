"""The forms of an outcome's parts: a document in its languages, photos, a text in versions."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.forms.widgets import WysiwygWidget
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from forums.enums import OutcomeTextKind
from portal.core.files import UploadField
from portal.core.html import clean_html
from portal.core.models import TextVersion
from portal.library.enums import DocumentKind

AT_ONCE = 12  # photos; each is made anew while the officer waits
LANGUAGES = (("en", gettext_lazy("English")), ("zh-hans", gettext_lazy("Chinese")))


def column(language: str) -> str:
    """``zh-hans`` as names of fields write it: ``zh_hans``."""
    return language.replace("-", "_")


class DocumentForm(forms.Form):
    """A new document: its title and its file in each language, at least one."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind, widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in LANGUAGES:
            self.fields[f"title_{column(language)}"] = forms.CharField(
                label=_("Title in {language}").format(language=name),
                required=False,
                max_length=300,
                widget=UnfoldAdminTextInputWidget,
            )
            self.fields[f"file_{column(language)}"] = UploadField(
                kinds=("document",),
                label=_("File in {language}").format(language=name),
                required=False,
                widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".pdf,.docx,.pptx"}),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = [f"file_{column(language)}" for language, _name in LANGUAGES]
        if not any(data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Choose the file, in at least one language."))
        for language, _name in LANGUAGES:
            if data.get(f"file_{column(language)}") and not data.get(f"title_{column(language)}"):
                self.add_error(f"title_{column(language)}", _("Write the title in the language of the file as well."))
        return data

    def chosen(self, part: str) -> dict[str, Any]:
        """What was given of ``part`` ("title", "file"), by language."""
        found = ((language, self.cleaned_data[f"{part}_{column(language)}"]) for language, _name in LANGUAGES)
        return {language: value for language, value in found if value}


class SeveralFilesWidget(UnfoldAdminFileFieldWidget):
    """A file chooser that takes several."""

    allow_multiple_selected = True


class PicturesField(UploadField):
    """Several pictures; each is inspected, and what is wrong is said with the name of the file."""

    def __init__(self, **options: Any) -> None:
        accept = {"accept": ".jpg,.jpeg,.png,.webp,.gif,.heic,.heif", "multiple": True}
        super().__init__(kinds=("image",), widget=SeveralFilesWidget(attrs=accept), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        if len(uploads) > AT_ONCE:
            raise ValidationError(_("At most %(limit)d photos at once.") % {"limit": AT_ONCE})
        wrong: list[str] = []
        for upload in uploads:
            try:
                super().clean(upload, initial)
            except ValidationError as error:
                wrong.append(_named(upload, error, len(uploads)))
        if wrong:
            raise ValidationError(wrong)
        return list(uploads)


def _named(upload: Any, error: ValidationError, count: int) -> str:
    text = " ".join(error.messages)
    return f"{upload.name}: {text}" if upload and count > 1 else text


class PhotosForm(forms.Form):
    """Photos that come from one person or agency."""

    photos = PicturesField(label=gettext_lazy("Photos"))
    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        max_length=150,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Who took them, as it shall stand below each photo."),
    )
    consent_note = forms.CharField(
        label=gettext_lazy("Consent and licence"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Who agreed to be shown, and on what terms the photos may be used. For the office only."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].help_text = _(
            "{names}; up to {count} at once, together at most {limit} MB. Places and other hidden data are removed."
        ).format(names="JPEG, PNG, WebP, HEIC", count=AT_ONCE, limit=3 * settings.UPLOAD_MAX_BYTES // 2**20)


class KindForm(forms.Form):
    """What sort of text is begun."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OutcomeTextKind, widget=UnfoldAdminSelectWidget)


class VersionForm(forms.Form):
    """One version of a text, in every language it exists in."""

    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=20,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For example “1” or “2”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in LANGUAGES:
            self.fields[f"title_{column(language)}"] = forms.CharField(
                label=_("Title in {language}").format(language=name),
                required=False,
                max_length=200,
                widget=UnfoldAdminTextInputWidget,
            )
            self.fields[f"body_{column(language)}"] = forms.CharField(
                label=_("Text in {language}").format(language=name), required=False, widget=WysiwygWidget
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for language, _name in LANGUAGES:
            title, body = data.get(f"title_{column(language)}"), clean_html(data.get(f"body_{column(language)}") or "")
            if body and not title:
                self.add_error(f"title_{column(language)}", _("The text has no title in this language."))
            if title and not body:
                self.add_error(f"body_{column(language)}", _("There is a title in this language, and no text."))
        if not any(data.get(f"body_{column(language)}") for language, _name in LANGUAGES) and not self.errors:
            self.add_error("title_en", _("Write title and text in at least one language."))
        return data


def initial_of(versions: list[TextVersion]) -> dict[str, str]:
    """What the form of a version begins with: the draft, else the words of the last version under the next number."""
    number = str(len(versions) + 1)
    if not versions:
        return {"version": number}
    found = {name: getattr(versions[0], name) or "" for name in ("version", *_texts())}
    return found if versions[0].released_at is None else {**found, "version": number}


def _texts() -> Iterator[str]:
    for language, _name in LANGUAGES:
        yield f"title_{column(language)}"
        yield f"body_{column(language)}"


class UnpublishForm(forms.Form):
    """Whether the documents go with the outcome."""

    with_documents = forms.BooleanField(
        label=gettext_lazy("Unpublish these documents as well"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
    )
