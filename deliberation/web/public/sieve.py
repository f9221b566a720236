"""What one who explores values asks for: one form, which lives in the address, for the picture, the table and the tree."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from deliberation.opinion.explored import EVERY, NONE, ORDERS, SOME, Explored, Sieve
from deliberation.web.forms import looked_for

HELD, ALL = "held", "all"
TABLE, TREE = "table", "tree"
NAMED = ("q", "context", "held", "colour", "until", "order", "show")


class SieveForm(forms.Form):
    """The fields; what is not offered counts as not said."""

    q = forms.CharField(label=_("Words in the title"), required=False)
    context = forms.ChoiceField(label=_("Where it holds"), required=False)
    held = forms.ChoiceField(label=_("Who holds it"), required=False)
    until = forms.ChoiceField(label=_("As of"), required=False)
    colour = forms.ChoiceField(label=_("Colour by"), required=False)

    def __init__(
        self,
        asked: Mapping[str, str],
        whole: Explored,
        phrases: Mapping[str, str],
        days: Sequence[tuple[date, int]],
    ) -> None:
        super().__init__(asked)
        among = [(name, _("group %(name)s") % {"name": name}) for name in whole.groups]
        self._offer("context", [("", _("anywhere")), *_places(whole, phrases)])
        ways = [(EVERY, _("every group")), (SOME, _("some groups, not all")), (NONE, _("no group"))]
        self._offer("held", [("", _("anybody")), *(ways if among else []), *among])
        self._offer("until", [("", _("today, all values")), *map(_step, reversed(days[:-1]))])
        colours = [(HELD, _("the groups that hold it")), (ALL, _("how many agree"))]
        shares = [
            (name, _("how many of group %(name)s agree") % {"name": name}) for name, _n in among
        ]
        self._offer("colour", [*(colours if among else colours[1:]), *shares])

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def said(self, name: str) -> str:
        """What was chosen in a field of choices; the first that is offered where nothing of them was."""
        field = self.fields[name]
        offered = [str(value) for value, _label in getattr(field, "choices", [])]
        chosen = str(self.data.get(name, ""))
        return chosen if chosen in offered else offered[0]


def asked(request: HttpRequest) -> dict[str, str]:
    """What the address asks for, as text."""
    return {name: found for name in NAMED if (found := looked_for(request, name))}


def sieve(form: SieveForm, said: Mapping[str, str]) -> Sieve:
    """The same as the query takes it."""
    until, order = form.said("until"), said.get("order", "")
    return Sieve(
        words=said.get("q", ""),
        context=form.said("context"),
        held=form.said("held"),
        until=date.fromisoformat(until) if until else None,
        order=order if order.removeprefix("-") in ORDERS else ORDERS[0],
    )


def _places(whole: Explored, phrases: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The contexts values hold in, in the order of the inquiry."""
    known = [(one, phrase) for one, phrase in phrases.items() if one in whole.contexts]
    return known + ([("", _("in general"))] if not known and "" in whole.contexts else [])


def _step(step: tuple[date, int]) -> tuple[str, str]:
    day, values = step
    said = _("%(day)s, %(n)s values") % {"day": date_format(day, str(_("j F Y"))), "n": values}
    return day.isoformat(), said
