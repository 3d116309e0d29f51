"""The form for a list of people to invite."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget

from forums.admin.invite_form import OptionsForm
from portal.core.files import UploadField


class UploadForm(OptionsForm):
    """A spreadsheet of people, as what and how to invite them."""

    file = UploadField(
        kinds=("sheet",), label=_("List of people"), widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv"})
    )

    def options(self) -> dict[str, Any]:
        """What the next page has to know, as a query string takes it."""
        data = self.cleaned_data
        chosen = {name: "on" for name in ("is_locked", "keep_window") if data[name]}
        return {"category": data["category"].pk, **chosen}
