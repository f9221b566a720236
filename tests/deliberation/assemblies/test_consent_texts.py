"""Every version of what people agree to is kept, with its languages, and found again by who agreed to it."""

import pytest

from deliberation.assemblies.actions import taking_part, wording
from deliberation.assemblies.actions.wording import Front
from deliberation.assemblies.models import Membership
from deliberation.exports import about, own


@pytest.fixture
def worded(assembly):
    """An assembly that asks to agree to something, before anybody came."""
    reword(assembly, "en", "We keep your words.")
    return assembly


def reword(assembly, language, consent):
    wording.reword_front(assembly, language, Front("Water", "", consent, question(assembly)))
    assembly.refresh_from_db()


def question(assembly):
    return assembly.inquiries.get().question["en"]


def come(invitation):
    member = taking_part.join(invitation, "en")
    taking_part.agree(member)
    return Membership.objects.get(pk=member.pk)


def again(member):
    fresh = Membership.objects.get(pk=member.pk)
    taking_part.agree(fresh)
    return fresh


def texts(assembly):
    return [(one.version, one.text) for one in assembly.consent_texts.all()]


def test_what_was_agreed_to_stays_when_the_words_change(worded, invitation):
    version = worded.consent_version
    member = come(invitation)
    reword(worded, "en", "We sell your words.")
    kept = dict(texts(worded))
    assert kept[version] == {"en": "We keep your words."}
    assert kept[version + 1] == {"en": "We sell your words."}
    said = own.own(again(member))["seat"]["agreed_to"]
    assert [one["text"]["en"] for one in said] == ["We keep your words.", "We sell your words."]


def test_a_change_begins_a_version_also_before_anybody_agreed(worded):
    before = worded.consent_version
    reword(worded, "en", "We keep your words for a year.")
    assert worded.consent_version == before + 1
    assert dict(texts(worded))[before] == {"en": "We keep your words."}


def test_one_more_language_is_added_to_the_version_there_is(worded, invitation):
    come(invitation)
    worded.languages = ["en", "fr"]
    worded.save()
    version = worded.consent_version
    wording.reword_front(worded, "fr", Front("Eau", "", "Nous gardons vos mots.", "Quoi ?"))
    told = {"en": "We keep your words.", "fr": "Nous gardons vos mots."}
    assert dict(texts(worded))[version] == told


def test_the_same_words_again_are_no_new_version(worded):
    before = texts(worded)
    reword(worded, "en", "We keep your words.")
    assert texts(worded) == before


def test_a_package_holds_the_versions_somebody_agreed_to_and_no_other(worded, invitation):
    first = worded.consent_version
    come(invitation)
    reword(worded, "en", "Words nobody agreed to.")
    reword(worded, "en", "We sell your words.")
    come(invitation)
    told = about.facts(worded, (), {}).agreed
    held = told["texts_agreed_to"]
    assert [(one["version"], one["text"]["en"]) for one in held] == [
        (first, "We keep your words."),
        (first + 2, "We sell your words."),
    ]
    assert all(one["since"] for one in held)
    assert told["text"] == {"en": "We sell your words."}


def test_the_page_shows_what_was_agreed_to_then(worded, member_client):
    reword(worded, "en", "We sell your words.")
    page = member_client.get("/a/water/mine/agreed/").text
    assert "We keep your words." in page
    assert "We sell your words." not in page
