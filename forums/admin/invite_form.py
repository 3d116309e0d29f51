"""Whom to invite: filters over the directory, or a list that was uploaded, less those left out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from forums.models import Category, Event
from forums.services.invitable import why_not_invite_many
from portal.core.models import Job
from portal.core.models.jobs import RowState
from portal.core.times import office_day
from portal.directory.enums import OrganisationKind, Party
from portal.directory.models import Contact, Country, FocalPoint, Tag

FILTERS = ("party", "country", "kind", "tag", "focal", "q", "job")
TAKEN_OVER = (RowState.CREATED, RowState.UPDATED, RowState.UNCHANGED)
LIMIT = 5_000


class OptionsForm(forms.Form):
    """As what people are invited, and how."""

    category: Any = forms.ModelChoiceField(
        label=gettext_lazy("Invite as"),
        queryset=Category.objects.none(),
        widget=UnfoldAdminSelectWidget,
        empty_label=None,
    )
    is_locked = forms.BooleanField(
        label=gettext_lazy("Only for the invited person: the link cannot be handed on to an assistant"), required=False
    )
    keep_window = forms.BooleanField(
        label=gettext_lazy("Send only in working hours of the recipient’s place"), required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = event.categories.all()


class ChooseForm(OptionsForm):
    """Which contacts. Within one filter any answer will do; of several filters all must fit."""

    party = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"), choices=Party, required=False, widget=forms.CheckboxSelectMultiple
    )
    country: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Countries"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=OrganisationKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tag = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tags"), queryset=Tag.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    focal = forms.BooleanField(label=gettext_lazy("Only focal points in office today"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Name, organisation or e-mail address"), required=False, widget=UnfoldAdminTextInputWidget
    )
    job = forms.CharField(required=False, widget=forms.HiddenInput)
    exclude = forms.TypedMultipleChoiceField(required=False, coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cast(forms.ModelChoiceField, self.fields["country"]).queryset = Country.objects.parties().in_order()
        excluded = (
            [pk for pk in cast(QueryDict, self.data).getlist("exclude") if pk.isdecimal()] if self.is_bound else []
        )
        cast(forms.ChoiceField, self.fields["exclude"]).choices = [(pk, pk) for pk in excluded]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in FILTERS) and not self.errors:
            raise forms.ValidationError(_("Choose at least one filter, so that nobody is invited by mistake."))
        return data

    def contacts(self) -> QuerySet[Contact]:
        """Those who fit, in protocol order of their countries."""
        data, found = self.cleaned_data, Contact.objects.filter(is_active=True)
        if data["job"]:
            found = found.filter(pk__in=_of_job(data["job"], self.user))
        if data["party"] or data["country"]:
            found = found.filter(Q(country__party__in=data["party"]) | Q(country__in=data["country"]))
        if data["kind"]:
            found = found.filter(organisation__kind__in=data["kind"])
        if data["tag"]:
            found = found.filter(pk__in=Contact.tags.through.objects.filter(tag__in=data["tag"]).values("contact"))
        if data["focal"]:
            found = found.filter(pk__in=_focal_points(office_day(timezone.now())))
        if data["q"]:
            found = found.search(data["q"])
        order = (F("country__order_members_then_china").asc(nulls_last=True), "country__name_en", "full_name", "pk")
        return found.select_related("country", "organisation").order_by(*order)


def _of_job(public_id: str, user: Any) -> list[int]:
    """The people whom an import brought or found."""
    job = Job.objects.visible_to(user).filter(public_id=public_id).first()
    rows = job.rows.filter(state__in=TAKEN_OVER).values_list("data__contact_id", flat=True) if job else []
    return [pk for pk in rows if pk]


def _focal_points(day: date) -> QuerySet[Any]:
    return FocalPoint.objects.valid_on(day).values("contact")


@dataclass(frozen=True)
class Invitee:
    """One person of the preview: ``reason`` says why not, ``by_call`` that an officer has to telephone."""

    contact: Contact
    reason: str

    @property
    def by_call(self) -> bool:
        return self.contact.no_automatic_mail or not self.contact.email


def preview_people(event: Event, contacts: Iterable[Contact], excluded: Iterable[int]) -> list[Invitee]:
    """Everybody who was chosen, with the reason why not. Two queries however many they are."""
    people, left_out = list(contacts), set(excluded)
    reasons = why_not_invite_many(event, people)
    found = [
        Invitee(contact, _("Left out by you.") if contact.pk in left_out else reasons[contact.pk]) for contact in people
    ]
    return sorted(found, key=lambda one: bool(one.reason))  # who will be invited first; both in protocol order


def fingerprint(people: Iterable[Invitee]) -> str:
    """Tells whether the list that is confirmed is the list that was seen."""
    pks = ",".join(str(one.contact.pk) for one in people)
    return hashlib.sha256(pks.encode()).hexdigest()
