"""Programme strands with their names and deeds, milestones, stated figures."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.core.admin.base import PortalTabularInline, TranslatedStackedInline
from portal.core.times import format_days
from portal.library.admin.publishing import ORIGIN, PublishableAdmin
from portal.library.forms.records import CodedForm, SluggedForm
from portal.library.models import Milestone, ProgrammeStrand, StatedFigure, StrandActivity, StrandName


class StrandNameInline(PortalTabularInline):
    model = StrandName


class StrandActivityInline(TranslatedStackedInline):
    model = StrandActivity
    fields = ["title", "place", ("day", "day_precision"), "source"]


@admin.register(ProgrammeStrand)
class ProgrammeStrandAdmin(PublishableAdmin):
    """Partnerships, platforms, initiatives …"""

    form = SluggedForm
    list_display = ["name", "kind", "launched", "parent", "tag"]
    list_filter = ["status", "kind"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_zh_hans", "abbreviation", "slug", "names__name"]
    autocomplete_fields = ["parent", "predecessors", "mandates", "themes"]
    prepopulated_fields = {"slug": ["name_en"]}
    formfield_overrides = PublishableAdmin.formfield_overrides | {models.URLField: {"assume_scheme": "https"}}
    inlines = [StrandNameInline, StrandActivityInline]
    fieldsets = [
        (None, {"fields": ["name", "abbreviation", "summary", "standing"]}),
        (
            _("What and when"),
            {
                "fields": [
                    "kind", ("day", "day_precision"), "is_proposal", "website", "parent", "predecessors", "mandates",
                    "themes", "order", "slug",
                ]
            },
        ),
        (_("Source"), {"fields": [*ORIGIN]}),
    ]  # fmt: skip

    @display(description=_("launched or proposed"), ordering="day")
    def launched(self, strand: ProgrammeStrand) -> str:
        return format_days(strand.day, None, strand.day_precision)


class CodedAdmin(PublishableAdmin):
    """Records that stand on the pages of others and are named by a code."""

    form = CodedForm


@admin.register(Milestone)
class MilestoneAdmin(CodedAdmin):
    """Dates of the programme's story."""

    list_display = ["title", "days", "tag"]
    search_fields = ["title_en", "title_zh_hans", "code"]
    prepopulated_fields = {"code": ["title_en"]}
    fields = ["title", ("day", "day_precision"), "code", *ORIGIN]

    @display(description=_("date"), ordering="day")
    def days(self, milestone: Milestone) -> str:
        return format_days(milestone.day, None, milestone.day_precision)


@admin.register(StatedFigure)
class StatedFigureAdmin(CodedAdmin):
    """Figures as their sources state them."""

    list_display = ["what", "figure", "as_of", "strand", "tag"]
    list_select_related = ["strand"]
    search_fields = ["what_en", "what_zh_hans", "code"]
    autocomplete_fields = ["strand"]
    prepopulated_fields = {"code": ["what_en"]}
    fields = ["what", "qualifier", "value", "unit", "as_of", "strand", "code", *ORIGIN]

    @display(description=_("value"), ordering="value")
    def figure(self, figure: StatedFigure) -> str:
        parts = (figure.qualifier, f"{figure.value.normalize():f}", figure.unit)
        return " ".join(part for part in parts if part)
