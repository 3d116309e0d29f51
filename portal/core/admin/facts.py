"""The queue of facts to confirm: the list, a page for each, and many at once."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from unfold.decorators import display

from portal.core.admin.base import run_each
from portal.core.admin.bulk import reason_of
from portal.core.admin.columns import RecordKindFilter, kind_name, subject_link
from portal.core.admin.fact_form import CONFIRM, CORRECT, DecideForm, EvidenceForm, related_field, shown_value
from portal.core.admin.pages import admin_page, ask
from portal.core.admin.readonly import ReadOnlyAdmin
from portal.core.enums import FactStatus, Grade
from portal.core.facts import DECIDE, confirm_fact, correct_fact, present_value, reject_fact
from portal.core.models import Fact
from portal.core.workflow import Conflict, TransitionRefused

OPEN_FIRST = Case(When(status=FactStatus.OPEN, then=Value(0)), default=Value(1))
WORST_FIRST = Case(When(grade=Grade.RECALLED, then=Value(0)), When(grade=Grade.PRESS, then=Value(1)), default=Value(2))
QUEUE = ("rank", "content_type_id", "object_id", "pk")
NAMED = 200  # how many of those chosen the page names
CHARACTERS = 80
DONE = {
    FactStatus.CONFIRMED: gettext_lazy("Confirmed: %(fact)s."),
    FactStatus.CORRECTED: gettext_lazy("Corrected: %(fact)s."),
    FactStatus.REJECTED: gettext_lazy("Rejected: %(fact)s."),
}


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    """What is open comes first, and of that what was only recalled."""

    list_display = ["what", "record", "kind", "stated", "grade_tag", "state_tag"]
    list_filter = ["status", "grade", RecordKindFilter]
    list_select_related = ["content_type"]
    search_fields = ["field", "source", "evidence"]
    fields = ["field", "value", "grade", "source", "status", "evidence", "decided_by", "decided_at"]
    history_actions: ClassVar[dict[str, Any]] = {
        "confirm": gettext_lazy("confirmed"),
        "correct": gettext_lazy("corrected"),
        "reject": gettext_lazy("rejected"),
    }

    class Media:
        css = {"all": ["admin/forums.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return super().get_queryset(request).prefetch_related("subject")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [OPEN_FIRST, WORST_FIRST, "content_type_id", "object_id", "pk"]

    def get_actions(self, request: HttpRequest) -> Any:
        if not request.user.has_perm(DECIDE):
            return {}
        return {"confirm_many": (_confirm_many, "confirm_many", _("Confirm with one evidence"))}

    # --- columns ---

    @display(description=gettext_lazy("field"))
    def what(self, fact: Fact) -> str:
        return field_name(fact)

    @display(description=gettext_lazy("record"))
    def record(self, fact: Fact) -> str:
        return subject_link(fact.subject)

    @display(description=gettext_lazy("kind"))
    def kind(self, fact: Fact) -> str:
        return kind_name(fact.content_type)

    @display(description=gettext_lazy("stated value"))
    def stated(self, fact: Fact) -> str:
        return Truncator(_in_words(fact, fact.value)).chars(CHARACTERS)

    @display(
        description=gettext_lazy("grade"),
        ordering="grade",
        label={Grade.RECALLED: "danger", Grade.PRESS: "warning", Grade.OFFICIAL: "success"},
    )
    def grade_tag(self, fact: Fact) -> tuple[str, str]:
        return fact.grade, fact.get_grade_display()

    @display(
        description=gettext_lazy("state"),
        ordering="status",
        label={FactStatus.OPEN: "warning", FactStatus.REJECTED: "danger", FactStatus.CONFIRMED: "success"},
    )
    def state_tag(self, fact: Fact) -> tuple[str, str]:
        return fact.status, fact.get_status_display()

    # --- one fact ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponseBase:
        """The fact beside its record; a decision leads on to the next open one."""
        fact: Any = self.get_object(request, unquote(object_id))
        if fact is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_decide = request.user.has_perm(DECIDE)
        if not (self.has_view_permission(request, fact) and (may_decide or request.method != "POST")):
            raise PermissionDenied
        form = self._form(request, fact) if may_decide and fact.status == FactStatus.OPEN else None
        if request.method == "POST" and (form is None or form.is_valid()) and _decide(request, fact, form):
            following = next_open(fact) or fact
            return HttpResponseRedirect(fact_url(following))
        return admin_page(
            request,
            self,
            "admin/facts/fact.html",
            _("%(field)s of %(record)s") % {"field": field_name(fact), "record": fact.subject},
            fact=fact,
            rows=self._rows(fact),
            form=form,
            media=form.media if form else "",
            left=Fact.objects.open().count(),
            following=next_open(fact),
            back_url=reverse("admin:core_fact_changelist"),
        )

    def _form(self, request: HttpRequest, fact: Fact) -> DecideForm:
        column = column_of(fact)
        field = None
        if column is not None and fact.subject is not None:
            field = related_field(column) or self.formfield_for_dbfield(column, request)
        return DecideForm(request.POST if request.method == "POST" else None, fact=fact, value=field)

    def _rows(self, fact: Fact) -> list[tuple[Any, Any]]:
        record, column = fact.subject, column_of(fact)
        present = _in_words(fact, present_value(record, fact.field)) if record is not None and column else ""
        rows = [
            (_("Record"), subject_link(record)),
            (_("Kind"), kind_name(fact.content_type)),
            (_("Field"), field_name(fact)),
            (_("Stands in the record now"), present),
            (_("Stated value"), _in_words(fact, fact.value)),
            (_("Grade of the source"), fact.get_grade_display()),
            (_("Source"), fact.source),
            (_("State"), fact.get_status_display()),
        ]
        if fact.status != FactStatus.OPEN:
            rows += [
                (_("Confirmed value"), _in_words(fact, fact.confirmed_value)),
                (_("Evidence"), fact.evidence),
                (_("Decided by"), str(fact.decided_by or "")),
                (_("Decided"), self._instant(fact)),
            ]
        return rows

    def _instant(self, fact: Fact) -> str:
        column: Any = self._column("decided_at")
        return column(fact) or ""


def column_of(fact: Fact) -> models.Field | None:
    """The field that the fact is about; None when records of its kind no longer have it."""
    model = fact.content_type.model_class()
    try:
        return model._meta.get_field(fact.field) if model else None  # type: ignore[return-value]  # facts name columns
    except FieldDoesNotExist:
        return None


def field_name(fact: Fact) -> str:
    """The field in words, with its language."""
    return capfirst(str(getattr(column_of(fact), "verbose_name", fact.field)))


def fact_url(fact: Fact) -> str:
    """The page on which ``fact`` is decided."""
    return reverse("admin:core_fact_change", args=[fact.pk])


def next_open(fact: Fact) -> Fact | None:
    """The open fact after this one: of the same record first, then down the queue, then from its beginning."""
    waiting = Fact.objects.open().exclude(pk=fact.pk).annotate(rank=WORST_FIRST)
    same = waiting.filter(content_type=fact.content_type_id, object_id=fact.object_id)
    here = Fact.objects.annotate(rank=WORST_FIRST).values_list(*QUEUE).get(pk=fact.pk)
    after = Q()
    for position in range(len(QUEUE)):
        level = {name: here[number] for number, name in enumerate(QUEUE[:position])}
        after |= Q(**level, **{f"{QUEUE[position]}__gt": here[position]})
    return (
        same.filter(pk__gt=fact.pk).order_by("pk").first()
        or waiting.filter(after).order_by(*QUEUE).first()
        or waiting.order_by(*QUEUE).first()
    )


def _in_words(fact: Fact, value: Any) -> str:
    column = column_of(fact)
    return shown_value(column, value) if column is not None else str(value)


def _decide(request: HttpRequest, fact: Fact, form: DecideForm | None) -> bool:
    """Take the decision; False when it was refused, with the reason beside the field it is about."""
    if form is None:
        messages.error(request, reason_of(TransitionRefused()))
        return True
    evidence = form.cleaned_data["evidence"]
    try:
        if form.decision == CONFIRM:
            confirm_fact(fact, evidence=evidence, by=request.user)
        elif form.decision == CORRECT:
            correct_fact(fact, form.cleaned_data.get("value"), evidence=evidence, by=request.user)
        else:
            reject_fact(fact, evidence=evidence, by=request.user)
    except ValidationError as error:
        form.add_error("value" if form.decision == CORRECT and "value" in form.fields else None, error.messages)
        return False
    except (TransitionRefused, Conflict) as error:
        messages.error(request, reason_of(error))
        return False
    messages.success(request, DONE[FactStatus(fact.status)] % {"fact": field_name(fact)})
    return True


def _confirm_many(model_admin: FactAdmin, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponseBase | None:
    """One evidence for all that were chosen, after a look at them; those decided already are named with the reason."""
    facts = list(queryset.order_by(WORST_FIRST, "content_type_id", "object_id", "pk"))
    confirmed = "confirmed" in request.POST
    form = EvidenceForm(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        do = partial(confirm_fact, by=request.user, **form.cleaned_data)
        done = ngettext_lazy("%(count)d fact confirmed.", "%(count)d facts confirmed.", "count")
        run_each(request, facts, do, done=done)
        return None
    hidden = [("action", "confirm_many"), ("select_across", request.POST.get("select_across", "0")), ("index", "0")]
    hidden += [(ACTION_CHECKBOX_NAME, pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)]
    return ask(
        request,
        model_admin,
        _("Confirm these facts?"),
        lines=[_("Each value is written into its record with your name and this evidence.")],
        things=[(_line(fact), [fact.get_grade_display()]) for fact in facts[:NAMED]],
        count=len(facts),
        hidden=hidden,
        form=form,
        button=_("Confirm"),
        back_url=request.get_full_path(),
    )


def _line(fact: Fact) -> str:
    return f"{fact.subject} – {field_name(fact)}: {_in_words(fact, fact.value)}"
