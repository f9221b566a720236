"""The rows of how a study went, by pseudonym."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from deliberation.assemblies.models import Assembly, SurveyAnswer, SurveyReply
from deliberation.exports.pseudonyms import moderator, stamp, text_or_none
from deliberation.exports.studied import CARD, about_nobody_else, studied
from deliberation.moderation.second_looks import JOINING, judged_by_both
from elicitation.extraction.models import Edit, Rating

Row = dict[str, Any]
CHUNK = 1000
HERE = "candidate__reading__revision__response__prompt__inquiry__assemblies"


def ratings(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.RATINGS."""
    here = studied(Rating.objects.filter(**{HERE: assembly}), f"candidate__{CARD}")
    told = here.order_by("candidate").values_list("candidate", f"candidate__{CARD}", "says", "at")
    for card, who, says, at in told.iterator(CHUNK):
        yield {"candidate": str(card), "respondent": str(who), "says": says, "at": stamp(at)}


def edits(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.EDITS."""
    here = studied(Edit.objects.filter(**{HERE: assembly}), f"candidate__{CARD}")
    told = here.order_by("candidate", "version").values_list(
        "candidate", "version", "words", "changed", "at"
    )
    for card, version, words, changed, at in told.iterator(CHUNK):
        yield {
            "candidate": str(card),
            "version": version,
            "words": words,
            "changed": changed,
            "at": stamp(at),
        }


def second_looks(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.SECOND_LOOKS."""
    told = about_nobody_else(judged_by_both(assembly), f"candidate__{CARD}", f"rule__{CARD}")
    for one in told.order_by("pk").prefetch_related("regrouping__members").iterator(CHUNK):
        pair = one.regrouping.members.all() if one.regrouping else ()
        yield {
            "look": one.pk,
            "case": one.case.value,
            "candidate": text_or_none(one.candidate_id),
            "rule": text_or_none(one.rule_id),
            "values": sorted(str(member.value_id) for member in pair),
            "card_version": one.card_version,
            "first": one.judged,
            "first_to": text_or_none(one.joined) if one.judged in JOINING else None,
            "first_moderator": moderator(assembly.salt, one.judge),
            "second": one.kind,
            "second_to": text_or_none(one.again) if one.kind in JOINING else None,
            "second_moderator": moderator(assembly.salt, one.moderator_id),
            "asked_at": stamp(one.asked_at),
            "said_at": stamp(one.said_at),
        }


def survey(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.SURVEY."""
    with override("en"):
        sentences = {code: str(sentence) for code, sentence in SurveyAnswer.Question.choices}
    here = studied(SurveyReply.objects.filter(survey__assembly=assembly), "respondent")
    for reply in here.order_by("respondent").prefetch_related("answers").iterator(CHUNK):
        said = {one.question: one.answer for one in reply.answers.all()}
        for code, sentence in sentences.items():
            yield {
                "respondent": str(reply.respondent_id),
                "question": code,
                "sentence": sentence,
                "answer": said.get(code),
                "at": stamp(reply.at),
            }
