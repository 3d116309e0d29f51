"""The template of selects is ours for speed; what it prints is Django's."""

from django.forms import Select
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.test.html import parse_html

CHOICES = [
    ("", "Please choose"),
    ("Members & China", [(1, "Lao PDR"), (2, "Côte <d'Ivoire>")]),
    ("Others", [(3, "Tonga")]),
]


def test_a_select_is_printed_as_django_prints_it() -> None:
    widget = Select({"id": "country", "required": True}, choices=CHOICES)
    widget.choices = [*CHOICES, (1234, "A number of four digits")]
    for chosen in (None, 2, "1234"):
        ours, djangos = (
            parse_html(widget.render("country", chosen, renderer=renderer()))
            for renderer in (TemplatesSetting, DjangoTemplates)
        )
        assert ours == djangos


def test_the_chosen_option_of_a_select_is_marked() -> None:
    html = Select(choices=CHOICES).render("country", 2, renderer=TemplatesSetting())
    assert '<option value="2" selected>' in html
    assert html.count("selected") == 1
