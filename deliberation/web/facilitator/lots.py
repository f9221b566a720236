"""Draw lots: bring a list of people, say which columns are what, set quotas, and commit to them. The worker computes; drawing is on the page of each draw."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates, preparing
from deliberation.assemblies.actions import lots, pooling
from deliberation.assemblies.models import Assembly, Lot, Pool
from deliberation.assemblies.sortition import listed
from deliberation.assemblies.sortition.errors import PoolErased
from deliberation.assemblies.sortition.lots import by_share, counted
from deliberation.assemblies.sortition.pools import LONGEST, MOST, People
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other

Bounds = dict[str, dict[str, tuple[int, int]]]


class PoolForm(KindForm):
    file = forms.FileField(
        label=gettext_lazy("The list, as a CSV file"),
        help_text=gettext_lazy("One person a line, with an id of their own, and a column for each thing quotas are set for. Other columns stay as they are."),
    )  # fmt: skip

    def content(self) -> bytes:
        """The file, and one byte too many where it is too large, so that it is refused by that."""
        return bytes(self.cleaned_data["file"].read(LONGEST + 1))


class ColumnsForm(KindForm):
    """Which column tells people apart, which have quotas, which tell who lives together."""

    seats = forms.IntegerField(label=gettext_lazy("How many are to be drawn"), min_value=1, max_value=MOST)  # fmt: skip
    id_column = forms.ChoiceField(label=gettext_lazy("Column with the ids"))
    strata = forms.MultipleChoiceField(
        label=gettext_lazy("Columns quotas are set for"), widget=forms.CheckboxSelectMultiple
    )
    homes = forms.MultipleChoiceField(
        label=gettext_lazy("At most one of those who have the same in all of these"),
        help_text=gettext_lazy("An address, so that one of a household is drawn at most. Leave it empty where that does not matter."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, pool: Pool, data: Any = None, seats: int = 0) -> None:
        held = {"id_column": pool.id_column, "strata": pool.strata, "homes": pool.homes}
        super().__init__(data, initial={**held, "seats": seats or None})
        for name in held:
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(one, one) for one in pool.columns]


class QuotasForm(KindForm):
    """The least and the most of each answer, for a number of seats."""

    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=MOST)
    method = forms.ChoiceField(
        label=gettext_lazy("What is fair between people"),
        choices=Lot.Method.choices,
        help_text=gettext_lazy("Quotas make the chances of people differ. This says how they are kept as even as quotas allow. The page tells which was used."),
    )  # fmt: skip

    def __init__(
        self, pool: Pool, people: People, seats: int, aims: Bounds, data: Any = None
    ) -> None:
        super().__init__(data, initial={"seats": seats, "method": Lot.Method.MAXIMIN})
        self.counts = {column: counted(people.column(column)) for column in pool.strata}
        for c, (column, answers) in enumerate(self.counts.items()):
            for a, said in enumerate(answers):
                for name, bound in zip(("least", "most"), aims[column][said], strict=True):
                    self.fields[f"{name}_{c}_{a}"] = forms.IntegerField(
                        label=f"{column}, {said or _('no answer')}: "
                        f"{_('least') if name == 'least' else _('most')}",
                        min_value=0,
                        max_value=MOST,
                        initial=bound,
                        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                    )

    @property
    def head(self) -> list[Any]:
        return [self["seats"], self["method"]]

    @property
    def rows(self) -> Iterator[tuple[str, list[tuple[str, int, Any, Any]]]]:
        """Each column, and of each answer how many say it, and the two fields."""
        for c, (column, answers) in enumerate(self.counts.items()):
            yield (
                column,
                [
                    (said, there, self[f"least_{c}_{a}"], self[f"most_{c}_{a}"])
                    for a, (said, there) in enumerate(answers.items())
                ],
            )

    def wish(self) -> lots.Wish:
        got = self.cleaned_data
        bounds = {
            column: {
                said: (got[f"least_{c}_{a}"], got[f"most_{c}_{a}"])
                for a, said in enumerate(answers)
            }
            for c, (column, answers) in enumerate(self.counts.items())
        }
        return lots.Wish(got["seats"], got["method"], bounds)


class Lots(View):
    page = "facilitator/lots.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": PoolForm(), **around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = PoolForm(request.POST, request.FILES)
        made = form.attempt(lambda: pooling.bring(assembly, form.content()))
        if made is None:
            return again(request, self.page, form, around(assembly))
        return see_other("facilitator:pool", slug=slug, pool_id=made.pk)


class PoolPage(View):
    """A list: its columns, then its quotas, then a draw. It can be erased at any time."""

    page = "facilitator/pool.html"

    def get(self, request: HttpRequest, slug: str, pool_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        pool = gates.pool(assembly, pool_id)
        return self._shown(request, assembly, pool)

    def post(self, request: HttpRequest, slug: str, pool_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        pool = gates.pool(assembly, pool_id)
        wish = request.POST.get("do")
        if wish == "erase":
            pooling.erase_pool(pool)
            messages.success(request, _("Erased: nobody is named here any more. What was told of the draws stays."))  # fmt: skip
            return see_other("facilitator:lots", slug=slug)
        return (self._committed if wish == "commit" else self._described)(request, assembly, pool)

    def _described(self, request: HttpRequest, assembly: Assembly, pool: Pool) -> HttpResponse:
        form = ColumnsForm(pool, request.POST)
        got = form.attempt(
            lambda: pooling.describe(
                pool,
                form.cleaned_data["id_column"],
                form.cleaned_data["strata"],
                form.cleaned_data["homes"],
            )
        )
        if got is None:
            return self._shown(request, assembly, pool, columns=form)
        to = see_other("facilitator:pool", slug=assembly.slug, pool_id=pool.pk)
        to["Location"] += f"?seats={form.cleaned_data['seats']}#quotas"
        return to

    def _committed(self, request: HttpRequest, assembly: Assembly, pool: Pool) -> HttpResponse:
        people = listed.people_of(pool)
        form = QuotasForm(pool, people, 1, aims_of(assembly, pool, people, 1), request.POST)
        lot = form.attempt(lambda: lots.commit(pool, form.wish()), passing=(PoolErased,))
        if lot is None:
            return self._shown(request, assembly, pool, quotas=form)
        return see_other("facilitator:lot", slug=assembly.slug, lot_id=lot.pk)

    def _shown(
        self,
        request: HttpRequest,
        assembly: Assembly,
        pool: Pool,
        columns: ColumnsForm | None = None,
        quotas: QuotasForm | None = None,
    ) -> HttpResponse:
        asked = request.GET.get("seats", "")
        seats = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
        if pool.id_column and pool.erased_at is None and quotas is None and columns is None:
            people = listed.people_of(pool)
            at_least = seats or min(pool.people, 30)
            aims = aims_of(assembly, pool, people, at_least)
            quotas = QuotasForm(pool, people, at_least, aims)
        refused = next((one for one in (columns, quotas) if one is not None and one.is_bound), None)
        context = {
            **around(assembly),
            "pool": pool,
            "columns": columns or ColumnsForm(pool, seats=seats),
            "quotas": quotas,
            "is_fixed": pool.lots.exists(),
        }
        return render(request, self.page, context, status=refused.status if refused else 200)


def around(assembly: Assembly) -> dict[str, Any]:
    """What there is of lists and draws."""
    return {
        **frame(assembly),
        "is_installed": preparing.is_installed(),
        "pools": assembly.pools.filter(erased_at=None),
        "lots": Lot.objects.filter(pool__assembly=assembly).select_related("replaces").order_by("nth"),
    }  # fmt: skip


def aims_of(assembly: Assembly, pool: Pool, people: People, seats: int) -> Bounds:
    """Quotas to begin with: by the shares the assembly aims at, where a question about people has these answers; else by the share of the pool."""
    aims = {}
    for column in pool.strata:
        there = counted(people.column(column))
        shares = {said: number / len(people.rows) for said, number in there.items()}
        aims[column] = by_share(targets_for(assembly, list(there)) or shares, seats)
        for said in there:
            aims[column].setdefault(said, (0, seats))
    return aims


def targets_for(assembly: Assembly, answers: list[str]) -> dict[str, float]:
    """The shares aimed at of a question about people whose answers, in some language, are these; empty where there is none."""
    for stratum in assembly.strata.all():
        shares = {}
        for option in stratum.options:
            worded = {text.strip().casefold() for text in option["wording"].values()}
            said = next((one for one in answers if one.casefold() in worded), None)
            share = stratum.targets.get(option["code"])
            if said is not None and share:
                shares[said] = share / 100
        if shares:
            return shares
    return {}
