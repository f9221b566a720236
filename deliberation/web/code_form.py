"""The field a code is typed into: of an invitation, or of the receipt that leads back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies import codes
from deliberation.web.forms import KindForm


class CodeForm(KindForm):
    """A code in any spelling: capitals or not, spaces or hyphens, or the whole link it came in."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=300,
        help_text=_(
            "Sixteen letters and digits, such as 7Q2M-0XKD-R4TB-9HCE. Capitals do not matter."
        ),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        return codes.normal(typed.rstrip("/ ").rpartition("/")[2] if "://" in typed else typed)
