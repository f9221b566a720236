"""Which is wiser, when ...: two values side by side. A citizen says which, or why not, and may change that."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import judging
from deliberation.assemblies.models import Membership, Phase
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.surveying import waits_for
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.counting import CountOf
from elicitation.graph.judged import compared, said_by
from elicitation.graph.models import Judgement, Showing, Story, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.graph.open_pairs import asked_so_far
from elicitation.interview.models import Respondent

PAGE = 50
Answer = Judgement.Answer
OTHERS = {
    Answer.DEPENDS: gettext_lazy("It depends"),
    Answer.SAME: gettext_lazy("They are the same thing"),
    Answer.BOTH: gettext_lazy("They are different, and both are needed"),
    Answer.UNSURE: gettext_lazy("I am not sure"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values, with the answer that says it is wiser."""

    value: Value
    answer: str

    @property
    def policies(self) -> list[str]:
        """What is attended to, unless the title says it already."""
        return [policy for policy in self.value.policies if policy != self.value.title]


class JudgingForm(KindForm):
    """What is said to a transition. Nothing is chosen beforehand; the two values come in the order they stand in."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Which is wiser?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one. “I am not sure” is fine.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why? Or: on what does it depend?"),
        help_text=gettext_lazy(
            "If you like; only “It depends” needs it. Other people here do not see it. Those who study the assembly get it under a "
            "pseudonym, marked as private."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, showing: Showing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["answer"]
        wiser = gettext_lazy("“%(title)s” is wiser")
        sides = [(side.answer, wiser % {"title": side.value.title}) for side in pair(showing)]
        field.choices = [*sides, *OTHERS.items()]

    def saying(self, language: str) -> Saying:
        """What was said, as the action takes it."""
        return Saying(self.cleaned_data["answer"], self.cleaned_data["reason"], language)


class Judging(View):
    """The next comparison, drawn once and kept; or that there is none, or that it is not open."""

    page = "citizen/judging.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        context = around(member)
        showing = self._next(request, member, context["so_far"]) if context["is_open"] else None
        if showing is None:
            waits = {"survey_waits": context["answered"] and waits_for(member)}
            return render(request, "citizen/judging_none.html", {**context, **waits})
        form = JudgingForm(showing)
        return render(request, self.page, {**context, **put(showing, request), "form": form})

    def _next(self, request: HttpRequest, member: Membership, so_far: Any) -> Showing | None:
        if so_far.waits:
            return gates.own_showing(member, so_far.waits)
        if not so_far.left:
            return None
        return judging.put(member, spoken(request, member.assembly.languages))


class Judged(View):
    """What one says to one comparison, for the first time or again."""

    page = "citizen/judging.html"

    def get(self, request: HttpRequest, slug: str, showing_id: int) -> HttpResponse:
        member = seat(request, slug)
        showing = gates.own_showing(member, showing_id)
        last = standing(showing)
        initial = {"answer": last.answer, "reason": last.reason} if last else {}
        form = JudgingForm(showing, initial=initial)
        context = {**around(member), **put(showing, request), "last": last}
        return render(request, self.page, {**context, "form": form})

    def post(self, request: HttpRequest, slug: str, showing_id: int) -> HttpResponse:
        member = seat(request, slug)
        showing = gates.own_showing(member, showing_id)
        last = standing(showing)
        form = JudgingForm(showing, unix_breaks(request.POST, "reason"))
        language = spoken(request, member.assembly.languages)
        said = form.attempt(lambda: judging.judge(member, showing, form.saying(language)))
        if said is None:
            context = {**around(member), **put(showing, request), "last": last}
            return again(request, self.page, form, context)
        messages.success(request, _("Kept."))
        return see_other("citizen:judgements" if last else "citizen:judging", slug=slug)


class Judgements(View):
    """What I said to comparisons, with a way to change it."""

    page = "citizen/judgements.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        all_said = said_by(member.respondent, member.assembly.questions())
        rows = Paginator(all_said, PAGE).get_page(request.GET.get("page"))
        language = spoken(request, member.assembly.languages)
        said = [
            (judgement, put(judgement.showing, request), words(judgement)) for judgement in rows
        ]
        stories = Story.objects.filter(written_by=member.respondent)
        told = {"rows": rows, "said": said, "stories": stories, "language": language}
        return render(request, self.page, {**around(member), **told})


def around(member: Membership) -> dict[str, Any]:
    """Whether it is open, and how much one has said."""
    phase, who = member.assembly.phase(Phase.Kind.WEIGHING), member.respondent
    inquiries = member.assembly.questions()
    so_far: Any = Respondent.objects.annotate(
        answered=CountOf(said_by(who, inquiries).order_by().values("pk")),
        has_compared=compared(who),
        **asked_so_far(who, inquiries),
    ).get(pk=who.pk)
    return {
        "assembly": member.assembly,
        "phase": phase,
        "is_open": phase is not None and phase.is_open,
        "answered": so_far.answered,
        "has_compared": so_far.has_compared,
        "so_far": so_far,
    }


def put(showing: Showing, request: HttpRequest) -> dict[str, Any]:
    """A comparison as it was put: the sides in their order, the move one is to picture, the story where one was drawn."""
    transition = showing.transition
    ends = [transition.from_value, transition.to_value]
    start, end = ends if showing.forward else reversed(ends)
    story = showing.story if showing.with_story else None
    language = spoken(request, transition.inquiry.languages)
    return {
        "showing": showing,
        "context": transition.context.said_in(language) if transition.context else "",
        "language": language,
        "start": start,
        "end": end,
        "sides": pair(showing),
        "story": story if story and story.released_at else None,
        "stands": not transition.closed_at and all(v.retired_at is None for v in ends),
    }


def pair(showing: Showing) -> list[Side]:
    """The two values in the order they stand in."""
    transition = showing.transition
    sides = [Side(transition.from_value, Answer.FROM), Side(transition.to_value, Answer.TO)]
    return sides[::-1] if showing.to_left else sides


def standing(showing: Showing) -> Judgement | None:
    """What its respondent says to it now."""
    return showing.judgements.filter(replaced_at=None).first()


def words(judgement: Judgement) -> Any:
    """What was said, in words."""
    transition = judgement.showing.transition
    wiser = {Answer.TO: transition.to_value, Answer.FROM: transition.from_value}
    if value := wiser.get(Answer(judgement.answer)):
        return _("“%(title)s” is wiser") % {"title": value.title}
    return OTHERS[Answer(judgement.answer)]
