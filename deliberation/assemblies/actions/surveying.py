"""The six questions of how it was: an assembly asks them or not, people answer, leave them out, change or erase what they said."""

from collections.abc import Mapping

from django.utils import timezone

from deliberation.assemblies.conditions import ensure_agreed
from deliberation.assemblies.errors import SurveyClosed, SurveyUnfit
from deliberation.assemblies.models import (
    Assembly,
    Membership,
    Survey,
    SurveyAnswer,
    SurveyReply,
)
from elicitation.record.actions import append, recorded

MOST = 5
Question = SurveyAnswer.Question


@recorded
def ask_at_the_end(assembly: Assembly) -> Survey:
    """Put the six questions before people at the end of their way, from now on; asked twice is once."""
    survey, made = Survey.objects.get_or_create(
        assembly=assembly, defaults={"since": timezone.now()}
    )
    if not made:
        Survey.objects.filter(pk=survey.pk).update(ended_at=None)
        survey.refresh_from_db()
    append("survey.asked", assembly=assembly.slug)
    return survey


@recorded
def ask_no_more(assembly: Assembly) -> None:
    """Put them before nobody any more; what was answered stays, and can still be erased by who said it."""
    Survey.objects.filter(assembly=assembly, ended_at=None).update(ended_at=timezone.now())
    append("survey.ended", assembly=assembly.slug)


@recorded
def reply(member: Membership, said: Mapping[str, int]) -> SurveyReply:
    """Keep how far a member agrees, in place of what they said before: by question 1 to 5; of one that is not there they would rather not say.

    Nothing at all leaves the questions out. Raises SurveyClosed, ConsentMissing, SurveyUnfit.
    """
    ensure_agreed(member)
    survey = Survey.objects.filter(assembly=member.assembly_id, ended_at=None).first()
    if survey is None:
        raise SurveyClosed
    if not set(said) <= set(Question.values) or any(not 1 <= n <= MOST for n in said.values()):
        raise SurveyUnfit
    kept, _ = SurveyReply.objects.update_or_create(
        survey=survey, respondent=member.respondent, defaults={"at": timezone.now()}
    )
    kept.answers.exclude(question__in=list(said)).delete()
    for question, answer in said.items():
        SurveyAnswer.objects.update_or_create(
            reply=kept, question=question, defaults={"answer": answer}
        )
    append("survey.replied", assembly=member.assembly.slug, answers=len(said))
    return kept


@recorded
def forget(member: Membership) -> int:
    """Erase all a member said to the six questions. Open at any time. Returns how many answers went."""
    mine = SurveyAnswer.objects.filter(reply__respondent=member.respondent_id)
    number = mine.count()
    SurveyReply.objects.filter(respondent=member.respondent_id).delete()
    append("survey.forgotten", respondent=str(member.respondent_id))
    return number
