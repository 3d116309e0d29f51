"""When this event's reminders go out: its rules, with the moment each of them means now."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import modelformset_factory
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanWidget

from forums.admin.pages import admin_page, event_page
from forums.models import Event
from portal.core.audit import log
from portal.core.times import format_instant
from portal.mail.models import ReminderRule
from portal.mail.registry import anchors, audiences, get_anchor, kinds

HOURS, DAYS = 1, 24
BEFORE, AFTER = -1, 1
UNITS = ((DAYS, gettext_lazy("days")), (HOURS, gettext_lazy("hours")))
SIDES = ((BEFORE, gettext_lazy("before")), (AFTER, gettext_lazy("after")))


class RuleForm(forms.ModelForm):
    """One rule, with its distance as people say it: two days before."""

    audience = forms.ChoiceField(label=pgettext_lazy("audience", "Who"), widget=UnfoldAdminSelectWidget)
    number = forms.IntegerField(
        label=gettext_lazy("How long"), min_value=0, max_value=9_999, widget=UnfoldAdminIntegerFieldWidget
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Unit"), choices=UNITS, coerce=int, initial=DAYS, widget=UnfoldAdminSelectWidget
    )
    side = forms.TypedChoiceField(
        label=gettext_lazy("Before or after"), choices=SIDES, coerce=int, initial=BEFORE, widget=UnfoldAdminSelectWidget
    )
    anchor = forms.ChoiceField(label=gettext_lazy("Moment"), widget=UnfoldAdminSelectWidget)
    kind = forms.ChoiceField(label=gettext_lazy("Message"), widget=UnfoldAdminSelectWidget)

    field_order = ("audience", "number", "unit", "side", "anchor", "kind", "is_active")

    class Meta:
        model = ReminderRule
        fields = ["audience", "anchor", "kind", "is_active"]
        widgets = {"is_active": UnfoldBooleanWidget}

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.scope = scope
        for name, offered in (
            ("audience", [(one.code, one.title) for one in audiences(scope)]),
            ("anchor", [(one.code, one.title) for one in anchors(scope)]),
            ("kind", [(one.code, one.title) for one in kinds() if ".reminder" in one.code]),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = offered
            # What a new row offers is its initial value, so that a row left as it is counts as empty.
            self.initial[name] = self.initial.get(name) or offered[0][0]
        hours = self.instance.offset_hours
        if hours is not None:
            unit = HOURS if hours % DAYS else DAYS
            self.initial.update({"number": abs(hours) // unit, "unit": unit, "side": AFTER if hours > 0 else BEFORE})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if {"number", "unit", "side"} <= data.keys():
            self.instance.offset_hours = data["number"] * data["unit"] * data["side"]
        return data

    @property
    def goes_out(self) -> Any:
        """The instant the stored rule means now; None while its moment is not known."""
        if not self.instance.pk:
            return None
        moment = get_anchor(self.instance.anchor).instant(self.instance.scope)
        return moment and moment + timedelta(hours=self.instance.offset_hours)


@event_page("mail.view_reminderrule")
def reminders(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """All rules of the event at once."""
    may_change = request.user.has_perm("mail.change_reminderrule")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    make = modelformset_factory(ReminderRule, form=RuleForm, extra=1 if may_change else 0, can_delete=True)
    formset: Any = make(
        request.POST or None,
        queryset=ReminderRule.objects.filter(scope=event.scope),
        form_kwargs={"scope": event.scope},
    )
    if request.method == "POST" and formset.is_valid():
        formset.save()
        if any(form.has_changed() for form in formset.forms):
            log(event, "reminders", by=request.user)
        messages.success(request, _("The reminders are saved."))
        return HttpResponseRedirect(request.path)
    moments = [format_instant(at, event.time_zone) if (at := form.goes_out) else "" for form in formset.forms]
    return admin_page(
        request,
        model_admin,
        "reminders.html",
        _("Reminders: %(event)s") % {"event": event},
        event=event,
        formset=formset,
        rows=list(zip(formset.forms, moments, strict=True)),
        may_change=may_change,
    )


URLS = (("<int:pk>/reminders/", "forums_event_reminders", reminders),)
