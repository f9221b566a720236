"""What people say of themselves: set up before anybody does, optional, changed and taken back at any time, gone with the person."""

import pytest

from deliberation.assemblies.actions import strata
from deliberation.assemblies.errors import ConsentMissing, StrataFixed, StratumUnfit
from deliberation.assemblies.models import Belonging
from elicitation.record.models import Entry

AGES = [{"en": "under 30", "fr": "moins de 30"}, {"en": "30 to 59"}, {"en": "60 and more"}]


@pytest.fixture
def ages(assembly):
    return strata.add_stratum(assembly, {"en": "How old are you?"}, AGES)


def said(member):
    return list(
        Belonging.objects.filter(respondent=member.respondent).values_list("option", flat=True)
    )


def test_it_is_said_changed_and_taken_back(ages, member):
    strata.belong(member, {ages.pk: "o1"})
    assert said(member) == ["o1"]
    strata.belong(member, {ages.pk: "o2"})
    assert said(member) == ["o2"]
    strata.belong(member, {ages.pk: ""})
    assert said(member) == []


def test_the_record_does_not_tell_what_was_said(ages, member):
    strata.belong(member, {ages.pk: "o1"})
    entry = Entry.objects.get(kind="belonging.said")
    assert "o1" not in str(entry.body)
    assert str(member.respondent_id) not in str(entry.body)


def test_what_is_asked_stays_once_somebody_has_answered(ages, member, assembly):
    strata.belong(member, {ages.pk: "o1"})
    with pytest.raises(StrataFixed):
        strata.drop_stratum(ages)
    with pytest.raises(StrataFixed):
        strata.add_stratum(assembly, {"en": "Where do you live?"}, AGES)
    strata.belong(member, {ages.pk: ""})
    strata.drop_stratum(ages)
    assert not assembly.strata.exists()


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({"en": ""}, AGES),
        ({"fr": "Quel âge ?"}, AGES),
        ({"en": "Age?"}, AGES[:1]),
        ({"en": "Age?"}, [*AGES, {"fr": "autre"}]),
        ({"en": "Age?"}, AGES * 5),
        ({"en": "Age?\x00"}, AGES),
    ],
)
def test_a_question_without_words_or_answers_is_refused(assembly, asked, options):
    with pytest.raises(StratumUnfit):
        strata.add_stratum(assembly, asked, options)


def test_an_answer_there_is_not_and_a_question_of_another_assembly_change_nothing(
    ages, member, other_assembly
):
    elsewhere = strata.add_stratum(other_assembly, {"en": "Age?"}, AGES)
    with pytest.raises(StratumUnfit):
        strata.belong(member, {ages.pk: "o9"})
    strata.belong(member, {elsewhere.pk: "o1"})
    assert said(member) == []


def test_nothing_is_kept_of_who_has_not_agreed(ages, member):
    member.consents.all().delete()
    with pytest.raises(ConsentMissing):
        strata.belong(member, {ages.pk: "o1"})


def test_it_goes_with_the_person(ages, member):
    strata.belong(member, {ages.pk: "o1"})
    member.respondent.delete()
    assert not Belonging.objects.exists()
