"""Where a reader says what is wrong with a public record."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from portal.core.limits import take_turn
from portal.library.forms.report import ReportForm
from portal.library.models import CatalogueItem
from portal.library.services.reporting import report_error
from portal.library.views.rows import rows_of, with_all

HOUR = timedelta(hours=1)
PER_ADDRESS_OF_NETWORK = 10  # an office shares one; a flood comes from one too


@never_cache
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what is wrong and keep it; everything typed stays until it is kept."""
    item = get_object_or_404(with_all(CatalogueItem.objects.public()), public_id=public_id)
    is_post = request.method == "POST"
    form = ReportForm(request.POST if is_post else None)
    if not is_post or not form.is_valid():
        return _page(request, item, form, status=422 if is_post else 200)
    network = get_adapter(request).get_client_ip(request)
    if not take_turn(f"library.report:network:{network}", PER_ADDRESS_OF_NETWORK, HOUR):
        return _page(request, item, form, too_many=True, status=429)
    kept = None
    if not form.is_filled_by_a_program:
        kept = report_error(item, language=get_language() or "en", **_words(form))
    context = {"row": rows_of([item])[0], "report": kept}
    return render(request, "library/report_sent.html", context)


def _words(form: ReportForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("message", "email")}


def _page(
    request: HttpRequest, item: CatalogueItem, form: ReportForm, *, status: int, too_many: bool = False
) -> HttpResponse:
    context = {"row": rows_of([item])[0], "form": form, "too_many": too_many}
    return render(request, "library/report.html", context, status=status)
