"""The style guide: every part of a page with its name, for whoever builds pages. Staff only; no content."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from forums.enums import EventStatus
from forums.models import Event
from portal.library.models import ProgrammeStrand, StatedFigure

COLOURS = (
    ("paper", "card", "sand", "line", "edge", "ink", "ink-2"),
    ("sea", "sea-2", "mangrove", "mangrove-2", "seal", "seal-2", "glow"),
    ("deep", "deep-line", "deep-ink", "deep-ink-2"),
)
# The first article of the Universal Declaration of Human Rights, as the United Nations print it in each language.
SCRIPTS = (
    ("en", "English", "All human beings are born free and equal in dignity and rights."),
    ("zh-Hans", "中文", "人人生而自由，在尊严和权利上一律平等。"),
    ("th", "ไทย", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"),
    ("km", "ខ្មែរ", "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរ និងសិទ្ធិ។"),
    ("lo", "ລາວ", "ມະນຸດເກີດມາມີສິດເສລີພາບ ແລະ ສະເໝີໜ້າກັນໃນທາງກຽດຕິສັກ ແລະ ທາງສິດດ້ວຍມະໂນທຳ"),
    ("my", "မြန်မာ", "လူတိုင်းသည် တူညီလွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း မွေးဖွားလာသူများ ဖြစ်သည်။"),
    ("vi", "Tiếng Việt", "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền."),
    ("id", "Bahasa Indonesia", "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama."),
    ("pt", "Português", "Todos os seres humanos nascem livres e iguais em dignidade e em direitos."),
)
TAGS = (
    ("", _("Registration open")),
    ("soon", _("Announced")),
    ("wait", _("Postponed")),
    ("bad", _("Cancelled")),
    ("past", _("Held")),
    ("demo", _("Demonstration")),
)


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Full name"), help_text=_("As it should be printed."))
    reason = forms.CharField(label=_("Message"), widget=forms.Textarea({"rows": 3}), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=[("", "—"), ("LA", "Lao PDR"), ("TL", "Timor-Leste")])
    mode = forms.ChoiceField(
        label=_("Takes part"), widget=forms.RadioSelect, choices=[("a", _("in person")), ("b", _("online"))]
    )
    privacy = forms.BooleanField(label=_("I have read the privacy notice"))


@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part with its name; who is no staff is told that the page does not exist."""
    user = request.user
    if not (user.is_active and user.is_staff):
        raise Http404
    return render(request, "pages/styleguide.html", _samples())


def _samples() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "scripts": SCRIPTS,
        "sizes": ("s4", "s3", "s2", "s1", "s0", "s-0", "s-1"),
        "spaces": ("1", "2", "3", "4", "5", "6", "7"),
        "tags": TAGS,
        "form": SampleForm({"name": "", "mode": "a", "country": "LA"}, auto_id="sample_%s"),
        "page": Paginator(range(200), 10).page(7),
        "facts": (("Place", "Nanning, Guangxi"), ("Languages", "English · 中文")),
        "steps": (
            {"title": "You", "url": "#", "is_done": True},
            {"title": "Work", "url": "#", "is_current": True},
            {"title": "Consent"},
        ),
        "events": _events(),
        "chart": (("2023", 9, 45), ("2024", 14, 70), ("2025", 20, 100)),
        "now": timezone.now(),
        "strands": [
            ProgrammeStrand(slug="example", name_en="Partnership for clean coasts", name_zh_hans="洁净海岸伙伴关系")
        ],
        "figure": StatedFigure(
            what_en="people trained",
            what_zh_hans="培训人数",
            qualifier_en="more than",
            qualifier_zh_hans="超过",
            value=1000,
            as_of="2021",
            source="https://www.example.org/report",
        ),
        "result": _result(),
        "related": [_result()],
        "facets": {"facets": [_facet()]},
        "is_preview": True,
    }


def _events() -> list[Event]:
    """Rows of a list; never saved."""
    today = timezone.now().date()
    day, month = today + timedelta(days=40), date(today.year + 1, 3, 1)
    texts = {"title_zh_hans": "红树林保护研讨会", "place_en": "Nanning, Guangxi", "place_zh_hans": "广西南宁"}
    deadline = timezone.now() + timedelta(days=20)
    return [
        Event(
            slug="sample",
            title_en="Workshop on mangrove protection",
            status=EventStatus.ANNOUNCED,
            start_day=day,
            end_day=day + timedelta(days=1),
            registration_deadline=deadline,
            **texts,
        ),
        Event(
            slug="sample",
            title_en="Dialogue on marine plastic",
            status=EventStatus.POSTPONED,
            start_day=month,
            date_precision="month",
            is_demo=True,
            **texts,
        ),
        Event(slug="sample", title_en="Forum", status=EventStatus.CANCELLED, start_day=day, **texts),
    ]


def _result() -> dict[str, Any]:
    """What ``result_row.html`` reads of a row."""
    return {
        "item": {"day": date(2025, 10, 21), "day_precision": "day", "is_demo": False},
        "kind": _("Document"),
        "url": "#",
        "title": "Chair’s summary of the forum",
        "summary": "What was agreed, and who does what until the next meeting.",
        "date": "21 October 2025",
        "day_and_month": "21 October",
        "languages": [{"code": "en", "name": "English"}, {"code": "zh-hans", "name": "简体中文"}],
        "countries": [{"name": "Lao PDR"}],
    }


def _facet() -> dict[str, Any]:
    """What ``facets.html`` reads of a facet: one chosen option, one with a topic beneath."""
    topic = {"label": "Plastic", "number": 3, "url": "#parts"}
    options = [
        {"label": "Biodiversity", "number": 12, "url": "#parts", "is_chosen": True},
        {"label": "Marine environment", "number": 5, "url": "#parts", "options": [topic]},
    ]
    return {"name": "sample", "title": _("Theme"), "has_options": True, "groups": [{"options": options}]}
