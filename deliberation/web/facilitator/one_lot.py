"""One draw: what was committed to, draw it, replace who declined, and take its lists along."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
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
from deliberation.assemblies.actions import lots
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Lot
from deliberation.assemblies.sortition import listed, pools
from deliberation.assemblies.sortition import lots as drawing
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, see_other

CSV, ZIP = "text/csv; charset=utf-8", "application/zip"
STANDING, CHANCE = "lots_status", "lots_chance"
DECLINED = "declined"
FAILURES = {
    "not_installed": gettext_lazy("The worker has no program for lots. See how to install it, then try again."),
    "quotas_unmet": gettext_lazy("Nobody can be drawn so that all quotas are met together."),
    "took_too_long": gettext_lazy("Computing it took longer than a worker may. Fewer quotas help; or let whoever runs the machine call manage.py prepare_lots, which takes as long as it needs."),
    "broke_off": gettext_lazy("Computing it broke off. Try again; if it stays so, tell whoever runs the machine."),
    "given_up": gettext_lazy("Workers were lost over it. Try again; if it stays so, tell whoever runs the machine."),
    "pool_erased": gettext_lazy("The list of people was erased."),
}  # fmt: skip


class DrawForm(KindForm):
    words = forms.CharField(
        label=gettext_lazy("Words for the draw"),
        max_length=lots.LONGEST_WORDS,
        help_text=gettext_lazy("Anything that nobody could know before: today's lottery numbers, dice thrown in the hall, a line somebody in the audience calls out. It is shown to everybody."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip


class DeclinedForm(KindForm):
    """Who declined: ids, one a line, or the list with the word `declined` behind them."""

    ids = forms.CharField(
        label=gettext_lazy("Ids of those who declined, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the list of everybody, with declined under lots_status"),
        required=False,
    )

    def declined(self, lot: Lot) -> list[str]:
        """The ids, each once, in their order. Raises PoolUnfit for a file that cannot be read."""
        ids = [one.strip() for one in self.cleaned_data["ids"].splitlines()]
        if file := self.cleaned_data["file"]:
            try:
                came = pools.ids_in(file.read(pools.LONGEST + 1), lot.pool.id_column)
            except pools.PoolUnreadable as wrong:
                raise listed.unreadable(wrong) from wrong
            ids += [one for one, row in came if row.get(STANDING, "").strip().casefold() == DECLINED]  # fmt: skip
        return [one for one in dict.fromkeys(ids) if one]


class LotPage(View):
    page = "facilitator/lot.html"

    def get(self, request: HttpRequest, slug: str, lot_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return self._shown(request, assembly, gates.lot(assembly, lot_id))

    def post(self, request: HttpRequest, slug: str, lot_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        lot = gates.lot(assembly, lot_id)
        wish = request.POST.get("do")
        if wish == "draw":
            form: KindForm = DrawForm(request.POST)
            done = form.attempt(lambda: lots.draw(lot, form.cleaned_data["words"]))
            if done is None:
                return self._shown(request, assembly, lot, draw=form)
            messages.success(request, _("Drawn. It stands in the public record."))
            return see_other("facilitator:lot", slug=slug, lot_id=lot.pk)
        if wish == "replace":
            declining = DeclinedForm(request.POST, request.FILES)
            following = declining.attempt(lambda: lots.replace(lot, declining.declined(lot)))
            if following is None:
                return self._shown(request, assembly, lot, declined=declining)
        elif wish == "nearest":
            following = lots.commit_nearest(lot)
        elif wish == "again":
            lots.try_again(lot)
            following = lot
        else:
            raise NotHere
        return see_other("facilitator:lot", slug=slug, lot_id=following.pk)

    def _shown(
        self,
        request: HttpRequest,
        assembly: Assembly,
        lot: Lot,
        draw: KindForm | None = None,
        declined: KindForm | None = None,
    ) -> HttpResponse:
        refused = draw or declined
        context = {
            **frame(assembly),
            "lot": lot,
            "why": FAILURES.get(lot.failure, lot.failure),
            "machine_failed": lot.failure in lots.MACHINE_FAILED,
            "is_installed": preparing.is_installed(),
            "draw": draw or DrawForm(),
            "declined": declined or DeclinedForm(),
            "goes_on": lot.replaced_by.exclude(state=Lot.State.FAILED).first(),
            **(opened(lot) if lot.pool.erased_at is None else {}),
        }
        return render(request, self.page, context, status=refused.status if refused else 200)


def opened(lot: Lot) -> dict[str, Any]:
    """What whoever runs the assembly sees beyond what everybody does: quotas beside who was drawn, changes that would mend them, and who holds a seat."""
    people = listed.people_of(lot.pool)
    columns = [row["column"] for row in lot.quotas]
    there = listed.composed(people, columns, lot.drawn)
    changed = {
        (row["column"], one["said"]): one for row in lot.relaxed or [] for one in row["answers"]
    }
    rows = [
        (
            row["column"],
            [
                {
                    **one,
                    "drawn": there[row["column"]].get(one["said"], 0) if lot.drawn else None,
                    "mended": mended if (mended := changed.get((row["column"], one["said"]))) and mended != one else None,
                }
                for one in row["answers"]
            ],
        )
        for row in lot.quotas
    ]  # fmt: skip
    return {"rows": rows, "seated": len(listed.seated(lot)) if lot.drawn else 0}


class LotFile(View):
    """A list of a draw as CSV, rows as they stood in the file that was brought; or all there is to check the draw by."""

    def get(self, request: HttpRequest, slug: str, lot_id: UUID, file: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        lot = gates.lot(assembly, lot_id)
        if file not in FILES or lot.state != Lot.State.DRAWN or lot.pool.content is None:
            raise NotHere
        kind, make = FILES[file]
        name = f"{slug}-draw-{lot.nth}-{file}"
        return HttpResponse(make(lot), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"})  # fmt: skip


def everybody(lot: Lot) -> bytes:
    """The whole file, with two columns more: where somebody stands, and the chance they had, in millionths."""
    people = listed.people_of(lot.pool)
    seated, drawn = set(listed.seated(lot)), set(lot.drawn)
    out = set(lot.left_out)
    held = drawing.chances(len(people.rows), lot.panels, lot.tickets)
    standing = [
        "drawn" if n in drawn else "seated" if n in seated else "left_out" if n in out else "in_pool"
        for n in range(len(people.rows))
    ]  # fmt: skip
    chance = ["" if n in out else str(held[n]) for n in range(len(people.rows))]
    more = {_free(people, STANDING): standing, _free(people, CHANCE): chance}
    return pools.write(people, range(len(people.rows)), more)


def those_drawn(lot: Lot) -> bytes:
    return pools.write(listed.people_of(lot.pool), lot.drawn, {})


def those_left(lot: Lot) -> bytes:
    """Whoever may still be drawn, for whom nothing was decided."""
    people = listed.people_of(lot.pool)
    gone = {*lot.drawn, *lot.left_out}
    return pools.write(people, [n for n in range(len(people.rows)) if n not in gone], {})


def to_check(lot: Lot) -> bytes:
    """All there is to do a draw again: the file, what was committed to, the lottery, and a program that needs nothing else."""
    out = io.BytesIO()
    here = Path(drawing.__file__).parent
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pool.csv", listed.content_of(lot.pool))
        packed.writestr("draw.json", json.dumps(listed.as_draw(lot), ensure_ascii=False, indent=1))
        packed.writestr("chances.csv", chances_by_id(lot))
        packed.writestr("check_draw.py", (here / "lots.py").read_bytes())
        packed.writestr("pools.py", (here / "pools.py").read_bytes())
    return out.getvalue()


def chances_by_id(lot: Lot) -> str:
    """Of each person who could be drawn, by their id, the chance they had, in millionths."""
    people, text = listed.people_of(lot.pool), io.StringIO()
    held = drawing.chances(len(people.rows), lot.panels, lot.tickets)
    rows = csv.writer(text)
    rows.writerow(["id", "chance_in_millionths"])
    ids, out = people.column(lot.pool.id_column), set(lot.left_out)
    rows.writerows([one, held[n]] for n, one in enumerate(ids) if n not in out)
    return text.getvalue()


def _free(people: pools.People, name: str) -> str:
    """A column's name that the file does not have yet."""
    while name in people.columns:
        name += "_again"
    return name


FILES: Mapping[str, tuple[str, Callable[[Lot], bytes]]] = {
    "drawn.csv": (CSV, those_drawn),
    "left.csv": (CSV, those_left),
    "everybody.csv": (CSV, everybody),
    "check.zip": (ZIP, to_check),
}
