"""A citizen reads a draft before it is voted on, objects to a clause, stands behind others' objections, and says whether an answer satisfies."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import contests, grounds
from deliberation.artifacts.actions import objecting
from deliberation.artifacts.models import Clause, Objection, Seconding, Version
from deliberation.artifacts.models.contesting import LONGEST
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from deliberation.web.citizen.joining import agreed
from deliberation.web.forms import KindForm, SeeOther, again, see_other, unix_breaks
from deliberation.web.seats import seat


class ObjectingForm(KindForm):
    reason = forms.CharField(
        label=gettext_lazy("What do you have against it?"),
        help_text=gettext_lazy("Everybody who takes part reads it, and it is printed with the document. Your name is told to nobody."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5}),
    )  # fmt: skip
    rewording = forms.CharField(
        required=False,
        label=gettext_lazy("How should the clause read instead?"),
        help_text=gettext_lazy("If you like. Leave it empty if you would rather have it struck."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class Drafts(View):
    """All drafts to read now; straight to it where it is one."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        drafts = list(contests.under_review(member.assembly))
        if len(drafts) == 1:
            return redirect("citizen:draft", slug, drafts[0].pk)
        context = {"assembly": member.assembly, "drafts": drafts, "phase": phase_of(member)}
        return render(request, "citizen/drafts.html", context)


class Draft(View):
    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        return render(request, "citizen/draft.html", around(member, draft_here(member, version_id)))


class Objecting(View):
    page = "citizen/objecting.html"

    def get(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        clause = clause_here(member, version_id, clause_id)
        form = ObjectingForm(initial={"rewording": clause.text})
        return render(request, self.page, {"form": form, **self._around(member, clause)})

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        clause = clause_here(member, version_id, clause_id)
        form = ObjectingForm(unix_breaks(request.POST, "reason", "rewording"))
        made = form.attempt(lambda: self._object(form, member, clause))
        if made is None:
            return again(request, self.page, form, self._around(member, clause))
        messages.success(request, _("Kept. The people who run the assembly answer it in public, here."))  # fmt: skip
        return to_objection(member, clause.version_id, made.pk)

    def _object(self, form: ObjectingForm, member: Membership, clause: Clause) -> Objection:
        """What reads as the clause does is no other wording."""
        reason, words = form.cleaned_data["reason"], form.cleaned_data["rewording"]
        return objecting.object_to(member, clause, reason, "" if words == clause.text else words)

    def _around(self, member: Membership, clause: Clause) -> dict[str, Any]:
        return {"assembly": member.assembly, "version": clause.version, "clause": clause}


class OneObjection(View):
    """Stand behind an objection, or no more; take one's own back; say whether the answer satisfies."""

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, objection_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        version = draft_here(member, version_id)
        objection = contests.objections_to(version).filter(pk=objection_id).first()
        if objection is None:
            raise NotHere
        wish = request.POST.get("do", "")
        if wish in DEEDS:
            DEEDS[wish](member, objection)
        elif wish in ("satisfied", "unsatisfied"):
            objecting.say_satisfied(member, objection, wish == "satisfied")
        messages.success(request, _("Kept."))
        if wish == "take_back":
            return see_other("citizen:draft", slug=slug, version_id=version.pk)
        return to_objection(member, version.pk, objection_id)


DEEDS = {
    "second": objecting.second,
    "unsecond": objecting.unsecond,
    "take_back": objecting.take_back,
}


def to_objection(member: Membership, version_id: UUID, objection_id: UUID) -> SeeOther:
    """To the draft, where the objection stands in it."""
    page = see_other("citizen:draft", slug=member.assembly.slug, version_id=version_id).url
    return SeeOther(f"{page}#objection-{objection_id}")


def phase_of(member: Membership) -> Phase | None:
    """When people review."""
    return member.assembly.phases.filter(kind=Phase.Kind.REVIEWING).first()


def draft_here(member: Membership, version_id: UUID) -> Version:
    """A version of the member's assembly that is, or was, put before it. Raises NotHere."""
    put = Version.objects.filter(artifact__assembly=member.assembly, put_at__isnull=False)
    found = put.filter(corrected__isnull=True).select_related("artifact__assembly")
    if version := found.filter(pk=version_id).first():
        return version
    raise NotHere


def clause_here(member: Membership, version_id: UUID, clause_id: UUID) -> Clause:
    """A clause of such a version. Raises NotHere."""
    here = Clause.objects.filter(version=draft_here(member, version_id), pk=clause_id)
    if found := here.select_related("version__artifact__assembly").first():
        return found
    raise NotHere


def around(member: Membership, version: Version) -> dict[str, Any]:
    """The draft with what it rests on, and of its objections which are this member's own, or shared by them."""
    clauses = grounds.justified(version)
    phase = phase_of(member)
    is_draft = version.frozen_at is None and version.published_at is None
    seconded = Seconding.objects.filter(respondent=member.respondent_id, objection__clause__version=version)  # fmt: skip
    own = {o.clause_id: o for one in clauses for o in one.objections if o.respondent_id == member.respondent_id}  # fmt: skip
    return {
        "assembly": member.assembly,
        "version": version,
        "sections": list(grounds.in_sections(version, clauses)),
        "phase": phase,
        "is_draft": is_draft,
        "is_open": is_draft and phase is not None and phase.is_open,
        "own": {o.pk for o in own.values()},
        "contested": set(own),
        "seconded": set(seconded.values_list("objection", flat=True)),
    }
