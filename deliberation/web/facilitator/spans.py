"""A start and an end, typed as clocks of a zone show them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.web.forms import KindForm

LOCAL = {"type": "datetime-local"}
YEARS = range(2000, 2201)  # every zone's clocks can tell them


class SpanForm(KindForm):
    """A start and an end, as clocks of `zone` show them."""

    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=[(z, z) for z in sorted(available_timezones())]
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Answers are taken from"), widget=forms.DateTimeInput(attrs=LOCAL)
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("until"), widget=forms.DateTimeInput(attrs=LOCAL)
    )

    def clean_starts_at(self) -> datetime:
        return within_years(self.cleaned_data["starts_at"])

    def clean_ends_at(self) -> datetime:
        return within_years(self.cleaned_data["ends_at"])

    def span(self) -> tuple[datetime, datetime]:
        """Both moments in UTC. What was typed is read as local time of the zone chosen."""
        zone = ZoneInfo(self.cleaned_data["zone"])
        typed = (self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])
        start, end = (t.replace(tzinfo=zone).astimezone(UTC) for t in typed)
        return start, end


def within_years(typed: datetime) -> datetime:
    """What was typed, if it lies in YEARS."""
    if typed.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise forms.ValidationError(
            _("Choose a year from %(first)s to %(last)s.") % years, code="year"
        )
    return typed
