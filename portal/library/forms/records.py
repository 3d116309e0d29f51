"""Forms of the library's administration: addresses made from names, and files per language."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from portal.core.files import UploadField
from portal.library.languages import LANGUAGES
from portal.library.models import DocumentFile

LONGEST = 70  # of a made address, so that a number fits behind it


class SluggedForm(forms.ModelForm):
    """A record with an address of its own, made from its English name when none is typed."""

    slug_field: ClassVar[str] = "slug"
    slug_help: ClassVar[Any] = _(
        "Small letters, digits and hyphens; made from the English name when empty. "
        "Links to a former address keep working."
    )
    name_fields: ClassVar[tuple[str, ...]] = ("name_en", "title_en", "what_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get(self.slug_field)
        if field is not None:
            field.required = False
            field.help_text = self.slug_help

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_empty = self.slug_field in self.fields and self.slug_field not in self.errors
        if is_empty and not data.get(self.slug_field):
            data[self.slug_field] = self._free_slug(data)
        return data

    def _free_slug(self, data: dict[str, Any]) -> str:
        """The name in ASCII; a number behind it when another record has that address."""
        model = self._meta.model
        made = (slugify(data.get(name) or "")[:LONGEST].strip("-") for name in self.name_fields)
        base = next(filter(None, made), str(model._meta.model_name))
        others = model._default_manager.exclude(pk=self.instance.pk).filter(**{f"{self.slug_field}__startswith": base})
        taken = set(others.values_list(self.slug_field, flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return base if base not in taken else next(slug for slug in numbered if slug not in taken)


class CodedForm(SluggedForm):
    """The same for records that are named by a code and have no page."""

    slug_field = "code"
    slug_help = _("Small letters, digits and hyphens; made from the English name when empty.")


class DocumentFileForm(forms.ModelForm):
    """A document in one language. A new file replaces the one that is there."""

    upload = UploadField(kinds=("document",), label=_("File"), required=False, widget=UnfoldAdminFileFieldWidget)

    class Meta:
        model = DocumentFile
        fields = ["language", "title"]
        widgets = {"title": UnfoldAdminTextInputWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:  # none is chosen to begin with, so that a row left as it is counts as empty
            cast(forms.ChoiceField, self.fields["language"]).choices = [("", "–"), *LANGUAGES]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk and "upload" not in self.errors and not data.get("upload"):
            self.add_error("upload", _("Choose the file."))
        return data


class DocumentFileFormSet(forms.BaseInlineFormSet):
    """The files of a document: one for each language."""

    def clean(self) -> None:
        """A second file in one language is refused beside its field."""
        if not self._refuse_twins():
            super().clean()

    def _refuse_twins(self) -> bool:
        seen: set[str] = set()
        found = False
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            language = "" if data.get("DELETE") else data.get("language", "")
            if language and language in seen:
                found = True
                form.add_error("language", _("There is a file in this language already: choose another language."))
            seen.add(language)
        return found
