"""Why a moderator decides: one of the reasons the assembly published, own words, or both."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from deliberation.assemblies.models import Assembly
from deliberation.moderation.queries import reasons_for
from deliberation.moderation.why import Why
from deliberation.web.forms import KindForm
from deliberation.web.seats import tongue


class WhyForm(KindForm):
    """A form that ends in a reason. `kinds`: the kinds of decision it may lead to."""

    kinds: Iterable[str] = ()
    code = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy(
            "People whose words are touched can read it. Needed where no reason of the list fits."
        ),
        max_length=600,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, assembly: Assembly, data: Any = None, **how: Any) -> None:
        super().__init__(data, **how)
        choice: Any = self.fields["code"]
        choice.choices = [("", "–"), *reasons_for(assembly, self.kinds, tongue())]
        self.order_fields([name for name in self.fields if name not in ("code", "words")])

    @property
    def why(self) -> Why:
        return Why(self.cleaned_data["words"], self.cleaned_data["code"])
