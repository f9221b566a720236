"""How it was for people: how many agree with each of six sentences, beside what the study of the first moral graph published.

Told as what people say of themselves is (decision 0050): of the first whole tens who answered a sentence, so that nobody's answer is told as it comes, and of fewer than ten
nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from deliberation.assemblies.models import Assembly, SurveyAnswer, SurveyReply
from deliberation.measures.figure import Figure, Measure, Of
from deliberation.opinion.withholding import FEWEST_OF_STRATUM
from elicitation.interview.models import Respondent

AGREES = 4  # from here on somebody agrees: mostly, fully
STEP = FEWEST_OF_STRATUM
Question = SurveyAnswer.Question


@dataclass(frozen=True, slots=True)
class Published:
    """A share somebody published of the same thing, asked in other words; `where` to read it."""

    share: float
    where: str

    @property
    def percent(self) -> str:
        """In percent, as it was published."""
        return f"{100 * self.share:.1f}".removesuffix(".0")


PAPER = "Klingefjord, Lowe and Edelman (2024), arXiv 2404.10636, abstract"
REPORT = "Meaning Alignment Institute (2023), OpenAI x DFT: The First Moral Graph, summary"
# What could be read at its source. Of learning and trust no figure was found, so none stands here.
PUBLISHED: Mapping[str, Published] = {
    Question.REPRESENTED: Published(0.891, PAPER),
    Question.RESPECT: Published(0.75, REPORT),
    Question.CLARITY: Published(0.71, REPORT),
    Question.FAIRNESS: Published(0.89, PAPER),
}


def survey(assembly: Assembly) -> Iterator[Figure]:
    """Of each sentence, the share that agrees; and of those who came to the questions, how many said anything."""
    people = _people(assembly)
    replies = SurveyReply.objects.filter(survey__assembly=assembly, respondent__in=people)
    answers = SurveyAnswer.objects.filter(reply__in=replies)
    said = answers.values("reply").distinct().count()
    if replies.exists():
        yield Of(Measure.SURVEY, "all").share("answered", said, replies.count())
    for code, sentence in Question.choices:
        yield from _agreeing(Of(Measure.SURVEY, code, str(sentence)), answers.filter(question=code))


def _agreeing(of: Of, answers: QuerySet[Any]) -> Iterator[Figure]:
    told = answers.count() // STEP * STEP
    first = list(answers.order_by("pk").values_list("answer", flat=True)[:told])
    if told:
        yield of.share("agree", sum(one >= AGREES for one in first), told)


def _people(assembly: Assembly) -> QuerySet[Respondent]:
    here = Respondent.objects.filter(membership__assembly=assembly)
    return here.exclude(kind=Respondent.Kind.AI_AGENT)
