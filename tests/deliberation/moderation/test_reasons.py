"""The list of reasons is the house's until it is agreed otherwise, and stays once answering has begun."""

import pytest

from deliberation.moderation import queries
from deliberation.moderation.actions import reasons
from deliberation.moderation.errors import ReasonMissing, ReasonsFixed


def test_reasons_are_those_of_the_house_until_they_are_agreed_otherwise(assembly):
    assembly.phases.all().delete()
    told = dict(queries.reasons_for(assembly, ["reject"], "fr"))
    assert told["unclear"] == "On ne peut pas savoir ce qui est voulu dire."
    reasons.agree_on_reasons(assembly)
    reasons.drop_reason(assembly, "insult")
    reasons.word_reason(assembly, "unclear", {"fr": "Trop vague."})
    added = reasons.add_reason(assembly, {"en": "It is an advert."}, ["reject"])
    told = dict(queries.reasons_for(assembly, ["reject"], "fr"))
    assert "insult" not in told
    assert (told["unclear"], told[added.code]) == ("Trop vague.", "It is an advert.")


def test_reasons_stay_as_they_are_once_answering_has_begun(assembly):
    for change in (
        lambda: reasons.drop_reason(assembly, "insult"),
        lambda: reasons.word_reason(assembly, "insult", {"en": "Rude."}),
        lambda: reasons.add_reason(assembly, {"en": "Rude."}, ["reject"]),
    ):
        with pytest.raises(ReasonsFixed):
            change()


@pytest.mark.parametrize("wording", [{}, {"en": " "}, {"en": "\x00"}])
def test_a_reason_has_words(assembly, wording):
    assembly.phases.all().delete()
    with pytest.raises(ReasonMissing):
        reasons.add_reason(assembly, wording, ["reject"])
