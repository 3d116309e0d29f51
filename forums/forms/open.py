"""Registration of somebody who was not invited, where the event allows it."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forums.forms.step import ADDRESS, ASK, attributes
from forums.models import Category


class OpenForm(forms.Form):
    """Name and address; the rest is asked behind the link that is sent there."""

    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("As it should be printed."),
        max_length=200,
        widget=forms.TextInput(attributes(autocomplete="name")),
        error_messages={"required": ASK["full_name"]},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send your personal link there."),
        widget=forms.EmailInput(attributes(autocomplete="email", inputmode="email")),
        error_messages={"required": ASK["email"], "invalid": ADDRESS},
    )
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("You take part as"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one.")},
    )
    language = forms.ChoiceField(label=_("Language of our mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    # People never see it; programs that fill in everything give themselves away.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, categories: list[Category], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Category]", self.fields["category"])
        field.queryset = Category.objects.filter(pk__in=[category.pk for category in categories])
        if len(categories) == 1:
            field.initial, field.widget = categories[0].pk, forms.HiddenInput()
        self.fields["language"].initial = language

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool(self.data.get("website"))
